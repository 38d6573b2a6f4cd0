/* derive.c: the arithmetic of inverse and cross rates. Knows legs as numbers only: which series they come from and when
 * is the business of route.c and asof.c. The idea: every derived rate is one fraction of at most two stored rates over
 * two, so it is divided and rounded once; a percent never sees the rounded rate at all. Rounding each leg's inverse
 * first was dropped: two roundings miss the last digit now and then. */
#include "query/derive.h"

#include "base/decimal.h"
#include "base/error.h"

static const struct kurs_decimal ONE = {1, 0};

static bool used(const struct kurs_route *route, int leg)
{
    return leg == 0 || route->rule == KURS_CROSS;
}

enum kurs_status derive_rate(const struct kurs_route *route, const struct kurs_point leg[2], struct kurs_decimal *rate,
                             struct kurs_error *error)
{
    if (route->rule == KURS_DIRECT) {
        *rate = leg[0].rate;
        return KURS_OK;
    }
    decimal_u128 over = 1;
    decimal_u128 under = 1;
    int exponent = 0;
    for (int i = 0; i < 2 && used(route, i); i++) {
        uint64_t factor = (uint64_t)leg[i].rate.coefficient;
        if (route->inverted[i]) {
            under *= factor;
            exponent -= leg[i].rate.exponent;
        } else {
            over *= factor;
            exponent += leg[i].rate.exponent;
        }
    }
    enum kurs_status status = decimal_quotient(over, under, exponent, DERIVE_DIGITS, rate);
    if (status != KURS_OK) {
        error_what(error, status, "cannot derive '%s' from '%s'", route->name, route->leg[0]);
        error_why(error, status, "its exponent would leave -%d..%d", KURS_EXPONENT_MAX, KURS_EXPONENT_MAX);
    }
    return status;
}

struct kurs_ratio derive_ratio(const struct kurs_route *route, const struct kurs_point start[2],
                               const struct kurs_point end[2])
{
    struct kurs_ratio ratio = {{ONE, ONE}, {ONE, ONE}};
    for (int i = 0; i < 2 && used(route, i); i++) {
        ratio.over[i] = route->inverted[i] ? start[i].rate : end[i].rate;
        ratio.under[i] = route->inverted[i] ? end[i].rate : start[i].rate;
    }
    return ratio;
}

const struct kurs_zone *derive_zone(const struct kurs_route *route, const struct kurs_zone *zone)
{
    return route->kind == KURS_DAILY ? NULL : zone;
}
