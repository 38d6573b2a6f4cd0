/* account.c: the caller's account of an import. Owns the order in which rejects are told, what is a footer, and where
 * the rows of late rejects are found again. A reject is told once and then forgotten, but for what may turn out to be a
 * footer and for those found when their rows have gone by (duplicates, times of another kind): these rows are read a
 * second time, so that no import keeps its rows in memory for the few that have some. */
#include "ingest/account.h"

#include "base/error.h"
#include "ingest/lines.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define HELD_ROWS_MAX  256 /* a longer "footer" is data gone wrong */
#define HELD_BYTES_MAX ((size_t)1 << 20)
#define LATE_MAX       65536 /* told with their rows; later ones by line only */
#define NOTE_BYTES     512
#define REASON_SIZE    (BATCH_REASON_SIZE + 96) /* with the lines of a quote */

struct held_row {
    struct kurs_reject reject; /* raw is owned */
    uint64_t cells;
    bool footer; /* else a reject behind one, whose turn comes with it */
    char reason[REASON_SIZE];
};

/* A reject that is found when its row has gone by, and known by its line only. */
struct late {
    char name[KURS_NAME_SIZE];
    uint64_t line;
    bool other_kind; /* else a duplicate: */
    int64_t time_us;
    uint64_t line_first; /* 0: not known */
};

struct account {
    const struct kurs_import_options *options;
    struct held_row *held;
    size_t held_count, held_bytes;
    bool gone_wrong; /* there were too many to hold: until data follows no row is taken for a footer */
    uint64_t footer_count, footer_line;
    struct late *late;
    size_t late_count, late_room;
    bool first_unknown; /* of one of them */
    uint64_t blank, rejected, identical;
    uint64_t mid_outside, mid_line, no_rate;
    char no_rate_name[sizeof((struct batch *)0)->no_rate_name];
    char first_reject[REASON_SIZE + 32];
};

enum kurs_status account_new(const struct kurs_import_options *options, struct account **account)
{
    struct account *made = calloc(1, sizeof *made);
    struct held_row *held = calloc(HELD_ROWS_MAX, sizeof *held);
    if (!made || !held) {
        free(made);
        free(held);
        return KURS_ENOMEM;
    }
    made->held = held;
    made->options = options;
    *account = made;
    return KURS_OK;
}

static void drop_held(struct account *account)
{
    for (size_t i = 0; i < account->held_count; i++) {
        free((char *)(uintptr_t)account->held[i].reject.raw);
    }
    account->held_count = account->held_bytes = 0;
}

void account_free(struct account *account)
{
    if (account) {
        drop_held(account);
        free(account->held);
        free(account->late);
        free(account);
    }
}

