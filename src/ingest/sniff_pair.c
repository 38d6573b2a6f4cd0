/* sniff_pair.c owns each value's base, quote and units, and writes the plan's columns. It knows where a direction may be
 * stated and in which order to believe it.
 * The idea: the nearer to the value, the stronger: its own head, the row's currencies, the lines around the data, the
 * file's name, the publisher's convention. A pin overrides what is not stated, and contradicts what is. */
#include "ingest/sniff_state.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

struct keys {
    bool pair, base, quote, currency, convention;
};

/* One side that is the same for every rate of the file. */
struct home {
    const char *base, *quote; /* "" when not known */
    const char *why;
};

static void copy_code(char to[KURS_CODE_SIZE], const char *code)
{
    memcpy(to, code, strlen(code) + 1);
}

/* ---- What stands around the data ---- */

static void read_preamble_row(struct sniff *sniff, size_t row, size_t *pairs)
{
    for (size_t c = 0; c < sniff->grid.row[row].count; c++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, row, c);
        struct spoken subject, *known = &sniff->preamble;
        bool mark = cell->length > 3 && cell->text[0] == '(' && cell->text[2] == ')'; /* a note on some rows only */
        if (cell->kind != CELL_TEXT || mark || !subject_parse(cell->text, cell->length, &subject) || subject.index ||
            subject.country)
            continue;
        if (subject_is_pair(&subject)) {
            bool same = strcmp(subject.base, known->base) == 0 && strcmp(subject.quote, known->quote) == 0;
            if (*pairs == 0 || !same)
                ++*pairs;
            *known = subject;
        } else if (*pairs == 0 && (subject.base[0] || subject.quote[0])) {
            *known = subject;
        } else if (*pairs == 0 && !known->base[0] && !known->quote[0] && !known->one[0]) {
            *known = subject;
        }
    }
}

/* The one pair, or side, that the lines above and below the data agree on. */
static void read_preamble(struct sniff *sniff)
{
    size_t pairs = 0;
    for (size_t r = 0; r < sniff->grid.row_count && pairs < 2; r++) {
        bool head = false;
        for (size_t i = 0; i < sniff->frame.head_count; i++)
            head |= sniff->frame.head[i] == r;
        if (!head && !frame_is_data(&sniff->grid, &sniff->frame, r) && r != sniff->frame.first)
            read_preamble_row(sniff, r, &pairs);
    }
    if (pairs > 1)
        sniff->preamble = (struct spoken) {0};
}

static struct home home_of(const struct sniff *sniff)
{
    const struct kurs_import_options *options = sniff->options;
    if (options->base || options->quote)
        return (struct home) {options->base ? options->base : "", options->quote ? options->quote : "", "as told"};
    const struct spoken *preamble = &sniff->preamble;
    if ((preamble->base[0] || preamble->quote[0]) && !subject_is_pair(preamble))
        return (struct home) {preamble->base, preamble->quote, "as the lines around the data say"};
    if (sniff->publisher && (sniff->publisher->base[0] || sniff->publisher->quote[0]))
        return (struct home) {sniff->publisher->base, sniff->publisher->quote, sniff->publisher->publisher};
    return (struct home) {"", "", ""};
}

/* ---- One value ---- */

static bool holds(const struct spoken *pair, const char *code)
{
    return subject_is_pair(pair) && (strcmp(pair->base, code) == 0 || strcmp(pair->quote, code) == 0);
}

static void take_pair(struct plan_column *value, const struct spoken *pair)
{
    copy_code(value->base, pair->base);
    copy_code(value->quote, pair->quote);
    if (value->units == 0)
        value->units = pair->units;
}

