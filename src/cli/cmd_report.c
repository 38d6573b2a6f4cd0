/* cmd_report.c: kurs report: a page with tables and charts. */
#include "chart/report.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/intro.h"
#include "cli/report_output.h"

#include <stdlib.h>
#include <string.h>

static const struct option_use OPTIONS_REPORT[] = {
    {OPT_TITLE, NULL},
    {OPT_INTRO, NULL},
    {OPT_SOURCE, "where the rates come from (default: the imported files)"},
    {OPT_WINDOWS, NULL},
    {OPT_BY, "periods of each pair's table of changes (default: months, or days within a quarter)"},
    {OPT_THEME, NULL},
    {OPT_FONT, NULL},
    OPTIONS_RANGE,
    OPTIONS_QUERY,
    {OPT_OUTPUT, "write the page to FILE.html, or to FILE.md with its pictures beside it"},
    OPTIONS_END,
};

/* What a report's request points into. */
struct report_memory {
    struct draw_memory draw;
    char windows[REPORT_WINDOWS_MAX][KURS_WINDOW_SIZE];
    const char *names[REPORT_WINDOWS_MAX];
    char *intro;
};

static enum kurs_status read_windows(struct cli *cli, struct report_memory *memory, struct report_request *request)
{
    enum kurs_status status = ask_windows(cli, memory->windows, REPORT_WINDOWS_MAX, &request->window_count);
    for (size_t i = 0; status == KURS_OK && i < request->window_count; i++) {
        memory->names[i] = memory->windows[i];
    }
    request->windows = memory->names;
    return status;
}

/* Each pair once, where it was named first: its part of the page has one name. */
static size_t drop_repeated(struct kurs_route *routes, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        while (same < kept && strcmp(routes[same].name, routes[i].name) != 0) {
            same++;
        }
        if (same == kept) {
            routes[kept++] = routes[i];
        }
    }
    return kept;
}

static enum kurs_status read_request(struct cli *cli, struct report_memory *memory, struct report_request *request)
{
    struct chart_request chart;
    enum kurs_status status = draw_request(cli, &memory->draw, &chart);
    if (status != KURS_OK) {
        return status;
    }
    *request = (struct report_request) {
        .routes = chart.routes,
        .route_count = drop_repeated(memory->draw.routes, chart.route_count),
        .from_us = chart.from_us,
        .until_us = chart.until_us,
        .zone = chart.zone,
        .zone_name = chart.zone_name,
        .title = chart.title,
        .source = chart.source,
        .font = chart.font,
        .dark = chart.dark,
    };
    status = option_given(&cli->options, OPT_BY) ? ask_period(cli, OPT_BY, "", &request->by) : KURS_OK;
    status = status == KURS_OK ? read_windows(cli, memory, request) : status;
    status = status == KURS_OK ? intro_read(cli, &memory->intro) : status;
    request->intro = memory->intro;
    return status;
}

static enum kurs_status run(struct cli *cli)
{
    struct report_memory memory = {.intro = NULL};
    struct report_request request;
    struct report report = {.pair_count = 0};
    struct run_settings settings = draw_settings(cli);
    enum kurs_status status = report_output_check(cli);
    status = status == KURS_OK ? read_request(cli, &memory, &request) : status;
    if (status == KURS_OK) {
        status = report_gather(cli->snapshot, &request, &settings, &report, &cli->error);
    }
    if (status == KURS_OK) {
        status = report_output_write(cli, &report);
    }
    report_release(&report);
    free(memory.intro);
    draw_release(&memory.draw);
    return status;
}

const struct command COMMAND_REPORT = {
    .name = "report",
    .arguments = "[PAIR...]",
    .summary = "write a page of tables and charts, as HTML or Markdown",
    .example = "kurs report KGS/USD KZT/USD UZS/USD --from 2025 -o central-asia.html\n"
               "kurs report EUR/USD --last 5y --title 'The euro' --intro euro.txt -o euro.md",
    .details = "The HTML page is one file without scripts that fetches nothing; it reads on a\n"
               "phone and prints on A4. Without -o it goes to standard output. It is dated by\n"
               "its data: the same store gives the same bytes. The text of --intro is plain\n"
               "(HTML in it is shown as it is written) in FILE.html, and Markdown in FILE.md.",
    .options = OPTIONS_REPORT,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
