/* sniff_columns.c owns the profile of each column: what its heads say and what its cells are. It decides nothing.
 * The idea: heads and contents are evidence of equal rank and are gathered once, so that the later steps compare plain
 * counts. */
#include "ingest/sniff_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* A rough value, for comparing sizes only: the last mark that is followed by other than three digits, or stands with
 * another kind of mark, is the decimal one. */
static double rough_value(const struct grid_cell *cell)
{
    double value = 0, scale = 1;
    const char *last = NULL;
    size_t commas = 0, dots = 0, behind = 0;
    for (size_t i = 0; i < cell->length; i++) {
        commas += cell->text[i] == ',';
        dots += cell->text[i] == '.';
        if (cell->text[i] == ',' || cell->text[i] == '.')
            last = cell->text + i;
    }
    if (last)
        behind = (size_t)(cell->text + cell->length - last) - 1;
    bool decimal = last && ((commas > 0 && dots > 0) || (commas + dots == 1 && (*last == '.' || behind != 3)));
    for (size_t i = 0; i < cell->length; i++) {
        char c = cell->text[i];
        if (c == 'e' || c == 'E')
            break;
        if (c < '0' || c > '9')
            continue;
        value = value * 10 + (c - '0');
        if (decimal && cell->text + i > last)
            scale *= 10;
    }
    return value / scale;
}

static bool is_power_of_ten(double value)
{
    while (value >= 10)
        value /= 10;
    return value == 1;
}

/* "ONE/USD", in capitals: a pair whose codes need not be in the tables when the head says so, or one of them is. */
static bool is_spelled_pair(const struct grid_cell *cell, bool *known)
{
    char text[KURS_NAME_SIZE];
    struct kurs_name name;
    if (cell->length >= sizeof text || memchr(cell->text, '/', cell->length) == NULL)
        return false;
    memcpy(text, cell->text, cell->length);
    text[cell->length] = '\0';
    if (kurs_name_parse(text, &name, NULL) != KURS_OK || strncmp(text, name.base, strlen(name.base)) != 0)
        return false;
    *known = currency_code(name.base, strlen(name.base)) || currency_code(name.quote, strlen(name.quote));
    return true;
}

static void count_text(struct column *column, const struct grid_cell *cell)
{
    struct spoken subject;
    struct currency_match match;
    column->texts++;
    if (cell->length > 60)
        return;
    if (subject_parse(cell->text, cell->length, &subject) && !subject.index) {
        if (subject_is_pair(&subject)) {
            column->pairs++;
            return;
        }
    }
    bool known = false;
    if (is_spelled_pair(cell, &known)) {
        column->pairs += known;
        column->spelled += !known;
        return;
    }
    if (cell->length <= 4 && (currency_code(cell->text, cell->length) || currency_symbol(cell->text, cell->length)))
        column->codes++;
    else if (currency_find(cell->text, cell->length, &match) || subject.one[0])
        column->names++;
}

static void count_cell(struct column *column, const struct grid_cell *cell, const struct grid_cell *first)
{
    if (cell->kind == CELL_EMPTY)
        return;
    if (cell->kind == CELL_MISSING) {
        column->missing++;
        return;
    }
    column->filled++;
    column->constant &= first->length == cell->length && memcmp(first->text, cell->text, cell->length) == 0;
    if (cell->length > column->length_max)
        column->length_max = cell->length;
    if (cell->kind == CELL_TEXT) {
        count_text(column, cell);
        return;
    }
    column->times += cell->stamp == STAMP_TIME;
    if (cell->kind != CELL_NUMBER)
        return;
    double value = rough_value(cell);
    bool integer = true;
    for (size_t i = 0; i < cell->length; i++)
        integer &= cell->text[i] >= '0' && cell->text[i] <= '9';
    column->numbers++;
    column->integers += integer;
    column->percents += cell->percent;
    column->zeros += value == 0;
    column->units += is_power_of_ten(value);
    column->fractions += value != floor(value);
    if (value > 0 && (column->least == 0 || value < column->least))
        column->least = value;
    if (value > column->most)
        column->most = value;
}

/* Text columns repeat themselves; a few hundred cells say what they are. */
enum { PROFILE_TEXT_ROWS_MAX = 120 };

static void profile_cells(struct sniff *sniff, size_t c)
{
    struct column *column = &sniff->column[c];
    const struct grid_cell *first = NULL;
    size_t rows = 0;
    column->constant = true;
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        if (!frame_is_data(&sniff->grid, &sniff->frame, r))
            continue;
        const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
        if (!first && cell->kind != CELL_EMPTY && cell->kind != CELL_MISSING)
            first = cell;
        if (cell->kind == CELL_TEXT && ++rows > PROFILE_TEXT_ROWS_MAX)
            continue;
        count_cell(column, cell, first);
    }
}

/* How much a head row says about the columns: pairs count most, then currencies. */
static size_t subjects_of_row(const struct sniff *sniff, size_t row)
{
    size_t score = 0;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct spoken subject;
        const struct grid_cell *cell = grid_at(&sniff->grid, row, c);
        if (cell->kind == CELL_EMPTY || !subject_parse(cell->text, cell->length, &subject))
            continue;
        score += subject_is_pair(&subject) ? 4 : subject.one[0] ? 2 : 1;
    }
    return score;
}

