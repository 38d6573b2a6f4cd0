/* What charts draw, read from a real store, and that every layout keeps its texts apart and on the page. */
#include "chart/chart.h"
#include "chart/frame.h"
#include "chart/layout.h"
#include "store/writer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_US    INT64_C(1765540800000000) /* 2025-12-12T12:00Z */
#define WALK_MANY 30000
#define DAYS_MANY 2200

struct fixture {
    char folder[32], path[64];
    struct kurs_store *store;
    struct kurs_snapshot *snapshot;
    int64_t walk_time[WALK_MANY], walk_rate[WALK_MANY];
};
static struct fixture fixture;

static void add(struct writer *writer, const char *pair, enum kurs_kind kind, size_t count, const int64_t *time_us,
                const int64_t *coefficient, int8_t scale)
{
    struct kurs_name name;
    uint32_t index;
    int8_t *exponent = malloc(count);
    uint64_t *row = calloc(count, sizeof *row);
    assert_true(exponent != NULL && row != NULL);
    memset(exponent, scale, count);
    assert_int_equal(kurs_name_parse(pair, &name, NULL), KURS_OK);
    assert_int_equal(writer_series(writer, &name, kind, &index, NULL), KURS_OK);
    assert_int_equal(writer_points(writer, index, count, time_us, coefficient, exponent, row, NULL), KURS_OK);
    free(exponent);
    free(row);
}

/* WLK/USD: 30,000 irregular ticks. DAY/USD, EUR/USD, GBP/USD, JPY/USD, UZS/USD: six years of weekdays, with two months
 * missing. ONE/USD: a point. TWO/USD: two. PEG/USD: constant. JMP/USD: a redenomination. */
static int fill_store(void **state)
{
    static int64_t time_us[DAYS_MANY], rate[DAYS_MANY];
    static const struct {
        const char *pair;
        int64_t start;
        int8_t exponent;
    } daily[] = {{"DAY/USD", 110000, -5},
                 {"EUR/USD", 112520, -5},
                 {"GBP/USD", 1296050, -2},
                 {"JPY/USD", 690000, -8},
                 {"UZS/USD", 80000, -9}};
    (void)state;
    strcpy(fixture.folder, "/tmp/kurs-frame-XXXXXX");
    assert_non_null(mkdtemp(fixture.folder));
    snprintf(fixture.path, sizeof fixture.path, "%s/s.kurs", fixture.folder);
    assert_int_equal(kurs_store_open(fixture.path, KURS_OPEN_CREATE, NOW_US, &fixture.store, NULL), KURS_OK);
    struct writer_options options = {.now_us = NOW_US};
    struct writer *writer;
    struct kurs_import_record record = {.when_us = NOW_US, .source = "made <up>.csv"};
    assert_int_equal(writer_begin(fixture.store, &options, &writer, NULL), KURS_OK);
    srand(20251212);
    int64_t at_us = NOW_US - 30 * KURS_DAY_US, walk = 111000;
    for (size_t i = 0; i < WALK_MANY; i++) {
        at_us += (1 + rand() % 60) * KURS_SECOND_US + rand() % 1000000;
        walk += rand() % 21 - 10;
        fixture.walk_time[i] = at_us;
        fixture.walk_rate[i] = walk;
    }
    add(writer, "WLK/USD", KURS_INSTANT, WALK_MANY, fixture.walk_time, fixture.walk_rate, -5);
    for (size_t s = 0; s < sizeof daily / sizeof *daily; s++) {
        int64_t value = daily[s].start;
        size_t count = 0;
        for (int day = 0; day < DAYS_MANY; day++) {
            int64_t midnight_us = (NOW_US / KURS_DAY_US - DAYS_MANY + day) * KURS_DAY_US;
            value += value / 100 * (rand() % 3 - 1) + rand() % 200 - 100;
            if ((midnight_us / KURS_DAY_US + 3) % 7 < 5 && (day < 900 || day > 960)) {
                time_us[count] = midnight_us;
                rate[count++] = value;
            }
        }
        add(writer, daily[s].pair, KURS_DAILY, count, time_us, rate, daily[s].exponent);
    }
    for (int i = 0; i < 300; i++) {
        time_us[i] = (NOW_US / KURS_DAY_US - 300 + i) * KURS_DAY_US;
        rate[i] = i < 150 ? 35000 + i : 700000 + i;
    }
    add(writer, "JMP/USD", KURS_DAILY, 300, time_us, rate, -4);
    add(writer, "ONE/USD", KURS_DAILY, 1, time_us, rate, 0);
    add(writer, "TWO/USD", KURS_DAILY, 2, time_us, rate, -9);
    for (int i = 0; i < 300; i++) {
        rate[i] = 35;
    }
    add(writer, "PEG/USD", KURS_DAILY, 300, time_us, rate, -1);
    assert_int_equal(writer_commit(writer, &record, NULL), KURS_OK);
    assert_int_equal(kurs_snapshot_open(fixture.store, KURS_KNOWN_LATEST, &fixture.snapshot, NULL), KURS_OK);
    return 0;
}

