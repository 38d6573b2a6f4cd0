/* layout_bars.c: owns what stands for a period: change bars, candles, and the low-high band under a line. Up and down
 * are told apart by more than colour: bars by their side of zero, candles by being hollow or filled. */
#include "chart/layout.h"

#include <math.h>

/* A period on the date axis with air around it. */
static void slot(const struct page *page, const struct frame *frame, const struct frame_bar *bar, double part,
                 double *left, double *right)
{
    double from = area_x(page->request, frame, bar->from_us), until = area_x(page->request, frame, bar->until_us);
    double air = (until - from) * (1 - part) / 2;
    *left = from + air;
    *right = until - air;
}

static double slot_px(const struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const struct frame_bar *bar = &frame->series[0].bars[0];
    return scene_x(axes, area_x(page->request, frame, bar->until_us)) -
           scene_x(axes, area_x(page->request, frame, bar->from_us));
}

bool bars_labelled(const struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const struct frame_series *series = &frame->series[0];
    double room = slot_px(page, frame, axes);
    for (size_t i = 0; i < series->bar_count; i++) {
        char text[CAPTION_NUMBER_SIZE];
        caption_percent(series->bars[i].percent, text);
        if (caption_width(text, page->note_px, false) > room * 0.98) {
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
    bool hollow = slot_px(page, frame, axes) >= hollow_px;
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
    uint32_t rgb = page->theme->style[0].rgb;
    scene_plot(page->scene, &(struct scene_plot) {.form = SCENE_PLOT_BAR,
                                                  .fill = theme_mix(page->theme->background, rgb, 0.2),
                                                  .dash = "",
                                                  .width_px = 1});
    int64_t first_us = frame->first_us, last_us = frame->last_us;
    for (size_t i = 0; i < series->bar_count; i++) {
        const struct frame_bar *bar = &series->bars[i];
        int64_t from_us = bar->from_us < first_us ? first_us : bar->from_us;
        int64_t until_us = bar->until_us > last_us ? last_us : bar->until_us;
        struct scene_row row = {.value = {area_x(page->request, frame, from_us), area_x(page->request, frame, until_us),
                                          bar->low, bar->high}};
        scene_row(page->scene, &row);
    }
}
