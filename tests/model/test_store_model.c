/* test_store_model.c: random work on a store beside a naive sorted array; everything readable is compared. The seed is
 * printed; KURS_SEED is not read: change SEED_FIRST to repeat one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kurs.h"
#include "store/scan.h"
#include "store/summary.h"
#include "store/writer.h"

#define SEED_FIRST   1
#define ROUNDS       12
#define STEPS        25
#define POINTS_MAX   60000
#define HISTORY_MAX  40000
#define SERIES_COUNT 3
#define RUN_MAX      4000

/* ---- The model: every point's values with the import that set them ---- */

struct model_value {
    struct kurs_decimal rate;
    uint32_t import;
};
struct model_point {
    int64_t time_us;
    struct model_value now;
};
struct model_old { /* a value replaced */
    int64_t time_us;
    struct model_value value;
    uint32_t until; /* the import that replaced it */
};
struct model_series {
    struct kurs_name name;
    char text[KURS_NAME_SIZE];
    enum kurs_kind kind;
    size_t count;
    struct model_point *points;
    size_t old_count;
    struct model_old *old;
};
struct model {
    char folder[64], path[128];
    struct kurs_store *store;
    uint32_t imports; /* when = id * 1000 */
    uint64_t random;
    struct model_series series[SERIES_COUNT];
};

static uint64_t next_random(struct model *model)
{
    model->random ^= model->random << 13;
    model->random ^= model->random >> 7;
    model->random ^= model->random << 17;
    return model->random;
}

static size_t below(struct model *model, size_t bound)
{
    return (size_t)(next_random(model) % bound);
}

static size_t model_find(const struct model_series *series, int64_t time_us)
{
    size_t from = 0, until = series->count;
    while (from < until) {
        size_t middle = (from + until) / 2;
        if (series->points[middle].time_us < time_us) {
            from = middle + 1;
        } else {
            until = middle;
        }
    }
    return from;
}

struct row {
    int64_t time_us;
    struct kurs_decimal rate;
    uint64_t row;
};

static int row_order(const void *a, const void *b)
{
    const struct row *left = a, *right = b;
    if (left->time_us != right->time_us) {
        return left->time_us < right->time_us ? -1 : 1;
    }
    return left->row < right->row ? -1 : left->row > right->row;
}

/* The rules of writer.h, naively. False: a conflict under FAIL. */
static bool model_apply(struct model *model, struct model_series *series, struct row *rows, size_t count,
                        enum kurs_conflict on_conflict, struct kurs_counts *counts)
{
    uint32_t import = model->imports + 1;
    qsort(rows, count, sizeof *rows, row_order);
    struct model_point *fresh = malloc((count + 1) * sizeof *fresh);
    size_t fresh_count = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (series->kind == KURS_DAILY && kept > 0 && rows[kept - 1].time_us == rows[i].time_us) {
            bool same = kurs_decimal_compare(rows[kept - 1].rate, rows[i].rate) == 0;
            counts->identical += same;
            counts->rejected += !same;
            continue;
        }
        struct row row = rows[i];
        int64_t original_us = row.time_us;
        if (kept > 0 && row.time_us <= rows[kept - 1].time_us) {
            row.time_us = rows[kept - 1].time_us + 1;
        }
        rows[kept++] = row;
        size_t at = model_find(series, row.time_us);
        if (at == series->count || series->points[at].time_us != row.time_us) {
            fresh[fresh_count++] = (struct model_point) {row.time_us, {row.rate, import}};
            counts->added++;
            counts->spread += row.time_us != original_us;
            continue;
        }
        struct model_value *stored = &series->points[at].now;
        if (kurs_decimal_compare(stored->rate, row.rate) == 0) {
            counts->identical++;
        } else if (on_conflict == KURS_KEEP) {
            counts->kept++;
        } else if (on_conflict == KURS_FAIL) {
            free(fresh);
            return false;
        } else {
            assert_true(series->old_count < HISTORY_MAX);
            series->old[series->old_count++] = (struct model_old) {row.time_us, *stored, import};
            *stored = (struct model_value) {row.rate, import};
            counts->replaced++;
        }
    }
    assert_true(series->count + fresh_count <= POINTS_MAX);
    size_t end = series->count + fresh_count, old = series->count;
    series->count = end;
    while (end > 0 && fresh_count > 0) { /* merge from behind */
        if (old > 0 && series->points[old - 1].time_us > fresh[fresh_count - 1].time_us) {
            series->points[--end] = series->points[--old];
        } else {
            series->points[--end] = fresh[--fresh_count];
        }
    }
    free(fresh);
    return true;
}

