/* fold.h: summaries as kurs.h shows them. Pure values. */
#ifndef KURS_QUERY_FOLD_H
#define KURS_QUERY_FOLD_H

#include "kurs.h"
#include "store/summary.h"

struct kurs_summary fold_public(const struct summary *summary);

#endif
