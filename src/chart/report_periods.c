/* report_periods.c: owns the table of a pair's changes, period by period, and the grid of years by months or quarters. */
#include "chart/calendar.h"
#include "chart/fail.h"
#include "chart/report.h"

#include <stdlib.h>
#include <string.h>

static const char *const WHAT = "cannot make the report";

struct periods {
    struct report_period *items;
    size_t count;
    bool holes;
};

/* Weekends part the days of most series, so a start of a week ago will do for any period. */
static bool reaches_over_a_hole(const struct kurs_period_change *period, struct kurs_span before,
                                const struct kurs_zone *zone)
{
    int64_t from_us, until_us, start_us = period->change.start.time_us;
    kurs_period_of(period->period_from_us - 1, before, zone, &from_us, &until_us);
    return start_us < from_us && period->period_from_us - start_us > REPORT_STALE_US;
}

static enum kurs_status add_period(struct periods *periods, const struct report_period *period,
                                   struct kurs_error *error)
{
    const size_t step = 64;
    if (periods->count == CHART_BARS_MAX) {
        return chart_fail(error, KURS_ELIMIT, "choose longer periods with --by, or a shorter range", WHAT,
                          "a pair has more than %d periods", CHART_BARS_MAX);
    }
    if (periods->count % step == 0) {
        struct report_period *grown = realloc(periods->items, (periods->count + step) * sizeof *grown);
        if (grown == NULL) {
            return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for its periods");
        }
        periods->items = grown;
    }
    periods->items[periods->count++] = *period;
    return KURS_OK;
}

/* The changes of periods `by`, known where the period `before` each has a rate. */
static enum kurs_status read_periods(struct kurs_snapshot *snapshot, const struct report *report,
                                     const struct report_pair *pair, struct kurs_span by, struct kurs_span before,
                                     struct periods *periods, struct kurs_error *error)
{
    const struct kurs_zone *zone = report_zone(report, pair);
    const struct kurs_summary *summary = &pair->stats.summary;
    int64_t next_us = summary->first.time_us, until_us = summary->last.time_us + 1;
    struct kurs_period_change read;
    enum kurs_status status;
    next_us = report->request->from_us > next_us ? report->request->from_us : next_us;
    while ((status = kurs_change_period(snapshot, pair->route, by, zone, &next_us, until_us, &read, error)) ==
           KURS_OK) {
        struct report_period period = {.from_us = read.period_from_us};
        kurs_period_format(read.period_from_us, by, zone, period.name);
        if (read.change.known && reaches_over_a_hole(&read, before, zone)) {
            periods->holes = true;
        } else if (read.change.known) {
            period.change = (struct report_change) {true, read.change.ratio, kurs_percent_double(&read.change.ratio)};
        }
        status = add_period(periods, &period, error);
        if (status != KURS_OK) {
            return status;
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

/* Months or quarters of a year; 0: neither. */
static size_t columns_of(struct kurs_span by)
{
    return by.count != 1 ? 0 : by.unit == KURS_MONTH ? 12 : by.unit == KURS_QUARTER ? 4 : 0;
}

static struct report_change *cell_of(struct report_grid *grid, int year, size_t column)
{
    return &grid->cells[(size_t)(year - grid->first_year) * (grid->columns + 1) + column];
}

/* Drops the periods before the first and behind the last that are known. */
static void trim(struct periods *periods)
{
    size_t first = 0;
    while (periods->count > 0 && !periods->items[periods->count - 1].change.known) {
        periods->count--;
    }
    while (first < periods->count && !periods->items[first].change.known) {
        first++;
    }
    periods->count -= first;
    memmove(periods->items, periods->items + first, periods->count * sizeof *periods->items);
}

static enum kurs_status make_grid(const struct kurs_zone *zone, const struct periods *parts,
                                  const struct periods *years, size_t columns, struct report_grid *grid,
                                  struct kurs_error *error)
{
    int last_year = calendar_of(parts->items[parts->count - 1].from_us, zone).year;
    grid->columns = columns;
    grid->first_year = calendar_of(parts->items[0].from_us, zone).year;
    grid->years = (size_t)(last_year - grid->first_year) + 1;
    grid->cells = calloc(grid->years * (columns + 1), sizeof *grid->cells);
    if (grid->cells == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for its periods");
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct calendar at = calendar_of(parts->items[i].from_us, zone);
        *cell_of(grid, at.year, (size_t)(at.month - 1) * columns / 12) = parts->items[i].change;
    }
    for (size_t i = 0; i < years->count; i++) {
        int year = calendar_of(years->items[i].from_us, zone).year;
        if (year >= grid->first_year && year <= last_year) {
            *cell_of(grid, year, columns) = years->items[i].change;
        }
    }
    return KURS_OK;
}

enum kurs_status report_periods(struct kurs_snapshot *snapshot, const struct report *report, struct report_pair *pair,
                                struct kurs_error *error)
{
    const struct kurs_span year = {1, KURS_YEAR}, by = report->by;
    struct periods parts = {.count = 0}, years = {.count = 0};
    size_t columns = columns_of(by);
    enum kurs_status status = read_periods(snapshot, report, pair, by, by, &parts, error);
    trim(&parts);
    if (status == KURS_OK && columns > 0 && parts.count > 0) {
        status = read_periods(snapshot, report, pair, year, by, &years, error);
        status = status == KURS_OK ? make_grid(report_zone(report, pair), &parts, &years, columns, &pair->grid, error)
                                   : status;
    }
    pair->periods = parts.items;
    pair->period_count = parts.count;
    pair->holes = parts.holes || years.holes;
    free(years.items);
    return status;
}
