/* Dates as day numbers, adding spans, periods. */
#include "unit/unit.h"

#include "base/calendar.h"
#include "base/zone.h"

static struct kurs_zone *zone_of(const char *name)
{
    struct kurs_zone *zone = NULL;
    assert_int_equal(kurs_zone_open(name, &zone, NULL), KURS_OK);
    return zone;
}

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return calendar_days_from_civil(year, month, day) * KURS_DAY_US + hour * KURS_HOUR_US + minute * KURS_MINUTE_US;
}

static void days_and_dates_agree_over_all_years(void **state)
{
    (void)state;
    int64_t days = calendar_days_from_civil(1, 1, 1);
    assert_int_equal(days * KURS_DAY_US, KURS_TIME_MIN);
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= calendar_month_days(year, month); day++, days++) {
                struct calendar_date date = calendar_civil_from_days(days);
                if (calendar_days_from_civil(year, month, day) != days || date.year != year || date.month != month ||
                    date.day != day) {
                    fail_msg("%04d-%02d-%02d", year, month, day);
                }
            }
        }
    }
    assert_int_equal(days * KURS_DAY_US, KURS_TIME_MAX + 1);
    assert_int_equal(calendar_days_from_civil(1970, 1, 1), 0);
    assert_int_equal(calendar_days_from_civil(2000, 3, 1), 11017);
}

static void leap_years_are_gregorian(void **state)
{
    (void)state;
    assert_int_equal(calendar_month_days(2024, 2), 29);
    assert_int_equal(calendar_month_days(2025, 2), 28);
    assert_int_equal(calendar_month_days(1900, 2), 28);
    assert_int_equal(calendar_month_days(2000, 2), 29);
    assert_true(calendar_is_date(2024, 2, 29));
    assert_false(calendar_is_date(2023, 2, 29));
    assert_false(calendar_is_date(0, 1, 1));
    assert_false(calendar_is_date(10000, 1, 1));
    assert_false(calendar_is_date(2025, 13, 1));
    assert_false(calendar_is_date(2025, 0, 1));
    assert_false(calendar_is_date(2025, 4, 31));
    assert_false(calendar_is_date(2025, 4, 0));
}

static void weekdays_count_from_monday(void **state)
{
    (void)state;
    assert_int_equal(calendar_weekday(0), 3);                                      /* Thursday */
    assert_int_equal(calendar_weekday(calendar_days_from_civil(2025, 12, 12)), 4); /* Friday */
    assert_int_equal(calendar_weekday(calendar_days_from_civil(1, 1, 1)), 0);
    assert_int_equal(calendar_weekday(calendar_days_from_civil(1969, 12, 28)), 6);
}

static void day_past_the_month_runs_on(void **state)
{
    (void)state;
    assert_int_equal(calendar_days_from_civil(2025, 3, 0), calendar_days_from_civil(2025, 2, 28));
    assert_int_equal(calendar_days_from_civil(2024, 12, 32), calendar_days_from_civil(2025, 1, 1));
}

/* ---- Adding ------------------------------------------------------------------------------------------------ */

static int64_t add(int64_t time_us, int32_t span_count, enum kurs_unit unit, int64_t count)
{
    return kurs_time_add(time_us, (struct kurs_span) {span_count, unit}, count, NULL);
}

static void months_clamp_to_the_months_end(void **state)
{
    (void)state;
    assert_int_equal(add(utc(2025, 3, 31, 0, 0), 1, KURS_MONTH, -1), utc(2025, 2, 28, 0, 0));
    assert_int_equal(add(utc(2024, 3, 31, 0, 0), 1, KURS_MONTH, -1), utc(2024, 2, 29, 0, 0));
    assert_int_equal(add(utc(2024, 3, 31, 13, 7), 1, KURS_MONTH, -1), utc(2024, 2, 29, 13, 7));
    assert_int_equal(add(utc(2025, 1, 31, 0, 0), 1, KURS_MONTH, 13), utc(2026, 2, 28, 0, 0));
    assert_int_equal(add(utc(2024, 2, 29, 0, 0), 1, KURS_YEAR, -1), utc(2023, 2, 28, 0, 0));
    assert_int_equal(add(utc(2024, 2, 29, 0, 0), 4, KURS_YEAR, 1), utc(2028, 2, 29, 0, 0));
    assert_int_equal(add(utc(2025, 12, 12, 0, 0), 6, KURS_MONTH, -1), utc(2025, 6, 12, 0, 0));
    assert_int_equal(add(utc(2025, 1, 15, 0, 0), 1, KURS_MONTH, -1), utc(2024, 12, 15, 0, 0));
    assert_int_equal(add(utc(2025, 5, 31, 0, 0), 1, KURS_QUARTER, -1), utc(2025, 2, 28, 0, 0));
    assert_int_equal(add(utc(1960, 3, 31, 5, 0), 1, KURS_MONTH, -1), utc(1960, 2, 29, 5, 0));
}