static int drop_store(void **state)
{
    (void)state;
    kurs_snapshot_close(fixture.snapshot);
    kurs_store_close(fixture.store);
    unlink(fixture.path);
    strcat(fixture.path, "-lock");
    unlink(fixture.path);
    return rmdir(fixture.folder);
}

static struct chart_request request_of(const char *const *pairs, struct kurs_route *routes)
{
    struct chart_request request = {.from_us = KURS_TIME_MIN, .until_us = KURS_TIME_MAX, .routes = routes};
    for (; pairs[request.route_count] != NULL; request.route_count++) {
        assert_int_equal(
            kurs_route_find(fixture.snapshot, pairs[request.route_count], NULL, &routes[request.route_count], NULL),
            KURS_OK);
    }
    return request;
}

/* First, low, high and last of every pixel column, from any polyline, and what crosses its edges. */
struct column {
    bool used;
    double first, low, high, last;
};

static void rasterize(const struct frame_point *points, size_t count, int64_t from_us, int64_t length_us,
                      size_t columns, struct column *raster)
{
    memset(raster, 0, columns * sizeof *raster);
    for (size_t i = 0; i < count; i++) {
        size_t c = (size_t)((double)(points[i].time_us - from_us) / (double)length_us * (double)columns);
        struct column *column = &raster[c < columns ? c : columns - 1];
        double value = points[i].value;
        column->first = column->used ? column->first : value;
        column->low = column->used ? fmin(column->low, value) : value;
        column->high = column->used ? fmax(column->high, value) : value;
        column->last = value;
        column->used = true;
    }
}

static void a_reduced_line_fills_the_pixels_of_all_points(void **state)
{
    (void)state;
    static struct frame_point all[WALK_MANY];
    static struct column expected[2000], drawn[2000];
    static const size_t widths[] = {1, 37, 400, 760, 1999};
    static const char *const pairs[] = {"WLK/USD", NULL};
    struct kurs_route route;
    struct chart_request request = request_of(pairs, &route);
    for (size_t i = 0; i < WALK_MANY; i++) {
        all[i] = (struct frame_point) {.time_us = fixture.walk_time[i], .value = (double)fixture.walk_rate[i] / 1e5};
    }
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
        struct frame frame;
        assert_int_equal(frame_load(fixture.snapshot, &request, widths[w], &frame, NULL), KURS_OK);
        assert_true(frame.series[0].reduced);
        assert_true(frame.series[0].point_count <= widths[w] * 4);
        int64_t length_us = frame.last_us + 1 - frame.first_us;
        rasterize(all, WALK_MANY, frame.first_us, length_us, widths[w], expected);
        rasterize(frame.series[0].points, frame.series[0].point_count, frame.first_us, length_us, widths[w], drawn);
        for (size_t c = 0; c < widths[w]; c++) {
            assert_int_equal(drawn[c].used, expected[c].used);
            assert_true(fabs(drawn[c].first - expected[c].first) < 1e-12);
            assert_true(fabs(drawn[c].low - expected[c].low) < 1e-12);
            assert_true(fabs(drawn[c].high - expected[c].high) < 1e-12);
            assert_true(fabs(drawn[c].last - expected[c].last) < 1e-12);
        }
        frame_release(&frame);
    }
}

static void lines_break_at_gaps_but_not_at_weekends(void **state)
{
    (void)state;
    static const char *const pairs[] = {"DAY/USD", NULL};
    static const struct {
        int64_t gap_us;
        size_t stretches_low, stretches_high;
    } cases[] = {{0, 2, 2}, {INT64_MAX, 1, 1}, {90 * KURS_DAY_US, 1, 1}, {KURS_DAY_US, 300, 330}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_route route;
        struct chart_request request = request_of(pairs, &route);
        struct frame frame;
        request.gap_us = cases[i].gap_us;
        assert_int_equal(frame_load(fixture.snapshot, &request, 800, &frame, NULL), KURS_OK);
        size_t stretches = 0;
        for (size_t p = 0; p < frame.series[0].point_count; p++) {
            stretches += frame.series[0].points[p].starts;
        }
        assert_in_range(stretches, cases[i].stretches_low, cases[i].stretches_high);
        frame_release(&frame);
    }
}

