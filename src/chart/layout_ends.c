/* layout_ends.c: owns the labels at the ends of lines. The one idea: a label stands beside the plot at the height where
 * its line ends, moved apart from the others; one of a line that ends early stands in the plot where it ends, if that
 * place is free, for a leader from there to the edge would look like data. */
#include "chart/fail.h"
#include "chart/labels.h"
#include "chart/layout.h"
#include "chart/words.h"

#include <math.h>
#include <string.h>

#define DOT_PX    3.2
#define LEADER_PX 18.0 /* room for lines that lead to labels moved away */

struct end {
    char name[CAPTION_NUMBER_SIZE], value[CAPTION_NUMBER_SIZE], change[CAPTION_NUMBER_SIZE];
    char first[CAPTION_SIZE], second[CAPTION_SIZE]; /* lines; second may be "" */
    double width, height;
    double x, y;      /* of the last point, or of the close (or change) of the last bar */
    bool early, free; /* ends before the others; has a place in the plot: */
    double text_x, text_y;
};

/* Two lines where there is height for all: name, then value and change; else one: name and change. */
static void write_end(const struct page *page, const struct frame *frame, size_t i, double area_height, struct end *end)
{
    const struct frame_series *series = &frame->series[i];
    double line_px = page->tick_px * LINE_HEIGHT;
    double height = area_height - page->tick_px * 5; /* without the dates */
    double width_most = (page->rest.right - page->rest.left) * 0.45;
    bool two_lines = (double)frame->count * line_px * 2.3 < height * 0.9;
    words_end(frame, series, end->name, end->value, end->change);
    end->second[0] = '\0';
    if (frame->count == 1) {
        snprintf(end->first, sizeof end->first, "%s", end->value);
        snprintf(end->second, sizeof end->second, "%s", end->change);
    } else if (two_lines) {
        snprintf(end->first, sizeof end->first, "%s", end->name);
        page_fit(page, end->first, page->tick_px, true, width_most);
        snprintf(end->second, sizeof end->second, "%s%s%s", end->value, end->change[0] != '\0' ? "  " : "",
                 end->change);
    } else {
        const char *number = end->change[0] != '\0' ? end->change : end->value;
        snprintf(end->first, sizeof end->first, "%s", end->name);
        page_fit(page, end->first, page->tick_px, true, width_most - page_text_px(page, number, page->tick_px, true));
        snprintf(end->first + strlen(end->first), sizeof end->first - strlen(end->first), " %s", number);
    }
    end->width = fmax(page_text_px(page, end->first, page->tick_px, true),
                      page_text_px(page, end->second, page->tick_px, false));
    end->height = line_px * (end->second[0] != '\0' ? 2.15 : 1.0);
    end->early = frame_ends_early(frame, series);
}

double ends_px(const struct page *page, const struct frame *frame, double area_height, bool early_too)
{
    double width = 0;
    for (size_t i = 0; i < frame->count; i++) {
        struct end end;
        write_end(page, frame, i, area_height, &end);
        width = end.early && !early_too ? width : fmax(width, end.width);
    }
    double slack = fmax(0, width * (FALLBACK_WIDER_BOLD - 1) - page->rest.left);
    return ceil(width + slack) + DOT_PX * 3 + (frame->count > 1 ? LEADER_PX : 0);
}

static void find_end(const struct page *page, const struct frame *frame, size_t i, const struct scene_axes *axes,
                     struct end *end)
{
    const struct frame_series *series = &frame->series[i];
    if (series->point_count > 0) {
        const struct frame_point *last = &series->points[series->point_count - 1];
        end->x = scene_x(axes, frame_x(page->request, frame, last->time_us));
        end->y = scene_y(axes, last->value);
        return;
    }
    const struct frame_bar *last = &series->bars[series->bar_count - 1];
    end->x = axes->right;
    end->y = scene_y(axes, frame->type == CHART_CHANGE ? last->percent : last->close);
}

