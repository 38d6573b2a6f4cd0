/* sniff_frame.c owns telling preamble, heads, data and footer apart. It knows cells' shapes and no meanings but "date".
 * The idea: the column of dates is the backbone: rows with a date in it are data, what stands above is heads or
 * preamble, what stands below is footer. Only without one are currencies in a column the backbone. */
#include "ingest/sniff_state.h"

#include <string.h>

/* What a cell can be as the backbone; numbers that could be dates are weaker evidence than dates. */
enum backbone { BACKBONE_DATE, BACKBONE_COMPACT, BACKBONE_EPOCH, BACKBONE_YEAR, BACKBONE_SERIAL, BACKBONE_COUNT };

static int backbone_of(const struct grid_cell *cell)
{
    switch ((enum stamp_shape)cell->stamp) {
    case STAMP_DATE:
    case STAMP_MONTH:
        return BACKBONE_DATE;
    case STAMP_COMPACT:
        return BACKBONE_COMPACT;
    case STAMP_EPOCH:
        return BACKBONE_EPOCH;
    case STAMP_YEAR:
        return BACKBONE_YEAR;
    case STAMP_SERIAL:
        return BACKBONE_SERIAL;
    default:
        return -1;
    }
}

static size_t numbers_beside(const struct grid *grid, size_t row, size_t column)
{
    return grid->row[row].numbers - (grid_at(grid, row, column)->kind == CELL_NUMBER);
}

/* The words of the nearest head above a row, in one column. */
static header_words words_above(const struct grid *grid, size_t row, size_t column)
{
    enum { ROWS_UP_MAX = 3 };
    for (size_t up = 1; up <= ROWS_UP_MAX && up <= row; up++) {
        const struct grid_cell *cell = grid_at(grid, row - up, column);
        if (cell->kind != CELL_EMPTY)
            return header_find(cell->text, cell->length);
    }
    return 0;
}

struct tally {
    size_t rows, beside, first; /* with such a cell; of them with numbers in other columns; the first of them */
};

static struct tally tally_of(const struct grid *grid, size_t column, int backbone)
{
    struct tally tally = {0, 0, SIZE_MAX};
    for (size_t r = 0; r < grid->row_count; r++) {
        if (backbone_of(grid_at(grid, r, column)) != backbone)
            continue;
        tally.rows++;
        if (numbers_beside(grid, r, column) == 0)
            continue;
        tally.beside++;
        if (tally.first == SIZE_MAX)
            tally.first = r;
    }
    return tally;
}

/* Which of two equally full columns of dates is the rates': 2 named a date, 1 unnamed, 0 an end or a fetch time. */
static int date_rank(header_words words)
{
    if (words & WORD_BIT(WORD_LATE_DATE))
        return 0;
    return words & (WORD_BIT(WORD_DATE) | WORD_BIT(WORD_YEAR) | WORD_BIT(WORD_TIME)) ? 2 : 1;
}

/* Is a column of numbers that could be dates one? Years and epochs need a name or the first place. */
static bool is_plausible(const struct sniff *sniff, size_t column, int backbone, const struct tally *tally,
                         size_t numeric_rows)
{
    if (tally->beside == 0 || tally->beside * 2 < numeric_rows)
        return false;
    if (backbone == BACKBONE_DATE)
        return true;
    header_words words = words_above(&sniff->grid, tally->first, column);
    header_words date = WORD_BIT(WORD_DATE) | WORD_BIT(WORD_YEAR) | WORD_BIT(WORD_TIME);
    const char *pinned = sniff->options->date_format;
    header_words other = words & ~(date | WORD_BIT(WORD_LATE_DATE));
    if ((tally->beside * 10 < numeric_rows * 8 || other) && !(words & date))
        return false;
    if (backbone == BACKBONE_SERIAL)
        return (words & WORD_BIT(WORD_DATE)) || (pinned && strcmp(pinned, "excel") == 0);
    if (backbone == BACKBONE_YEAR)
        return column == 0 || (words & date) != 0;
    return (words & date) != 0 || column <= 2 || (backbone == BACKBONE_EPOCH && tally->beside == numeric_rows);
}

static bool is_pinned_column(const struct sniff *sniff, size_t column)
{
    const char *pinned = sniff->options->time_column;
    if (!pinned || !*pinned)
        return true;
    for (size_t r = 0; r < sniff->grid.row_count && r < GRID_HEAD_ROWS_MAX; r++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, r, column);
        if (cell->length == strlen(pinned) && memcmp(cell->text, pinned, cell->length) == 0)
            return true;
    }
    char *end = NULL;
    size_t number = 0;
    for (end = (char *)(uintptr_t)pinned; *end >= '0' && *end <= '9'; end++)
        number = number * 10 + (size_t)(*end - '0');
    return *end == 0 && number == column + 1;
}

