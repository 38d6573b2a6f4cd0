/* reader.h: a chunk of text to a batch, whatever the plan's layout. One a thread. */
#ifndef KURS_INGEST_READER_H
#define KURS_INGEST_READER_H

#include "ingest/batch.h"
#include "ingest/rows.h"

/* A row, quoted line ends and all, is at most this long: a quote that is never closed is found out, and no row of a
 * publisher comes near. */
#define ROW_BYTES_MAX ((size_t)1 << 20)

struct reader;
enum kurs_status reader_new(const struct rows_rules *rules, struct names *names, struct reader **reader,
                            struct kurs_error *error);
void reader_free(struct reader *reader); /* NULL is allowed */

/* Reads (text, bytes), which starts at a row and ends at a line end (or, `last`, the end of the text), into an empty
 * batch. *consumed < bytes when the last row's quotes are still open: it belongs to the next chunk. KURS_ELIMIT for a
 * row over ROW_BYTES_MAX or too many series; KURS_ENOMEM. */
enum kurs_status reader_parse(struct reader *reader, const char *text, size_t bytes, bool last, struct batch *batch,
                              size_t *consumed);
/* Tells what reader_parse failed with, in the file `name` behind `lines_before`. Returns `status`. */
enum kurs_status reader_failed(enum kurs_status status, const struct batch *batch, const char *name,
                               uint64_t lines_before, struct kurs_error *error);
/* Tells a row over ROW_BYTES_MAX; `where` is "on" or "near" the line. Returns KURS_ELIMIT. */
enum kurs_status reader_row_too_long(const char *name, const char *where, uint64_t line, struct kurs_error *error);

/* Layouts whose meaning depends on lines before cannot be read in parts by several readers. */
bool reader_in_order(const struct plan *plan);

#endif
