/* chart.c: owns the way from a request to a finished picture: read, lay out, read again where a line was reduced to
 * other columns than the plot has, write the script, run gnuplot, and tidy what it gives. */
#include "chart/chart.h"

#include "chart/fail.h"
#include "chart/layout.h"
#include "chart/tidy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* To measure labels a few columns will do: lows, highs, first and last are the same in any number of them. */
#define FIRST_COLUMNS 16

static const char *const WHAT = "cannot draw the chart";

static enum kurs_status check_request(const struct chart_request *request, struct kurs_error *error)
{
    if (request->route_count == 0 || request->route_count > CHART_SERIES_MAX) {
        return chart_fail(error, KURS_ELIMIT, "name fewer pairs", WHAT, "%zu pairs (at most %d)", request->route_count,
                          CHART_SERIES_MAX);
    }
    if (request->mark_count > CHART_NOTES_MAX || request->band_count > CHART_NOTES_MAX) {
        return chart_fail(error, KURS_ELIMIT, "", WHAT, "more than %d marks or bands", CHART_NOTES_MAX);
    }
    bool sides =
        (request->width_px == 0 || (request->width_px >= CHART_PX_LEAST && request->width_px <= CHART_PX_MOST)) &&
        (request->height_px == 0 || (request->height_px >= CHART_PX_LEAST && request->height_px <= CHART_PX_MOST));
    if (!sides || request->scale < 0 || request->scale > CHART_SCALE_MOST) {
        return chart_fail(error, KURS_ERANGE, "", WHAT, "sides are %d to %d pixels, the scale at most %g",
                          CHART_PX_LEAST, CHART_PX_MOST, CHART_SCALE_MOST);
    }
    if (request->font != NULL && strlen(request->font) > CHART_FONT_MOST) {
        return chart_fail(error, KURS_EARGUMENT, "name one family, like Arial", WHAT,
                          "the name of a font has at most %d bytes", CHART_FONT_MOST);
    }
    for (const char *c = request->font != NULL ? request->font : ""; *c != '\0'; c++) {
        if (strchr("\"'<>&,:;\\`", *c) != NULL || (unsigned char)*c < ' ') {
            return chart_fail(error, KURS_EARGUMENT, "name one family, like Arial", WHAT,
                              "'%.60s' is no name of a font", request->font);
        }
    }
    return KURS_OK;
}

/* Pixel columns of the output. Those of svg and pdf are nominal: on a screen of twice as many, first, low, high and last
 * of two neighbouring columns are drawn, which no eye tells from all points. */
static size_t columns_of(const struct chart_request *request, double plot_px)
{
    bool bitmap = request->output == CHART_PNG || request->output == CHART_SIXEL;
    double scale = bitmap && request->scale > 0 ? request->scale : 1;
    double days =
        request->weekdays ? 7.0 / 5 : 1; /* columns divide time, of which a weekday axis shows five days in seven */
    double columns = ceil(plot_px * scale * days);
    return columns < 1 ? 1 : columns > KURS_COLUMNS_MAX ? KURS_COLUMNS_MAX : (size_t)columns;
}

static bool is_reduced(const struct frame *frame)
{
    for (size_t i = 0; i < frame->count; i++) {
        if (frame->series[i].reduced) {
            return true;
        }
    }
    return false;
}

enum kurs_status chart_scene(struct kurs_snapshot *snapshot, const struct chart_request *request, struct scene *scene,
                             struct kurs_error *error)
{
    *scene = (struct scene) {.width = 0};
    enum kurs_status status = check_request(request, error);
    size_t columns = FIRST_COLUMNS;
    for (int pass = 0; pass < 2 && status == KURS_OK; pass++) {
        struct frame frame;
        double plot_px = 0;
        scene_release(scene);
        status = frame_load(snapshot, request, columns, &frame, error);
        if (status == KURS_OK) {
            status = layout_chart(request, &frame, scene, &plot_px, error);
        }
        size_t exact = columns_of(request, plot_px);
        bool done = !is_reduced(&frame) || exact == columns;
        columns = exact;
        frame_release(&frame);
        if (done) {
            break;
        }
    }
    return status;
}

static enum kurs_status write_script(const struct scene *scene, enum chart_output output, double scale, char **text,
                                     size_t *length, struct kurs_error *error)
{
    char *bytes = NULL;
    FILE *file = open_memstream(&bytes, length);
    bool ok = file != NULL;
    if (ok) {
        script_write(scene, output, scale > 0 ? scale : 1, file);
        ok = ferror(file) == 0;
        ok = fclose(file) == 0 && ok;
    }
    if (!ok) {
        free(bytes);
        return chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for its script");
    }
    *text = bytes;
    return KURS_OK;
}

enum kurs_status chart_script(struct kurs_snapshot *snapshot, const struct chart_request *request, char **text,
                              size_t *length, struct kurs_error *error)
{
    struct scene scene;
    enum kurs_status status = chart_scene(snapshot, request, &scene, error);
    if (status == KURS_OK) {
        status = write_script(&scene, request->output, request->scale, text, length, error);
    }
    scene_release(&scene);
    return status;
}

/* named as a file, or gnuplot reads it byte by byte */
static const char *const gnuplot[] = {"gnuplot", "-d", "/dev/stdin", NULL};

/* As chart_render, by a gnuplot that waits; ends it. */
static enum kurs_status render(const struct scene *scene, enum chart_output output, double scale,
                               const struct run_settings *settings, struct run *run, char **bytes, size_t *length,
                               struct kurs_error *error)
{
    char *script = NULL, *raw = NULL;
    size_t script_length = 0, raw_length = 0;
    enum kurs_status status = write_script(scene, output, scale, &script, &script_length, error);
    if (status != KURS_OK) {
        run_cancel(run);
        return status;
    }
    status = run_finish(settings, run, script, script_length, &raw, &raw_length, error);
    free(script);
    if (status == KURS_OK && output == CHART_SVG) {
        status = tidy_svg(scene, raw, raw_length, bytes, length, error);
        free(raw);
    } else if (status == KURS_OK) {
        if (output == CHART_PDF) {
            tidy_pdf(scene, raw, raw_length);
        }
        *bytes = raw;
        *length = raw_length;
    }
    return status;
}

enum kurs_status chart_render(const struct scene *scene, enum chart_output output, double scale,
                              const struct run_settings *settings, char **bytes, size_t *length,
                              struct kurs_error *error)
{
    struct run run;
    enum kurs_status status = run_start(settings, gnuplot, &run, error);
    return status == KURS_OK ? render(scene, output, scale, settings, &run, bytes, length, error) : status;
}

/* gnuplot loads, which takes it half its time, while the points are read. What is wrong with the request is said before
 * that gnuplot cannot start. */
enum kurs_status chart_draw(struct kurs_snapshot *snapshot, const struct chart_request *request,
                            const struct run_settings *settings, char **bytes, size_t *length, struct kurs_error *error)
{
    struct run run;
    struct scene scene;
    struct kurs_error start_error = {.what = ""};
    enum kurs_status started = run_start(settings, gnuplot, &run, &start_error);
    enum kurs_status status = chart_scene(snapshot, request, &scene, error);
    if (status == KURS_OK && started == KURS_OK) {
        status = render(&scene, request->output, request->scale, settings, &run, bytes, length, error);
    } else if (started == KURS_OK) {
        run_cancel(&run);
    } else if (status == KURS_OK) {
        status = started;
        if (error != NULL) {
            *error = start_error;
        }
    }
    scene_release(&scene);
    return status;
}
