/* time.c: times as text, both ways. Owns the forms of DESIGN section 5; knows the calendar and zones through their
 * headers, and "now" only as a parameter. The one idea: every text names a unit, [from, until): a year, a day, a
 * minute, a microsecond; what --from and --to mean follows from that. strptime and strftime were dropped: locale, range
 * and fractions. */
#include <assert.h>
#include <string.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/zone.h"

#define FRACTION_DIGITS_MAX 6

/* ---- Reading ----------------------------------------------------------------------------------------------- */

/* A text taken apart. Fields not written are 1 (month, day) or 0. */
struct stamp {
    enum { STAMP_YEAR, STAMP_MONTH, STAMP_DAY, STAMP_TIME } precision;
    int year, month, day;
    int64_t time_of_day_us;
    int64_t unit_us; /* STAMP_TIME: the length of what was named */
    bool has_offset;
    int64_t offset_us; /* local - UTC */
};

/* Exactly `count` digits at *text, which moves behind them. */
static bool read_digits(const char **text, int count, int *number)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9') {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    *text += count;
    *number = value;
    return true;
}

/* `mark` and two digits up to `max`. */
static bool read_part(const char **text, char mark, int max, int *number)
{
    if (**text != mark) {
        return false;
    }
    ++*text;
    return read_digits(text, 2, number) && *number <= max;
}

/* ".295" in microseconds, and the length of its last place. */
static bool read_fraction(const char **text, int64_t *fraction_us, int64_t *unit_us)
{
    int digits = 0;
    for (++*text; **text >= '0' && **text <= '9'; ++*text) {
        if (++digits > FRACTION_DIGITS_MAX) {
            return false;
        }
        *unit_us /= 10;
        *fraction_us += (**text - '0') * *unit_us;
    }
    return digits > 0;
}

/* "Z", "+05:00" or nothing. */
static bool read_offset(const char **text, struct stamp *stamp)
{
    int hours, minutes;
    char sign = **text;
    if (sign == 'Z') {
        ++*text;
        stamp->has_offset = true;
    } else if (sign == '+' || sign == '-') {
        if (!read_part(text, sign, 23, &hours) || !read_part(text, ':', 59, &minutes)) {
            return false;
        }
        int64_t offset_us = hours * KURS_HOUR_US + minutes * KURS_MINUTE_US;
        stamp->offset_us = sign == '-' ? -offset_us : offset_us;
        stamp->has_offset = true;
    }
    return true;
}

/* "T10:00[:00[.000000]][Z|+hh:mm]" */
static bool read_time_of_day(const char **text, struct stamp *stamp)
{
    int hour, minute, second;
    if (!read_part(text, **text == ' ' ? ' ' : 'T', 23, &hour) || !read_part(text, ':', 59, &minute)) {
        return false;
    }
    stamp->precision = STAMP_TIME;
    stamp->unit_us = KURS_MINUTE_US;
    stamp->time_of_day_us = hour * KURS_HOUR_US + minute * KURS_MINUTE_US;
    if (**text == ':') {
        if (!read_part(text, ':', 59, &second)) {
            return false;
        }
        stamp->unit_us = KURS_SECOND_US;
        stamp->time_of_day_us += second * KURS_SECOND_US;
        if (**text == '.' && !read_fraction(text, &stamp->time_of_day_us, &stamp->unit_us)) {
            return false;
        }
    }
    return read_offset(text, stamp);
}

/* False if the text has none of the forms; whether the date exists is not asked here. */
static bool read_stamp(const char *text, struct stamp *stamp)
{
    *stamp = (struct stamp) {.precision = STAMP_YEAR, .month = 1, .day = 1};
    if (!read_digits(&text, 4, &stamp->year)) {
        return false;
    }
    if (*text == '\0') {
        return true;
    }
    stamp->precision = STAMP_MONTH;
    if (!read_part(&text, '-', 99, &stamp->month)) {
        return false;
    }
    if (*text == '\0') {
        return true;
    }
    stamp->precision = STAMP_DAY;
    if (!read_part(&text, '-', 99, &stamp->day)) {
        return false;
    }
    return *text == '\0' || (read_time_of_day(&text, stamp) && *text == '\0');
}

/* ---- Meaning ----------------------------------------------------------------------------------------------- */

struct range {
    int64_t from_us, until_us;
};

static struct range instant(int64_t time_us)
{
    return (struct range) {time_us, time_us + 1};
}

static struct range stamp_range(const struct stamp *stamp, const struct kurs_zone *zone)
{
    int64_t local_us = calendar_days_from_civil(stamp->year, stamp->month, stamp->day) * KURS_DAY_US;
    if (stamp->precision == STAMP_TIME) {
        local_us += stamp->time_of_day_us;
        int64_t from_us = stamp->has_offset ? local_us - stamp->offset_us : kurs_zone_to_utc(zone, local_us);
        return (struct range) {from_us, from_us + stamp->unit_us};
    }
    int64_t next_day =
        stamp->precision == STAMP_YEAR ? calendar_days_from_civil(stamp->year + 1, 1, 1)
        : stamp->precision == STAMP_MONTH
            ? calendar_days_from_civil(stamp->year, stamp->month, calendar_month_days(stamp->year, stamp->month) + 1)
            : calendar_days_from_civil(stamp->year, stamp->month, stamp->day + 1);
    return (struct range) {zone_local_start_us(zone, local_us), zone_local_start_us(zone, next_day * KURS_DAY_US)};
}

