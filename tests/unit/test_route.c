/* Routes: which stored series answer a name. */
#include "query_fixture.h"

#include "query/near.h"

/* One daily point each: routes look at names only. */
static void store(const char *name)
{
    fixture_add_text(&f, name, KURS_DAILY, "2025-01-02 1.5");
}

static enum kurs_status find(const char *name, const char *via, struct kurs_route *route, struct kurs_error *error)
{
    return kurs_route_find(fixture_snapshot(&f), name, via, route, error);
}

static void assert_cross(const char *name, const char *via, const char *leg0, bool inverted0, const char *leg1,
                         bool inverted1, const char *pivot)
{
    struct kurs_route route;
    assert_int_equal(find(name, via, &route, NULL), KURS_OK);
    assert_int_equal(route.rule, KURS_CROSS);
    assert_string_equal(route.leg[0], leg0);
    assert_string_equal(route.leg[1], leg1);
    assert_int_equal(route.inverted[0], inverted0);
    assert_int_equal(route.inverted[1], inverted1);
    assert_string_equal(route.pivot, pivot);
}

static void direct_wins_over_inverse_and_cross(void **state)
{
    (void)state;
    struct kurs_route route;
    store("KGS/KZT");
    store("KZT/KGS");
    store("KGS/USD");
    store("KZT/USD");
    assert_int_equal(find("kgs-kzt", NULL, &route, NULL), KURS_OK);
    assert_int_equal(route.rule, KURS_DIRECT);
    assert_string_equal(route.name, "KGS/KZT");
    assert_string_equal(route.leg[0], "KGS/KZT");
    assert_string_equal(route.leg[1], "");
    assert_false(route.inverted[0]);
}

static void inverse_wins_over_cross(void **state)
{
    (void)state;
    struct kurs_route route;
    store("KZT/KGS");
    store("KGS/USD");
    store("KZT/USD");
    assert_int_equal(find("KGS/KZT", NULL, &route, NULL), KURS_OK);
    assert_int_equal(route.rule, KURS_INVERSE);
    assert_string_equal(route.leg[0], "KZT/KGS");
    assert_true(route.inverted[0]);
}

static void pivot_is_usd_then_eur_then_the_first_by_name(void **state)
{
    (void)state;
    store("AAA/ZZZ");
    store("ZZZ/BBB");
    store("AAA/CHF");
    store("CHF/BBB");
    assert_cross("AAA/BBB", NULL, "AAA/CHF", false, "CHF/BBB", false, "CHF");
    store("EUR/AAA");
    store("EUR/BBB");
    assert_cross("AAA/BBB", NULL, "EUR/AAA", true, "EUR/BBB", false, "EUR");
    store("AAA/USD");
    store("BBB/USD");
    assert_cross("AAA/BBB", NULL, "AAA/USD", false, "BBB/USD", true, "USD");
    assert_cross("BBB/AAA", NULL, "BBB/USD", false, "AAA/USD", true, "USD");
}

static void via_names_the_pivot(void **state)
{
    (void)state;
    struct kurs_route route;
    struct kurs_error error;
    store("AAA/USD");
    store("BBB/USD");
    store("USD/CHF");
    store("AAA/CHF");
    store("CHF/BBB");
    assert_cross("AAA/BBB", "CHF", "AAA/CHF", false, "CHF/BBB", false, "CHF");
    assert_cross("AAA/BBB", "chf", "AAA/CHF", false, "CHF/BBB", false, "CHF");
    assert_int_equal(find("AAA/BBB", "EUR", &route, &error), KURS_ENODATA);
    assert_non_null(strstr(error.why, "EUR"));
    assert_int_equal(find("AAA/BBB", "AAA", &route, &error), KURS_ENODATA);
}

static void both_legs_of_a_cross_may_be_inverted(void **state)
{
    (void)state;
    store("USD/AAA");
    store("BBB/USD");
    assert_cross("AAA/BBB", NULL, "USD/AAA", true, "BBB/USD", true, "USD");
}

static void no_label_means_the_unlabelled_series(void **state)
{
    (void)state;
    struct kurs_route route;
    store("EUR/USD@ecb");
    store("EUR/USD");
    assert_int_equal(find("EUR/USD", NULL, &route, NULL), KURS_OK);
    assert_string_equal(route.leg[0], "EUR/USD");
    assert_int_equal(find("EUR/USD@ecb", NULL, &route, NULL), KURS_OK);
    assert_string_equal(route.leg[0], "EUR/USD@ecb");
    assert_int_equal(find("USD/EUR@ecb", NULL, &route, NULL), KURS_OK);
    assert_string_equal(route.leg[0], "EUR/USD@ecb");
    assert_int_equal(route.rule, KURS_INVERSE);
}

static void the_only_labelled_series_serves(void **state)
{
    (void)state;
    struct kurs_route route;
    store("EUR/USD@ecb");
    store("EUR/USD0");
    store("EUR/USDX@a");
    assert_int_equal(find("EUR/USD", NULL, &route, NULL), KURS_OK);
    assert_string_equal(route.leg[0], "EUR/USD@ecb");
    assert_string_equal(route.name, "EUR/USD");
}

