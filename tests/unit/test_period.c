/* Change by calendar periods: each against the close before it. */
#include "query_fixture.h"

#define MONTH ((struct kurs_span) {1, KURS_MONTH})

static size_t periods(const char *name, struct kurs_span period, const struct kurs_zone *zone, int64_t from_us,
                      int64_t until_us, struct kurs_period_change *changes, size_t capacity)
{
    struct kurs_route route = fixture_route(&f, name);
    size_t count = 0;
    enum kurs_status status;
    while ((status = kurs_change_period(f.snapshot, &route, period, zone, &from_us, until_us, &changes[count], NULL)) ==
           KURS_OK) {
        count++;
        assert_true(count < capacity);
    }
    assert_int_equal(status, KURS_END);
    return count;
}

static void months_change_against_the_close_before(void **state)
{
    (void)state;
    struct kurs_period_change change[8];
    fixture_add_text(&f, "KGS/USD", KURS_DAILY,
                     "2025-01-10 1 2025-01-31 2 2025-02-03 3 2025-02-27 4 2025-04-15 5 2025-04-30 8");
    size_t count = periods("KGS/USD", MONTH, NULL, at("2025-01-01"), at("2026-01-01"), change, 8);
    assert_int_equal(count, 3);
    assert_false(change[0].change.known); /* begins in January: no close before */
    assert_rate(change[0].change.end.rate, "2");
    assert_time(change[1].period_from_us, "2025-02-01");
    assert_time(change[1].period_until_us, "2025-03-01");
    assert_time(change[1].change.start.time_us, "2025-01-31");
    assert_percent(change[1].change.ratio, 0, "100");
    assert_time(change[2].period_from_us, "2025-04-01"); /* March has no point: no row, and April reaches back */
    assert_time(change[2].change.start.time_us, "2025-02-27");
    assert_time(change[2].change.end.time_us, "2025-04-30");
    assert_percent(change[2].change.ratio, 0, "100");
}

static void the_first_period_reaches_back_before_the_range(void **state)
{
    (void)state;
    struct kurs_period_change change[8];
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2024-12-30 1 2025-01-10 2 2025-01-20 4 2025-01-31 8");
    assert_int_equal(periods("KGS/USD", MONTH, NULL, at("2025-01-01"), at("2026-01-01"), change, 8), 1);
    assert_time(change[0].change.start.time_us, "2024-12-30");
    assert_int_equal(periods("KGS/USD", MONTH, NULL, at("2025-01-15"), at("2025-01-25"), change, 8), 1);
    assert_time(change[0].change.start.time_us, "2024-12-30"); /* whole at its start, so far at its end */
    assert_time(change[0].change.end.time_us, "2025-01-20");
    assert_time(change[0].period_from_us, "2025-01-01");
    assert_int_equal(periods("KGS/USD", MONTH, NULL, at("2025-02-01"), at("2025-03-01"), change, 8), 0);
}

static void zones_decide_the_period_of_an_instant(void **state)
{
    (void)state;
    struct kurs_zone *zone;
    struct kurs_period_change change[8];
    fixture_add_text(&f, "EUR/USD", KURS_INSTANT,
                     "2025-01-31T18:59:59.999999 1 2025-01-31T19:00 2 2025-02-28T18:00 3 2025-02-28T20:00 4");
    assert_int_equal(kurs_zone_open("Asia/Tashkent", &zone, NULL), KURS_OK);
    assert_int_equal(periods("EUR/USD", MONTH, zone, at("2025-01-01"), at("2026-01-01"), change, 8), 3);
    assert_rate(change[0].change.end.rate, "1");
    assert_rate(change[1].change.start.rate, "1");
    assert_rate(change[1].change.end.rate, "3");
    assert_rate(change[2].change.end.rate, "4");
    kurs_zone_close(zone);
}

/* The points before each period's end, taken from the array. */
static void assert_all_periods(const char *name, const struct naive *series, struct kurs_span period,
                               const struct kurs_zone *zone, int64_t from_us, int64_t until_us)
{
    struct kurs_route route = fixture_route(&f, name);
    int64_t next_us = from_us;
    size_t i = naive_before(series, from_us);
    struct kurs_period_change change;
    enum kurs_status status;
    while ((status = kurs_change_period(f.snapshot, &route, period, zone, &next_us, until_us, &change, NULL)) ==
           KURS_OK) {
        assert_true(i < series->count);
        assert_true(change.period_from_us <= series->points[i].time_us);
        assert_true(series->points[i].time_us < change.period_until_us);
        size_t before = naive_before(series, change.period_from_us);
        assert_int_equal(change.change.known, before > 0);
        if (before > 0) {
            assert_same_point(change.change.start, series->points[before - 1]);
        }
        i = naive_before(series, change.period_until_us < until_us ? change.period_until_us : until_us);
        assert_same_point(change.change.end, series->points[i - 1]);
    }
    assert_int_equal(status, KURS_END);
    assert_int_equal(i, naive_before(series, until_us));
}

static void every_point_falls_in_one_period(void **state)
{
    (void)state;
    static const enum kurs_unit units[] = {KURS_DAY, KURS_WEEK, KURS_MONTH, KURS_QUARTER, KURS_YEAR};
    static const char *const zones[] = {"UTC",          "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe",
                                        "Pacific/Apia", "Asia/Kathmandu"};
    uint64_t seed = 21;
    struct naive daily = naive_walk(&seed, 3000, at("2010-01-01"), 0, KURS_DAILY);
    struct naive ticks = naive_walk(&seed, 3000, at("2011-06-01"), 3 * KURS_HOUR_US, KURS_INSTANT);
    struct naive inverse = naive_inverse(&daily);
    fixture_add(&f, "KGS/USD", KURS_DAILY, daily.points, daily.count);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, ticks.points, ticks.count);
    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++) {
        struct kurs_zone *zone;
        assert_int_equal(kurs_zone_open(zones[z], &zone, NULL), KURS_OK);
        for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
            struct kurs_span period = {1, units[u]};
            int64_t from_us = at("2010-01-01") + random_below(&seed, 1000 * KURS_DAY_US);
            int64_t until_us = from_us + random_below(&seed, 600 * KURS_DAY_US);
            assert_all_periods("KGS/USD", &daily, period, zone, from_us, until_us);
            assert_all_periods("USD/KGS", &inverse, period, zone, from_us, until_us);
            assert_all_periods("EUR/USD", &ticks, period, zone, from_us, until_us);
        }
        kurs_zone_close(zone);
    }
    naive_free(&daily);
    naive_free(&ticks);
    naive_free(&inverse);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(months_change_against_the_close_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_period_reaches_back_before_the_range, set_up, tear_down),
        cmocka_unit_test_setup_teardown(zones_decide_the_period_of_an_instant, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_point_falls_in_one_period, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
