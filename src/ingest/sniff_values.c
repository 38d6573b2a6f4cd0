/* sniff_values.c owns which of the columns of numbers are the rates of each pair: the close of a bar, bid, ask and mid,
 * and what is left out. It knows no directions.
 * The idea: columns of one subject compete; their heads say which is which, and where heads say nothing the numbers do:
 * a high is never below, a bid not above an ask, a mid between them. What neither settles stops the import. */
#include "ingest/sniff_state.h"

#include <stdlib.h>
#include <string.h>

enum { GROUP_MAX = 16 }; /* columns of one subject: bars of bid and ask with volumes are 10 */

struct group {
    size_t column[GROUP_MAX];
    size_t count;
};

static bool says(const struct column *column, enum header_word word)
{
    return (column->words & WORD_BIT(word)) != 0;
}

#define SIDES_ROWS_LEAST 20 /* in which one column is never above the other, for them to be bid and ask */

static bool same_subject(const struct spoken *a, const struct spoken *b)
{
    return strcmp(a->base, b->base) == 0 && strcmp(a->quote, b->quote) == 0 && strcmp(a->one, b->one) == 0;
}

static bool is_named(const struct column *column)
{
    return column->subject.one[0] || column->subject.base[0] || column->subject.quote[0];
}

static bool same_head(const struct column *a, const struct column *b)
{
    return a->head_length == b->head_length && memcmp(a->head, b->head, a->head_length) == 0;
}

static enum kurs_status ask_which(const struct sniff *sniff, size_t a, size_t b)
{
    const struct column *x = &sniff->column[a], *y = &sniff->column[b];
    return sniff_stop(sniff, KURS_EDECIDE, "--value-column NUMBER (or its head) names the one to take",
                      "both column %zu '%.*s' and column %zu '%.*s' could be the rate", a + 1, (int)x->head_length,
                      x->head, b + 1, (int)y->head_length, y->head);
}

static void leave_out(struct sniff *sniff, size_t c, const char *why)
{
    struct column *column = &sniff->column[c];
    column->role = ROLE_NONE;
    sniff_step(sniff, "values: column %zu '%.*s' is left out: %s", c + 1, (int)column->head_length, column->head, why);
}

/* Keeps the group's columns with any of the words, leaves out the others; false (nothing changed) if none has. */
static bool keep_only(struct sniff *sniff, struct group *group, header_words words, const char *why)
{
    size_t kept = 0;
    for (size_t i = 0; i < group->count; i++)
        kept += (sniff->column[group->column[i]].words & words) != 0;
    if (kept == 0)
        return false;
    struct group old = *group;
    group->count = 0;
    for (size_t i = 0; i < old.count; i++)
        if (sniff->column[old.column[i]].words & words)
            group->column[group->count++] = old.column[i];
        else
            leave_out(sniff, old.column[i], why);
    return true;
}

/* Leaves out the columns with any of the words, unless that would be all. */
static void drop(struct sniff *sniff, struct group *group, header_words words, const char *why)
{
    struct group kept = {.count = 0};
    for (size_t i = 0; i < group->count; i++)
        if (!(sniff->column[group->column[i]].words & words))
            kept.column[kept.count++] = group->column[i];
    if (kept.count == 0 || kept.count == group->count)
        return;
    for (size_t i = 0; i < group->count; i++)
        if (sniff->column[group->column[i]].words & words)
            leave_out(sniff, group->column[i], why);
    *group = kept;
}

/* ---- By content ---- */

struct row_values {
    double value[GROUP_MAX];
};

/* The numbers of the group in one data row under the file's style; false when one is missing. */
static bool read_row(const struct sniff *sniff, const struct group *group, size_t row, struct row_values *values)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct grid_cell *cell = grid_at(&sniff->grid, row, group->column[i]);
        struct kurs_decimal rate;
        if (number_read(cell->text, cell->length, sniff->plan->number, &rate) != NUMBER_VALUE)
            return false;
        double scale = 1;
        for (int e = rate.exponent; e < 0; e++)
            scale *= 10;
        values->value[i] = (double)rate.coefficient / scale;
    }
    return true;
}

