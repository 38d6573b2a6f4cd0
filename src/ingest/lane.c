/* lane.c: see lane.h. Owns a row's plainest form: as many cells as the plan has columns, each bare or wholly within
 * quotes, stamps and numbers without blanks around them, every value a number over zero or blank. Splitting and reading are one
 * pass, cell by cell, that gives up where anything is unexpected, before the batch was touched; so the general way
 * remains the only one that decides what an unusual row means. Nearly every row of a large file is plain: this is where
 * an import spends its time, ~150 instructions a row of time, pair and rate against ~1,100.
 *
 * The subject's cells are the key of a small table: they repeat, one after the other or a few in turn. */
#include "ingest/lane.h"

#include "ingest/date_fixed.h"
#include "ingest/mids.h"
#include "ingest/swar.h"
#include "ingest/tables.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX    128 /* wider rows are not worth it */
#define MARGIN         48  /* readable bytes at the start of every cell: more than any step reads ahead */
#define KEY_CELLS_MAX  2   /* base and quote */
#define KEY_CELL_BYTES 16
#define KEY_WORDS      (KEY_CELLS_MAX * KEY_CELL_BYTES / 8)
#define KNOWN_BITS     7
#define NUMBER_BYTES   18 /* surely fit a coefficient */
#define QUOTE          '"'

_Static_assert(MARGIN > DATE_FIXED_MARGIN, "a stamp may begin behind a quote");

enum step {
    STEP_SKIP,
    STEP_STAMP, /* of fixed form */
    STEP_DAY,   /* its first cell of two */
    STEP_CLOCK, /* and the second */
    STEP_EPOCH, /* a count of seconds, milliseconds or microseconds */
    STEP_ANY_STAMP,
    STEP_SUBJECT,
    STEP_VALUE
};

struct known {
    uint64_t key[KEY_WORDS];
    enum kurs_kind kind;
    const struct subject *subject; /* NULL: a free place; else one without a word against it */
};

struct lane {
    struct rows_rules rules;
    struct subjects *subjects;
    struct date_fixed fixed;
    struct date_memory memory;
    int64_t epoch_us; /* of one unit; 0: the stamp is no such count */
    size_t column_count, value_count;
    unsigned char steps[COLUMNS_MAX];
    char delimiter;
    uint64_t delimiters;
    struct known known[1 << KNOWN_BITS];
    /* the row at hand */
    int64_t day_us, time_us;
    enum kurs_kind kind;
    struct cell subject_cells[COLUMNS_MAX];
    uint64_t key[KEY_WORDS];
    size_t key_count;         /* words of this row */
    bool key_changed;         /* since `last` was found */
    const struct known *last; /* NULL: none */
    struct kurs_decimal rates[COLUMNS_MAX];
    size_t rate_count;
};

/* ---- making ready ---- */

/* Then rows.c compares values of a row with each other. */
static bool has_mids(const struct plan *plan)
{
    struct mid mids[COLUMNS_MAX];
    return mids_find(plan, mids) > 0;
}

static bool plan_steps(struct lane *lane, const struct plan *plan)
{
    size_t keys = 0;
    for (size_t i = 0; i < plan->column_count; i++) {
        switch (plan->columns[i].role) {
        case ROLE_NONE:
            lane->steps[i] = STEP_SKIP;
            break;
        case ROLE_PAIR:
        case ROLE_BASE:
        case ROLE_QUOTE:
        case ROLE_CURRENCY:
            lane->steps[i] = STEP_SUBJECT;
            keys++;
            break;
        case ROLE_VALUE:
            lane->steps[i] = STEP_VALUE;
            lane->value_count++;
            if (plan->columns[i].units > 1 || plan->columns[i].units_column >= 0) {
                return false;
            }
            break;
        case ROLE_DATE:
            lane->steps[i] = STEP_STAMP; /* see plan_stamp */
            break;
        default:
            return false;
        }
    }
    return keys <= KEY_CELLS_MAX && lane->value_count > 0;
}

