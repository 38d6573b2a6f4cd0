/* sniff_grid.c owns splitting a window into cells and choosing the delimiter for it. It knows no columns or meanings.
 * The idea: a delimiter is right when what it leaves between its marks can be read; counting equal marks a line alone
 * takes decimal commas for columns. Splitting is lenient (a quote inside a cell is text), as rows.c will reject what is
 * malformed. */
#include "ingest/sniff_grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "ingest/ascii.h"
#include "ingest/lines.h"
#include "ingest/number.h"
#include "ingest/tables.h"

/* ---- Cells ---- */

/* No-break, narrow no-break space and the typographic apostrophe, which part thousands; their bytes, else 0. */
static size_t wide_mark(const char *text, size_t length)
{
    static const char *const marks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x99"};
    if ((unsigned char)text[0] < 0x80)
        return 0;
    for (size_t i = 0; i < 3; i++) {
        size_t bytes = strlen(marks[i]);
        if (length >= bytes && memcmp(text, marks[i], bytes) == 0)
            return bytes;
    }
    return 0;
}

/* Digits with marks between; what follows them is *rest. */
static bool take_number(const char *text, size_t length, size_t *rest)
{
    size_t at = 0, digits = 0, last = 0;
    if (at < length && (text[at] == '-' || text[at] == '+'))
        at++;
    while (at < length) {
        size_t wide = wide_mark(text + at, length - at);
        if (ascii_is_digit(text[at])) {
            digits++;
            last = ++at;
        } else if (wide > 0 && digits > 0) {
            at += wide;
        } else if (text[at] == '.' || text[at] == ',' || ((text[at] == ' ' || text[at] == '\'') && digits > 0)) {
            at++;
        } else {
            break;
        }
    }
    *rest = last;
    return digits > 0;
}

static bool is_number(const char *text, size_t length, bool *percent)
{
    size_t rest;
    *percent = false;
    if (!take_number(text, length, &rest))
        return false;
    const char *end = text + rest;
    size_t left = length - rest;
    if (left >= 2 && (*end == 'e' || *end == 'E')) {
        size_t sign = end[1] == '-' || end[1] == '+';
        size_t at = 1 + sign;
        while (at < left && ascii_is_digit(end[at]))
            at++;
        return at == left && at > 1 + sign;
    }
    while (left > 0 && *end == ' ')
        end++, left--;
    *percent = left == 1 && strchr("%KMBkmb", *end) != NULL;
    return left == 0 || *percent || (left == 1 && (*end == '.' || *end == ','));
}

/* A number that can be no date: one mark, and before it neither the ten digits of an epoch nor the five of a day of
 * Excel. Most cells are such. */
static bool is_plain_number(const char *text, size_t length)
{
    size_t marks = 0, digits_before = 0;
    for (size_t i = 0; i < length; i++) {
        bool digit = ascii_is_digit(text[i]);
        if (!digit && text[i] != '.' && text[i] != ',')
            return false;
        marks += !digit;
        digits_before += digit && marks == 0;
    }
    return marks == 1 && digits_before != 10 && digits_before != 5;
}

/* "$1.0875": a number with a mark under a currency sign. "100 ¥" is a head of units. */
static bool is_signed_rate(const char *text, size_t length)
{
    bool percent;
    return number_unsign(&text, &length) && is_number(text, length, &percent) && !percent &&
           (memchr(text, '.', length) || memchr(text, ',', length));
}

