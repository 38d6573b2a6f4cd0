/* cmd_change.c: kurs change. Reads the question, then one row for each pair and range, window or period. */
#include "cli/change.h"
#include "cli/commands.h"

static const struct option_use OPTIONS_CHANGE[] = {
    OPTIONS_RANGE,
    {OPT_WINDOWS, NULL},
    {OPT_BY, NULL},
    {OPT_AT, "windows end at T (default: at the pair's newest point)"},
    {OPT_CONVENTION, NULL},
    {OPT_COMPARE, NULL},
    {OPT_EXPLAIN, NULL},
    {OPT_MAX_AGE, "leave out changes whose start is observed more than 7d (6w, 3m ...) before it is asked for"},
    {OPT_DECIMALS, "decimals of percentages (default 2)"},
    OPTIONS_QUERY,
    OPTIONS_OUTPUT,
    OPTIONS_END,
};

/* What answers for each route need beside it. */
struct answering {
    const struct change_question *question;
    struct sheet *sheet; /* NULL when explaining */
};

/* When the close before a period is flagged as stale: when the whole period before has none, and no sooner than other
 * starts. */
static int64_t stale_before(const struct cli *cli, const struct kurs_route *route, struct kurs_span period,
                            int64_t from_us)
{
    int64_t before_us, least_us = ASK_STALE_DAYS * KURS_DAY_US;
    kurs_period_of(from_us - 1, period, route->kind == KURS_DAILY ? NULL : cli->zone, &before_us, &(int64_t) {0});
    return from_us - before_us > least_us ? from_us - before_us : least_us;
}

static enum kurs_status answer_periods(struct cli *cli, const struct kurs_route *route,
                                       const struct answering *answering)
{
    const struct change_question *question = answering->question;
    struct ask_range range;
    enum kurs_status status = ask_range(cli, route, &range);
    int64_t next_us = range.from_us;
    while (status == KURS_OK) {
        struct kurs_period_change found;
        status = kurs_change_period(cli->snapshot, route, question->period, cli->zone, &next_us, range.until_us, &found,
                                    &cli->error);
        if (status == KURS_OK) {
            char period[KURS_TIME_SIZE];
            cli->answered = true;
            ask_period_name(cli, route, question->period, found.period_from_us, period);
            struct change_row row = change_row_of(cli, question, route, period, &found.change);
            row.stale_us = stale_before(cli, route, question->period, found.period_from_us);
            answer_change(answering->sheet, &row);
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status answer_part(struct cli *cli, const struct kurs_route *route, const struct answering *answering,
                                    size_t window)
{
    const struct change_question *question = answering->question;
    struct kurs_change change;
    const char *part = question->shape == CHANGE_WINDOW ? question->windows[window] : NULL;
    enum kurs_status status = change_measure(cli, question, route, window, &change);
    if (status != KURS_OK) {
        return status;
    }
    cli->answered = cli->answered || change.ended;
    if (option_given(&cli->options, OPT_EXPLAIN)) {
        return change_explain(cli, question, route, part, &change);
    }
    struct change_row row = change_row_of(cli, question, route, part, &change);
    answer_change(answering->sheet, &row);
    return KURS_OK;
}

static enum kurs_status answer(struct cli *cli, const struct kurs_route *route, void *context)
{
    const struct answering *answering = context;
    if (answering->question->shape == CHANGE_PERIOD) {
        return answer_periods(cli, route, answering);
    }
    enum kurs_status status = KURS_OK;
    size_t parts = answering->question->shape == CHANGE_WINDOW ? answering->question->window_count : 1;
    for (size_t i = 0; status == KURS_OK && i < parts; i++) {
        status = answer_part(cli, route, answering, i);
    }
    return status;
}

static enum kurs_status run(struct cli *cli)
{
    struct change_question question;
    enum kurs_status status = change_read_question(cli, &question);
    if (status != KURS_OK) {
        return status;
    }
    if (option_given(&cli->options, OPT_COMPARE)) {
        return change_compare(cli, &question);
    }
    struct answering answering = {.question = &question};
    if (option_given(&cli->options, OPT_EXPLAIN)) {
        return ask_each_route(cli, &answering, answer);
    }
    answering.sheet = answer_change_open(cli->out, &cli->style, question.shape);
    return cli_close_sheet(cli, answering.sheet, ask_each_route(cli, &answering, answer));
}

const struct command COMMAND_CHANGE = {
    .name = "change",
    .arguments = "[PAIR...]",
    .summary = "how much it changed: a range, windows, or period by period",
    .example = "kurs change KGS/USD --from 2025-01-01 --to 2025-12-12\n"
               "kurs change --windows 1d,1m,ytd,1y,max\n"
               "kurs change EUR/USD --by month --last 1y",
    .details = "With --from, --to or --last: pair,from,start,to,end,change,percent. Without: one\n"
               "row a window, pair,window,from,...; with --by: pair,period,from,..., each period\n"
               "that has a point against the close before it. from and to are the times\n"
               "observed: the newest points at or before those asked for. A series that begins\n"
               "later has an empty start. Days and weeks are 1 and 7 days, months and years\n"
               "calendar ones (31 March - 1m is 28 or 29 February); ytd starts at the last point\n"
               "of the year before, max at the first. Tables flag starts over 7 days old.",
    .options = OPTIONS_CHANGE,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
