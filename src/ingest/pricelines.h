/* pricelines.h: texts whose lines are prices by themselves (ticker, ledger, beancount) to points. One thread, in order.
 */
#ifndef KURS_INGEST_PRICELINES_H
#define KURS_INGEST_PRICELINES_H

#include "ingest/batch.h"
#include "ingest/rows.h"

struct pricelines;
enum kurs_status pricelines_new(const struct rows_rules *rules, struct names *names, struct pricelines **lines);
void pricelines_free(struct pricelines *lines); /* NULL is allowed */
/* All lines of (text, bytes) into the batch. KURS_ELIMIT too many series, KURS_ENOMEM. */
enum kurs_status pricelines_parse(struct pricelines *lines, const char *text, size_t bytes, struct batch *batch);

#endif