static void several_labels_need_a_decision_that_lists_them(void **state)
{
    (void)state;
    struct kurs_route route;
    struct kurs_error error;
    memset(&route, 7, sizeof route);
    store("EUR/USD@nbkr");
    store("EUR/USD@ecb");
    store("USD/EUR");
    assert_int_equal(find("EUR/USD", NULL, &route, &error), KURS_EDECIDE);
    assert_string_equal(error.why, "2 hold it: EUR/USD@ecb, EUR/USD@nbkr");
    assert_non_null(strstr(error.hint, "EUR/USD@"));
    assert_int_equal(route.name[0], 7); /* untouched */
    store("EUR/GBP");
    assert_int_equal(find("GBP/USD", NULL, &route, &error), KURS_EDECIDE);
    assert_string_equal(error.why, "2 hold it: EUR/USD@ecb, EUR/USD@nbkr");
}

static void the_label_hinted_for_a_cross_answers_both_legs(void **state)
{
    (void)state;
    struct kurs_route route;
    struct kurs_error error;
    store("USD/KGS@a");
    store("USD/KGS@b");
    store("USD/KZT");
    assert_int_equal(find("KGS/KZT", NULL, &route, &error), KURS_EDECIDE);
    assert_string_equal(error.why, "2 hold it: USD/KGS@a, USD/KGS@b");
    assert_string_equal(error.hint, "no label holds both legs: ask for USD/KGS@b and USD/KZT apart");
    store("USD/KZT@a");
    assert_int_equal(find("KGS/KZT", NULL, &route, &error), KURS_EDECIDE);
    assert_string_equal(error.hint, "add a label, e.g. KGS/KZT@a");
    assert_int_equal(find("KGS/KZT@a", NULL, &route, &error), KURS_OK);
    assert_int_equal(find("KZT/KGS", NULL, &route, &error), KURS_EDECIDE);
    assert_string_equal(error.hint, "add a label, e.g. KZT/KGS@a");
}

static void a_label_asked_is_that_of_both_legs(void **state)
{
    (void)state;
    struct kurs_route route;
    store("AAA/USD@x");
    store("BBB/USD");
    assert_int_equal(find("AAA/BBB@x", NULL, &route, NULL), KURS_ENODATA);
    store("BBB/USD@x");
    assert_cross("AAA/BBB@x", NULL, "AAA/USD@x", false, "BBB/USD@x", true, "USD");
}

static void kind_is_instant_if_a_leg_is(void **state)
{
    (void)state;
    struct kurs_route route;
    store("AAA/USD");
    fixture_add_text(&f, "BBB/USD", KURS_INSTANT, "2025-01-02T10:00 2.5");
    assert_int_equal(find("AAA/BBB", NULL, &route, NULL), KURS_OK);
    assert_int_equal(route.kind, KURS_INSTANT);
    assert_int_equal(find("BBB/AAA", NULL, &route, NULL), KURS_OK);
    assert_int_equal(route.kind, KURS_INSTANT);
    assert_int_equal(find("AAA/USD", NULL, &route, NULL), KURS_OK);
    assert_int_equal(route.kind, KURS_DAILY);
}

static void an_unknown_pair_hints_at_near_names(void **state)
{
    (void)state;
    struct kurs_route route;
    struct kurs_error error;
    store("KGS/USD");
    store("KGS/USD@nbkr");
    store("KZT/USD");
    store("EUR/GBP");
    assert_int_equal(find("KSG/USD", NULL, &route, &error), KURS_ENODATA);
    assert_string_equal(error.hint, "did you mean KGS/USD, KZT/USD?");
    assert_int_equal(find("USD/KSG", NULL, &route, &error), KURS_ENODATA);
    assert_string_equal(error.hint, "did you mean USD/KGS, USD/KZT?");
    assert_int_equal(find("XAU/XAG", NULL, &route, &error), KURS_ENODATA);
    assert_null(strstr(error.hint, "did you mean"));
    assert_int_equal(find("KGS/USD@ecb", NULL, &route, &error), KURS_ENODATA);
    assert_non_null(strstr(error.hint, "KGS/USD"));
    assert_int_equal(find("KGS", NULL, &route, &error), KURS_EARGUMENT);
}

static void an_empty_store_has_no_routes(void **state)
{
    (void)state;
    struct kurs_route route;
    assert_int_equal(find("KGS/USD", NULL, &route, NULL), KURS_ENODATA);
}

static void distance_counts_edits(void **state)
{
    (void)state;
    assert_int_equal(near_distance("", ""), 0);
    assert_int_equal(near_distance("KGS/USD", "KGS/USD"), 0);
    assert_int_equal(near_distance("KSG/USD", "KGS/USD"), 1);
    assert_int_equal(near_distance("KGS/UD", "KGS/USD"), 1);
    assert_int_equal(near_distance("KGS/USDX", "KGS/USD"), 1);
    assert_int_equal(near_distance("KGT/USX", "KGS/USD"), 2);
    assert_int_equal(near_distance("abc", ""), 3);
    assert_int_equal(near_distance("", "abc"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(direct_wins_over_inverse_and_cross, set_up, tear_down),
        cmocka_unit_test_setup_teardown(inverse_wins_over_cross, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pivot_is_usd_then_eur_then_the_first_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(via_names_the_pivot, set_up, tear_down),
        cmocka_unit_test_setup_teardown(both_legs_of_a_cross_may_be_inverted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_label_means_the_unlabelled_series, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_only_labelled_series_serves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_labels_need_a_decision_that_lists_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_label_hinted_for_a_cross_answers_both_legs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_label_asked_is_that_of_both_legs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kind_is_instant_if_a_leg_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_pair_hints_at_near_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_store_has_no_routes, set_up, tear_down),
        cmocka_unit_test(distance_counts_edits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