/* What two heads of one column say together: "Currency:_Per_USD" and "JPY" are USD/JPY. */
static void join_subjects(struct spoken *subject, const struct spoken *more)
{
    if (more->index)
        subject->index = true;
    if (more->cash)
        subject->cash = true;
    if (!subject->label[0])
        memcpy(subject->label, more->label, sizeof subject->label);
    if (subject->units == 0 && (strcmp(subject->one, more->one) == 0 || subject_is_pair(more)))
        subject->units = more->units;
    if (subject_is_pair(subject))
        return;
    bool half = subject->base[0] || subject->quote[0];
    bool more_half = (more->base[0] || more->quote[0]) && !subject_is_pair(more);
    if (!half && !subject->one[0]) {
        *subject = *more;
    } else if (half && more->one[0]) {
        char *missing = subject->base[0] ? subject->quote : subject->base;
        const char *known = subject->base[0] ? subject->base : subject->quote;
        if (strcmp(known, more->one) != 0)
            memcpy(missing, more->one, KURS_CODE_SIZE);
    } else if (subject->one[0] && more_half) {
        struct spoken joined = *more;
        join_subjects(&joined, subject);
        joined.index |= subject->index;
        if (subject_is_pair(&joined))
            *subject = joined;
    }
}

/* Two-storey heads: an upper head stands for the empty ones to its right ("USD,,EUR," over "Buy,Sell,Buy,Sell"). */
static const struct grid_cell *spanning_head(const struct sniff *sniff, size_t row, size_t c)
{
    const struct grid_cell *cell = grid_at(&sniff->grid, row, c);
    size_t from = c;
    if (cell->kind != CELL_EMPTY || row == sniff->frame.head[0])
        return cell;
    while (from > 1 && c - from < 6 && grid_at(&sniff->grid, row, from)->kind == CELL_EMPTY)
        from--;
    struct spoken subject;
    const struct grid_cell *left = grid_at(&sniff->grid, row, from);
    const struct grid_cell *own = grid_at(&sniff->grid, sniff->frame.head[0], c);
    bool speaks = from > 0 && subject_parse(left->text, left->length, &subject);
    return speaks && own->kind != CELL_EMPTY ? left : cell;
}

static bool is_named(const struct column *column)
{
    return column->subject.one[0] || column->subject.base[0] || column->subject.quote[0];
}

static void profile_heads(struct sniff *sniff)
{
    const struct frame *frame = &sniff->frame;
    size_t best = 0, best_score = 0;
    for (size_t i = 0; i < frame->head_count; i++) {
        size_t score = subjects_of_row(sniff, frame->head[i]);
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        column->head = "";
        for (size_t k = 0; k < frame->head_count; k++) {
            size_t i = k == 0 ? best : k <= best ? k - 1 : k; /* the row that says most first, then the nearest */
            const struct grid_cell *cell = spanning_head(sniff, frame->head[i], c);
            struct spoken subject;
            if (subject_parse(cell->text, cell->length, &subject))
                join_subjects(&column->subject, &subject);
        }
        for (size_t i = 0; i < frame->head_count; i++) {
            const struct grid_cell *cell = grid_at(&sniff->grid, frame->head[i], c);
            if (cell->kind == CELL_EMPTY)
                continue;
            if (!column->head_length) {
                column->head = cell->text;
                column->head_length = cell->length;
            }
            column->words |= header_find(cell->text, cell->length);
            if (column->subject.units == 0 && is_named(column))
                column->subject.units = subject_units(cell->text, cell->length); /* "JPY" over "per 100" */
        }
    }
}

/* "Egység;1;1;100;1": a row of numbers that a word says are units. */
static bool is_units_row(const struct sniff *sniff, size_t row)
{
    const struct grid_cell *label = grid_at(&sniff->grid, row, 0);
    bool whole = sniff->grid.row[row].numbers > 0 && sniff->grid.row[row].numbers + 2 >= sniff->grid.row[row].count;
    return whole && (header_find(label->text, label->length) & WORD_BIT(WORD_UNITS));
}

/* Such a row over the data, or else at its foot. The multipliers of the Federal Reserve are not such. */
static void profile_units(struct sniff *sniff)
{
    size_t first = sniff->frame.first, found = SIZE_MAX;
    for (size_t row = first; row > 0 && first - row < 4 && found == SIZE_MAX;)
        if (is_units_row(sniff, --row))
            found = row;
    for (size_t row = first; row < sniff->grid.row_count && found == SIZE_MAX; row++)
        if (!frame_is_data(&sniff->grid, &sniff->frame, row) && is_units_row(sniff, row))
            found = row;
    if (found == SIZE_MAX)
        return;
    for (size_t c = 1; c < sniff->grid.row[found].count; c++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, found, c);
        double value = cell->kind == CELL_NUMBER ? rough_value(cell) : 0;
        if (value >= 1 && is_power_of_ten(value) && sniff->column[c].subject.units == 0)
            sniff->column[c].subject.units = (int64_t)value;
    }
    sniff_step(sniff, "units: in line %llu", (unsigned long long)sniff->grid.row[found].line);
}

enum kurs_status columns_profile(struct sniff *sniff)
{
    sniff->column = calloc(sniff->grid.column_count, sizeof *sniff->column);
    if (!sniff->column)
        return error_what(sniff->error, KURS_ENOMEM, "cannot look at '%s'", sniff->input->name);
    for (size_t c = 0; c < sniff->grid.column_count; c++)
        profile_cells(sniff, c);
    profile_heads(sniff);
    profile_units(sniff);
    return KURS_OK;
}