/* ---- Checking ---- */

static bool known_value(const struct model_series *series, size_t at, uint32_t known, struct kurs_decimal *rate)
{
    const struct model_point *point = &series->points[at];
    if (point->now.import <= known) {
        *rate = point->now.rate;
        return true;
    }
    for (size_t i = 0; i < series->old_count; i++) {
        const struct model_old *old = &series->old[i];
        if (old->time_us == point->time_us && old->value.import <= known && old->until > known) {
            *rate = old->value.rate;
            return true;
        }
    }
    return false;
}

static void assert_rate(struct kurs_decimal a, struct kurs_decimal b)
{
    assert_int_equal(a.coefficient, b.coefficient);
    assert_int_equal(a.exponent, b.exponent);
}

static void assert_point(struct kurs_point a, struct kurs_point b)
{
    assert_int_equal(a.time_us, b.time_us);
    assert_rate(a.rate, b.rate);
}

/* The points a snapshot at `known` shows of [from_us, until_us). */
static size_t model_range(const struct model_series *series, uint32_t known, int64_t from_us, int64_t until_us,
                          struct kurs_point *points)
{
    size_t count = 0;
    for (size_t i = model_find(series, from_us); i < series->count && series->points[i].time_us < until_us; i++) {
        struct kurs_decimal rate;
        if (known_value(series, i, known, &rate)) {
            points[count++] = (struct kurs_point) {series->points[i].time_us, rate};
        }
    }
    return count;
}

static void check_range(struct kurs_snapshot *snapshot, const struct model_series *series, uint32_t known,
                        int64_t from_us, int64_t until_us, struct kurs_point *expected)
{
    struct kurs_error error;
    size_t count = model_range(series, known, from_us, until_us, expected), at = 0;
    struct summary naive = {0};
    struct scan *scan;
    struct kurs_batch batch;
    for (size_t i = 0; i < count; i++) {
        summary_add_point(&naive, expected[i]);
    }
    assert_int_equal(scan_open(snapshot, series->text, from_us, until_us, &scan, &error), KURS_OK);
    enum kurs_status status;
    while ((status = scan_next(scan, &batch, &error)) == KURS_OK) {
        assert_true(batch.count > 0 && at + batch.count <= count);
        for (size_t i = 0; i < batch.count; i++, at++) {
            assert_point((struct kurs_point) {batch.time_us[i], {batch.coefficient[i], batch.exponent[i]}},
                         expected[at]);
        }
    }
    scan_close(scan);
    assert_int_equal(status, KURS_END);
    assert_int_equal(at, count);
    struct summary sum;
    assert_int_equal(scan_fold(snapshot, series->text, from_us, until_us, &sum, &error), KURS_OK);
    assert_true(summary_equal(&sum, &naive));
}

static void check_single(struct kurs_snapshot *snapshot, const struct model_series *series, uint32_t known,
                         int64_t at_us)
{
    struct kurs_error error;
    struct kurs_point point;
    struct kurs_decimal rate;
    size_t at = model_find(series, at_us + 1);
    while (at > 0 && !known_value(series, at - 1, known, &rate)) {
        at--;
    }
    enum kurs_status status = scan_asof(snapshot, series->text, at_us, &point, &error);
    assert_int_equal(status, at == 0 ? KURS_END : KURS_OK);
    if (at > 0) {
        assert_point(point, (struct kurs_point) {series->points[at - 1].time_us, rate});
    }
    at = model_find(series, at_us);
    while (at < series->count && !known_value(series, at, known, &rate)) {
        at++;
    }
    status = scan_from(snapshot, series->text, at_us, &point, &error);
    assert_int_equal(status, at == series->count ? KURS_END : KURS_OK);
    if (at < series->count) {
        assert_point(point, (struct kurs_point) {series->points[at].time_us, rate});
    }
}

