/* layout_bars.c: owns what stands for a period: change bars, candles, and the low-high band under a line. Up and down
 * are told apart by more than colour: bars by their side of zero, candles by being hollow or filled. */
#include "chart/fail.h"
#include "chart/frame_bars.h"
#include "chart/layout.h"

#include <math.h>

/* A period on the date axis with air around it. */
static void slot(const struct page *page, const struct frame *frame, const struct frame_bar *bar, double part,
                 double *left, double *right)
{
    double from = frame_x(page->request, frame, bar->from_us), until = frame_x(page->request, frame, bar->until_us);
    double air = (until - from) * (1 - part) / 2;
    *left = from + air;
    *right = until - air;
}

/* What a bar has of the plot's width. */
static double slot_px(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                      const struct frame_bar *bar)
{
    double left, right;
    slot(page, frame, bar, 1, &left, &right);
    return scene_x(axes, right) - scene_x(axes, left);
}

static double mean_slot_px(const struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const struct frame_series *series = &frame->series[0];
    double width = 0;
    for (size_t i = 0; i < series->bar_count; i++) {
        width += slot_px(page, frame, axes, &series->bars[i]);
    }
    return width / (double)series->bar_count;
}

enum kurs_status bars_fit(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                          struct kurs_error *error)
{
    double width = axes->right - axes->left;
    if (mean_slot_px(page, frame, axes) >= CHART_BAR_PX) {
        return KURS_OK;
    }
    char hint[128];
    frame_every_hint(frame, width / CHART_BAR_PX, hint, sizeof hint);
    return chart_fail(error, KURS_ELIMIT, hint, "cannot draw the chart", "%zu bars do not stand apart on %.0f pixels",
                      frame->series[0].bar_count, width);
}

bool bars_labelled(const struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const struct frame_series *series = &frame->series[0];
    for (size_t i = 0; i < series->bar_count; i++) {
        char text[CAPTION_NUMBER_SIZE];
        caption_percent(series->bars[i].percent, text);
        if (page_text_px(page, text, page->note_px, false) > slot_px(page, frame, axes, &series->bars[i]) * 0.98) {
            return false;
        }
    }
    return true;
}

/* Values over (or under) the bars. */
static void label_changes(struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const struct frame_series *series = &frame->series[0];
    double font_px = page->note_px;
    for (size_t i = 0; i < series->bar_count; i++) {
        const struct frame_bar *bar = &series->bars[i];
        char text[CAPTION_NUMBER_SIZE];
        double left, right;
        slot(page, frame, bar, 1, &left, &right);
        caption_percent(bar->percent, text);
        double y = scene_y(axes, bar->percent) + (bar->percent < 0 ? 0.75 : -0.75) * font_px;
        y = fmin(fmax(y, axes->top + font_px * 0.5), axes->bottom - font_px * 0.6);
        scene_text(page->scene, scene_x(axes, (left + right) / 2), y, SCENE_CENTER, font_px, false, page->theme->text,
                   text);
    }
}

void bars_draw_changes(struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const struct frame_series *series = &frame->series[0];
    for (int down = 0; down < 2; down++) {
        scene_plot(page->scene, &(struct scene_plot) {.form = SCENE_PLOT_BAR,
                                                      .fill = down ? page->theme->down : page->theme->up,
                                                      .dash = "",
                                                      .width_px = 1});
        for (size_t i = 0; i < series->bar_count; i++) {
            const struct frame_bar *bar = &series->bars[i];
            if ((bar->percent < 0) == (down == 1)) {
                struct scene_row row = {.value = {0, 0, 0, bar->percent}};
                slot(page, frame, bar, 0.72, &row.value[0], &row.value[1]);
                scene_row(page->scene, &row);
            }
        }
    }
    if (bars_labelled(page, frame, axes)) {
        label_changes(page, frame, axes);
    }
}

static void draw_wicks(struct page *page, const struct frame *frame)
{
    const struct frame_series *series = &frame->series[0];
    for (int down = 0; down < 2; down++) {
        scene_plot(page->scene, &(struct scene_plot) {.form = SCENE_PLOT_WICK,
                                                      .rgb = down ? page->theme->down : page->theme->up,
                                                      .dash = "",
                                                      .width_px = 1.2});
        for (size_t i = 0; i < series->bar_count; i++) {
            const struct frame_bar *bar = &series->bars[i];
            if ((bar->close < bar->open) == (down == 1)) {
                double left, right;
                slot(page, frame, bar, 1, &left, &right);
                scene_row(page->scene, &(struct scene_row) {.value = {(left + right) / 2, bar->low, bar->high, 0}});
            }
        }
    }
}

void bars_draw_candles(struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const double hollow_px = 4; /* a narrower body has no inside to leave open */
    const struct frame_series *series = &frame->series[0];
    bool hollow = mean_slot_px(page, frame, axes) >= hollow_px;
    draw_wicks(page, frame);
    for (int down = 0; down < 2; down++) {
        uint32_t rgb = down ? page->theme->down : page->theme->up;
        scene_plot(page->scene, &(struct scene_plot) {.form = SCENE_PLOT_FRAME,
                                                      .rgb = rgb,
                                                      .fill = down || !hollow ? rgb : page->theme->background,
                                                      .dash = "",
                                                      .width_px = 1.2});
        for (size_t i = 0; i < series->bar_count; i++) {
            const struct frame_bar *bar = &series->bars[i];
            if ((bar->close < bar->open) == (down == 1)) {
                struct scene_row row = {.value = {0, 0, fmin(bar->open, bar->close), fmax(bar->open, bar->close)}};
                slot(page, frame, bar, 0.64, &row.value[0], &row.value[1]);
                scene_row(page->scene, &row);
            }
        }
    }
}

void bars_draw_band(struct page *page, const struct frame *frame)
{
    const struct frame_series *series = &frame->series[0];
    uint32_t rgb = theme_style(page->theme, 0).rgb;
    scene_plot(page->scene, &(struct scene_plot) {.form = SCENE_PLOT_BAR,
                                                  .fill = theme_mix(page->theme->background, rgb, 0.2),
                                                  .dash = "",
                                                  .width_px = 1});
    for (size_t i = 0; i < series->bar_count; i++) {
        /* beside a hole the period begins with its first point, or ends with its last */
        const struct frame_bar *bar = &series->bars[i];
        bool joins_left = i > 0 && bar[-1].until_us == bar->from_us;
        bool joins_right = i + 1 < series->bar_count && bar[1].from_us == bar->until_us;
        int64_t from_us = joins_left ? bar->from_us : bar->first_us;
        int64_t until_us = joins_right ? bar->until_us : bar->last_us;
        struct scene_row row = {.value = {frame_x(page->request, frame, from_us),
                                          frame_x(page->request, frame, until_us), bar->low, bar->high}};
        scene_row(page->scene, &row);
    }
}
