/* csvrows.c: text to rows of cells. Owns libcsv and its traps: its callbacks return nothing (the first failure is
 * stashed), it counts no lines (it is fed one physical line at a time, so a row's lines and bytes are known), it drops
 * blank lines (they never reach it), its fields grow without limit (a row's bytes are capped here), it knows no
 * byte-order mark (the input drops it), it trims unquoted cells only. Chunks without a quote are split at delimiters
 * directly, which gives the same cells three times as fast: all are trimmed here, so that a row means the same however
 * it came. */
#include "ingest/csvrows.h"

#include "ingest/ascii.h"
#include "ingest/lines.h"
#include "ingest/reader.h"
#include "ingest/swar.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#define QUOTE '"'

enum byte_class { BYTE_PLAIN, BYTE_DELIMITER, BYTE_END };

struct csvrows {
    const struct plan *plan;
    struct rows *rows;
    struct lane *lane; /* NULL: no row of this plan is plain enough */
    int refused;       /* rows in a row that the lane did not take */
    unsigned char class_of[256];
    uint64_t delimiters; /* eight times the delimiter */
    struct cell *cells;  /* PLAN_COLUMNS_MAX + 1: one more says "too many" */
    size_t count;        /* of this row; may exceed the room */
    /* libcsv */
    struct csv_parser parser;
    bool parser_made;
    size_t *starts; /* of each cell in `bytes` */
    char *bytes;    /* the row's cells, copied from libcsv */
    size_t byte_count, byte_room;
    char *line; /* quoted_lines: the row inside the quotes */
    size_t line_room;
    bool row_done;
    enum kurs_status failed;
};

#define FIELD_STEP_BYTES 65536 /* libcsv's own 128 makes a long field quadratic */
#define CELLS_ROOM       (PLAN_COLUMNS_MAX + 1)
#define REFUSED_MAX      64 /* then the lane is let alone until the next chunk */

enum kurs_status csvrows_new(const struct plan *plan, struct rows *rows, struct lane *lane, struct csvrows **csvrows)
{
    struct csvrows *made = calloc(1, sizeof *made);
    if (!made) {
        return KURS_ENOMEM;
    }
    made->plan = plan;
    made->rows = rows;
    made->lane = lane;
    made->class_of[(unsigned char)plan->delimiter] = BYTE_DELIMITER;
    made->delimiters = swar_each(plan->delimiter);
    made->class_of['\n'] = made->class_of['\r'] = BYTE_END;
    made->cells = calloc(CELLS_ROOM, sizeof *made->cells);
    made->starts = calloc(CELLS_ROOM + 1, sizeof *made->starts);
    if (!made->cells || !made->starts) {
        csvrows_free(made);
        return KURS_ENOMEM;
    }
    *csvrows = made;
    return KURS_OK;
}

void csvrows_free(struct csvrows *csvrows)
{
    if (csvrows) {
        if (csvrows->parser_made) {
            csv_free(&csvrows->parser);
        }
        free(csvrows->cells);
        free(csvrows->starts);
        free(csvrows->bytes);
        free(csvrows->line);
        free(csvrows);
    }
}

static struct batch_place place_of(const char *text, size_t from, size_t until, uint64_t line)
{
    while (until > from && (text[until - 1] == '\n' || text[until - 1] == '\r')) {
        until--;
    }
    return (struct batch_place) {.line = line, .byte = from, .raw = text + from, .raw_bytes = until - from};
}

static struct cell trimmed(const char *from, const char *until)
{
    ascii_trim(&from, &until);
    return (struct cell) {from, (size_t)(until - from)};
}

/* ---- directly ---- */

static void add_cell(struct csvrows *csvrows, const char *from, const char *to)
{
    if (csvrows->count < CELLS_ROOM) {
        csvrows->cells[csvrows->count++] = trimmed(from, to);
    }
}

/* Runs of blanks between cells. */
static void split_blanks(struct csvrows *csvrows, const char *at, const char *end)
{
    csvrows->count = 0;
    while (at < end) {
        const char *from = at;
        while (at < end && *at != ' ' && *at != '\t') {
            at++;
        }
        if (at > from) {
            add_cell(csvrows, from, at);
        }
        at += at < end;
    }
}

/* The next byte from `at` on that ends a cell, `end` if there is none. */
static const char *find_end(const struct csvrows *csvrows, const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        for (uint64_t ends = swar_equal_or_control(swar_load(at), csvrows->delimiters); ends; ends &= ends - 1) {
            const char *found = at + swar_find(ends);
            if (csvrows->class_of[(unsigned char)*found] != BYTE_PLAIN) {
                return found;
            }
        }
    }
    while (at < end && csvrows->class_of[(unsigned char)*at] == BYTE_PLAIN) {
        at++;
    }
    return at;
}

/* The cells of the line at `at`; returns where its end is (`end` if it has none). */
static const char *split_line(struct csvrows *csvrows, const char *at, const char *end)
{
    const char *start = at;
    csvrows->count = 0;
    for (const char *from = at;; from = at + 1) {
        at = find_end(csvrows, from, end);
        add_cell(csvrows, from, at);
        if (at == end || csvrows->class_of[(unsigned char)*at] == BYTE_END) {
            break;
        }
    }
    if (csvrows->plan->delimiter == ' ') {
        split_blanks(csvrows, start, at);
    }
    return at;
}

