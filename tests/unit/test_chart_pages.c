/* What a reader could be misled by: changes over holes, lines that start or end apart, bars that run together, weekends,
 * and labels that do not fit. Each case draws from a store of a few years made for it. */
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

static int64_t at(const char *text)
{
    int64_t time_us;
    assert_int_equal(kurs_time_parse(text, 0, NULL, &time_us, NULL, NULL), KURS_OK);
    return time_us;
}

/* Weekdays of [from, until), or every `step_us` of the Forex week (Sunday 22:00 to Friday 22:00), the rate a slow wave. */
static void collect(struct points *points, const char *from, const char *until, int64_t step_us)
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

static void store_points(struct writer *writer, const char *pair, enum kurs_kind kind, struct points *points)
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
static int fill_store(void **state)
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

/* A request for up to three pairs, the last ones NULL. */
static struct chart_request request_of(enum chart_type type, struct kurs_route routes[3], const char *first,
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

static void draw(const struct chart_request *request, struct scene *scene)
{
    struct kurs_error error = {.status = KURS_OK};
    if (chart_scene(fixture.snapshot, request, scene, &error) != KURS_OK) {
        fail_msg("%s: %s", error.what, error.why);
    }
}

static void load(const struct chart_request *request, struct frame *frame)
{
    struct kurs_error error = {.status = KURS_OK};
    if (frame_load(fixture.snapshot, request, 800, frame, &error) != KURS_OK) {
        fail_msg("%s: %s", error.what, error.why);
    }
}

/* The first text of the picture that holds `part`. */
static const struct scene_text *find(const struct scene *scene, const char *part)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        if (strstr(scene->texts[i].text, part) != NULL) {
            return &scene->texts[i];
        }
    }
    return NULL;
}

static void a_change_on_an_empty_period_has_no_bar_and_the_note_says_so(void **state)
{
    (void)state;
    static const char *const months[] = {"2020-02", "2020-03", "2022-08", "2022-09", "2023-02", "2023-03"};
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CHANGE, routes, "HOL/USD", NULL, NULL);
    struct frame frame;
    struct scene scene;
    request.every = (struct kurs_span) {1, KURS_MONTH};
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 6);
    assert_int_equal(frame.series[0].left_out, 2);
    for (size_t i = 0; i < 6; i++) {
        assert_true(frame.series[0].bars[i].from_us == at(months[i]));
    }
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "No bar where the month before has no rate"));
    scene_release(&scene);
    request.from_us = at("2023-02-01"); /* the close before the range counts */
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 2);
    assert_int_equal(frame.series[0].left_out, 0);
    frame_release(&frame);
    draw(&request, &scene);
    assert_null(find(&scene, "No bar"));
    scene_release(&scene);
}

static void a_year_of_the_heat_map_is_a_change_on_the_year_before(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_HEATMAP, routes, "HOL/USD", NULL, NULL);
    struct frame frame;
    struct scene scene;
    struct kurs_change change;
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 6);
    assert_int_equal(frame.series[0].year_count, 1);
    assert_true(frame.series[0].years[0].from_us == at("2023"));
    assert_int_equal(frame.series[0].left_out, 3); /* two months and 2022 */
    assert_int_equal(kurs_change_range(fixture.snapshot, &routes[0], at("2023"), KURS_TIME_MAX, &change, NULL),
                     KURS_OK);
    assert_true(fabs(frame.series[0].years[0].percent - kurs_percent_double(&change.ratio)) < 1e-9);
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "Blank: no rate in the month or year before"));
    scene_release(&scene);
    request = request_of(CHART_HEATMAP, routes, "NEW/USD", NULL, NULL);
    draw(&request, &scene);
    assert_null(find(&scene, "Blank"));
    scene_release(&scene);
}

static void the_first_period_is_a_whole_one_wherever_the_range_begins(void **state)
{
    (void)state;
    static const enum chart_type types[] = {CHART_CHANGE, CHART_CANDLE};
    for (size_t i = 0; i < 2; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(types[i], routes, "NEW/USD", NULL, NULL);
        struct frame whole, within;
        request.every = (struct kurs_span) {1, KURS_MONTH};
        request.from_us = at("2023-05-01");
        load(&request, &whole);
        request.from_us = at("2023-05-17");
        load(&request, &within);
        assert_int_equal(whole.series[0].bar_count, 8);
        assert_int_equal(within.series[0].bar_count, 8);
        assert_memory_equal(whole.series[0].bars, within.series[0].bars, sizeof whole.series[0].bars[0]);
        frame_release(&whole);
        frame_release(&within);
    }
}

