/* layout.h: a frame laid out on a page. Private to src/chart/layout_*.c, but for layout_chart. */
#ifndef KURS_CHART_LAYOUT_H
#define KURS_CHART_LAYOUT_H

#include "chart/frame.h"
#include "chart/theme.h"
#include "chart/ticks.h"

/* Lays the frame out. *plot_px is how wide the (widest) plot came out, for reading again at just that many columns.
 * KURS_ELIMIT where labels cannot stand apart at this size; KURS_EARGUMENT a request that does not fit. */
enum kurs_status layout_chart(const struct chart_request *request, const struct frame *frame, struct scene *scene,
                              double *plot_px, struct kurs_error *error);

/* ---- for the layouts themselves ---- */

struct box {
    double left, top, right, bottom;
};

/* The page: its sizes of type, and what is left of it for the plot. */
struct page {
    struct scene *scene;
    const struct chart_request *request;
    const struct theme *theme;
    double title_px, text_px, tick_px, note_px;
    struct box rest;
};

#define LINE_HEIGHT 1.28 /* of type, in font sizes */

/* Title and subtitle above, notes below; page->rest is what remains. */
void page_open(const struct chart_request *request, const struct frame *frame, double width, double height,
               struct scene *scene, struct page *page);
/* The height title, subtitle and notes take of a page of that width. */
double page_furniture(const struct chart_request *request, const struct frame *frame, double width);

/* An area with a value axis at its left and a date axis below, filled by the chart's type. `panel_left` > 0: a panel,
 * whose end value stands in its heading instead of beside the line, with that much room for the value axis; 0: what it
 * needs, which is area_value_px. */
enum kurs_status area_draw(struct page *page, const struct frame *frame, struct box box, double panel_left,
                           double *plot_px, struct kurs_error *error);
double area_value_px(const struct page *page, const struct frame *frame, double height);
/* Where a time stands on the date axis: seconds since 1970, or days that count Monday to Friday. */
double area_x(const struct chart_request *request, const struct frame *frame, int64_t time_us);
/* Lines, and the labels at their ends, which need lines_end_px beside the plot in an area of that height. */
void lines_draw(struct page *page, const struct frame *frame, const struct scene_axes *axes);
double lines_end_px(const struct page *page, const struct frame *frame, double area_height);
enum kurs_status lines_label(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                             double area_height, struct kurs_error *error);
/* Whether every change bar has the width for its value; where not, only the last is labelled, beside the plot. */
bool bars_labelled(const struct page *page, const struct frame *frame, const struct scene_axes *axes);
void bars_draw_changes(struct page *page, const struct frame *frame, const struct scene_axes *axes);
void bars_draw_candles(struct page *page, const struct frame *frame, const struct scene_axes *axes);
void bars_draw_band(struct page *page, const struct frame *frame);

enum kurs_status heatmap_draw(struct page *page, const struct frame *frame, struct kurs_error *error);
double heatmap_height(const struct frame *frame);
enum kurs_status panels_draw(struct page *page, const struct frame *frame, double *plot_px, struct kurs_error *error);
double panels_height(const struct frame *frame, double width);

#endif
