/* term_plot.c: owns what gnuplot's text terminal is given: everything as strokes, each colour on a page of its own, so
 * that nothing has to be read back but where marks stand. */
#include "chart/term_plot.h"

#include "chart/fail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const WHAT = "cannot draw the chart";

/* The script being written, and the colours of the pages it makes. */
struct pages {
    const struct chart_request *request;
    const struct frame *frame;
    const struct term_plot *plot;
    FILE *file;
    int ink[CHART_LINES_MAX + 2]; /* and the edges of a band */
    size_t count;
};

void term_plot_range(const struct chart_request *request, const struct frame *frame, struct term_plot *plot)
{
    int64_t from_us = frame->first_us, until_us = frame->last_us;
    for (size_t i = 0; i < frame->count && frame->type != CHART_BAND; i++) {
        const struct frame_series *series = &frame->series[i];
        if (series->bar_count > 0) {
            const struct frame_bar *first = &series->bars[0], *last = &series->bars[series->bar_count - 1];
            from_us = first->from_us < from_us ? first->from_us : from_us;
            until_us = last->until_us > until_us ? last->until_us : until_us;
        }
    }
    plot->from = frame_x(request, frame, from_us);
    plot->to = frame_x(request, frame, until_us);
    plot->to += plot->to > plot->from ? 0 : 1;
}

double term_plot_part(const struct term_plot *plot, double value)
{
    double low = plot->values.low, high = plot->values.high;
    return plot->log ? log(value / low) / log(high / low) : (value - low) / (high - low);
}

static double dots_wide(const struct term_plot *plot)
{
    return plot->columns * (plot->fine ? TERM_DOTS_WIDE : 1.0);
}

static void open_page(struct pages *pages, uint32_t rgb)
{
    pages->ink[pages->count++] = canvas_color(rgb);
    fprintf(pages->file, "$page%zu << END\n", pages->count);
}

static void close_page(struct pages *pages)
{
    fprintf(pages->file, "END\nplot $page%zu with lines linetype %zu notitle\n", pages->count,
            (pages->count - 1) % 7 + 1);
}

static double x_of(const struct pages *pages, int64_t time_us)
{
    return frame_x(pages->request, pages->frame, time_us);
}

static void stroke(struct pages *pages, double x1, double y1, double x2, double y2)
{
    fprintf(pages->file, "%.15g %.15g\n%.15g %.15g\n\n", x1, y1, x2, y2);
}

static void draw_line(struct pages *pages, const struct frame_series *series, uint32_t rgb)
{
    open_page(pages, rgb);
    for (size_t i = 0; i < series->point_count; i++) {
        const struct frame_point *point = &series->points[i];
        fprintf(pages->file, "%s%.15g %.15g\n", point->starts && i > 0 ? "\n" : "", x_of(pages, point->time_us),
                point->value);
    }
    close_page(pages);
}

static void draw_edge(struct pages *pages, const struct frame_series *series, bool high, uint32_t rgb)
{
    open_page(pages, rgb);
    for (size_t i = 0; i < series->bar_count; i++) {
        const struct frame_bar *bar = &series->bars[i];
        fprintf(pages->file, "%.15g %.15g\n", x_of(pages, bar->first_us + (bar->last_us - bar->first_us) / 2),
                high ? bar->high : bar->low);
    }
    close_page(pages);
}

/* A box over a period from one value to another, a dot less wide at either side where that leaves it some width. */
static void box(struct pages *pages, const struct frame_bar *bar, double low, double high, bool hollow)
{
    const struct term_plot *plot = pages->plot;
    double dot = (plot->to - plot->from) / (dots_wide(plot) - 1);
    double first = round((x_of(pages, bar->from_us) - plot->from) / dot);
    double last = round((x_of(pages, bar->until_us) - plot->from) / dot) - 1;
    double inset = last - first >= 4 ? 1 : 0;
    first += inset;
    last = fmax(first, last - inset);
    for (double x = first; x <= last; x++) {
        if (!hollow || x == first || x == last) {
            stroke(pages, plot->from + x * dot, low, plot->from + x * dot, high);
        }
    }
    if (hollow) {
        stroke(pages, plot->from + first * dot, low, plot->from + last * dot, low);
        stroke(pages, plot->from + first * dot, high, plot->from + last * dot, high);
    }
}

