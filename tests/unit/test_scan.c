/* test_scan.c: lookups through a snapshot, by seeks and by the index that many of them make. */
#include "store_fixture.h"

#include "store/rows.h"

enum { COUNT = 20000, BEGIN_S = 1000 };

static int64_t coefficient_of(size_t i) /* as fixture_ticks makes them */
{
    return 110000 + (int64_t)((uint32_t)i * UINT32_C(2654435761) >> 22);
}

/* Looks up an instant between two ticks, at one, before all and behind all, by turns. */
static void assert_lookup(struct kurs_snapshot *snapshot, const char *name, int64_t k, struct kurs_error *error)
{
    struct kurs_point point;
    size_t i = (size_t)((uint64_t)k * 7919 % COUNT);
    int64_t time_us = (BEGIN_S + (int64_t)i) * KURS_SECOND_US;
    switch (k % 4) {
    case 0:
        assert_status(KURS_END, scan_asof(snapshot, name, BEGIN_S * KURS_SECOND_US - 1, &point, error));
        return;
    case 1:
        i = COUNT - 1;
        assert_status(KURS_OK, scan_asof(snapshot, name, INT64_MAX, &point, error));
        break;
    default:
        assert_status(KURS_OK, scan_asof(snapshot, name, time_us + (k % 4 == 2 ? 0 : 999999), &point, error));
    }
    assert_int_equal(point.time_us, (BEGIN_S + (int64_t)i) * KURS_SECOND_US);
    assert_int_equal(point.rate.coefficient, coefficient_of(i));
}

static void lookups_by_the_thousand_answer_as_the_first_ones(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_snapshot *snapshot;
    fixture_ticks(fixture, "EUR/USD", COUNT, BEGIN_S * KURS_SECOND_US);
    fixture_ticks(fixture, "EUR/USD@b", 10, 0); /* its keys follow */
    fixture_ticks(fixture, "EUR/AAA", 10, 0);   /* and go before */
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    for (int64_t k = 0; k < 3 * ROWS_INDEX_AFTER; k++) {
        assert_lookup(snapshot, "EUR/USD", k, &fixture->error);
    }
    for (int64_t i = 0; i < COUNT; i++) { /* where blocks begin among them */
        struct kurs_point point;
        int64_t at_us = (BEGIN_S + i) * KURS_SECOND_US;
        assert_status(KURS_OK, scan_asof(snapshot, "EUR/USD", at_us, &point, &fixture->error));
        assert_int_equal(point.time_us, at_us);
    }
    kurs_snapshot_close(snapshot);
}

static void an_index_is_of_one_series_only(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_snapshot *snapshot;
    struct kurs_point point;
    fixture_ticks(fixture, "EUR/USD", COUNT, BEGIN_S * KURS_SECOND_US);
    fixture_ticks(fixture, "GBP/USD", 1, 0);
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    for (int64_t k = 0; k < ROWS_INDEX_AFTER + 10; k++) {
        assert_lookup(snapshot, "EUR/USD", k, &fixture->error);
    }
    assert_status(KURS_OK, scan_asof(snapshot, "GBP/USD", INT64_MAX, &point, &fixture->error));
    assert_int_equal(point.time_us, 0);
    for (int64_t k = 0; k < ROWS_INDEX_AFTER + 10; k++) {
        assert_status(KURS_END, scan_asof(snapshot, "NOK/USD", k, &point, &fixture->error));
    }
    assert_lookup(snapshot, "EUR/USD", 2, &fixture->error);
    kurs_snapshot_close(snapshot);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        CASE(lookups_by_the_thousand_answer_as_the_first_ones),
        CASE(an_index_is_of_one_series_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
