/* store_fixture.h: a store in a scratch folder of its own, and the few steps every store test takes. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kurs.h"
#include "store/scan.h"
#include "store/summary.h"
#include "store/writer.h"

struct fixture {
    char folder[64];
    char path[96];
    struct kurs_store *store;
    struct kurs_error error;
};

#define assert_status(expected, call)                                                                \
    do {                                                                                             \
        enum kurs_status got_ = (call);                                                              \
        if (got_ != (expected)) {                                                                    \
            fail_msg("%s is %s, not %s", #call, kurs_status_name(got_), kurs_status_name(expected)); \
        }                                                                                            \
    } while (0)

static inline int fixture_folder(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/kurs-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/s.kurs", fixture->folder);
    *state = fixture;
    return 0;
}

static inline void fixture_open(struct fixture *fixture)
{
    assert_status(KURS_OK, kurs_store_open(fixture->path, KURS_OPEN_CREATE, 1, &fixture->store, &fixture->error));
}

static inline void fixture_close(struct fixture *fixture)
{
    kurs_store_close(fixture->store);
    fixture->store = NULL;
}

static inline int fixture_setup(void **state)
{
    fixture_folder(state);
    fixture_open(*state);
    return 0;
}

/* Removes the folder with the files in it. */
static inline int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    char path[512];
    fixture_close(fixture);
    DIR *folder = opendir(fixture->folder);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        snprintf(path, sizeof path, "%s/%s", fixture->folder, entry->d_name);
        if (entry->d_name[0] != '.') {
            assert_int_equal(remove(path), 0);
        }
    }
    closedir(folder);
    assert_int_equal(rmdir(fixture->folder), 0);
    free(fixture);
    return 0;
}

/* Files in the folder: a store and its lock are two. */
static inline int fixture_files(const struct fixture *fixture)
{
    int count = 0;
    DIR *folder = opendir(fixture->folder);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        count += entry->d_name[0] != '.';
    }
    closedir(folder);
    return count;
}

static inline struct kurs_name fixture_name(const char *text)
{
    struct kurs_name name;
    assert_status(KURS_OK, kurs_name_parse(text, &name, NULL));
    return name;
}

/* Rates of 5 decimals, all of one series in one import dated `now_us`. */
static inline enum kurs_status fixture_write(struct fixture *fixture, const char *text, enum kurs_kind kind,
                                             enum kurs_conflict on_conflict, int64_t now_us, size_t count,
                                             const int64_t *time_us, const int64_t *coefficient,
                                             struct kurs_counts *counts)
{
    struct writer_options options = {.on_conflict = on_conflict, .now_us = now_us};
    struct kurs_import_record record = {.source = "test", .format = "none"};
    struct kurs_name name = fixture_name(text);
    struct writer *writer;
    uint32_t index;
    enum kurs_status status = writer_begin(fixture->store, &options, &writer, &fixture->error);
    if (status != KURS_OK) {
        return status;
    }
    status = writer_series(writer, &name, kind, &index, &fixture->error);
    for (size_t i = 0; i < count && status == KURS_OK; i++) {
        int8_t exponent = -5;
        uint64_t row = i + 1;
        status = writer_points(writer, index, 1, &time_us[i], &coefficient[i], &exponent, &row, &fixture->error);
    }
    if (status == KURS_OK) {
        status = writer_settle(writer, counts, &fixture->error);
    }
    if (status != KURS_OK) {
        writer_abort(writer);
        return status;
    }
    record.counts = *counts;
    return writer_commit(writer, &record, &fixture->error);
}

/* `count` ticks a second apart, with 10 bits of noise each. */
static inline void fixture_ticks(struct fixture *fixture, const char *text, size_t count, int64_t from_us)
{
    int64_t *time_us = malloc(count * sizeof *time_us);
    int64_t *coefficient = malloc(count * sizeof *coefficient);
    struct kurs_counts counts = {0};
    assert_non_null(time_us);
    assert_non_null(coefficient);
    for (size_t i = 0; i < count; i++) {
        time_us[i] = from_us + (int64_t)i * KURS_SECOND_US;
        coefficient[i] = 110000 + (int64_t)((uint32_t)i * UINT32_C(2654435761) >> 22);
    }
    assert_status(KURS_OK,
                  fixture_write(fixture, text, KURS_INSTANT, KURS_REPLACE, 1, count, time_us, coefficient, &counts));
    assert_int_equal(counts.added, count);
    free(time_us);
    free(coefficient);
}

static inline void fixture_verify(struct fixture *fixture)
{
    struct kurs_verify_report report;
    enum kurs_status status = kurs_store_verify(fixture->store, NULL, NULL, &report, &fixture->error);
    if (status != KURS_OK) {
        fail_msg("verify: %s: %s", fixture->error.what, fixture->error.why);
    }
}

static inline uint64_t fixture_points(struct fixture *fixture, const char *text)
{
    struct kurs_snapshot *snapshot;
    struct kurs_series series = {.points = 0};
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    enum kurs_status status = kurs_series_find(snapshot, text, &series, &fixture->error);
    assert_true(status == KURS_OK || status == KURS_ENODATA);
    kurs_snapshot_close(snapshot);
    return series.points;
}

#endif
