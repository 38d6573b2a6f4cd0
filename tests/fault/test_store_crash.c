/* test_store_crash.c: a writer killed at any moment leaves the store as it was before or after an import; readers and
 * writers of other threads and processes do not disturb each other. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>

#include "store_fixture.h"

#define KILLS        40
#define IMPORT_TICKS 1500
#define READERS      8
#define COMMITS      12

/* Import k writes ticks [k * IMPORT_TICKS, …) of two series, the second newest first, and corrects one tick of import 0:
 * each import shows whole or not at all. */
static void import_once(struct kurs_store *store, int64_t k)
{
    struct writer_options options = {.now_us = k + 1};
    struct kurs_import_record record = {.source = "crash"};
    struct kurs_name names[2] = {fixture_name("EUR/USD"), fixture_name("GBP/USD")};
    struct writer *writer;
    struct kurs_error error;
    int8_t exponent = -5;
    uint64_t row = 1;
    assert_status(KURS_OK, writer_begin(store, &options, &writer, &error));
    for (int s = 0; s < 2; s++) {
        uint32_t index;
        assert_status(KURS_OK, writer_series(writer, &names[s], KURS_INSTANT, &index, &error));
        for (int64_t i = 0; i < IMPORT_TICKS; i++) {
            int64_t tick = k * IMPORT_TICKS + (s == 0 ? i : IMPORT_TICKS - 1 - i);
            int64_t time_us = tick * KURS_SECOND_US, coefficient = 1 + tick * 7919 % 1000003;
            assert_status(KURS_OK, writer_points(writer, index, 1, &time_us, &coefficient, &exponent, &row, &error));
        }
        int64_t time_us = 0, coefficient = 2000000 + k;
        assert_status(KURS_OK, writer_points(writer, index, 1, &time_us, &coefficient, &exponent, &row, &error));
    }
    assert_status(KURS_OK, writer_commit(writer, &record, &error));
}

/* The number of imports a snapshot shows; fails if one shows in part. Import 0 has a second tick of its first instant. */
static int64_t whole_imports(struct kurs_store *store)
{
    struct kurs_snapshot *snapshot;
    struct kurs_series series[2];
    struct kurs_point point;
    struct kurs_import_record record = {.id = 0};
    struct summary sum;
    struct kurs_error error;
    assert_status(KURS_OK, kurs_snapshot_open(store, KURS_KNOWN_LATEST, &snapshot, &error));
    enum kurs_status status = kurs_series_find(snapshot, "EUR/USD", &series[0], &error);
    int64_t imports = 0;
    if (status == KURS_OK) {
        assert_status(KURS_OK, kurs_series_find(snapshot, "GBP/USD", &series[1], &error));
        assert_int_equal(series[0].points, series[1].points);
        imports = (int64_t)(series[0].points - 1) / IMPORT_TICKS;
        assert_int_equal(series[0].points, imports * IMPORT_TICKS + 1);
        assert_status(KURS_OK, scan_fold(snapshot, "GBP/USD", KURS_TIME_MIN, KURS_TIME_MAX, &sum, &error));
        assert_int_equal(sum.count, series[0].points);
        assert_int_equal(sum.last.time_us, (imports * IMPORT_TICKS - 1) * KURS_SECOND_US);
        assert_status(KURS_OK, scan_asof(snapshot, "EUR/USD", 0, &point, &error));
        assert_int_equal(point.rate.coefficient, imports == 1 ? 1 : 2000000 + imports - 1);
    }
    int64_t recorded = 0;
    while (kurs_import_next(snapshot, (uint32_t)recorded, &record, &error) == KURS_OK) {
        recorded++;
    }
    assert_int_equal(recorded, imports);
    kurs_snapshot_close(snapshot);
    return imports;
}

static void import_until_killed(const char *path)
{
    struct kurs_store *store;
    if (kurs_store_open(path, KURS_OPEN_CREATE, 1, &store, NULL) != KURS_OK) {
        _exit(1);
    }
    for (int64_t k = whole_imports(store); k < 200; k++) {
        import_once(store, k);
    }
    _exit(0);
}

static void killed_writers_leave_before_or_after(void **state)
{
    struct fixture *fixture = *state;
    int64_t newest = 1;
    uint64_t seed = 42;
    fixture_open(fixture);
    import_once(fixture->store, 0);
    fixture_close(fixture);
    for (int i = 0; i < KILLS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            import_until_killed(fixture->path);
        }
        seed = seed * UINT64_C(6364136223846793005) + 1;
        struct timespec pause = {0, (long)(seed >> 33) % 60000000};
        nanosleep(&pause, NULL); /* the moment is what varies; nothing waits for it */
        assert_int_equal(kill(child, SIGKILL), 0);
        int how;
        assert_int_equal(waitpid(child, &how, 0), child);
        fixture_open(fixture);
        int64_t imports = whole_imports(fixture->store);
        assert_true(imports >= newest);
        newest = imports;
        fixture_verify(fixture);
        fixture_close(fixture);
    }
    print_message("%d kills, %lld imports\n", KILLS, (long long)newest);
}

