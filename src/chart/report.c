/* report.c: owns what a report says: numbers, periods and pictures, gathered once so that HTML and Markdown cannot
 * differ. Dated by its data, never by the clock: the same store gives the same bytes. */
#include "chart/report.h"

#include "chart/calendar.h"
#include "chart/fail.h"
#include "chart/frame.h"
#include "chart/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PICTURE_WIDTH_PX   880
#define OVERVIEW_HEIGHT_PX 420
#define LINE_HEIGHT_PX     340
#define DRAWDOWN_HEIGHT_PX 210

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
        release_picture(&report->pairs[i].line);
        release_picture(&report->pairs[i].drawdown);
    }
    free(report->pairs);
    release_picture(&report->overview);
    *report = (struct report) {.pair_count = 0};
}

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
        .width_px = PICTURE_WIDTH_PX,
        .height_px = height_px,
        .output = CHART_SVG,
    };
}

static enum kurs_status draw(struct kurs_snapshot *snapshot, const struct chart_request *chart,
                             const struct run_settings *settings, struct report_picture *picture,
                             struct kurs_error *error)
{
    struct scene scene;
    enum kurs_status status = chart_scene(snapshot, chart, &scene, error);
    if (status == KURS_OK) {
        status = chart_render(&scene, CHART_SVG, 1, settings, &picture->svg, &picture->length, error);
        picture->width = scene.width;
        picture->height = scene.height;
        memcpy(picture->alt, scene.summary, sizeof picture->alt);
    }
    scene_release(&scene);
    return status;
}

static enum kurs_status gather_periods(struct kurs_snapshot *snapshot, const struct report_request *request,
                                       struct report_pair *pair, struct kurs_error *error)
{
    const struct kurs_zone *zone = pair->route->kind == KURS_DAILY ? NULL : request->zone;
    int64_t next_us = pair->stats.summary.first.time_us, until_us = pair->stats.summary.last.time_us + 1;
    next_us = request->from_us > next_us ? request->from_us : next_us;
    struct kurs_period_change period;
    enum kurs_status status;
    while ((status = kurs_change_period(snapshot, pair->route, request->by, zone, &next_us, until_us, &period,
                                        error)) == KURS_OK) {
        const size_t step = 64;
        if (!period.change.known) {
            continue;
        }
        if (pair->period_count == CHART_BARS_MAX) {
            return chart_fail(error, KURS_ELIMIT, "choose longer periods with --by, or a shorter range", WHAT,
                              "'%s' has more than %d periods", pair->route->name, CHART_BARS_MAX);
        }
        if (pair->period_count % step == 0) {
            struct report_period *grown = realloc(pair->periods, (pair->period_count + step) * sizeof *grown);
            if (grown == NULL) {
                return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for its periods");
            }
            pair->periods = grown;
        }
        struct report_period *item = &pair->periods[pair->period_count++];
        item->from_us = period.period_from_us;
        item->percent = kurs_percent_double(&period.change.ratio);
        kurs_period_format(period.period_from_us, request->by, zone, item->name);
    }
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status draw_pair(struct kurs_snapshot *snapshot, const struct report_request *request,
                                  const struct run_settings *settings, struct report_pair *pair,
                                  struct kurs_error *error)
{
    struct chart_request chart = chart_of(request, pair->route, 1, LINE_HEIGHT_PX);
    chart.title = "";
    enum kurs_status status = draw(snapshot, &chart, settings, &pair->line, error);
    if (status == KURS_OK && pair->stats.summary.count > 1) {
        chart.type = CHART_DRAWDOWN;
        chart.height_px = DRAWDOWN_HEIGHT_PX;
        status = draw(snapshot, &chart, settings, &pair->drawdown, error);
    }
    return status;
}

static int compare_steps(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
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
        qsort(step_us, count, sizeof *step_us, compare_steps);
        pair->sparse = step_us[(count - 1) / 2] > apart_us;
    }
    free(step_us);
    return status;
}

