/* query_fixture.h: a store of its own for each test of the queries, and plain arrays to check them against. Points are
 * written through the store's writer, and read back through kurs.h only. */
#ifndef KURS_TESTS_QUERY_FIXTURE_H
#define KURS_TESTS_QUERY_FIXTURE_H

#include "unit/unit.h"

#include <stdio.h>
#include <unistd.h>

#include "base/decimal.h"
#include "store/writer.h"

#define FIXTURE_NOW_US (INT64_C(1765540800) * KURS_SECOND_US) /* 2025-12-12T12:00Z */

struct fixture {
    char folder[256];
    char path[300];
    struct kurs_store *store;
    struct kurs_snapshot *snapshot;
};

static inline void fixture_open(struct fixture *fixture)
{
    const char *folder = getenv("TMPDIR");
    struct kurs_error error;
    snprintf(fixture->folder, sizeof fixture->folder, "%s/kurs-query-XXXXXX", folder != NULL ? folder : "/tmp");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/t.kurs", fixture->folder);
    assert_int_equal(kurs_store_open(fixture->path, KURS_OPEN_CREATE, FIXTURE_NOW_US, &fixture->store, &error),
                     KURS_OK);
    fixture->snapshot = NULL;
}

/* The snapshot of all that was added up to now. */
static inline struct kurs_snapshot *fixture_snapshot(struct fixture *fixture)
{
    kurs_snapshot_close(fixture->snapshot);
    assert_int_equal(kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &fixture->snapshot, NULL), KURS_OK);
    return fixture->snapshot;
}

static inline void fixture_close(struct fixture *fixture)
{
    char lock[320];
    kurs_snapshot_close(fixture->snapshot);
    kurs_store_close(fixture->store);
    snprintf(lock, sizeof lock, "%s-lock", fixture->path);
    unlink(lock);
    unlink(fixture->path);
    rmdir(fixture->folder);
}

/* That of the case that runs: one at a time, set up and torn down around it. */
static struct fixture f;

static inline int set_up(void **state)
{
    (void)state;
    fixture_open(&f);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    fixture_close(&f);
    return 0;
}

static inline void fixture_add_at(struct fixture *fixture, const char *text, enum kurs_kind kind,
                                  const struct kurs_point *points, size_t count, int64_t now_us)
{
    struct kurs_name name;
    struct writer *writer;
    struct writer_options options = {.on_conflict = KURS_REPLACE, .now_us = now_us};
    struct kurs_import_record record = {.when_us = now_us, .source = "test"};
    struct kurs_error error;
    uint32_t index;
    int64_t *time_us = malloc((count + 1) * sizeof *time_us);
    int64_t *coefficient = malloc((count + 1) * sizeof *coefficient);
    int8_t *exponent = malloc(count + 1);
    uint64_t *row = malloc((count + 1) * sizeof *row);
    assert_true(time_us != NULL && coefficient != NULL && exponent != NULL && row != NULL);
    for (size_t i = 0; i < count; i++) {
        time_us[i] = points[i].time_us;
        coefficient[i] = points[i].rate.coefficient;
        exponent[i] = points[i].rate.exponent;
        row[i] = i + 1;
    }
    kurs_snapshot_close(fixture->snapshot);
    fixture->snapshot = NULL;
    assert_int_equal(kurs_name_parse(text, &name, NULL), KURS_OK);
    assert_int_equal(writer_begin(fixture->store, &options, &writer, &error), KURS_OK);
    assert_int_equal(writer_series(writer, &name, kind, &index, &error), KURS_OK);
    for (size_t i = 0; i < count; i += 65536) {
        size_t part = count - i < 65536 ? count - i : 65536;
        assert_int_equal(
            writer_points(writer, index, part, time_us + i, coefficient + i, exponent + i, row + i, &error), KURS_OK);
    }
    assert_int_equal(writer_settle(writer, &record.counts, &error), KURS_OK);
    assert_int_equal(writer_commit(writer, &record, &error), KURS_OK);
    free(time_us);
    free(coefficient);
    free(exponent);
    free(row);
}

