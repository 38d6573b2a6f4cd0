/* test_writer.c: the rules of writer.h, one each. */
#include "store_fixture.h"

#include "store/env.h"
#include "store/series.h"

#define DAY KURS_DAY_US

static struct kurs_counts write_ok(struct fixture *fixture, enum kurs_kind kind, enum kurs_conflict on_conflict,
                                   int64_t now_us, size_t count, const int64_t *time_us, const int64_t *coefficient)
{
    struct kurs_counts counts = {0};
    assert_status(KURS_OK,
                  fixture_write(fixture, "EUR/USD", kind, on_conflict, now_us, count, time_us, coefficient, &counts));
    fixture_verify(fixture);
    return counts;
}

/* The stored points of EUR/USD as known at `known_us` are these. */
static void assert_points(struct fixture *fixture, int64_t known_us, size_t count, const int64_t *time_us,
                          const int64_t *coefficient)
{
    struct kurs_snapshot *snapshot;
    struct scan *scan;
    struct kurs_batch batch;
    size_t at = 0;
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, known_us, &snapshot, &fixture->error));
    assert_status(KURS_OK, scan_open(snapshot, "EUR/USD", KURS_TIME_MIN, KURS_TIME_MAX + 1, &scan, &fixture->error));
    while (scan_next(scan, &batch, &fixture->error) == KURS_OK) {
        for (size_t i = 0; i < batch.count; i++, at++) {
            assert_true(at < count);
            assert_int_equal(batch.time_us[i], time_us[at]);
            assert_int_equal(batch.coefficient[i], coefficient[at]);
        }
    }
    assert_int_equal(at, count);
    scan_close(scan);
    kurs_snapshot_close(snapshot);
}

