/* layout_area.c: owns axes: where a plot stands between its labels, its grid, ticks, marks and bands. */
#include "chart/calendar.h"
#include "chart/fail.h"
#include "chart/layout.h"

#include <math.h>
#include <string.h>

#define PLOT_PX_LEAST 40.0

double area_x(const struct chart_request *request, const struct frame *frame, int64_t time_us)
{
    return request->weekdays ? calendar_weekdays(time_us, frame->zone) : (double)time_us / (double)KURS_SECOND_US;
}

static bool is_percent(const struct frame *frame)
{
    return frame->type == CHART_CHANGE || frame->type == CHART_DRAWDOWN;
}

/* Ticks of the value axis; percentages take in zero, and say so. */
static void value_axis(const struct page *page, const struct frame *frame, double height, struct value_ticks *ticks)
{
    double low = frame->low, high = frame->high;
    size_t wanted = (size_t)fmax(4, fmin(7, round(height / (page->tick_px * 5))));
    if (is_percent(frame)) {
        low = fmin(low, 0);
        high = fmax(high, 0);
        high = low == 0 && high == 0 ? 1 : high;
    }
    if (frame->type == CHART_DRAWDOWN && frame->count == 1) {
        low -= (high - low) * page->tick_px * 2 / height; /* room for what is said under the deepest point */
    }
    if (page->request->log_scale && low > 0) {
        ticks_log(low, high, wanted, ticks);
    } else {
        ticks_linear(low, high, wanted, ticks);
    }
    for (size_t i = 0; i < ticks->count && is_percent(frame); i++) {
        strncat(ticks->label[i], "%", CAPTION_NUMBER_SIZE - strlen(ticks->label[i]) - 1);
    }
}

static double widest(const struct value_ticks *ticks, double font_px)
{
    double width = 0;
    for (size_t i = 0; i < ticks->count; i++) {
        width = fmax(width, caption_width(ticks->label[i], font_px, false));
    }
    return width;
}

static void draw_values(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                        const struct value_ticks *ticks)
{
    for (size_t i = 0; i < ticks->count; i++) {
        double y = scene_y(axes, ticks->at[i]);
        double special = page->request->rebase ? 100 : is_percent(frame) ? 0 : NAN;
        bool heavy = fabs(ticks->at[i] - special) < 1e-9;
        scene_line(page->scene, axes->left, y, axes->right, y, heavy ? 1.3 : 1,
                   heavy ? page->theme->axis : page->theme->grid, heavy && frame->type == CHART_CHANGE);
        scene_text(page->scene, axes->left - page->tick_px * 0.6, y, SCENE_RIGHT, page->tick_px, false,
                   page->theme->muted, ticks->label[i]);
    }
}

/* Under bars a label stands in the middle of its period, else at its tick. */
static double label_x(const struct page *page, const struct frame *frame, const struct scene_axes *axes, int64_t at_us)
{
    double x = scene_x(axes, area_x(page->request, frame, at_us));
    if (frame->type != CHART_CHANGE && frame->type != CHART_CANDLE) {
        return x;
    }
    int64_t from_us, until_us;
    kurs_period_of(at_us, frame->every, frame->zone, &from_us, &until_us);
    return from_us == at_us ? (x + scene_x(axes, area_x(page->request, frame, until_us))) / 2 : x;
}

/* The baseline with its ticks and labels. Labels keep within the page and off each other. */
static void draw_dates(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                       const struct time_ticks *ticks, struct box box)
{
    double y = axes->bottom, tick_px = page->tick_px, under_end = -INFINITY, label_end = -INFINITY;
    scene_line(page->scene, axes->left, y, axes->right, y, 1, page->theme->axis, false);
    for (size_t i = 0; i < ticks->count; i++) {
        double x = label_x(page, frame, axes, ticks->at_us[i]);
        double half = caption_width(ticks->label[i], tick_px, false) / 2;
        double at = fmin(fmax(x, box.left + half), box.right - half);
        scene_line(page->scene, x, y, x, y + tick_px * 0.4, 1, page->theme->axis, false);
        if (at - half > label_end) {
            scene_text(page->scene, at, y + tick_px * 1.05, SCENE_CENTER, tick_px, false, page->theme->muted,
                       ticks->label[i]);
            label_end = at + half + tick_px * 0.4;
        }
        half = caption_width(ticks->under[i], tick_px, false) / 2;
        at = fmin(fmax(x, box.left + half), box.right - half);
        if (half > 0 && at - half > under_end) {
            scene_text(page->scene, at, y + tick_px * 2.25, SCENE_CENTER, tick_px, false, page->theme->muted,
                       ticks->under[i]);
            under_end = at + half + tick_px * 0.5;
        }
    }
}

