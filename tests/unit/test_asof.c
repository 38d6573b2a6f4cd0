/* As-of: the newest point at or before an instant, by every rule. */
#include "query_fixture.h"

#include "query/asof.h"

static struct kurs_asof ask(const char *name, int64_t at_us)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_asof asof;
    assert_int_equal(kurs_asof(f.snapshot, &route, at_us, &asof, NULL), KURS_OK);
    return asof;
}

static void assert_rule(const char *name, int64_t at_us, const char *rule)
{
    struct kurs_route route = fixture_route(&f, name);
    struct kurs_asof asof = ask(name, at_us);
    char text[KURS_NAME_SIZE];
    assert_string_equal(kurs_asof_rule(&route, &asof, text), rule);
}

static void a_date_asked_to_its_end_includes_its_daily_rate(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-10 0.01143 2025-12-12 0.01144 2025-12-15 0.01150");
    struct kurs_asof asof = ask("KGS/USD", at("2025-12-13") - 1);
    assert_rate(asof.rate, "0.01144");
    assert_time(asof.observed_us, "2025-12-12");
    assert_int_equal(asof.age_us, 0);
    assert_rule("KGS/USD", at("2025-12-13") - 1, "exact");
    assert_rule("KGS/USD", at("2025-12-12"), "exact");
}

static void a_daily_age_is_in_whole_days(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-10 0.01143 2025-12-12 0.01144 2025-12-15 0.01150");
    struct kurs_asof asof = ask("KGS/USD", at("2025-12-15") - 1); /* Sunday the 14th */
    assert_time(asof.observed_us, "2025-12-12");
    assert_int_equal(asof.age_us, 2 * KURS_DAY_US);
    assert_rule("KGS/USD", at("2025-12-15") - 1, "prior");
}

static void an_instant_age_is_exact(void **state)
{
    (void)state;
    fixture_add_text(&f, "EUR/USD", KURS_INSTANT, "2025-12-12T10:00:00.295 1.1742 2025-12-12T10:00:01 1.17430");
    struct kurs_asof asof = ask("EUR/USD", at("2025-12-12T10:00:00.999999"));
    assert_rate(asof.rate, "1.1742");
    assert_int_equal(asof.age_us, 704999);
    assert_rule("EUR/USD", at("2025-12-12T10:00:00.999999"), "prior");
    assert_rule("EUR/USD", at("2025-12-12T10:00:01"), "exact");
    assert_rate(ask("EUR/USD", at("2025-12-12T10:00:01")).rate, "1.17430");
    assert_rate(ask("EUR/USD", KURS_TIME_MAX).rate, "1.17430");
}

static void before_the_first_point_there_is_no_rate(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-10 0.01143");
    fixture_add_text(&f, "KZT/USD", KURS_DAILY, "2025-12-12 0.00192");
    struct kurs_route route = fixture_route(&f, "KGS/USD");
    struct kurs_asof asof = {.asked_us = 77};
    assert_int_equal(kurs_asof(f.snapshot, &route, at("2025-12-10") - 1, &asof, NULL), KURS_END);
    assert_int_equal(asof.asked_us, 77);
    route = fixture_route(&f, "KGS/KZT");
    assert_int_equal(kurs_asof(f.snapshot, &route, at("2025-12-12") - 1, &asof, NULL), KURS_END);
    assert_int_equal(kurs_asof(f.snapshot, &route, at("2025-12-12"), &asof, NULL), KURS_OK);
}

static void an_inverse_shows_its_source_point(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-10 0.01143");
    struct kurs_asof asof = ask("USD/KGS", at("2025-12-11"));
    assert_rate(asof.rate, "87.48906387");
    assert_rate(asof.leg[0].rate, "0.01143");
    assert_int_equal(asof.age_us, KURS_DAY_US);
    assert_rule("USD/KGS", at("2025-12-10"), "inverse");
}

static void a_cross_is_as_old_as_its_older_leg(void **state)
{
    (void)state;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-10 0.01143 2025-12-12 0.01144");
    fixture_add_text(&f, "KZT/USD", KURS_DAILY, "2025-12-11 0.00192");
    struct kurs_asof asof = ask("KGS/KZT", at("2025-12-12"));
    assert_rate(asof.rate, "5.958333333");
    assert_time(asof.observed_us, "2025-12-11");
    assert_int_equal(asof.age_us, KURS_DAY_US);
    assert_time(asof.leg[0].time_us, "2025-12-12");
    assert_rate(asof.leg[1].rate, "0.00192");
    assert_rule("KGS/KZT", at("2025-12-12"), "via USD");
}

static void next_time_is_where_a_leg_moves_once_both_are_known(void **state)
{
    (void)state;
    int64_t time_us;
    fixture_add_text(&f, "KGS/USD", KURS_DAILY, "2025-12-01 0.01 2025-12-05 0.02 2025-12-09 0.03");
    fixture_add_text(&f, "KZT/USD", KURS_DAILY, "2025-12-03 0.001 2025-12-08 0.002");
    struct kurs_route route = fixture_route(&f, "KGS/KZT");
    static const char *const cases[][2] = {
        {"2025-11-01", "2025-12-03"}, {"2025-12-02", "2025-12-03"}, {"2025-12-03", "2025-12-03"},
        {"2025-12-04", "2025-12-05"}, {"2025-12-06", "2025-12-08"}, {"2025-12-09", "2025-12-09"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(asof_next_time(f.snapshot, &route, at(cases[i][0]), &time_us, NULL), KURS_OK);
        assert_time(time_us, cases[i][1]);
    }
    assert_int_equal(asof_next_time(f.snapshot, &route, at("2025-12-09") + 1, &time_us, NULL), KURS_END);
}

static void random_asks_agree_with_a_plain_array(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct naive walk = naive_walk(&seed, 9000, at("2025-01-01"), KURS_MINUTE_US, KURS_INSTANT);
    fixture_add(&f, "EUR/USD", KURS_INSTANT, walk.points, walk.count);
    struct kurs_route route = fixture_route(&f, "EUR/USD");
    int64_t first_us = walk.points[0].time_us;
    int64_t span_us = walk.points[walk.count - 1].time_us - first_us;
    for (int i = 0; i < 20000; i++) {
        int64_t at_us = first_us + random_below(&seed, span_us + KURS_HOUR_US);
        if (i % 3 == 0) { /* on a point, or just before it */
            at_us = walk.points[random_below(&seed, (int64_t)walk.count)].time_us - i % 2;
        }
        struct kurs_asof asof;
        size_t before = naive_before(&walk, at_us + 1);
        enum kurs_status status = kurs_asof(f.snapshot, &route, at_us, &asof, NULL);
        assert_int_equal(status, before > 0 ? KURS_OK : KURS_END);
        if (before > 0) {
            assert_same_point((struct kurs_point) {asof.observed_us, asof.rate}, walk.points[before - 1]);
            assert_int_equal(asof.age_us, at_us - walk.points[before - 1].time_us);
        }
    }
    naive_free(&walk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_date_asked_to_its_end_includes_its_daily_rate, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_daily_age_is_in_whole_days, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_instant_age_is_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(before_the_first_point_there_is_no_rate, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_inverse_shows_its_source_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cross_is_as_old_as_its_older_leg, set_up, tear_down),
        cmocka_unit_test_setup_teardown(next_time_is_where_a_leg_moves_once_both_are_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(random_asks_agree_with_a_plain_array, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