/* Drops columns whose numbers are of another size than the first one's, or whole where others are not: volumes. */
static void drop_other_sizes(struct sniff *sniff, struct group *group)
{
    struct group kept = {.count = 0};
    double most_first = sniff->column[group->column[0]].most;
    bool fractions = sniff->column[group->column[0]].integers < sniff->column[group->column[0]].numbers;
    for (size_t i = 0; i < group->count; i++) {
        const struct column *column = &sniff->column[group->column[i]];
        bool size = column->most <= most_first * 4 && column->most * 4 >= most_first;
        bool whole = fractions && column->integers == column->numbers && column->numbers > 3;
        if (size && !whole)
            kept.column[kept.count++] = group->column[i];
        else
            leave_out(sniff, group->column[i], "its numbers are no rates of this pair");
    }
    *group = kept;
}

static bool is_whole(const struct column *column)
{
    return column->integers == column->numbers;
}

/* Whole numbers first and decimals of another size behind them, and no head that says which: numbers of tables that
 * never change ("840") are left out, but "220, 4.93" may be a number and a rate, and "15553, 0.35" a rate and its
 * change. Two columns of one size are no such doubt: bid and ask, or a bar. */
static enum kurs_status doubt_whole_numbers(struct sniff *sniff, struct group *group)
{
    const struct column *first = &sniff->column[group->column[0]], *fraction = NULL;
    for (size_t i = 1; i < group->count; i++) {
        const struct column *column = &sniff->column[group->column[i]];
        if (column->most <= first->most * 4 && column->most * 4 >= first->most)
            return KURS_OK;
        if (!fraction && !is_whole(column))
            fraction = column;
    }
    if (!fraction || !is_whole(first))
        return KURS_OK;
    if (!first->constant || fraction->constant)
        return sniff_stop(sniff, KURS_EDECIDE, "--value-column NUMBER (or its head) names the one to take",
                          "columns %zu and %zu both hold numbers that could be the rate and no head says which",
                          group->column[0] + 1, (size_t)(fraction - sniff->column) + 1);
    leave_out(sniff, group->column[0], "a whole number that never changes, beside decimals that do");
    memmove(group->column, group->column + 1, --group->count * sizeof group->column[0]);
    return doubt_whole_numbers(sniff, group);
}

/* In at least 49 of 50 rows column i is not above (below) any other of the first `count`. */
static int extreme_of(const struct sniff *sniff, const struct group *group, size_t from, size_t count, int sign)
{
    for (size_t i = from; i < from + count; i++) {
        size_t rows = 0, holds = 0;
        /* a high stands second or third: test these first, flat bars make every column an extreme */
        size_t test = from + (i - from + (sign > 0 ? 1 : 2)) % count;
        for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
            struct row_values values;
            if (!frame_is_data(&sniff->grid, &sniff->frame, r) || !read_row(sniff, group, r, &values))
                continue;
            bool all = true;
            for (size_t k = from; k < from + count; k++)
                all &= sign > 0 ? values.value[test] >= values.value[k] : values.value[test] <= values.value[k];
            rows++;
            holds += all;
        }
        if (rows > 0 && holds * 50 >= rows * 49)
            return (int)test;
    }
    return -1;
}

static double distance(double a, double b)
{
    return a > b ? a - b : b - a;
}

/* Do the dates fall from the first data row to the last? Any reading of the two stamps will do: years decide. */
static bool is_newest_first(const struct sniff *sniff)
{
    const struct grid_cell *first = NULL, *last = NULL;
    char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE];
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count && sniff->frame.date_column >= 0; r++)
        if (frame_is_data(&sniff->grid, &sniff->frame, r)) {
            last = grid_at(&sniff->grid, r, (size_t)sniff->frame.date_column);
            first = first ? first : last;
        }
    int count = first ? stamp_patterns(first->text, first->length, true, pattern) : 0;
    for (int i = 0; i < count; i++) {
        struct date_format format;
        struct date_value a, b;
        if (date_format_compile(pattern[i], &format, NULL) == KURS_OK &&
            date_read(&format, first->text, first->length, &a) && date_read(&format, last->text, last->length, &b))
            return b.local_us < a.local_us;
    }
    return false;
}