/* A currency whose side the head does not say: the file's home is on the other. */
static bool place_one(const struct sniff *sniff, const struct home *home, const char *one, size_t subjects,
                      struct plan_column *value)
{
    if (subjects == 1 && holds(&sniff->name, one) && !sniff->options->base && !sniff->options->quote) {
        take_pair(value, &sniff->name);
        return true;
    }
    if (subjects == 1 && holds(&sniff->preamble, one)) {
        take_pair(value, &sniff->preamble);
        return true;
    }
    if (!home->base[0] && !home->quote[0])
        return false;
    bool is_base = home->quote[0] && strcmp(home->base, one) == 0;
    copy_code(value->base, home->base[0] && !is_base ? home->base : one);
    copy_code(value->quote, home->base[0] && !is_base ? one : home->quote);
    if (home->base[0] && home->quote[0] && strcmp(home->base, one) != 0 && strcmp(home->quote, one) != 0)
        return false;
    return true;
}

/* A file of one series whose heads name no currency. */
static bool place_unnamed(const struct sniff *sniff, const struct home *home, struct plan_column *value)
{
    const struct spoken *sources[] = {&sniff->preamble, &sniff->name};
    if (home->base[0] && home->quote[0]) {
        copy_code(value->base, home->base);
        copy_code(value->quote, home->quote);
        return true;
    }
    for (size_t i = 0; i < 2; i++)
        if (subject_is_pair(sources[i]) && !sniff->options->base && !sniff->options->quote) {
            take_pair(value, sources[i]);
            return true;
        }
    for (size_t i = 0; i < 2; i++) {
        const char *one = sources[i]->one;
        if (!one[0] || (!home->base[0] && !home->quote[0]))
            continue;
        if (strcmp(one, home->base) == 0 || strcmp(one, home->quote) == 0)
            continue;
        copy_code(value->base, home->base[0] ? home->base : one);
        copy_code(value->quote, home->base[0] ? one : home->quote);
        if (value->units == 0)
            value->units = sources[i]->units;
        return true;
    }
    return false;
}

/* The other side of a row's currency. */
static bool place_beside_key(const struct sniff *sniff, const struct home *home, const struct keys *keys,
                             const struct spoken *subject, struct plan_column *value)
{
    if (keys->pair || (keys->base && keys->quote))
        return true;
    if (keys->base || keys->quote) {
        char *side = keys->base ? value->quote : value->base;
        const char *told = keys->base ? home->quote : home->base;
        const char *known = keys->base ? subject->quote : subject->base;
        copy_code(side, known[0] ? known : subject->one[0] ? subject->one : told);
        if (!side[0] && subject_is_pair(&sniff->name) && !sniff->options->base && !sniff->options->quote)
            copy_code(side, keys->base ? sniff->name.quote : sniff->name.base);
        return side[0] != 0;
    }
    if (subject->base[0] || subject->quote[0]) {
        copy_code(value->base, subject->base);
        copy_code(value->quote, subject->quote);
        return true;
    }
    if (keys->convention && !sniff->options->base && !sniff->options->quote)
        return true;
    if (home->base[0] && home->quote[0])
        return false;
    copy_code(value->base, home->base);
    copy_code(value->quote, home->quote);
    return value->base[0] || value->quote[0];
}

static enum kurs_status ask_for_pair(const struct sniff *sniff, const struct keys *keys, size_t subjects)
{
    const char *one_series = "--pair BASE/QUOTE says which pair it is (units of QUOTE for one BASE)";
    const char *many = "--base CODE if the rates are units of each currency for one CODE, --quote CODE if they are "
                       "prices of each currency in CODE";
    bool rows = keys->currency || keys->base || keys->quote;
    if (rows)
        return sniff_stop(sniff, KURS_EDECIDE, many,
                          "each row names one currency and nothing says what it is priced in");
    if (subjects > 0)
        return sniff_stop(sniff, KURS_EDECIDE, many,
                          "its heads name one currency each and nothing says what they are priced in");
    return sniff_stop(sniff, KURS_EDECIDE, one_series, "neither the file nor its name says which pair it is");
}

