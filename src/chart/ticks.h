/* ticks.h: where an axis is labelled, and with what. Pure: ranges in, positions and labels out. */
#ifndef KURS_CHART_TICKS_H
#define KURS_CHART_TICKS_H

#include "chart/caption.h"
#include "kurs.h"

#define TICKS_MAX 16

/* Of a value axis: `low` and `high` are the ends the axis should have; they cover the data, and are ticks themselves.
 */
struct value_ticks {
    size_t count;
    double low, high;
    double at[TICKS_MAX];
    char label[TICKS_MAX][CAPTION_NUMBER_SIZE];
};

/* 3 to 8 ticks at 1, 2, 2.5 or 5 times a power of ten that cover [low, high] with the least waste near `wanted` of
 * them. All labels carry the same decimals, as many as tell them apart. low == high: the value stands mid-axis. Needs
 * finite low <= high. */
void ticks_linear(double low, double high, size_t wanted, struct value_ticks *ticks);
/* For a logarithmic axis, 0 < low <= high: 1-2-5, 1-3, or powers of ten; a range under a factor of 4 gets the ticks of
 * ticks_linear. 3 to 9 ticks. */
void ticks_log(double low, double high, size_t wanted, struct value_ticks *ticks);

/* Of a date axis: a label for each tick and, where the greater unit changes (year over months, month over days, date
 * over hours), a second line under it. */
struct time_ticks {
    size_t count;
    int64_t at_us[TICKS_MAX];
    char label[TICKS_MAX][CAPTION_NUMBER_SIZE];
    char under[TICKS_MAX][CAPTION_NUMBER_SIZE]; /* "" where nothing changes */
    bool has_under;
};

/* What a date axis shows. `weekdays`: weekends, which begin `weekend_us` before Saturday, have no room on it. Under bars
 * there is no tick within one: no step is shorter than `least_us`. */
struct time_axis {
    int64_t first_us, last_us;
    const struct kurs_zone *zone;
    enum kurs_kind kind;
    bool weekdays;
    int64_t weekend_us;
    int64_t least_us;
};

/* The finest calendar step of the axis whose labels stand apart on `width_px` at `font_px`. Ticks are starts
 * of calendar units in `zone`, all within the range; fewer than two such: the two ends. One tick when
 * first == last. */
void ticks_time(const struct time_axis *axis, double width_px, double font_px, struct time_ticks *ticks);

#endif
