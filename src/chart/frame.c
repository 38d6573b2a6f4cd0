/* frame.c: owns the reading of lines. The one idea: a series with more points than the picture has columns is asked for
 * its envelope, which costs a few summary nodes a column; drawn, first-low-high-last of each column is the picture of
 * all points (M4: Jugel et al., VLDB 2014). Drawing every n-th point was the alternative: it loses the extremes. */
#include "chart/frame.h"

#include "chart/calendar.h"
#include "chart/fail.h"
#include "chart/frame_bars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_A_COLUMN 4

static const char *const WHAT = "cannot draw the chart";

void frame_release(struct frame *frame)
{
    for (size_t i = 0; frame->series != NULL && i < frame->count; i++) {
        free(frame->series[i].points);
        free(frame->series[i].bars);
        free(frame->series[i].years);
    }
    free(frame->series);
    *frame = (struct frame) {.count = 0};
}

double frame_x(const struct chart_request *request, const struct frame *frame, int64_t time_us)
{
    return request->weekdays ? calendar_weekdays(time_us + frame->weekend_us, frame->zone)
                             : (double)time_us / (double)KURS_SECOND_US;
}

/* Markets that open on Sunday evening, as their clocks here show, close as long before midnight on Friday; those that
 * close on Saturday morning open as late on Monday. */
static void note_weekend(const struct chart_request *request, struct frame *frame, int64_t time_us)
{
    if (!request->weekdays || frame->kind == KURS_DAILY) {
        return;
    }
    struct calendar at = calendar_of(time_us, frame->zone);
    int64_t of_day_us = at.hour * KURS_HOUR_US + at.minute * KURS_MINUTE_US;
    bool sunday = at.weekday == 6 && at.hour >= 12, saturday = at.weekday == 5 && at.hour < 12;
    if (sunday && KURS_DAY_US - of_day_us > frame->weekend_us) {
        frame->weekend_us = KURS_DAY_US - of_day_us;
    } else if (saturday && frame->weekend_us <= 0 && -of_day_us < frame->weekend_us) {
        frame->weekend_us = -of_day_us;
    }
}

bool frame_ends_early(const struct frame *frame, const struct frame_series *series)
{
    const int64_t early_part = 20;
    return frame->last_us - series->summary.last.time_us > (frame->last_us - frame->first_us) / early_part;
}

