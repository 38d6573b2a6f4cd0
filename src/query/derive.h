/* derive.h: rates that are not stored: the inverse of a stored one, or the product or quotient of two. Pure values. */
#ifndef KURS_QUERY_DERIVE_H
#define KURS_QUERY_DERIVE_H

#include "kurs.h"

#define DERIVE_DIGITS 10 /* significant digits of a derived rate: more than any source publishes for two legs */

/* The route's rate from the rates of its legs: as stored when direct, else to DERIVE_DIGITS, rounded once, half away
 * from zero. leg[1] is looked at for a cross only. KURS_ERANGE when it cannot be written in a kurs_decimal. */
enum kurs_status derive_rate(const struct kurs_route *route, const struct kurs_point leg[2], struct kurs_decimal *rate,
                             struct kurs_error *error) __attribute__((warn_unused_result));

/* rate at the end / rate at the start, exact: made of the stored rates, not of the rounded derived ones. */
struct kurs_ratio derive_ratio(const struct kurs_route *route, const struct kurs_point start[2],
                               const struct kurs_point end[2]);

/* The zone whose calendar counts for the route: none for daily series, whose dates belong to no zone. */
const struct kurs_zone *derive_zone(const struct kurs_route *route, const struct kurs_zone *zone);

#endif
