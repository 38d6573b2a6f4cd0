/* sniff_roles.c owns which columns are the time, the key, the units, and which may hold rates. It leaves the choice
 * among the latter to values_decide. The idea: contents propose, heads dispose: a head's word counts only where the
 * cells can be what it says ("Currency" over 1.23 is no key). */
#include "ingest/sniff_state.h"

#include <stdlib.h>
#include <string.h>

static bool says(const struct column *column, enum header_word word)
{
    return (column->words & WORD_BIT(word)) != 0;
}

/* All, but for a fifth of them, or one in a short file. */
static bool are_most(size_t part, size_t all)
{
    bool but_one = part >= 2 && all - part == 1;
    return part > 0 && (but_one || part * 10 >= all * 8);
}

static bool is_numeric(const struct column *column)
{
    return are_most(column->numbers, column->filled);
}

/* ---- Time ---- */

/* A column of times of day that belongs to the dates. */
static bool is_clock(const struct sniff *sniff, size_t c)
{
    const struct column *column = &sniff->column[c];
    if (column->times * 10 >= column->filled * 9 && column->filled > 0)
        return true;
    if (!is_numeric(column) || column->integers != column->numbers || column->length_max > 9)
        return false;
    bool named = says(column, WORD_TIME) && !says(column, WORD_VOLUME);
    bool beside = (int)c == sniff->frame.date_column + 1 && sniff->frame.head_count == 0 && column->length_max == 6 &&
                  column->most < 240000 && (column->constant ? column->zeros > 0 : true) &&
                  column->zeros + column->integers >= column->filled;
    return named || (beside && sniff->frame.date_shape != STAMP_EPOCH);
}

static bool has_clock(const struct sniff *sniff, size_t c)
{
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
        if (frame_is_data(&sniff->grid, &sniff->frame, r) && memchr(cell->text, ':', cell->length))
            return true;
    }
    return false;
}

static void choose_time(struct sniff *sniff)
{
    size_t date = (size_t)sniff->frame.date_column;
    sniff->column[date].role = ROLE_DATE;
    bool ymd = sniff->frame.date_shape == STAMP_YEAR && date + 2 < sniff->grid.column_count;
    for (size_t k = 1; k < 3 && ymd; k++) {
        static const double most[] = {0, 12, 31};
        const struct column *column = &sniff->column[date + k];
        static const enum header_word words[] = {WORD_YEAR, WORD_MONTH, WORD_DAY};
        bool range =
            is_numeric(column) && column->integers == column->numbers && column->least >= 1 && column->most <= most[k];
        ymd = range && (says(column, words[k]) || sniff->frame.head_count == 0);
    }
    for (size_t k = 1; k < 3 && ymd; k++)
        sniff->column[date + k].role = ROLE_DATE;
    if (sniff->frame.date_shape == STAMP_YEAR && !ymd && date + 1 < sniff->grid.column_count) {
        struct column *month = &sniff->column[date + 1];
        if (says(month, WORD_MONTH) && is_numeric(month) && month->most <= 12)
            month->role = ROLE_DATE;
    }
    bool open = sniff->frame.date_shape == STAMP_DATE || sniff->frame.date_shape == STAMP_COMPACT || ymd;
    if (!open || has_clock(sniff, date))
        return;
    for (size_t c = date + 1; c < sniff->grid.column_count && c <= date + 4; c++)
        if (sniff->column[c].role == ROLE_NONE && is_clock(sniff, c)) {
            sniff->column[c].role = ROLE_DATE;
            return;
        }
}

/* ---- Keys ---- */

/* How well a column names each row's currency: 0 not at all. Pairs over codes over names over countries. */
static size_t key_rank(const struct column *column)
{
    size_t pairs = column->pairs + (says(column, WORD_PAIR) ? column->spelled : 0);
    size_t known = pairs + column->codes + column->names;
    size_t texts = column->texts < 120 ? column->texts : 120;
    if (column->numbers > 0 || texts == 0 || known * 10 < texts * 4)
        return 0;
    if (pairs * 10 >= texts * 5)
        return 4;
    if (column->codes * 10 >= texts * 6)
        return 3;
    return says(column, WORD_COUNTRY) && !says(column, WORD_CURRENCY) ? 1 : 2;
}