struct grid_cell grid_cell_of(const char *text, size_t length)
{
    while (length > 0 && (*text == ' ' || *text == '\t'))
        text++, length--;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t' || text[length - 1] == '\r'))
        length--;
    struct grid_cell cell = {.text = text, .length = (uint32_t)length, .kind = CELL_TEXT};
    if (length == 0) {
        cell.kind = CELL_EMPTY;
        return cell;
    }
    bool number = is_number(text, length, &cell.percent);
    if (!number && is_signed_rate(text, length)) {
        number_unsign(&cell.text, &length);
        cell.length = (uint32_t)length;
        cell.kind = CELL_NUMBER;
        return cell;
    }
    if (!number || !is_plain_number(text, length))
        cell.stamp = (uint8_t)stamp_shape(text, length);
    if (cell.stamp == STAMP_DATE || cell.stamp == STAMP_MONTH || cell.stamp == STAMP_TIME ||
        (cell.stamp != STAMP_NONE && !number))
        cell.kind = CELL_STAMP;
    else if (number)
        cell.kind = CELL_NUMBER;
    else if (missing_find(text, length))
        cell.kind = CELL_MISSING;
    return cell;
}

/* ---- Splitting ---- */

/* One cell from `at`; *next is behind its delimiter, or past `length` when it was the last. */
static struct grid_cell take_cell(const char *line, size_t length, size_t at, char delimiter, size_t *next)
{
    size_t from = at, until;
    while (at < length && line[at] == ' ' && delimiter != ' ')
        at++;
    if (at < length && line[at] == '"') {
        size_t end = at + 1;
        while (end < length && (line[end] != '"' || (end + 1 < length && line[end + 1] == '"')))
            end += line[end] == '"' ? 2 : 1;
        size_t behind = end + 1;
        while (behind < length && line[behind] == ' ' && delimiter != ' ')
            behind++;
        if (end < length && (behind >= length || line[behind] == delimiter)) {
            *next = behind + 1;
            return grid_cell_of(line + at + 1, end - at - 1);
        }
    }
    const char *mark = memchr(line + from, delimiter, length - from);
    until = mark ? (size_t)(mark - line) : length;
    *next = until + 1;
    if (delimiter == ' ')
        while (*next < length && line[*next] == ' ')
            ++*next;
    return grid_cell_of(line + from, until - from);
}

static void unquote_line(const struct grid_dialect *dialect, const char **line, size_t *length)
{
    if (dialect->quoted_lines && *length >= 2 && (*line)[0] == '"' && (*line)[*length - 1] == '"') {
        *line += 1;
        *length -= 2;
    }
}

/* The length of the logical row at the start of (text, bytes): quoted cells may hold line ends. */
static size_t row_bytes(const struct grid_dialect *dialect, const char *text, size_t bytes, size_t *next,
                        uint64_t *lines)
{
    size_t length = line_read(text, bytes, next);
    *lines = 1;
    if (!dialect->has_quotes || dialect->quoted_lines)
        return length;
    enum { LINES_IN_ROW_MAX = 20 }; /* a lone quote must not swallow the file */
    size_t single = length, single_next = *next;
    size_t quotes = 0, counted = 0;
    for (;;) {
        for (; counted < length; counted++)
            quotes += text[counted] == '"';
        if (quotes % 2 == 0)
            return length;
        if (*next >= bytes || *lines == LINES_IN_ROW_MAX)
            break;
        size_t more, more_length = line_read(text + *next, bytes - *next, &more);
        length = *next + more_length;
        *next += more;
        ++*lines;
    }
    *next = single_next;
    *lines = 1;
    return single;
}

static bool grow(void **array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return true;
    size_t more = *capacity ? 2 * *capacity : 1024;
    void *grown = realloc(*array, more * size);
    if (!grown)
        return false;
    *array = grown;
    *capacity = more;
    return true;
}

