/* gunzip.h: .gz through zlib, streamed, with the checksum and length of every member compared: libarchive's reader of it
 * passes over both. Only where KURS_HAVE_ARCHIVE is. */
#ifndef KURS_INGEST_GUNZIP_H
#define KURS_INGEST_GUNZIP_H

#include "ingest/unpack.h"

bool gunzip_is_packed(const char *bytes, size_t count); /* by its first bytes */

struct gunzip;
/* `first` are the bytes that `more` gave already, borrowed until its next call. KURS_EREFUSED, KURS_ENOMEM. */
enum kurs_status gunzip_open(unpack_more *more, void *context, const char *first, size_t first_bytes,
                             struct gunzip **gunzip, struct kurs_error *error);
/* KURS_END behind the last byte; KURS_EREFUSED: damaged, cut off, or `more` failed. */
enum kurs_status gunzip_read(struct gunzip *gunzip, char *bytes, size_t capacity, size_t *count,
                             struct kurs_error *error);
void gunzip_close(struct gunzip *gunzip); /* NULL is allowed */

#endif
