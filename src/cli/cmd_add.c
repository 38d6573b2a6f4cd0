/* cmd_add.c: kurs add: one point. */
#include "cli/ask.h"
#include "cli/commands.h"

#include <string.h>

static const struct option_use OPTIONS_ADD[] = {{OPT_ON_CONFLICT, NULL}, {OPT_TZ, NULL}, OPTIONS_END};

/* The kind of the series if it is stored; daily for a new one. */
static enum kurs_status stored_kind(struct cli *cli, const char *name, enum kurs_kind *kind)
{
    struct kurs_snapshot *snapshot;
    struct kurs_series series;
    enum kurs_status status = kurs_snapshot_open(cli->store, KURS_KNOWN_LATEST, &snapshot, &cli->error);
    if (status != KURS_OK) {
        return status;
    }
    status = kurs_series_find(snapshot, name, &series, &cli->error);
    kurs_snapshot_close(snapshot);
    if (status == KURS_OK || status == KURS_ENODATA) {
        *kind = status == KURS_OK ? series.kind : KURS_DAILY;
        return KURS_OK;
    }
    return status;
}

/* T as a point's time: a day is a date (UTC midnight of what --tz calls it), a finer unit an instant. */
static enum kurs_status read_time(struct cli *cli, const char *text, enum kurs_kind *kind, int64_t *time_us)
{
    int64_t from_us, until_us, local_from_us, local_until_us;
    enum kurs_status status = kurs_time_parse(text, cli->now_us, cli->zone, &from_us, &until_us, &cli->error);
    if (status != KURS_OK) {
        return status;
    }
    local_from_us = from_us + kurs_zone_offset_us(cli->zone, from_us);
    local_until_us = until_us + kurs_zone_offset_us(cli->zone, until_us);
    if (local_until_us - local_from_us > KURS_DAY_US) {
        cli_what(cli, KURS_EARGUMENT, "cannot add a rate at '%s'", text);
        return cli_why(cli, KURS_EARGUMENT, "that is a span of days; a point needs a date or a time");
    }
    if (from_us > cli->now_us + KURS_AHEAD_MAX_US) {
        cli_what(cli, KURS_EARGUMENT, "cannot add a rate at '%s'", text);
        return cli_why(cli, KURS_EARGUMENT, "that is more than 2 days ahead");
    }
    bool is_day = local_until_us - local_from_us == KURS_DAY_US;
    *kind = is_day ? KURS_DAILY : KURS_INSTANT;
    *time_us = is_day ? local_from_us : from_us;
    return KURS_OK;
}

static enum kurs_status run(struct cli *cli)
{
    struct kurs_name name;
    struct kurs_point point;
    enum kurs_conflict on_conflict;
    enum kurs_kind kind = KURS_DAILY;
    bool changed;
    char series[KURS_NAME_SIZE], rate[KURS_DECIMAL_SIZE], time[KURS_TIME_SIZE];
    const char *text = cli->arguments[1];
    enum kurs_status status = kurs_name_parse(cli->arguments[0], &name, &cli->error);
    if (status == KURS_OK) {
        status = ask_conflict(cli, &on_conflict);
    }
    if (status == KURS_OK) {
        status = kurs_decimal_parse(text, strlen(text), &point.rate);
        if (status != KURS_OK || point.rate.coefficient <= 0) {
            cli_what(cli, KURS_EARGUMENT, "cannot add rate '%s'", text);
            return cli_why(cli, KURS_EARGUMENT, "it must be a number over 0 with at most 18 digits");
        }
        kurs_name_format(&name, series);
        status = stored_kind(cli, series, &kind);
    }
    if (status == KURS_OK) {
        const char *when = cli->argument_count > 2 ? cli->arguments[2] : kind == KURS_DAILY ? "today" : "now";
        status = read_time(cli, when, &kind, &point.time_us);
    }
    if (status == KURS_OK) {
        status = kurs_point_add(cli->store, &name, kind, point, on_conflict, cli->now_us, &changed, &cli->error);
    }
    if (status == KURS_OK) {
        kurs_decimal_format(point.rate, rate);
        kurs_time_format(point.time_us, kind, time);
        cli_say(cli, "%s %s at %s: %s", series, rate, time, changed ? "added" : "nothing to change");
    }
    return status;
}

const struct command COMMAND_ADD = {
    .name = "add",
    .arguments = "PAIR RATE [T]",
    .summary = "append one point, durably",
    .example = "kurs add KGS/USD 0.01144 2025-12-12",
    .details = "Without T: today for a daily series (and a new one), now for one of instants. A\n"
               "date starts a daily series, a time of day one of instants.",
    .options = OPTIONS_ADD,
    .flags = COMMAND_CREATES,
    .arguments_min = 2,
    .arguments_max = 3,
    .run = run,
};