/* Which of two columns is the close: that which the other one, the open, follows in the next period. False when the
 * rows are too few or it is not clear. */
static bool find_close(const struct sniff *sniff, const struct group *group, size_t a, size_t b, size_t *close)
{
    enum { ROWS_ENOUGH = 5 };
    double a_closes = 0, b_closes = 0;
    size_t rows = 0;
    bool newest_first = is_newest_first(sniff);
    struct row_values before = {{0}}, values;
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        if (!frame_is_data(&sniff->grid, &sniff->frame, r) || !read_row(sniff, group, r, &values))
            continue;
        const struct row_values *earlier = newest_first ? &values : &before, *later = newest_first ? &before : &values;
        if (rows++ > 0) {
            a_closes += distance(earlier->value[a], later->value[b]);
            b_closes += distance(earlier->value[b], later->value[a]);
        }
        before = values;
    }
    *close = b_closes < a_closes ? b : a;
    return rows >= ROWS_ENOUGH && (a_closes * 2 < b_closes || b_closes * 2 < a_closes);
}

static void label_column(struct sniff *sniff, size_t c, const char *label)
{
    memcpy(sniff->column[c].label, label, strlen(label) + 1);
}

/* Four columns of a bar from group->column[from]; leaves the close. */
static bool is_bar(struct sniff *sniff, const struct group *group, size_t from, size_t *close)
{
    int high = extreme_of(sniff, group, from, 4, 1), low = extreme_of(sniff, group, from, 4, -1);
    if (high < 0 || low < 0 || high == low)
        return false;
    size_t rest[2], count = 0;
    for (size_t i = from; i < from + 4; i++)
        if ((int)i != high && (int)i != low)
            rest[count++] = i;
    if (rest[0] != from || rest[1] != from + 3) /* not open first and close last, as nearly everywhere */
        return find_close(sniff, group, rest[0], rest[1], close);
    *close = rest[1];
    return true;
}

/* Shares of rows in which a < b, a > b and c is between them. */
static void compare_columns(const struct sniff *sniff, const struct group *group, size_t a, size_t b, double *below,
                            double *above, double *gap)
{
    size_t rows = 0, less = 0, more = 0;
    double sum = 0;
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        struct row_values values;
        if (!frame_is_data(&sniff->grid, &sniff->frame, r) || !read_row(sniff, group, r, &values))
            continue;
        rows++;
        less += values.value[a] < values.value[b];
        more += values.value[a] > values.value[b];
        sum += distance(values.value[a], values.value[b]) / values.value[a];
    }
    *below = rows ? (double)less / (double)rows : 0;
    *above = rows ? (double)more / (double)rows : 0;
    *gap = rows ? sum / (double)rows : 1;
}

/* Two columns where one is never above the other and close to it: bid and ask. */
static bool is_bid_ask(struct sniff *sniff, const struct group *group, size_t a, size_t b, size_t *bid, size_t *ask)
{
    double below, above, gap;
    compare_columns(sniff, group, a, b, &below, &above, &gap);
    if (gap > 0.15 || (below > 0.02 && above > 0.02) || below + above < 0.05)
        return false;
    *bid = below > above ? a : b;
    *ask = below > above ? b : a;
    return true;
}

/* How far column m is from the middle of a and b, in halves of their distance, over all rows. */
static double off_middle(const struct sniff *sniff, const struct group *group, size_t a, size_t b, size_t m)
{
    double off = 0, half = 0;
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        struct row_values values;
        if (!frame_is_data(&sniff->grid, &sniff->frame, r) || !read_row(sniff, group, r, &values))
            continue;
        double mean = (values.value[a] + values.value[b]) / 2;
        off += distance(values.value[m], mean) / mean;
        half += distance(values.value[a], values.value[b]) / 2 / mean;
    }
    return half > 0 ? off / half : 1;
}

