/* fold.c: what the store added up, as queries show it. The adding itself is the store's summary.h, so that a scan and
 * the summary tree give the same answer to the digit. */
#include "query/fold.h"

#include <string.h>

struct kurs_summary fold_public(const struct summary *summary)
{
    struct kurs_summary shown;
    memset(&shown, 0, sizeof shown);
    if (summary->count > 0) {
        int finest = summary->sum_exponent < 0 ? -summary->sum_exponent : 0;
        shown.count = summary->count;
        shown.first = summary->first;
        shown.last = summary->last;
        shown.low = summary->low;
        shown.high = summary->high;
        shown.mean = summary_mean(summary, finest + 2);
    }
    return shown;
}