/* Whether the straight line from one point to another passes through the box. */
static bool crosses(const struct box *box, double x1, double y1, double x2, double y2)
{
    if (x1 > x2) {
        return crosses(box, x2, y2, x1, y1);
    }
    if (x2 < box->left || x1 > box->right) {
        return false;
    }
    double slope = x2 > x1 ? (y2 - y1) / (x2 - x1) : 0;
    double at_left = x1 < box->left ? y1 + slope * (box->left - x1) : y1;
    double at_right = x2 > box->right ? y1 + slope * (box->right - x1) : y2;
    return fmin(at_left, at_right) <= box->bottom && fmax(at_left, at_right) >= box->top;
}

static bool line_crosses(const struct page *page, const struct frame *frame, const struct frame_series *series,
                         const struct scene_axes *axes, const struct box *box)
{
    double x = 0, y = 0;
    for (size_t i = 0; i < series->point_count; i++) {
        const struct frame_point *point = &series->points[i];
        double before_x = x, before_y = y;
        x = scene_x(axes, frame_x(page->request, frame, point->time_us));
        y = scene_y(axes, point->value);
        if (point->starts ? crosses(box, x, y, x, y) : crosses(box, before_x, before_y, x, y)) {
            return true;
        }
    }
    return false;
}

/* Whether nothing drawn and no label placed before (`ends`, `count`) is in the box. */
static bool is_free(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                    const struct end *ends, size_t count, const struct box *box)
{
    const struct chart_request *request = page->request;
    if (box->left < axes->left || box->right > axes->right || box->top < axes->top || box->bottom > axes->bottom) {
        return false;
    }
    double base = scene_y(axes, area_base(page, frame));
    if (base >= box->top && base <= box->bottom) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        bool apart = ends[i].text_x > box->right || ends[i].text_x + ends[i].width < box->left ||
                     ends[i].text_y - ends[i].height / 2 > box->bottom ||
                     ends[i].text_y + ends[i].height / 2 < box->top;
        if (ends[i].free && !apart) {
            return false;
        }
    }
    for (size_t i = 0; i < request->mark_count; i++) {
        double x = scene_x(axes, frame_x(request, frame, request->marks[i].from_us));
        if (x >= box->left && x <= box->right) {
            return false;
        }
    }
    for (size_t i = 0; i < frame->count; i++) {
        if (line_crosses(page, frame, &frame->series[i], axes, box)) {
            return false;
        }
    }
    return true;
}

/* A place in the plot for the label of a line that ends early: right of its end, or over or under it. */
static bool find_place(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                       struct end *ends, size_t i)
{
    const double air = 2;
    struct end *end = &ends[i];
    double aside = DOT_PX * 2.5, off = end->height / 2 + DOT_PX * 2;
    const double places[][2] = {
        {aside, 0},          {aside, -off},     {aside, off}, {-end->width / 2, -off}, {-end->width / 2, off},
        {-end->width, -off}, {-end->width, off}};
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        end->text_x = end->x + places[p][0];
        end->text_y = end->y + places[p][1];
        if (places[p][1] == 0) { /* near the edge of the plot beside, if not level with, the end */
            end->text_y = fmax(axes->top + end->height / 2, fmin(end->text_y, axes->bottom - end->height / 2));
        }
        struct box box = {end->text_x - air, end->text_y - end->height / 2, end->text_x + end->width + air,
                          end->text_y + end->height / 2};
        if (is_free(page, frame, axes, ends, i, &box)) {
            return true;
        }
    }
    return false;
}

/* Texts, ends and places in the plot of all lines; false when one that ends early has none. */
static bool find_ends(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                      double area_height, struct end ends[CHART_LINES_MAX])
{
    bool all = true;
    for (size_t i = 0; i < frame->count; i++) {
        write_end(page, frame, i, area_height, &ends[i]);
        find_end(page, frame, i, axes, &ends[i]);
        ends[i].free = ends[i].early && find_place(page, frame, axes, ends, i);
        all = all && (ends[i].free || !ends[i].early);
    }
    return all;
}

bool ends_fit_inside(const struct page *page, const struct frame *frame, const struct scene_axes *axes,
                     double area_height)
{
    struct end ends[CHART_LINES_MAX];
    return find_ends(page, frame, axes, area_height, ends);
}

