/* sniff_time.c owns the date pattern, the order of day and month, the kind of the series, the zone and fixed dates.
 * The idea: every pattern the first stamps can be of is tried on all of them; what still leaves two readings is looked
 * for in the whole file (a day over 12), then in conventions (dots mean day first; a publisher's or a language's order).
 * Closeness of consecutive dates is no evidence: 01/02, 01/03, 01/04 are days of January or firsts of months. */
#include "ingest/sniff_state.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "ingest/lines.h"

enum { CANDIDATES_MAX = 16, STAMP_SIZE = 96 };

struct candidate {
    struct date_format format;
    size_t matches;
};

struct candidates {
    struct candidate item[CANDIDATES_MAX];
    size_t count;
};

/* The row's date cells joined by a space, as rows.c reads them. */
static size_t join_stamp(const struct sniff *sniff, size_t row, char stamp[STAMP_SIZE])
{
    size_t out = 0;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        if (sniff->column[c].role != ROLE_DATE)
            continue;
        const struct grid_cell *cell = grid_at(&sniff->grid, row, c);
        if (out + cell->length + 2 > STAMP_SIZE)
            return 0;
        if (out > 0)
            stamp[out++] = ' ';
        memcpy(stamp + out, cell->text, cell->length);
        out += cell->length;
    }
    stamp[out] = 0;
    return out;
}

static void add_pattern(struct candidates *candidates, const char *pattern)
{
    struct candidate candidate = {.matches = 0};
    for (size_t i = 0; i < candidates->count; i++)
        if (strcmp(candidates->item[i].format.pattern, pattern) == 0)
            return;
    if (candidates->count < CANDIDATES_MAX && date_format_compile(pattern, &candidate.format, NULL) == KURS_OK)
        candidates->item[candidates->count++] = candidate;
}

static void add_patterns_of(struct candidates *candidates, const char *stamp, size_t length)
{
    char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE];
    for (int loose = 0; loose < 2; loose++) {
        int count = stamp_patterns(stamp, length, loose != 0, pattern);
        for (int i = 0; i < count; i++)
            add_pattern(candidates, pattern[i]);
    }
}

/* Calls `each` for the stamps of the window: date cells of rows, or of the rows of dates of a transposed file. */
static void each_stamp(const struct sniff *sniff, void (*each)(void *context, const char *stamp, size_t length),
                       void *context)
{
    char stamp[STAMP_SIZE];
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        if (!sniff->frame.transposed) {
            size_t length = frame_is_data(&sniff->grid, &sniff->frame, r) ? join_stamp(sniff, r, stamp) : 0;
            if (length > 0)
                each(context, stamp, length);
            continue;
        }
        for (size_t c = 0; c < sniff->grid.column_count && r == sniff->frame.first; c++) {
            const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
            if (sniff->column[c].role == ROLE_VALUE && cell->length < STAMP_SIZE)
                each(context, cell->text, cell->length);
        }
    }
}

struct trial {
    struct candidates *candidates;
    size_t stamps, timed, midnights;
    const struct date_format *format; /* once chosen */
};

static void propose(void *context, const char *stamp, size_t length)
{
    struct trial *trial = context;
    enum { PROPOSERS = 60 }; /* the first stamps; a column has few shapes */
    if (trial->stamps++ % 7 == 0 || trial->stamps < PROPOSERS)
        add_patterns_of(trial->candidates, stamp, length);
}

static void try_all(void *context, const char *stamp, size_t length)
{
    struct trial *trial = context;
    struct date_value value;
    trial->stamps++;
    for (size_t i = 0; i < trial->candidates->count; i++)
        trial->candidates->item[i].matches += date_read(&trial->candidates->item[i].format, stamp, length, &value);
}

static void watch_clock(void *context, const char *stamp, size_t length)
{
    struct trial *trial = context;
    struct date_value value;
    if (!date_read(trial->format, stamp, length, &value) || !value.has_time)
        return;
    trial->timed++;
    trial->midnights += value.local_us % KURS_DAY_US == 0;
}