static inline void fixture_add(struct fixture *fixture, const char *name, enum kurs_kind kind,
                               const struct kurs_point *points, size_t count)
{
    fixture_add_at(fixture, name, kind, points, count, FIXTURE_NOW_US);
}

/* The beginning of a time as kurs_time_parse reads it. */
static inline int64_t at(const char *text)
{
    int64_t from_us;
    int64_t until_us;
    assert_int_equal(kurs_time_parse(text, FIXTURE_NOW_US, NULL, &from_us, &until_us, NULL), KURS_OK);
    return from_us;
}

static inline struct kurs_decimal rate_of(const char *text)
{
    struct kurs_decimal decimal;
    assert_int_equal(kurs_decimal_parse(text, strlen(text), &decimal), KURS_OK);
    return decimal;
}

static inline struct kurs_point point_of(const char *time, const char *rate)
{
    return (struct kurs_point) {at(time), rate_of(rate)};
}

/* Adds a short series written as text: "2025-01-02 1.10 2025-01-03 1.12". */
static inline void fixture_add_text(struct fixture *fixture, const char *name, enum kurs_kind kind, const char *text)
{
    struct kurs_point points[64];
    size_t count = 0;
    char time[40];
    char rate[40];
    int used;
    while (sscanf(text, "%39s %39s%n", time, rate, &used) == 2) {
        assert_true(count < 64);
        points[count++] = point_of(time, rate);
        text += used;
    }
    fixture_add(fixture, name, kind, points, count);
}

static inline struct kurs_route fixture_route(struct fixture *fixture, const char *name)
{
    struct kurs_route route;
    struct kurs_error error;
    memset(&error, 0, sizeof error);
    if (fixture->snapshot == NULL) {
        fixture_snapshot(fixture);
    }
    if (kurs_route_find(fixture->snapshot, name, NULL, &route, &error) != KURS_OK) {
        fail_msg("%s: %s (%s)", error.what, error.why, error.hint);
    }
    return route;
}

#define assert_rate(decimal, text)                  \
    do {                                            \
        char rate_text_[KURS_DECIMAL_SIZE];         \
        kurs_decimal_format((decimal), rate_text_); \
        assert_string_equal(rate_text_, (text));    \
    } while (0)

#define assert_time(time_us, text) assert_int_equal((time_us), at(text))

#define assert_percent(ratio, decimals, text)                     \
    do {                                                          \
        char percent_text_[KURS_PERCENT_SIZE];                    \
        kurs_percent_format(&(ratio), (decimals), percent_text_); \
        assert_string_equal(percent_text_, (text));               \
    } while (0)

/* ---- Random points and the plain-array oracle -------------------------------------------------------------------- */

/* xorshift64*: the same numbers everywhere. */
static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static inline int64_t random_below(uint64_t *state, int64_t limit)
{
    return (int64_t)(next_random(state) % (uint64_t)limit);
}

struct naive {
    struct kurs_point *points;
    size_t count;
};

/* A walk of `count` points from `from_us`, `gap_us` apart on average, with pauses of up to 200 gaps; the scale of the
 * rates changes now and then, and equal rates occur. */
static inline struct naive naive_walk(uint64_t *seed, size_t count, int64_t from_us, int64_t gap_us,
                                      enum kurs_kind kind)
{
    struct naive series = {malloc((count + 1) * sizeof *series.points), count};
    assert_non_null(series.points);
    int64_t value = 100000 + random_below(seed, 100000);
    int64_t time_us = from_us;
    int exponent = -5;
    for (size_t i = 0; i < count; i++) {
        int64_t step =
            kind == KURS_DAILY ? KURS_DAY_US * (1 + random_below(seed, 8) / 6) : 1 + random_below(seed, 2 * gap_us);
        time_us += random_below(seed, 500) == 0 ? step * (1 + random_below(seed, 200)) : step;
        value += random_below(seed, 7) - 3;
        value = value < 10 ? 10 : value;
        if (random_below(seed, 300) == 0) {
            exponent = -7 + (int)random_below(seed, 5);
        }
        series.points[i].time_us = time_us;
        series.points[i].rate = (struct kurs_decimal) {value, (int8_t)exponent};
    }
    return series;
}

