/* test_store.c: listing, verifying, copying and compacting a store, and reading damaged ones. */
#include <fcntl.h>
#include <sys/wait.h>

#include "store/env.h"
#include "store/series.h"
#include "store/tree.h"
#include "store_fixture.h"

static void series_are_listed_by_name(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"EUR/USD", "EUR/USD@ecb", "GBP/USD"};
    struct kurs_snapshot *snapshot;
    struct kurs_series series = {.name = ""};
    for (size_t i = 3; i-- > 0;) {
        fixture_ticks(fixture, names[i], 10 + i, 0);
    }
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    for (size_t i = 0; i < 3; i++) {
        assert_status(KURS_OK, kurs_series_next(snapshot, series.name, &series, &fixture->error));
        assert_string_equal(series.name, names[i]);
        assert_int_equal(series.points, 10 + i);
        assert_int_equal(series.kind, KURS_INSTANT);
        assert_int_equal(series.previous.time_us, series.last.time_us - KURS_SECOND_US);
        assert_true(series.bytes > 0);
    }
    assert_status(KURS_END, kurs_series_next(snapshot, series.name, &series, &fixture->error));
    assert_status(KURS_ENODATA, kurs_series_find(snapshot, "EUR/US", &series, &fixture->error));
    assert_status(KURS_ENODATA, kurs_series_find(snapshot, "", &series, &fixture->error));
    kurs_snapshot_close(snapshot);
}

static void a_dropped_series_is_gone_and_recorded(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_snapshot *snapshot;
    struct kurs_import_record record;
    fixture_ticks(fixture, "EUR/USD", 50000, 0);
    fixture_ticks(fixture, "EUR/USD@ecb", 5000, 0);
    assert_status(KURS_OK, kurs_series_drop(fixture->store, "EUR/USD", 9, &fixture->error));
    assert_status(KURS_ENODATA, kurs_series_drop(fixture->store, "EUR/USD", 9, &fixture->error));
    assert_int_equal(fixture_points(fixture, "EUR/USD"), 0);
    assert_int_equal(fixture_points(fixture, "EUR/USD@ecb"), 5000);
    fixture_verify(fixture);
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    assert_status(KURS_OK, kurs_import_next(snapshot, 2, &record, &fixture->error));
    assert_string_equal(record.source, "EUR/USD");
    kurs_snapshot_close(snapshot);
}

static void a_backup_holds_the_same_and_overwrites_nothing(void **state)
{
    struct fixture *fixture = *state;
    char path[128];
    struct kurs_store *copy;
    struct kurs_verify_report here, there;
    fixture_ticks(fixture, "EUR/USD", 50000, 0);
    snprintf(path, sizeof path, "%s/copy.kurs", fixture->folder);
    assert_status(KURS_OK, kurs_store_backup(fixture->store, path, &fixture->error));
    assert_status(KURS_EREFUSED, kurs_store_backup(fixture->store, path, &fixture->error));
    assert_int_equal(fixture_files(fixture), 3);
    assert_status(KURS_OK, kurs_store_open(path, KURS_OPEN_READ, 1, &copy, &fixture->error));
    assert_status(KURS_OK, kurs_store_verify(copy, NULL, NULL, &there, &fixture->error));
    assert_status(KURS_OK, kurs_store_verify(fixture->store, NULL, NULL, &here, &fixture->error));
    assert_memory_equal(&here, &there, sizeof here);
    kurs_store_close(copy);
    snprintf(path, sizeof path, "%s/no/copy.kurs", fixture->folder);
    assert_true(kurs_store_backup(fixture->store, path, &fixture->error) < 0);
}

