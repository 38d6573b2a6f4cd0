/* Bars: periods tile the range, none empty is invented, no point is lost or counted twice. */
#include "query_fixture.h"

static struct kurs_bars *open_bars(const char *name, struct kurs_span period, const struct kurs_zone *zone,
                                   int64_t from_us, int64_t until_us)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_bars *bars;
    assert_int_equal(kurs_bars_open(f.snapshot, &route, period, zone, from_us, until_us, &bars, NULL), KURS_OK);
    return bars;
}

/* Every bar is its points by the definition, and together they are the points of the range. Returns the bars. */
static size_t assert_bars(const char *name, const struct naive *series, struct kurs_span period,
                          const struct kurs_zone *zone, int64_t from_us, int64_t until_us)
{
    struct kurs_bars *bars = open_bars(name, period, zone, from_us, until_us);
    struct kurs_bar bar;
    size_t i = naive_before(series, from_us);
    size_t count = 0;
    int64_t last_until_us = INT64_MIN;
    enum kurs_status status;
    while ((status = kurs_bars_next(bars, &bar, NULL)) == KURS_OK) {
        int64_t end_us = bar.period_until_us < until_us ? bar.period_until_us : until_us;
        size_t until = naive_before(series, end_us);
        assert_true(bar.period_from_us >= last_until_us);
        assert_true(bar.period_from_us < bar.period_until_us);
        assert_true(until > i);
        assert_true(series->points[i].time_us >= bar.period_from_us);
        struct kurs_summary wanted = naive_summary(series, i, until);
        assert_same_summary(&bar.summary, &wanted);
        last_until_us = bar.period_until_us;
        i = until;
        count++;
    }
    assert_int_equal(status, KURS_END);
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_END);
    assert_int_equal(i, naive_before(series, until_us > from_us ? until_us : from_us));
    kurs_bars_close(bars);
    return count;
}

static void a_bar_is_open_high_low_close(void **state)
{
    (void)state;
    fixture_add_text(&f, "EUR/USD", KURS_INSTANT,
                     "2025-12-12T10:00 1.10 2025-12-12T10:59:59.999999 1.30 2025-12-12T11:00 1.0 "
                     "2025-12-12T11:10 0.9 2025-12-12T11:20 1.1 2025-12-12T14:00 2.5");
    struct kurs_bars *bars =
        open_bars("EUR/USD", (struct kurs_span) {1, KURS_HOUR}, NULL, at("2025-12-12"), at("2025-12-13"));
    struct kurs_bar bar;
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_OK);
    assert_time(bar.period_from_us, "2025-12-12T10:00");
    assert_int_equal(bar.summary.count, 2);
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_OK);
    assert_rate(bar.summary.first.rate, "1.0");
    assert_rate(bar.summary.high.rate, "1.1");
    assert_rate(bar.summary.low.rate, "0.9");
    assert_rate(bar.summary.last.rate, "1.1");
    assert_rate(bar.summary.mean, "1.000");
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_OK);
    assert_time(bar.period_from_us, "2025-12-12T14:00"); /* 12:00 and 13:00 are passed over */
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_END);
    kurs_bars_close(bars);
}

static const char *const zones[] = {"UTC",           "Europe/Berlin",       "America/New_York", "America/Sao_Paulo",
                                    "Asia/Tashkent", "Australia/Lord_Howe", "Asia/Kathmandu",   "Africa/Casablanca",
                                    "Pacific/Apia",  "America/St_Johns"};

static const struct kurs_span spans[] = {
    {1, KURS_MINUTE}, {7, KURS_MINUTE}, {30, KURS_MINUTE}, {90, KURS_MINUTE}, {1, KURS_HOUR},    {5, KURS_HOUR},
    {24, KURS_HOUR},  {1, KURS_DAY},    {1, KURS_WEEK},    {1, KURS_MONTH},   {1, KURS_QUARTER}, {1, KURS_YEAR},
};

