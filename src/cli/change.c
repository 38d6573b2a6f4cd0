/* change.c: from options to a question, and from a question to one change. */
#include "cli/change.h"
#include "output/explain.h"

#include <string.h>

static enum kurs_status clash(struct cli *cli, const char *first, const char *second)
{
    cli_what(cli, KURS_EARGUMENT, "cannot use --%s with --%s", first, second);
    return cli_why(cli, KURS_EARGUMENT, "one change is asked for at a time");
}

/* What cannot be asked for together. */
static enum kurs_status check_question(struct cli *cli)
{
    const struct option_values *options = &cli->options;
    bool by = option_given(options, OPT_BY), range = ask_has_range(cli);
    if (by && option_given(options, OPT_WINDOWS)) {
        return clash(cli, "by", "windows");
    }
    if (range && option_given(options, OPT_WINDOWS)) {
        return clash(cli, "windows", "from, --to or --last");
    }
    if (option_given(options, OPT_AT) && (by || range)) {
        return clash(cli, "at", by ? "by" : "from, --to or --last");
    }
    if (by && (option_given(options, OPT_COMPARE) || option_given(options, OPT_EXPLAIN))) {
        return clash(cli, "by", option_given(options, OPT_COMPARE) ? "compare" : "explain");
    }
    if (option_given(options, OPT_CONVENTION) && (by || range)) {
        cli_what(cli, KURS_EARGUMENT, "cannot use --convention with --%s", by ? "by" : "from, --to or --last");
        return cli_why(cli, KURS_EARGUMENT, "it is about the lengths of windows");
    }
    enum kurs_status status = ask_apart(cli, OPT_COMPARE, OPT_EXPLAIN, "one change is explained at a time");
    return status == KURS_OK ? ask_explain(cli) : status;
}

enum kurs_status change_read_question(struct cli *cli, struct change_question *question)
{
    const struct option_values *options = &cli->options;
    enum kurs_status status = check_question(cli);
    if (status != KURS_OK) {
        return status;
    }
    memset(question, 0, sizeof *question);
    question->decimals = ask_decimals(cli, 2);
    const char *convention = option_text(options, OPT_CONVENTION);
    if (convention != NULL && strcmp(convention, "tradingview") == 0) {
        question->convention = KURS_TRADINGVIEW;
    } else if (convention != NULL && strcmp(convention, "calendar") != 0) {
        return ask_bad_value(cli, OPT_CONVENTION, "calendar or tradingview");
    }
    if (option_given(options, OPT_BY)) {
        question->shape = CHANGE_PERIOD;
        return ask_period(cli, OPT_BY, "month", &question->period);
    }
    question->shape = ask_has_range(cli) ? CHANGE_RANGE : CHANGE_WINDOW;
    return question->shape == CHANGE_WINDOW ? ask_windows(cli, question->windows, WINDOWS_MAX, &question->window_count)
                                            : KURS_OK;
}

/* The end asked for: of windows --at, else of the range. */
static enum kurs_status read_end(struct cli *cli, const struct change_question *question,
                                 const struct kurs_route *route, struct ask_range *range, int64_t *at_us)
{
    if (question->shape == CHANGE_WINDOW) {
        return ask_at(cli, route->kind, KURS_TIME_MAX, at_us);
    }
    enum kurs_status status = ask_range(cli, route, range);
    if (status == KURS_OK) {
        *at_us = range->until_us - 1;
    }
    return status;
}

enum kurs_status change_measure(struct cli *cli, const struct change_question *question, const struct kurs_route *route,
                                size_t window, struct kurs_change *change)
{
    struct ask_range range = {.has_from = false};
    int64_t at_us;
    enum kurs_status status = read_end(cli, question, route, &range, &at_us);
    if (status != KURS_OK) {
        return status;
    }
    if (range.has_from) {
        return kurs_change_range(cli->snapshot, route, range.from_us, range.until_us, change, &cli->error);
    }
    /* only an end: from the first point */
    const char *name = question->shape == CHANGE_WINDOW ? question->windows[window] : "max";
    enum kurs_convention convention = question->shape == CHANGE_WINDOW ? question->convention : KURS_CALENDAR;
    return kurs_change_window(cli->snapshot, route, name, at_us, convention, cli->zone, change, &cli->error);
}

struct change_row change_row_of(const struct cli *cli, const struct change_question *question,
                                const struct kurs_route *route, const char *part, const struct kurs_change *change)
{
    return (struct change_row) {
        .route = route,
        .part = part,
        .change = change,
        .emptied = change->known && ask_too_old(cli, route->kind, change->asked_us, change->start.time_us),
        .stale_us = ASK_STALE_DAYS * KURS_DAY_US,
        .decimals = question->decimals,
    };
}

enum kurs_status change_explain(struct cli *cli, const struct change_question *question, const struct kurs_route *route,
                                const char *part, const struct kurs_change *change)
{
    struct kurs_asof start, end;
    struct ask_range range;
    int64_t at_us;
    bool emptied = change_row_of(cli, question, route, part, change).emptied;
    enum kurs_status status = read_end(cli, question, route, &range, &at_us);
    if (status == KURS_OK && change->ended) {
        status = kurs_asof(cli->snapshot, route, at_us, &end, &cli->error);
    }
    if (status == KURS_OK && change->known) {
        status = kurs_asof(cli->snapshot, route, change->asked_us, &start, &cli->error);
    }
    if (status == KURS_OK) {
        explain_change(cli->out, route, part, change, change->known && !emptied ? &start : NULL,
                       change->ended ? &end : NULL, question->decimals);
    }
    return status;
}
