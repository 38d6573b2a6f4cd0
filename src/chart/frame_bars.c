/* frame_bars.c: owns the reading of periods. */
#include "chart/frame_bars.h"

#include "chart/fail.h"

#include <stdlib.h>

static const char *const WHAT = "cannot draw the chart";

/* Periods of bars, as --every has them. */
static const struct choice {
    const char *name;
    struct kurs_span span;
    int64_t length_us;
} choices[] = {
    {"1m", {1, KURS_MINUTE}, KURS_MINUTE_US},         {"5m", {5, KURS_MINUTE}, 5 * KURS_MINUTE_US},
    {"15m", {15, KURS_MINUTE}, 15 * KURS_MINUTE_US},  {"1h", {1, KURS_HOUR}, KURS_HOUR_US},
    {"4h", {4, KURS_HOUR}, 4 * KURS_HOUR_US},         {"1d", {1, KURS_DAY}, KURS_DAY_US},
    {"1w", {1, KURS_WEEK}, 7 * KURS_DAY_US},          {"month", {1, KURS_MONTH}, 30 * KURS_DAY_US},
    {"quarter", {1, KURS_QUARTER}, 91 * KURS_DAY_US}, {"year", {1, KURS_YEAR}, 365 * KURS_DAY_US},
};

/* The shortest of at least `least_us` of which the range has at most `most`; years when none. */
static const struct choice *choose(const struct frame *frame, int64_t least_us, double most)
{
    const struct choice *choice = choices, *last = &choices[sizeof choices / sizeof *choices - 1];
    double range_us = (double)(frame->last_us - frame->first_us);
    while (choice < last && (choice->length_us < least_us || range_us / (double)choice->length_us > most)) {
        choice++;
    }
    return choice;
}

/* From one point to the next in the mean, less a tenth: months and years are not all as long. */
static int64_t usual_step(const struct kurs_summary *summary)
{
    uint64_t steps = summary->count - 1;
    return steps == 0 ? 0 : (summary->last.time_us - summary->first.time_us) / (int64_t)steps * 9 / 10;
}

struct kurs_span frame_every(const struct chart_request *request, const struct frame *frame)
{
    if (request->type == CHART_HEATMAP) {
        return (struct kurs_span) {1, KURS_MONTH};
    }
    if (request->every.count > 0) {
        return request->every;
    }
    const double bars_most = 75, bar_px = 6;
    const int64_t sparse_us = 3 * KURS_DAY_US; /* more than a weekend: shorter periods stand by themselves */
    double width_px = request->width_px > 0 ? request->width_px : CHART_PX_WIDTH;
    double room = width_px / bar_px / (frame->count > 1 ? 3 : 1); /* panels stand beside each other */
    /* a day of a daily series has one rate: no low and high */
    bool rates = request->type == CHART_CANDLE || request->type == CHART_BAND;
    int64_t least_us = frame->kind == KURS_INSTANT ? 0 : rates ? 7 * KURS_DAY_US : KURS_DAY_US;
    for (size_t i = 0; i < frame->count && request->type == CHART_CHANGE; i++) {
        int64_t apart_us = usual_step(&frame->series[i].summary);
        least_us = apart_us > sparse_us && apart_us > least_us ? apart_us : least_us;
    }
    return choose(frame, least_us, room < bars_most ? room : bars_most)->span;
}

int64_t frame_every_us(const struct frame *frame)
{
    static const int64_t unit_us[] = {KURS_MINUTE_US,   KURS_HOUR_US,     KURS_DAY_US,      7 * KURS_DAY_US,
                                      28 * KURS_DAY_US, 90 * KURS_DAY_US, 365 * KURS_DAY_US};
    return unit_us[frame->every.unit] * frame->every.count;
}

void frame_every_hint(const struct frame *frame, double most, char *hint, size_t size)
{
    snprintf(hint, size, "choose --every %s or longer, a shorter range, or a wider --size",
             choose(frame, 0, most)->name);
}

/* Where the first period begins: before the range where that begins within it, for a week of two days or a January of
 * twelve would be taken for a whole one. */
static int64_t first_from_us(const struct chart_request *request, const struct frame *frame, struct kurs_span every)
{
    int64_t from_us, until_us;
    int64_t first_us = request->from_us > frame->first_us ? request->from_us : frame->first_us;
    kurs_period_of(first_us, every, frame->zone, &from_us, &until_us);
    return from_us;
}

/* A growing list. */
struct bars {
    struct frame_bar *bar;
    size_t count;
};

