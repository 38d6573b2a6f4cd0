/* report.c: owns what a report says: numbers, periods and pictures, gathered once so that HTML and Markdown cannot
 * differ. Dated by its data, never by the clock: the same store gives the same bytes. */
#include "chart/report.h"

#include "chart/fail.h"
#include "chart/frame.h"
#include "chart/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PICTURE_WIDTH_PX   880
#define OVERVIEW_HEIGHT_PX 420
#define LINE_HEIGHT_PX     300
#define DRAWDOWN_HEIGHT_PX 180
#define LOG_FROM           10.0 /* high/low from which on a linear axis would flatten what is low */

static const char *const WHAT = "cannot make the report";

static void release_picture(struct report_picture *picture)
{
    free(picture->svg);
    picture->svg = NULL;
}

void report_release(struct report *report)
{
    for (size_t i = 0; report->pairs != NULL && i < report->pair_count; i++) {
        free(report->pairs[i].periods);
        free(report->pairs[i].grid.cells);
        release_picture(&report->pairs[i].line);
        release_picture(&report->pairs[i].drawdown);
    }
    free(report->pairs);
    release_picture(&report->overview);
    *report = (struct report) {.pair_count = 0};
}

const struct kurs_zone *report_zone(const struct report *report, const struct report_pair *pair)
{
    return pair->route->kind == KURS_DAILY ? NULL : report->request->zone;
}

/* Title and units are the page's. */
static struct chart_request chart_of(const struct report_request *request, const struct kurs_route *routes,
                                     size_t count, double height_px)
{
    return (struct chart_request) {
        .routes = routes,
        .route_count = count,
        .from_us = request->from_us,
        .until_us = request->until_us,
        .zone = request->zone,
        .zone_name = request->zone_name,
        .font = request->font,
        .dark = request->dark,
        .source = request->source,
        .title = "",
        .subtitle = "",
        .width_px = PICTURE_WIDTH_PX,
        .height_px = height_px,
        .output = CHART_SVG,
    };
}

/* `heading`: what the picture is called where it cannot be seen. */
static enum kurs_status draw(struct kurs_snapshot *snapshot, const struct chart_request *chart, const char *heading,
                             const struct run_settings *settings, struct report_picture *picture,
                             struct kurs_error *error)
{
    struct scene scene;
    enum kurs_status status = chart_scene(snapshot, chart, &scene, error);
    if (status == KURS_OK) {
        snprintf(scene.heading, sizeof scene.heading, "%s", heading);
        status = chart_render(&scene, CHART_SVG, 1, settings, &picture->svg, &picture->length, error);
        snprintf(picture->alt, sizeof picture->alt, "%s", scene.summary);
    }
    scene_release(&scene);
    return status;
}

static bool is_logarithmic(const struct kurs_summary *summary)
{
    return kurs_decimal_double(summary->high.rate) > LOG_FROM * kurs_decimal_double(summary->low.rate);
}

static enum kurs_status draw_pair(struct kurs_snapshot *snapshot, const struct report_request *request,
                                  const struct run_settings *settings, struct report_pair *pair,
                                  struct kurs_error *error)
{
    const struct kurs_summary *summary = &pair->stats.summary;
    struct chart_request chart = chart_of(request, pair->route, 1, LINE_HEIGHT_PX);
    char heading[CAPTION_SIZE];
    chart.log_scale = is_logarithmic(summary);
    snprintf(heading, sizeof heading, "%s", pair->route->name);
    enum kurs_status status = draw(snapshot, &chart, heading, settings, &pair->line, error);
    if (status == KURS_OK && summary->count > 1) {
        chart.type = CHART_DRAWDOWN;
        chart.height_px = DRAWDOWN_HEIGHT_PX;
        chart.log_scale = false;
        snprintf(heading, sizeof heading, "%s, drawdown", pair->route->name);
        status = draw(snapshot, &chart, heading, settings, &pair->drawdown, error);
    }
    return status;
}

