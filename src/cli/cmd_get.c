/* cmd_get.c: kurs get: the rate in force. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "output/answers.h"
#include "output/explain.h"

static const struct option_use OPTIONS_GET[] = {
    {OPT_AT, "as of T: a time of day, or the end of a day, month or year (default: now)"},
    {OPT_MAX_AGE, NULL},
    {OPT_EXPLAIN, NULL},
    {OPT_DECIMALS, "round rates to N decimals"},
    OPTIONS_QUERY,
    OPTIONS_OUTPUT,
    OPTIONS_END,
};

static enum kurs_status answer(struct cli *cli, const struct kurs_route *route, void *sheet)
{
    struct kurs_asof asof;
    int64_t at_us;
    enum kurs_status status = ask_at(cli, route->kind, cli->now_us, &at_us);
    if (status == KURS_OK) {
        status = kurs_asof(cli->snapshot, route, at_us, &asof, &cli->error);
    }
    if (status != KURS_OK && status != KURS_END) {
        return status;
    }
    bool too_old = status == KURS_OK && ask_too_old(cli, route->kind, at_us, asof.observed_us);
    bool known = status == KURS_OK && !too_old;
    if (option_given(&cli->options, OPT_EXPLAIN)) {
        if (known) {
            explain_asof(cli->out, route, &asof);
        }
    } else {
        answer_asof(sheet, route, at_us, known ? &asof : NULL, cli->decimals);
    }
    cli->answered = cli->answered || known;
    if (!known) {
        ask_report_missing(cli, route, at_us, too_old);
    }
    return KURS_OK;
}

static enum kurs_status run(struct cli *cli)
{
    enum kurs_status status = ask_explain(cli);
    if (status == KURS_OK) {
        status = ask_apart(cli, OPT_EXPLAIN, OPT_DECIMALS, "the arithmetic shows every digit");
    }
    if (status != KURS_OK) {
        return status;
    }
    if (option_given(&cli->options, OPT_EXPLAIN)) {
        return ask_each_route(cli, NULL, answer);
    }
    struct sheet *sheet = answer_asof_open(cli->out, &cli->style);
    return cli_close_sheet(cli, sheet, ask_each_route(cli, sheet, answer));
}

const struct command COMMAND_GET = {
    .name = "get",
    .arguments = "[PAIR...]",
    .summary = "the rate in force at a time",
    .example = "kurs get KGS/USD KGS/KZT --at 2025-06-30",
    .details = "columns: pair,asked,observed,rate,age,rule. The newest point at or before the\n"
               "time asked for answers; observed and age say how old it is. rule: exact\n"
               "(observed when asked), prior, inverse (1/rate of the stored pair) or via USD (a\n"
               "cross rate; 10 significant digits). A pair without a rate at that time has an\n"
               "empty row, and the exit status is 1.",
    .options = OPTIONS_GET,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
