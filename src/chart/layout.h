/* layout.h: a frame laid out on a page. Private to src/chart/layout_*.c, but for the first two. */
#ifndef KURS_CHART_LAYOUT_H
#define KURS_CHART_LAYOUT_H

#include "chart/frame.h"
#include "chart/theme.h"
#include "chart/ticks.h"

/* What cannot be drawn, in any form: KURS_EARGUMENT a request that does not fit the data, KURS_ELIMIT too many lines. */
enum kurs_status layout_check(const struct chart_request *request, const struct frame *frame, struct kurs_error *error);
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
    double wide; /* how much wider than measured the letters may be: 1 for the font that caption.c knows */
    struct box rest;
};

#define LINE_HEIGHT 1.28 /* of type, in font sizes */

/* How much wider the letters are of DejaVu Sans, which stands in where a viewer has no Liberation Sans, Arial or
 * Helvetica: text is laid out so that it then reaches into the margin, not over it. */
#define FALLBACK_WIDER      1.14
#define FALLBACK_WIDER_BOLD 1.22

/* The width of a text in the page's font. */
double page_text_px(const struct page *page, const char *text, double font_px, bool bold);
/* Cuts `text`, with "…", to that width. */
void page_fit(const struct page *page, char text[CAPTION_SIZE], double font_px, bool bold, double width_px);
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
/* The value that all lines start from, on a heavier grid line: 100 or 0; NAN for rates. */
double area_base(const struct page *page, const struct frame *frame);
double area_value_px(const struct page *page, const struct frame *frame, double height);
void lines_draw(struct page *page, const struct frame *frame, const struct scene_axes *axes);
/* Labels at the ends of lines. They need ends_px beside the plot in an area of that height: without those of lines that
 * end early, which stand in the plot if ends_fit_inside. */
double ends_px(const struct page *page, const struct frame *frame, double area_height, bool early_too);
bool ends_fit_inside(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                     double area_height);
enum kurs_status ends_label(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                            double area_height, struct kurs_error *error);
/* KURS_ELIMIT when candles or change bars would run into one another. */
enum kurs_status bars_fit(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                          struct kurs_error *error);
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