static void bars_tile_any_range_in_any_zone(void **state)
{
    (void)state;
    uint64_t seed = 31;
    struct naive ticks = naive_walk(&seed, 20000, at("2011-09-01"), 20 * KURS_MINUTE_US, KURS_INSTANT);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, ticks.points, ticks.count);
    int64_t span_us = ticks.points[ticks.count - 1].time_us - ticks.points[0].time_us;
    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++) {
        struct kurs_zone *zone;
        assert_int_equal(kurs_zone_open(zones[z], &zone, NULL), KURS_OK);
        for (size_t s = 0; s < sizeof spans / sizeof spans[0]; s++) {
            int64_t from_us = ticks.points[0].time_us - KURS_DAY_US + random_below(&seed, span_us);
            assert_bars("EUR/USD", &ticks, spans[s], zone, from_us, from_us + random_below(&seed, span_us / 4));
        }
        kurs_zone_close(zone);
    }
    naive_free(&ticks);
}

/* A point every ten minutes through both changes of the clocks. */
static void assert_through_clock_changes(const char *zone_name, const char *from, const char *until)
{
    struct kurs_zone *zone;
    size_t count = (size_t)((at(until) - at(from)) / (10 * KURS_MINUTE_US));
    struct naive even = {malloc(count * sizeof *even.points), count};
    assert_non_null(even.points);
    for (size_t i = 0; i < count; i++) {
        even.points[i].time_us = at(from) + (int64_t)i * 10 * KURS_MINUTE_US;
        even.points[i].rate = (struct kurs_decimal) {100 + (int64_t)(i * 7919 % 31), -2};
    }
    fixture_open(&f);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, even.points, even.count);
    assert_int_equal(kurs_zone_open(zone_name, &zone, NULL), KURS_OK);
    for (size_t s = 0; s < sizeof spans / sizeof spans[0]; s++) {
        assert_bars("EUR/USD", &even, spans[s], zone, at(from), at(until));
    }
    kurs_zone_close(zone);
    naive_free(&even);
    fixture_close(&f);
}

static void clock_changes_lose_no_point(void **state)
{
    (void)state;
    assert_through_clock_changes("Europe/Berlin", "2025-03-28", "2025-04-02");
    assert_through_clock_changes("Europe/Berlin", "2025-10-24", "2025-10-29");
    assert_through_clock_changes("Australia/Lord_Howe", "2025-04-03", "2025-04-08"); /* 30 minutes */
    assert_through_clock_changes("Australia/Lord_Howe", "2025-10-02", "2025-10-07");
    assert_through_clock_changes("America/Sao_Paulo", "2017-10-13", "2017-10-18"); /* skips midnight */
    assert_through_clock_changes("America/Sao_Paulo", "2018-02-15", "2018-02-20"); /* midnight comes twice */
    assert_through_clock_changes("Pacific/Apia", "2011-12-28", "2012-01-02");      /* skips a whole day */
}

static void a_day_of_a_clock_change_has_23_or_25_hours(void **state)
{
    (void)state;
    struct kurs_zone *zone;
    struct kurs_bar bar;
    fixture_add_text(&f, "EUR/USD", KURS_INSTANT, "2025-03-30T12:00 1 2025-10-26T12:00 2");
    assert_int_equal(kurs_zone_open("Europe/Berlin", &zone, NULL), KURS_OK);
    struct kurs_bars *bars =
        open_bars("EUR/USD", (struct kurs_span) {1, KURS_DAY}, zone, at("2025-01-01"), at("2026-01-01"));
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_OK);
    assert_int_equal(bar.period_until_us - bar.period_from_us, 23 * KURS_HOUR_US);
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_OK);
    assert_int_equal(bar.period_until_us - bar.period_from_us, 25 * KURS_HOUR_US);
    kurs_bars_close(bars);
    kurs_zone_close(zone);
}

static void bars_of_any_length_are_their_points(void **state)
{
    (void)state;
    uint64_t seed = 32;
    struct naive ticks = naive_walk(&seed, 80000, at("2025-01-01"), 10 * KURS_SECOND_US, KURS_INSTANT);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, ticks.points, ticks.count);
    int64_t first_us = ticks.points[0].time_us;
    int64_t span_us = ticks.points[ticks.count - 1].time_us - first_us;
    for (size_t s = 0; s < sizeof spans / sizeof spans[0]; s++) {
        assert_bars("EUR/USD", &ticks, spans[s], NULL, KURS_TIME_MIN, KURS_TIME_MAX);
        int64_t from_us = first_us + random_below(&seed, span_us);
        assert_bars("EUR/USD", &ticks, spans[s], NULL, from_us, from_us + random_below(&seed, span_us));
    }
    naive_free(&ticks);
}

