/* mids.h: values that must lie between a bid and an ask of the same pair in the same row. Pure. */
#ifndef KURS_INGEST_MIDS_H
#define KURS_INGEST_MIDS_H

#include "ingest/plan.h"

/* Which of the plan's values, counted from 0 in column order. */
struct mid {
    size_t value, bid, ask;
};
/* Those that have both sides, written to mids[], which has room for one a column; returns how many. */
size_t mids_find(const struct plan *plan, struct mid *mids);
/* rates[] are a row's, one a value, coefficient 0 where there is none. */
bool mids_is_outside(const struct mid *mid, const struct kurs_decimal *rates);

#endif
