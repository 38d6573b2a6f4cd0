/* export_wide.c: many cursors side by side, the earliest time next. */
#include "cli/export_wide.h"
#include "cli/ask.h"

#include <stdlib.h>

/* A cursor and where it stands; `ended` when it has no more. */
struct lane {
    struct kurs_cursor *cursor;
    struct kurs_batch batch;
    size_t index;
    bool ended;
};

static enum kurs_status refill(struct cli *cli, struct lane *lane)
{
    if (lane->ended || lane->index < lane->batch.count) {
        return KURS_OK;
    }
    lane->index = 0;
    enum kurs_status status = kurs_cursor_next(lane->cursor, &lane->batch, &cli->error);
    lane->ended = status == KURS_END;
    return lane->ended ? KURS_OK : status;
}

static enum kurs_status open_lane(struct cli *cli, const struct kurs_route *route, struct lane *lane)
{
    struct ask_range range;
    enum kurs_status status = ask_range(cli, route, &range);
    if (status == KURS_OK) {
        status = kurs_cursor_open(cli->snapshot, route, range.from_us, range.until_us, &lane->cursor, &cli->error);
    }
    return status == KURS_OK ? refill(cli, lane) : status;
}

/* The earliest time any lane stands at; false when all have ended. */
static bool next_time(const struct lane *lanes, size_t count, int64_t *time_us)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!lanes[i].ended && (!any || lanes[i].batch.time_us[lanes[i].index] < *time_us)) {
            *time_us = lanes[i].batch.time_us[lanes[i].index];
            any = true;
        }
    }
    return any;
}

static enum kurs_status write_rows(struct cli *cli, struct lane *lanes, size_t count, enum kurs_kind kind,
                                   struct sheet *sheet)
{
    int64_t time_us = KURS_TIME_MIN;
    while (next_time(lanes, count, &time_us)) {
        sheet_time(sheet, time_us, kind);
        for (size_t i = 0; i < count; i++) {
            struct lane *lane = &lanes[i];
            if (lane->ended || lane->batch.time_us[lane->index] != time_us) {
                sheet_empty(sheet);
                continue;
            }
            cli->answered = true;
            sheet_rate(sheet,
                       (struct kurs_decimal) {lane->batch.coefficient[lane->index], lane->batch.exponent[lane->index]});
            lane->index++;
            enum kurs_status status = refill(cli, lane);
            if (status != KURS_OK) {
                return status;
            }
        }
    }
    return KURS_OK;
}

static enum kurs_status write_sheet(struct cli *cli, const struct kurs_route *routes, size_t count,
                                    struct column *columns, struct lane *lanes)
{
    columns[0] = (struct column) {"time", NULL, COLUMN_TIME, IN_ALL};
    enum kurs_status status = KURS_OK;
    for (size_t i = 0; status == KURS_OK && i < count; i++) {
        columns[i + 1] = (struct column) {routes[i].name, NULL, COLUMN_RATE, IN_ALL};
        status = open_lane(cli, &routes[i], &lanes[i]);
    }
    if (status != KURS_OK) {
        return status;
    }
    struct sheet *sheet = sheet_open(cli->out, columns, count + 1, &cli->style);
    status = write_rows(cli, lanes, count, routes[0].kind, sheet);
    return cli_close_sheet(cli, sheet, ask_answered(cli, status));
}

static enum kurs_status check(struct cli *cli, const struct kurs_route *routes, size_t count)
{
    const char *format = option_text(&cli->options, OPT_FORMAT);
    cli->style.format = SHEET_CSV;
    if (format != NULL && !sheet_format_parse(format, &cli->style.format)) {
        return ask_bad_value(cli, OPT_FORMAT, "csv, json, table or markdown with --wide");
    }
    if (count >= SHEET_COLUMNS_MAX) {
        cli_what(cli, KURS_ELIMIT, "cannot export %zu pairs side by side", count);
        return cli_why(cli, KURS_ELIMIT, "at most %d", SHEET_COLUMNS_MAX - 1);
    }
    for (size_t i = 1; i < count; i++) {
        if (routes[i].kind != routes[0].kind) {
            cli_what(cli, KURS_EKIND, "cannot export '%s' beside '%s'", routes[i].name, routes[0].name);
            cli_why(cli, KURS_EKIND, "one has dates, the other times of day");
            return cli_hint(cli, KURS_EKIND, "name pairs of one kind; 'kurs pairs' shows kinds");
        }
    }
    return KURS_OK;
}

enum kurs_status export_wide(struct cli *cli, const struct kurs_route *routes, size_t count)
{
    enum kurs_status status = check(cli, routes, count);
    if (status != KURS_OK) {
        return status;
    }
    struct column *columns = calloc(count + 1, sizeof *columns);
    struct lane *lanes = calloc(count, sizeof *lanes);
    if (columns == NULL || lanes == NULL) {
        status = cli_what(cli, KURS_ENOMEM, "cannot export %zu pairs side by side", count);
    } else {
        status = write_sheet(cli, routes, count, columns, lanes);
    }
    for (size_t i = 0; lanes != NULL && i < count; i++) {
        if (lanes[i].cursor != NULL) {
            kurs_cursor_close(lanes[i].cursor);
        }
    }
    free(lanes);
    free(columns);
    return status;
}