/* The currency of all rows of the window, where one column names it and never changes; else NULL. */
static const char *only_key(const struct sniff *sniff)
{
    const char *code = NULL;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        enum plan_role role = sniff->column[c].role;
        if (role == ROLE_PAIR || role == ROLE_BASE || role == ROLE_QUOTE)
            return NULL;
        if (role != ROLE_CURRENCY)
            continue;
        const struct grid_cell *cell = grid_at(&sniff->grid, sniff->frame.first, c);
        struct currency_match match;
        if (!sniff->column[c].constant || !currency_find(cell->text, cell->length, &match))
            return NULL;
        code = match.code;
    }
    return code;
}

/* --pair, for files of one series. Rows that all name one side keep naming it: the pin gives the other. */
static enum kurs_status place_pinned(const struct sniff *sniff, const struct keys *keys, size_t subjects,
                                     struct plan_column *value)
{
    struct kurs_name name;
    enum kurs_status status = kurs_name_parse(sniff->options->pair, &name, sniff->error);
    if (status != KURS_OK)
        return status;
    const char *key = only_key(sniff);
    bool rows = keys->currency || keys->pair || keys->base || keys->quote;
    if (subjects > 1 || (rows && !key))
        return sniff_stop(sniff, KURS_EARGUMENT, "--base or --quote tells the common side of many pairs",
                          "--pair names one pair and the file holds several");
    if (rows && strcmp(key, name.base) != 0 && strcmp(key, name.quote) != 0)
        return sniff_stop(sniff, KURS_EARGUMENT, "", "its rows are of %s, which is not in --pair %s", key,
                          sniff->options->pair);
    if (!rows || strcmp(key, name.base) != 0)
        copy_code(value->base, name.base);
    if (!rows || strcmp(key, name.quote) != 0)
        copy_code(value->quote, name.quote);
    return KURS_OK;
}

/* ---- All of them ---- */

/* The first line above or below the data that says for how many units the currencies it lists are; NULL when none. */
static const struct grid_cell *find_units_note(const struct sniff *sniff)
{
    for (size_t r = 0; r < sniff->grid.row_count; r++) {
        if (frame_is_data(&sniff->grid, &sniff->frame, r))
            continue;
        for (size_t c = 0; c < sniff->grid.row[r].count; c++) {
            const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
            if (cell->kind == CELL_TEXT && subject_units_listed(cell->text, cell->length, NULL) > 1)
                return cell;
        }
    }
    return NULL;
}

static int units_column_of(const struct sniff *sniff, const struct spoken *subject)
{
    for (size_t c = 0; c < sniff->grid.column_count; c++)
        if (sniff->column[c].own_units && subject->one[0] && strcmp(sniff->column[c].subject.one, subject->one) == 0)
            return (int)c;
    return -1;
}

static size_t count_subjects(const struct sniff *sniff)
{
    size_t count = 0;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        const struct spoken *a = &sniff->column[c].subject;
        bool fresh = sniff->column[c].role == ROLE_VALUE && (a->one[0] || a->base[0] || a->quote[0]);
        for (size_t k = 0; k < c && fresh; k++) {
            const struct spoken *b = &sniff->column[k].subject;
            fresh = sniff->column[k].role != ROLE_VALUE || strcmp(a->one, b->one) != 0 ||
                    strcmp(a->base, b->base) != 0 || strcmp(a->quote, b->quote) != 0;
        }
        count += fresh;
    }
    return count;
}