/* ---- The whole file ---- */

struct scan {
    const struct sniff *sniff;
    const struct date_format *format[2]; /* two orders, or one and NULL to look for a time of day */
    size_t only[2];                      /* lines that only this order can read */
    bool clock;                          /* a time that is not midnight was seen */
};

/* Cell `column` of a line, quotes gone; enough for dates, which hold no delimiters in quotes but with months' names. */
static bool line_cell(const struct grid_dialect *dialect, const char *line, size_t length, size_t column,
                      const char **cell, size_t *cell_length)
{
    if (dialect->quoted_lines && length >= 2) {
        line++;
        length -= 2;
    }
    size_t at = 0;
    for (size_t c = 0; at <= length; c++) {
        bool quoted = at < length && line[at] == '"';
        const char *end = quoted ? memchr(line + at + 1, '"', length - at - 1) : NULL;
        const char *mark = end ? memchr(end, dialect->delimiter, (size_t)(line + length - end))
                               : memchr(line + at, dialect->delimiter, length - at);
        size_t until = mark ? (size_t)(mark - line) : length;
        if (c == column) {
            *cell = end ? line + at + 1 : line + at;
            *cell_length = end ? (size_t)(end - *cell) : until - at;
            return true;
        }
        at = until + 1;
        while (dialect->delimiter == ' ' && at < length && line[at] == ' ')
            at++;
    }
    return false;
}

static size_t line_stamp(const struct sniff *sniff, const char *line, size_t length, char stamp[STAMP_SIZE])
{
    size_t out = 0;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        const char *cell;
        size_t cell_length;
        if (sniff->column[c].role != ROLE_DATE)
            continue;
        if (!line_cell(&sniff->grid.dialect, line, length, c, &cell, &cell_length) ||
            out + cell_length + 2 > STAMP_SIZE)
            return 0;
        if (out > 0)
            stamp[out++] = ' ';
        memcpy(stamp + out, cell, cell_length);
        out += cell_length;
    }
    return out;
}

static bool scan_piece(void *context, const char *lines, size_t bytes)
{
    struct scan *scan = context;
    char stamp[STAMP_SIZE];
    for (size_t at = 0; at < bytes;) {
        size_t next, length = line_read(lines + at, bytes - at, &next);
        size_t stamp_length = length > 0 ? line_stamp(scan->sniff, lines + at, length, stamp) : 0;
        struct date_value value;
        at += next;
        if (stamp_length == 0)
            continue;
        bool first = date_read(scan->format[0], stamp, stamp_length, &value);
        if (!scan->format[1]) {
            scan->clock |= first && value.has_time && value.local_us % KURS_DAY_US != 0;
            if (scan->clock)
                return false;
            continue;
        }
        bool second = date_read(scan->format[1], stamp, stamp_length, &value);
        scan->only[0] += first && !second;
        scan->only[1] += second && !first;
        if (scan->only[0] > 0 && scan->only[1] > 0)
            return false;
    }
    return true;
}

/* ---- The order of day and month ---- */

/* Do two patterns read some stamp differently? */
struct difference {
    const struct date_format *a, *b;
    bool differ;
    char example[STAMP_SIZE];
};

static void compare(void *context, const char *stamp, size_t length)
{
    struct difference *difference = context;
    struct date_value a, b;
    if (difference->differ || !date_read(difference->a, stamp, length, &a) ||
        !date_read(difference->b, stamp, length, &b))
        return;
    difference->differ = a.local_us != b.local_us;
    if (difference->differ && length < STAMP_SIZE) {
        memcpy(difference->example, stamp, length);
        difference->example[length] = 0;
    }
}

static bool is_day_first(const struct date_format *format)
{
    return format->pattern[0] == 'D' && format->pattern[1] != 'a';
}

