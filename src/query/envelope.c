/* envelope.c: a series reduced to what a picture of so many pixel columns can show: first, low, high and last of each
 * (M4, Jugel et al., VLDB 2014). An inverse takes the buckets of its stored series and turns them over, so that it
 * draws as fast; a cross is read through. Sampling every n-th point was dropped: it loses the spikes. */
#include "base/decimal.h"
#include "base/error.h"
#include "query/bucket.h"
#include "query/derive.h"
#include "query/fold.h"

struct columns {
    int64_t from_us, width_us; /* of all columns together, > 0 */
    int64_t count;
};

static int64_t column_of(const struct columns *columns, int64_t time_us)
{
    return (int64_t)((decimal_i128)(time_us - columns->from_us) * columns->count / columns->width_us);
}

/* The first instant of a column: of those that column_of puts there. */
static int64_t column_from(const struct columns *columns, int64_t column)
{
    decimal_i128 product = (decimal_i128)columns->width_us * column;
    return columns->from_us + (int64_t)((product + columns->count - 1) / columns->count);
}

/* As bar: of the points of the series itself. */
static enum kurs_status next_bar(struct buckets *buckets, const struct columns *columns, struct kurs_bar *bar,
                                 struct kurs_error *error)
{
    int64_t time_us;
    enum kurs_status status = buckets_peek(buckets, &time_us, error);
    if (status != KURS_OK) {
        return status;
    }
    int64_t column = column_of(columns, time_us);
    bar->period_from_us = column_from(columns, column);
    bar->period_until_us = column_from(columns, column + 1);
    struct summary summary;
    status = buckets_take(buckets, bar->period_until_us, &summary, error);
    if (status == KURS_OK) {
        bar->summary = fold_public(&summary);
    }
    return status;
}

/* 1/x falls as x rises: the low of the inverse is the high of the source, at the same time. */
static enum kurs_status invert_bar(const struct kurs_route *route, struct kurs_bar *bar, struct kurs_error *error)
{
    struct kurs_summary *summary = &bar->summary;
    struct kurs_point low = summary->high;
    summary->high = summary->low;
    summary->low = low;
    summary->mean = (struct kurs_decimal) {0, 0};
    struct kurs_point *points[] = {&summary->first, &summary->last, &summary->low, &summary->high};
    for (int i = 0; i < 4; i++) {
        struct kurs_point leg[2] = {*points[i]};
        enum kurs_status status = derive_rate(route, leg, &points[i]->rate, error);
        if (status != KURS_OK) {
            return status;
        }
    }
    return KURS_OK;
}

enum kurs_status kurs_envelope(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                               int64_t until_us, size_t columns, struct kurs_bar *bars, size_t *count,
                               struct kurs_error *error)
{
    if (columns > KURS_COLUMNS_MAX || columns == 0 || from_us >= until_us) {
        enum kurs_status refused = columns > KURS_COLUMNS_MAX ? KURS_ELIMIT : KURS_EARGUMENT;
        error_what(error, refused, "cannot reduce '%s' to %zu columns", route->name, columns);
        return error_why(error, refused, "it takes 1 to %d columns of a range that is not empty", KURS_COLUMNS_MAX);
    }
    from_us = from_us < KURS_TIME_MIN ? KURS_TIME_MIN : from_us; /* no point lies outside; 64 bits hold the width */
    until_us = until_us > KURS_TIME_MAX + 1 ? KURS_TIME_MAX + 1 : until_us;
    struct columns all = {from_us, until_us - from_us, (int64_t)columns};
    struct kurs_route source = *route;
    if (route->rule == KURS_INVERSE) {
        source.rule = KURS_DIRECT;
    }
    struct buckets buckets;
    enum kurs_status status = buckets_init(&buckets, snapshot, &source, from_us, until_us, error);
    size_t filled = 0;
    while (status == KURS_OK) {
        status = filled < columns ? next_bar(&buckets, &all, &bars[filled], error) : KURS_END;
        if (status == KURS_OK && route->rule == KURS_INVERSE) {
            status = invert_bar(route, &bars[filled], error);
        }
        filled += status == KURS_OK;
    }
    buckets_release(&buckets);
    if (status != KURS_END) {
        return status;
    }
    *count = filled;
    return KURS_OK;
}
