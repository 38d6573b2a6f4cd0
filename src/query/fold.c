/* fold.c: adding up columns as the store's summaries do, so that a scan and the summary tree give the same answer to
 * the digit. Knows nothing of series. Points of one scale are compared and added as plain integers and joined as one
 * run, which is what lets short bars stream at decode speed; adding point by point through decimals was ten times as
 * slow. */
#include "query/fold.h"

#include <string.h>

#include "base/decimal.h"

#define FOLD_RUN_MIN 4 /* shorter runs of one scale: a join would cost more than adding the points */

static struct kurs_point point_at(const struct kurs_batch *batch, size_t i)
{
    return (struct kurs_point) {batch->time_us[i], {batch->coefficient[i], batch->exponent[i]}};
}

static size_t same_scale_until(const struct kurs_batch *batch, size_t from, size_t until)
{
    const int8_t *exponent = batch->exponent;
    if (memcmp(exponent + from, exponent + from + 1, until - from - 1) == 0) { /* the usual: one scale throughout */
        return until;
    }
    size_t i = from + 1;
    while (exponent[i] == exponent[from]) {
        i++;
    }
    return i;
}

static size_t find_coefficient(const int64_t *coefficient, size_t from, int64_t wanted)
{
    while (coefficient[from] != wanted) {
        from++;
    }
    return from;
}

/* [from, until) holds a point, and all of one exponent. */
static void fold_run(struct summary *summary, const struct kurs_batch *batch, size_t from, size_t until)
{
    const int64_t *coefficient = batch->coefficient;
    int64_t low = coefficient[from];
    int64_t high = coefficient[from];
    int64_t sum_high = 0; /* of the upper and the lower 32 bits apart, which 2^31 points cannot overflow */
    uint64_t sum_low = 0;
    for (size_t i = from; i < until; i++) {
        low = coefficient[i] < low ? coefficient[i] : low;
        high = coefficient[i] > high ? coefficient[i] : high;
        sum_high += coefficient[i] >> 32;
        sum_low += (uint32_t)coefficient[i];
    }
    decimal_i128 sum = (decimal_i128)sum_high * (INT64_C(1) << 32) + sum_low;
    struct summary run = {
        .count = until - from,
        .first = point_at(batch, from),
        .last = point_at(batch, until - 1),
        .low = point_at(batch, find_coefficient(coefficient, from, low)),
        .high = point_at(batch, find_coefficient(coefficient, from, high)),
        .sum_low = (uint64_t)sum,
        .sum_high = (int64_t)(sum >> 64),
        .sum_exponent = batch->exponent[from],
    };
    summary_join(summary, &run);
}

void fold_columns(struct summary *summary, const struct kurs_batch *batch, size_t from, size_t until)
{
    while (from < until) {
        size_t run_until = same_scale_until(batch, from, until);
        if (run_until - from >= FOLD_RUN_MIN) {
            fold_run(summary, batch, from, run_until);
        } else {
            for (size_t i = from; i < run_until; i++) {
                summary_add_point(summary, point_at(batch, i));
            }
        }
        from = run_until;
    }
}

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