static void equal_values_are_identical_and_write_nothing(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {1, 2, 3}, rates[] = {10, 20, 30};
    struct stat before, after;
    write_ok(fixture, KURS_INSTANT, KURS_FAIL, 1, 3, times, rates);
    assert_int_equal(stat(fixture->path, &before), 0);
    for (int i = 0; i < 5; i++) {
        struct kurs_counts counts = write_ok(fixture, KURS_INSTANT, KURS_FAIL, 2, 3, times, rates);
        assert_int_equal(counts.identical, 3);
        assert_int_equal(counts.added + counts.replaced, 0);
    }
    assert_int_equal(stat(fixture->path, &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void a_commit_that_fails_leaves_the_record_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {1}, rates[] = {10};
    struct writer_options options = {.on_conflict = KURS_FAIL, .now_us = 7};
    struct kurs_import_record record = {.source = "test", .id = 99, .when_us = 88};
    struct kurs_name name = fixture_name("EUR/USD");
    struct writer *writer;
    uint32_t index;
    int64_t time_us = 1, coefficient = 11;
    int8_t exponent = -5;
    uint64_t row = 1;
    write_ok(fixture, KURS_INSTANT, KURS_FAIL, 1, 1, times, rates);
    assert_status(KURS_OK, writer_begin(fixture->store, &options, &writer, &fixture->error));
    assert_status(KURS_OK, writer_series(writer, &name, KURS_INSTANT, &index, &fixture->error));
    assert_status(KURS_OK, writer_points(writer, index, 1, &time_us, &coefficient, &exponent, &row, &fixture->error));
    assert_status(KURS_ECONFLICT, writer_commit(writer, &record, &fixture->error));
    assert_int_equal(record.id, 99);
    assert_int_equal(record.when_us, 88);
}

static void other_decimals_of_one_value_are_identical(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_name name = fixture_name("EUR/USD");
    struct kurs_point one = {DAY, {11, -1}}, same = {DAY, {110, -2}};
    bool changed = false;
    assert_status(KURS_OK, kurs_point_add(fixture->store, &name, KURS_DAILY, one, KURS_FAIL, 1, &changed, NULL));
    assert_true(changed);
    assert_status(KURS_OK, kurs_point_add(fixture->store, &name, KURS_DAILY, same, KURS_FAIL, 2, &changed, NULL));
    assert_false(changed);
}

static void conflicts_replace_keep_or_fail(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {1, 2, 3}, old[] = {10, 20, 30}, new[] = {10, 21, 30}, newer[] = {10, 22, 30};
    struct kurs_counts counts = {0};
    write_ok(fixture, KURS_INSTANT, KURS_REPLACE, 1, 3, times, old);
    assert_status(KURS_ECONFLICT,
                  fixture_write(fixture, "EUR/USD", KURS_INSTANT, KURS_FAIL, 2, 3, times, new, &counts));
    assert_non_null(strstr(fixture->error.what, "0.00020"));
    assert_points(fixture, KURS_KNOWN_LATEST, 3, times, old);
    counts = write_ok(fixture, KURS_INSTANT, KURS_KEEP, 3, 3, times, new);
    assert_int_equal(counts.kept, 1);
    assert_points(fixture, KURS_KNOWN_LATEST, 3, times, old);
    counts = write_ok(fixture, KURS_INSTANT, KURS_REPLACE, 4, 3, times, new);
    assert_int_equal(counts.replaced, 1);
    assert_int_equal(counts.identical, 2);
    write_ok(fixture, KURS_INSTANT, KURS_REPLACE, 5, 3, times, newer);
    assert_points(fixture, KURS_KNOWN_LATEST, 3, times, newer);
    assert_points(fixture, 4, 3, times, new);
    assert_points(fixture, 3, 3, times, old);
    assert_points(fixture, 0, 0, times, old);
}

static void revisions_tell_old_and_new_value(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {1, 2}, values[3][2] = {{10, 20}, {10, 21}, {10, 22}};
    struct kurs_snapshot *snapshot;
    struct kurs_revision revision = {.name = ""};
    for (int i = 0; i < 3; i++) {
        write_ok(fixture, KURS_INSTANT, KURS_REPLACE, 100 * (i + 1), 2, times, values[i]);
    }
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    for (uint32_t i = 0; i < 2; i++) {
        assert_status(KURS_OK, kurs_revision_next(snapshot, NULL, &revision, &revision, &fixture->error));
        assert_string_equal(revision.name, "EUR/USD");
        assert_int_equal(revision.time_us, 2);
        assert_int_equal(revision.sequence, i);
        assert_int_equal(revision.old_rate.coefficient, 20 + i);
        assert_int_equal(revision.new_rate.coefficient, 21 + i);
        assert_int_equal(revision.old_import, 1 + i);
        assert_int_equal(revision.new_import, 2 + i);
        assert_int_equal(revision.when_us, 200 + 100 * i);
    }
    assert_status(KURS_END, kurs_revision_next(snapshot, NULL, &revision, &revision, &fixture->error));
    memset(&revision, 0, sizeof revision);
    assert_status(KURS_END, kurs_revision_next(snapshot, "GBP/USD", &revision, &revision, &fixture->error));
    kurs_snapshot_close(snapshot);
}

struct heard {
    int count;
    uint64_t row_first, row_later;
};

static void hear(void *context, const char *name, int64_t time_us, uint64_t row_first, uint64_t row_later)
{
    struct heard *heard = context;
    (void)time_us;
    assert_string_equal(name, "EUR/USD");
    heard->count++;
    heard->row_first = row_first;
    heard->row_later = row_later;
}

/* Rows 1, 2, … of days and rates; the second of a day with another rate is to be heard of. */
static struct kurs_counts write_days(struct fixture *fixture, size_t count, const int64_t *days, const int64_t *rates,
                                     struct heard *heard)
{
    struct writer_options options = {.now_us = 1, .context = heard, .on_duplicate = hear};
    struct kurs_import_record record = {.source = "days"};
    struct kurs_name name = fixture_name("EUR/USD");
    struct kurs_counts counts = {0};
    struct writer *writer;
    uint32_t index;
    assert_status(KURS_OK, writer_begin(fixture->store, &options, &writer, &fixture->error));
    assert_status(KURS_OK, writer_series(writer, &name, KURS_DAILY, &index, &fixture->error));
    for (size_t i = 0; i < count; i++) {
        int64_t time_us = days[i] * DAY;
        int8_t exponent = -5;
        uint64_t row = i + 1;
        assert_status(KURS_OK, writer_points(writer, index, 1, &time_us, &rates[i], &exponent, &row, &fixture->error));
    }
    assert_status(KURS_OK, writer_settle(writer, &counts, &fixture->error));
    assert_status(KURS_OK, writer_commit(writer, &record, &fixture->error));
    return counts;
}

static void a_second_value_for_a_date_is_rejected(void **state)
{
    struct fixture *fixture = *state;
    struct heard heard = {0};
    const int64_t days[] = {1, 1, 1, 2}, rates[] = {10, 10, 11, 20};
    struct kurs_counts counts = write_days(fixture, 4, days, rates, &heard);
    assert_int_equal(counts.added, 2);
    assert_int_equal(counts.identical, 1);
    assert_int_equal(counts.rejected, 1);
    assert_int_equal(heard.count, 1);
    assert_int_equal(heard.row_first, 1);
    assert_int_equal(heard.row_later, 3);
}

static void a_late_second_value_for_a_date_is_rejected(void **state)
{
    struct fixture *fixture = *state;
    struct heard heard = {0};
    const int64_t newest_first[] = {5, 4, 4, 3, 3}, rates[] = {50, 40, 41, 30, 30}, after[] = {6, 7, 6},
                  more[] = {60, 70, 61};
    struct kurs_counts counts = write_days(fixture, 5, newest_first, rates, &heard);
    assert_int_equal(counts.added, 3);
    assert_int_equal(counts.identical, 1);
    assert_int_equal(counts.rejected, 1);
    assert_int_equal(heard.row_first, 2);
    assert_int_equal(heard.row_later, 3);
    counts = write_days(fixture, 3, after, more, &heard); /* the first was written already */
    assert_int_equal(counts.added, 2);
    assert_int_equal(counts.rejected, 1);
    assert_int_equal(heard.row_later, 3);
    fixture_verify(fixture);
}

static void ticks_of_one_instant_keep_their_order(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {100, 100, 100, 101, 200}, rates[] = {3, 1, 2, 9, 5};
    const int64_t slots[] = {100, 101, 102, 103, 200};
    struct kurs_counts counts = write_ok(fixture, KURS_INSTANT, KURS_FAIL, 1, 5, times, rates);
    assert_int_equal(counts.added, 5);
    assert_int_equal(counts.spread, 3);
    assert_points(fixture, KURS_KNOWN_LATEST, 5, slots, rates);
    counts = write_ok(fixture, KURS_INSTANT, KURS_FAIL, 2, 5, times, rates);
    assert_int_equal(counts.identical, 5);
}

static void late_ticks_go_behind_those_of_their_instant(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {100, 100, 101, 300, 100, 101, 50}, rates[] = {1, 2, 3, 4, 5, 6, 7};
    const int64_t slots[] = {50, 100, 101, 102, 103, 104, 300}, expected[] = {7, 1, 2, 5, 3, 6, 4};
    struct kurs_counts counts = write_ok(fixture, KURS_INSTANT, KURS_FAIL, 1, 7, times, rates);
    assert_int_equal(counts.added, 7);
    assert_points(fixture, KURS_KNOWN_LATEST, 7, slots, expected);
    counts = write_ok(fixture, KURS_INSTANT, KURS_FAIL, 2, 7, times, rates);
    assert_int_equal(counts.identical, 7);
}

static void many_late_ticks_of_an_instant_push_blocks_along(void **state)
{
    struct fixture *fixture = *state;
    enum { COUNT = 40000, LATE = 20000 };
    int64_t *times = malloc((COUNT + LATE) * sizeof *times), *rates = malloc((COUNT + LATE) * sizeof *rates);
    assert_non_null(times);
    assert_non_null(rates);
    for (int64_t i = 0; i < COUNT + LATE; i++) {
        times[i] = i < COUNT ? 1000 + i : 1010;
        rates[i] = 1 + i * 7919 % 100003;
    }
    struct kurs_counts counts = write_ok(fixture, KURS_INSTANT, KURS_FAIL, 1, COUNT + LATE, times, rates);
    assert_int_equal(counts.added, COUNT + LATE);
    counts = write_ok(fixture, KURS_INSTANT, KURS_FAIL, 1, COUNT + LATE, times, rates);
    assert_int_equal(counts.identical, COUNT + LATE);
    free(times);
    free(rates);
}

static void kinds_do_not_mix(void **state)
{
    struct fixture *fixture = *state;
    const int64_t time_us = DAY, rate = 1;
    struct kurs_counts counts = {0};
    write_ok(fixture, KURS_DAILY, KURS_REPLACE, 1, 1, &time_us, &rate);
    assert_status(KURS_EKIND,
                  fixture_write(fixture, "EUR/USD", KURS_INSTANT, KURS_REPLACE, 2, 1, &time_us, &rate, &counts));
    assert_non_null(strstr(fixture->error.hint, "EUR/USD@"));
}

static void points_out_of_range_are_refused(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {KURS_TIME_MIN - 1, KURS_TIME_MAX + 1, 0, 0, 0};
    const int64_t rates[] = {1, 1, 0, -5, INT64_C(1000000000000000000)};
    struct kurs_counts counts = {0};
    for (int i = 0; i < 5; i++) {
        assert_status(KURS_ERANGE, fixture_write(fixture, "EUR/USD", KURS_INSTANT, KURS_REPLACE, 1, 1, &times[i],
                                                 &rates[i], &counts));
    }
    const int64_t noon_us = DAY / 2, rate = 1;
    assert_status(KURS_ERANGE,
                  fixture_write(fixture, "EUR/USD", KURS_DAILY, KURS_REPLACE, 1, 1, &noon_us, &rate, &counts));
    assert_int_equal(fixture_points(fixture, "EUR/USD"), 0);
}

static void first_and_last_instants_hold_points(void **state)
{
    struct fixture *fixture = *state;
    const int64_t times[] = {KURS_TIME_MAX, KURS_TIME_MIN, -1}, rates[] = {3, 1, 2};
    const int64_t ordered[] = {KURS_TIME_MIN, -1, KURS_TIME_MAX}, expected[] = {1, 2, 3};
    struct kurs_counts counts = {0};
    write_ok(fixture, KURS_INSTANT, KURS_REPLACE, 1, 3, times, rates);
    assert_points(fixture, KURS_KNOWN_LATEST, 3, ordered, expected);
    const int64_t ends[] = {KURS_TIME_MAX, KURS_TIME_MAX}, two[] = {3, 4};
    assert_status(KURS_ERANGE, fixture_write(fixture, "EUR/USD", KURS_INSTANT, KURS_REPLACE, 1, 2, ends, two, &counts));
}

static void an_aborted_import_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct writer_options options = {.now_us = 1};
    struct kurs_name name = fixture_name("EUR/USD");
    struct kurs_counts counts = {0};
    struct writer *writer;
    uint32_t index;
    int64_t time_us = 1, rate = 1;
    int8_t exponent = 0;
    uint64_t row = 1;
    assert_status(KURS_OK, writer_begin(fixture->store, &options, &writer, &fixture->error));
    assert_status(KURS_OK, writer_series(writer, &name, KURS_INSTANT, &index, &fixture->error));
    assert_status(KURS_OK, writer_points(writer, index, 1, &time_us, &rate, &exponent, &row, &fixture->error));
    assert_status(KURS_OK, writer_settle(writer, &counts, &fixture->error));
    assert_int_equal(counts.series_new, 1);
    writer_abort(writer);
    assert_int_equal(fixture_points(fixture, "EUR/USD"), 0);
    fixture_verify(fixture);
}

static void a_new_series_without_points_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_counts counts = write_ok(fixture, KURS_INSTANT, KURS_REPLACE, 1, 0, NULL, NULL);
    struct kurs_snapshot *snapshot;
    struct kurs_series series;
    struct kurs_import_record record;
    assert_int_equal(counts.series_new, 0);
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    assert_status(KURS_END, kurs_series_next(snapshot, "", &series, &fixture->error));
    assert_status(KURS_END, kurs_import_next(snapshot, 0, &record, &fixture->error));
    kurs_snapshot_close(snapshot);
}