/* Columns named base and quote, both of codes, tell more than a pair: they need no reading of direction. */
static bool choose_sides(struct sniff *sniff)
{
    size_t base = SIZE_MAX, quote = SIZE_MAX;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        const struct column *column = &sniff->column[c];
        if (column->role != ROLE_NONE || key_rank(column) != 3)
            continue;
        if (says(column, WORD_BASE) && base == SIZE_MAX)
            base = c;
        else if (says(column, WORD_QUOTE) && quote == SIZE_MAX)
            quote = c;
    }
    for (size_t c = 0; c < sniff->grid.column_count && base != SIZE_MAX && quote == SIZE_MAX; c++)
        if (c != base && key_rank(&sniff->column[c]) == 3 && says(&sniff->column[c], WORD_CURRENCY))
            quote = c; /* "CURRENCY, CURRENCY_DENOM" */
    if (base == SIZE_MAX || quote == SIZE_MAX)
        return false;
    sniff->column[base].role = ROLE_BASE;
    sniff->column[quote].role = ROLE_QUOTE;
    return true;
}

/* Of two columns of names: the one more of whose names are known; then the one named so; then the longer names, as
 * "Australia-Dollar" says more than "Dollar". */
static bool is_better_key(const struct column *column, bool named, const struct column *best)
{
    bool best_named = (best->words & (WORD_BIT(WORD_CURRENCY) | WORD_BIT(WORD_PAIR))) != 0;
    size_t known = (column->codes + column->names) * best->texts,
           best_known = (best->codes + best->names) * column->texts;
    if (known * 10 > best_known * 11 || known * 11 < best_known * 10)
        return known > best_known;
    if (named != best_named)
        return named;
    return column->codes == 0 && best->codes == 0 && named && column->length_max > best->length_max + 3;
}

static void choose_keys(struct sniff *sniff)
{
    if (choose_sides(sniff))
        return;
    size_t base = SIZE_MAX, quote = SIZE_MAX, best = SIZE_MAX, best_rank = 0;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        size_t rank = column->role == ROLE_NONE ? key_rank(column) : 0;
        if (rank == 0 || rank < best_rank)
            continue;
        bool named = (column->words & (WORD_BIT(WORD_CURRENCY) | WORD_BIT(WORD_PAIR))) != 0;
        bool better = rank > best_rank ||
                      (best != SIZE_MAX && base == SIZE_MAX && is_better_key(column, named, &sniff->column[best]));
        if (rank > best_rank)
            base = quote = SIZE_MAX;
        if (says(column, WORD_BASE) && base == SIZE_MAX)
            base = c;
        if (says(column, WORD_QUOTE) && quote == SIZE_MAX)
            quote = c;
        if (better) {
            best = c;
            best_rank = rank;
        }
    }
    if (best == SIZE_MAX)
        return;
    if (best_rank == 4) {
        sniff->column[best].role = ROLE_PAIR;
        return;
    }
    if (base != SIZE_MAX)
        sniff->column[base].role = ROLE_BASE;
    if (quote != SIZE_MAX)
        sniff->column[quote].role = ROLE_QUOTE;
    for (size_t c = 0; c < sniff->grid.column_count && (base == SIZE_MAX) != (quote == SIZE_MAX); c++) {
        /* "CURRENCY, CURRENCY_DENOM": the other side is the one not named */
        struct column *column = &sniff->column[c];
        if (column->role == ROLE_NONE && key_rank(column) == best_rank &&
            (column->words & (WORD_BIT(WORD_CURRENCY) | WORD_BIT(WORD_PAIR)))) {
            column->role = base == SIZE_MAX ? ROLE_BASE : ROLE_QUOTE;
            return;
        }
    }
    if (base == SIZE_MAX && quote == SIZE_MAX)
        sniff->column[best].role = ROLE_CURRENCY;
}

/* ---- Units and rates ---- */

#define NO_RATE_WORDS                                                                               \
    (WORD_BIT(WORD_VOLUME) | WORD_BIT(WORD_CHANGE) | WORD_BIT(WORD_INDEX) | WORD_BIT(WORD_SPREAD) | \
     WORD_BIT(WORD_NUMBER) | WORD_BIT(WORD_FLAG))
