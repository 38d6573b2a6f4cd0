/* term.h: a chart of characters, by gnuplot's text terminal. */
#ifndef KURS_CHART_TERM_H
#define KURS_CHART_TERM_H

#include "chart/chart.h"

#define TERM_COLUMNS_LEAST 40
#define TERM_COLUMNS_MOST  400
#define TERM_ROWS_LEAST    10
#define TERM_ROWS_MOST     200

/* What the chart is to fill. With `color`, in ANSI colours and lines of Braille dots. */
struct term_window {
    unsigned columns, rows; /* brought within the limits above */
    bool color;
};

/* The chart in the characters of the window, its title, range and last values in words. Panels stand below each other. free(*text). KURS_ELIMIT
 * where the window is too small, or several pairs would share candles, bars or a heat map; and chart_draw's failures. */
enum kurs_status chart_terminal(struct kurs_snapshot *snapshot, const struct chart_request *request,
                                const struct term_window *window, const struct run_settings *settings, char **text,
                                size_t *length, struct kurs_error *error);

#endif
