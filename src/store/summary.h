/* summary.h: what a run of points adds up to; a monoid, so runs can be joined in any grouping. Pure values. */
#ifndef KURS_STORE_SUMMARY_H
#define KURS_STORE_SUMMARY_H

#include "kurs.h"

#define SUMMARY_SUM_HIGH_LIMIT (INT64_C(1) << 62) /* |sum| < 2^126: of those read from bytes it must be checked */

/* count 0 is the neutral element (the rest then is zero). low, high: the earliest of equals. sum = sum of the rates as
 * sum_high:sum_low (128-bit two's complement) * 10^sum_exponent; when a join would not fit 127 bits the scale is made
 * coarser, rounding half away from zero (only for rates over 20 orders of magnitude apart). */
struct summary {
    uint64_t count;
    struct kurs_point first, last, low, high;
    uint64_t sum_low;
    int64_t sum_high;
    int8_t sum_exponent;
};

void summary_add_point(struct summary *summary, struct kurs_point point); /* point after summary->last */
/* Points [from, until) of the batch, later than summary->last. ~1 ns a point where many in a row have one exponent. */
void summary_add_columns(struct summary *summary, const struct kurs_batch *batch, size_t from, size_t until);
void summary_join(struct summary *summary, const struct summary *later); /* later starts after summary->last */
bool summary_equal(const struct summary *a, const struct summary *b);    /* to the digit */
/* For kurs_summarize: the mean as documented there. */
struct kurs_decimal summary_mean(const struct summary *summary, int decimals);

#endif
