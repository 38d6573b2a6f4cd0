/* fold.c: the two small things every query that adds up points shares. The adding itself is the store's summary.h, so
 * that a scan and the summary tree give the same answer to the digit. */
#include "query/fold.h"

#include <string.h>

size_t fold_find(const int64_t *time_us, size_t from, size_t count, int64_t until_us)
{
    size_t step = 1;
    size_t low = from; /* every time before low is < until_us */
    while (low + step <= count && time_us[low + step - 1] < until_us) {
        low += step;
        step *= 2;
    }
    size_t high = low + step - 1 < count ? low + step - 1 : count; /* the answer is in [low, high] */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time_us[middle] < until_us) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

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