static void compaction_gives_space_back(void **state)
{
    struct fixture *fixture = *state;
    uint64_t before = 0, after = 0;
    struct kurs_snapshot *snapshot;
    fixture_ticks(fixture, "EUR/USD", 200000, 0);
    fixture_ticks(fixture, "GBP/USD", 1000, 0);
    assert_status(KURS_OK, kurs_series_drop(fixture->store, "EUR/USD", 9, &fixture->error));
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    assert_status(KURS_EBUSY, kurs_store_compact(fixture->store, &before, &after, &fixture->error));
    kurs_snapshot_close(snapshot);
    assert_status(KURS_OK, kurs_store_compact(fixture->store, &before, &after, &fixture->error));
    assert_true(after < before / 2);
    assert_int_equal(fixture_files(fixture), 2);
    fixture_open(fixture);
    assert_int_equal(fixture_points(fixture, "GBP/USD"), 1000);
    fixture_ticks(fixture, "EUR/USD", 1000, 0);
    fixture_verify(fixture);
}

static void compaction_waits_for_nobody_else(void **state)
{
    struct fixture *fixture = *state;
    int ready[2], done[2], how;
    char byte = 0;
    uint64_t before, after;
    fixture_ticks(fixture, "EUR/USD", 1000, 0);
    fixture_close(fixture);
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(done), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct kurs_store *store;
        int failed = kurs_store_open(fixture->path, KURS_OPEN_READ, 1, &store, NULL) != KURS_OK ||
                     write(ready[1], &byte, 1) != 1 || read(done[0], &byte, 1) != 1;
        _exit(failed);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    fixture_open(fixture);
    assert_status(KURS_EBUSY, kurs_store_compact(fixture->store, &before, &after, &fixture->error));
    assert_int_equal(fixture_points(fixture, "EUR/USD"), 1000); /* the handle still serves */
    assert_int_equal(write(done[1], &byte, 1), 1);
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_int_equal(how, 0);
    assert_status(KURS_OK, kurs_store_compact(fixture->store, &before, &after, &fixture->error));
    fixture->store = NULL;
    for (int i = 0; i < 2; i++) {
        close(ready[i]);
        close(done[i]);
    }
}

/* ---- Damage ---- */

static void count_fault(void *context, const char *text)
{
    assert_true(strlen(text) > 0);
    ++*(int *)context;
}

static void assert_fault(struct fixture *fixture, enum kurs_status expected)
{
    int heard = 0;
    struct kurs_verify_report report;
    assert_status(expected, kurs_store_verify(fixture->store, &heard, count_fault, &report, &fixture->error));
    assert_true(heard > 0);
    assert_int_equal(fixture->error.status, expected);
}

static void change_row(struct fixture *fixture, enum table table, const struct key *key, size_t at, uint8_t flip)
{
    MDB_txn *txn;
    MDB_val value;
    uint8_t bytes[8192];
    assert_status(KURS_OK, env_begin(fixture->store, true, &txn, &fixture->error));
    assert_status(KURS_OK, env_get(fixture->store, txn, table, key, &value, &fixture->error));
    assert_true(value.mv_size <= sizeof bytes && at < value.mv_size);
    size_t size = value.mv_size;
    memcpy(bytes, value.mv_data, size);
    bytes[at] ^= flip;
    assert_status(KURS_OK, env_put(fixture->store, txn, table, key, bytes, size, &fixture->error));
    assert_status(KURS_OK, env_commit(fixture->store, txn, &fixture->error));
}

static void a_flipped_bit_in_a_block_is_found_by_verify_and_readers(void **state)
{
    struct fixture *fixture = *state;
    struct key key = key_block("EUR/USD", 0);
    struct kurs_snapshot *snapshot;
    struct kurs_point point;
    struct summary sum;
    fixture_ticks(fixture, "EUR/USD", 50000, 0);
    for (size_t at = 0; at < 1000; at += 97) {
        change_row(fixture, TABLE_BLOCKS, &key, at, 0x10);
        assert_true(kurs_store_verify(fixture->store, NULL, NULL, &(struct kurs_verify_report) {0}, &fixture->error) <
                    0);
        assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
        assert_status(KURS_ECORRUPT, scan_asof(snapshot, "EUR/USD", 0, &point, &fixture->error));
        assert_status(KURS_ECORRUPT, scan_fold(snapshot, "EUR/USD", 0, KURS_SECOND_US, &sum, &fixture->error));
        kurs_snapshot_close(snapshot);
        change_row(fixture, TABLE_BLOCKS, &key, at, 0x10);
        fixture_verify(fixture);
    }
}