static void derived_bars_come_from_the_derived_points(void **state)
{
    (void)state;
    uint64_t seed = 33;
    struct naive a = naive_walk(&seed, 3000, at("2010-01-01"), 0, KURS_DAILY);
    struct naive b = naive_walk(&seed, 3000, at("2011-01-01"), 0, KURS_DAILY);
    struct naive inverse = naive_inverse(&a);
    struct naive cross = naive_quotient(&a, &b);
    fixture_add(&f, "AAA/USD", KURS_DAILY, a.points, a.count);
    fixture_add(&f, "BBB/USD", KURS_DAILY, b.points, b.count);
    for (size_t s = 7; s < sizeof spans / sizeof spans[0]; s++) {
        assert_bars("USD/AAA", &inverse, spans[s], NULL, at("2010-06-15"), at("2019-03-02"));
        assert_bars("AAA/BBB", &cross, spans[s], NULL, at("2010-06-15"), at("2019-03-02"));
    }
    naive_free(&a);
    naive_free(&b);
    naive_free(&inverse);
    naive_free(&cross);
}

static void thirty_years_of_days_make_thirty_bars(void **state)
{
    (void)state;
    uint64_t seed = 34;
    struct naive daily = naive_walk(&seed, 8500, at("1995-01-01"), 0, KURS_DAILY);
    fixture_add(&f, "EUR/USD", KURS_DAILY, daily.points, daily.count);
    size_t count =
        assert_bars("EUR/USD", &daily, (struct kurs_span) {1, KURS_YEAR}, NULL, at("1995-01-01"), at("2060-01-01"));
    int64_t from_us;
    int64_t until_us;
    size_t years = 0;
    for (size_t i = 0; i < daily.count; years++) {
        kurs_period_of(daily.points[i].time_us, (struct kurs_span) {1, KURS_YEAR}, NULL, &from_us, &until_us);
        i = naive_before(&daily, until_us);
    }
    assert_int_equal(count, years);
    naive_free(&daily);
}

static void bars_as_known_earlier_are_those_of_then(void **state)
{
    (void)state;
    uint64_t seed = 35;
    struct naive then = naive_walk(&seed, 9000, at("2025-01-01"), KURS_MINUTE_US, KURS_INSTANT);
    struct naive later = naive_walk(&seed, 9000, at("2025-01-01T00:00:30"), KURS_MINUTE_US, KURS_INSTANT);
    for (size_t i = 0; i < later.count; i += 3) { /* replaces some points, and adds others between */
        later.points[i].time_us = then.points[i].time_us;
    }
    for (size_t i = 1; i < later.count; i += 3) {
        later.points[i].time_us = then.points[i].time_us + 1;
        later.points[i + 1].time_us = then.points[i].time_us + 2;
    }
    fixture_add_at(&f, "EUR/USD", KURS_INSTANT, then.points, then.count, FIXTURE_NOW_US);
    fixture_add_at(&f, "EUR/USD", KURS_INSTANT, later.points, later.count, FIXTURE_NOW_US + KURS_DAY_US);
    assert_int_equal(kurs_snapshot_open(f.store, FIXTURE_NOW_US, &f.snapshot, NULL), KURS_OK);
    for (size_t s = 0; s < sizeof spans / sizeof spans[0]; s++) {
        assert_bars("EUR/USD", &then, spans[s], NULL, at("2025-01-02"), at("2025-01-06"));
    }
    naive_free(&then);
    naive_free(&later);
}

static void a_range_without_points_has_no_bars(void **state)
{
    (void)state;
    struct kurs_bar bar;
    fixture_add_text(&f, "EUR/USD", KURS_DAILY, "2025-12-12 1");
    struct kurs_bars *bars =
        open_bars("EUR/USD", (struct kurs_span) {1, KURS_DAY}, NULL, at("2025-12-13"), at("2026-12-13"));
    assert_int_equal(kurs_bars_next(bars, &bar, NULL), KURS_END);
    kurs_bars_close(bars);
    kurs_bars_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bar_is_open_high_low_close, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bars_tile_any_range_in_any_zone, set_up, tear_down),
        cmocka_unit_test(clock_changes_lose_no_point),
        cmocka_unit_test_setup_teardown(a_day_of_a_clock_change_has_23_or_25_hours, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bars_of_any_length_are_their_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(derived_bars_come_from_the_derived_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(thirty_years_of_days_make_thirty_bars, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bars_as_known_earlier_are_those_of_then, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_range_without_points_has_no_bars, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