static void days_weeks_hours_and_minutes_add_up(void **state)
{
    (void)state;
    assert_int_equal(add(utc(2025, 3, 1, 5, 0), 30, KURS_DAY, -1), utc(2025, 1, 30, 5, 0));
    assert_int_equal(add(utc(2025, 3, 1, 5, 0), 6, KURS_WEEK, -1), utc(2025, 1, 18, 5, 0));
    assert_int_equal(add(utc(2025, 3, 1, 0, 0), 48, KURS_HOUR, -1), utc(2025, 2, 27, 0, 0));
    assert_int_equal(add(utc(2025, 3, 1, 0, 0), 90, KURS_MINUTE, 3), utc(2025, 3, 1, 4, 30));
    assert_int_equal(add(utc(2025, 3, 1, 0, 0) + 1, 1, KURS_DAY, 0), utc(2025, 3, 1, 0, 0) + 1);
}

static void sums_stay_in_the_years_1_to_9999(void **state)
{
    (void)state;
    static const enum kurs_unit units[] = {KURS_MINUTE, KURS_HOUR,    KURS_DAY, KURS_WEEK,
                                           KURS_MONTH,  KURS_QUARTER, KURS_YEAR};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        static const int64_t counts[] = {INT64_MAX, INT64_MAX / INT32_MAX, INT64_C(100000000000)};
        for (size_t j = 0; j < 3; j++) {
            assert_int_equal(add(0, INT32_MAX, units[i], counts[j]), KURS_TIME_MAX);
            assert_int_equal(add(0, INT32_MAX, units[i], -counts[j]), KURS_TIME_MIN);
            assert_int_equal(add(0, 1, units[i], counts[j]), KURS_TIME_MAX);
            assert_int_equal(add(0, 1, units[i], -counts[j]), KURS_TIME_MIN);
        }
        assert_int_equal(add(0, 1, units[i], INT64_MIN), KURS_TIME_MIN);
    }
    assert_int_equal(add(utc(9999, 12, 31, 0, 0), 1, KURS_MONTH, 1), KURS_TIME_MAX);
    assert_int_equal(add(utc(9998, 12, 31, 0, 0), 1, KURS_YEAR, 1), utc(9999, 12, 31, 0, 0));
    assert_int_equal(add(utc(1, 12, 31, 0, 0), 1, KURS_YEAR, -1), KURS_TIME_MIN);
    assert_int_equal(add(INT64_MAX, 1, KURS_DAY, -1), KURS_TIME_MAX - KURS_DAY_US);
}

static void local_time_of_day_is_kept_over_a_change_of_clocks(void **state)
{
    (void)state;
    struct kurs_zone *zone = zone_of("Europe/Berlin");
    struct kurs_span day = {1, KURS_DAY}, month = {1, KURS_MONTH}, hour = {1, KURS_HOUR};
    int64_t noon = utc(2025, 3, 29, 11, 0); /* 12:00 in Berlin */
    assert_int_equal(kurs_time_add(noon, day, 1, zone), utc(2025, 3, 30, 10, 0));
    assert_int_equal(kurs_time_add(noon, month, 1, zone), utc(2025, 4, 29, 10, 0));
    assert_int_equal(kurs_time_add(noon, hour, 24, zone), utc(2025, 3, 30, 11, 0));
    /* onto the skipped 02:30: read with the offset before, so shown as 03:30 */
    assert_int_equal(kurs_time_add(utc(2025, 3, 29, 1, 30), day, 1, zone), utc(2025, 3, 30, 1, 30));
    /* adding nothing moves nothing, even at the second 02:30 */
    assert_int_equal(kurs_time_add(utc(2025, 10, 26, 1, 30), day, 0, zone), utc(2025, 10, 26, 1, 30));
    kurs_zone_close(zone);
}

