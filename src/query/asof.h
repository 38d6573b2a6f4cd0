/* asof.h: where the points of a route lie in time, for the other queries. */
#ifndef KURS_QUERY_ASOF_H
#define KURS_QUERY_ASOF_H

#include "kurs.h"

/* The time of the route's oldest point at or after `from_us`; a cross has one where either leg has one and both are
 * known. KURS_END if there is none. Cost: at most two seeks a leg. */
enum kurs_status asof_next_time(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                                int64_t *time_us, struct kurs_error *error) __attribute__((warn_unused_result));

/* asked - observed, in whole days for a daily route. */
int64_t asof_age_us(const struct kurs_route *route, int64_t asked_us, int64_t observed_us);

#endif