static void a_monday_changes_on_the_friday_before(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CHANGE, routes, "NEW/USD", NULL, NULL);
    struct frame frame;
    request.every = (struct kurs_span) {1, KURS_DAY};
    request.from_us = at("2023-05-01");
    request.until_us = at("2023-06-01");
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 23); /* the weekdays of May */
    assert_int_equal(frame.series[0].left_out, 0);
    frame_release(&frame);
}

static void rebased_lines_are_100_on_the_first_day_that_all_have(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "LAT/USD", "GAP/USD");
    struct frame frame;
    struct scene scene;
    request.rebase = true;
    load(&request, &frame);
    assert_true(frame.first_us == at("2019-07-15")); /* LAT/USD begins in the hole of GAP/USD */
    assert_false(frame.apart);
    for (size_t i = 0; i < 3; i++) {
        assert_true(frame.series[i].points[0].time_us == frame.first_us);
        assert_true(fabs(frame.series[i].points[0].value - 100) < 1e-9);
    }
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "15 Jul 2019 = 100, to 29 Dec 2023"));
    scene_release(&scene);
}

static void rebased_lines_without_a_common_day_start_at_their_own(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "ODD/USD", "EVE/USD", NULL);
    struct frame frame;
    struct scene scene;
    request.rebase = true;
    load(&request, &frame);
    assert_true(fabs(frame.series[0].points[0].value - 100) < 1e-9);
    assert_true(fabs(frame.series[1].points[0].value - 100) < 1e-9);
    assert_true(frame.series[0].points[0].time_us != frame.series[1].points[0].time_us);
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "= 100"));
    scene_release(&scene);
}

static void rebasing_pairs_of_different_times_is_refused(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "FIR/USD", "SEC/USD", NULL);
    struct scene scene;
    struct kurs_error error = {.status = KURS_OK};
    request.rebase = true;
    assert_int_equal(chart_scene(fixture.snapshot, &request, &scene, &error), KURS_ENODATA);
    assert_string_equal(error.why, "one of the pairs ends before another begins");
    assert_non_null(strstr(error.hint, "--rebase"));
    scene_release(&scene);
}

/* Lines over the plot: only leaders are. */
static double longest_front_line(const struct scene *scene)
{
    double longest = 0;
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct scene_line *line = &scene->lines[i];
        longest = line->front ? fmax(longest, hypot(line->x2 - line->x1, line->y2 - line->y1)) : longest;
    }
    return longest;
}

static void a_line_that_ends_early_is_labelled_where_it_ends(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
    struct scene scene;
    draw(&request, &scene);
    const struct scene_text *label = find(&scene, "OLD/USD, 30 Jun 2021"), *other = find(&scene, "NEW/USD");
    assert_non_null(label);
    assert_non_null(other);
    double end_x = scene_x(&scene.axes[0], (double)at("2021-06-30") / 1e6);
    assert_true(label->x > end_x && label->x < end_x + 20);
    assert_true(label->x + caption_width(label->text, label->font_px, true) < scene.axes[0].right);
    assert_true(other->x > scene.axes[0].right);
    assert_true(longest_front_line(&scene) < 60);
    scene_release(&scene);
}

static void an_early_label_without_room_stands_beside_the_plot_with_its_date(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
    struct scene scene;
    request.width_px = 300;
    request.height_px = 300;
    request.from_us = at("2021-01-01");
    request.until_us = at("2021-10-01");
    draw(&request, &scene);
    const struct scene_text *label = find(&scene, "OLD/USD, 30 Jun 2021");
    assert_non_null(label);
    assert_true(label->x > scene.axes[0].right);
    assert_true(label->x + caption_width(label->text, label->font_px, true) <= scene.width);
    assert_true(longest_front_line(&scene) < 60); /* no leader through the plot */
    scene_release(&scene);
}

static void of_many_bars_the_last_has_its_value_beside_it(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CHANGE, routes, "NEW/USD", NULL, NULL);
    struct frame frame;
    struct scene scene;
    char value[CAPTION_NUMBER_SIZE];
    request.every = (struct kurs_span) {1, KURS_MONTH};
    load(&request, &frame);
    double percent = frame.series[0].bars[frame.series[0].bar_count - 1].percent;
    caption_percent(percent, value);
    frame_release(&frame);
    draw(&request, &scene);
    const struct scene_text *label = find(&scene, value);
    assert_non_null(label);
    assert_true(label->x > scene.axes[0].right);
    assert_true(fabs(label->y - scene_y(&scene.axes[0], percent)) < 1);
    scene_release(&scene);
}