/* How the stamp is read: at once, in two cells, or by the general reader. */
static bool plan_stamp(struct lane *lane, const struct plan *plan)
{
    size_t dates[2] = {0, 0}, count = 0;
    bool fixed = date_fixed_compile(&plan->date, &lane->fixed);
    for (size_t i = 0; i < plan->column_count; i++) {
        if (lane->steps[i] == STEP_STAMP) {
            if (count == 2) {
                return false;
            }
            dates[count++] = i;
        }
    }
    if (count == 2) {
        lane->steps[dates[0]] = STEP_DAY;
        lane->steps[dates[1]] = STEP_CLOCK;
        return fixed && lane->fixed.clock_bytes > 0 && lane->fixed.gap == ' ' && !plan->kind_per_row;
    }
    if (plan->kind_per_row) {
        return count == 1 && fixed && strncmp(plan->date.pattern, "YYYY-MM-DD", 10) == 0;
    }
    if (count == 1 && !fixed) {
        lane->epoch_us = date_epoch_us(&plan->date);
        lane->steps[dates[0]] = lane->epoch_us ? STEP_EPOCH : STEP_ANY_STAMP;
    }
    return count == 1;
}

enum kurs_status lane_new(const struct rows_rules *rules, struct names *names, struct lane **lane)
{
    const struct plan *plan = rules->plan;
    *lane = NULL;
    if (plan->layout != PLAN_ROWS || plan->fixed_time || plan->quoted_lines || plan->delimiter == ' ' ||
        plan->delimiter == plan->number.decimal || plan->column_count > COLUMNS_MAX || has_mids(plan)) {
        return KURS_OK;
    }
    struct lane *made = calloc(1, sizeof *made);
    if (!made) {
        return KURS_ENOMEM;
    }
    made->rules = *rules;
    made->column_count = plan->column_count;
    made->delimiter = plan->delimiter;
    made->delimiters = swar_each(plan->delimiter);
    made->kind = plan->kind;
    if (!plan_steps(made, plan) || !plan_stamp(made, plan)) {
        lane_free(made);
        return KURS_OK;
    }
    enum kurs_status status = subjects_new(plan, names, &made->subjects);
    if (status != KURS_OK) {
        lane_free(made);
        return status;
    }
    *lane = made;
    return KURS_OK;
}

void lane_free(struct lane *lane)
{
    if (lane) {
        subjects_free(lane->subjects);
        free(lane);
    }
}

/* ---- cells: each step returns behind its text, NULL where it is not plain ---- */

/* Marks what may end a cell. */
static uint64_t ends_among(const struct lane *lane, uint64_t bytes)
{
    return swar_equal_or_control(bytes, lane->delimiters) | swar_equal_or_control(bytes, swar_each(QUOTE));
}

static const char *skip_cell(const struct lane *lane, const char *at, const char *limit)
{
    for (; at <= limit; at += 8) {
        uint64_t ends = ends_among(lane, swar_load(at));
        if (ends) {
            return at + swar_find(ends);
        }
    }
    return NULL;
}

static int64_t to_utc(const struct lane *lane, int64_t local_us)
{
    return lane->rules.zone ? kurs_zone_to_utc(lane->rules.zone, local_us) : local_us;
}

static const char *read_clock(struct lane *lane, const char *at)
{
    struct date_clock clock;
    if (!date_fixed_clock(&lane->fixed, &at, &clock)) {
        return NULL;
    }
    int64_t local_us = lane->day_us + clock.us;
    if (lane->kind == KURS_DAILY) {
        lane->time_us = lane->day_us;
        return clock.us == 0 ? at : NULL;
    }
    lane->time_us = clock.has_offset ? local_us - clock.offset_us : to_utc(lane, local_us);
    return at;
}

/* Day and perhaps time of day in one cell; what stands behind them is the caller's to see. */
static const char *read_stamp(struct lane *lane, const char *at)
{
    const struct plan *plan = lane->rules.plan;
    if (!date_fixed_day(&lane->fixed, &at, &lane->day_us)) {
        return NULL;
    }
    bool has_clock = lane->fixed.clock_bytes > 0 && *at == lane->fixed.gap;
    if (plan->kind_per_row) {
        lane->kind = has_clock ? KURS_INSTANT : KURS_DAILY;
    }
    if (has_clock) {
        return read_clock(lane, at + 1);
    }
    lane->time_us = lane->kind == KURS_DAILY ? lane->day_us : to_utc(lane, lane->day_us);
    return plan->kind_per_row || lane->fixed.clock_bytes == 0 ? at : NULL;
}

