/* csvrows.h: text to rows of cells: split directly where no quote occurs, by libcsv where one does. One thread. */
#ifndef KURS_INGEST_CSVROWS_H
#define KURS_INGEST_CSVROWS_H

#include "ingest/batch.h"
#include "ingest/lane.h"
#include "ingest/rows.h"

struct csvrows;
/* Rows go to the lane, which may be NULL, or to `rows`, both borrowed. */
enum kurs_status csvrows_new(const struct plan *plan, struct rows *rows, struct lane *lane, struct csvrows **csvrows);
void csvrows_free(struct csvrows *csvrows); /* NULL is allowed */
/* As reader_parse. */
enum kurs_status csvrows_parse(struct csvrows *csvrows, const char *text, size_t bytes, bool last, struct batch *batch,
                               size_t *consumed);

#endif
