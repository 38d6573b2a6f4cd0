/* cmd_report.c: kurs report: a page with tables and charts. */
#include "chart/report.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/draw.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define INTRO_BYTES_MAX 65536 /* twenty printed pages */

static const struct option_use OPTIONS_REPORT[] = {
    {OPT_TITLE, NULL},
    {OPT_INTRO, NULL},
    {OPT_SOURCE, "where the rates come from (default: the imported files)"},
    {OPT_WINDOWS, NULL},
    {OPT_BY, "periods of each pair's table of changes (default month)"},
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

static enum kurs_status read_intro(struct cli *cli, struct report_memory *memory, struct report_request *request)
{
    const char *path = option_text(&cli->options, OPT_INTRO);
    if (path == NULL) {
        return KURS_OK;
    }
    FILE *file = fopen(path, "r");
    memory->intro = file == NULL ? NULL : calloc(1, INTRO_BYTES_MAX + 2);
    size_t length = memory->intro == NULL ? 0 : fread(memory->intro, 1, INTRO_BYTES_MAX + 1, file);
    int reason = errno;
    bool failed = memory->intro == NULL || ferror(file) != 0;
    if (file != NULL) {
        fclose(file);
    }
    if (failed) {
        cli_what(cli, KURS_EIO, "cannot read '%s'", path);
        return cli_why(cli, KURS_EIO, "%s", strerror(reason));
    }
    if (length > INTRO_BYTES_MAX || strlen(memory->intro) != length) {
        return ask_bad_value(cli, OPT_INTRO, "a text of at most 64 KiB");
    }
    request->intro = memory->intro;
    return KURS_OK;
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
        .route_count = chart.route_count,
        .from_us = chart.from_us,
        .until_us = chart.until_us,
        .zone = chart.zone,
        .zone_name = chart.zone_name,
        .title = chart.title,
        .source = chart.source,
        .font = chart.font,
        .dark = chart.dark,
    };
    status = ask_period(cli, OPT_BY, "month", &request->by);
    status = status == KURS_OK ? read_windows(cli, memory, request) : status;
    return status == KURS_OK ? read_intro(cli, memory, request) : status;
}

/* FILE.md has its pictures beside it; they are written first, so that a page never names what is not there. */
static enum kurs_status write_report(struct cli *cli, const struct report *report)
{
    const char *path = option_text(&cli->options, OPT_OUTPUT);
    size_t length = path == NULL ? 0 : strlen(path);
    if (length < 4 || strcmp(path + length - 3, ".md") != 0) {
        report_html(report, cli->out);
        return KURS_OK;
    }
    const char *slash = strrchr(path, '/');
    char *stem = strdup(slash == NULL ? path : slash + 1);
    if (stem == NULL) {
        return cli_what(cli, KURS_ENOMEM, "cannot make the report");
    }
    stem[strlen(stem) - 3] = '\0';
    enum kurs_status status = report_md_pictures(report, path, &cli->error);
    if (status == KURS_OK) {
        report_md(report, stem, cli->out);
    }
    free(stem);
    return status;
}

static enum kurs_status run(struct cli *cli)
{
    struct report_memory memory = {.intro = NULL};
    struct report_request request;
    struct report report = {.pair_count = 0};
    struct run_settings settings = draw_settings();
    enum kurs_status status = read_request(cli, &memory, &request);
    if (status == KURS_OK) {
        status = report_gather(cli->snapshot, &request, &settings, &report, &cli->error);
    }
    if (status == KURS_OK) {
        status = write_report(cli, &report);
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
    .details = "The HTML page is one file without scripts that fetches nothing; it reads on a phone and prints\n"
               "on A4. Without -o it goes to standard output. It is dated by its data: the same store gives the\n"
               "same bytes.",
    .options = OPTIONS_REPORT,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