static void bars_that_run_together_are_refused_with_the_period_that_fits(void **state)
{
    (void)state;
    static const enum chart_type types[] = {CHART_CANDLE, CHART_CHANGE};
    for (size_t i = 0; i < 2; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(types[i], routes, "MIN/USD", NULL, NULL);
        struct scene scene;
        struct kurs_error error = {.status = KURS_OK};
        request.every = (struct kurs_span) {30, KURS_MINUTE};
        assert_int_equal(chart_scene(fixture.snapshot, &request, &scene, &error), KURS_ELIMIT);
        assert_non_null(strstr(error.hint, "choose --every 4h or longer"));
        scene_release(&scene);
        request.every = (struct kurs_span) {4, KURS_HOUR};
        draw(&request, &scene);
        scene_release(&scene);
        request.every.count = 0; /* what is chosen for the range always fits */
        for (double width = 240; width <= 1600; width += 170) {
            request.width_px = width;
            draw(&request, &scene);
            scene_release(&scene);
        }
    }
}

static void the_ticks_of_bars_are_those_of_their_axis(void **state)
{
    (void)state;
    static const enum chart_type types[] = {CHART_CHANGE, CHART_CANDLE};
    for (size_t t = 0; t < 2; t++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(types[t], routes, "HOL/USD", NULL, NULL);
        struct scene scene;
        request.every = (struct kurs_span) {1, KURS_MONTH};
        request.until_us = at("2023-01-01"); /* the last bar is September 2022: October has no tick */
        for (double width = 320; width <= 1600; width += 160) {
            request.width_px = width;
            draw(&request, &scene);
            const struct scene_axes *axes = &scene.axes[0];
            size_t ticks = 0;
            for (size_t i = 0; i < scene.line_count; i++) {
                const struct scene_line *line = &scene.lines[i];
                if (line->x1 == line->x2 && line->y1 == axes->bottom) {
                    assert_true(line->x1 >= axes->left - 0.01 && line->x1 <= axes->right + 0.01);
                    ticks++;
                }
            }
            assert_true(ticks >= 2);
            scene_release(&scene);
        }
    }
}

static void panels_take_more_columns_where_the_page_is_flat(void **state)
{
    (void)state;
    static const struct {
        double width, height;
        size_t columns;
    } cases[] = {{960, 0, 3}, {480, 0, 1}, {480, 640, 1}, {480, 320, 2}, {640, 240, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", "LAT/USD");
        struct scene scene;
        request.panels = true;
        request.width_px = cases[i].width;
        request.height_px = cases[i].height;
        draw(&request, &scene);
        size_t columns = 1;
        while (columns < scene.axes_count && scene.axes[columns].top == scene.axes[0].top) {
            columns++;
        }
        assert_int_equal(columns, cases[i].columns);
        scene_release(&scene);
    }
}

static void a_candle_needs_two_rates(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CANDLE, routes, "NEW/USD", NULL, NULL);
    struct frame frame;
    struct kurs_error error = {.status = KURS_OK};
    request.from_us = at("2023-10-01");
    request.every = (struct kurs_span) {1, KURS_DAY};
    assert_int_equal(frame_load(fixture.snapshot, &request, 800, &frame, &error), KURS_EARGUMENT);
    assert_non_null(strstr(error.hint, "--every"));
    frame_release(&frame);
    request.every.count = 0;
    load(&request, &frame);
    assert_int_equal(frame.every.unit, KURS_WEEK);
    frame_release(&frame);
}

static void an_intraday_weekday_axis_cuts_the_weekend_of_the_market(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "MIN/USD", NULL, NULL);
    struct frame frame;
    request.weekdays = true;
    load(&request, &frame);
    assert_true(frame.weekend_us == 2 * KURS_HOUR_US);
    double friday = frame_x(&request, &frame, at("2025-10-10T22:00"));
    double sunday = frame_x(&request, &frame, at("2025-10-12T22:00"));
    assert_true(fabs(sunday - friday) < 1e-9);
    assert_true(frame_x(&request, &frame, at("2025-10-12T23:00")) > sunday + 0.04);
    for (size_t i = 1; i < frame.series[0].point_count; i++) {
        assert_false(frame.series[0].points[i].starts);
    }
    frame_release(&frame);
}

