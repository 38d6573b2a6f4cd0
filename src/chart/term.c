/* term.c: owns the chart of characters. It shares frames, ticks, words and label placement with the pictures; only sizes
 * are in characters. gnuplot's text terminal draws the lines, each on a page of its own, which the canvas takes up; axes
 * and labels are written around them. Letting gnuplot write those too was the alternative: lines as coarse as letters. */
#include "chart/term.h"

#include "chart/canvas.h"
#include "chart/fail.h"
#include "chart/frame.h"
#include "chart/labels.h"
#include "chart/layout.h"
#include "chart/term_heatmap.h"
#include "chart/term_plot.h"
#include "chart/theme.h"
#include "chart/ticks.h"
#include "chart/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHARACTER_PX 1.8 /* a font size whose digits (0.556 em) are one wide */
#define PROMPT_ROWS  1   /* the one that follows */
#define PLOT_LEAST   4   /* rows */
#define TIGHT_LEAST  12  /* columns */
#define PANEL_ROWS   12  /* of a window at least, for one of several panels */

static const char *const WHAT = "cannot draw the chart";

static unsigned clamp(unsigned value, unsigned low, unsigned high)
{
    return value < low ? low : value > high ? high : value;
}

/* Columns a character takes: none for marks on the one before, two for those of East Asia and emoji. */
static unsigned columns_of(uint32_t code)
{
    bool none = (code >= 0x300 && code < 0x370) || (code >= 0x200B && code < 0x2010) || (code & ~0xFu) == 0xFE00;
    bool wide = (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xA4D0) ||
                (code >= 0xAC00 && code < 0xD7A4) || (code >= 0xF900 && code < 0xFB00) ||
                (code >= 0xFF00 && code < 0xFF61) || (code >= 0x1F300 && code < 0x1FB00) || code >= 0x20000;
    return none ? 0 : wide ? 2 : 1;
}

/* Writes `text` in lines of at most `columns`, broken at spaces; `file` may be NULL. Returns how many. */
static unsigned write_wrapped(const char *text, unsigned columns, FILE *file)
{
    unsigned lines = 0;
    while (*text != '\0') {
        size_t length = 0, space = 0;
        for (unsigned width = 0; text[length] != '\0';) {
            uint32_t code;
            size_t bytes = caption_character(text + length, &code);
            width += bytes == 0 ? 1 : columns_of(code);
            if (width > columns) {
                break;
            }
            space = text[length] == ' ' ? length : space;
            length += bytes == 0 ? 1 : bytes;
        }
        length = text[length] != '\0' && text[length] != ' ' && space > 0 ? space : length;
        if (file != NULL) {
            fprintf(file, "%.*s\n", (int)length, text);
        }
        text += length + strspn(text + length, " ");
        lines++;
    }
    return lines;
}

/* gnuplot draws line type n with the n-th of these when there is no colour. */
static char mark_of(size_t series)
{
    static const char marks[] = "*#$%@&=";
    return marks[series % (sizeof marks - 1)];
}

static void end_label(const struct frame *frame, size_t i, bool color, char text[3 * CAPTION_NUMBER_SIZE])
{
    char name[CAPTION_NUMBER_SIZE] = "", value[CAPTION_NUMBER_SIZE] = "", change[CAPTION_NUMBER_SIZE] = "";
    words_end(frame, &frame->series[i], name, value, change);
    if (frame->count == 1) {
        snprintf(text, 3 * CAPTION_NUMBER_SIZE, "%s %s", value, change);
    } else if (color) {
        snprintf(text, 3 * CAPTION_NUMBER_SIZE, "%s %s", name, change[0] != '\0' ? change : value);
    } else {
        snprintf(text, 3 * CAPTION_NUMBER_SIZE, "%c %s %s", mark_of(i), name, change[0] != '\0' ? change : value);
    }
}

/* Where the label of a series belongs. */
static double end_value(const struct frame *frame, const struct frame_series *series)
{
    return frame->type == CHART_CHANGE   ? series->bars[series->bar_count - 1].percent
           : frame->type == CHART_CANDLE ? series->bars[series->bar_count - 1].close
                                         : series->points[series->point_count - 1].value;
}

