/* cmd_export.c: kurs export: every point as text. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/export_wide.h"
#include "output/points.h"

#include <stdlib.h>
#include <string.h>

static const struct option_use OPTIONS_EXPORT[] = {
    OPTIONS_RANGE,
    {OPT_FORMAT, "csv (default), json, ledger or beancount; with --wide csv, json, table or markdown"},
    {OPT_WIDE, NULL},
    {OPT_OUTPUT, NULL},
    OPTIONS_QUERY,
    OPTIONS_END,
};

static enum kurs_status write_route(struct cli *cli, const struct kurs_route *route, struct points *points)
{
    struct ask_range range;
    struct kurs_cursor *cursor;
    enum kurs_status status = ask_range(cli, route, &range);
    if (status != KURS_OK) {
        return status;
    }
    status = points_series(points, route->name, route->kind);
    if (status != KURS_OK) {
        cli_what(cli, status, "cannot export '%s' as beancount", route->name);
        cli_why(cli, status, "its points have a time of day, and beancount prices have only dates");
        return cli_hint(cli, status, "-f ledger keeps the time to the second");
    }
    status = kurs_cursor_open(cli->snapshot, route, range.from_us, range.until_us, &cursor, &cli->error);
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_batch batch;
    while ((status = kurs_cursor_next(cursor, &batch, &cli->error)) == KURS_OK) {
        cli->answered = true;
        status = points_write(points, &batch);
        if (status != KURS_OK) {
            cli_what(cli, status, "cannot write the points");
            break;
        }
    }
    kurs_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

/* Ledger and beancount know no labels: two sources of one pair would contradict each other. */
static enum kurs_status check_labels(struct cli *cli, const struct kurs_route *routes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(routes[i].name, "@");
        for (size_t j = 0; j < i; j++) {
            if (strcspn(routes[j].name, "@") == length && memcmp(routes[i].name, routes[j].name, length) == 0) {
                cli_what(cli, KURS_EDECIDE, "cannot export both '%s' and '%s'", routes[j].name, routes[i].name);
                cli_why(cli, KURS_EDECIDE, "price lines have no room for the label that tells them apart");
                return cli_hint(cli, KURS_EDECIDE, "name the pairs to export, one source of each");
            }
        }
    }
    return KURS_OK;
}

static enum kurs_status write_points(struct cli *cli, const struct kurs_route *routes, size_t count)
{
    const char *name = option_text(&cli->options, OPT_FORMAT);
    enum points_format format = POINTS_CSV;
    if (name != NULL && !points_format_parse(name, &format)) {
        return ask_bad_value(cli, OPT_FORMAT, "csv, json, ledger or beancount");
    }
    enum kurs_status status = KURS_OK;
    if (format == POINTS_LEDGER || format == POINTS_BEANCOUNT) {
        status = check_labels(cli, routes, count);
    }
    if (status != KURS_OK) {
        return status;
    }
    struct points *points = points_open(cli->out, format);
    if (points == NULL) {
        return cli_what(cli, KURS_ENOMEM, "cannot export");
    }
    for (size_t i = 0; status == KURS_OK && i < count; i++) {
        status = write_route(cli, &routes[i], points);
    }
    enum kurs_status closed = points_close(points);
    if (status == KURS_OK && closed != KURS_OK) {
        status = cli_what(cli, closed, "cannot write the points");
    }
    return ask_answered(cli, status);
}

static enum kurs_status run(struct cli *cli)
{
    struct kurs_route *routes;
    size_t count;
    enum kurs_status status = ask_routes(cli, &routes, &count);
    if (status != KURS_OK) {
        return status;
    }
    status = option_given(&cli->options, OPT_WIDE) ? export_wide(cli, routes, count) : write_points(cli, routes, count);
    free(routes);
    return status;
}

const struct command COMMAND_EXPORT = {
    .name = "export",
    .arguments = "[PAIR...]",
    .summary = "write points as csv, json, ledger or beancount prices",
    .example = "kurs export -o all.csv\nkurs export KGS/USD KZT/USD --from 2025 --wide",
    .details = "columns: time,pair,rate, every digit as published; `kurs import` reads the file\n"
               "back to an identical store. --wide: time, then one column a pair, empty where a\n"
               "pair has no point.",
    .options = OPTIONS_EXPORT,
    .flags = COMMAND_READS | COMMAND_OWN_FORMAT,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
