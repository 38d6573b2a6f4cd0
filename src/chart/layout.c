/* layout.c: owns the page: sizes of type, title, subtitle, notes, and which layout fills the rest. The one idea of all
 * layouts: text is measured before anything is placed, so margins follow from labels and nothing is ever clipped. */
#include "chart/layout.h"

#include "chart/fail.h"
#include "chart/words.h"

#include <math.h>
#include <string.h>

#define DOT              " \xC2\xB7"
#define FONT_USUAL       "Liberation Sans"
#define TITLE_LINES_MOST 2
#define TEXT_LINES_MOST  3

static const char *const WHAT = "cannot draw the chart";

/* Type follows the width of the page within bounds, so that a narrow column stays readable and a wide one no poster. */
static void choose_type(const struct chart_request *request, double width, struct page *page)
{
    /* with the widths of Liberation Sans; of any other font we only know that few run over a quarter wider */
    static const char *const alike[] = {FONT_USUAL, "Arial", "Arimo", "Helvetica", "Nimbus Sans"};
    page->wide = request->font == NULL ? 1 : 1.25;
    for (size_t i = 0; request->font != NULL && i < sizeof alike / sizeof *alike; i++) {
        page->wide = strcmp(request->font, alike[i]) == 0 ? 1 : page->wide;
    }
    double size = width / CHART_PX_WIDTH;
    size = size < 0.82 ? 0.82 : size > 1.4 ? 1.4 : size;
    page->title_px = round(22 * size);
    page->text_px = round(15 * size);
    page->tick_px = round(13 * size * 2) / 2;
    page->note_px = round(11.5 * size * 2) / 2;
}

double page_text_px(const struct page *page, const char *text, double font_px, bool bold)
{
    return caption_width(text, font_px, bold) * page->wide;
}

void page_fit(const struct page *page, char text[CAPTION_SIZE], double font_px, bool bold, double width_px)
{
    caption_fit(text, font_px, bold, width_px / page->wide);
}

struct type {
    double font_px;
    bool bold;
    uint32_t rgb;
    size_t lines_most;
};

/* Writes `text` wrapped, from `y` (its top) on, or only measures it when scene is NULL; returns the height taken. */
static double paragraph(const struct page *page, struct scene *scene, const char *text, double left, double right,
                        double y, struct type type)
{
    double start = y, margin = left;
    double fallback = type.bold ? FALLBACK_WIDER_BOLD : FALLBACK_WIDER;
    double width = fmin(right - left, (right - left + margin) * page->wide / fallback);
    for (size_t line = 0; *text != '\0' && line < type.lines_most; line++) {
        char part[CAPTION_SIZE];
        size_t length = caption_line(text, type.font_px, type.bold, width / page->wide);
        if (line + 1 == type.lines_most) {
            length = strlen(text);
        }
        const char *dot = length >= strlen(DOT) ? text + length - strlen(DOT) : "";
        bool dangling = strncmp(dot, DOT, strlen(DOT)) == 0; /* it parted what the break parts now */
        snprintf(part, sizeof part, "%.*s", (int)(dangling ? length - strlen(DOT) : length), text);
        page_fit(page, part, type.font_px, type.bold, width);
        if (scene != NULL) {
            scene_text(scene, left, y + type.font_px * LINE_HEIGHT / 2, SCENE_LEFT, type.font_px, type.bold, type.rgb,
                       part);
        }
        y += type.font_px * LINE_HEIGHT;
        text += length;
        text += *text == ' ';
    }
    return y - start;
}

struct furniture {
    char title[CAPTION_SIZE];
    double margin, above, below;
};

/* Source and facts in a line where there is room, else each by itself, so that a long source does not push out when the
 * last observation was. Draws them from `y` on when scene is given; returns the height taken. */
static double notes(const struct page *page, const struct frame *frame, double left, double right, double y,
                    struct scene *scene)
{
    const struct type small = {page->note_px, false, page->theme->muted, 2};
    struct chart_request without_source = *page->request;
    char source[CAPTION_SIZE], note[CAPTION_SIZE];
    double start = y;
    words_source(page->request, source);
    words_note(page->request, frame, note);
    if (source[0] != '\0' && page_text_px(page, note, page->note_px, false) > right - left) {
        y += paragraph(page, scene, source, left, right, y, small);
        without_source.source = NULL;
        words_note(&without_source, frame, note);
    }
    y += paragraph(page, scene, note, left, right, y, small);
    return y - start;
}