static void imports_are_listed_and_never_go_back_in_time(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_snapshot *snapshot;
    struct kurs_import_record record;
    const int64_t nows[] = {500, 300, 700};
    for (int64_t i = 0; i < 3; i++) {
        const int64_t rate = 1 + i;
        write_ok(fixture, KURS_INSTANT, KURS_REPLACE, nows[i], 1, &i, &rate);
    }
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    const int64_t expected[] = {500, 500, 700};
    for (uint32_t i = 0; i < 3; i++) {
        assert_status(KURS_OK, kurs_import_next(snapshot, i, &record, &fixture->error));
        assert_int_equal(record.id, i + 1);
        assert_int_equal(record.when_us, expected[i]);
        assert_int_equal(record.counts.added, 1);
        assert_string_equal(record.source, "test");
        assert_string_equal(record.format, "none");
    }
    assert_status(KURS_END, kurs_import_next(snapshot, 3, &record, &fixture->error));
    kurs_snapshot_close(snapshot);
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, 600, &snapshot, &fixture->error));
    assert_status(KURS_OK, kurs_import_next(snapshot, 1, &record, &fixture->error));
    assert_status(KURS_END, kurs_import_next(snapshot, 2, &record, &fixture->error));
    kurs_snapshot_close(snapshot);
}

