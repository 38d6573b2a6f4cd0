/* What was restated between two moments, against the two states of the store read point by point. */
#include "query_fixture.h"

static int64_t moment(int i)
{
    return FIXTURE_NOW_US + i * KURS_HOUR_US;
}

static void import(int i, const char *name, const char *date, const char *rate)
{
    struct kurs_point point = point_of(date, rate);
    fixture_add_at(&f, name, KURS_DAILY, &point, 1, moment(i));
}

static void assert_restated(const char *name, int earlier, int later, size_t count, const char *const wanted[][4])
{
    struct kurs_restated restated;
    enum kurs_status status;
    size_t i = 0;
    memset(&restated, 0, sizeof restated);
    fixture_snapshot(&f);
    while ((status = kurs_restated_next(f.snapshot, name, moment(earlier), moment(later), &restated, &restated,
                                        NULL)) == KURS_OK) {
        assert_true(i < count);
        assert_string_equal(restated.name, wanted[i][0]);
        assert_time(restated.time_us, wanted[i][1]);
        assert_rate(restated.old_rate, wanted[i][2]);
        assert_rate(restated.new_rate, wanted[i][3]);
        assert_true(restated.old_import < restated.new_import);
        assert_true(restated.when_us > moment(earlier));
        assert_true(restated.when_us <= moment(later));
        i++;
    }
    assert_int_equal(status, KURS_END);
    assert_int_equal(i, count);
}

static void make_history(void)
{
    import(1, "AAA/USD", "2025-01-02", "1.0");
    import(2, "AAA/USD", "2025-01-03", "2.0");
    import(3, "BBB/USD", "2025-01-02", "5");
    import(4, "AAA/USD", "2025-01-02", "1.1");
    import(5, "AAA/USD", "2025-01-02", "1.00");
    import(6, "AAA/USD", "2025-01-03", "2.5");
    import(7, "AAA/USD", "2025-01-06", "3");
    import(8, "AAA/USD", "2025-01-06", "3.3");
    import(9, "BBB/USD", "2025-01-02", "6");
}

static void restatements_join_the_revisions_of_a_point(void **state)
{
    (void)state;
    make_history();
    assert_restated(NULL, 2, 3, 0, NULL);
    static const char *const once[][4] = {{"AAA/USD", "2025-01-02", "1.0", "1.1"}};
    assert_restated(NULL, 3, 4, 1, once);
    static const char *const back[][4] = {{"AAA/USD", "2025-01-03", "2.0", "2.5"}};
    assert_restated(NULL, 3, 6, 1, back); /* 1.0, 1.1, 1.00: as it was */
    static const char *const most[][4] = {{"AAA/USD", "2025-01-02", "1.1", "1.00"},
                                          {"AAA/USD", "2025-01-03", "2.0", "2.5"},
                                          {"BBB/USD", "2025-01-02", "5", "6"}};
    assert_restated(NULL, 4, 9, 3, most); /* the 6th came in between: no restatement */
    assert_restated("AAA/USD", 4, 9, 2, most);
    static const char *const late[][4] = {{"AAA/USD", "2025-01-06", "3", "3.3"}};
    assert_restated("AAA/USD", 7, 8, 1, late);
}

static void restatements_are_what_differs_between_two_snapshots(void **state)
{
    (void)state;
    static const char *const names[] = {"AAA/USD", "BBB/USD"};
    static const char *const dates[] = {"2025-01-02", "2025-01-03", "2025-01-06"};
    make_history();
    for (int earlier = 0; earlier <= 9; earlier++) {
        for (int later = earlier; later <= 9; later++) {
            struct kurs_snapshot *snapshots[2];
            struct kurs_restated restated;
            memset(&restated, 0, sizeof restated);
            fixture_snapshot(&f);
            assert_int_equal(kurs_snapshot_open(f.store, moment(earlier), &snapshots[0], NULL), KURS_OK);
            assert_int_equal(kurs_snapshot_open(f.store, moment(later), &snapshots[1], NULL), KURS_OK);
            for (int i = 0; i < 6; i++) {
                struct kurs_route route = {.rule = KURS_DIRECT, .kind = KURS_DAILY};
                struct kurs_asof asof[2];
                bool known = true;
                snprintf(route.leg[0], sizeof route.leg[0], "%s", names[i / 3]);
                for (int k = 0; k < 2; k++) {
                    known = known && kurs_asof(snapshots[k], &route, at(dates[i % 3]), &asof[k], NULL) == KURS_OK &&
                            asof[k].age_us == 0;
                }
                if (known && kurs_decimal_compare(asof[0].rate, asof[1].rate) != 0) {
                    assert_int_equal(kurs_restated_next(f.snapshot, NULL, moment(earlier), moment(later), &restated,
                                                        &restated, NULL),
                                     KURS_OK);
                    assert_string_equal(restated.name, names[i / 3]);
                    assert_same_point((struct kurs_point) {restated.time_us, restated.old_rate},
                                      (struct kurs_point) {at(dates[i % 3]), asof[0].rate});
                    assert_int_equal(kurs_decimal_compare(restated.new_rate, asof[1].rate), 0);
                }
            }
            assert_int_equal(
                kurs_restated_next(f.snapshot, NULL, moment(earlier), moment(later), &restated, &restated, NULL),
                KURS_END);
            kurs_snapshot_close(snapshots[0]);
            kurs_snapshot_close(snapshots[1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(restatements_join_the_revisions_of_a_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(restatements_are_what_differs_between_two_snapshots, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
