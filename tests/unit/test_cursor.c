/* Cursors: all points of a range, whatever the route. */
#include "query_fixture.h"

/* The cursor over [from_us, until_us) gives exactly those points of `wanted`. */
static void assert_points(const char *name, const struct naive *wanted, int64_t from_us, int64_t until_us)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_cursor *cursor;
    struct kurs_batch batch;
    size_t i = naive_before(wanted, from_us);
    size_t until = naive_before(wanted, until_us);
    assert_int_equal(kurs_cursor_open(f.snapshot, &route, from_us, until_us, &cursor, NULL), KURS_OK);
    enum kurs_status status;
    while ((status = kurs_cursor_next(cursor, &batch, NULL)) == KURS_OK) {
        assert_true(batch.count > 0);
        for (size_t k = 0; k < batch.count; k++, i++) {
            assert_true(i < until);
            struct kurs_point point = {batch.time_us[k], {batch.coefficient[k], batch.exponent[k]}};
            assert_same_point(point, wanted->points[i]);
        }
    }
    assert_int_equal(status, KURS_END);
    assert_int_equal(kurs_cursor_next(cursor, &batch, NULL), KURS_END);
    assert_true(i >= until);
    kurs_cursor_close(cursor);
}

static void assert_random_ranges(const char *name, const struct naive *wanted, uint64_t *seed)
{
    int64_t first_us = wanted->points[0].time_us;
    int64_t span_us = wanted->points[wanted->count - 1].time_us - first_us;
    assert_points(name, wanted, KURS_TIME_MIN, KURS_TIME_MAX);
    assert_points(name, wanted, first_us, first_us);
    assert_points(name, wanted, first_us, first_us + 1);
    for (int i = 0; i < 60; i++) {
        int64_t from_us = first_us - KURS_DAY_US + random_below(seed, span_us + 2 * KURS_DAY_US);
        int64_t until_us = from_us + random_below(seed, i % 2 ? span_us : span_us / 50);
        assert_points(name, wanted, from_us, until_us);
    }
}

static void a_stored_series_comes_back_as_published(void **state)
{
    (void)state;
    uint64_t seed = 1;
    struct naive walk = naive_walk(&seed, 7000, at("2024-06-01"), KURS_MINUTE_US, KURS_INSTANT);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, walk.points, walk.count);
    assert_random_ranges("EUR/USD", &walk, &seed);
    naive_free(&walk);
}

static void an_inverse_is_the_reciprocal_of_every_point(void **state)
{
    (void)state;
    uint64_t seed = 2;
    struct naive walk = naive_walk(&seed, 3000, at("2024-06-01"), KURS_MINUTE_US, KURS_INSTANT);
    struct naive inverse = naive_inverse(&walk);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, walk.points, walk.count);
    assert_random_ranges("USD/EUR", &inverse, &seed);
    naive_free(&walk);
    naive_free(&inverse);
}

static void a_cross_has_a_point_where_either_leg_has_one(void **state)
{
    (void)state;
    uint64_t seed = 3;
    struct naive a = naive_walk(&seed, 2500, at("2024-06-01"), KURS_MINUTE_US, KURS_INSTANT);
    struct naive b = naive_walk(&seed, 1500, at("2024-06-01"), KURS_MINUTE_US, KURS_INSTANT);
    for (size_t i = 0; i < b.count; i++) { /* starts later, and half of its points share an instant with the other */
        b.points[i].time_us = a.points[i + 500].time_us + (int64_t)(i % 2);
    }
    struct naive cross = naive_quotient(&a, &b);
    fixture_add(&f, "AAA/USD", KURS_INSTANT, a.points, a.count);
    fixture_add(&f, "BBB/USD", KURS_INSTANT, b.points, b.count);
    assert_random_ranges("AAA/BBB", &cross, &seed);
    naive_free(&a);
    naive_free(&b);
    naive_free(&cross);
}

static void daily_legs_meet_on_their_dates(void **state)
{
    (void)state;
    uint64_t seed = 4;
    struct naive a = naive_walk(&seed, 900, at("2020-01-01"), 0, KURS_DAILY);
    struct naive b = naive_walk(&seed, 700, at("2020-03-01"), 0, KURS_DAILY);
    struct naive cross = naive_quotient(&a, &b);
    fixture_add(&f, "AAA/USD", KURS_DAILY, a.points, a.count);
    fixture_add(&f, "BBB/USD", KURS_DAILY, b.points, b.count);
    assert_random_ranges("AAA/BBB", &cross, &seed);
    naive_free(&a);
    naive_free(&b);
    naive_free(&cross);
}

static void a_cross_continues_from_what_was_known_before_the_range(void **state)
{
    (void)state;
    fixture_add_text(&f, "AAA/USD", KURS_DAILY, "2025-01-01 3");
    fixture_add_text(&f, "BBB/USD", KURS_DAILY, "2025-01-01 2 2025-01-05 4");
    struct kurs_point wanted[] = {point_of("2025-01-05", "0.7500000000")};
    struct naive only = {wanted, 1};
    assert_points("AAA/BBB", &only, at("2025-01-02"), at("2025-02-01"));
}

static void an_unknown_series_is_no_data(void **state)
{
    (void)state;
    struct kurs_route route = {.rule = KURS_DIRECT, .leg = {"AAA/BBB", ""}};
    struct kurs_cursor *cursor = NULL;
    assert_int_equal(kurs_cursor_open(fixture_snapshot(&f), &route, 0, 1, &cursor, NULL), KURS_ENODATA);
    assert_null(cursor);
    kurs_cursor_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stored_series_comes_back_as_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_inverse_is_the_reciprocal_of_every_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cross_has_a_point_where_either_leg_has_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(daily_legs_meet_on_their_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cross_continues_from_what_was_known_before_the_range, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_series_is_no_data, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