static void check_record(struct kurs_snapshot *snapshot, const struct model_series *series, uint32_t known,
                         struct kurs_point *all)
{
    struct kurs_error error;
    struct kurs_series record;
    size_t count = model_range(series, known, KURS_TIME_MIN, KURS_TIME_MAX + 1, all);
    enum kurs_status status = kurs_series_find(snapshot, series->text, &record, &error);
    assert_int_equal(status, count == 0 ? KURS_ENODATA : KURS_OK);
    if (count > 0) {
        assert_int_equal(record.kind, series->kind);
        assert_int_equal(record.points, count);
        assert_point(record.first, all[0]);
        assert_point(record.last, all[count - 1]);
        assert_point(record.previous, all[count > 1 ? count - 2 : 0]);
    }
}

static void check_revisions(struct kurs_snapshot *snapshot, const struct model_series *series)
{
    struct kurs_error error;
    struct kurs_revision revision = {.name = ""};
    size_t count = 0;
    enum kurs_status status;
    while ((status = kurs_revision_next(snapshot, series->text, &revision, &revision, &error)) == KURS_OK) {
        bool found = false;
        for (size_t i = 0; i < series->old_count && !found; i++) {
            const struct model_old *old = &series->old[i];
            found = old->time_us == revision.time_us && old->until == revision.new_import;
            if (found) {
                assert_rate(revision.old_rate, old->value.rate);
                assert_int_equal(revision.old_import, old->value.import);
                assert_int_equal(revision.when_us, (int64_t)old->until * 1000);
            }
        }
        assert_true(found);
        count++;
    }
    assert_int_equal(status, KURS_END);
    assert_int_equal(count, series->old_count);
}

static int64_t random_time(struct model *model, const struct model_series *series)
{
    if (series->count == 0) {
        return 0;
    }
    return series->points[below(model, series->count)].time_us + (int64_t)below(model, 3) - 1;
}

static void check_all(struct model *model)
{
    static struct kurs_point expected[POINTS_MAX];
    struct kurs_error error;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t known = pass == 0 ? UINT32_MAX : (uint32_t)below(model, model->imports + 1);
        int64_t known_us = pass == 0 ? KURS_KNOWN_LATEST : (int64_t)known * 1000;
        struct kurs_snapshot *snapshot;
        assert_int_equal(kurs_snapshot_open(model->store, known_us, &snapshot, &error), KURS_OK);
        for (int i = 0; i < SERIES_COUNT; i++) {
            const struct model_series *series = &model->series[i];
            check_record(snapshot, series, known, expected);
            if (series->count == 0) {
                continue;
            }
            check_range(snapshot, series, known, KURS_TIME_MIN, KURS_TIME_MAX + 1, expected);
            for (int j = 0; j < 4; j++) {
                int64_t a = random_time(model, series), b = random_time(model, series);
                check_range(snapshot, series, known, a < b ? a : b, a < b ? b : a, expected);
                check_single(snapshot, series, known, a);
            }
            if (pass == 0) {
                check_revisions(snapshot, series);
            }
        }
        kurs_snapshot_close(snapshot);
    }
    struct kurs_verify_report report;
    enum kurs_status status = kurs_store_verify(model->store, NULL, NULL, &report, &error);
    if (status != KURS_OK) {
        print_error("%s: %s\n", error.what, error.why);
    }
    assert_int_equal(status, KURS_OK);
}

/* ---- Random work ---- */

static struct kurs_decimal random_rate(struct model *model)
{
    struct kurs_decimal rate = {(int64_t)(110000 + below(model, 200)), -5};
    if (below(model, 40) == 0) {
        rate = (struct kurs_decimal) {(int64_t)(11 + below(model, 3)), (int8_t)-1};
    }
    return rate;
}

