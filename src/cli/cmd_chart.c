/* cmd_chart.c: kurs chart: pictures. */
#include "chart/term.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_USUAL 80
#define ROWS_USUAL    24
#define SIXEL_WAIT_MS 150 /* a terminal answers within a few; over a slow line characters will do */

static const struct option_use OPTIONS_CHART[] = {
    {OPT_TYPE, NULL},
    {OPT_REBASE, NULL},
    {OPT_LOG, NULL},
    {OPT_PANELS, NULL},
    {OPT_EVERY, "length of a bar of candle, change and band (default: what suits the range)"},
    {OPT_GAP, NULL},
    {OPT_WEEKDAYS, NULL},
    {OPT_MARK, NULL},
    {OPT_BAND, NULL},
    {OPT_TITLE, NULL},
    {OPT_SUBTITLE, NULL},
    {OPT_SOURCE, NULL},
    {OPT_SIZE, NULL},
    {OPT_SCALE, NULL},
    {OPT_THEME, NULL},
    {OPT_FONT, NULL},
    {OPT_SCRIPT, NULL},
    OPTIONS_RANGE,
    OPTIONS_QUERY,
    {OPT_FORMAT, "svg, png or pdf (default: by the suffix of FILE)"},
    {OPT_OUTPUT, "write the picture to FILE.svg, .png or .pdf"},
    {OPT_NO_COLOR, NULL},
    OPTIONS_END,
};

/* Sixels, where the terminal says that it draws them, as wide as the window; else a chart of characters that fills it. */
static enum kurs_status draw_terminal(struct cli *cli, struct chart_request *request, char **text, size_t *length)
{
    struct winsize window = {0};
    struct run_settings settings = draw_settings();
    bool known = cli->terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0;
    if (cli->style.color && terminal_draws_sixel(STDOUT_FILENO, SIXEL_WAIT_MS)) {
        bool fits = window.ws_xpixel >= CHART_PX_LEAST && window.ws_xpixel <= CHART_PX_MOST;
        request->output = CHART_SIXEL;
        request->width_px = request->width_px == 0 && fits ? window.ws_xpixel : request->width_px;
        return chart_draw(cli->snapshot, request, &settings, text, length, &cli->error);
    }
    unsigned columns = cli->style.width > 0 ? cli->style.width : COLUMNS_USUAL;
    unsigned rows = known && window.ws_row > 0 ? window.ws_row : ROWS_USUAL;
    return chart_terminal(cli->snapshot, request, columns, rows, cli->style.color, &settings, text, length,
                          &cli->error);
}

static enum kurs_status draw(struct cli *cli, struct chart_request *request, char **bytes, size_t *length)
{
    struct run_settings settings = draw_settings();
    bool found;
    enum kurs_status status = draw_output(cli, &request->output, &found);
    if (status != KURS_OK) {
        return status;
    }
    if (option_given(&cli->options, OPT_SCRIPT)) {
        return chart_script(cli->snapshot, request, bytes, length, &cli->error);
    }
    if (!found && option_given(&cli->options, OPT_OUTPUT)) {
        return ask_bad_value(cli, OPT_OUTPUT, "a name that ends in .svg, .png or .pdf");
    }
    return found ? chart_draw(cli->snapshot, request, &settings, bytes, length, &cli->error)
                 : draw_terminal(cli, request, bytes, length);
}

static enum kurs_status run(struct cli *cli)
{
    struct draw_memory memory = {.routes = NULL};
    struct chart_request request;
    char *bytes = NULL;
    size_t length = 0;
    enum kurs_status status = draw_request(cli, &memory, &request);
    if (status == KURS_OK) {
        status = draw(cli, &request, &bytes, &length);
    }
    if (status == KURS_OK) {
        fwrite(bytes, 1, length, cli->out); /* the runner checks the stream */
    }
    free(bytes);
    draw_release(&memory);
    return status;
}

const struct command COMMAND_CHART = {
    .name = "chart",
    .arguments = "[PAIR...]",
    .summary = "draw a chart to SVG, PNG or PDF, or in the terminal",
    .example = "kurs chart KGS/USD --last 1y -o som.svg\n"
               "kurs chart KGS/USD KZT/USD UZS/USD --rebase --from 2024 -o central-asia.png --scale 2\n"
               "kurs chart EUR/USD --type candle --every week --last 1y -o eurusd.pdf\n"
               "kurs chart EUR/USD --mark 2022-07-21:'ECB raises rates' --band 2020-03..2021-06:Pandemic -o eur.svg",
    .details = "types: line, candle (open, high, low, close), change (bars, against the period before), heatmap\n"
               "(years by months), drawdown (below the highest so far), band (low to high of each period).\n"
               "Without -o the chart is drawn in the terminal. Lines are broken where data is missing: --gap\n"
               "sets from which length on. Pictures are drawn by gnuplot; --script writes what it is given.",
    .options = OPTIONS_CHART,
    .flags = COMMAND_READS | COMMAND_OWN_FORMAT,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
