/* Correlation of daily log returns at common dates. The known value was computed with Python. */
#include "query_fixture.h"

#include <math.h>

static double correlate(const char *a, const char *b, const struct kurs_zone *zone, uint64_t *returns)
{
    struct kurs_route route_a = fixture_route(&f, a);
    struct kurs_route route_b = fixture_route(&f, b);
    double correlation;
    assert_int_equal(kurs_correlation(f.snapshot, &route_a, &route_b, KURS_TIME_MIN, KURS_TIME_MAX, zone, &correlation,
                                      returns, NULL),
                     KURS_OK);
    return correlation;
}

static void returns_run_between_common_dates(void **state)
{
    (void)state;
    uint64_t returns;
    fixture_add_text(&f, "AAA/USD", KURS_DAILY,
                     "2025-01-02 3.1 2025-01-03 3.2 2025-01-06 3.0 2025-01-07 3.3 2025-01-08 3.25 2025-01-10 3.5");
    fixture_add_text(&f, "BBB/USD", KURS_DAILY,
                     "2025-01-01 11 2025-01-02 10.0 2025-01-03 10.5 2025-01-07 10.1 2025-01-08 10.3 2025-01-09 10.4 "
                     "2025-01-10 10.2");
    assert_true(fabs(correlate("AAA/USD", "BBB/USD", NULL, &returns) + 0.3071975535692067) < 1e-12);
    assert_int_equal(returns, 4);
}

static void a_rate_goes_with_itself_and_against_its_inverse(void **state)
{
    (void)state;
    uint64_t seed = 61;
    uint64_t returns;
    struct naive walk = naive_walk(&seed, 500, at("2020-01-01"), 0, KURS_DAILY);
    fixture_add(&f, "KGS/USD", KURS_DAILY, walk.points, walk.count);
    assert_true(fabs(correlate("KGS/USD", "KGS/USD", NULL, &returns) - 1) < 1e-12);
    assert_int_equal(returns, 499);
    assert_true(fabs(correlate("KGS/USD", "USD/KGS", NULL, &returns) + 1) < 1e-6); /* the inverse has 10 digits */
    naive_free(&walk);
}

static void few_or_flat_returns_have_no_correlation(void **state)
{
    (void)state;
    uint64_t returns;
    fixture_add_text(&f, "AAA/USD", KURS_DAILY, "2025-01-02 1 2025-01-03 2 2025-01-06 3");
    fixture_add_text(&f, "BBB/USD", KURS_DAILY, "2025-01-02 1 2025-01-03 1 2025-01-06 1 2025-01-07 1 2025-01-08 1");
    fixture_add_text(&f, "CCC/USD", KURS_DAILY, "2025-01-02 1 2025-01-03 2 2025-01-06 3 2025-01-07 1 2025-01-08 5");
    fixture_add_text(&f, "DDD/USD", KURS_DAILY, "2026-01-02 1");
    assert_true(isnan(correlate("AAA/USD", "CCC/USD", NULL, &returns)));
    assert_int_equal(returns, 2);
    assert_true(isnan(correlate("BBB/USD", "CCC/USD", NULL, &returns)));
    assert_int_equal(returns, 4);
    assert_true(isnan(correlate("DDD/USD", "CCC/USD", NULL, &returns)));
    assert_int_equal(returns, 0);
}

static void instants_meet_dates_on_the_calendar_of_the_zone(void **state)
{
    (void)state;
    uint64_t returns;
    struct kurs_zone *zone;
    fixture_add_text(&f, "AAA/USD", KURS_DAILY, "2025-01-02 1 2025-01-03 2 2025-01-06 3 2025-01-07 1 2025-01-08 5");
    fixture_add_text(&f, "BBB/USD", KURS_INSTANT, /* in Tashkent, the same dates */
                     "2025-01-01T19:00 1 2025-01-02T19:30 7 2025-01-03T18:59 2 2025-01-05T20:00 3 2025-01-06T23:00 1 "
                     "2025-01-07T23:00 5");
    assert_int_equal(kurs_zone_open("Asia/Tashkent", &zone, NULL), KURS_OK);
    assert_true(fabs(correlate("AAA/USD", "BBB/USD", zone, &returns) - 1) < 1e-12);
    assert_int_equal(returns, 4);
    kurs_zone_close(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(returns_run_between_common_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rate_goes_with_itself_and_against_its_inverse, set_up, tear_down),
        cmocka_unit_test_setup_teardown(few_or_flat_returns_have_no_correlation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(instants_meet_dates_on_the_calendar_of_the_zone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