/* The steps between the points of a pair, at most step_most; *count says how many. */
static enum kurs_status read_steps(struct kurs_snapshot *snapshot, const struct report_pair *pair, int64_t *step_us,
                                   size_t step_most, size_t *count, struct kurs_error *error)
{
    const struct kurs_summary *summary = &pair->stats.summary;
    struct kurs_cursor *cursor = NULL;
    struct kurs_batch batch;
    int64_t before_us = summary->first.time_us;
    enum kurs_status status =
        kurs_cursor_open(snapshot, pair->route, summary->first.time_us, summary->last.time_us + 1, &cursor, error);
    *count = 0;
    while (status == KURS_OK && (status = kurs_cursor_next(cursor, &batch, error)) == KURS_OK) {
        for (size_t i = 0; i < batch.count && *count < step_most; i++) {
            if (batch.time_us[i] > before_us) {
                step_us[(*count)++] = batch.time_us[i] - before_us;
            }
            before_us = batch.time_us[i];
        }
    }
    kurs_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

/* Whether the usual (median) step is over three days: the year of sqrt(252) is one of trading days. Where the mean step
 * is shorter nothing is read. */
static enum kurs_status judge_steps(struct kurs_snapshot *snapshot, struct report_pair *pair, struct kurs_error *error)
{
    const int64_t apart_us = 3 * KURS_DAY_US;
    const struct kurs_summary *summary = &pair->stats.summary;
    if (summary->count < 2 ||
        (uint64_t)(summary->last.time_us - summary->first.time_us) / (summary->count - 1) <= (uint64_t)apart_us) {
        return KURS_OK;
    }
    size_t step_most = (size_t)summary->count - 1, count;
    int64_t *step_us = calloc(step_most, sizeof *step_us);
    if (step_us == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu points", step_most);
    }
    enum kurs_status status = read_steps(snapshot, pair, step_us, step_most, &count, error);
    if (status == KURS_OK && count > 0) {
        pair->sparse = frame_step(step_us, count, 10) > apart_us;
    }
    free(step_us);
    return status;
}

/* "US dollars per som, 2 Mar 2024 – 31 Dec 2025, log scale". */
static void write_unit(const struct report *report, struct report_pair *pair)
{
    const struct kurs_summary *summary = &pair->stats.summary;
    char unit[CAPTION_SIZE], range[CAPTION_SIZE];
    words_unit(pair->route->name, unit);
    words_range(summary->first.time_us, summary->last.time_us, pair->route->kind, report_zone(report, pair), range);
    snprintf(pair->unit, sizeof pair->unit, "%.200s, %.200s%s", unit, range,
             is_logarithmic(summary) ? ", log scale" : "");
}

static enum kurs_status read_stats(struct kurs_snapshot *snapshot, const struct report_request *request,
                                   struct report_pair *pair, struct kurs_error *error)
{
    enum kurs_status status =
        kurs_stats(snapshot, pair->route, request->from_us, request->until_us, request->zone, &pair->stats, error);
    if (status == KURS_OK && pair->stats.summary.count == 0) {
        status = chart_fail(error, KURS_ENODATA, "kurs pairs lists what is stored, with first and last dates", WHAT,
                            "'%s' has no point in the range", pair->route->name);
    }
    return status;
}

/* The periods asked for, else such as give more than a few changes. */
static void choose_periods(struct report *report)
{
    const int64_t quarter_us = 92 * KURS_DAY_US;
    int64_t first_us = KURS_TIME_MAX, last_us = KURS_TIME_MIN;
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct kurs_summary *summary = &report->pairs[i].stats.summary;
        first_us = summary->first.time_us < first_us ? summary->first.time_us : first_us;
        last_us = summary->last.time_us > last_us ? summary->last.time_us : last_us;
    }
    report->by = report->request->by;
    if (report->by.count == 0) {
        report->by = (struct kurs_span) {1, last_us - first_us <= quarter_us ? KURS_DAY : KURS_MONTH};
    }
}

static enum kurs_status gather_pair(struct kurs_snapshot *snapshot, const struct report *report,
                                    const struct run_settings *settings, struct report_pair *pair,
                                    struct kurs_error *error)
{
    const struct report_request *request = report->request;
    enum kurs_status status = judge_steps(snapshot, pair, error);
    for (size_t w = 0; w < request->window_count && status == KURS_OK; w++) {
        status = kurs_change_window(snapshot, pair->route, request->windows[w], request->until_us - 1, KURS_CALENDAR,
                                    request->zone, &pair->windows[w], error);
    }
    status = status == KURS_OK ? report_facts(snapshot, report, pair, error) : status;
    status = status == KURS_OK ? report_periods(snapshot, report, pair, error) : status;
    if (status == KURS_OK) {
        write_unit(report, pair);
        status = draw_pair(snapshot, request, settings, pair, error);
    }
    return status;
}

