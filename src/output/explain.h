/* explain.h: the arithmetic of an answer in words: values, times, series, formula. For people; no contract. */
#ifndef KURS_OUTPUT_EXPLAIN_H
#define KURS_OUTPUT_EXPLAIN_H

#include "kurs.h"

/* One rate: the stored points behind it and how they make it. Whether it was written is the caller's to check. */
void explain_asof(FILE *out, const struct kurs_route *route, const struct kurs_asof *asof);

/* `start`, `end`: the as-of answers behind the change, asked at the times it was asked at, for their legs; NULL when not
 * known, and `start` when it is too old to count. `part` is the window's name or NULL; percentages have `decimals`. */
void explain_change(FILE *out, const struct kurs_route *route, const char *part, const struct kurs_change *change,
                    const struct kurs_asof *start, const struct kurs_asof *end, int decimals);

#endif
