/* rows.h: rows of cells to points, as the plan says and by no decision of its own. One thread. */
#ifndef KURS_INGEST_ROWS_H
#define KURS_INGEST_ROWS_H

#include "ingest/batch.h"
#include "ingest/names.h"
#include "ingest/plan.h"
#include "ingest/subjects.h"

struct rows_rules {
    const struct plan *plan;      /* borrowed, as are the others */
    const struct kurs_zone *zone; /* of stamps without an offset; NULL = UTC */
    const int64_t *until_us;      /* stamps from there on are rejected as too far ahead; may move between chunks */
};

/* Why no point may stand at a time ("is before year 1"); NULL if it may. */
const char *rows_time_fault(const struct rows_rules *rules, int64_t time_us);

struct rows;
enum kurs_status rows_new(const struct rows_rules *rules, struct names *names, struct rows **rows);
void rows_free(struct rows *rows); /* NULL is allowed */

/* One row of cells, blanks around them gone: points, blanks and rejects go into the batch. KURS_ENOMEM; KURS_ELIMIT too
 * many series. A transposed plan must give all rows of a file to one struct rows, in order. */
enum kurs_status rows_take(struct rows *rows, const struct cell *cells, size_t count, const struct batch_place *place,
                           struct batch *batch);

#endif