static enum kurs_status gather_pair(struct kurs_snapshot *snapshot, const struct report_request *request,
                                    const struct run_settings *settings, struct report_pair *pair,
                                    struct kurs_error *error)
{
    enum kurs_status status =
        kurs_stats(snapshot, pair->route, request->from_us, request->until_us, request->zone, &pair->stats, error);
    if (status == KURS_OK && pair->stats.summary.count == 0) {
        status = chart_fail(error, KURS_ENODATA, "kurs pairs lists what is stored, with first and last dates", WHAT,
                            "'%s' has no point in the range", pair->route->name);
    }
    status = status == KURS_OK ? judge_steps(snapshot, pair, error) : status;
    for (size_t w = 0; w < request->window_count && status == KURS_OK; w++) {
        status = kurs_change_window(snapshot, pair->route, request->windows[w], request->until_us - 1, KURS_CALENDAR,
                                    request->zone, &pair->windows[w], error);
    }
    status = status == KURS_OK ? gather_periods(snapshot, request, pair, error) : status;
    return status == KURS_OK ? draw_pair(snapshot, request, settings, pair, error) : status;
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

/* Title, range and date, as charts write them. */
static enum kurs_status gather_words(struct kurs_snapshot *snapshot, const struct report_request *request,
                                     struct report *report, struct kurs_error *error)
{
    struct chart_request chart = chart_of(request, request->routes, request->route_count, OVERVIEW_HEIGHT_PX);
    struct frame frame;
    chart.title = request->title;
    enum kurs_status status = frame_load(snapshot, &chart, 1, &frame, error);
    if (status == KURS_OK) {
        words_title(&chart, &frame, report->title);
        words_range(frame.first_us, frame.last_us, frame.kind, frame.zone, report->range);
        caption_date(frame.last_us, frame.kind, frame.zone, report->as_of);
    }
    frame_release(&frame);
    return status;
}

enum kurs_status report_gather(struct kurs_snapshot *snapshot, const struct report_request *request,
                               const struct run_settings *settings, struct report *report, struct kurs_error *error)
{
    *report = (struct report) {.request = request};
    if (request->route_count > CHART_LINES_MAX) {
        return chart_fail(error, KURS_ELIMIT, "name the pairs", WHAT, "%zu pairs (at most %d)", request->route_count,
                          CHART_LINES_MAX);
    }
    report->pairs = calloc(request->route_count, sizeof *report->pairs);
    if (report->pairs == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu pairs", request->route_count);
    }
    report->pair_count = request->route_count;
    enum kurs_status status = gather_words(snapshot, request, report, error);
    for (size_t i = 0; i < report->pair_count && status == KURS_OK; i++) {
        report->pairs[i].route = &request->routes[i];
        status = gather_pair(snapshot, request, settings, &report->pairs[i], error);
    }
    if (status == KURS_OK && report->pair_count > 1) {
        struct chart_request chart = chart_of(request, request->routes, request->route_count, OVERVIEW_HEIGHT_PX);
        chart.rebase = true;
        chart.title = ""; /* the page has one */
        status = draw(snapshot, &chart, settings, &report->overview, error);
        status = status == KURS_ENODATA ? KURS_OK : status;
    }
    return status == KURS_OK ? gather_sources(snapshot, report, error) : status;
}

void report_percent(const struct kurs_change *change, char text[CAPTION_NUMBER_SIZE])
{
    char plain[KURS_PERCENT_SIZE];
    text[0] = '\0';
    if (!change->known || kurs_percent_format(&change->ratio, 2, plain) == 0) {
        return;
    }
    bool fall = plain[0] == '-';
    snprintf(text, CAPTION_NUMBER_SIZE, "%s%.80s%%", fall ? "\xE2\x88\x92" : "+", plain + fall);
}

static const struct kurs_zone *zone_of(const struct report *report, const struct report_pair *pair)
{
    return pair->route->kind == KURS_DAILY ? NULL : report->request->zone;
}

bool report_years(const struct report *report, const struct report_pair *pair, int *first_year, size_t *years)
{
    struct kurs_span by = report->request->by;
    if (by.unit != KURS_MONTH || by.count != 1 || pair->period_count == 0) {
        return false;
    }
    *first_year = calendar_of(pair->periods[0].from_us, zone_of(report, pair)).year;
    int last = calendar_of(pair->periods[pair->period_count - 1].from_us, zone_of(report, pair)).year;
    *years = (size_t)(last - *first_year) + 1;
    return true;
}

bool report_month(const struct report *report, const struct report_pair *pair, int year, int month, double *percent)
{
    bool found = false;
    double factor = 1;
    for (size_t i = 0; i < pair->period_count; i++) {
        struct calendar at = calendar_of(pair->periods[i].from_us, zone_of(report, pair));
        if (at.year == year && (month == 0 || at.month == month)) {
            factor *= 1 + pair->periods[i].percent / 100;
            found = true;
        }
    }
    *percent = (factor - 1) * 100;
    return found;
}

static void add_fact(struct report_fact *facts, size_t *count, const char *name, const char *value)
{
    if (value[0] != '\0' && *count < REPORT_FACTS) {
        snprintf(facts[*count].name, sizeof facts[*count].name, "%s", name);
        snprintf(facts[*count].value, sizeof facts[*count].value, "%s", value);
        (*count)++;
    }
}

/* "0.0114 on 2 Mar 2024". */
static void dated_rate(const struct report *report, const struct report_pair *pair, struct kurs_point point,
                       char text[2 * CAPTION_NUMBER_SIZE])
{
    char rate[CAPTION_NUMBER_SIZE], date[CAPTION_NUMBER_SIZE];
    caption_rate(point.rate, rate);
    caption_date(point.time_us, pair->route->kind, zone_of(report, pair), date);
    snprintf(text, 2 * CAPTION_NUMBER_SIZE, "%.80s on %.80s", rate, date);
}

static void dated_percent(double percent, int64_t time_us, const struct kurs_zone *zone,
                          char text[2 * CAPTION_NUMBER_SIZE])
{
    char number[CAPTION_NUMBER_SIZE], date[CAPTION_NUMBER_SIZE];
    text[0] = '\0';
    if (caption_percent(percent, number) > 0) {
        caption_day(time_us, zone, date);
        snprintf(text, 2 * CAPTION_NUMBER_SIZE, "%.80s on %.80s", number, date);
    }
}

size_t report_facts(const struct report *report, const struct report_pair *pair, struct report_fact facts[REPORT_FACTS])
{
    const struct kurs_stats *stats = &pair->stats;
    const struct kurs_summary *summary = &stats->summary;
    char text[2 * CAPTION_NUMBER_SIZE], number[CAPTION_NUMBER_SIZE];
    size_t count = 0;
    dated_rate(report, pair, summary->last, text);
    add_fact(facts, &count, "Last", text);
    caption_percent(kurs_percent_double(&stats->ratio), number);
    add_fact(facts, &count, "Change over the range", summary->count > 1 ? number : "");
    dated_rate(report, pair, summary->high, text);
    add_fact(facts, &count, "High", text);
    dated_rate(report, pair, summary->low, text);
    add_fact(facts, &count, "Low", text);
    caption_rate(summary->mean, number);
    add_fact(facts, &count, "Mean of the points", number);
    caption_percent(stats->cagr, number);
    add_fact(facts, &count, "A year, compounded", number);
    caption_percent(stats->volatility, number);
    add_fact(facts, &count, "Volatility a year",
             pair->sparse       ? "not given: rates are more than 3 days apart"
             : number[0] == '+' ? number + 1
                                : number);
    dated_percent(summary->count > 1 ? stats->drawdown : NAN, stats->drawdown_to_us, zone_of(report, pair), text);
    add_fact(facts, &count, "Deepest drawdown", text);
    dated_percent(stats->best_day, stats->best_day_us, zone_of(report, pair), text);
    add_fact(facts, &count, "Largest rise between closes", text);
    dated_percent(stats->worst_day, stats->worst_day_us, zone_of(report, pair), text);
    add_fact(facts, &count, "Largest fall between closes", text);
    return count;
}

void report_rule(const struct kurs_route *route, char text[CAPTION_SIZE])
{
    if (route->rule == KURS_CROSS) {
        snprintf(text, CAPTION_SIZE, "derived via %s from %s and %s", route->pivot, route->leg[0], route->leg[1]);
    } else if (route->rule == KURS_INVERSE) {
        snprintf(text, CAPTION_SIZE, "derived, inverse of %s", route->leg[0]);
    } else {
        snprintf(text, CAPTION_SIZE, "as published");
    }
}