/* Lays out what surrounds the plot; draws it when scene is given. */
static void furnish(const struct page *page, const struct frame *frame, double width, double height,
                    struct scene *scene, struct furniture *furniture)
{
    const struct type title = {page->title_px, true, page->theme->ink, TITLE_LINES_MOST};
    const struct type text = {page->text_px, false, page->theme->text, TEXT_LINES_MOST};
    char subtitle[CAPTION_SIZE];
    words_title(page->request, frame, furniture->title);
    words_subtitle(page->request, frame, subtitle);
    furniture->margin = round(page->text_px * 1.2);
    double left = furniture->margin, right = width - furniture->margin, y = furniture->margin * 0.8;
    y += paragraph(page, scene, furniture->title, left, right, y, title);
    y += furniture->title[0] != '\0' ? page->text_px * 0.15 : 0;
    y += paragraph(page, scene, subtitle, left, right, y, text);
    furniture->above = y + page->text_px * 0.9;
    furniture->below = notes(page, frame, left, right, 0, NULL) + furniture->margin * 0.7;
    notes(page, frame, left, right, height - furniture->below, scene);
    furniture->below += page->note_px * 0.8;
}

double page_furniture(const struct chart_request *request, const struct frame *frame, double width)
{
    struct page page = {.request = request, .theme = theme_of(request->dark)};
    struct furniture furniture;
    choose_type(request, width, &page);
    furnish(&page, frame, width, 0, NULL, &furniture);
    return furniture.above + furniture.below;
}

void page_open(const struct chart_request *request, const struct frame *frame, double width, double height,
               struct scene *scene, struct page *page)
{
    struct furniture furniture;
    *page = (struct page) {.scene = scene, .request = request, .theme = theme_of(request->dark)};
    choose_type(request, width, page);
    scene_init(scene, width, height, page->theme->background, request->font != NULL ? request->font : FONT_USUAL);
    furnish(page, frame, width, height, scene, &furniture);
    page->rest = (struct box) {furniture.margin, furniture.above, width - furniture.margin, height - furniture.below};
    snprintf(scene->heading, sizeof scene->heading, "%s", furniture.title);
    words_summary(request, frame, scene->summary);
    scene->dated_us = frame->last_us;
}

enum kurs_status layout_check(const struct chart_request *request, const struct frame *frame, struct kurs_error *error)
{
    bool percent = frame->type == CHART_CHANGE || frame->type == CHART_HEATMAP || frame->type == CHART_DRAWDOWN;
    if (request->log_scale && percent) {
        return chart_fail(error, KURS_EARGUMENT, "leave out --log", WHAT, "percentages have no logarithmic scale");
    }
    if (request->rebase && frame->type != CHART_LINE) {
        return chart_fail(error, KURS_EARGUMENT, "leave out --rebase or --type", WHAT, "only lines are rebased");
    }
    if (frame->type == CHART_HEATMAP && frame->count > 1) {
        return chart_fail(error, KURS_EARGUMENT, "draw one file a pair", WHAT, "a heat map shows one pair");
    }
    if (!request->panels && frame->count > CHART_LINES_MAX) {
        return chart_fail(error, KURS_ELIMIT, "--panels gives each its own plot", WHAT,
                          "%zu lines cannot be told apart (%d can)", frame->count, CHART_LINES_MAX);
    }
    if (frame->type == CHART_HEATMAP && request->mark_count + request->band_count > 0) {
        return chart_fail(error, KURS_EARGUMENT, "leave out --mark and --band", WHAT, "a heat map has no date axis");
    }
    for (size_t i = 0; i < request->mark_count + request->band_count; i++) {
        bool band = i >= request->mark_count;
        const struct chart_note *note = band ? &request->bands[i - request->mark_count] : &request->marks[i];
        if (note->until_us < frame->first_us || note->from_us > frame->last_us) {
            return chart_fail(error, KURS_EARGUMENT, "they stand between the first and the last point drawn", WHAT,
                              "the %s '%.100s' is outside the chart", band ? "band" : "mark", note->text);
        }
    }
    return KURS_OK;
}

enum kurs_status layout_chart(const struct chart_request *request, const struct frame *frame, struct scene *scene,
                              double *plot_px, struct kurs_error *error)
{
    enum kurs_status status = layout_check(request, frame, error);
    if (status != KURS_OK) {
        return status;
    }
    bool bars = frame->type == CHART_CHANGE || frame->type == CHART_CANDLE || frame->type == CHART_BAND;
    bool panels = frame->type != CHART_HEATMAP && (request->panels || bars) && frame->count > 1;
    double width = request->width_px > 0 ? request->width_px : CHART_PX_WIDTH;
    double height = request->height_px;
    if (height <= 0) {
        double furniture = page_furniture(request, frame, width);
        height = panels                         ? furniture + panels_height(frame, width)
                 : frame->type == CHART_HEATMAP ? furniture + heatmap_height(frame)
                                                : CHART_PX_HEIGHT;
        height = height > CHART_PX_MOST ? CHART_PX_MOST : ceil(height);
    }
    struct page page;
    page_open(request, frame, width, height, scene, &page);
    *plot_px = width;
    if (frame->type == CHART_HEATMAP) {
        status = heatmap_draw(&page, frame, error);
    } else if (panels) {
        status = panels_draw(&page, frame, plot_px, error);
    } else {
        status = area_draw(&page, frame, page.rest, 0, plot_px, error);
    }
    if (status == KURS_OK && scene->failed) {
        status = chart_fail(error, KURS_ENOMEM, "", WHAT, "no memory for it, or too much to draw");
    }
    return status;
}
