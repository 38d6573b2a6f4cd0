/* change.c: how much a rate changed between two moments, and over the named windows. Knows as-of answers only, never
 * points: the start and the end of a change are each the rate in force then, however many points lie between, so the
 * cost does not grow with history. The percent is left as a fraction of stored rates; rounding is the reader's. */
#include "query/change.h"

#include <string.h>

#include "base/decimal.h"
#include "base/error.h"
#include "query/asof.h"
#include "query/derive.h"

/* value to a whole number of 10^exponent, half away from zero. */
static struct kurs_decimal round_to(struct kurs_decimal value, int exponent)
{
    int drop = exponent - value.exponent;
    if (drop <= 0) {
        return value;
    }
    int64_t rounded = 0; /* from 19 dropped digits on: under a tenth of one unit */
    if (drop <= DECIMAL_POW10_MAX) {
        int64_t unit = decimal_pow10(drop);
        rounded = value.coefficient / unit;
        if (value.coefficient % unit >= unit - unit / 2) {
            rounded++;
        }
    }
    return (struct kurs_decimal) {rounded, (int8_t)exponent};
}

/* end - start; a difference of over 18 digits (rates many orders of magnitude apart) keeps the 18 leading ones, with
 * both rates rounded to the scale it has then. Rates are > 0. */
static struct kurs_decimal difference(struct kurs_decimal end, struct kurs_decimal start)
{
    struct kurs_decimal result = {0, 0};
    enum kurs_status status = kurs_decimal_subtract(end, start, &result);
    for (int exponent = -KURS_EXPONENT_MAX + 1; status != KURS_OK && exponent <= KURS_EXPONENT_MAX; exponent++) {
        status = kurs_decimal_subtract(round_to(end, exponent), round_to(start, exponent), &result);
    }
    assert(status == KURS_OK); /* at the largest exponent there is, each has at most 18 digits */
    return decimal_normalize(result);
}

enum kurs_status change_between(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t start_us,
                                int64_t end_us, struct kurs_change *change, struct kurs_error *error)
{
    struct kurs_change found;
    memset(&found, 0, sizeof found);
    found.asked_us = start_us;
    struct kurs_asof end;
    enum kurs_status status = kurs_asof(snapshot, route, end_us, &end, error);
    if (status == KURS_OK) {
        found.ended = true;
        found.end = (struct kurs_point) {end.observed_us, end.rate};
        struct kurs_asof start;
        status = kurs_asof(snapshot, route, start_us, &start, error);
        if (status == KURS_OK) {
            found.known = true;
            found.start = (struct kurs_point) {start.observed_us, start.rate};
            found.start_age_us = start.age_us;
            found.difference = difference(end.rate, start.rate);
            found.ratio = derive_ratio(route, start.leg, end.leg);
        }
    }
    if (status < 0) {
        return status;
    }
    *change = found;
    return KURS_OK;
}

enum kurs_status kurs_change_range(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                                   int64_t until_us, struct kurs_change *change, struct kurs_error *error)
{
    if (from_us >= until_us) {
        error_what(error, KURS_EARGUMENT, "no change of '%s' over an empty range", route->name);
        return error_why(error, KURS_EARGUMENT, "it ends before it starts");
    }
    return change_between(snapshot, route, from_us, until_us - 1, change, error);
}

/* A window's name: a span back from the anchor, or one of the two that look for their start. */
enum window_kind { WINDOW_SPAN, WINDOW_YTD, WINDOW_MAX };

static enum kurs_status window_parse(const char *text, enum kurs_convention convention, enum window_kind *kind,
                                     struct kurs_span *span, struct kurs_error *error)
{
    static const int32_t days[] = {[KURS_DAY] = 1, [KURS_WEEK] = 7, [KURS_MONTH] = 30, [KURS_YEAR] = 365};
    *kind = strcmp(text, "ytd") == 0 ? WINDOW_YTD : strcmp(text, "max") == 0 ? WINDOW_MAX : WINDOW_SPAN;
    if (*kind != WINDOW_SPAN) {
        return KURS_OK;
    }
    if (kurs_span_parse(text, false, span) != KURS_OK) {
        error_what(error, KURS_EARGUMENT, "not a window: '%s'", text);
        error_why(error, KURS_EARGUMENT, "a window is a count of d, w, m or y, or ytd, or max");
        return error_hint(error, KURS_EARGUMENT, "write it as 1d, 1w, 6m, 10y, ytd or max");
    }
    if (convention == KURS_TRADINGVIEW) { /* counts have 5 digits: no overflow */
        *span = (struct kurs_span) {span->count * days[span->unit], KURS_DAY};
    }
    return KURS_OK;
}

enum kurs_status kurs_change_window(struct kurs_snapshot *snapshot, const struct kurs_route *route, const char *window,
                                    int64_t at_us, enum kurs_convention convention, const struct kurs_zone *zone,
                                    struct kurs_change *change, struct kurs_error *error)
{
    enum window_kind kind;
    struct kurs_span span;
    enum kurs_status status = window_parse(window, convention, &kind, &span, error);
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_asof anchor;
    status = kurs_asof(snapshot, route, at_us, &anchor, error);
    if (status == KURS_END) { /* nothing at or before it: neither end is known */
        return change_between(snapshot, route, at_us, at_us, change, error);
    }
    int64_t start_us = anchor.observed_us;
    zone = derive_zone(route, zone);
    if (status == KURS_OK && kind == WINDOW_SPAN) {
        start_us = kurs_time_add(anchor.observed_us, span, -1, zone);
    } else if (status == KURS_OK && kind == WINDOW_YTD) {
        int64_t until_us;
        kurs_period_of(anchor.observed_us, (struct kurs_span) {1, KURS_YEAR}, zone, &start_us, &until_us);
        start_us--;
    } else if (status == KURS_OK) {
        status = asof_next_time(snapshot, route, KURS_TIME_MIN, &start_us, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    return change_between(snapshot, route, start_us, at_us, change, error);
}
