/* frame_bars.c: owns the reading of periods. */
#include "chart/frame_bars.h"

#include "chart/fail.h"

#include <stdlib.h>

static const char *const WHAT = "cannot draw the chart";

struct kurs_span frame_every(const struct chart_request *request, const struct frame *frame)
{
    static const struct {
        struct kurs_span span;
        int64_t length_us;
    } choices[] = {
        {{1, KURS_MINUTE}, KURS_MINUTE_US},       {{5, KURS_MINUTE}, 5 * KURS_MINUTE_US},
        {{15, KURS_MINUTE}, 15 * KURS_MINUTE_US}, {{1, KURS_HOUR}, KURS_HOUR_US},
        {{4, KURS_HOUR}, 4 * KURS_HOUR_US},       {{1, KURS_DAY}, KURS_DAY_US},
        {{1, KURS_WEEK}, 7 * KURS_DAY_US},        {{1, KURS_MONTH}, 30 * KURS_DAY_US},
        {{1, KURS_QUARTER}, 91 * KURS_DAY_US},    {{1, KURS_YEAR}, 365 * KURS_DAY_US},
    };
    const int64_t bars_wanted = 75;
    if (request->type == CHART_HEATMAP) {
        return (struct kurs_span) {1, KURS_MONTH};
    }
    if (request->every.count > 0) {
        return request->every;
    }
    size_t choice = 0;
    while (choice + 1 < sizeof choices / sizeof *choices &&
           ((frame->kind == KURS_DAILY && choices[choice].length_us < KURS_DAY_US) ||
            (frame->last_us - frame->first_us) / choices[choice].length_us > bars_wanted)) {
        choice++;
    }
    return choices[choice].span;
}

/* Room for one more bar, or a failure. */
static enum kurs_status grow_bars(struct frame_series *series, struct kurs_error *error)
{
    const size_t step = 256;
    if (series->bar_count == CHART_BARS_MAX) {
        return chart_fail(error, KURS_ELIMIT, "choose longer periods with --every, or a shorter range", WHAT,
                          "more than %d bars", CHART_BARS_MAX);
    }
    if (series->bar_count % step != 0) {
        return KURS_OK;
    }
    struct frame_bar *grown = realloc(series->bars, (series->bar_count + step) * sizeof *grown);
    if (grown == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for %zu bars", series->bar_count + step);
    }
    series->bars = grown;
    return KURS_OK;
}

static enum kurs_status some_bars(enum kurs_status status, const struct frame_series *series, struct kurs_error *error)
{
    if (status != KURS_END) {
        return status;
    }
    return series->bar_count > 0
               ? KURS_OK
               : chart_fail(error, KURS_ENODATA, "", WHAT, "no period of '%s' has a change", series->route->name);
}

enum kurs_status frame_changes(struct kurs_snapshot *snapshot, const struct chart_request *request,
                               const struct frame *frame, struct frame_series *series, struct kurs_error *error)
{
    int64_t next_us = request->from_us > frame->first_us ? request->from_us : frame->first_us;
    struct kurs_period_change period;
    enum kurs_status status;
    while ((status = kurs_change_period(snapshot, series->route, frame->every, frame->zone, &next_us,
                                        frame->last_us + 1, &period, error)) == KURS_OK) {
        if (!period.change.known) {
            continue;
        }
        if ((status = grow_bars(series, error)) != KURS_OK) {
            break;
        }
        series->bars[series->bar_count++] = (struct frame_bar) {
            .from_us = period.period_from_us,
            .until_us = period.period_until_us,
            .percent = kurs_percent_double(&period.change.ratio),
        };
    }
    return some_bars(status, series, error);
}

static enum kurs_status add_bar(const struct kurs_bar *bar, struct frame_series *series, struct kurs_error *error)
{
    enum kurs_status status = grow_bars(series, error);
    if (status == KURS_OK) {
        series->bars[series->bar_count++] = (struct frame_bar) {
            .from_us = bar->period_from_us,
            .until_us = bar->period_until_us,
            .open = kurs_decimal_double(bar->summary.first.rate),
            .high = kurs_decimal_double(bar->summary.high.rate),
            .low = kurs_decimal_double(bar->summary.low.rate),
            .close = kurs_decimal_double(bar->summary.last.rate),
        };
    }
    return status;
}

enum kurs_status frame_rates(struct kurs_snapshot *snapshot, const struct chart_request *request,
                             const struct frame *frame, struct frame_series *series, struct kurs_error *error)
{
    struct kurs_bars *bars = NULL;
    struct kurs_bar bar;
    int64_t from_us = request->from_us > frame->first_us ? request->from_us : frame->first_us;
    enum kurs_status status =
        kurs_bars_open(snapshot, series->route, frame->every, frame->zone, from_us, frame->last_us + 1, &bars, error);
    while (status == KURS_OK && (status = kurs_bars_next(bars, &bar, error)) == KURS_OK) {
        status = add_bar(&bar, series, error);
    }
    kurs_bars_close(bars);
    return some_bars(status, series, error);
}
