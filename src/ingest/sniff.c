/* sniff.c owns the order of the steps and the account of them; each step is a file of its own (sniff_state.h lists
 * them). It knows what kinds of text there are: tables, and lines that are prices by themselves.
 * The idea: each step decides one thing from the evidence the steps before it left, says why, and can be pinned. */
#include "ingest/sniff.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "ingest/fold.h"
#include "ingest/ledger.h"
#include "ingest/lines.h"
#include "ingest/pins.h"
#include "ingest/sniff_state.h"
#include "ingest/ticker.h"

/* ---- The account ---- */

static void note(const struct sniff *sniff, enum kurs_note kind, const char *format, va_list arguments)
{
    char text[512];
    if (!sniff->options->on_note)
        return;
    vsnprintf(text, sizeof text, format, arguments);
    sniff->options->on_note(sniff->options->context, kind, text);
}

void sniff_step(const struct sniff *sniff, const char *format, ...)
{
    va_list arguments;
    if (!sniff->options->dry_run)
        return;
    va_start(arguments, format);
    note(sniff, KURS_NOTE_STEP, format, arguments);
    va_end(arguments);
}

void sniff_pin(const struct sniff *sniff, const char *format, ...)
{
    va_list arguments;
    if (!sniff->options->dry_run)
        return;
    va_start(arguments, format);
    note(sniff, KURS_NOTE_PIN, format, arguments);
    va_end(arguments);
}

void sniff_info(const struct sniff *sniff, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    note(sniff, KURS_NOTE_INFO, format, arguments);
    va_end(arguments);
}