static enum kurs_status write_label(const struct sniff *sniff, const char *label, char out[KURS_LABEL_SIZE])
{
    const char *told = sniff->options->label ? sniff->options->label : "";
    int length = snprintf(out, KURS_LABEL_SIZE, "%s%s%s", told, told[0] && label[0] ? "." : "", label);
    if (length >= KURS_LABEL_SIZE) /* cut, bid and ask would be one series */
        return sniff_stop(sniff, KURS_EARGUMENT, "choose a shorter --label",
                          "the label '%s.%s' is longer than %d characters", told, label, KURS_LABEL_SIZE - 1);
    for (char *at = out; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return KURS_OK;
}

static enum kurs_status place_value(struct sniff *sniff, const struct home *home, const struct keys *keys,
                                    size_t subjects, size_t c)
{
    const struct spoken *subject = &sniff->column[c].subject;
    struct plan_column *value = &sniff->plan->columns[c];
    bool row = keys->currency || keys->pair || keys->base || keys->quote;
    bool placed;
    const char *why = "its head";
    value->units = subject->units;
    const char *head = sniff->column[c].head;
    size_t head_length = sniff->column[c].head_length;
    if (subject_is_mislabelled(head, head_length))
        return sniff_stop(sniff, KURS_EDECIDE, "mend the head, or take another column by --value-column",
                          "column %zu, '%.*s', has no label of 1 to 32 of a-z, 0-9, '.', '_' and '-'", c + 1,
                          (int)head_length, head);
    enum kurs_status status = write_label(sniff, sniff->column[c].label, value->label);
    if (status != KURS_OK)
        return status;
    if (sniff->options->pair) {
        status = place_pinned(sniff, keys, subjects, value);
        if (status != KURS_OK)
            return status;
        placed = true;
        why = "--pair";
    } else if (subject_is_pair(subject)) {
        take_pair(value, subject);
        placed = true;
    } else if (row) {
        placed = place_beside_key(sniff, home, keys, subject, value);
        why = "the rows' own currencies and what is common to all";
    } else if (subject->one[0]) {
        placed = place_one(sniff, home, subject->one, subjects, value);
        why = "its head and what is common to all";
    } else if (subject->base[0] || subject->quote[0]) {
        const char *known = subject->base[0] ? subject->base : subject->quote;
        const char *other = holds(&sniff->name, known)
                                ? strcmp(sniff->name.base, known) == 0 ? sniff->name.quote : sniff->name.base
                            : subject->base[0] && home->quote[0] ? home->quote
                            : subject->quote[0] && home->base[0] ? home->base
                            : sniff->name.one[0]                 ? sniff->name.one
                                                                 : sniff->preamble.one;
        copy_code(value->base, subject->base[0] ? subject->base : other);
        copy_code(value->quote, subject->quote[0] ? subject->quote : other);
        placed = other[0] && strcmp(value->base, value->quote) != 0;
    } else {
        placed = place_unnamed(sniff, home, value);
        why = subject_is_pair(&sniff->preamble) ? "the lines around the data" : "the file's name, or as told";
    }
    if (!placed)
        return ask_for_pair(sniff, keys, subjects);
    if (value->base[0] && strcmp(value->base, value->quote) == 0) {
        value->role = ROLE_NONE;
        sniff_step(sniff, "pair: column %zu is %s against itself and left out", c + 1, value->base);
    }
    value->units_column = units_column_of(sniff, subject);
    sniff_step(sniff, "pair: column %zu is %s/%s%s%s, by %s", c + 1, value->base[0] ? value->base : "?",
               value->quote[0] ? value->quote : "?", value->label[0] ? "@" : "", value->label, why);
    return KURS_OK;
}

/* A pin that contradicts what the head states. */
static enum kurs_status check_pins(const struct sniff *sniff, size_t c)
{
    const struct plan_column *value = &sniff->plan->columns[c];
    const struct spoken *subject = &sniff->column[c].subject;
    const char *base = sniff->options->base, *quote = sniff->options->quote;
    if (!subject_is_pair(subject))
        return KURS_OK;
    if ((base && strcmp(base, value->base) != 0) || (quote && strcmp(quote, value->quote) != 0))
        return sniff_stop(sniff, KURS_EARGUMENT, "", "its column '%.*s' is %s/%s, which --base or --quote contradicts",
                          (int)sniff->column[c].head_length, sniff->column[c].head, subject->base, subject->quote);
    return KURS_OK;
}

/* "PPP", "index": constant words of the data or its title that say that nothing here is a rate. */
static bool is_no_rate(const struct sniff *sniff, const char **text, size_t *length)
{
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        const struct column *column = &sniff->column[c];
        const struct grid_cell *cell = grid_at(&sniff->grid, sniff->frame.first + sniff->frame.transposed, c);
        if (column->texts == 0 || !column->constant || cell->length > 80)
            continue;
        header_words words = header_find(cell->text, cell->length);
        if ((words & WORD_BIT(WORD_INDEX)) && !(words & WORD_BIT(WORD_VALUE))) {
            *text = cell->text;
            *length = cell->length;
            return true;
        }
    }
    return false;
}

