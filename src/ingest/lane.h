/* lane.h: the fast lane: rows of the plainest form, from bytes to points in one pass. It takes a row only if reading it
 * the general way (csvrows.c, rows.c) gives just the same points and blank cells and nothing else: no reject, no cell
 * that needs a second look. All other rows are left to those. One thread. */
#ifndef KURS_INGEST_LANE_H
#define KURS_INGEST_LANE_H

#include "ingest/rows.h"

struct lane;
/* *lane is NULL when the plan's rows never are that plain. KURS_ENOMEM. */
enum kurs_status lane_new(const struct rows_rules *rules, struct names *names, struct lane **lane);
void lane_free(struct lane *lane); /* NULL is allowed */

/* Takes rows from *at on, which then stands at the first row that is not taken; that may be the one at *at. The last row
 * of a text never is. Lines are counted in batch->lines. KURS_ENOMEM, KURS_ELIMIT as rows_take. */
enum kurs_status lane_take(struct lane *lane, const char **at, const char *end, struct batch *batch);

#endif