static enum kurs_status refuse(struct kurs_error *error, enum kurs_status status, const char *text, const char *why)
{
    error_what(error, status, "not a time: '%s'", text);
    error_why(error, status, "%s", why);
    return error_hint(error, status, "write it as 2025, 2025-12, 2025-12-12, 2025-12-12T10:00, today, now or -30d");
}

/* "today", "now", "-30d". KURS_END if it is none of them. */
static enum kurs_status parse_relative(const char *text, int64_t now_us, const struct kurs_zone *zone,
                                       struct range *range, struct kurs_error *error)
{
    struct kurs_span span;
    if (strcmp(text, "now") == 0) {
        *range = instant(now_us);
        return KURS_OK;
    }
    if (strcmp(text, "today") == 0) {
        kurs_period_of(now_us, (struct kurs_span) {1, KURS_DAY}, zone, &range->from_us, &range->until_us);
        return KURS_OK;
    }
    if (text[0] != '-' || kurs_span_parse(text + 1, false, &span) != KURS_OK) {
        return KURS_END;
    }
    int64_t time_us = kurs_time_add(now_us, span, -1, zone);
    if (time_us == KURS_TIME_MIN) {
        return refuse(error, KURS_ERANGE, text, "before the year 0001");
    }
    *range = instant(time_us);
    return KURS_OK;
}

static enum kurs_status parse_absolute(const char *text, const struct kurs_zone *zone, struct range *range,
                                       struct kurs_error *error)
{
    struct stamp stamp;
    if (!read_stamp(text, &stamp)) {
        return refuse(error, KURS_EARGUMENT, text, "it has none of the forms of a time");
    }
    if (stamp.year < CALENDAR_YEAR_MIN) {
        return refuse(error, KURS_ERANGE, text, "years run from 0001 to 9999");
    }
    if (!calendar_is_date(stamp.year, stamp.month, stamp.day)) {
        return refuse(error, KURS_EARGUMENT, text, "no such date");
    }
    *range = stamp_range(&stamp, zone);
    return KURS_OK;
}

enum kurs_status kurs_time_parse(const char *text, int64_t now_us, const struct kurs_zone *zone, int64_t *from_us,
                                 int64_t *until_us, struct kurs_error *error)
{
    struct range range = {0, 0};
    enum kurs_status status = parse_relative(text, now_us, zone, &range, error);
    if (status == KURS_END) {
        status = parse_absolute(text, zone, &range, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    /* An offset can carry the first and last hours of the calendar out of it: cut them, refuse what is all outside. */
    if (range.until_us <= KURS_TIME_MIN || range.from_us > KURS_TIME_MAX) {
        return refuse(error, KURS_ERANGE, text, "years run from 0001 to 9999");
    }
    if (from_us) {
        *from_us = range.from_us < KURS_TIME_MIN ? KURS_TIME_MIN : range.from_us;
    }
    if (until_us) {
        *until_us = range.until_us > KURS_TIME_MAX ? KURS_TIME_MAX + 1 : range.until_us;
    }
    return KURS_OK;
}

/* ---- Writing ----------------------------------------------------------------------------------------------- */

/* Two digits at text, which is returned moved behind them. By hand, not snprintf: export writes millions of times. */
static char *put_two(char *text, unsigned number)
{
    text[0] = (char)('0' + number / 10);
    text[1] = (char)('0' + number % 10);
    return text + 2;
}

static char *put_pair(char *text, char mark, unsigned number)
{
    *text = mark;
    return put_two(text + 1, number);
}

/* ".295" or, where that is not all, ".295123". */
static char *put_fraction(char *text, unsigned fraction_us)
{
    *text++ = '.';
    text = put_two(text, fraction_us / 10000);
    *text++ = (char)('0' + fraction_us / 1000 % 10);
    if (fraction_us % 1000 != 0) {
        *text++ = (char)('0' + fraction_us / 100 % 10);
        text = put_two(text, fraction_us % 100);
    }
    return text;
}

static char *put_time_of_day(char *text, int64_t time_of_day_us)
{
    unsigned second = (unsigned)(time_of_day_us / KURS_SECOND_US);
    unsigned fraction_us = (unsigned)(time_of_day_us % KURS_SECOND_US);
    text = put_pair(text, 'T', second / 3600);
    text = put_pair(text, ':', second / 60 % 60);
    text = put_pair(text, ':', second % 60);
    if (fraction_us != 0) {
        text = put_fraction(text, fraction_us);
    }
    *text++ = 'Z';
    return text;
}

size_t kurs_time_format(int64_t time_us, enum kurs_kind kind, char text[KURS_TIME_SIZE])
{
    assert(time_us >= KURS_TIME_MIN);
    assert(time_us <= KURS_TIME_MAX);
    struct calendar_date date = calendar_civil_from_days(calendar_floor_div(time_us, KURS_DAY_US));
    char *end = put_two(text, (unsigned)date.year / 100);
    end = put_two(end, (unsigned)date.year % 100);
    end = put_pair(end, '-', (unsigned)date.month);
    end = put_pair(end, '-', (unsigned)date.day);
    if (kind == KURS_INSTANT) {
        end = put_time_of_day(end, calendar_floor_mod(time_us, KURS_DAY_US));
    }
    *end = '\0';
    return (size_t)(end - text);
}
