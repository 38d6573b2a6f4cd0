/* cmd_pairs.c: kurs pairs. */
#include "cli/commands.h"
#include "output/answers.h"
#include "output/spark.h"

#include <string.h>

static const struct option_use OPTIONS_PAIRS[] = {{OPT_AS_KNOWN, NULL}, OPTIONS_OUTPUT, OPTIONS_END};

/* The series from its first to its newest point, at a glance. */
static enum kurs_status draw_history(struct cli *cli, const struct kurs_series *series, char spark[SPARK_SIZE])
{
    struct kurs_route route;
    struct kurs_bar bars[SPARK_COLUMNS];
    double closes[SPARK_COLUMNS];
    size_t count = 0;
    enum kurs_status status = kurs_route_find(cli->snapshot, series->name, NULL, &route, &cli->error);
    if (status == KURS_OK) {
        status = kurs_envelope(cli->snapshot, &route, series->first.time_us, series->last.time_us + 1, SPARK_COLUMNS,
                               bars, &count, &cli->error);
    }
    for (size_t i = 0; i < count; i++) {
        closes[i] = kurs_decimal_double(bars[i].summary.last.rate);
    }
    spark_format(closes, count, spark);
    return status;
}

static enum kurs_status run(struct cli *cli)
{
    struct sheet *sheet = answer_pairs_open(cli->out, &cli->style);
    struct kurs_series series = {.name = ""};
    bool draws = cli->style.format == SHEET_TABLE || cli->style.format == SHEET_MARKDOWN;
    enum kurs_status status = KURS_OK;
    while (status == KURS_OK) {
        char after[KURS_NAME_SIZE], spark[SPARK_SIZE] = "";
        memcpy(after, series.name, sizeof after);
        status = kurs_series_next(cli->snapshot, after, &series, &cli->error);
        if (status == KURS_OK && draws) {
            status = draw_history(cli, &series, spark);
        }
        if (status == KURS_OK) {
            answer_pair(sheet, &series, spark);
        }
    }
    return cli_close_sheet(cli, sheet, status == KURS_END ? KURS_OK : status);
}

const struct command COMMAND_PAIRS = {
    .name = "pairs",
    .arguments = "",
    .summary = "list the series of the store",
    .example = "kurs pairs",
    .details = "columns: pair,kind,points,first,last,rate,bytes. kind is daily (its times are\n"
               "dates) or instant; rate is the newest; bytes are those of its compressed blocks.",
    .options = OPTIONS_PAIRS,
    .flags = COMMAND_READS,
    .run = run,
};