/* Fifty series, each newest first, in memory for a fraction of them: the store is the same as in order. */
static void memory_bounds_do_not_change_the_result(void **state)
{
    struct fixture *fixture = *state;
    enum { SERIES = 50, COUNT = 2000 };
    struct writer_options options = {.now_us = 1, .memory_bytes = 200000};
    struct kurs_import_record record = {.source = "bounds"};
    struct kurs_counts counts = {0};
    struct writer *writer;
    uint32_t index[SERIES];
    assert_status(KURS_OK, writer_begin(fixture->store, &options, &writer, &fixture->error));
    for (int s = 0; s < SERIES; s++) {
        char text[16];
        snprintf(text, sizeof text, "EUR/X%c%c", 'A' + s / 26, 'A' + s % 26);
        struct kurs_name name = fixture_name(text);
        assert_status(KURS_OK, writer_series(writer, &name, KURS_INSTANT, &index[s], &fixture->error));
    }
    for (int64_t i = 0; i < COUNT; i++) {
        for (int s = 0; s < SERIES; s++) {
            int64_t time_us = (s % 2 == 0 ? COUNT - i : i) * KURS_SECOND_US, rate = 1 + i;
            int8_t exponent = 0;
            uint64_t row = (uint64_t)i + 1;
            assert_status(KURS_OK,
                          writer_points(writer, index[s], 1, &time_us, &rate, &exponent, &row, &fixture->error));
        }
    }
    assert_status(KURS_OK, writer_settle(writer, &counts, &fixture->error));
    assert_int_equal(counts.added, SERIES * COUNT);
    assert_int_equal(counts.series_new, SERIES);
    assert_status(KURS_OK, writer_commit(writer, &record, &fixture->error));
    fixture_verify(fixture);
    assert_int_equal(fixture_files(fixture), 2); /* the temporary file left no name */
}