static void a_usual_step_is_no_gap_however_long(void **state)
{
    (void)state;
    int64_t monthly[20];
    for (int i = 0; i < 20; i++) {
        monthly[i] = (28 + i % 4) * KURS_DAY_US;
    }
    assert_true(frame_gap(monthly, 20, KURS_DAY_US, KURS_DAILY) > 100 * KURS_DAY_US);
    assert_true(frame_gap(monthly, 0, KURS_DAY_US, KURS_DAILY) == INT64_MAX);
}

static void weekends_of_ticks_are_gaps_only_where_they_are_wide(void **state)
{
    (void)state;
    const int64_t year_column_us = KURS_DAY_US * 365 / 860, month_column_us = KURS_DAY_US * 30 / 860;
    const int64_t weekend_us = 2 * KURS_DAY_US;
    int64_t steps[40];
    for (int i = 0; i < 40; i++) {
        steps[i] = i % 20 == 0 ? weekend_us : year_column_us / 4;
    }
    assert_true(frame_gap(steps, 40, year_column_us, KURS_INSTANT) > weekend_us);
    assert_true(frame_gap(steps, 40, year_column_us, KURS_INSTANT) < 7 * KURS_DAY_US);
    assert_true(frame_gap(steps, 40, month_column_us, KURS_INSTANT) < weekend_us);
}

static void rebased_lines_start_at_100_on_a_common_day(void **state)
{
    (void)state;
    static const char *const pairs[] = {"DAY/USD", "JMP/USD", "PEG/USD", NULL};
    struct kurs_route routes[3];
    struct chart_request request = request_of(pairs, routes);
    struct frame frame;
    request.rebase = true;
    assert_int_equal(frame_load(fixture.snapshot, &request, 800, &frame, NULL), KURS_OK);
    assert_true(frame.first_us == (NOW_US / KURS_DAY_US - 300) * KURS_DAY_US ||
                frame.first_us > (NOW_US / KURS_DAY_US - 304) * KURS_DAY_US);
    for (size_t i = 0; i < 3; i++) {
        assert_true(fabs(frame.series[i].points[0].value - 100) < 1e-9);
    }
    frame_release(&frame);
}

static void drawdowns_are_never_above_zero_and_reach_the_statistic(void **state)
{
    (void)state;
    static const char *const pairs[] = {"DAY/USD", NULL};
    struct kurs_route route;
    struct chart_request request = request_of(pairs, &route);
    struct frame frame;
    request.type = CHART_DRAWDOWN;
    assert_int_equal(frame_load(fixture.snapshot, &request, 800, &frame, NULL), KURS_OK);
    assert_true(frame.high <= 0);
    assert_true(fabs(frame.low - frame.series[0].drawdown) < 1e-9);
    frame_release(&frame);
}

struct extent {
    double left, right, top, bottom;
};

static struct extent extent_of(const struct scene_text *text)
{
    double width = caption_width(text->text, text->font_px, text->bold);
    double left = text->align == SCENE_LEFT    ? text->x
                  : text->align == SCENE_RIGHT ? text->x - width
                                               : text->x - width / 2;
    double half = text->font_px * 0.45; /* of the letters, without line spacing */
    return (struct extent) {left, left + width, text->y - half, text->y + half};
}

/* All texts lie on the page and none on another. */
static void check_texts(const struct scene *scene, const char *what)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        struct extent a = extent_of(&scene->texts[i]);
        if (a.left < 0 || a.right > scene->width || a.top < 0 || a.bottom > scene->height) {
            fail_msg("%s, %gx%g: '%s' is off the page", what, scene->width, scene->height, scene->texts[i].text);
        }
        for (size_t j = 0; j < i; j++) {
            struct extent b = extent_of(&scene->texts[j]);
            if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
                fail_msg("%s, %gx%g: '%s' and '%s' overlap", what, scene->width, scene->height, scene->texts[i].text,
                         scene->texts[j].text);
            }
        }
    }
}

