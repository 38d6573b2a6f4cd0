/* summary.c: joining what runs of points add up to.
 *
 * Owns the arithmetic of sums over 64 bits and of "earliest of equals"; knows nothing of blocks or the tree.
 * The idea: |sum| stays below 2^126 at its scale, so two sums always add within 128 bits and are made coarser after.
 * Dropped: a sum in double, which would make the mean depend on how runs were joined. */
#include "store/summary.h"

#include <assert.h>
#include <string.h>

#include "base/decimal.h"
#include "store/bits.h"

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

#define SUM_LIMIT  ((int128)SUMMARY_SUM_HIGH_LIMIT << 64)
#define MEAN_LIMIT (DECIMAL_COEFFICIENT_MAX + 1)

struct sum {
    int128 value;
    int exponent;
};

static struct sum sum_of(const struct summary *summary)
{
    int128 value = (int128)((uint128)(uint64_t)summary->sum_high << 64 | summary->sum_low);
    return (struct sum) {value, summary->sum_exponent};
}

static void set_sum(struct summary *summary, struct sum sum)
{
    summary->sum_low = (uint64_t)(uint128)sum.value;
    summary->sum_high = (int64_t)(sum.value >> 64);
    summary->sum_exponent = (int8_t)sum.exponent;
}

/* value / 10^digits, half away from zero. Past 39 digits nothing is left of any 128-bit value. */
static int128 drop_digits(int128 value, int digits)
{
    int128 below = 0; /* the last digit dropped decides: 5 and up is half or more */
    for (int i = 0; i < digits; i++) {
        below = value % 10;
        value /= 10;
    }
    return value + (below >= 5) - (below <= -5);
}

static struct sum add_sums(struct sum a, struct sum b)
{
    if (a.exponent < b.exponent) {
        struct sum swapped = a;
        a = b;
        b = swapped;
    }
    while (a.exponent > b.exponent && a.value < SUM_LIMIT / 10 && a.value > -(SUM_LIMIT / 10)) {
        a.value *= 10;
        a.exponent--;
    }
    b.value = drop_digits(b.value, a.exponent - b.exponent);
    a.value += b.value;
    if (a.value >= SUM_LIMIT || a.value <= -SUM_LIMIT) {
        a.value = drop_digits(a.value, 1);
        a.exponent++;
    }
    return a;
}

static bool less(const struct kurs_decimal *a, const struct kurs_decimal *b)
{
    if (a->exponent == b->exponent) {
        return a->coefficient < b->coefficient;
    }
    return kurs_decimal_compare(*a, *b) < 0;
}

void summary_add_point(struct summary *summary, struct kurs_point point)
{
    int64_t coefficient = point.rate.coefficient;
    struct summary one = {.count = 1,
                          .first = point,
                          .last = point,
                          .low = point,
                          .high = point,
                          .sum_low = (uint64_t)coefficient,
                          .sum_high = coefficient < 0 ? -1 : 0,
                          .sum_exponent = point.rate.exponent};
    summary_join(summary, &one);
}

void summary_join(struct summary *summary, const struct summary *later)
{
    if (later->count == 0) {
        return;
    }
    if (summary->count == 0) {
        *summary = *later;
        return;
    }
    assert(later->first.time_us > summary->last.time_us);
    summary->count += later->count;
    summary->last = later->last;
    if (less(&later->low.rate, &summary->low.rate)) {
        summary->low = later->low;
    }
    if (less(&summary->high.rate, &later->high.rate)) {
        summary->high = later->high;
    }
    set_sum(summary, add_sums(sum_of(summary), sum_of(later)));
}

static bool equal_points(const struct kurs_point *a, const struct kurs_point *b)
{
    return a->time_us == b->time_us && a->rate.coefficient == b->rate.coefficient &&
           a->rate.exponent == b->rate.exponent;
}

bool summary_equal(const struct summary *a, const struct summary *b)
{
    return a->count == b->count && equal_points(&a->first, &b->first) && equal_points(&a->last, &b->last) &&
           equal_points(&a->low, &b->low) && equal_points(&a->high, &b->high) && a->sum_low == b->sum_low &&
           a->sum_high == b->sum_high && a->sum_exponent == b->sum_exponent;
}

/* ---- Columns: points of one scale are compared and added as plain integers and joined as one run ---- */

#define RUN_MIN 4 /* shorter runs of one scale: a join would cost more than adding the points */

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

/* [from, until) holds a point, and all of one exponent. */
static void add_run(struct summary *summary, const struct kurs_batch *batch, size_t from, size_t until)
{
    struct bits_sum all;
    bits_add_up(batch->coefficient + from, until - from, &all);
    uint128 sum = ((uint128)all.sum_high << 32) + all.sum_low;
    struct summary run = {
        .count = until - from,
        .first = point_at(batch, from),
        .last = point_at(batch, until - 1),
        .low = point_at(batch, from + all.low_at),
        .high = point_at(batch, from + all.high_at),
        .sum_low = (uint64_t)sum,
        .sum_high = (int64_t)(uint64_t)(sum >> 64),
        .sum_exponent = batch->exponent[from],
    };
    summary_join(summary, &run);
}

void summary_add_columns(struct summary *summary, const struct kurs_batch *batch, size_t from, size_t until)
{
    while (from < until) {
        size_t run_until = same_scale_until(batch, from, until);
        if (run_until - from >= RUN_MIN) {
            add_run(summary, batch, from, run_until);
        } else {
            for (size_t i = from; i < run_until; i++) {
                summary_add_point(summary, point_at(batch, i));
            }
        }
        from = run_until;
    }
}

/* Long division: the whole quotient, then a digit at a time while they are wanted and fit; one rounding at the end. */
struct kurs_decimal summary_mean(const struct summary *summary, int decimals)
{
    assert(summary->count > 0 && summary->sum_high >= 0);
    struct sum sum = sum_of(summary);
    int128 count = (int128)summary->count;
    int128 quotient = sum.value / count, rest = sum.value % count;
    int exponent = sum.exponent;
    int finest = decimals < KURS_EXPONENT_MAX ? -decimals : -KURS_EXPONENT_MAX;

    int surplus = exponent < finest ? finest - exponent : 0;
    for (int128 left = drop_digits(quotient, surplus); left >= MEAN_LIMIT; left /= 10) {
        surplus++;
    }
    if (surplus > 0) { /* what `rest` adds is below the digits dropped: it cannot reach their half */
        quotient = drop_digits(quotient, surplus);
        exponent += surplus;
    } else {
        while (exponent > finest && quotient < MEAN_LIMIT / 10) {
            quotient = quotient * 10 + rest * 10 / count;
            rest = rest * 10 % count;
            exponent--;
        }
        quotient += rest >= count - rest;
    }
    if (quotient == MEAN_LIMIT) {
        quotient /= 10;
        exponent++;
    }
    return (struct kurs_decimal) {(int64_t)quotient, (int8_t)exponent};
}