#define RATE_WORDS                                                                                                  \
    (WORD_BIT(WORD_VALUE) | WORD_BIT(WORD_OPEN) | WORD_BIT(WORD_HIGH) | WORD_BIT(WORD_LOW) | WORD_BIT(WORD_CLOSE) | \
     WORD_BIT(WORD_ADJUSTED) | WORD_BIT(WORD_BID) | WORD_BIT(WORD_ASK) | WORD_BIT(WORD_MID) | WORD_BIT(WORD_INVERSE))

/* A few odd ones among them ("0", "3") are for the rows to reject or divide by: without the column every rate is wrong. */
static bool is_units(const struct column *column)
{
    bool whole = column->fractions == 0 && are_most(column->units, column->numbers);
    bool named = says(column, WORD_UNITS) && !(column->words & RATE_WORDS & ~WORD_BIT(WORD_VALUE));
    return is_numeric(column) && whole && named;
}

static bool is_pinned(const char *pinned, const struct column *column, size_t c)
{
    if (strlen(pinned) == column->head_length && memcmp(pinned, column->head, column->head_length) == 0)
        return true;
    char *end;
    unsigned long number = strtoul(pinned, &end, 10);
    return *pinned && *end == 0 && number == c + 1;
}

static enum plan_role role_of(const struct sniff *sniff, size_t c)
{
    const struct column *column = &sniff->column[c];
    bool speaks = subject_is_pair(&column->subject) || column->subject.one[0] || column->subject.base[0] ||
                  column->subject.quote[0];
    if (column->filled == 0 && !speaks)
        return ROLE_NONE;
    if (column->filled > 0 && !is_numeric(column))
        return says(column, WORD_CONVENTION) ? ROLE_CONVENTION : ROLE_NONE;
    if (says(column, WORD_POWER) && column->most <= 9)
        return ROLE_UNITS_POWER;
    if (column->filled > 0 && is_units(column))
        return ROLE_UNITS;
    if (column->subject.index || column->subject.cash || (column->words & NO_RATE_WORDS))
        return ROLE_NONE;
    if (!speaks && !(column->words & RATE_WORDS) && column->words)
        return ROLE_NONE; /* "Year", "Country": numbers of something else */
    bool calendar = (column->words & (WORD_BIT(WORD_YEAR) | WORD_BIT(WORD_MONTH) | WORD_BIT(WORD_DAY))) != 0;
    if (calendar && column->integers == column->numbers)
        return ROLE_NONE;
    if (!speaks && !column->words && (int)c < sniff->frame.date_column && column->integers == column->numbers)
        return ROLE_NONE; /* row numbers */
    bool hollow = column->numbers > 0 && column->zeros == column->numbers;
    bool itself = column->subject.one[0] && column->numbers > 0 && column->least == 1 && column->most == 1;
    if (itself) {
        sniff_step(sniff, "roles: column %zu, always 1, is the home currency against itself", c + 1);
        return ROLE_NONE;
    }
    if (hollow || (column->percents > 0 && column->percents * 2 > column->numbers))
        return ROLE_NONE;
    return ROLE_VALUE;
}

/* "JAPAN : YEN (100 YEN)" beside the code JPY: names of the rows' own currencies that say for how many units. */
static bool names_say_units(const struct sniff *sniff, size_t key, size_t c)
{
    bool said = false;
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, r, c), *code = grid_at(&sniff->grid, r, key);
        struct spoken name, own;
        if (!frame_is_data(&sniff->grid, &sniff->frame, r))
            continue;
        if (!subject_parse(cell->text, cell->length, &name) || !subject_parse(code->text, code->length, &own) ||
            !name.one[0] || strcmp(name.one, own.one) != 0)
            return false;
        said |= name.units > 1;
    }
    return said;
}

/* Where no column of numbers is the units. */
static void choose_spoken_units(struct sniff *sniff)
{
    size_t key = SIZE_MAX;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        if (sniff->column[c].role == ROLE_UNITS || sniff->column[c].role == ROLE_UNITS_POWER)
            return;
        if (sniff->column[c].role == ROLE_CURRENCY)
            key = c;
    }
    for (size_t c = 0; c < sniff->grid.column_count && key != SIZE_MAX; c++)
        if (sniff->column[c].role == ROLE_NONE && sniff->column[c].texts > 0 && sniff->column[c].numbers == 0 &&
            names_say_units(sniff, key, c)) {
            sniff->column[c].role = ROLE_UNITS;
            sniff_step(sniff, "roles: column %zu says in its names for how many units", c + 1);
            return;
        }
}