/* Heads in a language that writes the day first: all but English, which writes both. */
static bool head_is_day_first(const struct sniff *sniff)
{
    for (size_t c = 0; c < sniff->grid.column_count; c++)
        if (header_is_foreign(sniff->column[c].head, sniff->column[c].head_length))
            return true;
    return false;
}

static enum kurs_status choose_order(struct sniff *sniff, const struct date_format *a, const struct date_format *b,
                                     const char *example, const struct date_format **chosen)
{
    struct scan scan = {.sniff = sniff, .format = {a, b}};
    const struct date_format *day_first = is_day_first(a) ? a : is_day_first(b) ? b : NULL;
    const struct date_format *other = day_first == a ? b : a;
    enum kurs_status status = KURS_OK;
    if (!sniff->frame.transposed)
        status = input_scan(sniff->input->input, scan_piece, &scan, sniff->error);
    if (status < 0)
        return status;
    if ((scan.only[0] > 0) != (scan.only[1] > 0)) {
        *chosen = scan.only[0] > 0 ? a : b;
        sniff_step(sniff, "dates: %s, as %zu dates of the whole file can be read no other way", (*chosen)->pattern,
                   scan.only[0] + scan.only[1]);
        return KURS_OK;
    }
    const char *order = sniff->publisher ? sniff->publisher->order : "";
    const char *why = NULL;
    if (day_first && scan.only[0] == 0) {
        if (strchr(day_first->pattern, '.') && strchr(day_first->pattern, '.') < strchr(day_first->pattern, 'Y'))
            why = "dots part a date that starts with the day";
        else if (strcmp(order, "DMY") == 0)
            why = "its publisher writes the day first";
        else if (head_is_day_first(sniff))
            why = "its heads are in a language that writes the day first";
        *chosen = day_first;
        if (strcmp(order, "MDY") == 0 && !why) {
            why = "its publisher writes the month first";
            *chosen = other;
        }
    }
    if (why) {
        sniff_step(sniff, "dates: %s, as %s", (*chosen)->pattern, why);
        return KURS_OK;
    }
    char hint[160];
    snprintf(hint, sizeof hint, "--date-format %s or --date-format %s", a->pattern, b->pattern);
    if (scan.only[0] > 0)
        return sniff_stop(sniff, KURS_EDECIDE, hint, "some of its dates can only be %s, others only %s", a->pattern,
                          b->pattern);
    return sniff_stop(sniff, KURS_EDECIDE, hint, "'%s' could be %s or %s, and no date in it is clear", example,
                      a->pattern, b->pattern);
}

static enum kurs_status choose_pattern(struct sniff *sniff)
{
    struct candidates candidates = {.count = 0};
    struct trial trial = {.candidates = &candidates};
    const struct date_format *best = NULL;
    size_t most = 0;
    each_stamp(sniff, propose, &trial);
    trial.stamps = 0;
    each_stamp(sniff, try_all, &trial);
    for (size_t i = 0; i < candidates.count; i++)
        if (candidates.item[i].matches > most) {
            most = candidates.item[i].matches;
            best = &candidates.item[i].format;
        }
    if (!best || most * 2 < trial.stamps)
        return sniff_stop(sniff, KURS_EDECIDE, "--date-format, e.g. --date-format DD.MM.YYYY",
                          "its dates are of no pattern known here");
    for (size_t i = 0; i < candidates.count; i++) {
        struct difference difference = {.a = best, .b = &candidates.item[i].format};
        /* a pattern that reads nearly as many stamps, but otherwise: the order is open in this window */
        if (candidates.item[i].matches * 20 < most * 19 || difference.b == best)
            continue;
        each_stamp(sniff, compare, &difference);
        if (!difference.differ)
            continue;
        if (candidates.item[i].matches == most) {
            enum kurs_status status = choose_order(sniff, best, difference.b, difference.example, &best);
            if (status != KURS_OK)
                return status;
        }
    }
    sniff->plan->date = *best;
    return KURS_OK;
}

