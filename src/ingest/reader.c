/* reader.c: the right parser for the plan's layout. */
#include "ingest/reader.h"

#include "base/error.h"
#include "ingest/csvrows.h"
#include "ingest/pricelines.h"

#include <stdlib.h>

struct reader {
    struct rows *rows; /* tables */
    struct lane *lane;
    struct csvrows *csvrows;
    struct pricelines *lines; /* texts of price lines */
};

static bool is_table(const struct plan *plan)
{
    return plan->layout == PLAN_ROWS || plan->layout == PLAN_TRANSPOSED;
}

bool reader_in_order(const struct plan *plan)
{
    return plan->layout != PLAN_ROWS;
}

enum kurs_status reader_new(const struct rows_rules *rules, struct names *names, struct reader **reader,
                            struct kurs_error *error)
{
    struct reader *made = calloc(1, sizeof *made);
    enum kurs_status status = made ? KURS_OK : KURS_ENOMEM;
    if (status == KURS_OK && is_table(rules->plan)) {
        status = rows_new(rules, names, &made->rows);
        status = status == KURS_OK ? lane_new(rules, names, &made->lane) : status;
        status = status == KURS_OK ? csvrows_new(rules->plan, made->rows, made->lane, &made->csvrows) : status;
    } else if (status == KURS_OK) {
        status = pricelines_new(rules, names, &made->lines);
    }
    if (status != KURS_OK) {
        reader_free(made);
        return error_what(error, status, "cannot read the file");
    }
    *reader = made;
    return KURS_OK;
}

void reader_free(struct reader *reader)
{
    if (reader) {
        csvrows_free(reader->csvrows);
        lane_free(reader->lane);
        rows_free(reader->rows);
        pricelines_free(reader->lines);
        free(reader);
    }
}

enum kurs_status reader_parse(struct reader *reader, const char *text, size_t bytes, bool last, struct batch *batch,
                              size_t *consumed)
{
    *consumed = bytes;
    enum kurs_status status = reader->lines ? pricelines_parse(reader->lines, text, bytes, batch)
                                            : csvrows_parse(reader->csvrows, text, bytes, last, batch, consumed);
    batch_find_jumps(batch);
    return status;
}

enum kurs_status reader_row_too_long(const char *name, const char *where, uint64_t line, struct kurs_error *error)
{
    error_what(error, KURS_ELIMIT, "a row of '%s' is longer than %zu bytes", name, ROW_BYTES_MAX);
    return error_why(error, KURS_ELIMIT, "it starts %s line %llu: a quote may never be closed", where,
                     (unsigned long long)line);
}

enum kurs_status reader_failed(enum kurs_status status, const struct batch *batch, const char *name,
                               uint64_t lines_before, struct kurs_error *error)
{
    if (batch->long_line > 0) {
        return reader_row_too_long(name, "on", lines_before + batch->long_line, error);
    }
    error_what(error, status, "cannot read '%s'", name);
    return status == KURS_ELIMIT ? error_why(error, status, "more than %d series in it", NAMES_MAX) : status;
}