/* The mark behind a currency ("(1)") that a note explains as "per currency unit". */
static void find_flip_mark(struct sniff *sniff)
{
    for (size_t r = 0; r < sniff->grid.row_count; r++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, r, 0);
        if (cell->kind != CELL_TEXT || cell->length < 20 || cell->text[0] != '(' || cell->text[2] != ')')
            continue;
        struct spoken subject;
        if (subject_parse(cell->text + 3, cell->length - 3, &subject) && subject.quote[0] && !subject.base[0]) {
            memcpy(sniff->plan->flip_mark, cell->text, 3);
            sniff->plan->flip_mark[3] = 0;
            sniff_step(sniff, "pair: currencies marked %s are quoted the other way, as a note says",
                       sniff->plan->flip_mark);
        }
    }
}

static void find_keys(const struct sniff *sniff, struct keys *keys)
{
    *keys = (struct keys) {0};
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        keys->pair |= sniff->column[c].role == ROLE_PAIR;
        keys->base |= sniff->column[c].role == ROLE_BASE;
        keys->quote |= sniff->column[c].role == ROLE_QUOTE;
        keys->currency |= sniff->column[c].role == ROLE_CURRENCY;
        keys->convention |= sniff->column[c].role == ROLE_CONVENTION;
    }
}

/* "Foreign currency amount for 1 Euro." in every row is the file's convention, in some a row's own. */
static void settle_convention(struct sniff *sniff, struct keys *keys)
{
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        const struct grid_cell *cell = grid_at(&sniff->grid, sniff->frame.first, c);
        struct spoken subject;
        bool silent = column->role == ROLE_NONE && column->texts > 0;
        if ((column->role != ROLE_CONVENTION && !silent) || !column->constant)
            continue;
        if (column->role == ROLE_CONVENTION)
            keys->convention = false;
        column->role = ROLE_NONE;
        if (subject_parse(cell->text, cell->length, &subject) && !subject_is_pair(&subject) &&
            (subject.base[0] || subject.quote[0]))
            sniff->preamble = subject;
    }
}

/* A constant pair or currency beside heads that name currencies is no key ("EUR" in a column "base" is). */
static void settle_keys(struct sniff *sniff, struct keys *keys, const struct home *home, size_t subjects)
{
    bool half = false; /* "Units per USD", "USD per unit" need the row's currency */
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        const struct spoken *subject = &sniff->column[c].subject;
        half |= sniff->column[c].role == ROLE_VALUE && (subject->base[0] != 0) != (subject->quote[0] != 0);
    }
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        const struct grid_cell *cell = grid_at(&sniff->grid, sniff->frame.first, c);
        const char *code = column->constant ? currency_code(cell->text, cell->length) : NULL;
        bool known = code && home->base[0] && home->quote[0] &&
                     (strcmp(code, home->base) == 0 || strcmp(code, home->quote) == 0);
        if (column->role == ROLE_CURRENCY && ((subjects > 1 && !half) || known)) {
            column->role = ROLE_NONE;
            keys->currency = false;
        }
    }
}

/* "EURO EQUIVALENT,PHIL. PESO EQUIVALENT" behind rows of currencies: each row is priced in each head's currency, and
 * the home that was told picks the column. False when the table is of another kind. */
