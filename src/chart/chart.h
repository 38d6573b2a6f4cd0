/* chart.h: pictures of series. Everything a chart can be asked is in struct chart_request; chart_draw answers with the
 * bytes of a finished file. Reads a snapshot through kurs.h and runs gnuplot; knows no options, windows or stores. */
#ifndef KURS_CHART_CHART_H
#define KURS_CHART_CHART_H

#include "chart/run.h"
#include "chart/scene.h"
#include "chart/script.h"
#include "kurs.h"

#define CHART_SERIES_MAX 60    /* panels; on one plot CHART_LINES_MAX */
#define CHART_LINES_MAX  24    /* more labels cannot stand apart on a page */
#define CHART_BARS_MAX   4000  /* candles and change bars: as many as the widest picture has room for */
#define CHART_BAR_PX     2.0   /* of candles and change bars with their air; narrower ones run into one another */
#define CHART_NOTES_MAX  32    /* --mark, and --band */
#define CHART_PX_WIDTH   960.0 /* of a picture when not given, and its height */
#define CHART_PX_HEIGHT  540.0
#define CHART_PX_LEAST   160  /* sides of a picture before scaling */
#define CHART_PX_MOST    8000 /* keeps scaled bitmaps under gnuplot's (cairo's) 32,767 */
#define CHART_SCALE_MOST 4.0
#define CHART_FONT_MOST  64 /* bytes of a font's name: it stands in a text of CAPTION_SIZE with its size and weight */

enum chart_type { CHART_LINE, CHART_CHANGE, CHART_CANDLE, CHART_HEATMAP, CHART_DRAWDOWN, CHART_BAND };

/* A moment (from_us == until_us) or a stretch of time, with its text. */
struct chart_note {
    int64_t from_us, until_us;
    const char *text;
};

struct chart_request {
    enum chart_type type;
    const struct kurs_route *routes;
    size_t route_count;
    int64_t from_us, until_us;
    const struct kurs_zone *zone; /* of labels and periods; NULL is UTC */
    const char *zone_name;        /* how it is called on the chart; NULL is "UTC" */
    struct kurs_span every;       /* periods of change, candle and band; count 0: chosen for the range */
    int64_t gap_us;               /* longer steps break the line; 0: chosen from the data, INT64_MAX: none do */
    bool rebase, log_scale, weekdays, panels, dark;
    double width_px, height_px; /* 0: CHART_PX_WIDTH x CHART_PX_HEIGHT, heat maps and panels as high as they need */
    double scale;               /* pixels of png and sixel a px; 0 is 1 */
    enum chart_output output;
    const char *font;                      /* NULL: Liberation Sans, as Arial and Helvetica */
    const char *title, *subtitle, *source; /* NULL: written from the data (source: left out); "": none */
    const struct chart_note *marks, *bands;
    size_t mark_count, band_count;
};

/* The picture as a scene, to be released by the caller also on failure. KURS_ENODATA no point in the range, KURS_ELIMIT
 * too many series or bars, KURS_EARGUMENT a request that does not fit the data (a log axis of percentages, a mark
 * outside the range), and what reading returns. Cost: at most a few points a pixel column, however long the series. */
enum kurs_status chart_scene(struct kurs_snapshot *snapshot, const struct chart_request *request, struct scene *scene,
                             struct kurs_error *error);
/* The gnuplot script that draws the picture, its data inline; free(*text). */
enum kurs_status chart_script(struct kurs_snapshot *snapshot, const struct chart_request *request, char **text,
                              size_t *length, struct kurs_error *error);
/* The finished file in memory; free(*bytes). Same data, same request: same bytes. And run_program's failures. */
enum kurs_status chart_draw(struct kurs_snapshot *snapshot, const struct chart_request *request,
                            const struct run_settings *settings, char **bytes, size_t *length,
                            struct kurs_error *error);
/* The same from a scene at hand; the output is that of the request's. */
enum kurs_status chart_render(const struct scene *scene, enum chart_output output, double scale,
                              const struct run_settings *settings, char **bytes, size_t *length,
                              struct kurs_error *error);

#endif
