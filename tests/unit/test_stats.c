/* Statistics: known values computed with Python's statistics module, and the definitions over random points. */
#include "query_fixture.h"

#include <math.h>

static void assert_near(double got, double wanted)
{
    if (isnan(wanted) ? !isnan(got) : !(fabs(got - wanted) <= 1e-9 * (1 + fabs(wanted)))) {
        fail_msg("%.17g is not %.17g", got, wanted);
    }
}

static struct kurs_stats stats_of(const char *name, int64_t from_us, int64_t until_us, const struct kurs_zone *zone)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_stats stats;
    assert_int_equal(kurs_stats(f.snapshot, &route, from_us, until_us, zone, &stats, NULL), KURS_OK);
    return stats;
}

static void known_history_gives_known_statistics(void **state)
{
    (void)state;
    fixture_add_text(&f, "EUR/USD", KURS_DAILY,
                     "2023-12-29 1.1050 2024-01-02 1.0956 2024-01-03 1.0919 2024-01-05 1.0921 2024-01-08 1.0946 "
                     "2024-02-01 1.0814 2024-02-29 1.0826 2024-07-15 1.0907 2024-08-26 1.1177 2024-11-22 1.0412 "
                     "2025-01-13 1.0198 2025-03-03 1.0465 2025-06-30 1.1720 2025-12-12 1.1731 2025-12-15 1.1750");
    struct kurs_stats stats = stats_of("EUR/USD", at("2024-01-01"), at("2025-12-13"), NULL);
    assert_int_equal(stats.summary.count, 13);
    assert_rate(stats.summary.first.rate, "1.0956");
    assert_rate(stats.summary.last.rate, "1.1731");
    assert_rate(stats.summary.low.rate, "1.0198");
    assert_time(stats.summary.low.time_us, "2025-01-13");
    assert_time(stats.summary.high.time_us, "2025-12-12");
    assert_percent(stats.ratio, 6, "7.073750");
    assert_near(stats.volatility, 66.63873587646293);
    assert_near(stats.cagr, 3.5785979213081243);
    assert_near(stats.drawdown, -8.759058781426132);
    assert_time(stats.drawdown_from_us, "2024-08-26");
    assert_time(stats.drawdown_to_us, "2025-01-13");
    assert_near(stats.time_weighted_mean, 1.0952318309859155);
    assert_near(stats.best_day, 11.992355470616346);
    assert_time(stats.best_day_us, "2025-06-30");
    assert_near(stats.worst_day, -6.844412633085806);
    assert_time(stats.worst_day_us, "2024-11-22");
}

static void too_few_points_give_no_number(void **state)
{
    (void)state;
    fixture_add_text(&f, "EUR/USD", KURS_DAILY, "2025-01-02 2 2025-01-03 1 2025-01-06 3");
    struct kurs_stats stats = stats_of("EUR/USD", at("2024-01-01"), at("2025-01-01"), NULL);
    assert_int_equal(stats.summary.count, 0);
    assert_true(isnan(stats.drawdown));
    assert_true(isnan(stats.time_weighted_mean));
    stats = stats_of("EUR/USD", at("2024-01-01"), at("2025-01-03"), NULL);
    assert_int_equal(stats.summary.count, 1);
    assert_percent(stats.ratio, 1, "0.0");
    assert_near(stats.time_weighted_mean, 2);
    assert_near(stats.drawdown, 0);
    assert_time(stats.drawdown_from_us, "2025-01-02");
    assert_true(isnan(stats.cagr));
    assert_true(isnan(stats.volatility));
    assert_true(isnan(stats.best_day));
    stats = stats_of("EUR/USD", at("2024-01-01"), at("2025-01-04"), NULL);
    assert_true(isnan(stats.volatility)); /* one return has no deviation */
    assert_near(stats.best_day, -50);
    assert_near(stats.worst_day, -50);
    assert_near(stats.time_weighted_mean, 2);
    stats = stats_of("EUR/USD", at("2024-01-01"), at("2026-01-04"), NULL);
    assert_true(!isnan(stats.volatility));
}

