/* layout_panels.c: owns small multiples: a plot each, one date axis for all, its own value axis, name and last value in
 * the heading. */
#include "chart/fail.h"
#include "chart/layout.h"
#include "chart/words.h"

#include <math.h>

#define PANEL_HEIGHT_PX       190.0
#define PANEL_HEIGHT_PX_LEAST 110.0
#define PANEL_WIDTH_PX        270.0 /* at least, where there is more than one column */
#define PANEL_WIDTH_PX_LEAST  170.0
#define PANEL_COLUMNS_MOST    4.0

static size_t rows_of(const struct frame *frame, size_t columns)
{
    return (frame->count + columns - 1) / columns;
}

/* As many columns as are wide enough, more where the height is given and would make flat panels; no nearly empty last
 * row. */
static size_t columns_of(const struct frame *frame, double width, double height)
{
    size_t columns = (size_t)fmax(1, fmin(PANEL_COLUMNS_MOST, floor(width / PANEL_WIDTH_PX)));
    columns = columns > frame->count ? frame->count : columns;
    while (columns < frame->count && height / (double)rows_of(frame, columns) < PANEL_HEIGHT_PX_LEAST &&
           width / (double)(columns + 1) >= PANEL_WIDTH_PX_LEAST) {
        columns++;
    }
    return rows_of(frame, rows_of(frame, columns));
}

double panels_height(const struct frame *frame, double width)
{
    return (double)rows_of(frame, columns_of(frame, width, INFINITY)) * PANEL_HEIGHT_PX;
}

/* "KGS/USD", and at the right "0.01144  +2.3%" as far as it fits. */
static void heading(struct page *page, const struct frame *frame, const struct frame_series *series, struct box box)
{
    char name[CAPTION_SIZE], value[CAPTION_NUMBER_SIZE], change[CAPTION_NUMBER_SIZE];
    char rate[CAPTION_NUMBER_SIZE], percent[CAPTION_NUMBER_SIZE], right[3 * CAPTION_NUMBER_SIZE];
    double font_px = page->tick_px, y = box.top + font_px * LINE_HEIGHT / 2, width = box.right - box.left;
    words_end(frame, series, name, value, change);
    words_rate(series, series->summary.last.rate, rate);
    caption_percent(frame->type == CHART_DRAWDOWN ? series->drawdown : series->percent, percent);
    snprintf(right, sizeof right, "%s  %s", rate, percent);
    double name_px = page_text_px(page, name, font_px, true);
    if (name_px + font_px + page_text_px(page, right, font_px, false) > width) {
        snprintf(right, sizeof right, "%s", percent);
    }
    page_fit(page, name, font_px, true, width - font_px - page_text_px(page, right, font_px, false));
    scene_text(page->scene, box.left, y, SCENE_LEFT, font_px, true, page->theme->ink, name);
    scene_text(page->scene, box.right, y, SCENE_RIGHT, font_px, false, page->theme->text, right);
}

/* One pair of the frame: percentages on the axis of all, to be compared; rates, in units of their own, on one of theirs. */
static struct frame frame_of(const struct page *page, const struct frame *frame, size_t i)
{
    struct frame one = *frame;
    one.series = &frame->series[i];
    one.count = 1;
    if (!words_one_scale(page->request, frame)) {
        one.low = frame->series[i].low;
        one.high = frame->series[i].high;
    }
    return one;
}

enum kurs_status panels_draw(struct page *page, const struct frame *frame, double *plot_px, struct kurs_error *error)
{
    struct box rest = page->rest;
    size_t columns = columns_of(frame, rest.right - rest.left, rest.bottom - rest.top), rows = rows_of(frame, columns);
    double gap = page->text_px * 1.6;
    double width = (rest.right - rest.left - gap * (double)(columns - 1)) / (double)columns;
    double height = (rest.bottom - rest.top) / (double)rows;
    double heading_px = page->tick_px * LINE_HEIGHT * 1.15, plot_height = height - page->tick_px - heading_px;
    double value_px = 0; /* the same for all, so that dates stand under each other */
    for (size_t i = 0; i < frame->count; i++) {
        struct frame one = frame_of(page, frame, i);
        value_px = fmax(value_px, area_value_px(page, &one, plot_height));
    }
    enum kurs_status status = KURS_OK;
    for (size_t i = 0; i < frame->count && status == KURS_OK; i++) {
        struct frame one = frame_of(page, frame, i);
        size_t row = i / columns, column = i % columns;
        double left = rest.left + (width + gap) * (double)column, top = rest.top + height * (double)row;
        struct box box = {left, top, left + width, top + heading_px + plot_height};
        heading(page, frame, &frame->series[i], box);
        box.top += heading_px;
        status = area_draw(page, &one, box, value_px, plot_px, error);
    }
    return status;
}
