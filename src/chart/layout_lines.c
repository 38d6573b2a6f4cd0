/* layout_lines.c: owns lines and the labels at their ends. */
#include "chart/fail.h"
#include "chart/labels.h"
#include "chart/layout.h"
#include "chart/words.h"

#include <math.h>

#define DOT_PX    3.2
#define LEADER_PX 16.0 /* room for lines that lead to labels moved away */

static const struct theme_style *style_of(const struct page *page, size_t series)
{
    return &page->theme->style[series % THEME_STYLES];
}

/* A point between two gaps has no line to be seen by. */
static bool is_alone(const struct frame_series *series, size_t i)
{
    return series->points[i].starts && (i + 1 == series->point_count || series->points[i + 1].starts);
}

static void add_rows(struct page *page, const struct frame *frame, const struct frame_series *series, bool to_zero)
{
    for (size_t i = 0; i < series->point_count; i++) {
        const struct frame_point *point = &series->points[i];
        struct scene_row row = {.starts = point->starts};
        row.value[0] = area_x(page->request, frame, point->time_us);
        row.value[1] = to_zero ? 0 : point->value;
        row.value[2] = to_zero ? point->value : 0;
        scene_row(page->scene, &row);
    }
}

void lines_draw(struct page *page, const struct frame *frame, const struct scene_axes *axes)
{
    const double dense_px = 0.6;              /* so many points a pixel want a thinner line */
    for (size_t i = frame->count; i-- > 0;) { /* the first named is drawn last, on top */
        const struct frame_series *series = &frame->series[i];
        const struct theme_style *style = style_of(page, i);
        double a_point_px = (axes->right - axes->left) / (double)series->point_count;
        struct scene_plot plot = {.rgb = style->rgb, .width_px = style->width_px, .dash = style->dash};
        if (a_point_px < dense_px) {
            plot.width_px = 1.4;
            plot.dash = ""; /* a jagged line eats up its dashes */
        }
        if (frame->type == CHART_DRAWDOWN && frame->count == 1) {
            struct scene_plot area = plot;
            area.form = SCENE_PLOT_AREA;
            area.fill = theme_mix(page->theme->background, style->rgb, 0.22);
            scene_plot(page->scene, &area);
            add_rows(page, frame, series, true);
        }
        plot.form = SCENE_PLOT_LINE;
        scene_plot(page->scene, &plot);
        add_rows(page, frame, series, false);
        for (size_t p = 0; p < series->point_count; p++) {
            if (is_alone(series, p)) {
                scene_dot(page->scene, scene_x(axes, area_x(page->request, frame, series->points[p].time_us)),
                          scene_y(axes, series->points[p].value), 1.8, style->rgb, style->rgb);
            }
        }
    }
}

/* Where a series ends: its last point, or the close (or change) of its last bar. */
static void end_of(const struct page *page, const struct frame *frame, const struct frame_series *series,
                   const struct scene_axes *axes, double *x, double *y)
{
    if (series->point_count > 0) {
        const struct frame_point *last = &series->points[series->point_count - 1];
        *x = scene_x(axes, area_x(page->request, frame, last->time_us));
        *y = scene_y(axes, last->value);
        return;
    }
    const struct frame_bar *last = &series->bars[series->bar_count - 1];
    *x = axes->right;
    *y = scene_y(axes, frame->type == CHART_CHANGE ? last->percent : last->close);
}

struct end_text {
    char name[CAPTION_NUMBER_SIZE], value[CAPTION_NUMBER_SIZE], change[CAPTION_NUMBER_SIZE];
    char first[3 * CAPTION_NUMBER_SIZE], second[3 * CAPTION_NUMBER_SIZE]; /* lines; second may be "" */
};

/* Two lines where there is height for all: name, then value and change; else one: name and change. */
static void end_text(const struct frame *frame, const struct frame_series *series, bool two_lines,
                     struct end_text *text)
{
    words_end(frame, series, text->name, text->value, text->change);
    text->second[0] = '\0';
    if (frame->count == 1) {
        snprintf(text->first, sizeof text->first, "%s", text->value);
        snprintf(text->second, sizeof text->second, "%s", text->change);
    } else if (two_lines) {
        snprintf(text->first, sizeof text->first, "%s", text->name);
        snprintf(text->second, sizeof text->second, "%s%s%s", text->value, text->change[0] != '\0' ? "  " : "",
                 text->change);
    } else {
        snprintf(text->first, sizeof text->first, "%s %s", text->name,
                 text->change[0] != '\0' ? text->change : text->value);
    }
}