static void percentages_in_panels_share_a_scale_and_rates_do_not(void **state)
{
    (void)state;
    static const struct {
        enum chart_type type;
        bool rebase, shared;
    } cases[] = {{CHART_LINE, false, false},
                 {CHART_LINE, true, true},
                 {CHART_CHANGE, false, true},
                 {CHART_DRAWDOWN, false, true},
                 {CHART_CANDLE, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(cases[i].type, routes, "NEW/USD", "OLD/USD", NULL);
        struct scene scene;
        request.panels = true;
        request.rebase = cases[i].rebase;
        draw(&request, &scene);
        assert_int_equal(scene.axes_count, 2);
        bool same = scene.axes[0].y_low == scene.axes[1].y_low && scene.axes[0].y_high == scene.axes[1].y_high;
        assert_int_equal(same, cases[i].shared);
        assert_int_equal(find(&scene, "scales differ") == NULL, cases[i].shared);
        scene_release(&scene);
    }
}

static void texts_too_long_are_cut_and_keep_the_facts(void **state)
{
    (void)state;
    char text[301];
    memset(text, 'x', 300);
    text[300] = '\0';
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", NULL, NULL);
    struct chart_note mark = {at("2021"), at("2021"), text}, band = {at("2022"), at("2023"), text};
    request.title = request.subtitle = request.source = text;
    request.marks = &mark;
    request.bands = &band;
    request.mark_count = request.band_count = 1;
    for (double width = 320; width <= 1280; width *= 2) {
        struct scene scene;
        request.width_px = width;
        draw(&request, &scene);
        for (size_t i = 0; i < scene.text_count; i++) {
            const struct scene_text *item = &scene.texts[i];
            double wide = caption_width(item->text, item->font_px, item->bold);
            double left = item->align == SCENE_LEFT    ? item->x
                          : item->align == SCENE_RIGHT ? item->x - wide
                                                       : item->x - wide / 2;
            assert_true(left >= 0 && left + wide <= scene.width);
        }
        assert_non_null(find(&scene, "Last observation 29 Dec 2023"));
        assert_non_null(find(&scene, "xx\xE2\x80\xA6"));
        scene_release(&scene);
    }
}

static void marks_and_bands_are_drawn_or_refused_never_dropped(void **state)
{
    (void)state;
    static const struct {
        enum chart_type type;
        bool panels;
        const char *mark, *band;
        size_t texts; /* of each; 0: refused */
    } cases[] = {
        {CHART_LINE, false, "2021-05-05", "2021-07-01", 1},  {CHART_LINE, true, "2021-05-05", "2021-07-01", 2},
        {CHART_LINE, false, "2018-05-05", "2021-07-01", 0},  {CHART_LINE, false, "2021-05-05", "2017-07-01", 0},
        {CHART_CANDLE, true, "2021-05-05", "2021-07-01", 2}, {CHART_HEATMAP, false, "2021-05-05", "2021-07-01", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_route routes[3];
        const char *second = cases[i].type == CHART_HEATMAP ? NULL : "OLD/USD";
        struct chart_request request = request_of(cases[i].type, routes, "NEW/USD", second, NULL);
        int64_t mark_us = at(cases[i].mark), band_us = at(cases[i].band);
        struct chart_note mark = {mark_us, mark_us, "a mark"}, band = {band_us, band_us + 90 * KURS_DAY_US, "a band"};
        struct scene scene;
        struct kurs_error error = {.status = KURS_OK};
        request.panels = cases[i].panels;
        request.marks = &mark;
        request.bands = &band;
        request.mark_count = request.band_count = 1;
        enum kurs_status status = chart_scene(fixture.snapshot, &request, &scene, &error);
        assert_int_equal(status, cases[i].texts > 0 ? KURS_OK : KURS_EARGUMENT);
        size_t marks = 0, bands = 0;
        for (size_t t = 0; t < scene.text_count; t++) {
            marks += strcmp(scene.texts[t].text, "a mark") == 0;
            bands += strcmp(scene.texts[t].text, "a band") == 0;
        }
        assert_true(marks == cases[i].texts && bands == cases[i].texts);
        assert_int_equal(scene.box_count, cases[i].texts); /* the shade of a band */
        scene_release(&scene);
    }
}

/* The right edge of a text if its letters are `wider` than those of the font that was measured. */
static double right_edge(const struct scene_text *text, double wider)
{
    double width = caption_width(text->text, text->font_px, text->bold) * wider;
    return text->align == SCENE_LEFT ? text->x + width : text->align == SCENE_CENTER ? text->x + width / 2 : text->x;
}

static void letters_of_a_stand_in_font_stay_on_the_page(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", "LAT/USD");
    request.title = "A title of some length that nearly fills the whole line of the page, as titles will do at times";
    for (double width = 320; width <= 1600; width += 80) {
        struct scene scene;
        request.width_px = width;
        draw(&request, &scene);
        for (size_t i = 0; i < scene.text_count; i++) {
            assert_true(right_edge(&scene.texts[i], scene.texts[i].bold ? 1.22 : 1.14) <= width);
        }
        scene_release(&scene);
    }
}

static void long_names_are_cut_and_leave_room_for_the_plot(void **state)
{
    (void)state;
    static const char long_name[] = "VERYLONG10/CODE567890@a-source-with-a-long-name";
    for (int panels = 0; panels < 2; panels++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
        struct scene scene;
        strcpy(routes[0].name, long_name); /* what is read is in its leg */
        strcpy(routes[1].name, long_name);
        request.panels = panels == 1;
        request.width_px = 420;
        request.height_px = 320;
        draw(&request, &scene);
        const struct scene_text *label = find(&scene, "VERYLONG10/CODE56");
        assert_non_null(label);
        label = find(&scene, "\xE2\x80\xA6");
        assert_non_null(label);
        assert_true(right_edge(label, 1) <= scene.width);
        assert_true(scene.axes[0].right - scene.axes[0].left > 0.3 * scene.width);
        scene_release(&scene);
    }
}

static void a_font_of_unknown_widths_gets_more_room(void **state)
{
    (void)state;
    static const struct {
        const char *font;
        bool wider;
    } cases[] = {{"Liberation Sans", false}, {"Arial", false}, {"DejaVu Sans", true}, {"No Such Font", true}};
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
    struct scene usual, scene;
    draw(&request, &usual);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        request.font = cases[i].font;
        draw(&request, &scene);
        assert_int_equal(scene.axes[0].left > usual.axes[0].left, cases[i].wider);
        assert_int_equal(scene.axes[0].right < usual.axes[0].right, cases[i].wider);
        scene_release(&scene);
    }
    scene_release(&usual);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_on_an_empty_period_has_no_bar_and_the_note_says_so),
        cmocka_unit_test(a_year_of_the_heat_map_is_a_change_on_the_year_before),
        cmocka_unit_test(the_first_period_is_a_whole_one_wherever_the_range_begins),
        cmocka_unit_test(a_monday_changes_on_the_friday_before),
        cmocka_unit_test(rebased_lines_are_100_on_the_first_day_that_all_have),
        cmocka_unit_test(rebased_lines_without_a_common_day_start_at_their_own),
        cmocka_unit_test(rebasing_pairs_of_different_times_is_refused),
        cmocka_unit_test(a_line_that_ends_early_is_labelled_where_it_ends),
        cmocka_unit_test(an_early_label_without_room_stands_beside_the_plot_with_its_date),
        cmocka_unit_test(of_many_bars_the_last_has_its_value_beside_it),
        cmocka_unit_test(bars_that_run_together_are_refused_with_the_period_that_fits),
        cmocka_unit_test(the_ticks_of_bars_are_those_of_their_axis),
        cmocka_unit_test(panels_take_more_columns_where_the_page_is_flat),
        cmocka_unit_test(a_candle_needs_two_rates),
        cmocka_unit_test(an_intraday_weekday_axis_cuts_the_weekend_of_the_market),
        cmocka_unit_test(percentages_in_panels_share_a_scale_and_rates_do_not),
        cmocka_unit_test(texts_too_long_are_cut_and_keep_the_facts),
        cmocka_unit_test(marks_and_bands_are_drawn_or_refused_never_dropped),
        cmocka_unit_test(letters_of_a_stand_in_font_stay_on_the_page),
        cmocka_unit_test(long_names_are_cut_and_leave_room_for_the_plot),
        cmocka_unit_test(a_font_of_unknown_widths_gets_more_room),
    };
    return cmocka_run_group_tests(tests, fill_store, drop_store);
}