/* Finds the column of dates; false when there is none. */
static bool find_dates(struct sniff *sniff)
{
    const struct grid *grid = &sniff->grid;
    struct frame *frame = &sniff->frame;
    size_t numeric_rows = 0;
    for (size_t r = 0; r < grid->row_count; r++)
        numeric_rows += numbers_beside(grid, r, SIZE_MAX) > 0;
    for (int backbone = 0; backbone < BACKBONE_COUNT; backbone++) {
        size_t best_rows = 0;
        int best_rank = -1;
        for (size_t c = 0; c < grid->column_count; c++) {
            struct tally tally = tally_of(grid, c, backbone);
            if (!is_plausible(sniff, c, backbone, &tally, numeric_rows) || !is_pinned_column(sniff, c))
                continue;
            int rank = date_rank(words_above(grid, tally.first, c));
            bool fuller = tally.beside * 10 > best_rows * 11;
            bool emptier = tally.beside * 11 < best_rows * 10;
            if (emptier || (!fuller && rank <= best_rank))
                continue;
            best_rows = tally.beside;
            best_rank = rank;
            frame->date_column = (int)c;
            frame->first = tally.first;
            static const enum stamp_shape shapes[] = {STAMP_DATE, STAMP_COMPACT, STAMP_EPOCH, STAMP_YEAR, STAMP_SERIAL};
            frame->date_shape = shapes[backbone];
        }
        if (best_rows > 0)
            return true;
    }
    return false;
}

/* Year, month and day in three columns: named so, or numbers of just that range at the left. */
static bool find_ymd(struct sniff *sniff)
{
    const struct grid *grid = &sniff->grid;
    if (grid->column_count < 4)
        return false;
    for (size_t c = 0; c + 3 < grid->column_count && c < 4; c++) {
        size_t rows = 0, fit = 0, first = SIZE_MAX;
        for (size_t r = 0; r < grid->row_count; r++) {
            static const int least[] = {1700, 1, 1}, most[] = {2100, 12, 31};
            bool fits = numbers_beside(grid, r, SIZE_MAX) > 1;
            rows += fits;
            for (size_t k = 0; k < 3 && fits; k++) {
                const struct grid_cell *cell = grid_at(grid, r, c + k);
                int value = 0;
                for (size_t i = 0; i < cell->length && i < 5; i++)
                    value = value * 10 + (cell->text[i] - '0');
                fits = cell->kind == CELL_NUMBER && cell->length <= 4 && value >= least[k] && value <= most[k];
            }
            fit += fits;
            if (fits && first == SIZE_MAX)
                first = r;
        }
        if (fit < 2 || fit * 10 < rows * 9)
            continue;
        sniff->frame.date_column = (int)c;
        sniff->frame.date_shape = STAMP_YEAR;
        sniff->frame.first = first;
        return true;
    }
    return false;
}

/* A row of dates over columns of numbers. */
static bool find_transposed(struct sniff *sniff)
{
    const struct grid *grid = &sniff->grid;
    for (size_t r = 0; r + 1 < grid->row_count; r++) {
        size_t dates = 0, years = 0, below = 0;
        for (size_t c = 1; c < grid->row[r].count; c++) {
            int backbone = backbone_of(grid_at(grid, r, c));
            bool dated = backbone == BACKBONE_DATE || backbone == BACKBONE_COMPACT;
            dates += dated;
            years += backbone == BACKBONE_YEAR;
            below += (dated || backbone == BACKBONE_YEAR) && grid_at(grid, r + 1, c)->kind != CELL_TEXT;
        }
        if (numbers_beside(grid, r, SIZE_MAX) > dates + years)
            continue;
        if ((dates >= 2 || years >= 3) && below * 2 >= dates + years && grid_at(grid, r + 1, 0)->kind == CELL_TEXT) {
            sniff->frame.transposed = true;
            sniff->frame.first = r;
            sniff->frame.date_shape = dates >= 2 ? STAMP_DATE : STAMP_YEAR;
            return true;
        }
    }
    return false;
}

/* Milliseconds since midnight in the first column of every row, rising: the date stands elsewhere, as in LEAN's files. */
static bool find_milliseconds(struct sniff *sniff)
{
    enum { ROWS_ENOUGH = 3 };
    const struct grid *grid = &sniff->grid;
    int64_t before = -1;
    for (size_t r = 0; r < grid->row_count; r++) {
        const struct grid_cell *cell = grid_at(grid, r, 0);
        int64_t value = 0;
        for (size_t i = 0; i < cell->length && i < 10; i++) {
            if (cell->text[i] < '0' || cell->text[i] > '9')
                return false;
            value = value * 10 + (cell->text[i] - '0');
        }
        if (cell->length == 0 || value <= before || value >= KURS_DAY_US / 1000 || numbers_beside(grid, r, 0) == 0)
            return false;
        before = value;
    }
    if (grid->row_count < ROWS_ENOUGH || before < KURS_MINUTE_US / 1000)
        return false;
    sniff->frame.date_column = 0;
    sniff->frame.date_shape = STAMP_NONE;
    sniff->frame.first = 0;
    return true;
}

