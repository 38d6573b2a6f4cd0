/* layout_area.c: owns axes: where a plot stands between its labels, its grid, ticks, marks and bands. */
#include "chart/fail.h"
#include "chart/frame_bars.h"
#include "chart/layout.h"

#include <math.h>
#include <string.h>

#define PLOT_PX_LEAST 40.0

static bool is_percent(const struct frame *frame)
{
    return frame->type == CHART_CHANGE || frame->type == CHART_DRAWDOWN;
}

double area_base(const struct page *page, const struct frame *frame)
{
    return page->request->rebase ? 100 : is_percent(frame) ? 0 : NAN;
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
    if (frame->type == CHART_CHANGE) { /* and for the values of bars */
        double room = (high - low) * page->note_px * 2.2 / height;
        low -= low < 0 ? room : 0;
        high += high > 0 ? room : 0;
    }
    if (frame->type == CHART_DRAWDOWN && frame->count == 1) {
        low -= (high - low) * page->tick_px * 2 / height; /* room for what is said under the deepest point */
    }
    if (page->request->log_scale && low > 0) {
        ticks_log(low, high, wanted, ticks);
    } else {
        ticks_linear(low, high, wanted, ticks);
    }
    while (frame->type == CHART_DRAWDOWN && ticks->count > 2 && ticks->at[0] < -100) { /* nothing falls further */
        ticks->count--;
        memmove(ticks->at, ticks->at + 1, ticks->count * sizeof *ticks->at);
        memmove(ticks->label, ticks->label + 1, ticks->count * sizeof *ticks->label);
        ticks->low = fmin(low, ticks->at[0]);
    }
    for (size_t i = 0; i < ticks->count && is_percent(frame); i++) {
        strncat(ticks->label[i], "%", CAPTION_NUMBER_SIZE - strlen(ticks->label[i]) - 1);
    }
}

static double widest(const struct page *page, const struct value_ticks *ticks)
{
    double width = 0;
    for (size_t i = 0; i < ticks->count; i++) {
        width = fmax(width, page_text_px(page, ticks->label[i], page->tick_px, false));
    }
    return width;
}

static void draw_values(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                        const struct value_ticks *ticks)
{
    double apart = INFINITY;
    for (size_t i = 1; i < ticks->count; i++) {
        apart = fmin(apart, scene_y(axes, ticks->at[i - 1]) - scene_y(axes, ticks->at[i]));
    }
    size_t every = (size_t)fmax(1, ceil(page->tick_px * 1.1 / apart)); /* not all fit a flat panel */
    for (size_t i = 0; i < ticks->count; i += every) {
        double y = scene_y(axes, ticks->at[i]);
        bool heavy = fabs(ticks->at[i] - area_base(page, frame)) < 1e-9;
        scene_line(page->scene, axes->left, y, axes->right, y, heavy ? 1.3 : 1,
                   heavy ? page->theme->axis : page->theme->grid, heavy && frame->type == CHART_CHANGE);
        scene_text(page->scene, axes->left - page->tick_px * 0.6, y, SCENE_RIGHT, page->tick_px, false,
                   page->theme->muted, ticks->label[i]);
    }
}

/* Under bars a label stands in the middle of its period, else at its tick. */
static double label_x(const struct page *page, const struct frame *frame, const struct scene_axes *axes, int64_t at_us)
{
    double x = scene_x(axes, frame_x(page->request, frame, at_us));
    if (frame->type != CHART_CHANGE && frame->type != CHART_CANDLE) {
        return x;
    }
    int64_t from_us, until_us;
    kurs_period_of(at_us, frame->every, frame->zone, &from_us, &until_us);
    return from_us == at_us ? (x + scene_x(axes, frame_x(page->request, frame, until_us))) / 2 : x;
}

