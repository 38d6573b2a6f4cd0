/* fold.h: runs of times cut at an instant, and summaries as kurs.h shows them. Pure values. */
#ifndef KURS_QUERY_FOLD_H
#define KURS_QUERY_FOLD_H

#include "kurs.h"
#include "store/summary.h"

/* The first index in [from, count) whose time is >= until_us; count if there is none. O(log distance). */
size_t fold_find(const int64_t *time_us, size_t from, size_t count, int64_t until_us);

struct kurs_summary fold_public(const struct summary *summary);

#endif
