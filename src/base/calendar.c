/* calendar.c: dates as day numbers, adding calendar spans, and the periods that tile time. Knows zones only as "local
 * time at an instant" and "first instant of a local time". The one idea: a period begins at the first instant whose
 * local time has reached its start, which rises with the start whatever clocks do; so periods have no hole and no
 * overlap even where midnight is skipped or comes twice. Cutting by each instant's own local date was dropped: where
 * clocks go back over midnight, a date is left, entered and left again. */
#include "base/calendar.h"

#include <assert.h>
#include <string.h>

#include "base/zone.h"

#define DAYS_PER_ERA    146097 /* 400 Gregorian years */
#define DAYS_TO_MARCH_0 719468 /* from 0000-03-01 to 1970-01-01 */
#define MONTHS_PER_YEAR 12

/* ---- Dates ------------------------------------------------------------------------------------------------- */

/* Both directions count years from 1 March, so that the leap day is the last of a year, in eras of 400 years. From
 * March on, the month lengths 31 30 31 30 31 31 30 31 30 31 31 follow (153 * month + 2) / 5. */
int64_t calendar_days_from_civil(int year, int month, int day)
{
    assert(month >= 1);
    assert(month <= MONTHS_PER_YEAR);
    int64_t march_year = (int64_t)year - (month <= 2);
    int64_t era = calendar_floor_div(march_year, 400);
    int64_t year_of_era = march_year - era * 400;
    int64_t march_month = (month + 9) % MONTHS_PER_YEAR;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_MARCH_0;
}

struct calendar_date calendar_civil_from_days(int64_t days)
{
    int64_t shifted = days + DAYS_TO_MARCH_0;
    int64_t era = calendar_floor_div(shifted, DAYS_PER_ERA);
    int day_of_era = (int)(shifted - era * DAYS_PER_ERA);
    /* take out the leap days passed: one in 4 years (1460 days), none in 100 (36524), one in 400 (146096) */
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    struct calendar_date date = {
        .day = day_of_year - (153 * march_month + 2) / 5 + 1,
        .month = march_month < 10 ? march_month + 3 : march_month - 9,
    };
    date.year = (int)(era * 400) + year_of_era + (date.month <= 2);
    return date;
}

int calendar_month_days(int year, int month)
{
    static const int8_t days[MONTHS_PER_YEAR] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1);
    assert(month <= MONTHS_PER_YEAR);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

int calendar_weekday(int64_t days)
{
    return (int)calendar_floor_mod(days + 3, 7); /* 1970-01-01 was a Thursday */
}

bool calendar_is_date(int year, int month, int day)
{
    return year >= CALENDAR_YEAR_MIN && year <= CALENDAR_YEAR_MAX && month >= 1 && month <= MONTHS_PER_YEAR &&
           day >= 1 && day <= calendar_month_days(year, month);
}

/* ---- Adding ------------------------------------------------------------------------------------------------ */

static int64_t exact_us(enum kurs_unit unit)
{
    return unit == KURS_MINUTE ? KURS_MINUTE_US : KURS_HOUR_US;
}

/* base + count * step within KURS_TIME_MIN..MAX. */
static int64_t add_clamped(int64_t base_us, int64_t count, int64_t step_us)
{
    int64_t product_us, sum_us;
    if (__builtin_mul_overflow(count, step_us, &product_us) || __builtin_add_overflow(base_us, product_us, &sum_us)) {
        return count < 0 ? KURS_TIME_MIN : KURS_TIME_MAX;
    }
    return calendar_clamp_us(sum_us);
}

static int64_t add_months(int64_t local_us, int64_t count)
{
    const int64_t count_max = (int64_t)CALENDAR_YEAR_MAX * MONTHS_PER_YEAR;
    int64_t days = calendar_floor_div(local_us, KURS_DAY_US);
    struct calendar_date date = calendar_civil_from_days(days);
    count = count < -count_max ? -count_max : count > count_max ? count_max : count;
    int64_t months = (int64_t)date.year * MONTHS_PER_YEAR + date.month - 1 + count;
    if (months < (int64_t)CALENDAR_YEAR_MIN * MONTHS_PER_YEAR) {
        return KURS_TIME_MIN;
    }
    if (months >= (int64_t)(CALENDAR_YEAR_MAX + 1) * MONTHS_PER_YEAR) {
        return KURS_TIME_MAX;
    }
    int year = (int)(months / MONTHS_PER_YEAR), month = (int)(months % MONTHS_PER_YEAR) + 1;
    int day = date.day < calendar_month_days(year, month) ? date.day : calendar_month_days(year, month);
    return calendar_days_from_civil(year, month, day) * KURS_DAY_US + calendar_floor_mod(local_us, KURS_DAY_US);
}