/* The baseline with its ticks and labels. Labels keep within the page and off each other. */
static void draw_dates(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                       const struct time_ticks *ticks, struct box box)
{
    double y = axes->bottom, tick_px = page->tick_px, under_end = -INFINITY, label_end = -INFINITY;
    scene_line(page->scene, axes->left, y, axes->right, y, 1, page->theme->axis, false);
    for (size_t i = 0; i < ticks->count; i++) {
        double x = label_x(page, frame, axes, ticks->at_us[i]);
        double half = page_text_px(page, ticks->label[i], tick_px, false) / 2;
        double at = fmin(fmax(x, box.left + half), box.right - half);
        scene_line(page->scene, x, y, x, y + tick_px * 0.4, 1, page->theme->axis, false);
        if (at - half > label_end) {
            scene_text(page->scene, at, y + tick_px * 1.05, SCENE_CENTER, tick_px, false, page->theme->muted,
                       ticks->label[i]);
            label_end = at + half + tick_px * 0.4;
        }
        half = page_text_px(page, ticks->under[i], tick_px, false) / 2;
        at = fmin(fmax(x, box.left + half), box.right - half);
        if (half > 0 && at - half > under_end) {
            scene_text(page->scene, at, y + tick_px * 2.25, SCENE_CENTER, tick_px, false, page->theme->muted,
                       ticks->under[i]);
            under_end = at + half + tick_px * 0.5;
        }
    }
}

/* A mark or band with the row its text stands in, counted from the plot up. */
struct placed {
    const struct chart_note *note;
    char text[CAPTION_SIZE];     /* cut to the width of the plot */
    double x1, x2, text_x, half; /* the text's middle, and half its width */
    size_t row;
    bool flag; /* the text stands beside the line, not over it */
};

#define UNPLACED  SIZE_MAX
#define FLAG_PX   3.0 /* from a line to the text beside it */
#define AROUND_PX 2.0 /* a line as near to a text crosses it */

/* An area as it will be drawn. */
struct area {
    struct box box;
    struct scene_axes axes;
    struct value_ticks values;
    struct time_ticks dates;
    struct placed placed[2 * CHART_NOTES_MAX];
    size_t placed_count;
    bool labelled; /* the ends of lines, beside the plot */
};

static bool is_mark(const struct placed *placed)
{
    return placed->note->until_us == placed->note->from_us;
}

/* Whether neither text covers the other and, with `lines`, that of the upper does not cross the text of the lower. */
static bool is_clear(const struct placed *a, const struct placed *b, double air, bool lines)
{
    if (a->row == b->row) {
        return fabs(a->text_x - b->text_x) >= a->half + b->half + air;
    }
    const struct placed *upper = a->row > b->row ? a : b, *lower = a->row > b->row ? b : a;
    return !lines || !is_mark(upper) || fabs(lower->text_x - upper->x1) >= lower->half + AROUND_PX;
}

static bool is_clear_of_all(const struct placed *item, const struct placed *placed, size_t count, double air,
                            bool lines)
{
    for (size_t i = 0; i < count; i++) {
        if (&placed[i] != item && placed[i].row != UNPLACED && !is_clear(item, &placed[i], air, lines)) {
            return false;
        }
    }
    return true;
}

/* Puts a text in the lowest row where it is clear of those placed, or in a new one; returns how many rows there are. */
static size_t choose_row(struct placed *item, const struct placed *placed, size_t count, size_t rows, double air,
                         bool lines)
{
    for (item->row = 0; item->row < rows && !is_clear_of_all(item, placed, count, air, lines); item->row++) {
    }
    return item->row == rows ? rows + 1 : rows;
}

/* Where texts cannot all stand over their lines, they stand beside them as flags, those at the right end to the left of
 * theirs: of those that point right, the one further left is the higher, so its line passes the others by; and the
 * other way round. Returns how many rows. */
static size_t place_flags(struct placed *placed, size_t count, double left, double right, double air)
{
    size_t order[2 * CHART_NOTES_MAX], rows = 0;
    double turned_from = right; /* lines right of it would cross a text that points left */
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && placed[order[at - 1]].x1 > placed[i].x1; at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
        placed[i].row = UNPLACED;
    }
    for (size_t i = count; i-- > 0;) {
        struct placed *item = &placed[order[i]];
        item->flag = is_mark(item);
        if (item->flag) {
            bool turned = item->x1 + FLAG_PX + 2 * item->half > right || item->x1 > turned_from;
            double beside = FLAG_PX + item->half;
            item->text_x = turned ? fmax(item->x1 - beside, left + item->half) : item->x1 + beside;
            turned_from = turned ? fmin(turned_from, item->text_x - item->half) : turned_from;
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct placed *item = &placed[order[i]];
        rows = item->flag && item->text_x < item->x1 ? choose_row(item, placed, count, rows, air, true) : rows;
    }
    for (size_t i = count; i-- > 0;) {
        struct placed *item = &placed[order[i]];
        rows = item->flag && item->row == UNPLACED ? choose_row(item, placed, count, rows, air, true) : rows;
    }
    for (size_t i = 0; i < count; i++) { /* bands have no line to be crossed by what is below */
        rows = placed[i].row == UNPLACED ? choose_row(&placed[i], placed, count, rows, air, true) : rows;
    }
    return rows;
}

