/* layout_lines.c: owns lines. */
#include "chart/layout.h"

#include <math.h>

/* Where the stretch of the line that begins at `first` ends: behind its last point. */
static size_t stretch_end(const struct frame_series *series, size_t first)
{
    size_t end = first + 1;
    while (end < series->point_count && !series->points[end].starts) {
        end++;
    }
    return end;
}

/* A stretch between two gaps that is no wider or higher than a dot has no line to be seen by. */
static void dot_short_stretches(struct page *page, const struct frame *frame, const struct frame_series *series,
                                const struct scene_axes *axes, uint32_t rgb)
{
    const double radius_px = 1.8;
    for (size_t first = 0, end; first < series->point_count; first = end) {
        double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
        end = stretch_end(series, first);
        for (size_t i = first; i < end; i++) {
            double x = scene_x(axes, frame_x(page->request, frame, series->points[i].time_us));
            double y = scene_y(axes, series->points[i].value);
            left = fmin(left, x);
            right = fmax(right, x);
            top = fmin(top, y);
            bottom = fmax(bottom, y);
        }
        if (right - left < radius_px && bottom - top < radius_px) {
            scene_dot(page->scene, (left + right) / 2, (top + bottom) / 2, radius_px, rgb, rgb);
        }
    }
}

static void add_rows(struct page *page, const struct frame *frame, const struct frame_series *series, bool to_zero)
{
    for (size_t i = 0; i < series->point_count; i++) {
        const struct frame_point *point = &series->points[i];
        struct scene_row row = {.starts = point->starts};
        row.value[0] = frame_x(page->request, frame, point->time_us);
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
        struct theme_style style = theme_style(page->theme, i);
        double a_point_px = (axes->right - axes->left) / (double)series->point_count;
        struct scene_plot plot = {.rgb = style.rgb, .width_px = style.width_px, .dash = style.dash};
        if (a_point_px < dense_px) { /* a jagged line eats up its dashes: it is told by its weight instead */
            plot.width_px = style.dash[0] == '\0' ? 1.4 : 2.1;
            plot.dash = "";
        }
        if (frame->type == CHART_DRAWDOWN && frame->count == 1) {
            struct scene_plot area = plot;
            area.form = SCENE_PLOT_AREA;
            area.fill = style.rgb;
            scene_plot(page->scene, &area);
            add_rows(page, frame, series, true);
        }
        plot.form = SCENE_PLOT_LINE;
        scene_plot(page->scene, &plot);
        add_rows(page, frame, series, false);
        dot_short_stretches(page, frame, series, axes, style.rgb);
    }
}