/* Three columns of which one lies between the others: bid, ask, mid. */
static bool is_bid_ask_mid(struct sniff *sniff, const struct group *group, size_t *bid, size_t *ask, size_t *mid)
{
    for (size_t m = 0; m < 3; m++) {
        size_t a = m == 0 ? 1 : 0, b = m == 2 ? 1 : 2;
        if (off_middle(sniff, group, a, b, m) < 0.35 && is_bid_ask(sniff, group, a, b, bid, ask)) {
            *mid = m;
            return true;
        }
    }
    return false;
}

static void keep_columns(struct sniff *sniff, struct group *group, const size_t *kept, size_t count, const char *why)
{
    struct group old = *group;
    group->count = 0;
    for (size_t i = 0; i < old.count; i++) {
        bool keep = false;
        for (size_t k = 0; k < count; k++)
            keep |= kept[k] == i;
        if (keep)
            group->column[group->count++] = old.column[i];
        else
            leave_out(sniff, old.column[i], why);
    }
}

/* Columns whose heads say nothing. */
static enum kurs_status decide_by_content(struct sniff *sniff, struct group *group)
{
    size_t bid, ask, mid, close, second;
    enum kurs_status status = doubt_whole_numbers(sniff, group);
    if (status != KURS_OK)
        return status;
    drop_other_sizes(sniff, group);
    if (group->count < 2)
        return KURS_OK;
    if (group->count >= 8 && is_bar(sniff, group, 0, &close) && is_bar(sniff, group, 4, &second) &&
        is_bid_ask(sniff, group, close, second, &bid, &ask)) {
        label_column(sniff, group->column[bid], "bid");
        label_column(sniff, group->column[ask], "ask");
        sniff_step(sniff, "values: two bars of open, high, low, close by their numbers, bid below ask");
        keep_columns(sniff, group, (size_t[]) {bid, ask}, 2, "not the close of its bar");
        return KURS_OK;
    }
    if (group->count >= 4 && is_bar(sniff, group, 0, &close)) {
        sniff_step(sniff,
                   "values: a bar by its numbers (no column above the high, none below the low), close in column %zu",
                   group->column[close] + 1);
        keep_columns(sniff, group, &close, 1, "not the close of its bar");
        return KURS_OK;
    }
    if (group->count == 3 && is_bid_ask_mid(sniff, group, &bid, &ask, &mid)) {
        label_column(sniff, group->column[bid], "bid");
        label_column(sniff, group->column[ask], "ask");
        sniff_step(sniff, "values: columns %zu and %zu are bid and ask, column %zu their middle, by their numbers",
                   group->column[bid] + 1, group->column[ask] + 1, group->column[mid] + 1);
        return KURS_OK;
    }
    /* heads that name one pair twice may be two sources of it; in many rows those would cross */
    if (is_named(&sniff->column[group->column[0]]) && sniff->grid.row_count - sniff->frame.first < SIDES_ROWS_LEAST)
        return ask_which(sniff, group->column[0], group->column[1]);
    if (group->count == 2 && is_bid_ask(sniff, group, 0, 1, &bid, &ask)) {
        label_column(sniff, group->column[bid], "bid");
        label_column(sniff, group->column[ask], "ask");
        sniff_step(sniff, "values: columns %zu and %zu are bid and ask: the first is never above",
                   group->column[bid] + 1, group->column[ask] + 1);
        return KURS_OK;
    }
    return sniff_stop(sniff, KURS_EDECIDE, "--value-column NUMBER (or its head) names the one to take",
                      "%zu columns hold numbers that could be the rate and no head says which", group->count);
}

/* ---- By heads ---- */

#define SIDES (WORD_BIT(WORD_BID) | WORD_BIT(WORD_ASK) | WORD_BIT(WORD_MID))
#define BAR   (WORD_BIT(WORD_OPEN) | WORD_BIT(WORD_HIGH) | WORD_BIT(WORD_LOW) | WORD_BIT(WORD_CLOSE))