static void a_record_or_summary_that_is_off_is_found(void **state)
{
    struct fixture *fixture = *state;
    struct key record = key_series("EUR/USD");
    MDB_txn *txn;
    MDB_cursor *cursor;
    MDB_val found, value;
    fixture_ticks(fixture, "EUR/USD", 300000, 0);
    for (size_t at = 4; at < 83; at++) {
        change_row(fixture, TABLE_SERIES, &record, at, 0x01);
        assert_true(kurs_store_verify(fixture->store, NULL, NULL, &(struct kurs_verify_report) {0}, &fixture->error) <
                    0);
        change_row(fixture, TABLE_SERIES, &record, at, 0x01);
    }
    fixture_verify(fixture);
    assert_status(KURS_OK, env_begin(fixture->store, true, &txn, &fixture->error));
    assert_status(KURS_OK, env_cursor_open(fixture->store, txn, TABLE_SUMMARY, &cursor, &fixture->error));
    assert_status(KURS_OK, env_step(cursor, MDB_FIRST, &found, &value, &fixture->error));
    struct key node = {.size = found.mv_size};
    memcpy(node.bytes, found.mv_data, found.mv_size);
    mdb_cursor_close(cursor);
    env_abort(fixture->store, txn);
    for (size_t at = 0; at < 92; at += 5) {
        change_row(fixture, TABLE_SUMMARY, &node, at, 0x01);
        assert_fault(fixture, KURS_ECHECK);
        change_row(fixture, TABLE_SUMMARY, &node, at, 0x01);
    }
    assert_status(KURS_OK, env_begin(fixture->store, true, &txn, &fixture->error));
    assert_status(KURS_OK, env_delete(fixture->store, txn, TABLE_SUMMARY, &node, &fixture->error));
    assert_status(KURS_OK, env_commit(fixture->store, txn, &fixture->error));
    assert_fault(fixture, KURS_ECHECK);
}

static void rows_of_no_series_are_found(void **state)
{
    struct fixture *fixture = *state;
    struct key record = key_series("EUR/USD");
    MDB_txn *txn;
    fixture_ticks(fixture, "EUR/USD", 1000, 0);
    assert_status(KURS_OK, env_begin(fixture->store, true, &txn, &fixture->error));
    assert_status(KURS_OK, env_delete(fixture->store, txn, TABLE_SERIES, &record, &fixture->error));
    assert_status(KURS_OK, env_commit(fixture->store, txn, &fixture->error));
    assert_fault(fixture, KURS_ECHECK);
}

static void nodes_of_the_tree_have_eight_children_on_average(void **state)
{
    (void)state;
    size_t starts[3] = {0};
    for (int64_t i = 0; i < 64000; i++) {
        for (int level = 1; level <= 2; level++) {
            starts[level] += tree_level(i * KURS_HOUR_US) >= level;
        }
    }
    assert_in_range(starts[1], 7600, 8400);
    assert_in_range(starts[2], 900, 1100);
}

static void programs_that_are_run_inherit_no_file_of_the_store(void **state)
{
    struct fixture *fixture = *state;
    int open_files = 0;
    for (int fd = 0; fd < 256; fd++) {
        char link[32], name[128] = "";
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if (readlink(link, name, sizeof name - 1) > 0 && strncmp(name, fixture->path, strlen(fixture->path)) == 0) {
            open_files++;
            assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
        }
    }
    assert_true(open_files >= 2);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        CASE(series_are_listed_by_name),
        CASE(a_dropped_series_is_gone_and_recorded),
        CASE(a_backup_holds_the_same_and_overwrites_nothing),
        CASE(compaction_gives_space_back),
        CASE(compaction_waits_for_nobody_else),
        CASE(a_flipped_bit_in_a_block_is_found_by_verify_and_readers),
        CASE(a_record_or_summary_that_is_off_is_found),
        CASE(rows_of_no_series_are_found),
        CASE(programs_that_are_run_inherit_no_file_of_the_store),
        cmocka_unit_test(nodes_of_the_tree_have_eight_children_on_average),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