static void killed_creators_leave_no_half_store(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < KILLS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct kurs_store *store;
            _exit(kurs_store_open(fixture->path, KURS_OPEN_CREATE, 1, &store, NULL) == KURS_OK ? 0 : 1);
        }
        struct timespec pause = {0, i * 200000};
        nanosleep(&pause, NULL);
        assert_int_equal(kill(child, SIGKILL), 0);
        int how;
        assert_int_equal(waitpid(child, &how, 0), child);
        if (access(fixture->path, F_OK) == 0) {
            assert_status(KURS_OK, kurs_store_open(fixture->path, KURS_OPEN_READ, 1, &fixture->store, &fixture->error));
            fixture_close(fixture);
            assert_int_equal(unlink(fixture->path), 0);
        }
    }
}

/* ---- Readers beside a writer ---- */

struct reading {
    struct kurs_store *store;
    atomic_bool *done;
    int64_t seen;
};

static void *read_on(void *argument)
{
    struct reading *reading = argument;
    while (!atomic_load(reading->done)) {
        int64_t imports = whole_imports(reading->store);
        assert_true(imports >= reading->seen);
        reading->seen = imports;
    }
    return NULL;
}

static void threads_read_while_one_writes(void **state)
{
    struct fixture *fixture = *state;
    pthread_t threads[READERS];
    struct reading readings[READERS];
    atomic_bool done = false;
    fixture_open(fixture);
    for (int i = 0; i < READERS; i++) {
        readings[i] = (struct reading) {fixture->store, &done, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readings[i]), 0);
    }
    for (int64_t k = 0; k < COMMITS; k++) {
        import_once(fixture->store, k);
    }
    atomic_store(&done, true);
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(whole_imports(fixture->store), COMMITS);
    fixture_verify(fixture);
}

static void processes_read_while_one_writes(void **state)
{
    struct fixture *fixture = *state;
    pid_t children[2];
    fixture_open(fixture);
    fixture_close(fixture);
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            struct kurs_store *store;
            if (kurs_store_open(fixture->path, KURS_OPEN_READ, 1, &store, NULL) != KURS_OK) {
                _exit(1);
            }
            int64_t seen = 0;
            while (seen < COMMITS) {
                int64_t imports = whole_imports(store);
                if (imports < seen) {
                    _exit(2);
                }
                seen = imports;
            }
            kurs_store_close(store);
            _exit(0);
        }
    }
    fixture_open(fixture);
    for (int64_t k = 0; k < COMMITS; k++) {
        import_once(fixture->store, k);
    }
    for (int i = 0; i < 2; i++) {
        int how;
        assert_int_equal(waitpid(children[i], &how, 0), children[i]);
        assert_int_equal(how, 0);
    }
}

static void a_snapshot_stays_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_snapshot *snapshot;
    struct kurs_series before, after;
    struct summary sum, later;
    fixture_open(fixture);
    import_once(fixture->store, 0);
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    assert_status(KURS_OK, kurs_series_find(snapshot, "EUR/USD", &before, &fixture->error));
    assert_status(KURS_OK, scan_fold(snapshot, "EUR/USD", 0, KURS_TIME_MAX, &sum, &fixture->error));
    import_once(fixture->store, 1);
    assert_status(KURS_OK, kurs_series_drop(fixture->store, "EUR/USD", 9, &fixture->error));
    assert_status(KURS_OK, kurs_series_find(snapshot, "EUR/USD", &after, &fixture->error));
    assert_status(KURS_OK, scan_fold(snapshot, "EUR/USD", 0, KURS_TIME_MAX, &later, &fixture->error));
    assert_int_equal(before.points, after.points);
    assert_true(summary_equal(&sum, &later));
    kurs_snapshot_close(snapshot);
    assert_int_equal(fixture_points(fixture, "EUR/USD"), 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, fixture_folder, fixture_teardown)
    const struct CMUnitTest tests[] = {
        CASE(killed_writers_leave_before_or_after), CASE(killed_creators_leave_no_half_store),
        CASE(threads_read_while_one_writes),        CASE(processes_read_while_one_writes),
        CASE(a_snapshot_stays_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