/* A mark or band with the row its text stands in. */
struct placed {
    const struct chart_note *note;
    double x1, x2, text_x;
    enum scene_align align;
    size_t row;
};

/* Rows for the texts above the plot, so that they cover neither data nor each other. Returns how many. */
static size_t place_notes(const struct page *page, const struct frame *frame, double left, double right,
                          const struct scene_axes *axes, struct placed placed[2 * CHART_NOTES_MAX], size_t *count)
{
    const struct chart_request *request = page->request;
    double row_end[2 * CHART_NOTES_MAX];
    size_t rows = 0;
    *count = 0;
    for (size_t i = 0; i < request->mark_count + request->band_count; i++) {
        bool band = i >= request->mark_count;
        const struct chart_note *note = band ? &request->bands[i - request->mark_count] : &request->marks[i];
        struct placed *item = &placed[*count];
        *item = (struct placed) {.note = note};
        item->x1 = scene_x(axes, area_x(request, frame, note->from_us));
        item->x2 = band ? scene_x(axes, area_x(request, frame, note->until_us)) : item->x1;
        item->x1 = fmax(item->x1, left);
        item->x2 = fmin(item->x2, right);
        if (item->x2 < item->x1) {
            continue; /* a band wholly outside */
        }
        char text[CAPTION_SIZE];
        caption_clean(note->text, text);
        double half = caption_width(text, page->tick_px, false) / 2;
        item->text_x = fmin(fmax((item->x1 + item->x2) / 2, left + half), right - half);
        item->align = SCENE_CENTER;
        size_t row = 0;
        while (row < rows && row_end[row] > item->text_x - half) {
            row++;
        }
        rows = row == rows ? rows + 1 : rows;
        row_end[row] = item->text_x + half + page->tick_px;
        item->row = row;
        (*count)++;
    }
    return rows;
}

/* The line of a mark, from its text down, left out where it would cross the text of another. */
static void draw_mark(struct page *page, const struct scene_axes *axes, const struct placed *placed, size_t count,
                      const struct placed *mark)
{
    double row_px = page->tick_px * LINE_HEIGHT, base = axes->top - page->tick_px * 0.5;
    scene_line(page->scene, mark->x1, base, mark->x1, axes->bottom, 1, page->theme->muted, false);
    for (size_t row = 0; row < mark->row; row++) {
        bool crossed = false;
        for (size_t i = 0; i < count && !crossed; i++) {
            double half = caption_width(placed[i].note->text, page->tick_px, false) / 2 + 2;
            crossed = placed[i].row == row && fabs(placed[i].text_x - mark->x1) < half;
        }
        if (!crossed) {
            double y = base - (double)row * row_px;
            scene_line(page->scene, mark->x1, y - row_px, mark->x1, y, 1, page->theme->muted, false);
        }
    }
}

static void draw_notes(struct page *page, const struct scene_axes *axes, const struct placed *placed, size_t count)
{
    double row_px = page->tick_px * LINE_HEIGHT;
    for (size_t i = 0; i < count; i++) {
        const struct placed *item = &placed[i];
        double y = axes->top - page->tick_px * 0.5 - ((double)item->row + 0.5) * row_px;
        if (item->note->until_us > item->note->from_us) {
            scene_box(page->scene, item->x1, axes->top, fmax(item->x2 - item->x1, 1), axes->bottom - axes->top,
                      page->theme->shade);
        } else {
            draw_mark(page, axes, placed, count, item);
        }
        scene_text(page->scene, item->text_x, y, item->align, page->tick_px, false, page->theme->text,
                   item->note->text);
    }
}