static void draw_text(struct page *page, const struct end *end, double x, double y, uint32_t rgb)
{
    double half = page->tick_px * LINE_HEIGHT / 2;
    bool second = end->second[0] != '\0';
    scene_text(page->scene, x, second ? y - half : y, SCENE_LEFT, page->tick_px, true, rgb, end->first);
    scene_text(page->scene, x, y + half, SCENE_LEFT, page->tick_px, false, rgb, end->second);
}

/* From the end of a line to its label: level as far as the plot goes, and where it arrives. */
static void draw_leader(struct page *page, const struct scene_axes *axes, const struct end *end, double text_x,
                        double text_y, uint32_t rgb)
{
    const double width = 0.8, start = end->x + DOT_PX + 1.5, from = fmax(start, axes->right + DOT_PX + 1.5);
    double arrive = text_x - 3, turn = text_x - 6;
    if (from > start) {
        scene_line(page->scene, start, end->y, from, end->y, width, rgb, true);
    }
    scene_line(page->scene, from, end->y, turn, text_y, width, rgb, true);
    scene_line(page->scene, turn, text_y, arrive, text_y, width, rgb, true);
}

/* The deepest point of a drawdown, said under it, where there is no line. */
static void label_trough(struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const struct frame_series *series = &frame->series[0];
    char percent[CAPTION_NUMBER_SIZE], date[CAPTION_NUMBER_SIZE], text[3 * CAPTION_NUMBER_SIZE];
    if (!(series->drawdown < 0)) {
        return;
    }
    caption_percent(series->drawdown, percent);
    caption_day(series->drawdown_us, frame->zone, date);
    snprintf(text, sizeof text, "%s, %s", percent, date);
    double half = page_text_px(page, text, page->tick_px, false) / 2;
    double x = scene_x(axes, frame_x(page->request, frame, series->drawdown_us)), y = scene_y(axes, series->low);
    x = fmax(axes->left + half, fmin(x, axes->right - half));
    scene_text(page->scene, x, fmin(y + page->tick_px, axes->bottom - page->tick_px * 0.6), SCENE_CENTER, page->tick_px,
               false, page->theme->text, text);
}

enum kurs_status ends_label(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                            double area_height, struct kurs_error *error)
{
    struct end ends[CHART_LINES_MAX];
    struct label labels[CHART_LINES_MAX];
    const double slack = page->tick_px; /* labels may stand a little over the plot's top and bottom */
    bool one = frame->count == 1;
    size_t beside = 0;
    find_ends(page, frame, axes, area_height, ends);
    for (size_t i = 0; i < frame->count; i++) {
        if (!ends[i].free) {
            labels[beside++] = (struct label) {.wanted = ends[i].y, .height = ends[i].height};
        }
    }
    if (!labels_place(labels, beside, axes->top - slack, axes->bottom + slack)) {
        return chart_fail(error, KURS_ELIMIT, "choose a higher --size, or --panels", "cannot draw the chart",
                          "the labels of %zu lines do not stand apart in %.0f pixels", beside,
                          axes->bottom - axes->top);
    }
    double text_x = axes->right + DOT_PX * 3 + (one ? 0 : LEADER_PX);
    for (size_t i = 0, next = 0; i < frame->count; i++) {
        const struct end *end = &ends[i];
        struct theme_style style = theme_style(page->theme, i);
        uint32_t ink = one ? page->theme->ink : theme_words(page->theme, style.rgb);
        if (end->free) {
            draw_text(page, end, end->text_x, end->text_y, ink);
        } else {
            double at = labels[next++].at;
            bool moved = fabs(at - end->y) > 2 || end->x < axes->right - 2;
            if (!one && moved && !end->early) {
                draw_leader(page, axes, end, text_x, at, style.rgb);
            }
            draw_text(page, end, one ? end->x + DOT_PX * 3 : text_x, at, ink);
        }
        if (frame->series[i].point_count > 0) {
            scene_dot(page->scene, end->x, end->y, DOT_PX, style.rgb, page->theme->background);
        }
    }
    if (frame->type == CHART_DRAWDOWN && one) {
        label_trough(page, frame, axes);
    }
    return KURS_OK;
}