/* --column open: that of the bar instead of the close. */
static header_words bar_choice(const struct kurs_import_options *options)
{
    static const struct {
        const char *name;
        enum header_word word;
    } names[] = {{"open", WORD_OPEN}, {"high", WORD_HIGH}, {"low", WORD_LOW}, {"close", WORD_CLOSE}};
    for (size_t i = 0; options->column && i < 4; i++)
        if (strcmp(options->column, names[i].name) == 0)
            return WORD_BIT(names[i].word);
    return WORD_BIT(WORD_CLOSE);
}

static header_words words_of(const struct sniff *sniff, const struct group *group)
{
    header_words words = 0;
    for (size_t i = 0; i < group->count; i++)
        words |= sniff->column[group->column[i]].words;
    return words;
}

static void label_sides(struct sniff *sniff, const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        struct column *column = &sniff->column[group->column[i]];
        if (column->subject.label[0])
            label_column(sniff, group->column[i], column->subject.label);
        else if (says(column, WORD_BID) != says(column, WORD_ASK))
            label_column(sniff, group->column[i], says(column, WORD_BID) ? "bid" : "ask");
    }
}

/* Two columns with one label: the plainer head wins, else nothing settles it. */
static enum kurs_status settle_twins(struct sniff *sniff, struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        for (size_t k = i + 1; k < group->count; k++) {
            const struct column *a = &sniff->column[group->column[i]], *b = &sniff->column[group->column[k]];
            if (strcmp(a->label, b->label) != 0)
                continue;
            bool a_empty = a->numbers == 0, b_empty = b->numbers == 0;
            bool a_value = says(a, WORD_VALUE) || says(a, WORD_MID), b_value = says(b, WORD_VALUE) || says(b, WORD_MID);
            size_t loser;
            if (a_empty != b_empty)
                loser = a_empty ? i : k;
            else if (a_value != b_value)
                loser = a_value ? k : i;
            else if (is_named(a)) /* "USD market" and "USD parallel" are two rates */
                return ask_which(sniff, group->column[i], group->column[k]);
            else if (same_head(a, b))
                loser = k;
            else
                return ask_which(sniff, group->column[i], group->column[k]);
            leave_out(sniff, group->column[loser], "another column is the rate");
            for (size_t m = loser; m + 1 < group->count; m++)
                group->column[m] = group->column[m + 1];
            group->count--;
            return settle_twins(sniff, group);
        }
    return KURS_OK;
}

/* Sources of one pair side by side, each head with its label. */
static bool are_labelled(const struct sniff *sniff, const struct group *group)
{
    size_t labelled = 0;
    for (size_t i = 0; i < group->count; i++)
        labelled += sniff->column[group->column[i]].subject.label[0] != '\0';
    return group->count > 1 && labelled + 1 >= group->count;
}

static enum kurs_status decide_group(struct sniff *sniff, struct group *group)
{
    if (are_labelled(sniff, group)) {
        label_sides(sniff, group);
        return settle_twins(sniff, group);
    }
    header_words words = words_of(sniff, group);
    header_words known = BAR | SIDES | WORD_BIT(WORD_VALUE) | WORD_BIT(WORD_ADJUSTED) | WORD_BIT(WORD_INVERSE);
    bool labels = false; /* a series code's */
    for (size_t i = 0; i < group->count; i++)
        labels |= sniff->column[group->column[i]].subject.label[0] != 0;
    if (!(words & known) && !labels && group->count > 1)
        return decide_by_content(sniff, group);
    drop(sniff, group, WORD_BIT(WORD_CASH), "cash rates");
    drop(sniff, group, WORD_BIT(WORD_INVERSE), "the other way round");
    drop(sniff, group, WORD_BIT(WORD_ADJUSTED), "another column has it as published");
    bool bar = (words & (WORD_BIT(WORD_OPEN) | WORD_BIT(WORD_HIGH) | WORD_BIT(WORD_LOW))) != 0;
    if (bar) {
        if (!keep_only(sniff, group, bar_choice(sniff->options), "not the close of its bar"))
            drop(sniff, group, WORD_BIT(WORD_OPEN) | WORD_BIT(WORD_HIGH) | WORD_BIT(WORD_LOW),
                 "not the close of its bar");
    }
    words = words_of(sniff, group);
    if ((words & WORD_BIT(WORD_BID)) && (words & WORD_BIT(WORD_ASK)) && !bar)
        keep_only(sniff, group, SIDES | WORD_BIT(WORD_VALUE), "neither bid nor ask nor mid");
    label_sides(sniff, group);
    return settle_twins(sniff, group);
}

