/* explain.h: the arithmetic of an answer in words: values, times, series, formula. For people; no contract. */
#ifndef KURS_OUTPUT_EXPLAIN_H
#define KURS_OUTPUT_EXPLAIN_H

#include "kurs.h"

void explain_asof(FILE *out, const struct kurs_route *route, const struct kurs_asof *asof);

/* `start`, `end`: the as-of answers behind the change, for their legs; start NULL when not known. */
void explain_change(FILE *out, const struct kurs_route *route, const char *part, const struct kurs_change *change,
                    const struct kurs_asof *start, const struct kurs_asof *end, int decimals);

#endif