static void no_text_overlaps_or_leaves_the_page(void **state)
{
    (void)state;
    static const char *const sets[][8] = {
        {"EUR/USD", NULL}, {"ONE/USD", NULL},
        {"TWO/USD", NULL}, {"PEG/USD", NULL},
        {"JMP/USD", NULL}, {"WLK/USD", NULL},
        {"UZS/USD", NULL}, {"GBP/USD", NULL},
        {"USD/UZS", NULL}, {"EUR/USD", "GBP/USD", "JPY/USD", "UZS/USD", "DAY/USD", "PEG/USD", "JMP/USD", NULL},
    };
    static const double sizes[][2] = {{960, 540}, {360, 420}, {640, 360}, {1600, 700}, {480, 900}};
    static const struct chart_note marks[] = {
        {NOW_US - 40 * KURS_DAY_US, NOW_US - 40 * KURS_DAY_US, "A mark of some length"},
        {NOW_US - 38 * KURS_DAY_US, NOW_US - 38 * KURS_DAY_US, "Another one beside it"}};
    size_t drawn = 0;
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        for (size_t z = 0; z < sizeof sizes / sizeof *sizes; z++) {
            for (int look = 0; look < 24; look++) {
                struct kurs_route routes[8];
                struct chart_request request = request_of(sets[s], routes);
                struct scene scene;
                struct kurs_error error = {.status = KURS_OK};
                char what[64];
                request.type = (enum chart_type)(look % 6);
                request.panels = look % 5 == 1;
                request.log_scale = look % 7 == 2 && request.type == CHART_LINE;
                request.rebase = look % 4 == 3 && request.type == CHART_LINE;
                request.weekdays = look % 3 == 1;
                request.marks = marks;
                request.mark_count = look % 8 < 4 && s != 1 && s != 2 && s != 5 ? 2 : 0;
                request.width_px = sizes[z][0];
                request.height_px = look % 2 == 0 ? sizes[z][1] : 0;
                snprintf(what, sizeof what, "%s type %d look %d", sets[s][0], (int)request.type, look);
                enum kurs_status status = chart_scene(fixture.snapshot, &request, &scene, &error);
                if (status == KURS_OK) {
                    check_texts(&scene, what);
                    drawn++;
                } else {
                    assert_true(status == KURS_EARGUMENT || status == KURS_ELIMIT || status == KURS_ENODATA);
                    assert_true(error.why[0] != '\0');
                }
                scene_release(&scene);
            }
        }
    }
    assert_true(drawn > 600);
}

static void what_cannot_be_drawn_is_said(void **state)
{
    (void)state;
    static const char *const pairs[] = {"EUR/USD", "GBP/USD", NULL};
    struct kurs_route routes[2];
    struct chart_request request = request_of(pairs, routes), changed;
    struct scene scene;
    struct kurs_error error;
    changed = request;
    changed.type = CHART_HEATMAP;
    assert_int_equal(chart_scene(fixture.snapshot, &changed, &scene, &error), KURS_EARGUMENT);
    changed = request;
    changed.type = CHART_DRAWDOWN;
    changed.log_scale = true;
    assert_int_equal(chart_scene(fixture.snapshot, &changed, &scene, &error), KURS_EARGUMENT);
    changed = request;
    changed.until_us = 0;
    assert_int_equal(chart_scene(fixture.snapshot, &changed, &scene, &error), KURS_ENODATA);
    changed = request;
    changed.width_px = 10;
    assert_int_equal(chart_scene(fixture.snapshot, &changed, &scene, &error), KURS_ERANGE);
    changed = request;
    changed.font = "x\" onload=\"y";
    assert_int_equal(chart_scene(fixture.snapshot, &changed, &scene, &error), KURS_EARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reduced_line_fills_the_pixels_of_all_points),
        cmocka_unit_test(lines_break_at_gaps_but_not_at_weekends),
        cmocka_unit_test(a_usual_step_is_no_gap_however_long),
        cmocka_unit_test(weekends_of_ticks_are_gaps_only_where_they_are_wide),
        cmocka_unit_test(rebased_lines_start_at_100_on_a_common_day),
        cmocka_unit_test(drawdowns_are_never_above_zero_and_reach_the_statistic),
        cmocka_unit_test(no_text_overlaps_or_leaves_the_page),
        cmocka_unit_test(what_cannot_be_drawn_is_said),
    };
    return cmocka_run_group_tests(tests, fill_store, drop_store);
}
