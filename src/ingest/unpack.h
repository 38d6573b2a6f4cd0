/* unpack.h: compressed input, streamed: .gz through zlib, the others through libarchive, where they were built in
 * (KURS_HAVE_ARCHIVE) and are installed where kurs runs; else KURS_EREFUSED. */
#ifndef KURS_INGEST_UNPACK_H
#define KURS_INGEST_UNPACK_H

#include "kurs.h"

#define UNPACK_MAGIC_BYTES 6 /* enough to know a packed file */
#define UNPACK_NAME_SIZE   256

bool unpack_is_packed(const char *bytes, size_t count); /* .gz .zst .xz .zip by their first bytes */

/* Gives the next packed bytes, borrowed until the next call; 0 bytes at the end, -1 on an error (already told). */
typedef ptrdiff_t unpack_more(void *context, const char **bytes);

struct unpack;
/* Starts on the data file: the only one, or the only .csv among others (HistData adds a .txt) when `index` names it, as
 * found by unpack_find; -1 takes the first. KURS_EREFUSED with the reason. */
enum kurs_status unpack_open(unpack_more *more, void *context, int index, struct unpack **unpack,
                             struct kurs_error *error);
/* The index of the data file and how many there are, by reading a .zip through once. KURS_EREFUSED: none, or several
 * that could be it. */
enum kurs_status unpack_find(unpack_more *more, void *context, int *index, int *count, struct kurs_error *error);
const char *unpack_name(const struct unpack *unpack); /* inside a .zip; "" else */
/* KURS_END behind the last byte; KURS_EREFUSED when another file follows one that was taken unseen. */
enum kurs_status unpack_read(struct unpack *unpack, char *bytes, size_t capacity, size_t *count,
                             struct kurs_error *error);
void unpack_close(struct unpack *unpack); /* NULL is allowed */

/* A function of a loaded library, by name, into a pointer to one; false when it has none. */
bool unpack_find_call(void *library, const char *name, void *call);

#endif
