/* Ticks of value and date axes, over ranges of every magnitude. */
#include "chart/calendar.h"
#include "chart/ticks.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static uint64_t seed = 20251212;

static double random_part(void) /* xorshift64*, [0, 1) */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (double)((seed * 2685821657736338717u) >> 11) / 9007199254740992.0;
}

static void check_values(const struct value_ticks *ticks, double low, double high)
{
    double slack = (ticks->high - ticks->low) * 1e-6;
    assert_in_range(ticks->count, 3, 9);
    assert_true(ticks->low <= low + slack);
    assert_true(ticks->high >= high - slack);
    for (size_t i = 0; i < ticks->count; i++) {
        assert_null(strpbrk(ticks->label[i], "eE"));
        assert_true(i == 0 || ticks->at[i] > ticks->at[i - 1]);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(ticks->label[i], ticks->label[j]);
        }
    }
}

static void linear_ticks_are_distinct_and_cover_every_range(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        double middle = pow(10, random_part() * 14 - 6);
        double half = middle * pow(10, -random_part() * 8);
        double low = middle - half, high = middle + half;
        struct value_ticks ticks;
        ticks_linear(low, high, 3 + (size_t)(random_part() * 5), &ticks);
        check_values(&ticks, low, high);
    }
}

static void logarithmic_ticks_are_distinct_and_cover_every_range(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        double low = pow(10, random_part() * 12 - 6);
        double high = low * pow(10, random_part() * 9);
        struct value_ticks ticks;
        ticks_log(low, high, 5, &ticks);
        assert_true(ticks.low > 0);
        check_values(&ticks, low, high);
    }
}

static void a_constant_series_stands_mid_axis(void **state)
{
    (void)state;
    static const double values[] = {0.00008, 0.01144, 1, 12960.5, 7.0e9, -3, 0};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct value_ticks ticks;
        ticks_linear(values[i], values[i], 5, &ticks);
        check_values(&ticks, values[i], values[i]);
        double part = (values[i] - ticks.low) / (ticks.high - ticks.low);
        assert_true(part > 0.2 && part < 0.8);
    }
}

static void labels_have_separators_and_the_decimals_of_the_step(void **state)
{
    (void)state;
    struct value_ticks ticks;
    ticks_linear(12100, 12960.5, 5, &ticks);
    assert_string_equal(ticks.label[0], "12,000");
    ticks_linear(0.0000798, 0.0000832, 5, &ticks);
    assert_string_equal(ticks.label[0], "0.000079");
    ticks_linear(-0.38, 0.4, 5, &ticks);
    assert_string_equal(ticks.label[0], "\xE2\x88\x92"
                                        "0.4");
}

/* Every length from an hour to two centuries gives labels that fit and begin units of the calendar. */
static void date_ticks_fit_every_range(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        int64_t from_us = (int64_t)((random_part() * 130 - 60) * 365) * KURS_DAY_US;
        int64_t length_us = (int64_t)((double)KURS_HOUR_US * pow(10, random_part() * 6.24));
        enum kurs_kind kind = i % 2 == 0 ? KURS_INSTANT : KURS_DAILY;
        length_us = kind == KURS_DAILY ? (length_us / KURS_DAY_US + 1) * KURS_DAY_US : length_us;
        double width = 150 + random_part() * 1500;
        struct time_ticks ticks;
        struct time_axis axis = {from_us, from_us + length_us, NULL, kind, false, 0, 0};
        ticks_time(&axis, width, 13, &ticks);
        assert_in_range(ticks.count, 2, TICKS_MAX);
        double end = -1e9;
        for (size_t t = 0; t < ticks.count; t++) {
            assert_true(ticks.at_us[t] >= from_us && ticks.at_us[t] <= from_us + length_us);
            double x = width * (double)(ticks.at_us[t] - from_us) / (double)length_us;
            double half = caption_width(ticks.label[t], 13, false) / 2;
            assert_true(x - half > end || ticks.count == 2);
            end = x + half;
        }
    }
}

static void check_dates(const char *from, const char *to, enum kurs_kind kind, const struct kurs_zone *zone,
                        const char *expected)
{
    int64_t from_us, last_us;
    assert_int_equal(kurs_time_parse(from, 0, zone, &from_us, NULL, NULL), KURS_OK);
    assert_int_equal(kurs_time_parse(to, 0, zone, &last_us, NULL, NULL), KURS_OK);
    struct time_ticks ticks;
    struct time_axis axis = {from_us, last_us, kind == KURS_DAILY ? NULL : zone, kind, false, 0, 0};
    ticks_time(&axis, 760, 13, &ticks);
    char text[2048] = "";
    for (size_t i = 0; i < ticks.count; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s%s%s", i > 0 ? "|" : "", ticks.label[i],
                 ticks.under[i][0] != '\0' ? "/" : "", ticks.under[i]);
    }
    assert_string_equal(text, expected);
}

static void date_ticks_pick_the_unit_of_the_range(void **state)
{
    (void)state;
    check_dates("1825-06-01", "2025-12-12", KURS_DAILY, NULL, "1840|1860|1880|1900|1920|1940|1960|1980|2000|2020");
    check_dates("1999-01-04", "2025-12-12", KURS_DAILY, NULL,
                "2000|2002|2004|2006|2008|2010|2012|2014|2016|2018|2020|2022|2024");
    check_dates("2024-12-12", "2025-12-12", KURS_DAILY, NULL, "Jan/2025|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec");
    check_dates("2025-11-03", "2025-12-12", KURS_DAILY, NULL, "3/Nov 2025|10|17|24|1/Dec|8");
    check_dates("2025-12-12T10:00", "2025-12-12T11:00", KURS_INSTANT, NULL,
                "10:00/12 Dec|10:05|10:10|10:15|10:20|10:25|10:30|10:35|10:40|10:45|10:50|10:55|11:00");
}