/* ---- Fixed dates ---- */

static bool read_date(const char *text, size_t length, struct date_value *value, bool *ambiguous)
{
    char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE];
    int count = stamp_patterns(text, length, true, pattern), read = 0;
    for (int i = 0; i < count; i++) {
        struct date_format format;
        struct date_value one;
        if (date_format_compile(pattern[i], &format, NULL) != KURS_OK || !date_read(&format, text, length, &one))
            continue;
        if (read > 0 && one.local_us != value->local_us && !memchr(text, '.', length))
            *ambiguous = true;
        if (read++ == 0)
            *value = one;
    }
    return read > 0;
}

/* A date among the words of a title: "30.05.2025 #103", "Rates for 13 April 2026". The longest run of words that is. */
static bool find_date_in(const char *text, size_t length, struct date_value *value, bool *ambiguous)
{
    enum { WORDS_MAX = 5, TITLE_MAX = 300 };
    if (length > TITLE_MAX)
        length = TITLE_MAX;
    for (size_t from = 0; from < length; from++) {
        if (from > 0 && !strchr(" (:,;\"", text[from - 1]))
            continue;
        size_t ends[WORDS_MAX], count = 0;
        for (size_t end = from + 1; end <= length && count < WORDS_MAX; end++)
            if (end == length || strchr(" ),;\"", text[end]))
                ends[count++] = end;
        while (count-- > 0) {
            enum stamp_shape shape = stamp_shape(text + from, ends[count] - from);
            if ((shape == STAMP_DATE || shape == STAMP_COMPACT) &&
                read_date(text + from, ends[count] - from, value, ambiguous))
                return true;
        }
    }
    return false;
}

/* Eight digits, or a date, in the file's name. */
static bool find_date_in_name(const char *name, struct date_value *value, bool *ambiguous)
{
    size_t length = strlen(name);
    for (size_t from = 0; from < length; from++) {
        static const size_t lengths[] = {10, 8};
        bool starts = from == 0 || !(name[from - 1] >= '0' && name[from - 1] <= '9');
        for (size_t i = 0; i < 2 && starts; i++) {
            size_t take = lengths[i];
            bool ends = from + take <= length && !(name[from + take] >= '0' && name[from + take] <= '9');
            enum stamp_shape shape = ends ? stamp_shape(name + from, take) : STAMP_NONE;
            if ((shape == STAMP_DATE || shape == STAMP_COMPACT) && read_date(name + from, take, value, ambiguous))
                return true;
        }
    }
    return false;
}

/* The one date that holds for every row. */
static enum kurs_status fix_date(struct sniff *sniff, int64_t *time_us, bool *has_time)
{
    const struct kurs_import_options *options = sniff->options;
    struct date_value value = {0};
    bool ambiguous = false, found = false;
    *has_time = false;
    if (options->date) {
        enum kurs_status status = kurs_time_parse(options->date, options->now_us, NULL, time_us, NULL, sniff->error);
        *has_time = status == KURS_OK && strlen(options->date) > 10;
        return status;
    }
    for (size_t r = 0; r < sniff->frame.first && !found; r++)
        for (size_t c = 0; c < sniff->grid.row[r].count && !found; c++) {
            const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
            found = find_date_in(cell->text, cell->length, &value, &ambiguous);
        }
    if (!found)
        found = find_date_in_name(sniff->input->name, &value, &ambiguous);
    if (!found && options->at_us != INT64_MIN) {
        *time_us = options->at_us;
        *has_time = options->at_us % KURS_DAY_US != 0;
        return KURS_OK;
    }
    if (!found || ambiguous)
        return sniff_stop(sniff, KURS_EDECIDE, "--date YYYY-MM-DD", "%s",
                          found ? "the date above its rows could be read two ways"
                                : "no date stands in it or its name");
    *time_us = value.local_us;
    *has_time = value.has_time;
    sniff_step(sniff, "dates: one for all rows, from the lines above them or the file's name");
    return KURS_OK;
}

