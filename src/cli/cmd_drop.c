/* cmd_drop.c: kurs drop: removes a series, after asking. */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>

static const struct option_use OPTIONS_DROP[] = {{OPT_YES, NULL}, OPTIONS_END};

static enum kurs_status find(struct cli *cli, const char *name, struct kurs_series *series)
{
    struct kurs_snapshot *snapshot;
    enum kurs_status status = kurs_snapshot_open(cli->store, KURS_KNOWN_LATEST, &snapshot, &cli->error);
    if (status == KURS_OK) {
        status = kurs_series_find(snapshot, name, series, &cli->error);
        kurs_snapshot_close(snapshot);
    }
    return status;
}

static bool agrees(const struct kurs_series *series)
{
    char first[KURS_TIME_SIZE], last[KURS_TIME_SIZE];
    kurs_time_format(series->first.time_us, series->kind, first);
    kurs_time_format(series->last.time_us, series->kind, last);
    fprintf(stderr, "drop %s with %" PRIu64 " points, %s to %s? [y/N] ", series->name, series->points, first, last);
    int answer = getchar();
    if (answer == EOF) {
        putc('\n', stderr);
    }
    return answer == 'y' || answer == 'Y';
}

static enum kurs_status run(struct cli *cli)
{
    struct kurs_name name;
    struct kurs_series series;
    char text[KURS_NAME_SIZE];
    enum kurs_status status = kurs_name_parse(cli->arguments[0], &name, &cli->error);
    if (status == KURS_OK) {
        kurs_name_format(&name, text);
        status = find(cli, text, &series);
    }
    if (status == KURS_ENODATA) {
        cli_what(cli, status, "cannot drop '%s'", text);
        cli_why(cli, status, "the store holds no series of exactly that name");
        return cli_hint(cli, status, "'kurs pairs' lists the names, each with its label");
    }
    if (status != KURS_OK) {
        return status;
    }
    if (!option_given(&cli->options, OPT_YES) && !agrees(&series)) {
        cli_what(cli, KURS_EDECIDE, "did not drop '%s'", series.name);
        cli_why(cli, KURS_EDECIDE, "the answer was not yes");
        return cli_hint(cli, KURS_EDECIDE, "--yes drops without asking");
    }
    status = kurs_series_drop(cli->store, text, cli->now_us, &cli->error);
    if (status == KURS_OK) {
        cli_say(cli, "%s: dropped, %" PRIu64 " points", series.name, series.points);
    }
    return status;
}

const struct command COMMAND_DROP = {
    .name = "drop",
    .arguments = "PAIR",
    .summary = "remove a series with its revisions",
    .example = "kurs drop EUR/USD@test --yes",
    .details = "PAIR is the exact name of the series, with its label. The space is used again by\n"
               "later imports; kurs compact gives it back.",
    .options = OPTIONS_DROP,
    .flags = COMMAND_WRITES,
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
