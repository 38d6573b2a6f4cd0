/* calendar.c: owns instant -> fields. The one idea: days since 1970 to a date by the civil-from-days arithmetic of
 * Howard Hinnant ("chrono-compatible low-level date algorithms"), so no libc time zone or locale is involved. */
#include "chart/calendar.h"

static int64_t floor_div(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

struct calendar calendar_of(int64_t time_us, const struct kurs_zone *zone)
{
    int64_t local_us = time_us + kurs_zone_offset_us(zone, time_us);
    int64_t day = floor_div(local_us, KURS_DAY_US);
    int64_t rest_us = local_us - day * KURS_DAY_US;
    int64_t shifted = day + 719468; /* days since 0000-03-01 */
    int64_t era = floor_div(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */
    struct calendar at = {
        .year = (int)(year_of_era + era * 400 + (month >= 10)),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
        .hour = (int)(rest_us / KURS_HOUR_US),
        .minute = (int)(rest_us / KURS_MINUTE_US % 60),
        .second = (int)(rest_us / KURS_SECOND_US % 60),
        .microsecond = (int)(rest_us % KURS_SECOND_US),
        .weekday = (int)(day + 3 - floor_div(day + 3, 7) * 7), /* 1970-01-01 was a Thursday */
    };
    return at;
}

double calendar_weekdays(int64_t time_us, const struct kurs_zone *zone)
{
    int64_t local_us = time_us + kurs_zone_offset_us(zone, time_us);
    int64_t day = floor_div(local_us, KURS_DAY_US);
    int64_t week = floor_div(day + 3, 7);
    int64_t weekday = day + 3 - week * 7;
    double part = (double)(local_us - day * KURS_DAY_US) / (double)KURS_DAY_US;
    return (double)(week * 5) - 3 + (weekday < 5 ? (double)weekday + part : 5);
}