static void date_ticks_follow_the_zone(void **state)
{
    (void)state;
    struct kurs_zone *zone = NULL;
    assert_int_equal(kurs_zone_open("Asia/Kolkata", &zone, NULL), KURS_OK);
    check_dates("2025-12-11T21:30", "2025-12-12T09:00", KURS_INSTANT, zone,
                "22:00/11 Dec|23:00|00:00/12 Dec|01:00|02:00|03:00|04:00|05:00|06:00|07:00|08:00|09:00");
    kurs_zone_close(zone);
}

static int64_t at_day(const char *text)
{
    int64_t time_us;
    assert_int_equal(kurs_time_parse(text, 0, NULL, &time_us, NULL, NULL), KURS_OK);
    return time_us;
}

static void no_tick_of_a_weekday_axis_is_on_a_weekend(void **state)
{
    (void)state;
    for (int days = 1; days < 120; days++) {
        struct time_axis axis = {0, days * KURS_DAY_US, NULL, KURS_INSTANT, true, 2 * KURS_HOUR_US, 0};
        struct time_ticks ticks;
        ticks_time(&axis, 760, 13, &ticks);
        for (size_t i = 0; i < ticks.count; i++) {
            bool month = calendar_of(ticks.at_us[i], NULL).day == 1; /* stands where Monday does */
            assert_true(month || calendar_of(ticks.at_us[i] + axis.weekend_us, NULL).weekday < 5);
        }
    }
    struct time_axis axis = {at_day("2025-11-03"), at_day("2025-11-14"), NULL, KURS_DAILY, true, 0, 0};
    struct time_ticks ticks;
    ticks_time(&axis, 760, 13, &ticks);
    assert_int_equal(ticks.count, 10);
    assert_string_equal(ticks.label[5], "10");
}

static void no_step_is_shorter_than_a_bar(void **state)
{
    (void)state;
    struct time_axis axis = {at_day("2025-11-03"), at_day("2025-12-12"), NULL, KURS_DAILY, false, 0, 7 * KURS_DAY_US};
    struct time_ticks ticks;
    ticks_time(&axis, 1600, 13, &ticks);
    assert_int_equal(ticks.count, 6); /* Mondays */
    axis.last_us = at_day("2025-11-09");
    ticks_time(&axis, 1600, 13, &ticks);
    assert_int_equal(ticks.count, 2); /* one week: its ends */
    axis.last_us = axis.first_us + KURS_DAY_US - 1;
    ticks_time(&axis, 1600, 13, &ticks);
    assert_int_equal(ticks.count, 1); /* one day */
    assert_string_equal(ticks.label[0], "3 Nov 2025");
}

static void weekday_axis_gives_weekends_no_room(void **state)
{
    (void)state;
    int64_t friday_us, monday_us;
    assert_int_equal(kurs_time_parse("2025-12-12", 0, NULL, &friday_us, NULL, NULL), KURS_OK);
    assert_int_equal(kurs_time_parse("2025-12-15", 0, NULL, &monday_us, NULL, NULL), KURS_OK);
    double friday = calendar_weekdays(friday_us, NULL), monday = calendar_weekdays(monday_us, NULL);
    assert_true(fabs(monday - friday - 1) < 1e-9);
    assert_true(fabs(calendar_weekdays(friday_us + KURS_DAY_US, NULL) - monday) < 1e-9);
    assert_true(fabs(calendar_weekdays(0, NULL)) < 1e-9);
    assert_true(calendar_weekdays(-KURS_DAY_US * 7, NULL) == -5);
}

static void calendar_takes_instants_apart(void **state)
{
    (void)state;
    struct calendar at = calendar_of(KURS_TIME_MIN, NULL);
    assert_true(at.year == 1 && at.month == 1 && at.day == 1 && at.weekday == 0);
    at = calendar_of(KURS_TIME_MAX, NULL);
    assert_true(at.year == 9999 && at.month == 12 && at.day == 31 && at.hour == 23 && at.microsecond == 999999);
    at = calendar_of(INT64_C(951782400000000), NULL); /* 2000-02-29 */
    assert_true(at.year == 2000 && at.month == 2 && at.day == 29 && at.weekday == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_ticks_are_distinct_and_cover_every_range),
        cmocka_unit_test(logarithmic_ticks_are_distinct_and_cover_every_range),
        cmocka_unit_test(a_constant_series_stands_mid_axis),
        cmocka_unit_test(labels_have_separators_and_the_decimals_of_the_step),
        cmocka_unit_test(date_ticks_fit_every_range),
        cmocka_unit_test(date_ticks_pick_the_unit_of_the_range),
        cmocka_unit_test(date_ticks_follow_the_zone),
        cmocka_unit_test(no_tick_of_a_weekday_axis_is_on_a_weekend),
        cmocka_unit_test(no_step_is_shorter_than_a_bar),
        cmocka_unit_test(weekday_axis_gives_weekends_no_room),
        cmocka_unit_test(calendar_takes_instants_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