static bool is_key(const struct grid_cell *cell)
{
    struct spoken subject;
    struct currency_match match;
    if (cell->kind != CELL_TEXT || cell->length > 60)
        return false;
    return currency_find(cell->text, cell->length, &match) ||
           (subject_parse(cell->text, cell->length, &subject) && !subject.index);
}

/* Without dates: the column that names most currencies, of rows with numbers. Codes and pairs win over names. */
static bool find_keys(struct sniff *sniff)
{
    const struct grid *grid = &sniff->grid;
    size_t best = 0;
    for (size_t c = 0; c < grid->column_count && c < 16; c++) {
        size_t keys = 0, first = SIZE_MAX;
        for (size_t r = 0; r < grid->row_count; r++) {
            const struct grid_cell *cell = grid_at(grid, r, c);
            if (numbers_beside(grid, r, c) == 0 || !is_key(cell))
                continue;
            keys += currency_code(cell->text, cell->length) ? 3 : 2;
            if (first == SIZE_MAX)
                first = r;
        }
        if (keys <= best)
            continue;
        best = keys;
        sniff->frame.key_column = (int)c;
        sniff->frame.first = first;
    }
    return best > 0;
}

bool frame_is_data(const struct grid *grid, const struct frame *frame, size_t row)
{
    if (row < frame->first)
        return false;
    if (frame->transposed)
        return row > frame->first && numbers_beside(grid, row, 0) > 0;
    if (frame->date_column >= 0) {
        const struct grid_cell *cell = grid_at(grid, row, (size_t)frame->date_column);
        int backbone = backbone_of(cell);
        if (frame->date_shape == STAMP_NONE) /* milliseconds of a day */
            return cell->kind == CELL_NUMBER;
        return backbone >= 0 && (backbone == BACKBONE_DATE) == (frame->date_shape == STAMP_DATE);
    }
    return numbers_beside(grid, row, (size_t)frame->key_column) > 0 &&
           grid_at(grid, row, (size_t)frame->key_column)->kind == CELL_TEXT;
}

/* Rows right above the first with a number that have a date as it has, and as many cells, are data too: of a rate that
 * is missing or malformed. */
static void find_start(struct sniff *sniff)
{
    const struct grid *grid = &sniff->grid;
    struct frame *frame = &sniff->frame;
    frame->start = frame->first;
    if (frame->transposed || frame->date_column < 0 || frame->date_shape != STAMP_DATE)
        return;
    size_t date = (size_t)frame->date_column;
    while (frame->start > 0 && grid->row[frame->start - 1].count == grid->row[frame->first].count &&
           backbone_of(grid_at(grid, frame->start - 1, date)) == BACKBONE_DATE)
        frame->start--;
}

/* Rows above the data that head many of its columns. */
static void find_heads(struct sniff *sniff)
{
    const struct grid *grid = &sniff->grid;
    struct frame *frame = &sniff->frame;
    size_t used = 0;
    for (size_t c = 0; c < grid->column_count; c++) {
        bool filled = false;
        for (size_t r = frame->first; r < grid->row_count && r < frame->first + 50 && !filled; r++)
            filled = grid_at(grid, r, c)->kind != CELL_EMPTY;
        used += filled;
    }
    for (size_t r = frame->start; r-- > 0 && frame->start - r <= 2 * FRAME_HEAD_ROWS_MAX;) {
        size_t filled = 0;
        for (size_t c = 0; c < grid->row[r].count; c++)
            filled += grid_at(grid, r, c)->kind != CELL_EMPTY;
        bool heads = filled * 3 >= used && (filled >= 2 || used < 2);
        if (heads && frame->head_count < FRAME_HEAD_ROWS_MAX)
            frame->head[frame->head_count++] = r;
    }
}

enum kurs_status frame_decide(struct sniff *sniff)
{
    struct frame *frame = &sniff->frame;
    *frame = (struct frame) {.date_column = -1, .key_column = -1};
    if (sniff->publisher && strncmp(sniff->publisher->columns, "ms-of-day", 9) == 0)
        frame->date_column = 0; /* and date_shape stays STAMP_NONE */
    else if (!find_dates(sniff) && !find_ymd(sniff) && !find_transposed(sniff) && !find_keys(sniff) &&
             !find_milliseconds(sniff))
        return sniff_stop(sniff, KURS_EREFUSED, "", "no row in it has a number beside a date or a currency");
    find_start(sniff);
    find_heads(sniff);
    const struct grid_row *first = &sniff->grid.row[frame->start];
    if (frame->transposed)
        sniff_step(sniff, "frame: the dates stand in line %llu, the currencies below", (unsigned long long)first->line);
    else if (frame->date_column >= 0)
        sniff_step(sniff, "frame: dates in column %d, data from line %llu, %zu rows of heads", frame->date_column + 1,
                   (unsigned long long)first->line, frame->head_count);
    else
        sniff_step(sniff, "frame: no column of dates; currencies in column %d, data from line %llu",
                   frame->key_column + 1, (unsigned long long)first->line);
    return KURS_OK;
}
