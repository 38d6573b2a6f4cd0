/* sniff_variants.c owns telling several statistics of one rate apart: a month's mean and its last day ("M0", "M1"),
 * average and end of period ("A", "E"). It knows no publisher.
 * The idea: rows of one date and currency with different values are variants of it, and the column of few words in
 * which they differ says which is which. Importing both would let one replace the other, so one must be asked for. */
#include "ingest/pins.h"
#include "ingest/sniff_state.h"

#include <string.h>

enum { NEAR_ROWS = 80, WORDS_MAX = 6, WORD_BYTES_MAX = PLAN_FILTER_SIZE - 1 };

static bool same_cell(const struct sniff *sniff, size_t a, size_t b, size_t c)
{
    const struct grid_cell *x = grid_at(&sniff->grid, a, c), *y = grid_at(&sniff->grid, b, c);
    return x->length == y->length && memcmp(x->text, y->text, x->length) == 0;
}

/* One date and one currency, and a value that differs. */
static bool are_variants(const struct sniff *sniff, size_t a, size_t b)
{
    bool differ = false;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        enum plan_role role = sniff->column[c].role;
        if (role == ROLE_NONE || role == ROLE_UNITS || role == ROLE_UNITS_POWER || role == ROLE_CONVENTION)
            continue;
        bool same = same_cell(sniff, a, b, c);
        if (role != ROLE_VALUE && !same)
            return false;
        differ |= role == ROLE_VALUE && !same;
    }
    return differ;
}

/* The different words of a column, NULL-ended; false when there are more than a few, or long ones. */
static bool few_words(const struct sniff *sniff, size_t c, const struct grid_cell *words[WORDS_MAX + 1])
{
    size_t count = 0;
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
        bool known = !frame_is_data(&sniff->grid, &sniff->frame, r) || cell->kind == CELL_EMPTY;
        for (size_t i = 0; i < count && !known; i++)
            known = words[i]->length == cell->length && memcmp(words[i]->text, cell->text, cell->length) == 0;
        if (known)
            continue;
        if (count == WORDS_MAX || cell->length > WORD_BYTES_MAX)
            return false;
        words[count++] = cell;
    }
    words[count] = NULL;
    return count > 1;
}

enum kurs_status variants_decide(struct sniff *sniff)
{
    const header_words keys = WORD_BIT(WORD_COUNTRY) | WORD_BIT(WORD_CURRENCY);
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        const struct grid_cell *words[WORDS_MAX + 1];
        const char *told = sniff->options->column;
        size_t pairs = 0, told_apart = 0;
        if (column->role != ROLE_NONE || column->texts == 0 || column->numbers > 0 || column->constant ||
            (column->words & keys) || !few_words(sniff, c, words))
            continue;
        for (size_t a = sniff->frame.first; a < sniff->grid.row_count; a++)
            for (size_t b = a + 1; b < sniff->grid.row_count && b <= a + NEAR_ROWS; b++)
                if (frame_is_data(&sniff->grid, &sniff->frame, a) && frame_is_data(&sniff->grid, &sniff->frame, b) &&
                    are_variants(sniff, a, b)) {
                    pairs++;
                    told_apart += !same_cell(sniff, a, b, c);
                }
        if (pairs == 0 || told_apart < pairs)
            continue;
        for (size_t i = 0; told && words[i]; i++)
            if (strlen(told) == words[i]->length && memcmp(told, words[i]->text, words[i]->length) == 0) {
                column->role = ROLE_FILTER;
                sniff_step(sniff, "variants: only rows with %s in column %zu, as told", told, c + 1);
                return KURS_OK;
            }
        return sniff_stop(sniff, told ? KURS_EARGUMENT : KURS_EDECIDE, "--column names the one to take",
                          "a date has several rates, told apart by '%.*s' and '%.*s' in column %zu",
                          (int)words[0]->length, words[0]->text, (int)words[1]->length, words[1]->text, c + 1);
    }
    const char *told = sniff->options->column;
    if (told && !pins_is_bar(told))
        return sniff_stop(sniff, KURS_EARGUMENT, "columns of bars are open, high, low and close",
                          "--column '%s' is no word that tells its rates apart", told);
    return KURS_OK;
}