static const char *read_any_stamp(struct lane *lane, const char *at, const char *limit)
{
    struct date_value value;
    const char *end = skip_cell(lane, at, limit);
    if (!end || !date_read_again(&lane->rules.plan->date, &lane->memory, at, (size_t)(end - at), &value)) {
        return NULL;
    }
    if (lane->kind == KURS_DAILY) {
        lane->time_us = value.local_us;
        return value.local_us % KURS_DAY_US == 0 ? end : NULL;
    }
    lane->time_us = value.has_offset ? value.local_us - value.offset_us : to_utc(lane, value.local_us);
    return end;
}

/* Eight to sixteen digits, as all counts since 1970 are; a cell of another form may still be any stamp. */
static const char *read_epoch(struct lane *lane, const char *at, const char *limit)
{
    static const int32_t power[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    uint64_t first = swar_load(at), second = swar_load(at + 8);
    unsigned more = swar_find(swar_nondigits(second));
    bool whole = swar_nondigits(first) == 0 && more > 0 && swar_find(ends_among(lane, swar_load(at + 8 + more))) == 0;
    int64_t count = (int64_t)swar_number(first, 8) * power[more] + (whole ? swar_number(second, more) : 0);
    if (!whole || lane->kind == KURS_DAILY || count > KURS_TIME_MAX / lane->epoch_us) {
        return read_any_stamp(lane, at, limit);
    }
    lane->time_us = count * lane->epoch_us;
    return at + 8 + more;
}

/* The bytes of a cell among the eight from `from` on. */
static uint64_t cell_mask(const struct cell *cell, size_t from)
{
    return cell->length <= from ? 0 : swar_first((unsigned)(cell->length - from));
}

/* Up to 15 bytes, as two words of the key. First tried: as many bytes as the last row's. */
static const char *read_subject(struct lane *lane, const char *at, struct cell *cell)
{
    uint64_t first = swar_load(at), second = swar_load(at + 8), *key = lane->key + lane->key_count;
    lane->key_count += 2;
    char end = at[cell->length];
    bool again = end == lane->delimiter || end == QUOTE || end == '\n' || end == '\r';
    again = again && (first & cell_mask(cell, 0)) == key[0] && (second & cell_mask(cell, 8)) == key[1];
    if (!again) {
        unsigned length = swar_find(ends_among(lane, first));
        length += length == 8 ? swar_find(ends_among(lane, second)) : 0;
        cell->length = length;
        key[0] = first & cell_mask(cell, 0);
        key[1] = second & cell_mask(cell, 8);
        lane->key_changed = true;
    }
    cell->text = at;
    return cell->length > 0 && cell->length < KEY_CELL_BYTES ? at + cell->length : NULL;
}

/* An empty cell or a mark of a missing value: a rate of 0. */
static const char *read_blank(struct lane *lane, const char *at, const char *limit)
{
    const char *end = skip_cell(lane, at, limit);
    if (!end || (end > at && !missing_find(at, (size_t)(end - at)))) {
        return NULL;
    }
    lane->rates[lane->rate_count++] = (struct kurs_decimal) {0, 0};
    return end;
}

/* "1.10001": digits, the decimal mark taken out, are read eight at a time, what is behind them one by one. */
static const char *read_value(struct lane *lane, const char *at, const char *limit)
{
    const char decimal = lane->rules.plan->number.decimal, *start = at, *mark = NULL;
    uint64_t bytes = swar_load(at);
    unsigned digits = swar_find(swar_nondigits(bytes));
    if (digits < 8 && at[digits] == decimal) {
        mark = at + digits;
        uint64_t whole = swar_first(digits);
        bytes = (bytes & whole) | (bytes >> 8 & ~whole); /* its last byte is now 0: no digit */
        digits = swar_find(swar_nondigits(bytes));
    }
    if (digits == 0) {
        return read_blank(lane, start, limit);
    }
    int64_t coefficient = swar_number(bytes, digits);
    at += digits + (mark != NULL);
    for (; at - start < NUMBER_BYTES; at++) {
        if (*at >= '0' && *at <= '9') {
            coefficient = coefficient * 10 + (*at - '0');
        } else if (*at == decimal && !mark) {
            mark = at;
        } else {
            break;
        }
    }
    int decimals = mark ? (int)(at - mark) - 1 : 0;
    lane->rates[lane->rate_count++] = (struct kurs_decimal) {coefficient, (int8_t)-decimals};
    return at;
}

static const char *read_cell(struct lane *lane, size_t column, const char *at, const char *limit)
{
    switch (lane->steps[column]) {
    case STEP_STAMP:
        return read_stamp(lane, at);
    case STEP_DAY:
        return date_fixed_day(&lane->fixed, &at, &lane->day_us) ? at : NULL;
    case STEP_CLOCK:
        return read_clock(lane, at);
    case STEP_EPOCH:
        return read_epoch(lane, at, limit);
    case STEP_ANY_STAMP:
        return read_any_stamp(lane, at, limit);
    case STEP_SUBJECT:
        return read_subject(lane, at, &lane->subject_cells[column]);
    case STEP_VALUE:
        return read_value(lane, at, limit);
    default:
        return skip_cell(lane, at, limit);
    }
}

/* ---- rows ---- */

/* Returns the start of the next line; NULL if the row is not plain or nears the end of the text. */
static const char *read_row(struct lane *lane, const char *at, const char *limit)
{
    lane->rate_count = lane->key_count = 0;
    for (size_t i = 0; i < lane->column_count; i++) {
        if (at > limit) {
            return NULL;
        }
        bool quoted = *at == QUOTE;
        at = read_cell(lane, i, at + quoted, limit);
        if (!at || (quoted && *at++ != QUOTE)) {
            return NULL;
        }
        if (i + 1 < lane->column_count && *at++ != lane->delimiter) {
            return NULL;
        }
    }
    at += *at == '\r';
    return *at == '\n' ? at + 1 : NULL;
}

static bool same_key(const struct lane *lane, const struct known *known)
{
    uint64_t differ = 0;
    for (size_t i = 0; i < lane->key_count; i++) {
        differ |= lane->key[i] ^ known->key[i];
    }
    return differ == 0;
}

/* Into a place of the table, which stays free when the subject is not plain. */
static enum kurs_status ask_subject(struct lane *lane, struct known *known)
{
    const struct subject *found;
    enum kurs_status status =
        subjects_find(lane->subjects, lane->subject_cells, lane->column_count, lane->kind, &found);
    if (status != KURS_OK) {
        return status;
    }
    bool plain = !found->passing && found->ids && !found->ids_before && found->units == 1;
    for (size_t i = 0; i < lane->value_count && plain; i++) {
        plain = found->ids[i] < SERIES_BAD;
    }
    *known = (struct known) {.kind = lane->kind, .subject = plain ? found : NULL};
    memcpy(known->key, lane->key, sizeof known->key);
    return KURS_OK;
}

/* The row's subject; NULL when there is more to say about it than the ids of its series. */
static enum kurs_status find_subject(struct lane *lane, const struct subject **subject)
{
    if (lane->last && !lane->key_changed && lane->last->kind == lane->kind) {
        *subject = lane->last->subject;
        return KURS_OK;
    }
    uint64_t hash = (uint64_t)lane->kind;
    for (size_t i = 0; i < lane->key_count; i++) {
        hash = (hash ^ lane->key[i]) * UINT64_C(0x9E3779B97F4A7C15); /* Knuth's multiplicative hash */
    }
    struct known *known = &lane->known[hash >> (64 - KNOWN_BITS)];
    if (!known->subject || known->kind != lane->kind || !same_key(lane, known)) {
        enum kurs_status status = ask_subject(lane, known);
        if (status != KURS_OK) {
            return status;
        }
    }
    lane->last = known->subject ? known : NULL;
    lane->key_changed = false;
    *subject = known->subject;
    return KURS_OK;
}

enum kurs_status lane_take(struct lane *lane, const char **at, const char *end, struct batch *batch)
{
    const char *limit = end - MARGIN, *next;
    enum kurs_status status = KURS_OK;
    if (end - *at < MARGIN) {
        return KURS_OK;
    }
    while (status == KURS_OK && (next = read_row(lane, *at, limit)) != NULL) {
        const struct subject *subject;
        if (rows_time_fault(&lane->rules, lane->time_us)) {
            break; /* before its series is numbered, which a reject's is not */
        }
        status = find_subject(lane, &subject);
        if (status != KURS_OK || !subject) {
            break;
        }
        uint64_t line = ++batch->lines;
        for (size_t i = 0; i < lane->value_count && status == KURS_OK; i++) {
            if (lane->rates[i].coefficient == 0) {
                batch->blank++;
            } else {
                status = batch_point(batch, subject->ids[i], lane->time_us, lane->rates[i], line);
            }
        }
        batch->last_data_line = line;
        *at = next;
    }
    return status;
}