static uint64_t stored_blocks(struct fixture *fixture, const char *name)
{
    MDB_txn *txn;
    struct series_record record;
    assert_status(KURS_OK, env_begin(fixture->store, false, &txn, &fixture->error));
    assert_status(KURS_OK, series_load(fixture->store, txn, name, &record, &fixture->error));
    env_abort(fixture->store, txn);
    return record.blocks;
}

/* Else hundreds of well compressed series, each with thousands of points in its newest block, would be read and written
 * again for every few points of each: 2.7 M rows of 290 series took 15 s instead of one. */
static void a_block_too_large_for_a_share_of_the_memory_is_not_taken_up_again(void **state)
{
    struct fixture *fixture = *state;
    enum { COUNT = 1000 };
    struct kurs_name name = fixture_name("EUR/USD");
    struct kurs_import_record record = {.source = "share"};
    fixture_ticks(fixture, "EUR/USD", COUNT, KURS_SECOND_US);
    assert_int_equal(stored_blocks(fixture, "EUR/USD"), 1);
    const size_t memory_bytes[] = {0, 60000}; /* a stream may hold half of it */
    for (int i = 0; i < 2; i++) {
        struct writer_options options = {.now_us = 1, .memory_bytes = memory_bytes[i]};
        struct writer *writer;
        uint32_t index;
        int64_t time_us = (2 * COUNT + i) * KURS_SECOND_US, coefficient = 110000;
        int8_t exponent = -5;
        uint64_t row = 1;
        assert_status(KURS_OK, writer_begin(fixture->store, &options, &writer, &fixture->error));
        assert_status(KURS_OK, writer_series(writer, &name, KURS_INSTANT, &index, &fixture->error));
        assert_status(KURS_OK,
                      writer_points(writer, index, 1, &time_us, &coefficient, &exponent, &row, &fixture->error));
        assert_status(KURS_OK, writer_commit(writer, &record, &fixture->error));
        fixture_verify(fixture);
        assert_int_equal(stored_blocks(fixture, "EUR/USD"), 1 + i);
    }
}