static enum kurs_status add_row(struct grid *grid, const char *line, size_t length, uint64_t number, size_t byte,
                                bool tail, struct kurs_error *error)
{
    unquote_line(&grid->dialect, &line, &length);
    if (!grow((void **)&grid->row, &grid->row_capacity, grid->row_count + 1, sizeof *grid->row))
        return error_what(error, KURS_ENOMEM, "cannot look at the file");
    struct grid_row *row = &grid->row[grid->row_count];
    *row = (struct grid_row) {.line = number, .byte = byte, .first = (uint32_t)grid->cell_count, .tail = tail};
    bool filled = false;
    size_t at = 0;
    if (grid->dialect.delimiter == ' ')
        while (at < length && line[at] == ' ')
            at++;
    for (bool more = true; more;) {
        if (row->count == GRID_COLUMNS_MAX) {
            error_what(error, KURS_ELIMIT, "cannot read line %llu", (unsigned long long)number);
            return error_why(error, KURS_ELIMIT, "it has more than %d columns", GRID_COLUMNS_MAX);
        }
        if (!grow((void **)&grid->cell, &grid->cell_capacity, grid->cell_count + 1, sizeof *grid->cell))
            return error_what(error, KURS_ENOMEM, "cannot look at the file");
        size_t next;
        struct grid_cell cell = take_cell(line, length, at, grid->dialect.delimiter, &next);
        grid->cell[grid->cell_count++] = cell;
        row->count++;
        row->numbers += cell.kind == CELL_NUMBER;
        filled |= cell.kind != CELL_EMPTY;
        more = next <= length && !(grid->dialect.delimiter == ' ' && next == length);
        at = next;
    }
    if (!filled) {
        grid->cell_count = row->first;
        return KURS_OK;
    }
    if (row->count > grid->column_count)
        grid->column_count = row->count;
    grid->row_count++;
    return KURS_OK;
}

/* Where the last GRID_TAIL_ROWS_MAX lines start. */
static size_t tail_start(const char *text, size_t bytes)
{
    size_t at = bytes;
    for (int rows = 0; at > 0 && rows <= GRID_TAIL_ROWS_MAX && bytes - at < GRID_WINDOW_BYTES; at--)
        rows += text[at - 1] == '\n' || (text[at - 1] == '\r' && (at == bytes || text[at] != '\n'));
    size_t next = 0;
    if (at > 0 && at < bytes)
        (void)line_read(text + at, bytes - at, &next);
    return at + next;
}

enum kurs_status grid_read(struct grid *grid, const struct grid_dialect *dialect, const char *text, size_t bytes,
                           bool whole, struct kurs_error *error)
{
    size_t at = 0;
    uint64_t line = 1;
    *grid = (struct grid) {.dialect = *dialect};
    while (at < bytes && at < GRID_WINDOW_BYTES && grid->row_count < GRID_HEAD_ROWS_MAX) {
        size_t next;
        uint64_t lines;
        size_t length = row_bytes(dialect, text + at, bytes - at, &next, &lines);
        if (length > GRID_ROW_BYTES_MAX) {
            error_what(error, KURS_ELIMIT, "cannot read line %llu", (unsigned long long)line);
            return error_why(error, KURS_ELIMIT, "it is longer than %zu bytes", GRID_ROW_BYTES_MAX);
        }
        enum kurs_status status = add_row(grid, text + at, length, line, at, false, error);
        if (status != KURS_OK)
            return status;
        at += next;
        line += lines;
    }
    size_t tail = whole ? tail_start(text, bytes) : bytes;
    for (at = tail > at ? tail : at; at < bytes;) {
        size_t next;
        uint64_t lines;
        size_t length = row_bytes(dialect, text + at, bytes - at, &next, &lines);
        enum kurs_status status = add_row(grid, text + at, length, 0, at, true, error);
        if (status != KURS_OK)
            return status;
        at += next;
    }
    return KURS_OK;
}

void grid_release(struct grid *grid)
{
    free(grid->row);
    free(grid->cell);
    *grid = (struct grid) {0};
}

const struct grid_cell *grid_at(const struct grid *grid, size_t row, size_t column)
{
    static const struct grid_cell empty = {.text = "", .kind = CELL_EMPTY};
    const struct grid_row *r = &grid->row[row];
    return column < r->count ? &grid->cell[r->first + column] : &empty;
}

/* ---- Dialect ---- */

enum { DIALECT_LINES_MAX = 200, DIALECT_CELLS_MAX = 64 };
#define DIALECT_BYTES_MAX ((size_t)64 * 1024)

