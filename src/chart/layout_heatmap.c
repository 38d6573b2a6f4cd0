/* layout_heatmap.c: owns the table of years by months, a colour and a value in every cell. */
#include "chart/calendar.h"
#include "chart/fail.h"
#include "chart/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MONTHS      12
#define CELL_PX     25.0
#define CELL_PX_LOW 11.0

static int year_of(const struct frame *frame, const struct frame_bar *bar)
{
    return calendar_of(bar->from_us, frame->zone).year;
}

/* The rows: from the first to the last year that has a cell. */
static int first_year_of(const struct frame *frame, size_t *years)
{
    const struct frame_series *series = &frame->series[0];
    int first = year_of(frame, &series->bars[0]), last = year_of(frame, &series->bars[series->bar_count - 1]);
    if (series->year_count > 0) {
        int first_whole = year_of(frame, &series->years[0]);
        int last_whole = year_of(frame, &series->years[series->year_count - 1]);
        first = first_whole < first ? first_whole : first;
        last = last_whole > last ? last_whole : last;
    }
    *years = (size_t)(last - first) + 1;
    return first;
}

double heatmap_height(const struct frame *frame)
{
    size_t years;
    first_year_of(frame, &years);
    return ((double)years + 1.2) * CELL_PX;
}

static double full_colour(const struct frame_series *series)
{
    double sizes[CHART_BARS_MAX];
    for (size_t i = 0; i < series->bar_count; i++) {
        sizes[i] = fabs(series->bars[i].percent);
    }
    return theme_full(sizes, series->bar_count);
}

struct grid {
    struct box box;
    double cell_width, cell_height, total_left; /* of the column of whole years */
    double full;                                /* change of full colour */
    double font_px;
    int decimals;
};

/* The number with `decimals`, or as many fewer as the cell has the width for; returns the size of its type, which is
 * smaller where even whole numbers are too wide. */
static double cell_text(const struct page *page, const struct grid *grid, double percent, int *decimals,
                        char text[CAPTION_NUMBER_SIZE])
{
    double room = grid->cell_width * 0.9, font_px = fmin(page->tick_px, grid->cell_height * 0.62);
    for (;; --*decimals) {
        caption_number(percent, *decimals, text);
        double width = page_text_px(page, text, font_px, false);
        if (width <= room || *decimals == 0) {
            return width > room ? font_px * room / width : font_px;
        }
    }
}

/* One size and number of decimals for all months: at most one decimal where changes are large, two where small. */
static void choose_type(const struct page *page, const struct frame_series *series, struct grid *grid)
{
    char text[CAPTION_NUMBER_SIZE];
    grid->decimals = grid->full < 1 ? 2 : 1;
    grid->font_px = cell_text(page, grid, -fmax(fabs(series->low), fabs(series->high)), &grid->decimals, text);
}

static void draw_cell(struct page *page, const struct grid *grid, double x, double y, double percent, double full)
{
    const struct theme *theme = page->theme;
    char text[CAPTION_NUMBER_SIZE];
    int decimals = grid->decimals;
    double font_px = fmin(grid->font_px, cell_text(page, grid, percent, &decimals, text));
    double size = fmin(1, fabs(percent) / full);
    uint32_t rgb = size == 0 ? theme->neutral
                             : theme_mix(theme->neutral, percent < 0 ? theme->down : theme->up, 0.08 + 0.92 * size);
    bool dark_cell = theme_lightness(rgb) < 58;
    uint32_t ink = dark_cell ? 0xFFFFFF : 0x121417;
    scene_box(page->scene, x + 0.75, y + 0.75, grid->cell_width - 1.5, grid->cell_height - 1.5, rgb);
    scene_text(page->scene, x + grid->cell_width / 2, y + grid->cell_height / 2, SCENE_CENTER, font_px, false, ink,
               text);
}

static void draw_headings(struct page *page, const struct grid *grid, int first_year, size_t years)
{
    double y = grid->box.top - page->tick_px * 0.7;
    for (int month = 1; month <= MONTHS; month++) {
        double x = grid->box.left + (month - 0.5) * grid->cell_width;
        char text[4];
        snprintf(text, sizeof text, "%.*s", grid->cell_width < page->tick_px * 2.2 ? 1 : 3, caption_month(month));
        scene_text(page->scene, x, y, SCENE_CENTER, page->tick_px, false, page->theme->muted, text);
    }
    scene_text(page->scene, grid->total_left + grid->cell_width / 2, y, SCENE_CENTER, page->tick_px, true,
               page->theme->muted, "Year");
    for (size_t row = 0; row < years; row++) {
        char text[CAPTION_NUMBER_SIZE];
        snprintf(text, sizeof text, "%d", first_year + (int)row);
        scene_text(page->scene, grid->box.left - page->tick_px * 0.5,
                   grid->box.top + ((double)row + 0.5) * grid->cell_height, SCENE_RIGHT,
                   fmin(page->tick_px, grid->cell_height * 0.8), false, page->theme->muted, text);
    }
}

/* Months in their cells, and years in the last column; a year is no twelve times as restless as a month. */
static void draw_cells(struct page *page, const struct frame *frame, const struct grid *grid, int first_year)
{
    const struct frame_series *series = &frame->series[0];
    for (size_t i = 0; i < series->bar_count; i++) {
        const struct frame_bar *bar = &series->bars[i];
        int month = calendar_of(bar->from_us, frame->zone).month;
        double x = grid->box.left + (double)(month - 1) * grid->cell_width;
        double y = grid->box.top + (double)(year_of(frame, bar) - first_year) * grid->cell_height;
        draw_cell(page, grid, x, y, bar->percent, grid->full);
    }
    for (size_t i = 0; i < series->year_count; i++) {
        const struct frame_bar *bar = &series->years[i];
        double y = grid->box.top + (double)(year_of(frame, bar) - first_year) * grid->cell_height;
        draw_cell(page, grid, grid->total_left, y, bar->percent, grid->full * sqrt(MONTHS));
    }
}

enum kurs_status heatmap_draw(struct page *page, const struct frame *frame, struct kurs_error *error)
{
    const struct frame_series *series = &frame->series[0];
    size_t years;
    int first_year = first_year_of(frame, &years);
    double tick_px = page->tick_px;
    struct grid grid = {.box = page->rest, .full = full_colour(series)};
    grid.box.left += page_text_px(page, "0000", tick_px, false) + tick_px * 0.5;
    grid.box.top += tick_px * 1.4;
    grid.cell_width = (grid.box.right - grid.box.left) / (MONTHS + 1.3);
    grid.total_left = grid.box.right - grid.cell_width;
    grid.cell_height = fmin((grid.box.bottom - grid.box.top) / (double)years, CELL_PX * 1.6);
    if (grid.cell_height < CELL_PX_LOW) {
        return chart_fail(error, KURS_ELIMIT, "leave out --size, or choose a shorter range", "cannot draw the chart",
                          "no room for the values of %zu years", years);
    }
    choose_type(page, series, &grid);
    draw_headings(page, &grid, first_year, years);
    draw_cells(page, frame, &grid, first_year);
    scene_axes(page->scene, &(struct scene_axes) {grid.box.left, grid.box.top, grid.box.right, grid.box.bottom, 0, 1, 0,
                                                  1, false, 0, 0});
    return KURS_OK;
}