enum kurs_status sniff_stop(const struct sniff *sniff, enum kurs_status status, const char *hint, const char *format,
                            ...)
{
    char why[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    error_what(sniff->error, status, "cannot import '%s'", sniff->input->name);
    error_why(sniff->error, status, "%s", why);
    if (*hint)
        error_hint(sniff->error, status, "%s", hint);
    return status;
}

/* ---- Lines that are prices ---- */

static bool layout_is(const struct sniff *sniff, const char *layout)
{
    return sniff->options->layout && strcmp(sniff->options->layout, layout) == 0;
}

/* The pins of a text without columns go to one column that stands for all. */
static enum kurs_status pin_lines(struct sniff *sniff, enum plan_layout layout)
{
    const struct kurs_import_options *options = sniff->options;
    struct plan *plan = sniff->plan;
    struct kurs_name name = {.base = ""};
    plan->layout = layout;
    plan->columns = calloc(1, sizeof *plan->columns);
    if (!plan->columns)
        return error_what(sniff->error, KURS_ENOMEM, "cannot look at '%s'", sniff->input->name);
    plan->column_count = 1;
    plan->columns[0].role = ROLE_VALUE;
    plan->columns[0].units = 1;
    plan->columns[0].units_column = -1;
    if (options->pair) {
        enum kurs_status status = kurs_name_parse(options->pair, &name, sniff->error);
        if (status != KURS_OK)
            return status;
    }
    snprintf(plan->columns[0].base, KURS_CODE_SIZE, "%s", options->base ? options->base : name.base);
    snprintf(plan->columns[0].quote, KURS_CODE_SIZE, "%s", options->quote ? options->quote : name.quote);
    snprintf(plan->columns[0].label, KURS_LABEL_SIZE, "%s", options->label ? options->label : name.label);
    if (options->tz)
        snprintf(plan->zone, sizeof plan->zone, "%s", options->tz);
    return KURS_OK;
}

struct ledger_tally {
    size_t prices, others;
    bool clock, yen; /* a time that is not midnight; a "¥", which is two currencies' */
};

static void tally_lines(const struct sniff_input *input, bool beancount, struct ledger_tally *tally)
{
    *tally = (struct ledger_tally) {0};
    for (size_t at = 0; at < input->bytes;) {
        size_t next, length = line_read(input->text + at, input->bytes - at, &next);
        const char *line = input->text + at;
        struct ledger_price price;
        enum ledger_line kind = beancount ? beancount_read(line, length, &price) : ledger_read(line, length, &price);
        at += next;
        tally->prices += kind == LEDGER_PRICE;
        tally->others += kind != LEDGER_PRICE && length > 0 && line[0] != ';' && line[0] != '#' && line[0] != '*';
        if (kind != LEDGER_PRICE)
            continue;
        tally->clock |= price.has_time && price.time_us % KURS_DAY_US != 0;
        tally->yen |= strcmp(price.base, "\u00a5") == 0 || strcmp(price.quote, "\u00a5") == 0;
    }
}

/* Ledger or beancount prices: KURS_END when it is neither. */
static enum kurs_status sniff_ledger(struct sniff *sniff)
{
    for (int beancount = 0; beancount < 2; beancount++) {
        struct ledger_tally tally;
        bool pinned = layout_is(sniff, beancount ? "beancount" : "ledger");
        tally_lines(sniff->input, beancount != 0, &tally);
        if (!pinned && (tally.prices == 0 || tally.prices * 4 < tally.others))
            continue;
        enum kurs_status status = pin_lines(sniff, beancount ? PLAN_BEANCOUNT : PLAN_LEDGER);
        const struct plan_column *pin = sniff->plan->columns;
        if (status != KURS_OK)
            return status;
        if (tally.yen && !pin->base[0] && !pin->quote[0])
            return sniff_stop(sniff, KURS_EDECIDE, "--pair, e.g. --pair USD/JPY or --pair USD/CNY",
                              "\u00a5 is the sign of two currencies, JPY and CNY");
        sniff->plan->kind = tally.clock ? KURS_INSTANT : KURS_DAILY;
        snprintf(sniff->plan->found, sizeof sniff->plan->found, "%s prices", beancount ? "beancount" : "ledger");
        sniff_step(sniff, "layout: %zu price directives of %s", tally.prices, beancount ? "beancount" : "ledger");
        sniff_pin(sniff, "--layout %s", beancount ? "beancount" : "ledger");
        return KURS_OK;
    }
    return KURS_END;
}

/* "KGS/USD = 0.01144 0%": KURS_END when there are no such lines. */
static enum kurs_status sniff_ticker(struct sniff *sniff)
{
    enum { QUOTES_ENOUGH = 100 };
    const struct sniff_input *input = sniff->input;
    struct plan *plan = sniff->plan;
    bool dated;
    int64_t time_us;
    enum kurs_kind kind;
    size_t quotes = ticker_recognise(input->text, input->bytes, QUOTES_ENOUGH, &dated, &time_us, &kind);
    if (quotes == 0)
        return layout_is(sniff, "ticker")
                   ? sniff_stop(sniff, KURS_EREFUSED, "", "no line of it is like KGS/USD = 0.01144")
                   : KURS_END;
    enum kurs_status status = pin_lines(sniff, PLAN_TICKER);
    if (status != KURS_OK)
        return status;
    if (sniff->options->at_us != INT64_MIN) {
        plan->fixed_time = true;
        plan->fixed_us = sniff->options->at_us;
        plan->kind = plan->fixed_us % KURS_DAY_US == 0 ? KURS_DAILY : KURS_INSTANT;
    } else if (dated) {
        plan->fixed_us = time_us;
        plan->kind = kind;
    } else {
        return sniff_stop(sniff, KURS_EDECIDE, "--at 2025-12-12 says of which day they are",
                          "its ticker lines are undated");
    }
    snprintf(plan->found, sizeof plan->found, "ticker lines");
    sniff_step(sniff, "layout: ticker lines, dated %s", dated ? "by a date line" : "as told");
    sniff_pin(sniff, "--layout ticker");
    return KURS_OK;
}

/* ---- Tables ---- */

/* The words of heads, preamble, footer and first row, folded, for recognising publishers. */
static void gather_words(const struct sniff *sniff, char *text, size_t capacity)
{
    enum { HEAD_ROWS = 40, CHUNK = 100 };
    size_t out = 0;
    const struct grid *grid = &sniff->grid;
    for (size_t r = 0; r < grid->row_count; r++) {
        if (r >= HEAD_ROWS && r + HEAD_ROWS < grid->row_count)
            continue;
        for (size_t c = 0; c < grid->row[r].count; c++) {
            const struct grid_cell *cell = grid_at(grid, r, c);
            if (cell->kind == CELL_EMPTY || (r > 1 && cell->kind == CELL_NUMBER))
                continue;
            for (size_t at = 0; at < cell->length;) { /* fold() cuts long texts: give it whole words piece by piece */
                char folded[FOLD_SIZE];
                size_t take = cell->length - at;
                if (take > CHUNK) {
                    take = CHUNK;
                    while (take > 1 && cell->text[at + take - 1] != ' ')
                        take--;
                    take = take > 1 ? take : CHUNK;
                }
                size_t length = fold(cell->text + at, take, folded);
                at += take;
                if (length + 2 > capacity - out)
                    return;
                memcpy(text + out, folded, length);
                out += length;
                text[out++] = ' ';
                text[out] = 0;
            }
        }
    }
}

static void recognise_publisher(struct sniff *sniff)
{
    enum { WORDS_BYTES = 32768 };
    char name[FOLD_SIZE], *words = calloc(1, WORDS_BYTES);
    const char *slash = strrchr(sniff->input->name, '/');
    const char *stem = slash ? slash + 1 : sniff->input->name;
    fold(stem, strlen(stem), name);
    if (words)
        gather_words(sniff, words, WORDS_BYTES);
    sniff->publisher = publisher_find(name, words ? words : "");
    free(words);
    if (sniff->publisher)
        sniff_step(sniff, "publisher: %s, as '%s' stands in its %s", sniff->publisher->publisher,
                   sniff->publisher->words, sniff->publisher->where);
}

static const char *delimiter_name(char delimiter)
{
    return delimiter == ','    ? ","
           : delimiter == ';'  ? ";"
           : delimiter == '\t' ? "tab"
           : delimiter == '|'  ? "|"
                               : "space";
}

/* --skip lines: where sniffing starts to look. */
static size_t skipped_bytes(const struct sniff *sniff)
{
    size_t at = 0;
    for (int line = 0; line < sniff->options->skip_lines && at < sniff->input->bytes; line++) {
        size_t next;
        (void)line_read(sniff->input->text + at, sniff->input->bytes - at, &next);
        at += next;
    }
    return at;
}

static enum kurs_status read_grid(struct sniff *sniff)
{
    const struct sniff_input *input = sniff->input;
    struct grid_dialect dialect;
    size_t skip = skipped_bytes(sniff);
    const char *delimiter = sniff->options->delimiter, *decimal = sniff->options->decimal;
    grid_dialect_decide(input->text + skip, input->bytes - skip, delimiter ? pins_delimiter(delimiter) : 0, &dialect);
    dialect.has_quotes = memchr(input->text, '"', input->bytes) != NULL;
    if (delimiter && decimal && dialect.delimiter == pins_mark(decimal) && !dialect.has_quotes)
        return sniff_stop(sniff, KURS_EARGUMENT, "",
                          "--delimiter and --decimal are the same mark, and no cell of it is quoted");
    sniff_step(sniff, "bytes: %s", input->encoding);
    sniff_step(sniff, "dialect: cells parted by %s%s", delimiter_name(dialect.delimiter),
               dialect.quoted_lines ? ", each line quoted as a whole"
               : dialect.has_quotes ? ", some quoted"
                                    : "");
    struct kurs_error reason = {0};
    enum kurs_status status =
        grid_read(&sniff->grid, &dialect, input->text + skip, input->bytes - skip, input->whole, &reason);
    if (status != KURS_OK)
        return sniff_stop(sniff, status, "", "%s: %s", reason.what, reason.why);
    for (size_t r = 0; r < sniff->grid.row_count; r++) {
        sniff->grid.row[r].byte += skip;
        sniff->grid.row[r].line += (uint64_t)(skip > 0 ? sniff->options->skip_lines : 0);
    }
    sniff->plan->delimiter = dialect.delimiter;
    sniff->plan->quoted_lines = dialect.quoted_lines;
    if (sniff->grid.row_count == 0 && input->bytes == 0 && !input->whole)
        return sniff_stop(sniff, KURS_EREFUSED, "", "its first %zu bytes hold no line end", INPUT_HEAD_BYTES);
    if (sniff->grid.row_count == 0)
        return sniff_stop(sniff, KURS_EREFUSED, "", "it is empty");
    return KURS_OK;
}

static bool has_own_head(const struct sniff *sniff)
{
    static const char head[] = "time,pair,rate";
    return sniff->input->bytes > sizeof head && strncmp(sniff->input->text, head, sizeof head - 1) == 0 &&
           strchr("\r\n", sniff->input->text[sizeof head - 1]);
}

/* What kurs itself exports, in which dates are days and stamps are instants: others write that head too, over stamps of
 * other forms. */
static bool is_own_export(const struct sniff *sniff, const struct date_format *instant)
{
    struct date_format day;
    struct date_value value;
    size_t own = 0, others = 0;
    if (!has_own_head(sniff) || date_format_compile("YYYY-MM-DD", &day, NULL) != KURS_OK)
        return false;
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, r, 0);
        bool known = date_read(cell->length == 10 ? &day : instant, cell->text, cell->length, &value);
        own += known;
        others += !known;
    }
    return own > others;
}