static void choose_values(const struct chart_request *request, const struct frame *frame, struct term_plot *plot)
{
    double low = frame->low, high = frame->high;
    if (frame->type == CHART_CHANGE || frame->type == CHART_DRAWDOWN) {
        low = fmin(low, 0);
        high = fmax(high, 0);
        high = low == high ? 1 : high;
    }
    size_t wanted = clamp(plot->rows / 4, 3, 7);
    plot->log = request->log_scale && low > 0;
    if (plot->log) {
        ticks_log(low, high, wanted, &plot->values);
    } else {
        ticks_linear(low, high, wanted, &plot->values);
    }
}

/* What of `columns` x `rows` the lines have, beside labels and above dates. */
static void make_plot(const struct chart_request *request, const struct frame *frame, unsigned columns, unsigned rows,
                      struct term_plot *plot)
{
    unsigned right = 0;
    plot->rows = rows - 3;
    plot->left = 0;
    choose_values(request, frame, plot);
    for (size_t i = 0; i < plot->values.count; i++) {
        unsigned width = canvas_width(plot->values.label[i]) + 1;
        plot->left = plot->left < width ? width : plot->left;
    }
    for (size_t i = 0; i < frame->count; i++) {
        char text[3 * CAPTION_NUMBER_SIZE];
        end_label(frame, i, plot->fine, text);
        unsigned width = canvas_width(text) + 1;
        right = right < width ? width : right;
    }
    plot->columns = columns > plot->left + right ? columns - plot->left - right : 0;
    term_plot_range(request, frame, plot);
    struct time_axis axis = {.first_us = frame->first_us,
                             .last_us = frame->last_us,
                             .zone = frame->zone,
                             .kind = frame->kind,
                             .weekdays = request->weekdays,
                             .weekend_us = frame->weekend_us};
    ticks_time(&axis, plot->columns, CHARACTER_PX, &plot->dates);
    plot->rows += !plot->dates.has_under;
}

static int row_of(const struct term_plot *plot, double value)
{
    double high = plot->fine ? TERM_DOTS_HIGH : 1;
    double dot = round((1 - term_plot_part(plot, value)) * (plot->rows * high - 1));
    return (int)(dot / high);
}

static void write_rule(const struct term_plot *plot, int row, const char *mark, int ink, struct canvas *canvas)
{
    for (unsigned column = 0; column < plot->columns; column++) {
        canvas_text(canvas, (int)(plot->left + column), row, mark, ink, CANVAS_NONE);
    }
}

static void write_values(const struct frame *frame, const struct chart_request *request, const struct term_plot *plot,
                         const struct theme *theme, struct canvas *canvas)
{
    int ink = canvas_color(theme->muted), faint = canvas_color(theme->grid);
    bool zero = frame->type == CHART_CHANGE || frame->type == CHART_DRAWDOWN;
    for (size_t i = 0; i < plot->values.count; i++) {
        const char *label = plot->values.label[i];
        int row = row_of(plot, plot->values.at[i]), width = (int)canvas_width(label);
        bool base = (zero && plot->values.at[i] == 0) || (request->rebase && plot->values.at[i] == 100);
        write_rule(plot, row,
                   base         ? plot->fine ? "\xE2\x94\x80" : "-"
                   : plot->fine ? "\xC2\xB7"
                                : ".",
                   base ? ink : faint, canvas);
        canvas_text(canvas, (int)plot->left - 1 - width, row, label, ink, CANVAS_NONE);
    }
}

