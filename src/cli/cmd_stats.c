/* cmd_stats.c: kurs stats: what a range adds up to. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "output/answers.h"

static const struct option_use OPTIONS_STATS[] = {
    OPTIONS_RANGE, {OPT_DECIMALS, "decimals of percentages (default 2)"}, OPTIONS_QUERY, OPTIONS_OUTPUT, OPTIONS_END,
};

static enum kurs_status answer(struct cli *cli, const struct kurs_route *route, void *sheet)
{
    struct ask_range range;
    struct kurs_stats stats;
    enum kurs_status status = ask_range(cli, route, &range);
    if (status == KURS_OK) {
        status = kurs_stats(cli->snapshot, route, range.from_us, range.until_us, cli->zone, &stats, &cli->error);
    }
    if (status == KURS_OK) {
        cli->answered = cli->answered || stats.summary.count > 0;
        answer_stats(sheet, route, &stats, ask_decimals(cli, 2));
    }
    return status;
}

static enum kurs_status run(struct cli *cli)
{
    struct sheet *sheet = answer_stats_open(cli->out, &cli->style);
    return cli_close_sheet(cli, sheet, ask_each_route(cli, sheet, answer));
}

const struct command COMMAND_STATS = {
    .name = "stats",
    .arguments = "[PAIR...]",
    .summary = "low, high, mean, change, volatility and drawdown of a range",
    .example = "kurs stats KGS/USD KZT/USD --from 2025",
    .details = "columns:\n"
               "pair,from,to,points,first,last,low,low_time,high,high_time,mean,percent,cagr,\n"
               "volatility,drawdown,drawdown_from,drawdown_to; tables and JSON add the\n"
               "time-weighted mean, the best and the worst day. percent, cagr, volatility and\n"
               "drawdown are percentages:\n"
               "  cagr        ((last/first)^(365.25/days) - 1) * 100\n"
               "  volatility  sqrt(252) * sample standard deviation of log returns of daily\n"
               "              closes * 100\n"
               "  drawdown    lowest rate/running peak - 1, with the peak's and the trough's\n"
               "              time\n"
               "mean is of the points. A missing day is no return. Unknown values are empty.",
    .options = OPTIONS_STATS,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