static enum kurs_status sniff_table(struct sniff *sniff)
{
    static enum kurs_status (*const steps[])(struct sniff *) = {frame_decide, columns_profile, number_decide,
                                                                roles_decide, values_decide,   variants_decide,
                                                                pair_decide,  time_decide};
    enum kurs_status status = read_grid(sniff);
    if (status != KURS_OK)
        return status;
    recognise_publisher(sniff);
    subject_parse_name(sniff->input->name, &sniff->name);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == KURS_OK; i++)
        status = steps[i](sniff);
    if (status != KURS_OK)
        return status;
    struct plan *plan = sniff->plan;
    const struct grid_row *first = &sniff->grid.row[sniff->frame.start];
    plan->layout = sniff->frame.transposed ? PLAN_TRANSPOSED : PLAN_ROWS;
    plan->first_line = first->line;
    plan->first_byte = first->byte;
    struct date_format instant;
    status = date_format_compile("YYYY-MM-DDTHH:MM:SS.fffZ", &instant, sniff->error);
    if (status == KURS_OK && !sniff->options->date_format && is_own_export(sniff, &instant)) {
        plan->kind_per_row = true;
        plan->date = instant;
    }
    return status;
}

/* ---- What was found ---- */

static const char *layout_name(const struct sniff *sniff, size_t values, size_t pairs)
{
    bool key = false, side = false;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        enum plan_role role = sniff->column[c].role;
        key |= role == ROLE_PAIR || role == ROLE_BASE || role == ROLE_QUOTE || role == ROLE_CURRENCY;
        const char *label = sniff->column[c].label;
        side |= role == ROLE_VALUE && (strcmp(label, "bid") == 0 || strcmp(label, "ask") == 0);
    }
    if (sniff->frame.transposed)
        return "transposed";
    return key ? "long" : pairs > 1 ? "wide" : side ? "ticks" : values > 1 ? "wide" : "single series";
}

