/* cmd_ohlc.c: kurs ohlc: bars. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "output/answers.h"

static const struct option_use OPTIONS_OHLC[] = {
    {OPT_EVERY, "length of a bar: day (default), week, month, quarter, year, 1h ... 24h, or minutes 1m ... 90m"},
    OPTIONS_RANGE,
    {OPT_DECIMALS, "round rates to N decimals"},
    OPTIONS_QUERY,
    OPTIONS_OUTPUT,
    OPTIONS_END,
};

/* What answers for each route need beside it. */
struct answering {
    struct kurs_span every;
    struct sheet *sheet;
};

static enum kurs_status answer(struct cli *cli, const struct kurs_route *route, void *context)
{
    const struct answering *answering = context;
    const struct kurs_span every = answering->every;
    struct ask_range range;
    struct kurs_bars *bars;
    struct kurs_bar bar;
    enum kurs_status status = ask_range(cli, route, &range);
    if (status == KURS_OK) {
        status =
            kurs_bars_open(cli->snapshot, route, every, cli->zone, range.from_us, range.until_us, &bars, &cli->error);
    }
    if (status != KURS_OK) {
        return status;
    }
    while ((status = kurs_bars_next(bars, &bar, &cli->error)) == KURS_OK) {
        char period[KURS_TIME_SIZE];
        cli->answered = true;
        ask_period_name(cli, route, every, bar.period_from_us, period);
        answer_bar(answering->sheet, route, period, &bar, cli->decimals);
    }
    kurs_bars_close(bars);
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status run(struct cli *cli)
{
    struct answering answering;
    enum kurs_status status = ask_period(cli, OPT_EVERY, "day", &answering.every);
    if (status != KURS_OK) {
        return status;
    }
    answering.sheet = answer_bars_open(cli->out, &cli->style);
    return cli_close_sheet(cli, answering.sheet, ask_each_route(cli, &answering, answer));
}

const struct command COMMAND_OHLC = {
    .name = "ohlc",
    .arguments = "[PAIR...]",
    .summary = "open, high, low, close, mean and count of each period",
    .example = "kurs ohlc EUR/USD --every week --last 3m\nkurs ohlc EUR/USD@dukascopy.bid --every 15m --last 1d --tz "
               "Europe/Paris",
    .details = "columns: pair,period,open,high,low,close,mean,points. Periods are calendar ones\n"
               "of --tz: weeks start on Monday, minutes and hours count from local midnight.\n"
               "Periods without a point are left out. Bars of inverse and cross rates are made\n"
               "of the derived points.",
    .options = OPTIONS_OHLC,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