/* Lines that are one quoted field with delimiters but no quotes inside. */
static bool lines_are_quoted(const char *text, size_t bytes)
{
    size_t lines = 0, whole = 0;
    for (size_t at = 0; at < bytes && lines < DIALECT_LINES_MAX;) {
        size_t next, length = line_read(text + at, bytes - at, &next);
        const char *line = text + at;
        at += next;
        if (length == 0)
            continue;
        lines++;
        whole += length > 2 && line[0] == '"' && line[length - 1] == '"' && !memchr(line + 1, '"', length - 2) &&
                 (memchr(line, '\t', length) || memchr(line, ',', length) || memchr(line, ';', length));
    }
    return lines > 1 && whole * 10 >= lines * 9;
}

static bool is_readable(const struct grid_cell *cell)
{
    return cell->kind == CELL_NUMBER || cell->kind == CELL_STAMP || cell->kind == CELL_MISSING ||
           (cell->length <= 4 && cell->kind == CELL_TEXT && currency_code(cell->text, cell->length));
}

/* How well a delimiter splits: the lines that have the commonest number (> 1) of cells, in permille of the lines that
 * count, times the part of their cells that can be read, the more the better. */
static double dialect_score(const struct grid_dialect *dialect, const char *text, size_t bytes)
{
    size_t lines_with[DIALECT_CELLS_MAX + 1] = {0}, readable_with[DIALECT_CELLS_MAX + 1] = {0};
    size_t cells_with[DIALECT_CELLS_MAX + 1] = {0}, lines = 0;
    for (size_t at = 0; at < bytes && lines < DIALECT_LINES_MAX;) {
        size_t next, count = 0, readable = 0, filled = 0;
        uint64_t unused;
        size_t length = row_bytes(dialect, text + at, bytes - at, &next, &unused);
        const char *line = text + at;
        at += next;
        if (length == 0)
            continue;
        lines++;
        unquote_line(dialect, &line, &length);
        for (size_t from = 0; from <= length; count++) {
            size_t behind;
            struct grid_cell cell = take_cell(line, length, from, dialect->delimiter, &behind);
            filled += cell.kind != CELL_EMPTY;
            readable += count < DIALECT_CELLS_MAX && is_readable(&cell);
            from = behind;
        }
        size_t capped = count < DIALECT_CELLS_MAX ? count : DIALECT_CELLS_MAX;
        lines_with[capped]++;
        readable_with[capped] += readable;
        cells_with[capped] += filled < DIALECT_CELLS_MAX ? filled : DIALECT_CELLS_MAX;
    }
    double best = 0;
    for (size_t count = 2; count <= DIALECT_CELLS_MAX; count++) {
        if (lines_with[count] == 0 || cells_with[count] == 0)
            continue;
        double readable = (double)readable_with[count] / (double)cells_with[count];
        double row = (double)readable_with[count] / (double)lines_with[count];
        double score = (double)lines_with[count] / (double)lines * (0.05 + readable) * (1 + (row < 8 ? row : 8) / 4);
        if (score > best)
            best = score;
    }
    return best;
}

void grid_dialect_decide(const char *text, size_t bytes, char delimiter, struct grid_dialect *dialect)
{
    static const char delimiters[] = {',', ';', '\t', '|', ' '};
    if (bytes > DIALECT_BYTES_MAX)
        bytes = DIALECT_BYTES_MAX;
    *dialect = (struct grid_dialect) {.delimiter = ','};
    dialect->has_quotes = memchr(text, '"', bytes) != NULL;
    dialect->quoted_lines = lines_are_quoted(text, bytes);
    if (delimiter) {
        dialect->delimiter = delimiter;
        return;
    }
    double best = 0;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        struct grid_dialect candidate = *dialect;
        candidate.delimiter = delimiters[i];
        double score = dialect_score(&candidate, text, bytes);
        if (delimiters[i] == ' ') /* words are parted by spaces too */
            score *= 0.5;
        if (score > best * 1.02) {
            best = score;
            dialect->delimiter = delimiters[i];
        }
    }
}