/* The newest or oldest first, or neither. */
static const char *order_name(const struct sniff *sniff)
{
    int64_t before = INT64_MIN;
    size_t up = 0, down = 0;
    char stamp[96];
    if (sniff->frame.date_column < 0 || sniff->frame.transposed)
        return "";
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        struct date_value value;
        size_t out = 0;
        for (size_t c = 0; c < sniff->grid.column_count; c++) {
            const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
            if (sniff->column[c].role != ROLE_DATE || out + cell->length + 2 > sizeof stamp)
                continue;
            if (out > 0)
                stamp[out++] = ' ';
            memcpy(stamp + out, cell->text, cell->length);
            out += cell->length;
        }
        if (!date_read(&sniff->plan->date, stamp, out, &value))
            continue;
        up += before != INT64_MIN && value.local_us > before;
        down += value.local_us < before;
        before = value.local_us;
    }
    return down == 0 ? ", oldest first" : up == 0 ? ", newest first" : "";
}

static void describe(struct sniff *sniff)
{
    struct plan *plan = sniff->plan;
    const struct plan_column *only = NULL;
    size_t values = 0, pairs = 0;
    bool same_base = true, same_quote = true;
    char subject[64] = "", dates[96] = "";
    for (size_t c = 0; c < plan->column_count; c++) {
        const struct plan_column *column = &plan->columns[c];
        if (column->role != ROLE_VALUE)
            continue;
        bool fresh = !only || strcmp(only->base, column->base) != 0 || strcmp(only->quote, column->quote) != 0;
        values++;
        pairs += fresh;
        same_base &= !only || strcmp(only->base, column->base) == 0;
        same_quote &= !only || strcmp(only->quote, column->quote) == 0;
        only = only ? only : column;
    }
    if (pairs == 1 && only->base[0] && only->quote[0])
        snprintf(subject, sizeof subject, ", %s/%s", only->base, only->quote);
    else if (same_base && only->base[0])
        snprintf(subject, sizeof subject, ", %s base", only->base);
    else if (same_quote && only->quote[0])
        snprintf(subject, sizeof subject, ", %s quote", only->quote);
    if (!plan->fixed_time)
        snprintf(dates, sizeof dates, ", dates %s", plan->date.pattern);
    char count[32] = "";
    if (pairs > 1)
        snprintf(count, sizeof count, ", %zu pairs", pairs);
    snprintf(plan->found, sizeof plan->found, "%s%s%s%s%s", layout_name(sniff, values, pairs), subject, count,
             order_name(sniff), dates);
}

