/* asof.c: the rate in force at an instant. Each leg is looked up by itself, so a cross is at most two seeks, and the
 * time reported is that of the leg that is older: a fresh leg must not hide a stale one. Keeping the last answer for
 * the next call was dropped: it would make a snapshot carry state. */
#include "query/asof.h"

#include <stdio.h>

#include "query/derive.h"
#include "store/scan.h"

static int leg_count(const struct kurs_route *route)
{
    return route->rule == KURS_CROSS ? 2 : 1;
}

int64_t asof_age_us(const struct kurs_route *route, int64_t asked_us, int64_t observed_us)
{
    int64_t age_us = (asked_us < KURS_TIME_MAX ? asked_us : KURS_TIME_MAX) - observed_us;
    return route->kind == KURS_DAILY ? age_us / KURS_DAY_US * KURS_DAY_US : age_us;
}

enum kurs_status kurs_asof(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t at_us,
                           struct kurs_asof *asof, struct kurs_error *error)
{
    struct kurs_asof found = {.asked_us = at_us, .observed_us = INT64_MAX};
    for (int i = 0; i < leg_count(route); i++) {
        enum kurs_status status = scan_asof(snapshot, route->leg[i], at_us, &found.leg[i], error);
        if (status != KURS_OK) {
            return status;
        }
        if (found.leg[i].time_us < found.observed_us) {
            found.observed_us = found.leg[i].time_us;
        }
    }
    enum kurs_status status = derive_rate(route, found.leg, &found.rate, error);
    if (status != KURS_OK) {
        return status;
    }
    found.age_us = asof_age_us(route, at_us, found.observed_us);
    *asof = found;
    return KURS_OK;
}

const char *kurs_asof_rule(const struct kurs_route *route, const struct kurs_asof *asof, char text[KURS_NAME_SIZE])
{
    switch (route->rule) {
    case KURS_INVERSE:
        return "inverse";
    case KURS_CROSS:
        snprintf(text, KURS_NAME_SIZE, "via %s", route->pivot);
        return text;
    case KURS_DIRECT:
        break;
    }
    return asof->age_us == 0 ? "exact" : "prior";
}

enum kurs_status asof_next_time(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                                int64_t *time_us, struct kurs_error *error)
{
    int64_t both_us = INT64_MIN; /* from here on every leg is known */
    int64_t next_us = INT64_MAX; /* the nearest point of any leg */
    for (int i = 0; i < leg_count(route); i++) {
        struct kurs_point point;
        enum kurs_status status = scan_from(snapshot, route->leg[i], KURS_TIME_MIN, &point, error);
        if (status != KURS_OK) {
            return status;
        }
        both_us = point.time_us > both_us ? point.time_us : both_us;
        if (point.time_us < from_us) {
            status = scan_from(snapshot, route->leg[i], from_us, &point, error);
        }
        if (status < 0) {
            return status;
        }
        if (status == KURS_OK && point.time_us < next_us) {
            next_us = point.time_us;
        }
    }
    if (from_us <= both_us) {
        next_us = both_us;
    }
    if (next_us == INT64_MAX) {
        return KURS_END;
    }
    *time_us = next_us;
    return KURS_OK;
}
