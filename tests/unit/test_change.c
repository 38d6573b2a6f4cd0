/* Change over ranges and named windows. */
#include "query_fixture.h"

static struct kurs_change range(const char *name, const char *from, const char *until)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_change change;
    assert_int_equal(kurs_change_range(f.snapshot, &route, at(from), at(until), &change, NULL), KURS_OK);
    return change;
}

static struct kurs_change window_at(const char *name, const char *window, int64_t at_us,
                                    enum kurs_convention convention, const struct kurs_zone *zone)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_change change;
    assert_int_equal(kurs_change_window(f.snapshot, &route, window, at_us, convention, zone, &change, NULL), KURS_OK);
    return change;
}

static struct kurs_change window(const char *name, const char *text)
{
    return window_at(name, text, KURS_TIME_MAX, KURS_CALENDAR, NULL);
}

static void a_range_goes_from_as_of_its_start_to_as_of_its_end(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY,
                     "2024-12-31 0.0115 2025-01-03 0.0112 2025-06-30 0.01150 2025-07-01 0.02");
    struct kurs_change change = range("KGS/USD", "2025-01-01", "2025-07-01");
    assert_true(change.known);
    assert_true(change.ended);
    assert_time(change.start.time_us, "2024-12-31");
    assert_time(change.end.time_us, "2025-06-30");
    assert_int_equal(change.start_age_us, KURS_DAY_US);
    assert_rate(change.difference, "0.00000");
    assert_percent(change.ratio, 2, "0.00");
    change = range("KGS/USD", "2025-01-03", "2025-07-02");
    assert_time(change.start.time_us, "2025-01-03");
    assert_rate(change.difference, "0.0088");
    assert_percent(change.ratio, 4, "78.5714");
}

static void change_is_empty_when_series_starts_later(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-03 0.0112 2025-06-30 0.01150");
    struct kurs_change change = range("KGS/USD", "2025-01-02", "2026-01-01");
    assert_false(change.known);
    assert_true(change.ended);
    assert_rate(change.end.rate, "0.01150");
    assert_time(change.asked_us, "2025-01-02");
    change = range("KGS/USD", "2020-01-02", "2021-01-01");
    assert_false(change.known);
    assert_false(change.ended);
    assert_false(window("KGS/USD", "1y").known);
    assert_true(window("KGS/USD", "1y").ended);
    assert_false(window_at("KGS/USD", "max", at("2025-01-02"), KURS_CALENDAR, NULL).ended);
}

static void an_empty_range_is_an_argument_error(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-03 0.0112");
    struct kurs_route route = fixture_route(&f, "KGS/USD");
    struct kurs_change change;
    assert_int_equal(kurs_change_range(f.snapshot, &route, 5, 5, &change, NULL), KURS_EARGUMENT);
}

static void windows_are_anchored_at_the_newest_point(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY,
                     "2015-12-11 5 2024-12-12 4 2024-12-31 8 2025-06-12 16 2025-09-12 32 2025-11-12 64 "
                     "2025-12-05 70 2025-12-11 80 2025-12-12 100");
    static const char *const cases[][3] = {
        {"1d", "2025-12-11", "25.00"},    {"7d", "2025-12-05", "42.86"},    {"1w", "2025-12-05", "42.86"},
        {"1m", "2025-11-12", "56.25"},    {"3m", "2025-09-12", "212.50"},   {"6m", "2025-06-12", "525.00"},
        {"1y", "2024-12-12", "2400.00"},  {"10y", "2015-12-11", "1900.00"}, {"ytd", "2024-12-31", "1150.00"},
        {"max", "2015-12-11", "1900.00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct kurs_change change = window("KGS/USD", cases[i][0]);
        assert_true(change.known);
        assert_time(change.start.time_us, cases[i][1]);
        assert_time(change.end.time_us, "2025-12-12");
        assert_percent(change.ratio, 2, cases[i][2]);
    }
    struct kurs_change change = window_at("KGS/USD", "1m", at("2025-12-12") - 1, KURS_CALENDAR, NULL);
    assert_time(change.end.time_us, "2025-12-11");
    assert_time(change.asked_us, "2025-11-11");
    assert_time(change.start.time_us, "2025-09-12");
    assert_int_equal(change.start_age_us, 60 * KURS_DAY_US);
}

static void months_clamp_to_the_months_end(void **state)
{
    (void)state;
    fixture_add_text(&f, "AAA/USD", KURS_DAILY, "2023-02-28 1 2024-02-28 2 2024-02-29 3 2024-03-31 4");
    assert_time(window("AAA/USD", "1m").asked_us, "2024-02-29");
    assert_rate(window("AAA/USD", "1m").start.rate, "3");
    fixture_add_text(&f, "BBB/USD", KURS_DAILY, "2024-02-28 2 2024-02-29 3 2025-02-28 4 2025-03-31 5");
    assert_time(window("BBB/USD", "1m").asked_us, "2025-02-28");
    struct kurs_change change = window_at("BBB/USD", "1y", at("2024-02-29"), KURS_CALENDAR, NULL);
    assert_time(change.asked_us, "2023-02-28");
    assert_false(change.known);
}

