/* cmd_correlation.c: kurs correlation: a matrix. */
#include "cli/ask.h"
#include "cli/commands.h"

#include <math.h>
#include <stdlib.h>

#define PAIRS_MAX 1000 /* a matrix of a million cells */

static const struct option_use OPTIONS_CORRELATION[] = {
    OPTIONS_RANGE, {OPT_DECIMALS, "decimals of the coefficients (default 4)"}, OPTIONS_QUERY, OPTIONS_OUTPUT,
    OPTIONS_END,
};

/* What both pairs' ranges have in common: --last may count back from two newest points. */
static enum kurs_status common_range(struct cli *cli, const struct kurs_route *a, const struct kurs_route *b,
                                     struct ask_range *range)
{
    struct ask_range other;
    enum kurs_status status = ask_range(cli, a, range);
    if (status == KURS_OK) {
        status = ask_range(cli, b, &other);
    }
    if (status == KURS_OK) {
        range->from_us = other.from_us > range->from_us ? other.from_us : range->from_us;
        range->until_us = other.until_us < range->until_us ? other.until_us : range->until_us;
    }
    return status;
}

static enum kurs_status answer_row(struct cli *cli, const struct kurs_route *routes, size_t count, size_t row,
                                   struct sheet *sheet)
{
    sheet_text(sheet, routes[row].name);
    for (size_t i = 0; i < count; i++) {
        struct ask_range range;
        double correlation;
        uint64_t returns;
        enum kurs_status status = common_range(cli, &routes[row], &routes[i], &range);
        if (status == KURS_OK) {
            status = kurs_correlation(cli->snapshot, &routes[row], &routes[i], range.from_us, range.until_us, cli->zone,
                                      &correlation, &returns, &cli->error);
        }
        if (status != KURS_OK) {
            return status;
        }
        cli->answered = cli->answered || !isnan(correlation);
        sheet_number(sheet, correlation, ask_decimals(cli, 4));
    }
    return KURS_OK;
}

static enum kurs_status answer(struct cli *cli, const struct kurs_route *routes, size_t count)
{
    struct column *columns = calloc(count + 1, sizeof *columns);
    if (columns == NULL) {
        return cli_what(cli, KURS_ENOMEM, "cannot make a matrix of %zu pairs", count);
    }
    columns[0] = (struct column) {"pair", NULL, COLUMN_TEXT, IN_ALL};
    for (size_t i = 0; i < count; i++) {
        columns[i + 1] = (struct column) {routes[i].name, NULL, COLUMN_NUMBER, IN_ALL};
    }
    struct sheet *sheet = sheet_open(cli->out, columns, count + 1, &cli->style);
    enum kurs_status status = KURS_OK;
    for (size_t i = 0; status == KURS_OK && i < count; i++) {
        status = answer_row(cli, routes, count, i, sheet);
    }
    if (status == KURS_OK && !cli->answered) {
        cli_what(cli, KURS_ENODATA, "cannot correlate the pairs");
        cli_why(cli, KURS_ENODATA, "no two have 3 daily returns at the same dates");
        status = cli_hint(cli, KURS_ENODATA, "'kurs pairs' shows when each series starts and ends");
    }
    status = cli_close_sheet(cli, sheet, status);
    free(columns);
    return status;
}

static enum kurs_status run(struct cli *cli)
{
    struct kurs_route *routes;
    size_t count;
    enum kurs_status status = ask_routes(cli, &routes, &count);
    if (status != KURS_OK) {
        return status;
    }
    if (count > PAIRS_MAX) {
        cli_what(cli, KURS_ELIMIT, "cannot correlate %zu pairs", count);
        status = cli_why(cli, KURS_ELIMIT, "at most %d at a time", PAIRS_MAX);
    } else {
        status = answer(cli, routes, count);
    }
    free(routes);
    return status;
}

const struct command COMMAND_CORRELATION = {
    .name = "correlation",
    .arguments = "[PAIR...]",
    .summary = "how alike pairs move: correlation of daily log returns",
    .example = "kurs correlation KGS/USD KZT/USD TJS/USD --last 1y",
    .details = "A matrix: one row and one column a pair. Pearson's coefficient of the daily log\n"
               "returns at the dates both pairs have; empty with fewer than 3 returns.",
    .options = OPTIONS_CORRELATION,
    .flags = COMMAND_READS,
    .arguments_max = ARGUMENTS_ANY,
    .run = run,
};