static void choose_rates(struct sniff *sniff)
{
    const char *pinned = sniff->options->value_column;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        if (column->role != ROLE_NONE)
            continue;
        column->role = role_of(sniff, c);
        if (!pinned)
            continue;
        if (is_pinned(pinned, column, c))
            column->role = ROLE_VALUE;
        else if (column->role == ROLE_VALUE)
            column->role = ROLE_NONE;
    }
    /* "USD_quant,USD": units of the one currency */
    for (size_t c = 0; c < sniff->grid.column_count; c++)
        sniff->column[c].own_units = sniff->column[c].role == ROLE_UNITS && sniff->column[c].subject.one[0];
    /* currency names beside whole numbers: "JPY(100)" gives its own units; a convention that never changes is no column */
    size_t conventions = 0;
    for (size_t c = 0; c < sniff->grid.column_count; c++)
        conventions += sniff->column[c].role == ROLE_CONVENTION;
    if (conventions > 0)
        sniff_step(sniff, "roles: a column states the convention of each row");
}

/* The roles a publisher's layout without heads has: "date,-,-,currency,bid,ask". */
static void roles_of_publisher(struct sniff *sniff)
{
    static const struct {
        const char *word;
        enum plan_role role;
        const char *label;
        header_words words;
    } roles[] = {{"ms-of-day", ROLE_DATE, "", 0},
                 {"date", ROLE_DATE, "", 0},
                 {"currency", ROLE_CURRENCY, "", 0},
                 {"pair", ROLE_PAIR, "", 0},
                 {"bid", ROLE_VALUE, "", WORD_BIT(WORD_BID)},
                 {"ask", ROLE_VALUE, "", WORD_BIT(WORD_ASK)},
                 {"close-bid", ROLE_VALUE, "", WORD_BIT(WORD_CLOSE) | WORD_BIT(WORD_BID)},
                 {"close-ask", ROLE_VALUE, "", WORD_BIT(WORD_CLOSE) | WORD_BIT(WORD_ASK)},
                 {"close", ROLE_VALUE, "", WORD_BIT(WORD_CLOSE)}};
    const char *at = sniff->publisher->columns;
    for (size_t c = 0; *at && c < sniff->grid.column_count; c++) {
        size_t length = strcspn(at, ",");
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
            if (strlen(roles[i].word) == length && memcmp(roles[i].word, at, length) == 0) {
                sniff->column[c].role = roles[i].role;
                sniff->column[c].words = roles[i].words;
            }
        at += length + (at[length] == ',');
    }
}

enum kurs_status roles_decide(struct sniff *sniff)
{
    size_t values = 0;
    if (sniff->publisher && sniff->publisher->columns[0]) {
        roles_of_publisher(sniff);
        sniff_step(sniff, "roles: the layout of %s", sniff->publisher->publisher);
        return KURS_OK;
    }
    if (sniff->frame.transposed) {
        for (size_t c = 0; c < sniff->grid.column_count; c++) {
            const struct grid_cell *cell = grid_at(&sniff->grid, sniff->frame.first, c);
            bool dated = cell->stamp != STAMP_NONE && cell->stamp != STAMP_TIME;
            sniff->column[c].role = dated ? ROLE_VALUE : ROLE_NONE;
        }
        choose_keys(sniff);
        return KURS_OK;
    }
    if (sniff->frame.date_column >= 0)
        choose_time(sniff);
    choose_keys(sniff);
    choose_rates(sniff);
    choose_spoken_units(sniff);
    for (size_t c = 0; c < sniff->grid.column_count; c++)
        values += sniff->column[c].role == ROLE_VALUE;
    if (values == 0)
        return sniff_stop(sniff, KURS_EREFUSED, "--value-column HEAD names the column of the rates, if it has one",
                          "no column of it holds rates");
    return KURS_OK;
}