static bool pick_equivalent(struct sniff *sniff, const struct keys *keys, const struct home *home)
{
    const char *code = home->quote[0] ? home->quote : home->base;
    bool found = false, varies = false;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        const struct column *column = &sniff->column[c];
        found |= column->role == ROLE_VALUE && column->subject.one[0] && strcmp(column->subject.one, code) == 0;
        varies |= column->role == ROLE_CURRENCY && !column->constant;
    }
    if (!keys->currency || !varies || !found || (home->base[0] && home->quote[0]))
        return false;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        if (column->role != ROLE_VALUE || strcmp(column->subject.one, code) == 0)
            continue;
        column->role = ROLE_NONE;
        sniff_step(sniff, "pair: column %zu is left out: it is not priced in %s", c + 1, code);
    }
    return true;
}

enum kurs_status pair_decide(struct sniff *sniff)
{
    struct plan *plan = sniff->plan;
    struct keys keys;
    const char *text;
    size_t length, values = 0;
    plan->column_count = sniff->grid.column_count;
    plan->columns = calloc(plan->column_count, sizeof *plan->columns);
    if (!plan->columns)
        return error_what(sniff->error, KURS_ENOMEM, "cannot look at '%s'", sniff->input->name);
    if (is_no_rate(sniff, &text, &length))
        return sniff_stop(sniff, KURS_EREFUSED, "", "'%.*s' says that its numbers are no exchange rates", (int)length,
                          text);
    size_t subjects = count_subjects(sniff);
    find_keys(sniff, &keys);
    if (sniff->frame.transposed && !keys.currency && !keys.base && !keys.quote && !keys.pair)
        return sniff_stop(sniff, KURS_EREFUSED, "", "its rows name no currencies");
    read_preamble(sniff);
    settle_convention(sniff, &keys);
    find_flip_mark(sniff);
    struct home home = home_of(sniff);
    if (!pick_equivalent(sniff, &keys, &home))
        settle_keys(sniff, &keys, &home, subjects);
    bool units = false;
    for (size_t c = 0; c < plan->column_count; c++)
        units |= sniff->column[c].role == ROLE_UNITS || sniff->column[c].role == ROLE_UNITS_POWER;
    const struct grid_cell *note = units ? NULL : find_units_note(sniff);
    int64_t told = sniff->options->nominal ? strtoll(sniff->options->nominal, NULL, 10) : 0;
    int64_t usual = sniff->publisher && !units ? strtoll(sniff->publisher->units, NULL, 10) : 0;
    for (size_t c = 0; c < plan->column_count; c++) {
        struct plan_column *column = &plan->columns[c];
        column->role = sniff->column[c].own_units ? ROLE_NONE : sniff->column[c].role;
        column->units = 1;
        column->units_column = -1;
        if (column->role == ROLE_FILTER)
            snprintf(column->filter, sizeof column->filter, "%s", sniff->options->column);
        if (column->role != ROLE_VALUE)
            continue;
        enum kurs_status status = place_value(sniff, &home, &keys, subjects, c);
        if (status == KURS_OK)
            status = check_pins(sniff, c);
        if (status != KURS_OK)
            return status;
        const struct spoken *preamble = &sniff->preamble; /* "CZK per 100 units of foreign currency" */
        if (column->units == 0 && !units && preamble->quote[0] && !preamble->base[0] && preamble->units > 0)
            column->units = preamble->units;
        if (column->units == 0 && note)
            column->units = subject_units_listed(note->text, note->length, column->base);
        if (column->units == 0)
            column->units = usual > 0 ? usual : 1;
        if (told > 0)
            column->units = told;
        values += column->role == ROLE_VALUE;
    }
    if (values == 0)
        return sniff_stop(sniff, KURS_EREFUSED, "", "no column of it holds rates");
    if (home.why[0])
        sniff_step(sniff, "pair: %s %s for every rate, %s", home.base[0] ? "base" : "quote",
                   home.base[0] ? home.base : home.quote, home.why);
    return KURS_OK;
}
