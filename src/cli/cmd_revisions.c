/* cmd_revisions.c: kurs revisions: values that were replaced. */
#include "cli/commands.h"
#include "output/answers.h"

#include <string.h>

static const struct option_use OPTIONS_REVISIONS[] = {{OPT_AS_KNOWN, NULL}, OPTIONS_OUTPUT, OPTIONS_END};

static enum kurs_status answer(struct cli *cli, const char *name, struct sheet *sheet)
{
    struct kurs_revision revision = {.name = ""};
    struct kurs_series series = {.name = ""};
    enum kurs_status status;
    while ((status = kurs_revision_next(cli->snapshot, name, &revision, &revision, &cli->error)) == KURS_OK) {
        if (strcmp(series.name, revision.name) != 0) {
            status = kurs_series_find(cli->snapshot, revision.name, &series, &cli->error);
        }
        if (status != KURS_OK) {
            return status;
        }
        answer_revision(sheet, &revision, series.kind);
    }
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status run(struct cli *cli)
{
    struct sheet *sheet = answer_revisions_open(cli->out, &cli->style);
    enum kurs_status status = cli->argument_count == 0 ? answer(cli, NULL, sheet) : KURS_OK;
    for (size_t i = 0; status == KURS_OK && i < cli->argument_count; i++) {
        struct kurs_route route;
        status = kurs_route_find(cli->snapshot, cli->arguments[i], NULL, &route, &cli->error);
        for (int leg = 0; status == KURS_OK && leg < (route.rule == KURS_CROSS ? 2 : 1); leg++) {
            status = answer(cli, route.leg[leg], sheet);
        }
    }
    return cli_close_sheet(cli, sheet, status);
}

const struct command COMMAND_REVISIONS = {
    .name = "revisions",
    .arguments = "[PAIR...]",
    .summary = "list the values that later imports corrected",
    .example = "kurs revisions EUR/USD",
    .details = "columns: pair,time,sequence,old,new,when,old_import,new_import. sequence counts\n"
               "the corrections of one point from 0; kurs imports explains the ids. Of a cross\n"
               "or inverse pair the stored series are listed.",
    .options = OPTIONS_REVISIONS,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
