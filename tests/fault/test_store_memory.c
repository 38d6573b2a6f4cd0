/* test_store_memory.c: memory runs out at every allocation in turn, LMDB's included: an error each time, the store as it
 * was before or after, nothing lost and nothing written by halves. The allocator is replaced, so not under sanitizers,
 * which replace it themselves. */
#include "failing_malloc.h"
#include "store_fixture.h"

#ifdef FAILING_MALLOC

#define TICKS        3000
#define FAILURES_MAX 100000 /* the first ones each, then ever fewer of them */

/* Import k: in order, late, spilled and replacing. */
static enum kurs_status import_once(struct fixture *fixture, int64_t k)
{
    struct writer_options options = {.now_us = k, .memory_bytes = 60000};
    struct kurs_import_record record = {.source = "memory"};
    struct kurs_name name = {"EUR", "USD", ""};
    struct writer *writer;
    uint32_t index;
    enum kurs_status status = writer_begin(fixture->store, &options, &writer, &fixture->error);
    if (status != KURS_OK) {
        return status;
    }
    status = writer_series(writer, &name, KURS_INSTANT, &index, &fixture->error);
    for (int64_t i = 0; i < TICKS && status == KURS_OK; i++) {
        int64_t tick = i % 3 == 0 ? TICKS - i : 2 * TICKS + i;
        int64_t time_us = tick / 2 * KURS_SECOND_US,
                coefficient = 1 + (tick * 7919 + (tick % 97 == 0 ? k : 0)) % 100003;
        int8_t exponent = -5;
        uint64_t row = 1;
        status = writer_points(writer, index, 1, &time_us, &coefficient, &exponent, &row, &fixture->error);
    }
    if (status != KURS_OK) {
        writer_abort(writer);
        return status;
    }
    return writer_commit(writer, &record, &fixture->error);
}

static enum kurs_status read_all(struct fixture *fixture)
{
    struct kurs_snapshot *snapshot;
    struct kurs_series series;
    struct summary sum;
    struct kurs_verify_report report;
    enum kurs_status status = kurs_snapshot_open(fixture->store, 1, &snapshot, &fixture->error);
    if (status != KURS_OK) {
        return status;
    }
    status = kurs_series_next(snapshot, "", &series, &fixture->error);
    if (status == KURS_OK) {
        status = scan_fold(snapshot, "EUR/USD", KURS_TIME_MIN, KURS_TIME_MAX, &sum, &fixture->error);
    }
    kurs_snapshot_close(snapshot);
    return status == KURS_OK ? kurs_store_verify(fixture->store, NULL, NULL, &report, &fixture->error) : status;
}

static enum kurs_status open_store(struct fixture *fixture)
{
    return kurs_store_open(fixture->path, KURS_OPEN_CREATE, 1, &fixture->store, &fixture->error);
}

static void opening_without_memory_fails_and_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    for (long n = 0; n < FAILURES_MAX; n += 1 + n / 16) {
        until_failure = n;
        failed = false;
        enum kurs_status status = open_store(fixture);
        until_failure = -1;
        if (status == KURS_OK) {
            fixture_close(fixture);
        } else {
            assert_status(KURS_ENOMEM, status);
            assert_null(fixture->store);
        }
        if (!failed) {
            return;
        }
        assert_true(fixture_files(fixture) <= 2);
    }
    fail();
}

static void importing_without_memory_fails_and_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_status(KURS_OK, open_store(fixture));
    assert_status(KURS_OK, import_once(fixture, 1));
    uint64_t points = fixture_points(fixture, "EUR/USD");
    for (long n = 0; n < FAILURES_MAX; n += 1 + n / 16) {
        until_failure = n;
        failed = false;
        enum kurs_status status = import_once(fixture, 2);
        until_failure = -1;
        if (!failed) {
            assert_status(KURS_OK, status);
            return;
        }
        assert_status(KURS_ENOMEM, status);
        fixture_verify(fixture);
        assert_int_equal(fixture_points(fixture, "EUR/USD"), points);
    }
    fail();
}

static void reading_without_memory_fails_and_reads_again(void **state)
{
    struct fixture *fixture = *state;
    assert_status(KURS_OK, open_store(fixture));
    assert_status(KURS_OK, import_once(fixture, 1));
    assert_status(KURS_OK, import_once(fixture, 2));
    for (long n = 0; n < FAILURES_MAX; n += 1 + n / 16) {
        until_failure = n;
        failed = false;
        enum kurs_status status = read_all(fixture);
        until_failure = -1;
        assert_status(failed ? KURS_ENOMEM : KURS_OK, status);
        if (!failed) {
            return;
        }
    }
    fail();
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, fixture_folder, fixture_teardown)
static const struct CMUnitTest tests[] = {
    CASE(opening_without_memory_fails_and_leaves_nothing),
    CASE(importing_without_memory_fails_and_changes_nothing),
    CASE(reading_without_memory_fails_and_reads_again),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void sanitizers_own_the_allocator(void **state)
{
    (void)state;
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sanitizers_own_the_allocator)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