/* Changes from zero; candles filled where they fall, hollow where they rise. */
static void draw_bar(struct pages *pages, const struct frame_bar *bar, bool up)
{
    if (pages->frame->type == CHART_CHANGE) {
        box(pages, bar, 0, bar->percent, false);
        return;
    }
    double middle = (x_of(pages, bar->from_us) + x_of(pages, bar->until_us)) / 2;
    double bottom = fmin(bar->open, bar->close), top = fmax(bar->open, bar->close);
    box(pages, bar, bottom, top, up);
    stroke(pages, middle, bar->low, middle, bottom);
    stroke(pages, middle, top, middle, bar->high);
}

/* Rises on one page, falls on another; one without any is left out, for gnuplot draws no empty page. */
static void draw_bars(struct pages *pages, const struct frame_series *series, const struct theme *theme)
{
    bool changes = pages->frame->type == CHART_CHANGE;
    for (int up = 1; up >= 0; up--) {
        bool opened = false;
        for (size_t i = 0; i < series->bar_count; i++) {
            const struct frame_bar *bar = &series->bars[i];
            if ((changes ? bar->percent >= 0 : bar->close >= bar->open) != (up != 0)) {
                continue;
            }
            if (!opened) {
                open_page(pages, up ? theme->up : theme->down);
                opened = true;
            }
            draw_bar(pages, bar, up);
        }
        if (opened) {
            close_page(pages);
        }
    }
}

static void write_script(struct pages *pages, const struct theme *theme)
{
    const struct term_plot *plot = pages->plot;
    const struct frame *frame = pages->frame;
    fprintf(pages->file, "set decimalsign '.'\nset terminal dumb mono size %.0f,%.0f\n", dots_wide(plot),
            plot->rows * (plot->fine ? TERM_DOTS_HIGH : 1.0));
    fputs("unset key; unset border; unset xtics; unset ytics\n"
          "set lmargin 0; set rmargin 0; set tmargin 0; set bmargin 0\n",
          pages->file);
    fprintf(pages->file, "set xrange [%.15g:%.15g]; set yrange [%.15g:%.15g]\n%s", plot->from, plot->to,
            plot->values.low, plot->values.high, plot->log ? "set logscale y\n" : "");
    for (size_t i = 0; i < frame->count; i++) {
        const struct frame_series *series = &frame->series[i];
        if (frame->type == CHART_CHANGE || frame->type == CHART_CANDLE) {
            draw_bars(pages, series, theme);
            continue;
        }
        if (frame->type == CHART_BAND && frame->count == 1) {
            draw_edge(pages, series, true, theme->muted);
            draw_edge(pages, series, false, theme->muted);
        }
        draw_line(pages, series, theme_style(theme, i).rgb);
    }
}

static enum kurs_status check_bars(const struct frame *frame, const struct term_plot *plot, struct kurs_error *error)
{
    for (size_t i = 0; i < frame->count && frame->type != CHART_BAND; i++) {
        if (frame->series[i].bar_count > plot->columns) {
            return chart_fail(error, KURS_ELIMIT,
                              "choose longer periods with --every, a shorter range, or a wider window", WHAT,
                              "%zu bars in %u columns", frame->series[i].bar_count, plot->columns);
        }
    }
    return KURS_OK;
}

enum kurs_status term_plot_draw(const struct chart_request *request, const struct frame *frame,
                                const struct term_plot *plot, const struct theme *theme,
                                const struct run_settings *settings, struct canvas *canvas, struct kurs_error *error)
{
    /* named as a file, or gnuplot reads it byte by byte */
    static const char *const arguments[] = {"gnuplot", "-d", "/dev/stdin", NULL};
    struct pages pages = {.request = request, .frame = frame, .plot = plot};
    char *script = NULL, *output = NULL;
    size_t script_length = 0, length = 0;
    enum kurs_status status = check_bars(frame, plot, error);
    if (status != KURS_OK) {
        return status;
    }
    pages.file = open_memstream(&script, &script_length);
    if (pages.file != NULL) {
        write_script(&pages, theme);
    }
    status = pages.file == NULL || fclose(pages.file) != 0
                 ? chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for its script")
                 : run_program(settings, arguments, script, script_length, &output, &length, error);
    const char *page = output;
    for (size_t i = 0; status == KURS_OK && page != NULL && i < pages.count; i++) {
        page = strchr(page, '\f'); /* one begins each page */
        if (page != NULL) {
            page++;
            canvas_page(canvas, plot->left, 0, plot->columns, plot->rows, page, plot->fine, pages.ink[i]);
        }
    }
    free(script);
    free(output);
    return status;
}