/* Texts over their lines, each in the lowest row where it is clear of those before. Returns how many rows; *clear says
 * whether all are clear of each other. */
static size_t place_over(const struct page *page, const struct frame *frame, struct area *area, bool *clear)
{
    const struct chart_request *request = page->request;
    double left = area->axes.left, right = area->axes.right;
    size_t rows = 0;
    *clear = true;
    area->placed_count = request->mark_count + request->band_count;
    for (size_t i = 0; i < area->placed_count; i++) {
        bool band = i >= request->mark_count;
        const struct chart_note *note = band ? &request->bands[i - request->mark_count] : &request->marks[i];
        struct placed *item = &area->placed[i];
        *item = (struct placed) {.note = note};
        item->x1 = scene_x(&area->axes, frame_x(request, frame, note->from_us));
        item->x2 = band ? scene_x(&area->axes, frame_x(request, frame, note->until_us)) : item->x1;
        item->x1 = fmax(item->x1, left);
        item->x2 = fmin(item->x2, right);
        caption_clean(note->text, item->text);
        page_fit(page, item->text, page->tick_px, false, right - left);
        item->half = page_text_px(page, item->text, page->tick_px, false) / 2;
        item->text_x = fmin(fmax((item->x1 + item->x2) / 2, left + item->half), right - item->half);
        rows = choose_row(item, area->placed, i, rows, page->tick_px, false);
        *clear = *clear && is_clear_of_all(item, area->placed, i, page->tick_px, true);
    }
    return rows;
}

/* Rows for the texts above the plot, so that they cover neither data nor each other. Returns how many. Flags take more
 * of them: where that would be much of the area, lines that stop below another's text do the plot less harm. */
static size_t place_notes(const struct page *page, const struct frame *frame, struct area *area)
{
    const double flags_most = 0.3; /* of the height */
    struct placed flags[2 * CHART_NOTES_MAX];
    bool clear;
    size_t rows = place_over(page, frame, area, &clear);
    if (!clear) {
        memcpy(flags, area->placed, sizeof flags);
        size_t flag_rows = place_flags(flags, area->placed_count, area->axes.left, area->axes.right, page->tick_px);
        double flags_px = (double)flag_rows * page->tick_px * LINE_HEIGHT;
        if (flag_rows <= rows || flags_px <= (area->box.bottom - area->box.top) * flags_most) {
            memcpy(area->placed, flags, sizeof flags);
            rows = flag_rows;
        }
    }
    return rows;
}

/* The line of a mark, from its text down, left out where it would cross the text of another. */
static void draw_mark(struct page *page, const struct scene_axes *axes, const struct placed *placed, size_t count,
                      const struct placed *mark)
{
    double row_px = page->tick_px * LINE_HEIGHT, base = axes->top - page->tick_px * 0.5;
    scene_line(page->scene, mark->x1, base, mark->x1, axes->bottom, 1, page->theme->muted, false);
    for (size_t row = 0; row < mark->row + mark->flag; row++) {
        bool crossed = false;
        for (size_t i = 0; i < count && !crossed; i++) {
            crossed = placed[i].row == row && fabs(placed[i].text_x - mark->x1) < placed[i].half + AROUND_PX;
        }
        if (!crossed) {
            double y = base - (double)row * row_px;
            double high = row == mark->row ? row_px * 0.8 : row_px; /* a flag's pole is no higher than its letters */
            scene_line(page->scene, mark->x1, y - high, mark->x1, y, 1, page->theme->muted, false);
        }
    }
}

static void draw_notes(struct page *page, const struct scene_axes *axes, const struct placed *placed, size_t count)
{
    double row_px = page->tick_px * LINE_HEIGHT;
    for (size_t i = 0; i < count; i++) {
        const struct placed *item = &placed[i];
        double y = axes->top - page->tick_px * 0.5 - ((double)item->row + 0.5) * row_px;
        if (!is_mark(item)) {
            scene_box(page->scene, item->x1, axes->top, fmax(item->x2 - item->x1, 1), axes->bottom - axes->top,
                      page->theme->shade);
        } else {
            draw_mark(page, axes, placed, count, item);
        }
        scene_text(page->scene, item->text_x, y, SCENE_CENTER, page->tick_px, false, page->theme->text, item->text);
    }
}

