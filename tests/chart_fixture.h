/* chart_fixture.h: a store of a few years made to mislead a chart, and what is asked of pictures of it. */
#ifndef KURS_TESTS_CHART_FIXTURE_H
#define KURS_TESTS_CHART_FIXTURE_H

#include "chart/chart.h"
#include "chart/frame.h"
#include "store/writer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_US     INT64_C(1765540800000000) /* 2025-12-12T12:00Z */
#define POINTS_MAX 8000

struct fixture {
    char folder[32], path[64];
    struct kurs_store *store;
    struct kurs_snapshot *snapshot;
};
static struct fixture fixture;

/* Points collected for one series. */
struct points {
    int64_t time_us[POINTS_MAX], coefficient[POINTS_MAX];
    int8_t exponent[POINTS_MAX];
    uint64_t row[POINTS_MAX];
    size_t count;
};

static inline int64_t at(const char *text)
{
    int64_t time_us;
    assert_int_equal(kurs_time_parse(text, 0, NULL, &time_us, NULL, NULL), KURS_OK);
    return time_us;
}

/* Weekdays of [from, until), or every `step_us` of the Forex week (Sunday 22:00 to Friday 22:00), the rate a slow wave. */
static inline void collect(struct points *points, const char *from, const char *until, int64_t step_us)
{
    int64_t until_us = at(until);
    for (int64_t t = at(from); t < until_us; t += step_us) {
        int64_t shifted_us = step_us < KURS_DAY_US ? t + 2 * KURS_HOUR_US : t;
        if ((shifted_us / KURS_DAY_US + 3) % 7 >= 5) {
            continue;
        }
        assert_true(points->count < POINTS_MAX);
        size_t i = points->count++;
        points->time_us[i] = t;
        points->coefficient[i] = 110000 + (int64_t)(9000 * sin((double)t / 3e13)) + (int64_t)(i % 7) * 40;
        points->exponent[i] = -5;
    }
}

static inline void store_points(struct writer *writer, const char *pair, enum kurs_kind kind, struct points *points)
{
    struct kurs_name name;
    uint32_t index;
    assert_int_equal(kurs_name_parse(pair, &name, NULL), KURS_OK);
    assert_int_equal(writer_series(writer, &name, kind, &index, NULL), KURS_OK);
    assert_int_equal(writer_points(writer, index, points->count, points->time_us, points->coefficient, points->exponent,
                                   points->row, NULL),
                     KURS_OK);
    points->count = 0;
}

/* HOL/USD: rates in three stretches of three months. NEW/USD: 2019 to 2023. OLD/USD: to June 2021. ODD/USD and EVE/USD:
 * days the other has not. FIR/USD, SEC/USD: one ends before the other begins. LAT/USD: from 13 March 2019. GAP/USD: with
 * a hole from February to July 2019. MIN/USD: quarter hours of some weeks. */
static inline int fill_store(void **state)
{
    static struct points points;
    (void)state;
    strcpy(fixture.folder, "/tmp/kurs-pages-XXXXXX");
    assert_non_null(mkdtemp(fixture.folder));
    snprintf(fixture.path, sizeof fixture.path, "%s/s.kurs", fixture.folder);
    assert_int_equal(kurs_store_open(fixture.path, KURS_OPEN_CREATE, NOW_US, &fixture.store, NULL), KURS_OK);
    struct writer_options options = {.now_us = NOW_US};
    struct writer *writer;
    struct kurs_import_record record = {.when_us = NOW_US, .source = "made up.csv"};
    assert_int_equal(writer_begin(fixture.store, &options, &writer, NULL), KURS_OK);
    collect(&points, "2020-01-06", "2020-04-01", KURS_DAY_US);
    collect(&points, "2022-07-01", "2022-10-01", KURS_DAY_US);
    collect(&points, "2023-01-02", "2023-04-01", KURS_DAY_US);
    store_points(writer, "HOL/USD", KURS_DAILY, &points);
    collect(&points, "2019-01-01", "2024-01-01", KURS_DAY_US);
    store_points(writer, "NEW/USD", KURS_DAILY, &points);
    collect(&points, "2019-01-01", "2021-07-01", KURS_DAY_US);
    for (size_t i = 0; i < points.count; i++) {
        points.coefficient[i] += 60000; /* well above NEW/USD */
    }
    store_points(writer, "OLD/USD", KURS_DAILY, &points);
    for (int odd = 0; odd < 2; odd++) {
        collect(&points, odd ? "2019-01-02" : "2019-01-01", "2021-01-01", 14 * KURS_DAY_US);
        store_points(writer, odd ? "ODD/USD" : "EVE/USD", KURS_DAILY, &points);
    }
    collect(&points, "2019-01-01", "2020-01-01", KURS_DAY_US);
    store_points(writer, "FIR/USD", KURS_DAILY, &points);
    collect(&points, "2021-01-01", "2022-01-01", KURS_DAY_US);
    store_points(writer, "SEC/USD", KURS_DAILY, &points);
    collect(&points, "2019-03-13", "2024-01-01", KURS_DAY_US);
    store_points(writer, "LAT/USD", KURS_DAILY, &points);
    collect(&points, "2019-01-01", "2019-02-01", KURS_DAY_US);
    collect(&points, "2019-07-15", "2024-01-01", KURS_DAY_US);
    store_points(writer, "GAP/USD", KURS_DAILY, &points);
    collect(&points, "2025-10-05T22:00", "2025-11-14T22:00", 15 * KURS_MINUTE_US);
    store_points(writer, "MIN/USD", KURS_INSTANT, &points);
    assert_int_equal(writer_commit(writer, &record, NULL), KURS_OK);
    assert_int_equal(kurs_snapshot_open(fixture.store, KURS_KNOWN_LATEST, &fixture.snapshot, NULL), KURS_OK);
    return 0;
}

static inline int drop_store(void **state)
{
    (void)state;
    kurs_snapshot_close(fixture.snapshot);
    kurs_store_close(fixture.store);
    unlink(fixture.path);
    strcat(fixture.path, "-lock");
    unlink(fixture.path);
    return rmdir(fixture.folder);
}

/* A request for up to three pairs, the last ones NULL. */
static inline struct chart_request request_of(enum chart_type type, struct kurs_route routes[3], const char *first,
                                              const char *second, const char *third)
{
    const char *const pairs[] = {first, second, third};
    struct chart_request request = {
        .type = type, .from_us = KURS_TIME_MIN, .until_us = KURS_TIME_MAX, .routes = routes};
    while (request.route_count < 3 && pairs[request.route_count] != NULL) {
        size_t i = request.route_count++;
        assert_int_equal(kurs_route_find(fixture.snapshot, pairs[i], NULL, &routes[i], NULL), KURS_OK);
    }
    return request;
}

static inline void draw(const struct chart_request *request, struct scene *scene)
{
    struct kurs_error error = {.status = KURS_OK};
    if (chart_scene(fixture.snapshot, request, scene, &error) != KURS_OK) {
        fail_msg("%s: %s", error.what, error.why);
    }
}

static inline void load(const struct chart_request *request, struct frame *frame)
{
    struct kurs_error error = {.status = KURS_OK};
    if (frame_load(fixture.snapshot, request, 800, frame, &error) != KURS_OK) {
        fail_msg("%s: %s", error.what, error.why);
    }
}

/* The first text of the picture that holds `part`. */
static inline const struct scene_text *find(const struct scene *scene, const char *part)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        if (strstr(scene->texts[i].text, part) != NULL) {
            return &scene->texts[i];
        }
    }
    return NULL;
}

#endif
