/* Envelopes: first, low, high and last of each pixel column. */
#include "query_fixture.h"

/* The column of a time, by the definition: equal parts of the range. */
static size_t column_of(int64_t time_us, int64_t from_us, int64_t until_us, size_t columns)
{
    return (size_t)((decimal_i128)(time_us - from_us) * (decimal_i128)columns / (until_us - from_us));
}

static void assert_envelope(const char *name, const struct naive *series, int64_t from_us, int64_t until_us,
                            size_t columns, bool means)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_bar *bars = malloc(columns * sizeof *bars);
    size_t count;
    size_t k = 0;
    size_t until = naive_before(series, until_us);
    assert_non_null(bars);
    assert_int_equal(kurs_envelope(f.snapshot, &route, from_us, until_us, columns, bars, &count, NULL), KURS_OK);
    for (size_t i = naive_before(series, from_us); i < until; k++) {
        size_t column = column_of(series->points[i].time_us, from_us, until_us, columns);
        size_t j = i;
        while (j < until && column_of(series->points[j].time_us, from_us, until_us, columns) == column) {
            j++;
        }
        assert_true(k < count);
        struct kurs_summary wanted = naive_summary(series, i, j);
        if (means) {
            assert_same_summary(&bars[k].summary, &wanted);
        } else { /* equal rates after rounding may differ in the time of the extreme, not in the picture */
            assert_int_equal(bars[k].summary.count, wanted.count);
            assert_same_point(bars[k].summary.first, wanted.first);
            assert_same_point(bars[k].summary.last, wanted.last);
            assert_int_equal(kurs_decimal_compare(bars[k].summary.low.rate, wanted.low.rate), 0);
            assert_int_equal(kurs_decimal_compare(bars[k].summary.high.rate, wanted.high.rate), 0);
        }
        assert_true(bars[k].period_from_us <= series->points[i].time_us);
        assert_true(series->points[j - 1].time_us < bars[k].period_until_us);
        i = j;
    }
    assert_int_equal(k, count);
    free(bars);
}

static void every_column_is_its_points(void **state)
{
    (void)state;
    uint64_t seed = 41;
    struct naive ticks = naive_walk(&seed, 30000, at("2025-01-01"), KURS_SECOND_US, KURS_INSTANT);
    struct naive inverse = naive_inverse(&ticks);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, ticks.points, ticks.count);
    int64_t first_us = ticks.points[0].time_us;
    int64_t last_us = ticks.points[ticks.count - 1].time_us;
    static const size_t columns[] = {1, 2, 3, 7, 100, 960, 2000};
    for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++) {
        assert_envelope("EUR/USD", &ticks, first_us, last_us + 1, columns[c], true);
        assert_envelope("USD/EUR", &inverse, first_us, last_us + 1, columns[c], false);
        int64_t from_us = first_us + random_below(&seed, last_us - first_us);
        int64_t until_us = from_us + 1 + random_below(&seed, last_us - first_us);
        assert_envelope("EUR/USD", &ticks, from_us, until_us, columns[c], true);
    }
    naive_free(&ticks);
    naive_free(&inverse);
}

static void more_columns_than_microseconds_leave_columns_empty(void **state)
{
    (void)state;
    struct kurs_point points[] = {{0, {1, 0}}, {1, {2, 0}}, {4, {3, 0}}};
    struct naive series = {points, 3};
    fixture_add(&f, "EUR/USD", KURS_INSTANT, points, 3);
    assert_envelope("EUR/USD", &series, 0, 5, 17, true);
    assert_envelope("EUR/USD", &series, 0, 1, 17, true);
    assert_envelope("EUR/USD", &series, -3, 900, 17, true);
}

static void a_range_beyond_the_calendar_is_that_of_the_calendar(void **state)
{
    (void)state;
    struct kurs_point points[] = {{KURS_TIME_MIN, {1, 0}}, {0, {2, 0}}, {KURS_TIME_MAX, {3, 0}}};
    struct kurs_bar bars[100];
    size_t count;
    fixture_add(&f, "EUR/USD", KURS_INSTANT, points, 3);
    struct kurs_route route = fixture_route(&f, "EUR/USD");
    assert_int_equal(kurs_envelope(f.snapshot, &route, INT64_MIN, INT64_MAX, 100, bars, &count, NULL), KURS_OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(bars[i].summary.count, 1);
        assert_same_point(bars[i].summary.first, points[i]);
    }
    assert_int_equal(kurs_envelope(f.snapshot, &route, INT64_MIN, KURS_TIME_MIN, 9, bars, &count, NULL), KURS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(kurs_envelope(f.snapshot, &route, KURS_TIME_MAX + 1, INT64_MAX, 9, bars, &count, NULL), KURS_OK);
    assert_int_equal(count, 0);
}

static void widths_and_ranges_are_limited(void **state)
{
    (void)state;
    struct kurs_bar bar;
    size_t count = 77;
    fixture_add_text(&f, "EUR/USD", KURS_DAILY, "2025-12-12 1");
    struct kurs_route route = fixture_route(&f, "EUR/USD");
    assert_int_equal(kurs_envelope(f.snapshot, &route, 0, 1, KURS_COLUMNS_MAX + 1, &bar, &count, NULL), KURS_ELIMIT);
    assert_int_equal(kurs_envelope(f.snapshot, &route, 0, 1, 0, &bar, &count, NULL), KURS_EARGUMENT);
    assert_int_equal(kurs_envelope(f.snapshot, &route, 1, 1, 1, &bar, &count, NULL), KURS_EARGUMENT);
    assert_int_equal(count, 77);
    assert_int_equal(kurs_envelope(f.snapshot, &route, 0, 1, 1, &bar, &count, NULL), KURS_OK);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_column_is_its_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(more_columns_than_microseconds_leave_columns_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_range_beyond_the_calendar_is_that_of_the_calendar, set_up, tear_down),
        cmocka_unit_test_setup_teardown(widths_and_ranges_are_limited, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