/* Decided by the height of the whole area, so that the room kept for labels is for those that are drawn. */
static bool two_lines_fit(const struct page *page, const struct frame *frame, double area_height)
{
    double height = area_height - page->tick_px * 5; /* without the dates */
    return (double)frame->count * page->tick_px * LINE_HEIGHT * 2.3 < height * 0.9;
}

double lines_end_px(const struct page *page, const struct frame *frame, double area_height)
{
    double width = 0;
    bool two_lines = two_lines_fit(page, frame, area_height);
    for (size_t i = 0; i < frame->count; i++) {
        struct end_text text;
        end_text(frame, &frame->series[i], two_lines, &text);
        width = fmax(width, caption_width(text.first, page->tick_px, true));
        width = fmax(width, caption_width(text.second, page->tick_px, false));
    }
    return ceil(width) + DOT_PX * 3 + (frame->count > 1 ? LEADER_PX : 0);
}

static void draw_label(struct page *page, const struct end_text *text, double x, double y, uint32_t rgb)
{
    double half = page->tick_px * LINE_HEIGHT / 2;
    bool second = text->second[0] != '\0';
    scene_text(page->scene, x, second ? y - half : y, SCENE_LEFT, page->tick_px, true, rgb, text->first);
    scene_text(page->scene, x, y + half, SCENE_LEFT, page->tick_px, false, rgb, text->second);
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
    double half = caption_width(text, page->tick_px, false) / 2;
    double x = scene_x(axes, area_x(page->request, frame, series->drawdown_us)), y = scene_y(axes, series->low);
    x = fmax(axes->left + half, fmin(x, axes->right - half));
    scene_text(page->scene, x, fmin(y + page->tick_px, axes->bottom - page->tick_px * 0.6), SCENE_CENTER, page->tick_px,
               false, page->theme->text, text);
}

enum kurs_status lines_label(struct page *page, const struct frame *frame, const struct scene_axes *axes,
                             double area_height, struct kurs_error *error)
{
    struct label labels[CHART_LINES_MAX];
    struct end_text texts[CHART_LINES_MAX];
    double ends_x[CHART_LINES_MAX];
    const double slack = page->tick_px; /* labels may stand a little over the plot's top and bottom */
    bool two_lines = two_lines_fit(page, frame, area_height);
    for (size_t i = 0; i < frame->count; i++) {
        const struct frame_series *series = &frame->series[i];
        end_text(frame, series, two_lines, &texts[i]);
        end_of(page, frame, series, axes, &ends_x[i], &labels[i].wanted);
        labels[i].height = page->tick_px * LINE_HEIGHT * (texts[i].second[0] != '\0' ? 2.15 : 1.0);
    }
    if (!labels_place(labels, frame->count, axes->top - slack, axes->bottom + slack)) {
        return chart_fail(error, KURS_ELIMIT, "choose a higher --size, or --panels", "cannot draw the chart",
                          "the labels of %zu lines do not stand apart in %.0f pixels", frame->count,
                          axes->bottom - axes->top);
    }
    double text_x = axes->right + DOT_PX * 3 + (frame->count > 1 ? LEADER_PX : 0);
    for (size_t i = 0; i < frame->count; i++) {
        double x = ends_x[i];
        uint32_t rgb = frame->count == 1 ? page->theme->ink : style_of(page, i)->rgb;
        if (frame->count > 1 && (fabs(labels[i].at - labels[i].wanted) > 2 || x < axes->right - 2)) {
            scene_line(page->scene, x + DOT_PX + 1.5, labels[i].wanted, text_x - 3, labels[i].at, 0.8, rgb, true);
        }
        draw_label(page, &texts[i], frame->count > 1 ? text_x : x + DOT_PX * 3, labels[i].at, rgb);
        if (frame->series[i].point_count > 0) {
            scene_dot(page->scene, x, labels[i].wanted, DOT_PX, style_of(page, i)->rgb, page->theme->background);
        }
    }
    if (frame->type == CHART_DRAWDOWN && frame->count == 1) {
        label_trough(page, frame, axes);
    }
    return KURS_OK;
}