/* The ends of the date axis: those of the points, or of the periods where bars stand for them. */
static struct time_axis date_axis(const struct chart_request *request, const struct frame *frame)
{
    struct time_axis axis = {.first_us = frame->first_us,
                             .last_us = frame->last_us,
                             .zone = frame->zone,
                             .kind = frame->kind,
                             .weekdays = request->weekdays,
                             .weekend_us = frame->weekend_us};
    for (size_t i = 0; i < frame->count && (frame->type == CHART_CHANGE || frame->type == CHART_CANDLE); i++) {
        const struct frame_series *series = &frame->series[i];
        int64_t from_us = series->bars[0].from_us, last_us = series->bars[series->bar_count - 1].until_us - 1;
        axis.first_us = i == 0 || from_us < axis.first_us ? from_us : axis.first_us;
        axis.last_us = last_us > axis.last_us ? last_us : axis.last_us;
        axis.least_us = frame_every_us(frame);
    }
    return axis;
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
    return widest(page, &ticks) + page->tick_px * 0.6;
}

/* From the outside in: room for labels, then what is left for the axes. */
static enum kurs_status arrange(const struct page *page, const struct frame *frame, double panel_left, bool early_too,
                                struct area *area, struct kurs_error *error)
{
    const struct chart_request *request = page->request;
    struct box box = area->box;
    struct scene_axes *axes = &area->axes;
    struct time_axis dates = date_axis(request, frame);
    double height = box.bottom - box.top;
    bool compact = panel_left > 0;
    value_axis(page, frame, height, &area->values);
    *axes = (struct scene_axes) {.log = request->log_scale, .y_low = area->values.low, .y_high = area->values.high};
    axes->x_low = frame_x(request, frame, dates.first_us);
    axes->x_high = frame_x(request, frame, dates.last_us);
    if (!(axes->x_high > axes->x_low)) {
        axes->x_low -= 1;
        axes->x_high += 1;
    }
    axes->left = ceil(box.left + (compact ? panel_left : area_value_px(page, frame, height)));
    axes->right = floor(box.right);
    area->labelled = !compact && !(frame->type == CHART_CHANGE && bars_labelled(page, frame, axes));
    axes->right = floor(box.right - (area->labelled ? ends_px(page, frame, height, early_too) : 0));
    ticks_time(&dates, axes->right - axes->left, page->tick_px * page->wide, &area->dates);
    size_t rows = place_notes(page, frame, area);
    axes->top = ceil(box.top + page->tick_px * 0.6 + (double)rows * page->tick_px * LINE_HEIGHT);
    axes->bottom = floor(box.bottom - page->tick_px * (area->dates.has_under ? 2.9 : 1.7));
    if (axes->right - axes->left < PLOT_PX_LEAST || axes->bottom - axes->top < PLOT_PX_LEAST) {
        return chart_fail(error, KURS_ELIMIT, "choose a larger --size, or leave titles out", "cannot draw the chart",
                          "no room for the plot between its labels");
    }
    bool bars = frame->type == CHART_CHANGE || frame->type == CHART_CANDLE;
    return bars ? bars_fit(page, frame, axes, error) : KURS_OK;
}

enum kurs_status area_draw(struct page *page, const struct frame *frame, struct box box, double panel_left,
                           double *plot_px, struct kurs_error *error)
{
    struct area area = {.box = box};
    double height = box.bottom - box.top;
    enum kurs_status status = arrange(page, frame, panel_left, false, &area, error);
    if (status == KURS_OK && area.labelled && !ends_fit_inside(page, frame, &area.axes, height)) {
        status = arrange(page, frame, panel_left, true, &area, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    *plot_px = area.axes.right - area.axes.left;
    draw_notes(page, &area.axes, area.placed, area.placed_count);
    draw_values(page, frame, &area.axes, &area.values);
    draw_dates(page, frame, &area.axes, &area.dates, box);
    scene_axes(page->scene, &area.axes);
    draw_data(page, frame, &area.axes);
    return area.labelled ? ends_label(page, frame, &area.axes, height, error) : KURS_OK;
}