/* Behind the line end at `at`, as line_read has it. */
static const char *behind_end(const char *at, const char *end)
{
    const char *feed = at;
    while (feed < end && *feed == '\r') {
        feed++;
    }
    return feed < end && *feed == '\n' ? feed + 1 : at < end ? at + 1 : end;
}

static enum kurs_status take_line(struct csvrows *csvrows, const char *text, const char **at, const char *end,
                                  struct batch *batch)
{
    const char *stop = split_line(csvrows, *at, end);
    struct batch_place place = place_of(text, (size_t)(*at - text), (size_t)(stop - text), ++batch->lines);
    *at = behind_end(stop, end);
    return place.raw_bytes > 0 ? rows_take(csvrows->rows, csvrows->cells, csvrows->count, &place, batch) : KURS_OK;
}

/* The rows from *at on that are plain, by the lane. */
static enum kurs_status take_plain(struct csvrows *csvrows, const char **at, const char *end, struct batch *batch)
{
    const char *from = *at;
    if (!csvrows->lane || csvrows->refused == REFUSED_MAX) {
        return KURS_OK;
    }
    enum kurs_status status = lane_take(csvrows->lane, at, end, batch);
    csvrows->refused = *at == from ? csvrows->refused + 1 : 0;
    return status;
}

/* Plain rows by the lane, the next one that is not by itself, and so on. */
static enum kurs_status parse_plain(struct csvrows *csvrows, const char *text, size_t bytes, struct batch *batch)
{
    const char *at = text, *end = text + bytes;
    enum kurs_status status = KURS_OK;
    while (at < end && status == KURS_OK) {
        status = take_plain(csvrows, &at, end, batch);
        if (status == KURS_OK) {
            status = take_line(csvrows, text, &at, end, batch);
        }
    }
    return status;
}

/* ---- by libcsv ---- */

static void on_cell(void *bytes, size_t count, void *context)
{
    struct csvrows *csvrows = context;
    if (csvrows->failed != KURS_OK || csvrows->count == CELLS_ROOM) {
        return;
    }
    if (csvrows->byte_count + count > csvrows->byte_room) {
        size_t room = 2 * (csvrows->byte_count + count) + 256;
        char *grown = realloc(csvrows->bytes, room);
        if (!grown) {
            csvrows->failed = KURS_ENOMEM;
            return;
        }
        csvrows->bytes = grown;
        csvrows->byte_room = room;
    }
    if (count > 0) {
        memcpy(csvrows->bytes + csvrows->byte_count, bytes, count);
    }
    csvrows->starts[csvrows->count++] = csvrows->byte_count;
    csvrows->byte_count += count;
}

static void on_row(int end, void *context)
{
    (void)end;
    ((struct csvrows *)context)->row_done = true;
}

static enum kurs_status restart_parser(struct csvrows *csvrows)
{
    if (csvrows->parser_made) {
        csv_free(&csvrows->parser);
    }
    csvrows->parser_made = csv_init(&csvrows->parser, 0) == 0;
    csv_set_blk_size(&csvrows->parser, FIELD_STEP_BYTES);
    csv_set_delim(&csvrows->parser, (unsigned char)csvrows->plan->delimiter);
    csvrows->count = csvrows->byte_count = 0;
    csvrows->row_done = false;
    csvrows->failed = KURS_OK;
    return csvrows->parser_made ? KURS_OK : KURS_ENOMEM;
}

static enum kurs_status feed(struct csvrows *csvrows, const char *text, size_t bytes)
{
    if (csv_parse(&csvrows->parser, text, bytes, on_cell, on_row, csvrows) != bytes) {
        return KURS_ENOMEM; /* without CSV_STRICT it has no other error */
    }
    return csvrows->failed;
}

static enum kurs_status take_parsed(struct csvrows *csvrows, const struct batch_place *place, struct batch *batch)
{
    csvrows->starts[csvrows->count] = csvrows->byte_count;
    for (size_t i = 0; i < csvrows->count; i++) {
        const char *bytes = csvrows->bytes ? csvrows->bytes : "";
        csvrows->cells[i] = trimmed(bytes + csvrows->starts[i], bytes + csvrows->starts[i + 1]);
    }
    enum kurs_status status = rows_take(csvrows->rows, csvrows->cells, csvrows->count, place, batch);
    csvrows->count = csvrows->byte_count = 0;
    csvrows->row_done = false;
    return status;
}

/* The text from `row` on stands behind a quote that nothing closes: each line of it is a reject. */
static enum kurs_status reject_open(const char *text, size_t row, size_t bytes, uint64_t line, struct batch *batch)
{
    enum kurs_status status = KURS_OK;
    uint64_t opened = line;
    for (size_t at = row, next; at < bytes && status == KURS_OK; at += next, line++) {
        size_t length = line_read(text + at, bytes - at, &next);
        struct batch_place place = place_of(text, at, at + length, line);
        place.quote_from = opened;
        if (trimmed(text + at, text + at + length).length > 0) {
            status = batch_reject(batch, &place, 1, false, "a quote is never closed");
        }
    }
    return status;
}