/* All of it again, by the definitions, over a plain array. */
static void assert_stats(const char *name, const struct naive *series, size_t from, size_t until,
                         const struct kurs_zone *zone)
{
    struct kurs_stats got = stats_of(name, series->points[from].time_us, series->points[until - 1].time_us + 1, zone);
    struct kurs_summary wanted = naive_summary(series, from, until);
    assert_same_summary(&got.summary, &wanted);
    double peak = 0;
    double drawdown = 0;
    double weighted = 0;
    double close[4000];
    size_t closes = 0;
    int64_t day_until_us = INT64_MIN;
    for (size_t i = from; i < until; i++) {
        double rate = kurs_decimal_double(series->points[i].rate);
        peak = rate > peak ? rate : peak;
        drawdown = rate / peak - 1 < drawdown ? rate / peak - 1 : drawdown;
        if (i + 1 < until) {
            weighted += rate * (double)(series->points[i + 1].time_us - series->points[i].time_us);
        }
        if (series->points[i].time_us >= day_until_us) {
            int64_t day_from_us;
            kurs_period_of(series->points[i].time_us, (struct kurs_span) {1, KURS_DAY}, zone, &day_from_us,
                           &day_until_us);
            closes++;
        }
        assert_true(closes < 4000);
        close[closes - 1] = rate;
    }
    double sum = 0;
    double squares = 0;
    for (size_t i = 1; i < closes; i++) {
        sum += log(close[i] / close[i - 1]);
    }
    for (size_t i = 1; i < closes; i++) {
        double distance = log(close[i] / close[i - 1]) - sum / (double)(closes - 1);
        squares += distance * distance;
    }
    int64_t span_us = series->points[until - 1].time_us - series->points[from].time_us;
    assert_near(got.drawdown, drawdown * 100);
    assert_near(got.volatility, closes > 2 ? sqrt(252 * squares / (double)(closes - 2)) * 100 : NAN);
    if (span_us > 0) {
        assert_near(got.time_weighted_mean, weighted / (double)span_us);
    }
}

static void random_ranges_follow_the_definitions(void **state)
{
    (void)state;
    uint64_t seed = 51;
    struct kurs_zone *zone;
    struct naive ticks = naive_walk(&seed, 9000, at("2025-01-01"), KURS_HOUR_US, KURS_INSTANT);
    struct naive daily = naive_walk(&seed, 3000, at("1999-01-04"), 0, KURS_DAILY);
    struct naive inverse = naive_inverse(&daily);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, ticks.points, ticks.count);
    fixture_add(&f, "KGS/USD", KURS_DAILY, daily.points, daily.count);
    assert_int_equal(kurs_zone_open("America/New_York", &zone, NULL), KURS_OK);
    for (int i = 0; i < 40; i++) {
        size_t from = (size_t)random_below(&seed, 8999);
        size_t until = from + 1 + (size_t)random_below(&seed, 9000 - (int64_t)from);
        assert_stats("EUR/USD", &ticks, from, until, i % 2 ? zone : NULL);
        from = (size_t)random_below(&seed, 2999);
        until = from + 1 + (size_t)random_below(&seed, 3000 - (int64_t)from);
        assert_stats("KGS/USD", &daily, from, until, NULL);
        assert_stats("USD/KGS", &inverse, from, until, NULL);
    }
    kurs_zone_close(zone);
    naive_free(&ticks);
    naive_free(&daily);
    naive_free(&inverse);
}

static void percent_of_a_derived_route_is_exact(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-02 3 2025-02-03 7");
    struct kurs_stats stats = stats_of("USD/KGS", at("2025-01-01"), at("2026-01-01"), NULL);
    assert_percent(stats.ratio, 15, "-57.142857142857143");
}

static void ticks_of_a_minute_have_no_yearly_rate_that_overflows(void **state)
{
    (void)state;
    fixture_add_text(&f, "EUR/USD", KURS_INSTANT, "2025-01-02T10:00 1 2025-01-02T10:00:00.000001 2");
    struct kurs_stats stats = stats_of("EUR/USD", at("2025-01-01"), at("2026-01-01"), NULL);
    assert_true(isnan(stats.cagr));
    assert_near(stats.time_weighted_mean, 1);
}

static void a_daily_series_has_its_own_dates_in_any_zone(void **state)
{
    (void)state;
    struct kurs_zone *zone;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-01-02 3 2025-01-03 7 2025-01-04 4");
    assert_int_equal(kurs_zone_open("Pacific/Apia", &zone, NULL), KURS_OK);
    struct kurs_stats stats = stats_of("KGS/USD", at("2025-01-01"), at("2026-01-01"), zone);
    assert_true(!isnan(stats.volatility));
    assert_time(stats.best_day_us, "2025-01-03");
    kurs_zone_close(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(known_history_gives_known_statistics, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_few_points_give_no_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(random_ranges_follow_the_definitions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(percent_of_a_derived_route_is_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ticks_of_a_minute_have_no_yearly_rate_that_overflows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_daily_series_has_its_own_dates_in_any_zone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
