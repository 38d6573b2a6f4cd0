/* bar.c: open, high, low and close of calendar periods. Where a period starts and ends is kurs_period_of's business,
 * how its points are found bucket.c's; here they meet: go to the next point, take all of its period. So no empty bar
 * can come out, and a point can be neither lost nor counted twice whatever the clocks do. */
#include <stdlib.h>

#include "base/error.h"
#include "query/bucket.h"
#include "query/derive.h"
#include "query/fold.h"

struct kurs_bars {
    struct kurs_span period;
    const struct kurs_zone *zone;
    struct buckets buckets;
};

enum kurs_status kurs_bars_open(struct kurs_snapshot *snapshot, const struct kurs_route *route, struct kurs_span period,
                                const struct kurs_zone *zone, int64_t from_us, int64_t until_us,
                                struct kurs_bars **bars, struct kurs_error *error)
{
    struct kurs_bars *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return error_what(error, KURS_ENOMEM, "cannot read '%s'", route->name);
    }
    opened->period = period;
    opened->zone = derive_zone(route, zone);
    enum kurs_status status = buckets_init(&opened->buckets, snapshot, route, from_us, until_us, error);
    if (status != KURS_OK) {
        kurs_bars_close(opened);
        return status;
    }
    *bars = opened;
    return KURS_OK;
}

enum kurs_status kurs_bars_next(struct kurs_bars *bars, struct kurs_bar *bar, struct kurs_error *error)
{
    int64_t time_us;
    enum kurs_status status = buckets_peek(&bars->buckets, &time_us, error);
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_bar next;
    kurs_period_of(time_us, bars->period, bars->zone, &next.period_from_us, &next.period_until_us);
    struct summary summary;
    status = buckets_take(&bars->buckets, next.period_until_us, &summary, error);
    if (status != KURS_OK) {
        return status;
    }
    next.summary = fold_public(&summary);
    *bar = next;
    return KURS_OK;
}

void kurs_bars_close(struct kurs_bars *bars)
{
    if (bars != NULL) {
        buckets_release(&bars->buckets);
        free(bars);
    }
}
