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

static size_t year_count(const struct frame *frame)
{
    const struct frame_series *series = &frame->series[0];
    return (size_t)(year_of(frame, &series->bars[series->bar_count - 1]) - year_of(frame, &series->bars[0])) + 1;
}

double heatmap_height(const struct frame *frame)
{
    return ((double)year_count(frame) + 1.2) * CELL_PX;
}

static int compare_sizes(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The change that gets the full colour: nineteen in twenty are smaller, so that one crash does not pale the rest. */
static double full_colour(const struct frame_series *series)
{
    double sizes[CHART_BARS_MAX];
    for (size_t i = 0; i < series->bar_count; i++) {
        sizes[i] = fabs(series->bars[i].percent);
    }
    qsort(sizes, series->bar_count, sizeof *sizes, compare_sizes);
    double size = sizes[(series->bar_count - 1) * 19 / 20];
    return size > 0 ? size : 1;
}

struct grid {
    struct box box;
    double cell_width, cell_height, total_left; /* of the column of whole years */
    double full;                                /* change of full colour */
    double font_px;
    int decimals;
};

/* As many decimals as the cells have the width for, at most one where changes are large and two where small. */
static void choose_type(const struct page *page, const struct frame_series *series, struct grid *grid)
{
    double most = fmax(fabs(series->low), fabs(series->high));
    grid->decimals = grid->full < 1 ? 2 : 1;
    for (;;) {
        char text[CAPTION_NUMBER_SIZE];
        caption_number(-most, grid->decimals, text);
        grid->font_px = fmin(page->tick_px, grid->cell_height * 0.62);
        double width = caption_width(text, grid->font_px, false);
        double room = grid->cell_width * 0.9;
        if (width <= room || (grid->decimals == 0 && width > 0)) {
            grid->font_px *= width > room ? room / width : 1;
            return;
        }
        grid->decimals--;
    }
}

static void draw_cell(struct page *page, const struct grid *grid, double x, double y, double percent, double full)
{
    const struct theme *theme = page->theme;
    char text[CAPTION_NUMBER_SIZE];
    caption_number(percent, grid->decimals, text);
    double size = fmin(1, fabs(percent) / full);
    uint32_t rgb = size == 0 ? theme->neutral
                             : theme_mix(theme->neutral, percent < 0 ? theme->down : theme->up, 0.08 + 0.92 * size);
    bool dark_cell = theme_lightness(rgb) < 58;
    uint32_t ink = dark_cell ? 0xFFFFFF : 0x121417;
    scene_box(page->scene, x + 0.75, y + 0.75, grid->cell_width - 1.5, grid->cell_height - 1.5, rgb);
    scene_text(page->scene, x + grid->cell_width / 2, y + grid->cell_height / 2, SCENE_CENTER, grid->font_px, false,
               ink, text);
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

/* Months in their cells, and what they compound to in the last column. */
static void draw_cells(struct page *page, const struct frame *frame, const struct grid *grid, int first_year)
{
    const struct frame_series *series = &frame->series[0];
    double factor = 1;
    for (size_t i = 0; i < series->bar_count; i++) {
        const struct frame_bar *bar = &series->bars[i];
        int year = year_of(frame, bar);
        int month = calendar_of(bar->from_us, frame->zone).month;
        double y = grid->box.top + (double)(year - first_year) * grid->cell_height;
        draw_cell(page, grid, grid->box.left + (double)(month - 1) * grid->cell_width, y, bar->percent, grid->full);
        factor *= 1 + bar->percent / 100;
        if (i + 1 == series->bar_count || year_of(frame, &series->bars[i + 1]) != year) {
            draw_cell(page, grid, grid->total_left, y, (factor - 1) * 100, grid->full * sqrt(MONTHS));
            factor = 1;
        }
    }
}

enum kurs_status heatmap_draw(struct page *page, const struct frame *frame, struct kurs_error *error)
{
    const struct frame_series *series = &frame->series[0];
    int first_year = year_of(frame, &series->bars[0]);
    size_t years = year_count(frame);
    double tick_px = page->tick_px;
    struct grid grid = {.box = page->rest, .full = full_colour(series)};
    grid.box.left += caption_width("0000", tick_px, false) + tick_px * 0.5;
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