static void write_dates(const struct chart_request *request, const struct frame *frame, const struct term_plot *plot,
                        const struct theme *theme, struct canvas *canvas)
{
    int ink = canvas_color(theme->muted), row = (int)plot->rows, free = 0, free_under = 0;
    write_rule(plot, row, plot->fine ? "\xE2\x94\x80" : "-", ink, canvas);
    for (size_t i = 0; i < plot->dates.count; i++) {
        double x = (frame_x(request, frame, plot->dates.at_us[i]) - plot->from) / (plot->to - plot->from);
        int column = (int)plot->left + (int)round(x * (plot->columns - 1.0));
        int at = column - (int)(canvas_width(plot->dates.label[i]) - 1) / 2;
        int under = column - (int)(canvas_width(plot->dates.under[i]) - 1) / 2;
        canvas_text(canvas, column, row, plot->fine ? "\xE2\x94\xAC" : "+", ink, CANVAS_NONE);
        at = at < free ? free : at;
        under = under < free_under ? free_under : under;
        canvas_text(canvas, at, row + 1, plot->dates.label[i], ink, CANVAS_NONE);
        canvas_text(canvas, under, row + 2, plot->dates.under[i], ink, CANVAS_NONE);
        free = at + (int)canvas_width(plot->dates.label[i]) + 1;
        free_under = plot->dates.under[i][0] != '\0' ? under + (int)canvas_width(plot->dates.under[i]) + 1 : free_under;
    }
}

/* The last values, beside the ends of the lines. */
static bool write_ends(const struct frame *frame, const struct term_plot *plot, const struct theme *theme,
                       struct canvas *canvas)
{
    struct label labels[CHART_LINES_MAX];
    for (size_t i = 0; i < frame->count; i++) {
        double part = term_plot_part(plot, end_value(frame, &frame->series[i]));
        labels[i] = (struct label) {.wanted = (1 - part) * plot->rows - 0.5, .height = 1};
    }
    if (!labels_place(labels, frame->count, -0.5, plot->rows - 0.5)) {
        return false;
    }
    for (size_t i = 0; i < frame->count; i++) {
        char text[3 * CAPTION_NUMBER_SIZE];
        end_label(frame, i, plot->fine, text);
        int ink = canvas_color(theme_style(theme, i).rgb);
        canvas_text(canvas, (int)(plot->left + plot->columns + 1), (int)lround(labels[i].at), text, ink, CANVAS_NONE);
        if (frame->series[i].point_count == 1) { /* too little for a line */
            char mark[2] = {mark_of(i), '\0'};
            canvas_text(canvas, (int)plot->left, row_of(plot, end_value(frame, &frame->series[i])),
                        plot->fine ? "\xE2\xA3\xBF" : mark, ink, CANVAS_NONE);
        }
    }
    return true;
}

static enum kurs_status draw_canvas(const struct chart_request *request, const struct frame *frame, bool color,
                                    const struct run_settings *settings, struct canvas *canvas,
                                    struct kurs_error *error)
{
    const struct theme *theme = theme_of(true); /* most terminals are dark; its colours can be read on white too */
    struct term_plot plot = {.fine = color};
    make_plot(request, frame, canvas->columns, canvas->rows, &plot);
    if (plot.columns < TIGHT_LEAST || plot.rows < PLOT_LEAST) {
        return chart_fail(error, KURS_ELIMIT, "write a picture with -o FILE.svg, or name fewer pairs", WHAT,
                          "the window is too small for it");
    }
    write_values(frame, request, &plot, theme, canvas);
    write_dates(request, frame, &plot, theme, canvas);
    if (!write_ends(frame, &plot, theme, canvas)) {
        return chart_fail(error, KURS_ELIMIT, "write a picture with -o FILE.svg, or name fewer pairs", WHAT,
                          "the window is too low for the names of its lines");
    }
    return term_plot_draw(request, frame, &plot, theme, settings, canvas, error);
}

/* A copy of the request of as many bars as the window has room for, where their length is not asked for. */
static struct chart_request fitted(const struct chart_request *request, unsigned columns)
{
    const double columns_bar = request->type == CHART_CANDLE ? 3 : 1.5, picture_bar_px = 8;
    struct chart_request copy = *request;
    copy.width_px = columns / columns_bar * picture_bar_px;
    return copy;
}