/* The names of the imported files without their folders, each once, in the order of their first import. */
static enum kurs_status gather_sources(struct kurs_snapshot *snapshot, struct report *report, struct kurs_error *error)
{
    struct kurs_import_record record = {.id = 0};
    enum kurs_status status;
    while ((status = kurs_import_next(snapshot, record.id, &record, error)) == KURS_OK) {
        const char *slash = strrchr(record.source, '/'), *name = slash != NULL ? slash + 1 : record.source;
        bool listed = false;
        for (size_t i = 0; i < report->source_count && !listed; i++) {
            listed = strcmp(report->sources[i], name) == 0;
        }
        if (!listed && report->source_count < REPORT_SOURCES_MAX) {
            snprintf(report->sources[report->source_count++], sizeof report->sources[0], "%s", name);
        } else if (!listed) {
            report->source_more++;
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

/* Whether lines rebased to their first points would be flattened by one of them. */
static bool differs_widely(const struct report *report)
{
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct kurs_summary *summary = &report->pairs[i].stats.summary;
        double first = kurs_decimal_double(summary->first.rate);
        low = fmin(low, kurs_decimal_double(summary->low.rate) / first);
        high = fmax(high, kurs_decimal_double(summary->high.rate) / first);
    }
    return high > LOG_FROM * low;
}

/* All pairs from 100 on one chart, high enough for their names. */
static enum kurs_status draw_overview(struct kurs_snapshot *snapshot, const struct run_settings *settings,
                                      struct report *report, struct kurs_error *error)
{
    const double furniture_px = 110, name_px = 17;
    const struct report_request *request = report->request;
    double height_px = fmax(OVERVIEW_HEIGHT_PX, furniture_px + name_px * (double)report->pair_count);
    struct chart_request chart = chart_of(request, request->routes, request->route_count, height_px);
    struct frame frame;
    if (report->pair_count > CHART_LINES_MAX) {
        snprintf(report->overview_unit, CAPTION_SIZE,
                 "There is no chart of all pairs: more than %d lines are not told "
                 "apart.",
                 CHART_LINES_MAX);
        return KURS_OK;
    }
    chart.rebase = true;
    chart.log_scale = differs_widely(report);
    chart.subtitle = NULL;
    enum kurs_status status = frame_load(snapshot, &chart, 1, &frame, error);
    if (status == KURS_OK) {
        words_subtitle(&chart, &frame, report->overview_unit);
        chart.subtitle = "";
        status = draw(snapshot, &chart, report->title, settings, &report->overview, error);
    } else if (status == KURS_ENODATA) {
        snprintf(report->overview_unit, CAPTION_SIZE, "There is no chart of all pairs: no day is common to them.");
        status = KURS_OK;
    }
    frame_release(&frame);
    return status;
}

/* Title and range as charts write them, and the date of the newest point. */
static enum kurs_status gather_words(struct kurs_snapshot *snapshot, struct report *report, struct kurs_error *error)
{
    const struct report_request *request = report->request;
    struct chart_request chart = chart_of(request, request->routes, request->route_count, OVERVIEW_HEIGHT_PX);
    const struct report_pair *newest = &report->pairs[0];
    struct frame frame;
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct report_pair *pair = &report->pairs[i];
        newest = pair->stats.summary.last.time_us > newest->stats.summary.last.time_us ? pair : newest;
        report->instants = report->instants || pair->route->kind == KURS_INSTANT;
    }
    caption_date(newest->stats.summary.last.time_us, newest->route->kind, request->zone, report->as_of);
    chart.title = request->title;
    enum kurs_status status = frame_load(snapshot, &chart, 1, &frame, error);
    if (status == KURS_OK) {
        words_title(&chart, &frame, report->title);
        words_range(frame.first_us, frame.last_us, frame.kind, frame.zone, report->range);
    }
    frame_release(&frame);
    return status;
}

enum kurs_status report_gather(struct kurs_snapshot *snapshot, const struct report_request *request,
                               const struct run_settings *settings, struct report *report, struct kurs_error *error)
{
    *report = (struct report) {.request = request};
    if (request->route_count > CHART_SERIES_MAX) {
        return chart_fail(error, KURS_ELIMIT, "name the pairs", WHAT, "%zu pairs (at most %d)", request->route_count,
                          CHART_SERIES_MAX);
    }
    report->pairs = calloc(request->route_count, sizeof *report->pairs);
    if (report->pairs == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu pairs", request->route_count);
    }
    report->pair_count = request->route_count;
    enum kurs_status status = KURS_OK;
    for (size_t i = 0; i < report->pair_count && status == KURS_OK; i++) {
        report->pairs[i].route = &request->routes[i];
        status = read_stats(snapshot, request, &report->pairs[i], error);
    }
    if (status == KURS_OK) {
        choose_periods(report);
    }
    for (size_t i = 0; i < report->pair_count && status == KURS_OK; i++) {
        status = gather_pair(snapshot, report, settings, &report->pairs[i], error);
    }
    status = status == KURS_OK ? gather_words(snapshot, report, error) : status;
    if (status == KURS_OK && report->pair_count > 1) {
        status = draw_overview(snapshot, settings, report, error);
    }
    return status == KURS_OK ? gather_sources(snapshot, report, error) : status;
}
