/* term.c: owns the chart of characters. It shares frames, ticks, words and label placement with the pictures; only sizes
 * are in characters: a font of width one, a line of height one. */
#include "chart/term.h"

#include "chart/fail.h"
#include "chart/frame.h"
#include "chart/labels.h"
#include "chart/theme.h"
#include "chart/ticks.h"
#include "chart/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHARACTER_PX 1.8 /* a font size whose digits (0.556 em) are one wide */
#define AROUND_ROWS  4   /* title, subtitle, note, and the prompt that follows */

static const char *const WHAT = "cannot draw the chart";

struct grid {
    unsigned columns, rows; /* of the plot with its axes */
    unsigned left, right;   /* margins */
    struct value_ticks values;
    struct time_ticks dates;
    bool color;
};

/* Columns a text takes; every character of a label is one wide. */
static unsigned text_columns(const char *text)
{
    unsigned count = 0;
    for (; *text != '\0'; text++) {
        count += (*text & 0xC0) != 0x80;
    }
    return count;
}

static unsigned clamp(unsigned value, unsigned low, unsigned high)
{
    return value < low ? low : value > high ? high : value;
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

static void make_grid(const struct chart_request *request, const struct frame *frame, struct grid *grid)
{
    double low = frame->low, high = frame->high;
    if (frame->type == CHART_CHANGE || frame->type == CHART_DRAWDOWN) {
        low = fmin(low, 0);
        high = fmax(high, 0);
        high = low == high ? 1 : high;
    }
    size_t wanted = grid->rows / 4 < 3 ? 3 : grid->rows / 4;
    wanted = wanted > 7 ? 7 : wanted;
    if (request->log_scale && low > 0) {
        ticks_log(low, high, wanted, &grid->values);
    } else {
        ticks_linear(low, high, wanted, &grid->values);
    }
    grid->left = grid->right = 1;
    for (size_t i = 0; i < grid->values.count; i++) {
        unsigned width = text_columns(grid->values.label[i]) + 2;
        grid->left = grid->left < width ? width : grid->left;
    }
    for (size_t i = 0; i < frame->count && frame->series[i].point_count > 0; i++) {
        char text[3 * CAPTION_NUMBER_SIZE];
        end_label(frame, i, grid->color, text);
        unsigned width = text_columns(text) + 3;
        grid->right = grid->right < width ? width : grid->right;
    }
    double width = (double)grid->columns - grid->left - grid->right;
    struct time_axis axis = {frame->first_us, frame->last_us, frame->zone, frame->kind, false, 0};
    ticks_time(&axis, width, CHARACTER_PX, &grid->dates);
}

static void write_axes(const struct chart_request *request, const struct frame *frame, const struct grid *grid,
                       FILE *file)
{
    fprintf(file, "set encoding utf8\nset decimalsign '.'\nset terminal dumb size %u,%u%s\n", grid->columns, grid->rows,
            grid->color ? " ansi256" : "");
    fprintf(file, "unset key; set border 0; set lmargin %u; set rmargin %u; set tmargin 0; set bmargin %d\n",
            grid->left, grid->right, grid->dates.has_under ? 3 : 2);
    fputs("set grid ytics lt 0 lc rgb '#888888'\nset ytics scale 0 (", file);
    for (size_t i = 0; i < grid->values.count; i++) {
        fputs(i > 0 ? ", " : "", file);
        script_quote(grid->values.label[i], file);
        fprintf(file, " %.15g", grid->values.at[i]);
    }
    fputs(")\nunset xtics\n", file);
    for (size_t i = 0; i < grid->dates.count; i++) {
        double x = (double)grid->dates.at_us[i] / (double)KURS_SECOND_US;
        fprintf(file, "set label '+' at first %.15g, graph 0 center\nset label ", x);
        script_quote(grid->dates.label[i], file);
        fprintf(file, " at first %.15g, graph 0 center offset 0,-1\nset label ", x);
        script_quote(grid->dates.under[i], file);
        fprintf(file, " at first %.15g, graph 0 center offset 0,-2\n", x);
    }
    double from = (double)frame->first_us / (double)KURS_SECOND_US,
           to = (double)frame->last_us / (double)KURS_SECOND_US;
    to += to > from ? 0 : 1;
    fprintf(file, "set xrange [%.15g:%.15g]; set yrange [%.15g:%.15g]\n%s", from, to, grid->values.low,
            grid->values.high, request->log_scale ? "set logscale y\n" : "");
}

static bool write_labels(const struct chart_request *request, const struct frame *frame, const struct grid *grid,
                         const struct theme *theme, FILE *file)
{
    struct label labels[CHART_LINES_MAX];
    double height = (double)grid->rows - 2;
    double low = grid->values.low, high = grid->values.high;
    for (size_t i = 0; i < frame->count; i++) {
        double value = frame->series[i].points[frame->series[i].point_count - 1].value;
        double part = request->log_scale ? log(value / low) / log(high / low) : (value - low) / (high - low);
        labels[i] = (struct label) {.wanted = part * height, .height = 1};
    }
    if (!labels_place(labels, frame->count, -0.5, height + 0.5)) {
        return false;
    }
    for (size_t i = 0; i < frame->count; i++) {
        char text[3 * CAPTION_NUMBER_SIZE];
        end_label(frame, i, grid->color, text);
        fputs("set label ", file);
        script_quote(text, file);
        fprintf(file, " at graph 1, graph %.6f left offset 2,0", labels[i].at / height);
        fprintf(file, grid->color ? " textcolor rgb '#%06X'\n" : "\n", theme->style[i % THEME_STYLES].rgb);
    }
    return true;
}

static void write_data(const struct frame *frame, FILE *file)
{
    for (size_t s = 0; s < frame->count; s++) {
        const struct frame_series *series = &frame->series[s];
        fprintf(file, "$plot%zu << END\n", s + 1);
        for (size_t i = 0; i < series->point_count && frame->type != CHART_CHANGE; i++) {
            const struct frame_point *point = &series->points[i];
            fprintf(file, "%s%.15g %.15g\n", point->starts && i > 0 ? "\n" : "",
                    (double)point->time_us / (double)KURS_SECOND_US, point->value);
        }
        for (size_t i = 0; i < series->bar_count && frame->type == CHART_CHANGE; i++) {
            const struct frame_bar *bar = &series->bars[i];
            int64_t middle_us = bar->from_us + (bar->until_us - bar->from_us) / 2;
            fprintf(file, "%.15g %.15g\n", (double)middle_us / (double)KURS_SECOND_US, bar->percent);
        }
        fputs("END\n", file);
    }
}

static bool write_script(const struct chart_request *request, const struct frame *frame, const struct grid *grid,
                         FILE *file)
{
    const struct theme *theme = theme_of(true); /* most terminals are dark; its colours can be read on white too */
    write_axes(request, frame, grid, file);
    if (frame->type != CHART_CHANGE && !write_labels(request, frame, grid, theme, file)) {
        return false;
    }
    write_data(frame, file);
    for (size_t s = 0; s < frame->count; s++) {
        fprintf(file, "%s$plot%zu using 1:2 with %s linetype %zu", s == 0 ? "plot " : ", ", s + 1,
                frame->type == CHART_CHANGE ? "impulses" : "lines", s % 7 + 1);
        if (grid->color) {
            fprintf(file, " linecolor rgb '#%06X'", theme->style[s % THEME_STYLES].rgb);
        }
        fputs(" notitle", file);
    }
    putc('\n', file);
    return true;
}

/* gnuplot's page without its form feed, blank lines at the ends and spaces at line ends. */
static void write_page(const char *raw, FILE *file)
{
    raw += *raw == '\f';
    size_t blank = 0;
    bool begun = false;
    while (*raw != '\0') {
        size_t length = strcspn(raw, "\n"), kept = length;
        while (kept > 0 && raw[kept - 1] == ' ') {
            kept--;
        }
        if (kept == 0) {
            blank++;
        } else {
            for (; blank > 0 && begun; blank--) {
                putc('\n', file);
            }
            blank = 0;
            begun = true;
            fwrite(raw, 1, kept, file);
            putc('\n', file);
        }
        raw += length + (raw[length] == '\n');
    }
}

static enum kurs_status draw_page(const struct chart_request *request, const struct frame *frame, struct grid *grid,
                                  const struct run_settings *settings, char **page, struct kurs_error *error)
{
    /* named as a file, or gnuplot reads it byte by byte */
    static const char *const arguments[] = {"gnuplot", "-d", "/dev/stdin", NULL};
    char *script = NULL;
    size_t script_length = 0, page_length = 0;
    make_grid(request, frame, grid);
    FILE *file = open_memstream(&script, &script_length);
    bool fits =
        file != NULL && grid->left + grid->right + 20 < grid->columns && write_script(request, frame, grid, file);
    bool ok = file != NULL && fclose(file) == 0;
    enum kurs_status status =
        !ok     ? chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for its script")
        : !fits ? chart_fail(error, KURS_ELIMIT, "write a picture with -o FILE.svg, or name fewer pairs", WHAT,
                             "the window is too small for it")
                : run_program(settings, arguments, script, script_length, page, &page_length, error);
    free(script);
    return status;
}

enum kurs_status chart_terminal(struct kurs_snapshot *snapshot, const struct chart_request *request, unsigned columns,
                                unsigned rows, bool color, const struct run_settings *settings, char **text,
                                size_t *length, struct kurs_error *error)
{
    struct grid grid = {.columns = clamp(columns, TERM_COLUMNS_LEAST, TERM_COLUMNS_MOST), .color = color};
    grid.rows = clamp(rows, TERM_ROWS_LEAST + AROUND_ROWS, TERM_ROWS_MOST) - AROUND_ROWS;
    if (request->type == CHART_CANDLE || request->type == CHART_HEATMAP) {
        return chart_fail(error, KURS_EARGUMENT, "add -o FILE.svg", WHAT, "this type needs a picture");
    }
    if (request->route_count > CHART_LINES_MAX || (request->type == CHART_CHANGE && request->route_count > 1)) {
        return chart_fail(error, KURS_ELIMIT, "name fewer, or add -o FILE.svg", WHAT, "too many pairs for a window");
    }
    struct frame frame;
    char *page = NULL, *out = NULL;
    char title[CAPTION_SIZE], subtitle[CAPTION_SIZE], note[CAPTION_SIZE];
    enum kurs_status status = frame_load(snapshot, request, grid.columns, &frame, error);
    if (status == KURS_OK) {
        words_title(request, &frame, title);
        words_subtitle(request, &frame, subtitle);
        words_note(request, &frame, note);
        status = draw_page(request, &frame, &grid, settings, &page, error);
    }
    FILE *file = status == KURS_OK && page != NULL ? open_memstream(&out, length) : NULL;
    if (file != NULL) {
        fprintf(file, color ? "\x1b[1m%s\x1b[0m\n%s\n" : "%s\n%s\n", title, subtitle);
        write_page(page, file);
        fprintf(file, "%s\n", note);
    }
    if (status == KURS_OK && (file == NULL || fclose(file) != 0)) {
        free(out);
        status = chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for the page");
    } else if (status == KURS_OK) {
        *text = out;
    }
    free(page);
    frame_release(&frame);
    return status;
}