/* ---- Kind and zone ---- */

static enum kurs_status decide_kind(struct sniff *sniff)
{
    struct plan *plan = sniff->plan;
    struct trial trial = {.format = &plan->date};
    plan->kind = KURS_DAILY;
    each_stamp(sniff, watch_clock, &trial);
    if (trial.timed > trial.midnights) {
        plan->kind = KURS_INSTANT;
    } else if (trial.timed > 0) {
        struct scan scan = {.sniff = sniff, .format = {&plan->date, NULL}};
        enum kurs_status status = input_scan(sniff->input->input, scan_piece, &scan, sniff->error);
        if (status < 0)
            return status;
        plan->kind = scan.clock ? KURS_INSTANT : KURS_DAILY;
    }
    sniff_step(sniff, "kind: %s",
               plan->kind == KURS_INSTANT ? "instants, as times of day are stated"
               : trial.timed > 0          ? "daily, as every time of day is midnight"
                                          : "daily, as no time of day is stated");
    return KURS_OK;
}

/* A zone that the head of the time names: "Time (EST)", "Moscow time". */
static void decide_zone(struct sniff *sniff)
{
    static const struct {
        const char *word, *zone;
    } zones[] = {{"msk", "Europe/Moscow"},
                 {"est", "EST"},
                 {"eet", "EET"},
                 {"cet", "CET"},
                 {"jst", "Asia/Tokyo"},
                 {"hkt", "Asia/Hong_Kong"},
                 {"et", "America/New_York"},
                 {"ct", "America/Chicago"}};
    struct plan *plan = sniff->plan;
    if (sniff->options->tz) {
        snprintf(plan->zone, sizeof plan->zone, "%s", sniff->options->tz);
        return;
    }
    if (plan->kind == KURS_DAILY || strchr(plan->date.pattern, 'Z'))
        return;
    for (size_t c = 0; c < sniff->grid.column_count; c++) {
        const struct column *column = &sniff->column[c];
        for (size_t i = 0; column->role == ROLE_DATE && i < sizeof zones / sizeof zones[0]; i++) {
            size_t length = strlen(zones[i].word);
            for (size_t at = 0; at + length <= column->head_length; at++) {
                bool same = at > 0 && strchr(" (_", column->head[at - 1]) &&
                            (at + length == column->head_length || strchr(" )_", column->head[at + length]));
                for (size_t k = 0; k < length && same; k++)
                    same = (column->head[at + k] | 0x20) == zones[i].word[k];
                if (same) {
                    snprintf(plan->zone, sizeof plan->zone, "%s", zones[i].zone);
                    sniff_step(sniff, "zone: %s, as the head '%.*s' says", plan->zone, (int)column->head_length,
                               column->head);
                    return;
                }
            }
        }
    }
}

enum kurs_status time_decide(struct sniff *sniff)
{
    struct plan *plan = sniff->plan;
    enum kurs_status status;
    bool has_time;
    if (sniff->frame.date_column < 0 && !sniff->frame.transposed) {
        plan->fixed_time = true;
        status = fix_date(sniff, &plan->fixed_us, &has_time);
        plan->kind = has_time ? KURS_INSTANT : KURS_DAILY;
        return status;
    }
    if (sniff->frame.date_shape == STAMP_NONE ||
        (sniff->publisher && strncmp(sniff->publisher->columns, "ms-", 3) == 0)) {
        status = date_format_compile("ms-of-day", &plan->date, sniff->error);
        if (status == KURS_OK)
            status = fix_date(sniff, &plan->date.day_us, &has_time);
    } else if (sniff->options->date_format) {
        status = date_format_compile(sniff->options->date_format, &plan->date, sniff->error);
    } else {
        status = choose_pattern(sniff);
    }
    if (status == KURS_OK)
        status = decide_kind(sniff);
    if (status == KURS_OK)
        decide_zone(sniff);
    return status;
}
