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
 * row over ROW_BYTES_MAX; KURS_ENOMEM. */
enum kurs_status reader_parse(struct reader *reader, const char *text, size_t bytes, bool last, struct batch *batch,
                              size_t *consumed, struct kurs_error *error);

/* Layouts whose meaning depends on lines before cannot be read in parts by several readers. */
bool reader_in_order(const struct plan *plan);

#endif