/* The rows between those that the lane takes. */
static enum kurs_status parse_quoted(struct csvrows *csvrows, const char *text, size_t bytes, bool last,
                                     struct batch *batch, size_t *consumed)
{
    enum kurs_status status = restart_parser(csvrows);
    size_t row = 0, at = 0, next; /* the row's first byte */
    uint64_t row_line = 1;        /* its first line */
    bool open = false;
    for (; at < bytes && status == KURS_OK; at += next) {
        if (!open) {
            const char *plain = text + at;
            status = take_plain(csvrows, &plain, text + bytes, batch);
            at = (size_t)(plain - text);
        }
        size_t length = line_read(text + at, bytes - at, &next);
        batch->lines++;
        if (!open) {
            row = at;
            row_line = batch->lines;
            if (trimmed(text + at, text + at + length).length == 0) {
                continue;
            }
        }
        if (at + next - row > ROW_BYTES_MAX) {
            batch->long_line = row_line;
            return KURS_ELIMIT;
        }
        status = status == KURS_OK ? feed(csvrows, text + at, next) : status;
        open = !csvrows->row_done;
        if (status == KURS_OK && open && last && at + next == bytes) {
            status = feed(csvrows, "\n", 1); /* ends the row, unless a quote is open */
            open = false;
            if (status == KURS_OK && !csvrows->row_done) {
                return reject_open(text, row, bytes, row_line, batch);
            }
        }
        if (status == KURS_OK && !open) {
            struct batch_place place = place_of(text, row, at + next, row_line);
            if (batch->lines > row_line) {
                place.quote_from = row_line;
                place.quote_until = batch->lines;
            }
            status = take_parsed(csvrows, &place, batch);
        }
    }
    *consumed = open ? row : bytes;
    batch->lines = open ? row_line - 1 : batch->lines;
    return status;
}

/* ---- lines that are one quoted field ---- */

/* "a;""b"";c" to a;"b";c. A line that is not wholly quoted stays as it is. */
static enum kurs_status unwrap(struct csvrows *csvrows, const char *text, size_t length, size_t *bytes)
{
    if (csvrows->line_room < length + 1) {
        char *grown = realloc(csvrows->line, 2 * length + 64);
        if (!grown) {
            return KURS_ENOMEM;
        }
        csvrows->line = grown;
        csvrows->line_room = 2 * length + 64;
    }
    bool wrapped = length >= 2 && text[0] == QUOTE && text[length - 1] == QUOTE;
    size_t from = wrapped, until = length - wrapped;
    *bytes = 0;
    for (size_t i = from; i < until; i++) {
        csvrows->line[(*bytes)++] = text[i];
        i += wrapped && text[i] == QUOTE && i + 1 < until && text[i + 1] == QUOTE;
    }
    return KURS_OK;
}

static enum kurs_status take_unwrapped(struct csvrows *csvrows, size_t bytes, const struct batch_place *place,
                                       struct batch *batch)
{
    if (!memchr(csvrows->line, QUOTE, bytes)) {
        split_line(csvrows, csvrows->line, csvrows->line + bytes);
        return rows_take(csvrows->rows, csvrows->cells, csvrows->count, place, batch);
    }
    enum kurs_status status = restart_parser(csvrows);
    status = status == KURS_OK ? feed(csvrows, csvrows->line, bytes) : status;
    if (csv_fini(&csvrows->parser, on_cell, on_row, csvrows) != 0 && status == KURS_OK) {
        status = KURS_ENOMEM;
    }
    status = status == KURS_OK ? csvrows->failed : status;
    return status == KURS_OK ? take_parsed(csvrows, place, batch) : status;
}

static enum kurs_status parse_wrapped(struct csvrows *csvrows, const char *text, size_t bytes, struct batch *batch)
{
    enum kurs_status status = KURS_OK;
    for (size_t at = 0, next; at < bytes && status == KURS_OK; at += next) {
        size_t length = line_read(text + at, bytes - at, &next), inside;
        batch->lines++;
        if (trimmed(text + at, text + at + length).length > 0) {
            struct batch_place place = place_of(text, at, at + length, batch->lines);
            status = unwrap(csvrows, text + at, length, &inside);
            status = status == KURS_OK ? take_unwrapped(csvrows, inside, &place, batch) : status;
        }
    }
    return status;
}

enum kurs_status csvrows_parse(struct csvrows *csvrows, const char *text, size_t bytes, bool last, struct batch *batch,
                               size_t *consumed)
{
    *consumed = bytes;
    csvrows->refused = 0;
    enum kurs_status status;
    if (csvrows->plan->quoted_lines) {
        status = parse_wrapped(csvrows, text, bytes, batch);
    } else if (csvrows->plan->delimiter != ' ' && memchr(text, QUOTE, bytes)) {
        status = parse_quoted(csvrows, text, bytes, last, batch, consumed);
    } else {
        status = parse_plain(csvrows, text, bytes, batch);
    }
    return status;
}
