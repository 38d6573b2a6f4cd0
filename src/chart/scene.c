/* scene.c: owns the lists of a picture. Refuses to know gnuplot and currencies. */
#include "chart/scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MAX ((size_t)1 << 24) /* of all plots of a scene: 256 MB; reduced series stay far below */

/* Room for one more item in a list of `count`: lists double at powers of two, so no capacity is kept. */
static void *grow(struct scene *scene, void *list, size_t count, size_t size, size_t most)
{
    if (scene->failed || count >= most) {
        scene->failed = true;
        return NULL;
    }
    const size_t least = 16;
    bool full = count == 0 || (count >= least && (count & (count - 1)) == 0);
    if (!full) {
        return list;
    }
    void *grown = realloc(list, (count < least ? least : count * 2) * size);
    scene->failed = grown == NULL;
    return grown;
}

#define APPEND(scene, list, count, most, item)                                                 \
    do {                                                                                       \
        void *grown = grow(scene, (scene)->list, (scene)->count, sizeof *(scene)->list, most); \
        if (grown != NULL) {                                                                   \
            (scene)->list = grown;                                                             \
            (scene)->list[(scene)->count++] = (item);                                          \
        }                                                                                      \
    } while (0)

void scene_init(struct scene *scene, double width, double height, uint32_t background, const char *font)
{
    *scene = (struct scene) {.width = width, .height = height, .background = background};
    caption_clean(font, scene->font);
}

void scene_release(struct scene *scene)
{
    if (scene == NULL) {
        return;
    }
    free(scene->texts);
    free(scene->lines);
    free(scene->boxes);
    free(scene->dots);
    free(scene->plots);
    free(scene->rows);
    free(scene->axes);
    *scene = (struct scene) {.width = 0};
}

void scene_text(struct scene *scene, double x, double y, enum scene_align align, double font_px, bool bold,
                uint32_t rgb, const char *text)
{
    struct scene_text item = {.x = x, .y = y, .align = align, .font_px = font_px, .bold = bold, .rgb = rgb};
    if (caption_clean(text, item.text) > 0) {
        APPEND(scene, texts, text_count, SCENE_ITEMS_MAX, item);
    }
}

void scene_line(struct scene *scene, double x1, double y1, double x2, double y2, double width_px, uint32_t rgb,
                bool front)
{
    struct scene_line item = {x1, y1, x2, y2, width_px, rgb, front};
    APPEND(scene, lines, line_count, SCENE_ITEMS_MAX, item);
}

void scene_box(struct scene *scene, double x, double y, double width, double height, uint32_t rgb)
{
    struct scene_box item = {x, y, width, height, rgb};
    APPEND(scene, boxes, box_count, SCENE_ITEMS_MAX, item);
}

void scene_dot(struct scene *scene, double x, double y, double radius_px, uint32_t rgb, uint32_t ring)
{
    struct scene_dot item = {x, y, radius_px, rgb, ring};
    APPEND(scene, dots, dot_count, SCENE_ITEMS_MAX, item);
}

void scene_axes(struct scene *scene, const struct scene_axes *axes)
{
    struct scene_axes item = *axes;
    item.plot_first = scene->plot_count;
    item.plot_count = 0;
    APPEND(scene, axes, axes_count, SCENE_ITEMS_MAX, item);
}

void scene_plot(struct scene *scene, const struct scene_plot *plot)
{
    struct scene_plot item = *plot;
    item.row_first = scene->row_count;
    item.row_count = 0;
    APPEND(scene, plots, plot_count, SCENE_ITEMS_MAX, item);
    if (!scene->failed) {
        scene->axes[scene->axes_count - 1].plot_count++;
    }
}

void scene_row(struct scene *scene, const struct scene_row *row)
{
    APPEND(scene, rows, row_count, ROWS_MAX, *row);
    if (!scene->failed) {
        scene->plots[scene->plot_count - 1].row_count++;
    }
}

double scene_x(const struct scene_axes *axes, double value)
{
    return axes->left + (axes->right - axes->left) * (value - axes->x_low) / (axes->x_high - axes->x_low);
}

double scene_y(const struct scene_axes *axes, double value)
{
    double part = axes->log ? log(value / axes->y_low) / log(axes->y_high / axes->y_low)
                            : (value - axes->y_low) / (axes->y_high - axes->y_low);
    return axes->bottom - (axes->bottom - axes->top) * part;
}