static void blocks_are_full_after_newest_first(void **state)
{
    struct fixture *fixture = *state;
    enum { COUNT = 100000 };
    struct kurs_snapshot *snapshot;
    struct kurs_series series;
    int64_t *times = malloc(COUNT * sizeof *times), *rates = malloc(COUNT * sizeof *rates);
    assert_non_null(times);
    assert_non_null(rates);
    for (int64_t i = 0; i < COUNT; i++) {
        times[i] = (COUNT - i) * KURS_SECOND_US;
        rates[i] = 110000 + (int64_t)((uint32_t)(COUNT - 1 - i) * UINT32_C(2654435761) >> 22);
    }
    write_ok(fixture, KURS_INSTANT, KURS_FAIL, 1, COUNT, times, rates);
    fixture_ticks(fixture, "GBP/USD", COUNT, KURS_SECOND_US);
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    assert_status(KURS_OK, kurs_series_find(snapshot, "EUR/USD", &series, &fixture->error));
    uint64_t backwards = series.bytes;
    assert_status(KURS_OK, kurs_series_find(snapshot, "GBP/USD", &series, &fixture->error));
    assert_in_range(backwards, series.bytes - series.bytes / 50, series.bytes + series.bytes / 50);
    kurs_snapshot_close(snapshot);
    free(times);
    free(rates);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        CASE(equal_values_are_identical_and_write_nothing),
        CASE(a_commit_that_fails_leaves_the_record_as_it_was),
        CASE(other_decimals_of_one_value_are_identical),
        CASE(conflicts_replace_keep_or_fail),
        CASE(revisions_tell_old_and_new_value),
        CASE(a_second_value_for_a_date_is_rejected),
        CASE(a_late_second_value_for_a_date_is_rejected),
        CASE(ticks_of_one_instant_keep_their_order),
        CASE(late_ticks_go_behind_those_of_their_instant),
        CASE(many_late_ticks_of_an_instant_push_blocks_along),
        CASE(kinds_do_not_mix),
        CASE(points_out_of_range_are_refused),
        CASE(first_and_last_instants_hold_points),
        CASE(an_aborted_import_leaves_nothing),
        CASE(a_new_series_without_points_is_not_written),
        CASE(imports_are_listed_and_never_go_back_in_time),
        CASE(memory_bounds_do_not_change_the_result),
        CASE(a_block_too_large_for_a_share_of_the_memory_is_not_taken_up_again),
        CASE(blocks_are_full_after_newest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