int64_t kurs_time_add(int64_t time_us, struct kurs_span span, int64_t count, const struct kurs_zone *zone)
{
    assert(span.count >= 1);
    time_us = calendar_clamp_us(time_us);
    int64_t units;
    if (__builtin_mul_overflow(count, span.count, &units)) {
        return count < 0 ? KURS_TIME_MIN : KURS_TIME_MAX;
    }
    if (units == 0) {
        return time_us; /* also at the second of two equal local times, which local arithmetic would move */
    }
    if (span.unit == KURS_MINUTE || span.unit == KURS_HOUR) {
        return add_clamped(time_us, units, exact_us(span.unit));
    }
    int64_t local_us = time_us + kurs_zone_offset_us(zone, time_us);
    switch (span.unit) {
    case KURS_WEEK:
        local_us = add_clamped(local_us, units, 7 * KURS_DAY_US);
        break;
    case KURS_MONTH:
        local_us = add_months(local_us, units);
        break;
    case KURS_QUARTER:
    case KURS_YEAR: {
        const int months = span.unit == KURS_YEAR ? MONTHS_PER_YEAR : 3;
        bool overflow = __builtin_mul_overflow(units, months, &units);
        local_us = add_months(local_us, overflow ? (count < 0 ? INT64_MIN : INT64_MAX) : units);
        break;
    }
    default:
        local_us = add_clamped(local_us, units, KURS_DAY_US);
        break;
    }
    return calendar_clamp_us(kurs_zone_to_utc(zone, local_us));
}

/* ---- Periods ----------------------------------------------------------------------------------------------- */

/* The local day on which the period (of days or longer) that holds a local day starts. */
static int64_t period_first_day(enum kurs_unit unit, int64_t day)
{
    struct calendar_date date = calendar_civil_from_days(day);
    switch (unit) {
    case KURS_WEEK:
        return day - calendar_weekday(day);
    case KURS_MONTH:
        return calendar_days_from_civil(date.year, date.month, 1);
    case KURS_QUARTER:
        return calendar_days_from_civil(date.year, (date.month - 1) / 3 * 3 + 1, 1);
    case KURS_YEAR:
        return calendar_days_from_civil(date.year, 1, 1);
    default:
        return day;
    }
}

/* The first day of the period after the one that starts on `first`: one day past its longest possible length lies in
 * it for sure. */
static int64_t period_next_first_day(enum kurs_unit unit, int64_t first)
{
    switch (unit) {
    case KURS_WEEK:
        return first + 7;
    case KURS_MONTH:
        return period_first_day(unit, first + 31);
    case KURS_QUARTER:
        return period_first_day(unit, first + 92);
    case KURS_YEAR:
        return period_first_day(unit, first + 366);
    default:
        return first + 1;
    }
}

/* The days-or-longer period that holds time_us. */
static void day_period_of(int64_t time_us, enum kurs_unit unit, const struct kurs_zone *zone, int64_t *from_us,
                          int64_t *until_us)
{
    int64_t local_day = calendar_floor_div(time_us + kurs_zone_offset_us(zone, time_us), KURS_DAY_US);
    int64_t first = period_first_day(unit, local_day);
    int64_t next = period_next_first_day(unit, first);
    *from_us = zone_local_start_us(zone, first * KURS_DAY_US);
    *until_us = zone_local_start_us(zone, next * KURS_DAY_US);
    /* Where clocks went back over the boundary, the instant's local date is one the calendar had left already. */
    while (time_us >= *until_us) {
        next = period_next_first_day(unit, next);
        *from_us = *until_us;
        *until_us = zone_local_start_us(zone, next * KURS_DAY_US);
    }
    assert(time_us >= *from_us);
}