/* ---- Periods ----------------------------------------------------------------------------------------------- */

static void assert_period(int64_t time_us, enum kurs_unit unit, int64_t from_us, int64_t until_us, const char *text)
{
    struct kurs_span period = {1, unit};
    char buffer[KURS_TIME_SIZE];
    int64_t from, until;
    kurs_period_of(time_us, period, NULL, &from, &until);
    assert_int_equal(from, from_us);
    assert_int_equal(until, until_us);
    assert_int_equal(kurs_period_format(from, period, NULL, buffer), strlen(text));
    assert_string_equal(buffer, text);
}

static void periods_are_those_of_the_calendar(void **state)
{
    (void)state;
    int64_t t = utc(2025, 12, 12, 10, 30) + 295;
    assert_period(t, KURS_MINUTE, utc(2025, 12, 12, 10, 30), utc(2025, 12, 12, 10, 31), "2025-12-12T10:30Z");
    assert_period(t, KURS_HOUR, utc(2025, 12, 12, 10, 0), utc(2025, 12, 12, 11, 0), "2025-12-12T10:00Z");
    assert_period(t, KURS_DAY, utc(2025, 12, 12, 0, 0), utc(2025, 12, 13, 0, 0), "2025-12-12");
    assert_period(t, KURS_WEEK, utc(2025, 12, 8, 0, 0), utc(2025, 12, 15, 0, 0), "2025-W50");
    assert_period(t, KURS_MONTH, utc(2025, 12, 1, 0, 0), utc(2026, 1, 1, 0, 0), "2025-12");
    assert_period(t, KURS_QUARTER, utc(2025, 10, 1, 0, 0), utc(2026, 1, 1, 0, 0), "2025-Q4");
    assert_period(t, KURS_YEAR, utc(2025, 1, 1, 0, 0), utc(2026, 1, 1, 0, 0), "2025");
    assert_period(utc(1969, 12, 31, 23, 59), KURS_DAY, utc(1969, 12, 31, 0, 0), 0, "1969-12-31");
    assert_period(utc(2024, 2, 29, 0, 0), KURS_MONTH, utc(2024, 2, 1, 0, 0), utc(2024, 3, 1, 0, 0), "2024-02");
}

static void iso_weeks_belong_to_the_year_of_their_thursday(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        const char *week;
    } cases[] = {
        {2024, 12, 30, "2025-W01"}, {2025, 12, 28, "2025-W52"}, {2025, 12, 29, "2026-W01"}, {2026, 12, 31, "2026-W53"},
        {2027, 1, 3, "2026-W53"},   {2027, 1, 4, "2027-W01"},   {2021, 1, 3, "2020-W53"},   {2000, 1, 1, "1999-W52"},
        {2005, 1, 1, "2004-W53"},   {2008, 12, 29, "2009-W01"}, {1, 1, 1, "0001-W01"},      {9999, 12, 31, "9999-W52"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[KURS_TIME_SIZE];
        int64_t from_us, until_us;
        struct kurs_span week = {1, KURS_WEEK};
        kurs_period_of(utc(cases[i].year, cases[i].month, cases[i].day, 5, 0), week, NULL, &from_us, &until_us);
        kurs_period_format(from_us, week, NULL, text);
        assert_string_equal(text, cases[i].week);
    }
}

static void the_first_and_last_periods_end_with_the_calendar(void **state)
{
    (void)state;
    assert_period(KURS_TIME_MIN, KURS_YEAR, KURS_TIME_MIN, utc(2, 1, 1, 0, 0), "0001");
    assert_period(KURS_TIME_MAX, KURS_YEAR, utc(9999, 1, 1, 0, 0), KURS_TIME_MAX + 1, "9999");
    assert_period(KURS_TIME_MAX, KURS_WEEK, utc(9999, 12, 27, 0, 0), KURS_TIME_MAX + 1, "9999-W52");
    assert_period(INT64_MAX, KURS_DAY, utc(9999, 12, 31, 0, 0), KURS_TIME_MAX + 1, "9999-12-31");
    assert_period(INT64_MIN, KURS_DAY, KURS_TIME_MIN, utc(1, 1, 2, 0, 0), "0001-01-01");
}