/* Rows of one import: appended, inserted, newest first, shuffled, repeated, with ties. */
static size_t make_rows(struct model *model, const struct model_series *series, struct row *rows)
{
    size_t count = 1 + below(model, below(model, 4) == 0 ? 20 : RUN_MAX), shape = below(model, 6);
    int64_t unit = series->kind == KURS_DAILY ? KURS_DAY_US : (below(model, 3) == 0 ? 1 : 250000);
    int64_t span = (int64_t)(1 + below(model, 4 * count)) * unit;
    int64_t start = 0;
    if (series->count > 0) {
        int64_t first = series->points[0].time_us, last = series->points[series->count - 1].time_us;
        int64_t anchors[4] = {last + unit, last, series->points[below(model, series->count)].time_us, first - span};
        start = anchors[below(model, 4)] / unit * unit;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t offset = shape < 2 ? (int64_t)i * unit : (int64_t)below(model, (size_t)(span / unit) + 1) * unit;
        rows[i] = (struct row) {start + offset, random_rate(model), 0};
    }
    if (shape >= 1 && shape <= 3) {
        qsort(rows, count, sizeof *rows, row_order); /* ascending */
    }
    if (shape == 3) { /* newest first */
        for (size_t i = 0; i < count / 2; i++) {
            struct row swapped = rows[i];
            rows[i] = rows[count - 1 - i];
            rows[count - 1 - i] = swapped;
        }
    }
    if (shape == 1 && count > 10) { /* a few late */
        for (int i = 0; i < 5; i++) {
            size_t a = below(model, count), b = below(model, count);
            struct row swapped = rows[a];
            rows[a] = rows[b];
            rows[b] = swapped;
        }
    }
    for (size_t i = 0; i < count; i++) {
        rows[i].row = i + 1;
    }
    return count;
}

static void write_rows(struct model *model, struct writer *writer, uint32_t index, const struct row *rows, size_t count)
{
    struct kurs_error error;
    static int64_t time_us[RUN_MAX], coefficient[RUN_MAX];
    static int8_t exponent[RUN_MAX];
    static uint64_t row[RUN_MAX];
    for (size_t from = 0; from < count;) {
        size_t part = 1 + below(model, count - from);
        for (size_t i = 0; i < part; i++) {
            time_us[i] = rows[from + i].time_us;
            coefficient[i] = rows[from + i].rate.coefficient;
            exponent[i] = rows[from + i].rate.exponent;
            row[i] = rows[from + i].row;
        }
        enum kurs_status status = writer_points(writer, index, part, time_us, coefficient, exponent, row, &error);
        assert_int_equal(status, KURS_OK);
        from += part;
    }
}

static void copy_series(struct model_series *to, const struct model_series *from)
{
    struct model_point *points = to->points;
    struct model_old *old = to->old;
    memcpy(points, from->points, from->count * sizeof *points);
    memcpy(old, from->old, from->old_count * sizeof *old);
    *to = *from;
    to->points = points;
    to->old = old;
}

static void import(struct model *model, struct model_series *backup)
{
    static struct row rows[RUN_MAX];
    struct kurs_error error;
    struct model_series *series = &model->series[below(model, SERIES_COUNT)];
    if (series->count > POINTS_MAX - RUN_MAX || series->old_count > HISTORY_MAX - RUN_MAX) {
        return;
    }
    copy_series(backup, series);
    struct writer_options options = {
        .on_conflict = (enum kurs_conflict)below(model, 3),
        .now_us = (int64_t)(model->imports + 1) * 1000,
        .memory_bytes = below(model, 2) == 0 ? 0 : 60000, /* spills */
    };
    struct writer *writer;
    uint32_t index;
    assert_int_equal(writer_begin(model->store, &options, &writer, &error), KURS_OK);
    assert_int_equal(writer_series(writer, &series->name, series->kind, &index, &error), KURS_OK);
    size_t count = make_rows(model, series, rows);
    write_rows(model, writer, index, rows, count);
    struct kurs_counts expected = {0}, counts = {0};
    bool agreed = model_apply(model, series, rows, count, options.on_conflict, &expected);
    enum kurs_status status = writer_settle(writer, &counts, &error);
    assert_int_equal(status, agreed ? KURS_OK : KURS_ECONFLICT);
    if (!agreed || below(model, 10) == 0) {
        writer_abort(writer);
        copy_series(series, backup);
        return;
    }
    assert_int_equal(counts.added, expected.added);
    assert_int_equal(counts.identical, expected.identical);
    assert_int_equal(counts.replaced, expected.replaced);
    assert_int_equal(counts.kept, expected.kept);
    assert_int_equal(counts.rejected, expected.rejected);
    assert_int_equal(counts.spread, expected.spread);
    struct kurs_import_record record = {.source = "model", .counts = counts};
    status = writer_commit(writer, &record, &error);
    assert_int_equal(status, KURS_OK);
    bool changed = expected.added + expected.replaced > 0;
    assert_int_equal(record.id, changed ? model->imports + 1 : 0);
    model->imports += changed;
}