/* --layout of a table is what the user expects: another finding is told rather than imported. */
static enum kurs_status check_layout(const struct sniff *sniff, size_t found_bytes)
{
    const char *layout = sniff->options->layout, *found = sniff->plan->found;
    if (!layout)
        return KURS_OK;
    bool bars = strcmp(layout, "ohlc") == 0; /* a bar's close is a series, of one pair or long */
    if (bars || (strlen(layout) <= found_bytes && strncmp(found, layout, strlen(layout)) == 0))
        return KURS_OK;
    return sniff_stop(sniff, KURS_EARGUMENT, "", "it is %.*s, not %s", (int)found_bytes, found, layout);
}

static void tell_pins(const struct sniff *sniff)
{
    const struct plan *plan = sniff->plan;
    const struct plan_column *only = NULL;
    bool same_base = true, same_quote = true;
    for (size_t c = 0; c < plan->column_count; c++) {
        const struct plan_column *column = &plan->columns[c];
        if (column->role != ROLE_VALUE)
            continue;
        same_base &= !only || strcmp(only->base, column->base) == 0;
        same_quote &= !only || strcmp(only->quote, column->quote) == 0;
        only = only ? only : column;
    }
    sniff_pin(sniff, "--encoding %s", sniff->input->encoding);
    sniff_pin(sniff, "--delimiter '%s'", delimiter_name(plan->delimiter));
    sniff_pin(sniff, "--decimal '%c'", plan->number.decimal);
    if (plan->number.thousands)
        sniff_pin(sniff, "--thousands '%c'", plan->number.thousands);
    if (!plan->fixed_time)
        sniff_pin(sniff, "--date-format '%s'", plan->date.pattern);
    if (only && same_base && same_quote && only->base[0] && only->quote[0])
        sniff_pin(sniff, "--pair %s/%s", only->base, only->quote);
    else if (only && same_base && only->base[0])
        sniff_pin(sniff, "--base %s", only->base);
    else if (only && same_quote && only->quote[0])
        sniff_pin(sniff, "--quote %s", only->quote);
    if (plan->zone[0])
        sniff_pin(sniff, "--tz %s", plan->zone);
}

enum kurs_status sniff(const struct sniff_input *input, const struct kurs_import_options *options, struct plan *plan,
                       struct kurs_error *error)
{
    struct sniff state = {.input = input, .options = options, .error = error, .plan = plan};
    *plan = (struct plan) {.delimiter = ',', .number = {.decimal = '.'}, .first_line = 1};
    snprintf(plan->encoding, sizeof plan->encoding, "%s", input->encoding);
    enum kurs_status status = KURS_END;
    if (!options->layout || layout_is(&state, "ledger") || layout_is(&state, "beancount"))
        status = sniff_ledger(&state);
    if (status == KURS_END && (!options->layout || layout_is(&state, "ticker")))
        status = sniff_ticker(&state);
    if (status == KURS_END) {
        status = sniff_table(&state);
        if (status == KURS_OK) {
            describe(&state);
            tell_pins(&state);
            status = check_layout(&state, strcspn(plan->found, ","));
        }
    }
    grid_release(&state.grid);
    free(state.column);
    return status;
}
