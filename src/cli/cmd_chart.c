/* cmd_chart.c: kurs chart: pictures. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/draw.h"

#include <stdlib.h>

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

/* The script or picture asked for; the runner checks the stream. */
static enum kurs_status draw_file(struct cli *cli, const struct chart_request *request)
{
    struct run_settings settings = draw_settings(cli);
    char *bytes = NULL;
    size_t length = 0;
    enum kurs_status status = option_given(&cli->options, OPT_SCRIPT)
                                  ? chart_script(cli->snapshot, request, &bytes, &length, &cli->error)
                                  : chart_draw(cli->snapshot, request, &settings, &bytes, &length, &cli->error);
    if (status == KURS_OK) {
        fwrite(bytes, 1, length, cli->out);
    }
    free(bytes);
    return status;
}

static enum kurs_status draw(struct cli *cli, struct chart_request *request)
{
    bool found;
    enum kurs_status status = draw_output(cli, &request->output, &found);
    if (status != KURS_OK) {
        return status;
    }
    if (found || option_given(&cli->options, OPT_SCRIPT)) {
        status = draw_fits_file(cli, request->output);
        return status == KURS_OK ? draw_file(cli, request) : status;
    }
    if (option_given(&cli->options, OPT_OUTPUT)) {
        return ask_bad_value(cli, OPT_OUTPUT, "a name that ends in .svg, .png or .pdf");
    }
    return draw_in_terminal(cli, request);
}

static enum kurs_status run(struct cli *cli)
{
    struct draw_memory memory = {.routes = NULL};
    struct chart_request request;
    enum kurs_status status = draw_request(cli, &memory, &request);
    status = status == KURS_OK ? draw(cli, &request) : status;
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
    .details = "types: line, candle (open, high, low, close), change (bars, against the period\n"
               "before), heatmap (years by months), drawdown (below the highest so far), band\n"
               "(low to high of each period). An option that such a chart has no use for is\n"
               "refused. Without -o the chart is drawn in the terminal: as a picture where that\n"
               "says it shows them (by kitty's protocol or sixels), else in characters; plain\n"
               "ones with --no-color. Lines are broken where data is missing: --gap sets from\n"
               "which length on. Pictures are drawn by gnuplot; --script writes its input.",
    .options = OPTIONS_CHART,
    .flags = COMMAND_READS | COMMAND_OWN_FORMAT,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
