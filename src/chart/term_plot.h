/* term_plot.h: the lines of a chart of characters, drawn by gnuplot's text terminal. Private to term.c. */
#ifndef KURS_CHART_TERM_PLOT_H
#define KURS_CHART_TERM_PLOT_H

#include "chart/canvas.h"
#include "chart/frame.h"
#include "chart/theme.h"
#include "chart/ticks.h"

#define TERM_DOTS_WIDE 2 /* of a Braille character */
#define TERM_DOTS_HIGH 4

struct term_plot {
    unsigned left, columns, rows; /* of the lines, in characters; they begin in row 0 */
    bool fine;                    /* in dots of Braille, with colours; else a mark a character */
    bool log;
    double from, to; /* of the date axis, as frame_x has it */
    struct value_ticks values;
    struct time_ticks dates;
};

/* Sets from and to. */
void term_plot_range(const struct chart_request *request, const struct frame *frame, struct term_plot *plot);
/* 0 at the low end of the value axis, 1 at the high one. */
double term_plot_part(const struct term_plot *plot, double value);
/* Lines, bars or candles onto the canvas. KURS_ELIMIT for more bars than columns, and run_program's failures. */
enum kurs_status term_plot_draw(const struct chart_request *request, const struct frame *frame,
                                const struct term_plot *plot, const struct theme *theme,
                                const struct run_settings *settings, struct canvas *canvas, struct kurs_error *error);

#endif