void account_note(const struct account *account, enum kurs_note note, const char *format, ...)
{
    char text[NOTE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (account->options->on_note) {
        account->options->on_note(account->options->context, note, text);
    }
}

static void tell_reject(struct account *account, const struct kurs_reject *reject)
{
    if (account->first_reject[0] == '\0') {
        snprintf(account->first_reject, sizeof account->first_reject, "line %llu: %s", (unsigned long long)reject->line,
                 reject->reason);
    }
    if (account->options->on_reject) {
        account->options->on_reject(account->options->context, reject);
    }
}

static void reject_row(struct account *account, const struct kurs_reject *reject, uint64_t cells)
{
    account->rejected += cells;
    tell_reject(account, reject);
}

/* ---- rows held ---- */

static bool has_room(const struct account *account, size_t raw_bytes)
{
    return account->held_count < HELD_ROWS_MAX && account->held_bytes + raw_bytes <= HELD_BYTES_MAX;
}

static enum kurs_status hold_row(struct account *account, const struct kurs_reject *reject, uint64_t cells, bool footer)
{
    char *raw = malloc(reject->raw_bytes + 1);
    if (!raw) {
        return KURS_ENOMEM;
    }
    memcpy(raw, reject->raw, reject->raw_bytes);
    struct held_row *held = &account->held[account->held_count++];
    *held = (struct held_row) {.reject = *reject, .cells = cells, .footer = footer};
    held->reject.raw = raw;
    snprintf(held->reason, sizeof held->reason, "%s", reject->reason);
    held->reject.reason = held->reason;
    account->held_bytes += reject->raw_bytes;
    return KURS_OK;
}

/* No footer after all. */
static void reject_held(struct account *account)
{
    for (size_t i = 0; i < account->held_count; i++) {
        reject_row(account, &account->held[i].reject, account->held[i].cells);
    }
    drop_held(account);
}

void account_end(struct account *account)
{
    for (size_t i = 0; i < account->held_count; i++) {
        const struct held_row *held = &account->held[i];
        if (!held->footer) {
            reject_row(account, &held->reject, held->cells);
        } else if (account->footer_count++ == 0) {
            account->footer_line = held->reject.line;
        }
    }
    drop_held(account);
}

/* ---- batches ---- */

/* The reason, with the lines that a quote joins: what is wrong with the row is often that quote. */
static void write_reason(const struct batch_reject *reject, uint64_t lines_before, char reason[REASON_SIZE])
{
    unsigned long long from = lines_before + reject->place.quote_from, until = lines_before + reject->place.quote_until;
    if (reject->place.quote_from == 0) {
        snprintf(reason, REASON_SIZE, "%s", reject->reason);
    } else if (reject->place.quote_until == 0) {
        snprintf(reason, REASON_SIZE, "a quote opened on line %llu is never closed", from);
    } else {
        snprintf(reason, REASON_SIZE, "%s; a quoted cell spans lines %llu to %llu", reject->reason, from, until);
    }
}

static enum kurs_status take_reject(struct account *account, const struct batch *batch,
                                    const struct batch_reject *reject, struct parallel_origin origin)
{
    char reason[REASON_SIZE];
    write_reason(reject, origin.lines, reason);
    struct kurs_reject told = {.line = origin.lines + reject->place.line,
                               .byte = origin.bytes + reject->place.byte,
                               .reason = reason,
                               .raw = reject->place.raw,
                               .raw_bytes = reject->place.raw_bytes};
    bool footer = reject->footer && reject->place.line > batch->last_data_line && !account->gone_wrong;
    bool hold = footer || account->held_count > 0;
    if (hold && has_room(account, told.raw_bytes)) {
        return hold_row(account, &told, reject->cells, footer);
    }
    if (hold) {
        account->gone_wrong = true;
        reject_held(account);
    }
    reject_row(account, &told, reject->cells);
    return KURS_OK;
}

enum kurs_status account_batch(struct account *account, const struct batch *batch, struct parallel_origin origin)
{
    if (batch->last_data_line > 0) {
        reject_held(account);
        account->gone_wrong = false;
    }
    enum kurs_status status = KURS_OK;
    for (size_t i = 0; i < batch->reject_count && status == KURS_OK; i++) {
        status = take_reject(account, batch, &batch->reject[i], origin);
    }
    account->blank += batch->blank;
    account->identical += batch->identical;
    if (account->mid_outside == 0 && batch->mid_outside > 0) {
        account->mid_line = origin.lines + batch->mid_line;
    }
    account->mid_outside += batch->mid_outside;
    if (account->no_rate == 0) {
        memcpy(account->no_rate_name, batch->no_rate_name, sizeof account->no_rate_name);
    }
    account->no_rate += batch->no_rate;
    return status;
}

/* ---- late rejects ---- */

static void tell_late(struct account *account, const struct late *late, uint64_t byte, const char *raw,
                      size_t raw_bytes)
{
    char time[KURS_TIME_SIZE], reason[KURS_NAME_SIZE + KURS_TIME_SIZE + 64];
    kurs_time_format(late->time_us, KURS_DAILY, time);
    if (late->other_kind) {
        snprintf(reason, sizeof reason, "%s has dates and times of day: they do not mix", late->name);
    } else if (late->line_first > 0) {
        snprintf(reason, sizeof reason, "%s %s has another rate on line %llu, which stays", late->name, time,
                 (unsigned long long)late->line_first);
    } else {
        snprintf(reason, sizeof reason, "%s %s has another rate on an earlier line", late->name, time);
    }
    struct kurs_reject told = {late->line, byte, reason, raw, raw_bytes};
    tell_reject(account, &told);
}

static void add_late(struct account *account, const char *name, const struct late *known)
{
    struct late late = *known;
    memcpy(late.name, name, strnlen(name, sizeof late.name - 1));
    if (account->late_count == account->late_room && account->late_room < LATE_MAX) {
        size_t room = account->late_room ? 2 * account->late_room : 64;
        struct late *grown = realloc(account->late, room * sizeof *grown);
        if (grown) {
            account->late = grown;
            account->late_room = room;
        }
    }
    if (account->late_count == account->late_room) {
        tell_late(account, &late, 0, "", 0);
        return;
    }
    account->late[account->late_count++] = late;
}

void account_duplicate(struct account *account, const char *name, int64_t time_us, uint64_t line_first,
                       uint64_t line_later)
{
    add_late(account, name, &(struct late) {.time_us = time_us, .line_first = line_first, .line = line_later});
    account->first_unknown |= line_first == 0;
}

void account_other_kind(struct account *account, const char *name, uint64_t line)
{
    account->rejected++;
    add_late(account, name, &(struct late) {.line = line, .other_kind = true});
}

static int by_point(const void *a, const void *b)
{
    const struct late *left = a, *right = b;
    int names = strcmp(left->name, right->name);
    return names ? names : left->time_us < right->time_us ? -1 : left->time_us > right->time_us;
}

bool account_seeks_lines(struct account *account)
{
    if (account->first_unknown) {
        qsort(account->late, account->late_count, sizeof *account->late, by_point);
    }
    return account->first_unknown;
}

/* The first of them, sorted by point, that is not before the key. */
static size_t lower_bound(const struct account *account, const struct late *key)
{
    size_t from = 0, until = account->late_count;
    while (from < until) {
        size_t middle = from + (until - from) / 2;
        if (by_point(&account->late[middle], key) < 0) {
            from = middle + 1;
        } else {
            until = middle;
        }
    }
    return from;
}

void account_seen(struct account *account, const char *name, const struct batch_column *column, uint64_t lines_before)
{
    struct late key = {.time_us = INT64_MIN};
    memcpy(key.name, name, strnlen(name, sizeof key.name - 1));
    size_t first = lower_bound(account, &key);
    if (first == account->late_count || strcmp(account->late[first].name, name) != 0) {
        return;
    }
    for (size_t i = 0; i < column->count; i++) {
        key.time_us = column->time_us[i];
        for (size_t at = lower_bound(account, &key);
             at < account->late_count && by_point(&account->late[at], &key) == 0; at++) {
            struct late *late = &account->late[at];
            if (late->line_first == 0) {
                late->line_first = lines_before + column->line[i];
            }
        }
    }
}

static int by_line(const void *a, const void *b)
{
    uint64_t left = ((const struct late *)a)->line, right = ((const struct late *)b)->line;
    return left < right ? -1 : left > right;
}

/* Walks the text again, telling the rows of late rejects as their lines come by. */
struct walk {
    struct account *account;
    size_t next;
    uint64_t line, byte;
};

static bool tell_rows(void *context, const char *lines, size_t bytes)
{
    struct walk *walk = context;
    const struct account *account = walk->account;
    for (size_t at = 0, next; at < bytes && walk->next < account->late_count; at += next) {
        size_t length = line_read(lines + at, bytes - at, &next);
        walk->line++;
        for (; walk->next < account->late_count && account->late[walk->next].line == walk->line; walk->next++) {
            tell_late(walk->account, &account->late[walk->next], walk->byte + at, lines + at, length);
        }
    }
    walk->byte += bytes;
    return walk->next < account->late_count;
}

enum kurs_status account_tell_late(struct account *account, struct input *input, struct kurs_error *error)
{
    if (account->late_count == 0) {
        return KURS_OK;
    }
    qsort(account->late, account->late_count, sizeof *account->late, by_line);
    struct walk walk = {.account = account};
    enum kurs_status status = input_scan(input, tell_rows, &walk, error);
    for (; walk.next < account->late_count; walk.next++) { /* a stream cannot be read again */
        tell_late(account, &account->late[walk.next], 0, "", 0);
    }
    account->late_count = 0;
    account->first_unknown = false;
    return status == KURS_END ? KURS_OK : status;
}

/* ---- the end ---- */

void account_finish(struct account *account)
{
    if (account->footer_count > 0) {
        account_note(account, KURS_NOTE_INFO, "%llu footer line%s from line %llu on left out",
                     (unsigned long long)account->footer_count, account->footer_count == 1 ? "" : "s",
                     (unsigned long long)account->footer_line);
    }
    if (account->no_rate > 0) {
        account_note(account, KURS_NOTE_INFO, "%llu value%s left out that are no rates (%s%s)",
                     (unsigned long long)account->no_rate, account->no_rate == 1 ? "" : "s", account->no_rate_name,
                     account->no_rate == 1 ? "" : ", …");
    }
    if (account->mid_outside > 0) {
        account_note(account, KURS_NOTE_WARNING, "%llu mid rate%s outside bid and ask, the first on line %llu",
                     (unsigned long long)account->mid_outside, account->mid_outside == 1 ? " lies" : "s lie",
                     (unsigned long long)account->mid_line);
    }
}

uint64_t account_blank(const struct account *account)
{
    return account->blank;
}

uint64_t account_rejected(const struct account *account)
{
    return account->rejected;
}

uint64_t account_identical(const struct account *account)
{
    return account->identical;
}

const char *account_first_reject(const struct account *account)
{
    return account->first_reject;
}