/* --price bid|ask|mid */
static enum kurs_status choose_price(struct sniff *sniff)
{
    const char *price = sniff->options->price;
    size_t kept = 0;
    if (!price)
        return KURS_OK;
    const char *label = strcmp(price, "mid") == 0 ? "" : price;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        struct column *column = &sniff->column[c];
        if (column->role != ROLE_VALUE)
            continue;
        if (strcmp(column->label, label) == 0) {
            column->label[0] = 0;
            kept++;
        } else {
            leave_out(sniff, c, "not the price asked for");
        }
    }
    if (kept == 0)
        return sniff_stop(sniff, KURS_EARGUMENT, "", "it has no %s price", price);
    return KURS_OK;
}

/* "Units per USD" and "USD per unit" beside it are one rate both ways round: the first is taken. */
static void leave_out_mirrors(struct sniff *sniff)
{
    for (size_t a = 0; a < sniff->grid.column_count; a++)
        for (size_t b = a + 1; b < sniff->grid.column_count && sniff->column[a].role == ROLE_VALUE; b++) {
            const struct spoken *x = &sniff->column[a].subject, *y = &sniff->column[b].subject;
            bool pairs = subject_is_pair(x) && subject_is_pair(y);
            bool mirror =
                (x->base[0] || x->quote[0]) && strcmp(x->base, y->quote) == 0 && strcmp(x->quote, y->base) == 0;
            if (sniff->column[b].role == ROLE_VALUE && mirror && !pairs)
                leave_out(sniff, b, "the other way round");
        }
}

enum kurs_status values_decide(struct sniff *sniff)
{
    size_t columns = sniff->grid.column_count, with_subject = 0, keys = 0;
    if (sniff->frame.transposed)
        return KURS_OK;
    for (size_t c = 0; c < columns; c++) {
        enum plan_role role = sniff->column[c].role;
        with_subject += role == ROLE_VALUE && (sniff->column[c].subject.one[0] || sniff->column[c].subject.base[0] ||
                                               sniff->column[c].subject.quote[0]);
        keys += role == ROLE_CURRENCY || role == ROLE_PAIR || role == ROLE_BASE || role == ROLE_QUOTE;
    }
    bool *done = calloc(columns, sizeof *done);
    if (!done)
        return sniff_stop(sniff, KURS_ENOMEM, "", "out of memory");
    enum kurs_status status = KURS_OK;
    for (size_t c = 0; c < columns && status == KURS_OK; c++) {
        struct group group = {.count = 0};
        if (sniff->column[c].role != ROLE_VALUE || done[c])
            continue;
        const struct spoken subject = sniff->column[c].subject;
        for (size_t k = c; k < columns && group.count < GROUP_MAX; k++)
            if (sniff->column[k].role == ROLE_VALUE && same_subject(&sniff->column[k].subject, &subject)) {
                group.column[group.count++] = k;
                done[k] = true;
            }
        bool unnamed = !subject.one[0] && !subject.base[0] && !subject.quote[0];
        if (unnamed && with_subject > 0 && keys == 0) {
            for (size_t i = 0; i < group.count; i++)
                leave_out(sniff, group.column[i], "its head names no currency, others do");
            continue;
        }
        status = decide_group(sniff, &group);
    }
    free(done);
    leave_out_mirrors(sniff);
    return status == KURS_OK ? choose_price(sniff) : status;
}