static void tradingview_counts_days(void **state)
{
    (void)state;
    fixture_add_text(&f, "AAA/USD", KURS_DAILY, "2020-01-01 1 2025-12-12 2");
    static const struct {
        const char *window;
        int64_t days;
    } cases[] = {{"1d", 1}, {"1w", 7}, {"1m", 30}, {"3m", 90}, {"6m", 180}, {"1y", 365}, {"5y", 1825}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct kurs_change change = window_at("AAA/USD", cases[i].window, KURS_TIME_MAX, KURS_TRADINGVIEW, NULL);
        assert_int_equal(change.asked_us, at("2025-12-12") - cases[i].days * KURS_DAY_US);
    }
}

static void ytd_starts_at_the_last_point_of_the_year_before(void **state)
{
    (void)state;
    struct kurs_zone *zone;
    fixture_add_text(&f, "EUR/USD", KURS_INSTANT,
                     "2024-12-31T12:00 1 2024-12-31T20:00 2 2025-01-01T01:00 4 2025-05-01T00:00 8");
    assert_rate(window("EUR/USD", "ytd").start.rate, "2");
    assert_int_equal(kurs_zone_open("Asia/Tashkent", &zone, NULL), KURS_OK); /* the year begins at 19:00Z */
    assert_rate(window_at("EUR/USD", "ytd", KURS_TIME_MAX, KURS_CALENDAR, zone).start.rate, "1");
    kurs_zone_close(zone);
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-01 1 2025-05-01 2");
    assert_false(window("KGS/USD", "ytd").known);
}

static void zones_do_not_move_daily_dates(void **state)
{
    (void)state;
    struct kurs_zone *zone;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2024-12-31 1 2025-01-01 2 2025-05-01 4");
    assert_int_equal(kurs_zone_open("America/New_York", &zone, NULL), KURS_OK);
    assert_rate(window_at("KGS/USD", "ytd", KURS_TIME_MAX, KURS_CALENDAR, zone).start.rate, "1");
    assert_time(window_at("KGS/USD", "4m", KURS_TIME_MAX, KURS_CALENDAR, zone).asked_us, "2025-01-01");
    kurs_zone_close(zone);
}

static void other_window_names_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"",    "1",   "d",         "1q",          "0d",         "-1d",
                                        "1d ", "YTD", "yesterday", "9999999999d", "2147483647y"};
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-01 1");
    struct kurs_route route = fixture_route(&f, "KGS/USD");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct kurs_change change;
        struct kurs_error error;
        assert_int_equal(
            kurs_change_window(f.snapshot, &route, names[i], KURS_TIME_MAX, KURS_CALENDAR, NULL, &change, &error),
            KURS_EARGUMENT);
        assert_true(error.hint[0] != '\0');
    }
}

static void percent_of_an_inverse_is_exact(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-01 3 2025-12-12 7");
    struct kurs_change change = range("USD/KGS", "2025-01-01", "2026-01-01");
    assert_rate(change.start.rate, "0.3333333333");
    assert_rate(change.end.rate, "0.1428571429");
    assert_rate(change.difference, "-0.1904761904");            /* of the rates as shown */
    assert_percent(change.ratio, 18, "-57.142857142857142857"); /* of 3/7 */
}

static void percent_of_a_cross_is_exact_and_dated_by_the_older_leg(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-01 3 2025-12-12 7");
    fixture_add_text(&f, "KZT/USD", KURS_DAILY, "2025-01-01 11 2025-12-11 13");
    struct kurs_change change = range("KGS/KZT", "2025-01-01", "2026-01-01");
    assert_percent(change.ratio, 15, "97.435897435897436"); /* 7*11 / (3*13) */
    assert_time(change.end.time_us, "2025-12-11");
    change = window("KGS/KZT", "1m");
    assert_time(change.asked_us, "2025-11-11");
    assert_time(window("KGS/KZT", "max").asked_us, "2025-01-01");
}

static void a_difference_of_over_18_digits_is_rounded(void **state)
{
    (void)state;
    fixture_add_text(&f, "HUP/USD", KURS_DAILY, "1945-07-01 0.2 1946-07-01 0.00000000000000000000000000000215");
    struct kurs_change change = range("HUP/USD", "1945-07-01", "1947-01-01");
    assert_rate(change.difference, "-0.200000000000000000");
    assert_percent(change.ratio, 2, "-100.00");
    fixture_add_text(&f, "USD/HUP", KURS_DAILY, "1945-07-01 5 1946-07-01 465116279069767442000000000000");
    change = range("USD/HUP", "1945-07-01", "1947-01-01");
    assert_rate(change.difference, "465116279069767442000000000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_range_goes_from_as_of_its_start_to_as_of_its_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(change_is_empty_when_series_starts_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_range_is_an_argument_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(windows_are_anchored_at_the_newest_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(months_clamp_to_the_months_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tradingview_counts_days, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ytd_starts_at_the_last_point_of_the_year_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(zones_do_not_move_daily_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_window_names_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(percent_of_an_inverse_is_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(percent_of_a_cross_is_exact_and_dated_by_the_older_leg, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_difference_of_over_18_digits_is_rounded, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
