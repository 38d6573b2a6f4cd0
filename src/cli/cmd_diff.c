/* cmd_diff.c: kurs diff: what was restated between two moments of the store. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "output/answers.h"

#include <string.h>

static const struct option_use OPTIONS_DIFF[] = {
    {OPT_FROM, "the store as it was before T; must be given"},
    {OPT_TO, "against the store as it was at T (default: now)"},
    {OPT_DECIMALS, "decimals of percentages (default 2)"},
    {OPT_TZ, NULL},
    OPTIONS_OUTPUT,
    OPTIONS_END,
};

static enum kurs_status answer(struct cli *cli, const char *name, int64_t from_us, int64_t until_us,
                               struct sheet *sheet)
{
    struct kurs_restated restated = {.name = ""};
    struct kurs_series series = {.name = ""};
    enum kurs_status status;
    while ((status = kurs_restated_next(cli->snapshot, name, from_us - 1, until_us - 1, &restated, &restated,
                                        &cli->error)) == KURS_OK) {
        if (strcmp(series.name, restated.name) != 0) {
            status = kurs_series_find(cli->snapshot, restated.name, &series, &cli->error);
        }
        if (status != KURS_OK) {
            return status;
        }
        answer_restated(sheet, &restated, series.kind, ask_decimals(cli, 2));
    }
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status run(struct cli *cli)
{
    int64_t from_us = KURS_TIME_MIN, until_us = cli->now_us + 1;
    if (!option_given(&cli->options, OPT_FROM)) {
        cli_what(cli, KURS_EARGUMENT, "cannot compare two moments");
        cli_why(cli, KURS_EARGUMENT, "--from names the earlier one and is missing");
        return cli_hint(cli, KURS_EARGUMENT, "--from -7d is the store of a week ago");
    }
    enum kurs_status status = ask_time(cli, OPT_FROM, KURS_INSTANT, &from_us, NULL);
    if (status == KURS_OK) {
        status = ask_time(cli, OPT_TO, KURS_INSTANT, NULL, &until_us);
    }
    if (status == KURS_OK && from_us >= until_us) {
        status = ask_backwards(cli);
    }
    if (status != KURS_OK) {
        return status;
    }
    struct sheet *sheet = answer_restated_open(cli->out, &cli->style);
    if (cli->argument_count == 0) {
        status = answer(cli, NULL, from_us, until_us, sheet);
    }
    for (size_t i = 0; status == KURS_OK && i < cli->argument_count; i++) {
        struct kurs_route route;
        status = kurs_route_find(cli->snapshot, cli->arguments[i], NULL, &route, &cli->error);
        for (int leg = 0; status == KURS_OK && leg < (route.rule == KURS_CROSS ? 2 : 1); leg++) {
            status = answer(cli, route.leg[leg], from_us, until_us, sheet);
        }
    }
    return cli_close_sheet(cli, sheet, status);
}

const struct command COMMAND_DIFF = {
    .name = "diff",
    .arguments = "[PAIR...]",
    .summary = "list what was restated between two moments",
    .example = "kurs diff EUR/USD --from 2025-11 --to 2025-12",
    .details = "columns: pair,time,old,new,change,percent,when,import: points that were known\n"
               "before --from and have another value at the end of --to; when and import are of\n"
               "the last correction.",
    .options = OPTIONS_DIFF,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