static int compare_steps(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

int64_t frame_step(int64_t *steps_us, size_t count, size_t twentieths)
{
    qsort(steps_us, count, sizeof *steps_us, compare_steps);
    return steps_us[(count - 1) * twentieths / 20];
}

int64_t frame_gap(int64_t *steps_us, size_t count, int64_t column_us, enum kurs_kind kind)
{
    if (count == 0) {
        return INT64_MAX;
    }
    const int64_t usual_times = 4, columns_least = 4, weekend_columns = 16;
    const int64_t daily_least_us = 10 * KURS_DAY_US; /* holidays are no gap */
    const int64_t weekend_us = 3 * KURS_DAY_US;
    int64_t usual_us = frame_step(steps_us, count, 19);
    int64_t gap_us = usual_us > INT64_MAX / usual_times ? INT64_MAX : usual_us * usual_times;
    int64_t seen_us = column_us > INT64_MAX / columns_least ? INT64_MAX : column_us * columns_least;
    gap_us = gap_us < seen_us ? seen_us : gap_us;
    if (kind == KURS_INSTANT && gap_us < weekend_us && column_us > weekend_us / weekend_columns) {
        return weekend_us; /* a year of minutes is one line, not 52 */
    }
    return kind == KURS_DAILY && gap_us < daily_least_us ? daily_least_us : gap_us;
}

static void add_point(struct frame_series *series, struct kurs_point point)
{
    if (series->point_count > 0 && series->points[series->point_count - 1].time_us >= point.time_us) {
        return; /* the first of a column is its low, and so on */
    }
    series->points[series->point_count++] =
        (struct frame_point) {.time_us = point.time_us, .value = kurs_decimal_double(point.rate)};
}

static enum kurs_status load_all(struct kurs_snapshot *snapshot, struct frame *frame, struct frame_series *series,
                                 struct kurs_error *error)
{
    series->points = calloc((size_t)series->summary.count, sizeof *series->points);
    if (series->points == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu points", (size_t)series->summary.count);
    }
    struct kurs_cursor *cursor = NULL;
    enum kurs_status status =
        kurs_cursor_open(snapshot, series->route, frame->first_us, frame->last_us + 1, &cursor, error);
    struct kurs_batch batch;
    while (status == KURS_OK && (status = kurs_cursor_next(cursor, &batch, error)) == KURS_OK) {
        for (size_t i = 0; i < batch.count && series->point_count < series->summary.count; i++) {
            struct kurs_decimal rate = {batch.coefficient[i], batch.exponent[i]};
            add_point(series, (struct kurs_point) {batch.time_us[i], rate});
        }
    }
    kurs_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status load_envelope(struct kurs_snapshot *snapshot, struct frame *frame, struct frame_series *series,
                                      size_t columns, struct kurs_error *error)
{
    struct kurs_bar *bars = calloc(columns, sizeof *bars);
    series->points = calloc(columns * POINTS_A_COLUMN, sizeof *series->points);
    size_t count = 0;
    enum kurs_status status =
        bars == NULL || series->points == NULL
            ? chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu columns", columns)
            : kurs_envelope(snapshot, series->route, frame->first_us, frame->last_us + 1, columns, bars, &count, error);
    for (size_t i = 0; status == KURS_OK && i < count; i++) {
        const struct kurs_summary *bar = &bars[i].summary;
        bool low_first = bar->low.time_us < bar->high.time_us;
        add_point(series, bar->first);
        add_point(series, low_first ? bar->low : bar->high);
        add_point(series, low_first ? bar->high : bar->low);
        add_point(series, bar->last);
    }
    free(bars);
    series->reduced = true;
    return status;
}

/* From one point to the next, less the weekend that a weekday axis has no room for. */
static int64_t step_of(const struct chart_request *request, const struct frame *frame, const struct frame_point *point)
{
    if (!request->weekdays) {
        return point[1].time_us - point[0].time_us;
    }
    double days = frame_x(request, frame, point[1].time_us) - frame_x(request, frame, point[0].time_us);
    return (int64_t)(days * (double)KURS_DAY_US);
}

/* Marks where stretches of the line begin. */
static enum kurs_status break_line(const struct chart_request *request, const struct frame *frame,
                                   struct frame_series *series, size_t columns, struct kurs_error *error)
{
    size_t steps = series->point_count - 1;
    int64_t gap_us = request->gap_us;
    series->points[0].starts = true;
    if (gap_us == 0 && steps > 0) {
        int64_t *step_us = calloc(steps, sizeof *step_us);
        if (step_us == NULL) {
            return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu points", series->point_count);
        }
        for (size_t i = 0; i < steps; i++) {
            step_us[i] = step_of(request, frame, &series->points[i]);
        }
        int64_t column_us = (frame->last_us - frame->first_us) / (int64_t)columns;
        gap_us = frame_gap(step_us, steps, column_us, frame->kind);
        free(step_us);
    }
    for (size_t i = 0; i < steps; i++) {
        series->points[i + 1].starts = step_of(request, frame, &series->points[i]) > gap_us;
    }
    return KURS_OK;
}

/* Values as drawn: per cent of the first, or below the highest so far. */
static void convert(const struct chart_request *request, struct frame_series *series)
{
    double base = series->points[0].value, peak = 0;
    for (size_t i = 0; i < series->point_count; i++) {
        double value = series->points[i].value;
        peak = fmax(peak, value);
        if (request->type == CHART_DRAWDOWN) {
            series->points[i].value = (value / peak - 1) * 100;
        } else if (request->rebase) {
            series->points[i].value = value / base * 100;
        }
    }
}

static void widen(struct frame_series *series, double value)
{
    series->low = fmin(series->low, value);
    series->high = fmax(series->high, value);
}

static enum kurs_status load_line(struct kurs_snapshot *snapshot, const struct chart_request *request, size_t columns,
                                  struct frame *frame, struct frame_series *series, struct kurs_error *error)
{
    enum kurs_status status = series->summary.count <= POINTS_A_COLUMN * columns
                                  ? load_all(snapshot, frame, series, error)
                                  : load_envelope(snapshot, frame, series, columns, error);
    if (status == KURS_OK && series->point_count == 0) {
        status = chart_fail(error, KURS_ENODATA, "", WHAT, "'%s' has no point in the range", series->route->name);
    }
    for (size_t i = 0; status == KURS_OK && i < series->point_count; i++) {
        note_weekend(request, frame, series->points[i].time_us);
    }
    if (status == KURS_OK) {
        status = break_line(request, frame, series, columns, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    convert(request, series);
    for (size_t i = 0; i < series->point_count; i++) {
        widen(series, series->points[i].value);
    }
    frame->points_drawn += series->point_count;
    if (request->type == CHART_DRAWDOWN) {
        struct kurs_stats stats;
        status = kurs_stats(snapshot, series->route, request->from_us, request->until_us, request->zone, &stats, error);
        series->drawdown = stats.drawdown;
        series->drawdown_us = stats.drawdown_to_us;
    }
    return status;
}

static enum kurs_status load_bars(struct kurs_snapshot *snapshot, const struct chart_request *request,
                                  struct frame *frame, struct frame_series *series, struct kurs_error *error)
{
    bool changes = frame->type == CHART_CHANGE || frame->type == CHART_HEATMAP;
    enum kurs_status status = changes ? frame_changes(snapshot, request, frame, series, error)
                                      : frame_rates(snapshot, request, frame, series, error);
    for (size_t i = 0; status == KURS_OK && i < series->bar_count; i++) {
        const struct frame_bar *bar = &series->bars[i];
        note_weekend(request, frame, changes ? bar->from_us : bar->first_us);
        note_weekend(request, frame, changes ? bar->until_us - 1 : bar->last_us);
        widen(series, changes ? bar->percent : bar->low);
        widen(series, changes ? bar->percent : bar->high);
    }
    return status;
}

static enum kurs_status load_series(struct kurs_snapshot *snapshot, const struct chart_request *request, size_t columns,
                                    struct frame *frame, struct frame_series *series, struct kurs_error *error)
{
    series->low = INFINITY;
    series->high = -INFINITY;
    enum kurs_status status = KURS_OK;
    if (frame->type == CHART_LINE || frame->type == CHART_DRAWDOWN || frame->type == CHART_BAND) {
        status = load_line(snapshot, request, columns, frame, series, error);
    }
    if (status == KURS_OK && frame->type != CHART_LINE && frame->type != CHART_DRAWDOWN) {
        status = load_bars(snapshot, request, frame, series, error);
    }
    if (status == KURS_OK) {
        frame->low = fmin(frame->low, series->low);
        frame->high = fmax(frame->high, series->high);
    }
    return status;
}

/* What each series adds up to over the range; the ends of the date axis follow. */
static enum kurs_status summarize(struct kurs_snapshot *snapshot, int64_t from_us, int64_t until_us,
                                  struct frame *frame, struct kurs_error *error)
{
    frame->first_us = INT64_MAX;
    frame->last_us = INT64_MIN;
    frame->points_total = 0;
    for (size_t i = 0; i < frame->count; i++) {
        struct frame_series *series = &frame->series[i];
        enum kurs_status status = kurs_summarize(snapshot, series->route, from_us, until_us, &series->summary, error);
        if (status != KURS_OK) {
            return status;
        }
        if (series->summary.count == 0) {
            return chart_fail(error, KURS_ENODATA, "kurs pairs lists what is stored, with first and last dates", WHAT,
                              "'%s' has no point in the range", series->route->name);
        }
        const struct kurs_point *first = &series->summary.first, *last = &series->summary.last;
        frame->first_us = first->time_us < frame->first_us ? first->time_us : frame->first_us;
        frame->last_us = last->time_us > frame->last_us ? last->time_us : frame->last_us;
        frame->points_total += series->summary.count;
        struct kurs_ratio ratio = {{last->rate, {1, 0}}, {first->rate, {1, 0}}};
        series->percent = kurs_percent_double(&ratio);
    }
    return KURS_OK;
}

/* The latest of the first points. */
static int64_t latest_first(const struct frame *frame)
{
    int64_t start_us = INT64_MIN;
    for (size_t i = 0; i < frame->count; i++) {
        int64_t first_us = frame->series[i].summary.first.time_us;
        start_us = first_us > start_us ? first_us : start_us;
    }
    return start_us;
}

/* Whether all lines begin within some days, or a fiftieth of the range, of each other. */
static bool begins_together(const struct frame *frame)
{
    const int64_t daily_apart_us = 10 * KURS_DAY_US, range_parts = 50;
    int64_t apart_us = (frame->last_us - frame->first_us) / range_parts;
    apart_us = frame->kind == KURS_DAILY && apart_us < daily_apart_us ? daily_apart_us : apart_us;
    return latest_first(frame) - frame->first_us <= apart_us;
}

/* Rebased lines all stand at 100 on one day: the first that every pair has. A pair with a hole there moves the day on,
 * for a line that is 100 years after the others would say that it had not moved until then. Where no day is common to
 * all (months of different days) each starts at its own first point, and frame->apart says so. */
static enum kurs_status start_together(struct kurs_snapshot *snapshot, const struct chart_request *request,
                                       struct frame *frame, struct kurs_error *error)
{
    const int rounds_most = 64;
    int64_t start_us = latest_first(frame);
    enum kurs_status status = summarize(snapshot, start_us, request->until_us, frame, error);
    if (status == KURS_ENODATA) {
        return chart_fail(error, KURS_ENODATA, "leave out --rebase, or use --panels", WHAT,
                          "one of the pairs ends before another begins");
    }
    for (int round = 0; round < rounds_most && status == KURS_OK && !begins_together(frame); round++) {
        status = summarize(snapshot, latest_first(frame), request->until_us, frame, error);
    }
    if (status == KURS_ENODATA || (status == KURS_OK && !begins_together(frame))) {
        frame->apart = true;
        status = summarize(snapshot, start_us, request->until_us, frame, error);
    }
    return status;
}

enum kurs_status frame_load(struct kurs_snapshot *snapshot, const struct chart_request *request, size_t columns,
                            struct frame *frame, struct kurs_error *error)
{
    *frame = (struct frame) {.type = request->type, .kind = KURS_DAILY, .low = INFINITY, .high = -INFINITY};
    frame->series = calloc(request->route_count, sizeof *frame->series);
    if (frame->series == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu pairs", request->route_count);
    }
    frame->count = request->route_count;
    for (size_t i = 0; i < frame->count; i++) {
        frame->series[i].route = &request->routes[i];
        frame->kind = request->routes[i].kind == KURS_INSTANT ? KURS_INSTANT : frame->kind;
    }
    frame->zone = frame->kind == KURS_DAILY ? NULL : request->zone;
    enum kurs_status status = summarize(snapshot, request->from_us, request->until_us, frame, error);
    if (status == KURS_OK && request->rebase) {
        status = start_together(snapshot, request, frame, error);
    }
    if (status == KURS_OK) {
        frame->every = frame_every(request, frame);
    }
    for (size_t i = 0; status == KURS_OK && i < frame->count; i++) {
        status = load_series(snapshot, request, columns, frame, &frame->series[i], error);
    }
    return status;
}