/* The ends of the date axis: those of the points, or of the periods where bars stand for them. */
static void date_ends(const struct chart_request *request, const struct frame *frame, struct scene_axes *axes)
{
    int64_t first_us = frame->first_us, last_us = frame->last_us;
    for (size_t i = 0; i < frame->count && (frame->type == CHART_CHANGE || frame->type == CHART_CANDLE); i++) {
        const struct frame_series *series = &frame->series[i];
        first_us = i == 0 || series->bars[0].from_us < first_us ? series->bars[0].from_us : first_us;
        int64_t until_us = series->bars[series->bar_count - 1].until_us;
        last_us = until_us > last_us ? until_us : last_us;
    }
    axes->x_low = area_x(request, frame, first_us);
    axes->x_high = area_x(request, frame, last_us);
    if (!(axes->x_high > axes->x_low)) {
        axes->x_low -= 1;
        axes->x_high += 1;
    }
}

static void draw_data(struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    switch (frame->type) {
    case CHART_CHANGE:
        bars_draw_changes(page, frame, axes);
        break;
    case CHART_CANDLE:
        bars_draw_candles(page, frame, axes);
        break;
    case CHART_BAND:
        bars_draw_band(page, frame);
        lines_draw(page, frame, axes);
        break;
    case CHART_LINE:
    case CHART_DRAWDOWN:
    case CHART_HEATMAP:
        lines_draw(page, frame, axes);
        break;
    }
}

double area_value_px(const struct page *page, const struct frame *frame, double height)
{
    struct value_ticks ticks;
    value_axis(page, frame, height, &ticks);
    return widest(&ticks, page->tick_px) + page->tick_px * 0.6;
}

enum kurs_status area_draw(struct page *page, const struct frame *frame, struct box box, double panel_left,
                           double *plot_px, struct kurs_error *error)
{
    bool compact = panel_left > 0;
    struct value_ticks values;
    struct time_ticks dates;
    struct placed placed[2 * CHART_NOTES_MAX];
    size_t placed_count = 0;
    struct scene_axes axes = {.log = page->request->log_scale};

    value_axis(page, frame, box.bottom - box.top, &values);
    axes.left = ceil(box.left + (compact ? panel_left : area_value_px(page, frame, box.bottom - box.top)));
    axes.right = floor(box.right);
    date_ends(page->request, frame, &axes);
    bool labelled = !compact && !(frame->type == CHART_CHANGE && bars_labelled(page, frame, &axes));
    axes.right = floor(box.right - (labelled ? lines_end_px(page, frame, box.bottom - box.top) : 0));
    ticks_time(frame->first_us, frame->last_us, frame->zone, frame->kind, axes.right - axes.left, page->tick_px,
               &dates);
    size_t rows = compact ? 0 : place_notes(page, frame, axes.left, axes.right, &axes, placed, &placed_count);
    axes.top = ceil(box.top + page->tick_px * 0.6 + (double)rows * page->tick_px * LINE_HEIGHT);
    axes.bottom = floor(box.bottom - page->tick_px * (dates.has_under ? 2.9 : 1.7));
    axes.y_low = values.low;
    axes.y_high = values.high;
    if (axes.right - axes.left < PLOT_PX_LEAST || axes.bottom - axes.top < PLOT_PX_LEAST) {
        return chart_fail(error, KURS_ELIMIT, "choose a larger --size, or leave titles out", "cannot draw the chart",
                          "no room for the plot between its labels");
    }
    *plot_px = axes.right - axes.left;
    draw_notes(page, &axes, placed, placed_count);
    draw_values(page, frame, &axes, &values);
    draw_dates(page, frame, &axes, &dates, box);
    scene_axes(page->scene, &axes);
    draw_data(page, frame, &axes);
    return labelled ? lines_label(page, frame, &axes, box.bottom - box.top, error) : KURS_OK;
}
