/* frame.h: what a chart draws, read from a snapshot: for each pair the points of its line or its bars, already rebased
 * or turned into drawdowns, and the facts its labels state. No pixels, no colours. */
#ifndef KURS_CHART_FRAME_H
#define KURS_CHART_FRAME_H

#include "chart/chart.h"

struct frame_point {
    int64_t time_us;
    double value;
    bool starts; /* nothing joins it to the point before: the first, or behind a gap */
};

/* A period: its change in percent (change, heat map), or its four rates and when its first and last point are (candle;
 * band uses low and high). */
struct frame_bar {
    int64_t from_us, until_us;
    double open, high, low, close, percent;
    int64_t first_us, last_us;
};

struct frame_series {
    const struct kurs_route *route;
    struct frame_point *points;
    size_t point_count;
    struct frame_bar *bars;
    size_t bar_count;
    struct frame_bar *years; /* heat map: the changes of whole years */
    size_t year_count;
    size_t left_out;             /* changes without a bar, for the period before holds no point */
    struct kurs_summary summary; /* of the range, as stored */
    double percent;              /* last against first */
    double low, high;            /* of the values drawn */
    double drawdown;             /* CHART_DRAWDOWN: the deepest, in percent, and when */
    int64_t drawdown_us;
    bool reduced; /* points stand for more than themselves */
};

struct frame {
    enum chart_type type;
    enum kurs_kind kind;          /* instant if one series is */
    int64_t first_us, last_us;    /* of the points of all series: the ends of the date axis */
    const struct kurs_zone *zone; /* of the date axis: NULL (UTC) for daily series, whose times are dates */
    int64_t weekend_us;           /* weekday axes: weekends begin so long before Saturday, and end before Monday */
    struct kurs_span every;
    struct frame_series *series;
    size_t count;
    double low, high; /* of all */
    bool apart;       /* rebased, but no day is common to all */
    uint64_t points_total, points_drawn;
};

/* Reads what `request` asks, lines reduced to `columns` of first, low, high and last where they have more points than
 * that. Release also on failure. */
enum kurs_status frame_load(struct kurs_snapshot *snapshot, const struct chart_request *request, size_t columns,
                            struct frame *frame, struct kurs_error *error);
void frame_release(struct frame *frame);

/* Where a time stands on the date axis: seconds since 1970, or on weekday axes days that count Monday to Friday. */
double frame_x(const struct chart_request *request, const struct frame *frame, int64_t time_us);
/* Whether a series ends well before the others (a twentieth of the range). */
bool frame_ends_early(const struct frame *frame, const struct frame_series *series);

/* The step that `twentieths` of all steps (count >= 1) stay within: 10, the median. Sorts `steps_us`. */
int64_t frame_step(int64_t *steps_us, size_t count, size_t twentieths);
/* The step beyond which a line is broken: four times what all but one in twenty steps stay within, and not so short
 * that it would not show; nor a weekend of an instant series, unless it is wide enough to be seen as one. Sorts `steps_us`. 0 steps: INT64_MAX. */
int64_t frame_gap(int64_t *steps_us, size_t count, int64_t column_us, enum kurs_kind kind);

#endif