static void bars_count_from_local_midnight_and_end_with_the_day(void **state)
{
    (void)state;
    struct kurs_zone *zone = zone_of("Asia/Kolkata"); /* +05:30 */
    struct kurs_span seven_hours = {7, KURS_HOUR};
    char text[KURS_TIME_SIZE];
    int64_t from_us, until_us, midnight = utc(2025, 6, 1, 18, 30);
    kurs_period_of(midnight + 8 * KURS_HOUR_US, seven_hours, zone, &from_us, &until_us);
    assert_int_equal(from_us, midnight + 7 * KURS_HOUR_US);
    assert_int_equal(until_us, midnight + 14 * KURS_HOUR_US);
    kurs_period_format(from_us, seven_hours, zone, text);
    assert_string_equal(text, "2025-06-02T07:00+05:30");
    kurs_period_of(midnight + 23 * KURS_HOUR_US, seven_hours, zone, &from_us, &until_us);
    assert_int_equal(from_us, midnight + 21 * KURS_HOUR_US);
    assert_int_equal(until_us, midnight + 24 * KURS_HOUR_US);
    kurs_period_of(midnight + 23 * KURS_HOUR_US, (struct kurs_span) {48, KURS_HOUR}, zone, &from_us, &until_us);
    assert_int_equal(from_us, midnight);
    assert_int_equal(until_us, midnight + 24 * KURS_HOUR_US);
    kurs_zone_close(zone);
}

static void offsets_are_printed_with_their_sign(void **state)
{
    (void)state;
    struct kurs_span hour = {1, KURS_HOUR};
    char text[KURS_TIME_SIZE];
    struct kurs_zone *zone = zone_of("America/St_Johns");
    kurs_period_format(utc(2025, 1, 1, 3, 30), hour, zone, text);
    assert_string_equal(text, "2025-01-01T00:00-03:30");
    kurs_zone_close(zone);
    zone =
        zone_of("Europe/Amsterdam"); /* local mean time before standard time: +00:17:30 or +00:19:32, by tz version */
    kurs_period_format(utc(1850, 1, 1, 0, 0), hour, zone, text);
    assert_true(strlen(text) == strlen("1850-01-01T00:17+00:17:30"));
    kurs_zone_close(zone);
}

static void a_skipped_day_has_no_period(void **state)
{
    (void)state;
    struct kurs_zone *zone = zone_of("Pacific/Apia"); /* 2011-12-29 was followed by 2011-12-31 */
    struct kurs_span day = {1, KURS_DAY};
    char text[KURS_TIME_SIZE];
    int64_t from_us, until_us, change = utc(2011, 12, 30, 10, 0);
    kurs_period_of(change - 1, day, zone, &from_us, &until_us);
    assert_int_equal(until_us, change);
    kurs_period_format(from_us, day, zone, text);
    assert_string_equal(text, "2011-12-29");
    kurs_period_of(change, day, zone, &from_us, &until_us);
    assert_int_equal(from_us, change);
    kurs_period_format(from_us, day, zone, text);
    assert_string_equal(text, "2011-12-31");
    kurs_zone_close(zone);
}

static void a_midnight_that_comes_twice_starts_its_day_once(void **state)
{
    (void)state;
    struct kurs_zone *zone = zone_of("America/St_Johns"); /* 2010-11-07 00:01 became 2010-11-06 23:01 */
    struct kurs_span day = {1, KURS_DAY};
    int64_t from_us, until_us, first_midnight = utc(2010, 11, 7, 2, 30);
    kurs_period_of(first_midnight - 1, day, zone, &from_us, &until_us);
    assert_int_equal(until_us, first_midnight);
    kurs_period_of(first_midnight + 30 * KURS_MINUTE_US, day, zone, &from_us, &until_us); /* 23:30 of the 6th again */
    assert_int_equal(from_us, first_midnight);
    assert_int_equal(until_us, first_midnight + 25 * KURS_HOUR_US);
    kurs_zone_close(zone);
}

/* The period of time_us holds it, and every moment of it, and its neighbours touch it. */
static void check_tile(int64_t time_us, struct kurs_span period, const struct kurs_zone *zone)
{
    int64_t from_us, until_us, from, until;
    kurs_period_of(time_us, period, zone, &from_us, &until_us);
    assert_true(from_us <= time_us);
    assert_true(time_us < until_us);
    kurs_period_of(from_us, period, zone, &from, &until);
    assert_true(from == from_us && until == until_us);
    kurs_period_of(until_us - 1, period, zone, &from, &until);
    assert_true(from == from_us && until == until_us);
    kurs_period_of(from_us - 1, period, zone, &from, &until);
    assert_true(until == from_us);
    kurs_period_of(until_us, period, zone, &from, &until);
    assert_true(from == until_us);
}