void kurs_period_of(int64_t time_us, struct kurs_span period, const struct kurs_zone *zone, int64_t *from_us,
                    int64_t *until_us)
{
    assert(period.count >= 1);
    time_us = calendar_clamp_us(time_us);
    int64_t from, until;
    if (period.unit == KURS_MINUTE || period.unit == KURS_HOUR) {
        int64_t step_us = exact_us(period.unit) * period.count;
        day_period_of(time_us, KURS_DAY, zone, &from, &until);
        from += (time_us - from) / step_us * step_us;
        until = until - from > step_us ? from + step_us : until;
    } else {
        assert(period.count == 1);
        day_period_of(time_us, period.unit, zone, &from, &until);
    }
    *from_us = from < KURS_TIME_MIN ? KURS_TIME_MIN : from;
    *until_us = until > KURS_TIME_MAX ? KURS_TIME_MAX + 1 : until;
}

/* "Z" or "+05:00", with seconds only where a zone has them ("+04:37:11", local mean time). */
static int format_offset(int64_t offset_us, char *text, size_t size)
{
    int64_t offset_s = offset_us / KURS_SECOND_US;
    int absolute_s = (int)(offset_s < 0 ? -offset_s : offset_s);
    char sign = offset_s < 0 ? '-' : '+';
    int hours = absolute_s / 3600, minutes = absolute_s / 60 % 60, seconds = absolute_s % 60;
    if (absolute_s == 0) {
        memcpy(text, "Z", 2);
        return 1;
    }
    if (seconds == 0) {
        return snprintf(text, size, "%c%02d:%02d", sign, hours, minutes);
    }
    return snprintf(text, size, "%c%02d:%02d:%02d", sign, hours, minutes, seconds);
}

/* "2025-12-12T10:00" by hand: a long history has many minutes. Local years are 0 to 10000. Returns the length. */
static int format_minute(struct calendar_date date, int minute_of_day, char *text)
{
    static const char before[] = {'\0', '\0', '-', '-', 'T', ':'};
    const int two_digits[] = {date.year % 10000 / 100, date.year % 100,   date.month, date.day,
                              minute_of_day / 60,      minute_of_day % 60};
    char *end = text;
    if (date.year > 9999) {
        *end++ = '1';
    }
    for (size_t i = 0; i < sizeof before; i++) {
        if (before[i] != '\0') {
            *end++ = before[i];
        }
        *end++ = (char)('0' + two_digits[i] / 10);
        *end++ = (char)('0' + two_digits[i] % 10);
    }
    *end = '\0';
    return (int)(end - text);
}

size_t kurs_period_format(int64_t from_us, struct kurs_span period, const struct kurs_zone *zone,
                          char text[KURS_TIME_SIZE])
{
    int64_t offset_us = kurs_zone_offset_us(zone, from_us);
    int64_t local_us = from_us + offset_us;
    int64_t day = calendar_floor_div(local_us, KURS_DAY_US);
    int minute_of_day = (int)(calendar_floor_mod(local_us, KURS_DAY_US) / KURS_MINUTE_US);
    struct calendar_date date = calendar_civil_from_days(day);
    int length = 0;
    switch (period.unit) {
    case KURS_MINUTE:
    case KURS_HOUR:
        length = format_minute(date, minute_of_day, text);
        length += format_offset(offset_us, text + length, KURS_TIME_SIZE - (size_t)length);
        break;
    case KURS_DAY:
        length = snprintf(text, KURS_TIME_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
        break;
    case KURS_WEEK: { /* ISO 8601: a week belongs to the year of its Thursday */
        int64_t thursday = day - calendar_weekday(day) + 3;
        int year = calendar_civil_from_days(thursday).year;
        int week = (int)((thursday - calendar_days_from_civil(year, 1, 1)) / 7) + 1;
        length = snprintf(text, KURS_TIME_SIZE, "%04d-W%02d", year, week);
        break;
    }
    case KURS_MONTH:
        length = snprintf(text, KURS_TIME_SIZE, "%04d-%02d", date.year, date.month);
        break;
    case KURS_QUARTER:
        length = snprintf(text, KURS_TIME_SIZE, "%04d-Q%d", date.year, (date.month - 1) / 3 + 1);
        break;
    case KURS_YEAR:
        length = snprintf(text, KURS_TIME_SIZE, "%04d", date.year);
        break;
    }
    assert(length > 0);
    assert(length < KURS_TIME_SIZE);
    return (size_t)length;
}