static enum kurs_status add_bar(const struct frame *frame, struct bars *bars, const struct frame_bar *bar,
                                struct kurs_error *error)
{
    const size_t step = 256;
    if (bars->count == CHART_BARS_MAX) {
        char hint[128];
        frame_every_hint(frame, CHART_PX_WIDTH / CHART_BAR_PX, hint, sizeof hint);
        return chart_fail(error, KURS_ELIMIT, hint, WHAT, "more than %d bars", CHART_BARS_MAX);
    }
    if (bars->count % step == 0) {
        struct frame_bar *grown = realloc(bars->bar, (bars->count + step) * sizeof *grown);
        if (grown == NULL) {
            return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu bars", bars->count + step);
        }
        bars->bar = grown;
    }
    bars->bar[bars->count++] = *bar;
    return KURS_OK;
}

/* Whether a change that starts at `start_us` is one on the period before that which begins at `from_us`. */
static bool is_on_the_one_before(int64_t start_us, int64_t from_us, struct kurs_span every,
                                 const struct kurs_zone *zone)
{
    const int64_t closed_most_us = 7 * KURS_DAY_US;
    int64_t before_from_us, before_until_us;
    kurs_period_of(from_us - 1, every, zone, &before_from_us, &before_until_us);
    return start_us >= before_from_us || (every.unit <= KURS_DAY && from_us - start_us <= closed_most_us);
}

/* The changes of all periods `every`. */
static enum kurs_status read_changes(struct kurs_snapshot *snapshot, const struct chart_request *request,
                                     const struct frame *frame, struct kurs_span every, struct frame_series *series,
                                     struct bars *bars, struct kurs_error *error)
{
    int64_t next_us = first_from_us(request, frame, every);
    struct kurs_period_change period;
    enum kurs_status status;
    while ((status = kurs_change_period(snapshot, series->route, every, frame->zone, &next_us, frame->last_us + 1,
                                        &period, error)) == KURS_OK) {
        if (!period.change.known) {
            continue;
        }
        if (!is_on_the_one_before(period.change.start.time_us, period.period_from_us, every, frame->zone)) {
            series->left_out++;
            continue;
        }
        struct frame_bar bar = {.from_us = period.period_from_us,
                                .until_us = period.period_until_us,
                                .percent = kurs_percent_double(&period.change.ratio)};
        if ((status = add_bar(frame, bars, &bar, error)) != KURS_OK) {
            break;
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

enum kurs_status frame_changes(struct kurs_snapshot *snapshot, const struct chart_request *request,
                               const struct frame *frame, struct frame_series *series, struct kurs_error *error)
{
    struct bars bars = {.bar = NULL}, years = {.bar = NULL};
    enum kurs_status status = read_changes(snapshot, request, frame, frame->every, series, &bars, error);
    if (status == KURS_OK && frame->type == CHART_HEATMAP) {
        status = read_changes(snapshot, request, frame, (struct kurs_span) {1, KURS_YEAR}, series, &years, error);
    }
    series->bars = bars.bar;
    series->bar_count = bars.count;
    series->years = years.bar;
    series->year_count = years.count;
    if (status == KURS_OK && bars.count == 0) {
        return chart_fail(error, KURS_ENODATA, "choose longer periods with --every, or --type line", WHAT,
                          "no period of '%s' follows one with a rate", series->route->name);
    }
    return status;
}

enum kurs_status frame_rates(struct kurs_snapshot *snapshot, const struct chart_request *request,
                             const struct frame *frame, struct frame_series *series, struct kurs_error *error)
{
    struct bars bars = {.bar = NULL};
    struct kurs_bars *periods = NULL;
    struct kurs_bar period;
    bool single = true;
    bool lines = frame->type == CHART_BAND; /* which begin with the range, and so does what is under them */
    int64_t from_us = lines ? frame->first_us : first_from_us(request, frame, frame->every);
    enum kurs_status status = kurs_bars_open(snapshot, series->route, frame->every, frame->zone, from_us,
                                             frame->last_us + 1, &periods, error);
    while (status == KURS_OK && (status = kurs_bars_next(periods, &period, error)) == KURS_OK) {
        const struct kurs_summary *summary = &period.summary;
        struct frame_bar bar = {.from_us = period.period_from_us,
                                .until_us = period.period_until_us,
                                .open = kurs_decimal_double(summary->first.rate),
                                .high = kurs_decimal_double(summary->high.rate),
                                .low = kurs_decimal_double(summary->low.rate),
                                .close = kurs_decimal_double(summary->last.rate),
                                .first_us = summary->first.time_us,
                                .last_us = summary->last.time_us};
        single = single && summary->count == 1;
        status = add_bar(frame, &bars, &bar, error);
    }
    kurs_bars_close(periods);
    series->bars = bars.bar;
    series->bar_count = bars.count;
    if (status == KURS_END && bars.count == 0) {
        return chart_fail(error, KURS_ENODATA, "", WHAT, "no period of '%s' has a point", series->route->name);
    }
    if (status == KURS_END && single && bars.count > 1) {
        return chart_fail(error, KURS_EARGUMENT, "choose longer periods with --every, or --type line", WHAT,
                          "no period of '%s' has two rates, and so a low and a high", series->route->name);
    }
    return status == KURS_END ? KURS_OK : status;
}
