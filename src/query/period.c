/* period.c: change by calendar periods, each against the close before it. One period a call, found from the next point
 * on, so a call holds no state and a period without points is never invented. */
#include "query/asof.h"
#include "query/change.h"
#include "query/derive.h"

enum kurs_status kurs_change_period(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                    struct kurs_span period, const struct kurs_zone *zone, int64_t *next_us,
                                    int64_t until_us, struct kurs_period_change *change, struct kurs_error *error)
{
    int64_t time_us;
    enum kurs_status status = asof_next_time(snapshot, route, *next_us, &time_us, error);
    if (status != KURS_OK) {
        return status;
    }
    if (time_us >= until_us) {
        return KURS_END;
    }
    struct kurs_period_change found;
    kurs_period_of(time_us, period, derive_zone(route, zone), &found.period_from_us, &found.period_until_us);
    int64_t end_us = (until_us < found.period_until_us ? until_us : found.period_until_us) - 1;
    status = change_between(snapshot, route, found.period_from_us - 1, end_us, &found.change, error);
    if (status != KURS_OK) {
        return status;
    }
    *next_us = found.period_until_us;
    *change = found;
    return KURS_OK;
}
