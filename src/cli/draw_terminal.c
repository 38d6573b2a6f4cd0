/* draw_terminal.c: owns what chart shows when no file is named. */
#include "chart/graphics.h"
#include "chart/term.h"
#include "cli/draw.h"
#include "cli/terminal.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define COLUMNS_USUAL 80
#define ROWS_USUAL    24
#define ANSWER_MS     200 /* a terminal answers within a few; over a slow line characters will do */
#define CELL_PX       18  /* the height of a character on a screen of one pixel a px */
#define PICTURE_ROWS  3   /* kept free: the command above and the prompt below */

/* As wide as the window and no higher, in letters as large as the terminal's own; what was asked for stays. */
static void fit_picture(const struct winsize *window, struct chart_request *request)
{
    if (window->ws_xpixel == 0 || window->ws_ypixel == 0 || window->ws_row <= PICTURE_ROWS) {
        return;
    }
    double cell = (double)window->ws_ypixel / window->ws_row;
    if (request->scale == 0) {
        request->scale = fmin(fmax(1, floor(cell / CELL_PX * 2) / 2), CHART_SCALE_MOST);
    }
    bool own_height = request->type == CHART_HEATMAP || request->panels; /* as high as their rows need */
    if (request->width_px == 0) {
        double width = window->ws_xpixel / request->scale;
        double height = fmin(width * 9 / 16, cell * (window->ws_row - PICTURE_ROWS) / request->scale);
        request->width_px = fmin(fmax(floor(width), CHART_PX_LEAST), CHART_PX_MOST);
        request->height_px = own_height ? 0 : fmin(fmax(floor(height), CHART_PX_LEAST), CHART_PX_MOST);
    }
}

static enum kurs_status draw_picture(struct cli *cli, struct chart_request *request, enum terminal_graphics graphics)
{
    const struct winsize *window = &cli->window;
    struct run_settings settings = draw_settings(cli);
    char *bytes = NULL;
    size_t length = 0;
    unsigned columns = request->width_px == 0 && window->ws_xpixel == 0 ? window->ws_col : 0;
    request->output = graphics == TERMINAL_KITTY ? CHART_PNG : CHART_SIXEL;
    fit_picture(window, request);
    enum kurs_status status = chart_draw(cli->snapshot, request, &settings, &bytes, &length, &cli->error);
    if (status == KURS_OK && graphics == TERMINAL_KITTY) {
        graphics_kitty(bytes, length, columns, cli->out);
    } else if (status == KURS_OK) {
        fwrite(bytes, 1, length, cli->out);
    }
    free(bytes);
    return status;
}

enum kurs_status draw_in_terminal(struct cli *cli, struct chart_request *request)
{
    const struct winsize *window = &cli->window;
    struct run_settings settings = draw_settings(cli);
    enum terminal_graphics graphics = TERMINAL_CHARACTERS;
    if (cli->style.color) {
        graphics = terminal_graphics(STDIN_FILENO, STDOUT_FILENO, !cli->multiplexer, cli->clock_ms, ANSWER_MS);
    }
    if (graphics != TERMINAL_CHARACTERS) {
        return draw_picture(cli, request, graphics);
    }
    enum kurs_status status = draw_fits_characters(cli);
    if (status != KURS_OK) {
        return status;
    }
    struct term_window place = {.columns = cli->columns > 0 ? cli->columns : COLUMNS_USUAL,
                                .rows = window->ws_row > 0 ? window->ws_row : ROWS_USUAL,
                                .color = cli->style.color};
    char *text = NULL;
    size_t length = 0;
    status = chart_terminal(cli->snapshot, request, &place, &settings, &text, &length, &cli->error);
    if (status == KURS_OK) {
        fwrite(text, 1, length, cli->out);
    }
    free(text);
    return status;
}