/* The instant of the one change of offset in (low_us, high_us]. */
static int64_t find_change(const struct kurs_zone *zone, int64_t low_us, int64_t high_us)
{
    int64_t before_us = kurs_zone_offset_us(zone, low_us);
    while (high_us - low_us > 1) {
        int64_t middle_us = low_us + (high_us - low_us) / 2;
        if (kurs_zone_offset_us(zone, middle_us) == before_us) {
            low_us = middle_us;
        } else {
            high_us = middle_us;
        }
    }
    return high_us;
}

static void check_tiles_around(int64_t change_us, const struct kurs_zone *zone)
{
    static const struct kurs_span periods[] = {{1, KURS_MINUTE}, {90, KURS_MINUTE}, {1, KURS_HOUR},
                                               {7, KURS_HOUR},   {1, KURS_DAY},     {1, KURS_WEEK},
                                               {1, KURS_MONTH},  {1, KURS_QUARTER}, {1, KURS_YEAR}};
    static const int64_t around_us[] = {-KURS_DAY_US,        -KURS_HOUR_US, -30 * KURS_MINUTE_US, -1, 0,
                                        30 * KURS_MINUTE_US, KURS_HOUR_US,  KURS_DAY_US};
    for (size_t p = 0; p < sizeof periods / sizeof *periods; p++) {
        for (size_t a = 0; a < sizeof around_us / sizeof *around_us; a++) {
            check_tile(change_us + around_us[a], periods[p], zone);
        }
    }
}

/* All kinds of change of clocks, from 1970 through the table and on by rule to 2100. */
static void periods_tile_time_around_every_change_of_clocks(void **state)
{
    (void)state;
    static const char *const names[] = {"Europe/Berlin",       "America/New_York",  "Asia/Tashkent",
                                        "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
                                        "America/St_Johns",    "America/Sao_Paulo", "Asia/Gaza"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        struct kurs_zone *zone = zone_of(names[n]);
        int changes = 0;
        for (int64_t t = utc(1970, 1, 1, 0, 0); t < utc(2101, 1, 1, 0, 0); t += KURS_DAY_US) {
            if (kurs_zone_offset_us(zone, t) != kurs_zone_offset_us(zone, t + KURS_DAY_US)) {
                check_tiles_around(find_change(zone, t, t + KURS_DAY_US), zone);
                changes++;
            }
        }
        assert_true(changes >= 10);
        kurs_zone_close(zone);
    }
}

static void periods_tile_utc(void **state)
{
    (void)state;
    static const enum kurs_unit units[] = {KURS_HOUR, KURS_DAY, KURS_WEEK, KURS_MONTH, KURS_QUARTER, KURS_YEAR};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        for (int64_t t = utc(2, 1, 9, 0, 0); t < utc(9998, 12, 1, 0, 0); t += 997 * KURS_DAY_US + 12345678901) {
            check_tile(t, (struct kurs_span) {1, units[u]}, NULL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_dates_agree_over_all_years),
        cmocka_unit_test(leap_years_are_gregorian),
        cmocka_unit_test(weekdays_count_from_monday),
        cmocka_unit_test(day_past_the_month_runs_on),
        cmocka_unit_test(months_clamp_to_the_months_end),
        cmocka_unit_test(days_weeks_hours_and_minutes_add_up),
        cmocka_unit_test(sums_stay_in_the_years_1_to_9999),
        cmocka_unit_test(local_time_of_day_is_kept_over_a_change_of_clocks),
        cmocka_unit_test(periods_are_those_of_the_calendar),
        cmocka_unit_test(iso_weeks_belong_to_the_year_of_their_thursday),
        cmocka_unit_test(the_first_and_last_periods_end_with_the_calendar),
        cmocka_unit_test(bars_count_from_local_midnight_and_end_with_the_day),
        cmocka_unit_test(offsets_are_printed_with_their_sign),
        cmocka_unit_test(a_skipped_day_has_no_period),
        cmocka_unit_test(a_midnight_that_comes_twice_starts_its_day_once),
        cmocka_unit_test(periods_tile_time_around_every_change_of_clocks),
        cmocka_unit_test(periods_tile_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
