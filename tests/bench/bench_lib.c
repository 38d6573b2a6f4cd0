/* bench_lib.c: the in-process side of `make bench`: what the library costs without a process around it. Prints
 * "name value" lines; times are monotonic, medians of RUNS.
 *
 *   bench_lib STORE PAIR             as-of, range summaries and a full decode of one stored series
 *   bench_lib grow FOLDER POINTS     makes FOLDER/POINTS.kurs of generated ticks (if missing), then the same
 */
#include "kurs.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS          5
#define ASOF_COUNT    200000
#define SUMMARY_COUNT 2000

static uint64_t state = UINT64_C(0x2545F4914F6CDD1D);

static uint64_t random_below(uint64_t limit)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (state * UINT64_C(2685821657736338717) >> 11) % limit;
}

static double now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void need(enum kurs_status status, const struct kurs_error *error)
{
    if (status != KURS_OK) {
        fprintf(stderr, "bench_lib: %s: %s\n", error->what, error->why);
        exit(1);
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *runs)
{
    qsort(runs, RUNS, sizeof *runs, ascending);
    return runs[RUNS / 2];
}

struct subject {
    struct kurs_snapshot *snapshot;
    struct kurs_route route;
    struct kurs_series series;
};

static int64_t random_time(const struct subject *s)
{
    uint64_t span = (uint64_t)(s->series.last.time_us - s->series.first.time_us) + 1;
    return s->series.first.time_us + (int64_t)random_below(span);
}

static double asof_s(const struct subject *s)
{
    struct kurs_error error;
    struct kurs_asof asof;
    double start = now_s();
    for (int i = 0; i < ASOF_COUNT; i++) {
        need(kurs_asof(s->snapshot, &s->route, random_time(s), &asof, &error), &error);
    }
    return (now_s() - start) / ASOF_COUNT;
}

static double summary_s(const struct subject *s)
{
    struct kurs_error error;
    struct kurs_summary summary;
    double start = now_s();
    for (int i = 0; i < SUMMARY_COUNT; i++) {
        int64_t a = random_time(s);
        int64_t b = random_time(s);
        need(kurs_summarize(s->snapshot, &s->route, a < b ? a : b, (a < b ? b : a) + 1, &summary, &error), &error);
    }
    return (now_s() - start) / SUMMARY_COUNT;
}

static double decode_s(const struct subject *s)
{
    struct kurs_error error;
    struct kurs_cursor *cursor;
    struct kurs_batch batch;
    uint64_t count = 0;
    double start = now_s();
    need(kurs_cursor_open(s->snapshot, &s->route, KURS_TIME_MIN, KURS_TIME_MAX, &cursor, &error), &error);
    for (;;) {
        enum kurs_status status = kurs_cursor_next(cursor, &batch, &error);
        if (status == KURS_END) {
            break;
        }
        need(status, &error);
        count += batch.count;
    }
    kurs_cursor_close(cursor);
    if (count != s->series.points) {
        fprintf(stderr, "bench_lib: %" PRIu64 " points decoded\n", count);
        exit(1);
    }
    return (now_s() - start) / (double)count;
}

static void print_median(const char *name, double (*job)(const struct subject *), const struct subject *subject)
{
    double runs[RUNS];
    for (int i = 0; i < RUNS; i++) {
        runs[i] = job(subject);
    }
    printf("%s %.12f\n", name, median(runs));
}

static void measure(const char *path, const char *pair)
{
    struct kurs_error error;
    struct kurs_store *store;
    struct subject s;
    need(kurs_store_open(path, KURS_OPEN_READ, 0, &store, &error), &error);
    need(kurs_snapshot_open(store, KURS_KNOWN_LATEST, &s.snapshot, &error), &error);
    need(kurs_route_find(s.snapshot, pair, NULL, &s.route, &error), &error);
    need(kurs_series_find(s.snapshot, s.route.leg[0], &s.series, &error), &error);
    printf("points %" PRIu64 "\n", s.series.points);
    print_median("asof", asof_s, &s);
    print_median("summary", summary_s, &s);
    print_median("decode", decode_s, &s);
    kurs_snapshot_close(s.snapshot);
    kurs_store_close(store);
}

/* A generated history of any length, written as text into kurs_import a batch of rows at a time. */
static void write_rows(FILE *out, uint64_t points)
{
    int64_t time_ms = INT64_C(946684800000);
    int32_t pips = 110000;
    (void)fputs("time,pair,rate\n", out);
    for (uint64_t i = 0; i < points; i++) {
        char text[KURS_TIME_SIZE];
        time_ms += 1 + (int64_t)random_below(683);
        pips += (int32_t)random_below(3) - 1;
        (void)kurs_time_format(time_ms * 1000, KURS_INSTANT, text);
        fprintf(out, "%s,EUR/USD,%d.%05d\n", text, pips / 100000, pips % 100000);
    }
}

static void grow(const char *folder, uint64_t points)
{
    char path[4096];
    char csv[4096];
    struct kurs_error error;
    struct kurs_store *store;
    (void)snprintf(path, sizeof path, "%s/%" PRIu64 ".kurs", folder, points);
    (void)snprintf(csv, sizeof csv, "%s/%" PRIu64 ".csv", folder, points);
    FILE *there = fopen(path, "rb");
    if (there != NULL) {
        (void)fclose(there);
    } else {
        FILE *out = fopen(csv, "wb");
        if (out == NULL) {
            exit(1);
        }
        write_rows(out, points);
        if (fclose(out) != 0) {
            exit(1);
        }
        struct kurs_import_options options = {
            .skip_lines = -1, .threads = 2, .now_us = INT64_C(4102444800000000), .at_us = INT64_MIN};
        struct kurs_counts counts;
        need(kurs_store_open(path, KURS_OPEN_CREATE, options.now_us, &store, &error), &error);
        need(kurs_import(store, csv, -1, "grow.csv", &options, &counts, &error), &error);
        kurs_store_close(store);
        (void)remove(csv);
    }
    measure(path, "EUR/USD");
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "grow") == 0) {
        grow(argv[2], strtoull(argv[3], NULL, 10));
    } else if (argc == 3) {
        measure(argv[1], argv[2]);
    } else {
        fputs("usage: bench_lib STORE PAIR | grow FOLDER POINTS\n", stderr);
        return 2;
    }
    return 0;
}
