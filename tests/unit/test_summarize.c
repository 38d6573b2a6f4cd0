/* Summaries: what a range adds up to, from the tree or by reading, is what the definition says. */
#include "query_fixture.h"

#include "base/times.h"
#include "query/fold.h"

static struct kurs_summary summarize(const char *name, int64_t from_us, int64_t until_us)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_summary summary;
    assert_int_equal(kurs_summarize(f.snapshot, &route, from_us, until_us, &summary, NULL), KURS_OK);
    return summary;
}

static void assert_random_ranges(const char *name, const struct naive *series, uint64_t *seed, int ranges)
{
    int64_t first_us = series->points[0].time_us;
    int64_t span_us = series->points[series->count - 1].time_us - first_us;
    for (int i = 0; i < ranges; i++) {
        int64_t from_us = first_us - KURS_DAY_US + random_below(seed, span_us + 2 * KURS_DAY_US);
        int64_t until_us = from_us + random_below(seed, i % 2 ? span_us : span_us / 100 + 1);
        if (i % 5 == 0) { /* cut exactly at points */
            from_us = series->points[random_below(seed, (int64_t)series->count)].time_us;
            until_us = series->points[random_below(seed, (int64_t)series->count)].time_us + 1;
        }
        struct kurs_summary got = summarize(name, from_us, until_us > from_us ? until_us : from_us);
        struct kurs_summary wanted =
            naive_summary(series, naive_before(series, from_us), naive_before(series, until_us));
        assert_same_summary(&got, &wanted);
    }
}

static void every_range_of_a_series_equals_a_full_scan(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct naive walk = naive_walk(&seed, 60000, at("2023-01-01"), KURS_MINUTE_US, KURS_INSTANT);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, walk.points, walk.count);
    assert_random_ranges("EUR/USD", &walk, &seed, 300);
    naive_free(&walk);
}

static void an_inverse_is_summed_up_from_its_own_points(void **state)
{
    (void)state;
    uint64_t seed = 12;
    struct naive walk = naive_walk(&seed, 2000, at("1999-01-04"), 0, KURS_DAILY);
    struct naive inverse = naive_inverse(&walk);
    fixture_add(&f, "EUR/USD", KURS_DAILY, walk.points, walk.count);
    assert_random_ranges("USD/EUR", &inverse, &seed, 60);
    naive_free(&walk);
    naive_free(&inverse);
}

static void an_empty_range_counts_nothing(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-10 0.01143 2025-12-12 0.01144");
    assert_int_equal(summarize("KGS/USD", at("2025-12-11"), at("2025-12-12")).count, 0);
    assert_int_equal(summarize("KGS/USD", at("2026-01-01"), at("2027-01-01")).count, 0);
    assert_int_equal(summarize("USD/KGS", at("2025-12-11"), at("2025-12-12")).count, 0);
}

static void the_mean_has_two_decimals_more_than_the_finest_rate(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-10 1.5 2025-12-11 1.25 2025-12-12 2");
    struct kurs_summary summary = summarize("KGS/USD", at("2025-12-10"), at("2025-12-13"));
    assert_rate(summary.mean, "1.5833");
    assert_rate(summary.low.rate, "1.25");
    assert_rate(summary.high.rate, "2");
}

static void equal_lows_and_highs_are_the_earliest(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY,
                     "2025-12-01 2 2025-12-02 1.0 2025-12-03 1 2025-12-04 3 2025-12-05 3.00 2025-12-06 2");
    struct kurs_summary summary = summarize("KGS/USD", at("2025-12-01"), at("2025-12-13"));
    assert_same_point(summary.low, point_of("2025-12-02", "1.0"));
    assert_same_point(summary.high, point_of("2025-12-04", "3"));
}

static void columns_fold_as_points_do(void **state)
{
    (void)state;
    uint64_t seed = 13;
    struct naive walk = naive_walk(&seed, 500, 0, KURS_MINUTE_US, KURS_INSTANT);
    int64_t time_us[500];
    int64_t coefficient[500];
    int8_t exponent[500];
    for (size_t i = 0; i < 500; i++) {
        walk.points[i].rate.exponent = (int8_t)(-5 + (i % 50 < 20 ? (int)(i % 3) : 0)); /* short runs and long ones */
        time_us[i] = walk.points[i].time_us;
        coefficient[i] = walk.points[i].rate.coefficient;
        exponent[i] = walk.points[i].rate.exponent;
    }
    struct kurs_batch batch = {500, time_us, coefficient, exponent};
    for (int k = 0; k < 300; k++) {
        size_t from = (size_t)random_below(&seed, 500);
        size_t until = from + (size_t)random_below(&seed, 501 - (int64_t)from);
        struct summary columns = {.count = 0};
        struct summary points = {.count = 0};
        summary_add_columns(&columns, &batch, from, until);
        for (size_t i = from; i < until; i++) {
            summary_add_point(&points, walk.points[i]);
        }
        assert_true(summary_equal(&columns, &points));
        struct kurs_summary got = fold_public(&columns);
        struct kurs_summary wanted = naive_summary(&walk, from, until);
        assert_same_summary(&got, &wanted);
    }
    naive_free(&walk);
}

static void the_first_time_past_an_instant_is_found(void **state)
{
    (void)state;
    uint64_t seed = 14;
    int64_t time_us[100];
    for (int64_t i = 0; i < 100; i++) {
        time_us[i] = 10 * i;
    }
    for (int k = 0; k < 5000; k++) {
        size_t count = (size_t)random_below(&seed, 101);
        size_t from = (size_t)random_below(&seed, (int64_t)count + 1);
        int64_t until_us = random_below(&seed, 1020) - 10;
        size_t wanted = from;
        while (wanted < count && time_us[wanted] < until_us) {
            wanted++;
        }
        assert_int_equal(times_find(time_us, from, count, until_us), wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_range_of_a_series_equals_a_full_scan, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_inverse_is_summed_up_from_its_own_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_range_counts_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_mean_has_two_decimals_more_than_the_finest_rate, set_up, tear_down),
        cmocka_unit_test_setup_teardown(equal_lows_and_highs_are_the_earliest, set_up, tear_down),
        cmocka_unit_test(columns_fold_as_points_do),
        cmocka_unit_test(the_first_time_past_an_instant_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
