/* scene.h: a picture as a list of what is on it. Layout makes one, script writes it for gnuplot, tests look into it.
 * Positions are pixels from the top left of a width x height picture; only rows of a plot are in the units of its axes.
 * A scene owns copies of its texts and rows. */
#ifndef KURS_CHART_SCENE_H
#define KURS_CHART_SCENE_H

#include "chart/caption.h"

#define SCENE_ITEMS_MAX 65536 /* of a kind; a heat map of 2,000 years has 28,000 cells */

#define SCENE_AREA_OPACITY 0.22

enum scene_align { SCENE_LEFT, SCENE_CENTER, SCENE_RIGHT };

struct scene_text {
    double x, y; /* y: the middle of the line */
    enum scene_align align;
    double font_px;
    bool bold;
    uint32_t rgb;
    char text[CAPTION_SIZE];
};
struct scene_line {
    double x1, y1, x2, y2, width_px;
    uint32_t rgb;
    bool front; /* over the plots, else under them */
};
struct scene_box {
    double x, y, width, height;
    uint32_t rgb;
};
struct scene_dot {
    double x, y, radius_px;
    uint32_t rgb, ring; /* ring: the outline that sets it off from the line below */
};

/* LINE: {x, y}; AREA: filled between {x, low, high}, what is under it shining through; BAR: filled {x1, x2, y1, y2}; FRAME: the same, outlined in `rgb`,
 * filled with `fill`; WICK: a vertical stroke {x, y1, y2}. */
enum scene_form { SCENE_PLOT_LINE, SCENE_PLOT_AREA, SCENE_PLOT_BAR, SCENE_PLOT_FRAME, SCENE_PLOT_WICK };
struct scene_row {
    double value[4];
    bool starts; /* LINE, AREA: not joined to the row before */
};
struct scene_plot {
    enum scene_form form;
    uint32_t rgb, fill;
    double width_px;
    const char *dash; /* "" solid; static */
    size_t row_first, row_count;
};
/* An area with axes: where it is, what its edges mean, and which plots it holds. */
struct scene_axes {
    double left, top, right, bottom;
    double x_low, x_high, y_low, y_high;
    bool log;
    size_t plot_first, plot_count;
};

struct scene {
    double width, height;
    uint32_t background;
    char font[CAPTION_SIZE];
    char summary[2 * CAPTION_SIZE]; /* what the picture says, for those who cannot see it */
    char heading[CAPTION_SIZE];     /* its title */
    int64_t dated_us;               /* of the last observation: what a file is dated by */
    struct scene_text *texts;
    struct scene_line *lines;
    struct scene_box *boxes;
    struct scene_dot *dots;
    struct scene_plot *plots;
    struct scene_row *rows;
    struct scene_axes *axes;
    size_t text_count, line_count, box_count, dot_count, plot_count, row_count, axes_count;
    bool failed; /* memory ran out or SCENE_ITEMS_MAX was passed: what followed is missing */
};

/* Adding to a scene that failed does nothing, so that a layout checks once, at its end. */
void scene_init(struct scene *scene, double width, double height, uint32_t background, const char *font);
void scene_release(struct scene *scene); /* a zeroed scene and NULL are allowed */
void scene_text(struct scene *scene, double x, double y, enum scene_align align, double font_px, bool bold,
                uint32_t rgb, const char *text);
void scene_line(struct scene *scene, double x1, double y1, double x2, double y2, double width_px, uint32_t rgb,
                bool front);
void scene_box(struct scene *scene, double x, double y, double width, double height, uint32_t rgb);
void scene_dot(struct scene *scene, double x, double y, double radius_px, uint32_t rgb, uint32_t ring);
/* Opens an area; the plots and rows that follow belong to it and to the last plot. */
void scene_axes(struct scene *scene, const struct scene_axes *axes);
void scene_plot(struct scene *scene, const struct scene_plot *plot);
void scene_row(struct scene *scene, const struct scene_row *row);

/* The pixel of a value on the axes. */
double scene_x(const struct scene_axes *axes, double value);
double scene_y(const struct scene_axes *axes, double value);

#endif