static inline void naive_free(struct naive *series)
{
    free(series->points);
    series->points = NULL;
}

/* How many points are before until_us. */
static inline size_t naive_before(const struct naive *series, int64_t until_us)
{
    size_t low = 0;
    size_t high = series->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (series->points[middle].time_us < until_us) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The inverse at 10 digits. */
static inline struct naive naive_inverse(const struct naive *series)
{
    struct naive inverse = {malloc((series->count + 1) * sizeof *inverse.points), series->count};
    assert_non_null(inverse.points);
    for (size_t i = 0; i < series->count; i++) {
        inverse.points[i].time_us = series->points[i].time_us;
        assert_int_equal(
            kurs_decimal_divide((struct kurs_decimal) {1, 0}, series->points[i].rate, 10, &inverse.points[i].rate),
            KURS_OK);
    }
    return inverse;
}

/* a/b wherever one of them has a point and both are known. */
static inline struct naive naive_quotient(const struct naive *a, const struct naive *b)
{
    struct naive cross = {malloc((a->count + b->count + 1) * sizeof *cross.points), 0};
    assert_non_null(cross.points);
    for (size_t i = 0, j = 0; i < a->count || j < b->count;) {
        int64_t a_us = i < a->count ? a->points[i].time_us : INT64_MAX;
        int64_t b_us = j < b->count ? b->points[j].time_us : INT64_MAX;
        int64_t time_us = a_us < b_us ? a_us : b_us;
        i += a_us == time_us;
        j += b_us == time_us;
        if (i > 0 && j > 0) {
            struct kurs_point *point = &cross.points[cross.count++];
            point->time_us = time_us;
            assert_int_equal(kurs_decimal_divide(a->points[i - 1].rate, b->points[j - 1].rate, 10, &point->rate),
                             KURS_OK);
        }
    }
    return cross;
}

static inline void assert_same_point(struct kurs_point a, struct kurs_point b)
{
    assert_int_equal(a.time_us, b.time_us);
    assert_int_equal(a.rate.coefficient, b.rate.coefficient);
    assert_int_equal(a.rate.exponent, b.rate.exponent);
}

/* The summary of points [from, until) of the array, by the definition. */
static inline struct kurs_summary naive_summary(const struct naive *series, size_t from, size_t until)
{
    struct kurs_summary summary;
    memset(&summary, 0, sizeof summary);
    if (from >= until) {
        return summary;
    }
    const struct kurs_point *points = series->points;
    int finest = 0;
    summary.count = until - from;
    summary.first = summary.low = summary.high = points[from];
    summary.last = points[until - 1];
    for (size_t i = from; i < until; i++) {
        finest = points[i].rate.exponent < finest ? points[i].rate.exponent : finest;
        if (kurs_decimal_compare(points[i].rate, summary.low.rate) < 0) {
            summary.low = points[i];
        }
        if (kurs_decimal_compare(points[i].rate, summary.high.rate) > 0) {
            summary.high = points[i];
        }
    }
    decimal_i128 sum = 0;
    for (size_t i = from; i < until; i++) {
        decimal_i128 scaled = points[i].rate.coefficient;
        for (int e = points[i].rate.exponent; e > finest; e--) {
            scaled *= 10;
        }
        sum += scaled;
    }
    decimal_i128 count = (decimal_i128)(until - from);
    decimal_i128 mean = (sum * 100 + count / 2) / count; /* half up: all are > 0; an even count's half is exact */
    summary.mean = (struct kurs_decimal) {(int64_t)mean, (int8_t)(finest - 2)};
    return summary;
}

static inline void assert_same_summary(const struct kurs_summary *got, const struct kurs_summary *wanted)
{
    assert_int_equal(got->count, wanted->count);
    if (wanted->count > 0) {
        assert_same_point(got->first, wanted->first);
        assert_same_point(got->last, wanted->last);
        assert_same_point(got->low, wanted->low);
        assert_same_point(got->high, wanted->high);
        assert_int_equal(kurs_decimal_compare(got->mean, wanted->mean), 0);
        assert_int_equal(got->mean.exponent, wanted->mean.exponent);
    }
}

#endif