static void drop(struct model *model)
{
    struct kurs_error error;
    struct model_series *series = &model->series[below(model, SERIES_COUNT)];
    enum kurs_status status =
        kurs_series_drop(model->store, series->text, (int64_t)(model->imports + 1) * 1000, &error);
    assert_int_equal(status, series->count == 0 ? KURS_ENODATA : KURS_OK);
    model->imports += series->count > 0;
    series->count = series->old_count = 0;
}

static void open_store(struct model *model)
{
    struct kurs_error error;
    enum kurs_status status = kurs_store_open(model->path, KURS_OPEN_CREATE, 0, &model->store, &error);
    if (status != KURS_OK) {
        print_error("%s: %s\n", error.what, error.why);
    }
    assert_int_equal(status, KURS_OK);
}

static void run_round(struct model *model, struct model_series *backup)
{
    open_store(model);
    for (int step = 0; step < STEPS; step++) {
        size_t what = below(model, 30);
        if (what == 0) {
            drop(model);
        } else if (what < 4) {
            kurs_store_close(model->store);
            open_store(model);
        } else {
            import(model, backup);
        }
        if (step % 5 == 4) {
            check_all(model);
        }
    }
    kurs_store_close(model->store);
}

static void allocate(struct model_series *series)
{
    series->points = malloc(POINTS_MAX * sizeof *series->points);
    series->old = malloc(HISTORY_MAX * sizeof *series->old);
    assert_non_null(series->points);
    assert_non_null(series->old);
}

static void store_equals_a_sorted_array(void **state)
{
    (void)state;
    static const char *const names[SERIES_COUNT] = {"EUR/USD@ticks", "KGS/USD", "EUR/USD"};
    for (uint64_t seed = SEED_FIRST; seed < SEED_FIRST + ROUNDS; seed++) {
        print_message("seed %llu\n", (unsigned long long)seed);
        struct model model = {.random = seed * UINT64_C(0x9E3779B97F4A7C15)};
        struct model_series backup = {.count = 0};
        snprintf(model.folder, sizeof model.folder, "/tmp/kurs-model-XXXXXX");
        assert_non_null(mkdtemp(model.folder));
        snprintf(model.path, sizeof model.path, "%s/s.kurs", model.folder);
        allocate(&backup);
        for (int i = 0; i < SERIES_COUNT; i++) {
            struct model_series *series = &model.series[i];
            assert_int_equal(kurs_name_parse(names[i], &series->name, NULL), KURS_OK);
            kurs_name_format(&series->name, series->text);
            series->kind = i == 1 ? KURS_DAILY : KURS_INSTANT;
            allocate(series);
        }
        run_round(&model, &backup);
        for (int i = 0; i < SERIES_COUNT; i++) {
            free(model.series[i].points);
            free(model.series[i].old);
        }
        free(backup.points);
        free(backup.old);
        char lock[160];
        snprintf(lock, sizeof lock, "%s-lock", model.path);
        unlink(lock);
        unlink(model.path);
        assert_int_equal(rmdir(model.folder), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(store_equals_a_sorted_array)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
