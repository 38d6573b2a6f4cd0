/* term_heatmap.c: owns the table of changes in characters. A row a year, however low the window: tables scroll. */
#include "chart/term_heatmap.h"

#include "chart/calendar.h"
#include "chart/fail.h"

#include <math.h>
#include <string.h>

#define MONTHS     12
#define YEAR_WIDE  4 /* "2025" */
#define CELL_LEAST 4 /* "-12" and a space */
#define CELL_MOST  8

static const char *const WHAT = "cannot draw the chart";

struct table {
    struct canvas *canvas;
    bool color, years; /* years: a column for them */
    int first_year, cell, decimals;
    double full; /* change of full colour */
};

static int year_of(const struct frame *frame, const struct frame_bar *bar)
{
    return calendar_of(bar->from_us, frame->zone).year;
}

static void write_right(const struct table *table, int column, int row, const char *text, int ink, int back)
{
    char padded[CAPTION_NUMBER_SIZE + CELL_MOST];
    int blank = table->cell - 1 - (int)canvas_width(text);
    snprintf(padded, sizeof padded, "%*s%s", blank > 0 ? blank : 0, "", text);
    canvas_text(table->canvas, YEAR_WIDE + 1 + column * table->cell, row, padded, ink, back);
}

/* Of the 256 colours, by hand: mixes of the theme's would all come out as the same few. */
static void choose_colors(double percent, double full, int *ink, int *back)
{
    enum { STEPS = 5, WHITE = 231, BLACK = 16 };
    static const int16_t up[STEPS] = {237, 24, 25, 32, 75}, down[STEPS] = {237, 94, 130, 166, 215};
    int step = (int)(fmin(1, fabs(percent) / full) * (STEPS - 1) + 0.5);
    *back = percent < 0 ? down[step] : up[step];
    *ink = step < STEPS - 1 ? WHITE : BLACK;
}

static void write_cell(const struct table *table, int column, int row, double percent, double full)
{
    char text[CAPTION_NUMBER_SIZE];
    int ink = CANVAS_NONE, back = CANVAS_NONE;
    caption_number(percent, fabs(percent) < 99.95 ? table->decimals : 0, text);
    if (table->color) {
        choose_colors(percent, full, &ink, &back);
    }
    write_right(table, column, row, text, ink, back);
}

/* As many decimals, and the years, as the width allows. */
static bool choose_cells(const struct frame *frame, struct table *table)
{
    const struct frame_series *series = &frame->series[0];
    double most = 0.01;
    int room = (int)table->canvas->columns - YEAR_WIDE - 1;
    for (size_t i = 0; i < series->bar_count; i++) {
        most = fmax(most, fabs(series->bars[i].percent));
    }
    table->full = fmin(most, 8); /* one crash does not pale the rest */
    for (table->decimals = most < 1 ? 2 : 1; table->decimals >= 0; table->decimals--) {
        char widest[CAPTION_NUMBER_SIZE];
        caption_number(-fmin(most, 99.9), table->decimals, widest);
        table->cell = (int)canvas_width(widest) + 1;
        table->cell = table->cell < CELL_LEAST ? CELL_LEAST : table->cell;
        if (MONTHS * table->cell <= room) {
            table->years = (MONTHS + 1) * table->cell <= room;
            return true;
        }
    }
    return false;
}

static void write_table(const struct frame *frame, const struct table *table)
{
    const struct frame_series *series = &frame->series[0];
    for (int month = 0; month < MONTHS + table->years; month++) {
        write_right(table, month, 0, month < MONTHS ? caption_month(month + 1) : "Year", CANVAS_NONE, CANVAS_NONE);
    }
    for (unsigned row = 1; row < table->canvas->rows; row++) {
        char year[16];
        snprintf(year, sizeof year, "%04d", table->first_year + (int)row - 1);
        canvas_text(table->canvas, 0, (int)row, year, CANVAS_NONE, CANVAS_NONE);
    }
    for (size_t i = 0; i < series->bar_count; i++) {
        const struct frame_bar *bar = &series->bars[i];
        write_cell(table, calendar_of(bar->from_us, frame->zone).month - 1, year_of(frame, bar) - table->first_year + 1,
                   bar->percent, table->full);
    }
    for (size_t i = 0; i < series->year_count && table->years; i++) {
        const struct frame_bar *bar = &series->years[i];
        write_cell(table, MONTHS, year_of(frame, bar) - table->first_year + 1, bar->percent, 3 * table->full);
    }
}

enum kurs_status term_heatmap(const struct frame *frame, bool color, struct canvas *canvas, struct kurs_error *error)
{
    const struct frame_series *series = &frame->series[0];
    struct table table = {.canvas = canvas, .color = color, .first_year = year_of(frame, &series->bars[0])};
    int last_year = year_of(frame, &series->bars[series->bar_count - 1]);
    unsigned columns = canvas->columns;
    for (size_t i = 0; i < series->year_count; i++) {
        int year = year_of(frame, &series->years[i]);
        table.first_year = year < table.first_year ? year : table.first_year;
        last_year = year > last_year ? year : last_year;
    }
    canvas_release(canvas);
    if (!canvas_init(canvas, columns, (unsigned)(last_year - table.first_year) + 2)) {
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for the page");
    }
    if (!choose_cells(frame, &table)) {
        return chart_fail(error, KURS_ELIMIT, "widen the window, or write a picture with -o FILE.svg", WHAT,
                          "the window is too narrow for twelve months");
    }
    write_table(frame, &table);
    return KURS_OK;
}