/* Title and range above, what is below: as many lines as they need in the width. */
static enum kurs_status write_chart(const struct chart_request *request, const struct frame *frame,
                                    const struct term_window *window, const struct run_settings *settings, FILE *file,
                                    struct kurs_error *error)
{
    unsigned columns = window->columns, rows = window->rows;
    char title[CAPTION_SIZE], subtitle[CAPTION_SIZE], note[CAPTION_SIZE];
    words_title(request, frame, title);
    words_subtitle(request, frame, subtitle);
    words_note(request, frame, note);
    unsigned around = PROMPT_ROWS + write_wrapped(title, columns, NULL) + write_wrapped(subtitle, columns, NULL) +
                      write_wrapped(note, columns, NULL);
    struct canvas canvas;
    if (!canvas_init(&canvas, columns, rows > around + PLOT_LEAST ? rows - around : PLOT_LEAST)) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for the page");
    }
    enum kurs_status status = frame->type == CHART_HEATMAP
                                  ? term_heatmap(frame, window->color, &canvas, error)
                                  : draw_canvas(request, frame, window->color, settings, &canvas, error);
    if (status == KURS_OK) {
        fputs(window->color ? "\033[1m" : "", file);
        write_wrapped(title, columns, file);
        fputs(window->color ? "\033[0m" : "", file);
        write_wrapped(subtitle, columns, file);
        canvas_write(&canvas, window->color, file);
        write_wrapped(note, columns, file);
    }
    canvas_release(&canvas);
    return status;
}

static enum kurs_status draw_one(struct kurs_snapshot *snapshot, const struct chart_request *request,
                                 const struct term_window *window, const struct run_settings *settings, FILE *file,
                                 struct kurs_error *error)
{
    bool one = request->type == CHART_CHANGE || request->type == CHART_CANDLE || request->type == CHART_HEATMAP;
    if (request->route_count > CHART_LINES_MAX || (one && request->route_count > 1)) {
        return chart_fail(error, KURS_ELIMIT, "add --panels, name fewer, or add -o FILE.svg", WHAT,
                          "too many pairs for one plot");
    }
    struct chart_request copy = fitted(request, window->columns);
    struct frame frame;
    size_t points = (size_t)window->columns * (window->color ? TERM_DOTS_WIDE : 1);
    enum kurs_status status = frame_load(snapshot, &copy, points, &frame, error);
    status = status == KURS_OK ? layout_check(&copy, &frame, error) : status;
    if (status == KURS_OK) {
        status = write_chart(&copy, &frame, window, settings, file, error);
    }
    frame_release(&frame);
    return status;
}

enum kurs_status chart_terminal(struct kurs_snapshot *snapshot, const struct chart_request *request,
                                const struct term_window *window, const struct run_settings *settings, char **text,
                                size_t *length, struct kurs_error *error)
{
    char *out = NULL;
    FILE *file = open_memstream(&out, length);
    size_t panels = request->panels ? request->route_count : 1;
    enum kurs_status status = KURS_OK;
    struct term_window part = {.columns = clamp(window->columns, TERM_COLUMNS_LEAST, TERM_COLUMNS_MOST),
                               .rows = clamp(window->rows, TERM_ROWS_LEAST, TERM_ROWS_MOST),
                               .color = window->color};
    if (panels > 1) { /* one below the other; the window scrolls when they do not fit */
        part.rows = clamp(part.rows / (unsigned)panels, part.rows < PANEL_ROWS ? part.rows : PANEL_ROWS, part.rows);
    }
    for (size_t i = 0; i < panels && file != NULL && status == KURS_OK; i++) {
        struct chart_request panel = *request;
        if (panels > 1) {
            panel.routes = &request->routes[i];
            panel.route_count = 1;
            panel.panels = panel.rebase = false;
        }
        fputs(i > 0 ? "\n" : "", file);
        status = draw_one(snapshot, &panel, &part, settings, file, error);
    }
    if (file == NULL || (fclose(file) != 0 && status == KURS_OK)) {
        status = chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for the page");
    }
    if (status == KURS_OK) {
        *text = out;
    } else {
        free(out);
    }
    return status;
}
