/* cmd_ticker.c: kurs ticker: news ticker lines. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "output/answers.h"
#include "output/ticker.h"

static const struct option_use OPTIONS_TICKER[] = {
    {OPT_AT, "the newest point at or before T (default: the newest)"},
    {OPT_MAX_AGE, "no percent when the point it is measured from is over 7d (6w, 3m ...) older than asked"},
    {OPT_DECIMALS, "decimals of rates (default 5)"},
    {OPT_FORMAT, "lines (default), or a table, csv, json or markdown"},
    {OPT_OUTPUT, NULL},
    {OPT_NO_COLOR, NULL},
    OPTIONS_QUERY,
    OPTIONS_END,
};

static enum kurs_status answer(struct cli *cli, const struct kurs_route *route, void *sheet)
{
    struct kurs_change change;
    int64_t at_us;
    enum kurs_status status = ask_at(cli, route->kind, KURS_TIME_MAX, &at_us);
    if (status == KURS_OK) {
        status = kurs_change_window(cli->snapshot, route, "1d", at_us, KURS_CALENDAR, cli->zone, &change, &cli->error);
    }
    if (status != KURS_OK) {
        return status;
    }
    if (!change.ended) { /* it begins later: no line */
        ask_report_missing(cli, route, at_us, false);
        return KURS_OK;
    }
    char percent[KURS_PERCENT_SIZE] = "";
    cli->answered = true;
    int decimals = ask_decimals(cli, TICKER_RATE_DECIMALS);
    if (change.known && !ask_too_old(cli, route->kind, change.asked_us, change.start.time_us)) {
        ticker_percent(&change.ratio, percent);
    }
    if (!option_given(&cli->options, OPT_FORMAT)) {
        ticker_line(cli->out, route->name, change.end.rate, decimals, percent);
        return KURS_OK;
    }
    sheet_text(sheet, route->name);
    sheet_time(sheet, change.end.time_us, route->kind);
    sheet_rate_to(sheet, change.end.rate, decimals);
    if (*percent != '\0') {
        sheet_text(sheet, percent);
    } else {
        sheet_empty(sheet);
    }
    return KURS_OK;
}

static enum kurs_status run(struct cli *cli)
{
    if (!option_given(&cli->options, OPT_FORMAT)) {
        return ask_each_route(cli, NULL, answer);
    }
    struct sheet *sheet = answer_ticker_open(cli->out, &cli->style);
    return cli_close_sheet(cli, sheet, ask_each_route(cli, sheet, answer));
}

const struct command COMMAND_TICKER = {
    .name = "ticker",
    .arguments = "[PAIR...]",
    .summary = "lines for a news ticker",
    .example = "kurs ticker KGS/USD KZT/USD TJS/USD UZS/USD TMT/USD",
    .details = "Pairs in the order asked for. The percent is against one day earlier, at most 2\n"
               "decimals, zeros at the end dropped; -0% is a fall too small to show. Without a\n"
               "rate one day earlier the line ends with the rate. As csv:\n"
               "pair,time,rate,percent.",
    .options = OPTIONS_TICKER,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
