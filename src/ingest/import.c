/* import.c: kurs_import, from a file to one durable transaction. Owns the order of things: open, sniff, read, write,
 * settle, decide, commit; and what is said on the way. Each step is another file's. Nothing is written until all of the
 * file is read and settled; with `follow` each second's worth is a transaction of its own. */
#include "kurs.h"

#include "base/error.h"
#include "ingest/account.h"
#include "ingest/doubt.h"
#include "ingest/follow.h"
#include "ingest/parallel.h"
#include "ingest/pins.h"
#include "ingest/sniff.h"
#include "store/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_SHOWN 8 /* of a dry run */
#define NO_INDEX     UINT32_MAX
#define STREAM_TRIES 64 /* to understand a stream, at a line more each: no preamble of one is longer */

/* What is known of a series of this import. */
struct series {
    uint32_t index; /* the writer's, NO_INDEX before its first point in this transaction */
    bool met;       /* compared with the stored history already */
    bool jumped;    /* warned about */
    struct kurs_decimal last;
    int64_t given_us, stored_us; /* of a stream's newest point: its time as given, and as it was stored */
};

struct import {
    const struct kurs_import_options *options;
    struct kurs_store *store;
    struct input *input;
    struct plan plan;
    struct kurs_zone *zone;
    struct names *names;
    struct account *account;
    int64_t until_us;             /* later times are rejected */
    struct kurs_snapshot *before; /* the store as it was, for doubts */
    struct writer *writer;
    struct series *series; /* by id */
    uint32_t series_room;
    uint64_t points; /* handed to the writer */
    int64_t first_us, last_us;
    int points_shown;
    struct kurs_counts counts;   /* the writer's */
    struct kurs_counts recorded; /* of transactions done */
    uint64_t read_bytes;         /* of the input, as it was read for its points */
    uint32_t read_crc;
    struct kurs_import_record record;
};

/* ---- series ---- */

static enum kurs_status reserve_series(struct import *import, uint32_t id, struct kurs_error *error)
{
    if (id >= import->series_room) {
        uint32_t room = 2 * id + 64;
        struct series *grown = realloc(import->series, room * sizeof *grown);
        if (!grown) {
            return error_what(error, KURS_ENOMEM, "cannot import");
        }
        for (uint32_t i = import->series_room; i < room; i++) {
            grown[i] = (struct series) {.index = NO_INDEX, .given_us = INT64_MIN, .stored_us = INT64_MIN};
        }
        import->series = grown;
        import->series_room = room;
    }
    return KURS_OK;
}

/* The series holds the other kind of times: says so of the file, with the option that is the way out. */
static enum kurs_status tell_kind(const struct import *import, enum kurs_kind kind, struct kurs_error *error)
{
    char holds[sizeof error->what];
    memcpy(holds, error->what, sizeof holds);
    error_what(error, KURS_EKIND, "cannot import '%s'", input_head(import->input)->name);
    error_why(error, KURS_EKIND, "%s: they do not mix", holds);
    return error_hint(error, KURS_EKIND, "keep them apart under a label: --label %s",
                      kind == KURS_DAILY ? "daily" : "ticks");
}

static enum kurs_status find_series(struct import *import, uint32_t id, struct kurs_error *error)
{
    if (import->series[id].index != NO_INDEX) {
        return KURS_OK;
    }
    struct kurs_name name;
    enum kurs_kind kind;
    names_get(import->names, id, &name, &kind);
    enum kurs_status status = writer_series(import->writer, &name, kind, &import->series[id].index, error);
    return status == KURS_EKIND && error ? tell_kind(import, kind, error) : status;
}

static void name_text(struct import *import, uint32_t id, char text[KURS_NAME_SIZE], enum kurs_kind *kind)
{
    struct kurs_name name;
    names_get(import->names, id, &name, kind);
    kurs_name_format(&name, text);
}

static enum kurs_kind kind_of(const struct import *import, uint32_t id)
{
    struct kurs_name name;
    enum kurs_kind kind;
    names_get(import->names, id, &name, &kind);
    return kind;
}

/* Warns once a series about a value over 20 times or under 1/20 of the one before it in the file. */
static void watch_jumps(struct import *import, uint32_t id, const struct batch_column *column, uint64_t lines_before)
{
    struct series *series = &import->series[id];
    struct kurs_decimal first = {column->coefficient[0], column->exponent[0]};
    uint64_t line = column->jump_line;
    if (series->last.coefficient > 0 && batch_is_jump(first, series->last)) {
        line = column->line[0];
    }
    series->last = (struct kurs_decimal) {column->coefficient[column->count - 1], column->exponent[column->count - 1]};
    if (line > 0 && !series->jumped) {
        char name[KURS_NAME_SIZE];
        enum kurs_kind kind;
        name_text(import, id, name, &kind);
        account_note(import->account, KURS_NOTE_WARNING, "%s jumps over 20-fold on line %llu", name,
                     (unsigned long long)(lines_before + line));
        series->jumped = true;
    }
}

static enum kurs_status compare_history(struct import *import, uint32_t id, const struct batch_column *column,
                                        struct kurs_error *error)
{
    char name[KURS_NAME_SIZE], doubt[DOUBT_SIZE];
    enum kurs_kind kind;
    if (import->series[id].met) {
        return KURS_OK;
    }
    import->series[id].met = true;
    name_text(import, id, name, &kind);
    enum kurs_status status = doubt_column(import->before, name, column, doubt, error);
    if (status == KURS_OK && doubt[0]) {
        account_note(import->account, KURS_NOTE_WARNING, "%s", doubt);
    }
    return status;
}

static void show_points(struct import *import, uint32_t id, const struct batch_column *column)
{
    char name[KURS_NAME_SIZE], time[KURS_TIME_SIZE], rate[KURS_DECIMAL_SIZE];
    enum kurs_kind kind;
    name_text(import, id, name, &kind);
    for (size_t i = 0; i < column->count && i < 2 && import->points_shown < POINTS_SHOWN; i++) {
        kurs_time_format(column->time_us[i], kind, time);
        kurs_decimal_format((struct kurs_decimal) {column->coefficient[i], column->exponent[i]}, rate);
        account_note(import->account, KURS_NOTE_POINT, "%s %s %s", time, name, rate);
        import->points_shown++;
    }
}

/* ---- transactions ---- */

static void on_duplicate(void *context, const char *name, int64_t time_us, uint64_t row_first, uint64_t row_later)
{
    struct import *import = context;
    account_duplicate(import->account, name, time_us, row_first, row_later);
}

/* When what is imported becomes known: a stream that is followed goes on for days. */
static int64_t known_us(const struct import *import)
{
    const struct kurs_import_options *options = import->options;
    return options->follow && options->clock_us ? options->clock_us(options->context) : options->now_us;
}

static enum kurs_status begin(struct import *import, struct kurs_error *error)
{
    struct writer_options options = {.on_conflict = import->options->on_conflict,
                                     .rounded_is_identical = import->plan.layout == PLAN_TICKER,
                                     .now_us = known_us(import),
                                     .context = import,
                                     .on_duplicate = on_duplicate};
    for (uint32_t i = 0; i < import->series_room; i++) {
        import->series[i].index = NO_INDEX;
    }
    enum kurs_status status = kurs_snapshot_open(import->store, KURS_KNOWN_LATEST, &import->before, error);
    return status == KURS_OK ? writer_begin(import->store, &options, &import->writer, error) : status;
}

/* ---- batches ---- */

/* Points of one instant are set 1 us apart by the writer, in one transaction. A stream's go over many: here it is done
 * for all of them, by the same rule. */
static void spread_instants(struct import *import, uint32_t id, struct batch_column *column)
{
    struct series *series = &import->series[id];
    for (size_t i = 0; i < column->count; i++) {
        if (column->time_us[i] < series->given_us) {
            continue; /* late */
        }
        series->given_us = column->time_us[i];
        if (column->time_us[i] <= series->stored_us) {
            column->time_us[i] = series->stored_us + 1;
            import->counts.spread++;
        }
        series->stored_us = column->time_us[i];
    }
}

/* The first row of a name decides whether it has dates or times of day, and the rows come in order here. */
static bool is_other_kind(const struct import *import, uint32_t id)
{
    uint32_t twin = names_twin(import->names, id);
    return twin < import->series_room && import->series[twin].met;
}

static void reject_column(struct import *import, uint32_t id, const struct batch_column *column, uint64_t lines_before)
{
    char name[KURS_NAME_SIZE];
    enum kurs_kind kind;
    name_text(import, id, name, &kind);
    for (size_t i = 0; i < column->count; i++) {
        account_other_kind(import->account, name, lines_before + column->line[i]);
    }
}

static enum kurs_status take_column(struct import *import, uint32_t id, struct batch_column *column,
                                    uint64_t lines_before, struct kurs_error *error)
{
    enum kurs_status status = reserve_series(import, id, error);
    if (status != KURS_OK) {
        return status;
    }
    if (is_other_kind(import, id)) {
        reject_column(import, id, column, lines_before);
        return KURS_OK;
    }
    status = find_series(import, id, error);
    status = status == KURS_OK ? compare_history(import, id, column, error) : status;
    if (status != KURS_OK) {
        return status;
    }
    watch_jumps(import, id, column, lines_before);
    if (import->options->dry_run && import->points_shown < POINTS_SHOWN) {
        show_points(import, id, column);
    }
    for (size_t i = 0; i < column->count; i++) {
        column->line[i] += lines_before;
        import->first_us = column->time_us[i] < import->first_us ? column->time_us[i] : import->first_us;
        import->last_us = column->time_us[i] > import->last_us ? column->time_us[i] : import->last_us;
    }
    if (import->options->follow && kind_of(import, id) == KURS_INSTANT) {
        spread_instants(import, id, column);
    }
    import->points += column->count;
    return writer_points(import->writer, import->series[id].index, column->count, column->time_us, column->coefficient,
                         column->exponent, column->line, error);
}

static enum kurs_status take_batch(void *context, struct batch *batch, struct parallel_origin origin,
                                   struct kurs_error *error)
{
    struct import *import = context;
    enum kurs_status status = import->writer || batch->used_count == 0 ? KURS_OK : begin(import, error);
    for (uint32_t i = 0; i < batch->used_count && status == KURS_OK; i++) {
        status = take_column(import, batch->used[i], &batch->column[batch->used[i]], origin.lines, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    if (account_batch(import->account, batch, origin) != KURS_OK) {
        return error_what(error, KURS_ENOMEM, "cannot import");
    }
    const struct kurs_import_options *options = import->options;
    struct kurs_progress progress = {input_bytes_read(import->input), input_bytes_total(import->input),
                                     import->points + account_blank(import->account) +
                                         account_rejected(import->account)};
    if (options->on_progress && !options->on_progress(options->context, &progress)) {
        return error_what(error, KURS_ECANCELED, "import of '%s' stopped", input_head(import->input)->name);
    }
    return KURS_OK;
}

/* ---- the account ---- */

/* The import's counts so far: the writer's of settled transactions and the account's. */
static struct kurs_counts total_counts(const struct import *import)
{
    struct kurs_counts counts = import->counts;
    counts.identical += account_identical(import->account);
    counts.blank += account_blank(import->account);
    counts.rejected += account_rejected(import->account);
    counts.rows = counts.added + counts.identical + counts.replaced + counts.kept + counts.blank + counts.rejected;
    return counts;
}

/* What was found, with the span of its times. */
static void describe(const struct import *import, char found[KURS_SOURCE_SIZE])
{
    char first[KURS_TIME_SIZE] = "", last[KURS_TIME_SIZE] = "";
    enum kurs_kind kind = import->plan.kind == KURS_DAILY ? KURS_DAILY : KURS_INSTANT;
    if (import->points > 0) {
        kurs_time_format(import->first_us, kind, first);
        kurs_time_format(import->last_us, kind, last);
    }
    snprintf(found, KURS_SOURCE_SIZE, "%.180s%s%s%s%s", import->plan.found, first[0] ? ", " : "", first,
             first[0] ? "…" : "", last);
}

/* Before rows of duplicates are looked up again, which starts the input's own count anew. */
static void note_read(struct import *import)
{
    import->read_bytes = input_bytes_read(import->input);
    import->read_crc = input_crc32c(import->input);
}

static void fill_record(struct import *import)
{
    struct kurs_import_record *record = &import->record;
    *record = (struct kurs_import_record) {.bytes = import->read_bytes, .crc32c = import->read_crc};
    snprintf(record->source, sizeof record->source, "%s", input_source(import->input));
    describe(import, record->format);
    struct kurs_counts total = total_counts(import), *done = &import->recorded;
    record->counts = (struct kurs_counts) {.rows = total.rows - done->rows,
                                           .added = total.added - done->added,
                                           .identical = total.identical - done->identical,
                                           .replaced = total.replaced - done->replaced,
                                           .kept = total.kept - done->kept,
                                           .blank = total.blank - done->blank,
                                           .rejected = total.rejected - done->rejected,
                                           .spread = total.spread - done->spread,
                                           .series_new = total.series_new - done->series_new};
    *done = total;
}

static enum kurs_status commit(struct import *import, struct kurs_error *error)
{
    fill_record(import);
    struct writer *writer = import->writer;
    import->writer = NULL;               /* freed either way */
    kurs_snapshot_close(import->before); /* a stream that pauses keeps no old pages alive */
    import->before = NULL;
    return writer_commit(writer, &import->record, error);
}

/* Settles and commits what has come so far: one second's worth of a stream. The next begins when more comes, so that
 * a stream that pauses keeps no other writer waiting. */
static enum kurs_status commit_part(void *context, struct kurs_error *error)
{
    struct import *import = context;
    note_read(import);
    enum kurs_status status = writer_settle(import->writer, &import->counts, error);
    status = status == KURS_OK ? account_tell_late(import->account, import->input, error) : status;
    return status == KURS_OK ? commit(import, error) : status;
}

/* ---- the whole ---- */

static struct parallel_options reading(struct import *import)
{
    const struct kurs_import_options *options = import->options;
    return (struct parallel_options) {.input = import->input,
                                      .rules = {&import->plan, import->zone, &import->until_us},
                                      .names = import->names,
                                      .threads = options->threads,
                                      .context = import,
                                      .take = take_batch};
}

static enum kurs_status read_all(struct import *import, struct kurs_error *error)
{
    const struct kurs_import_options *options = import->options;
    struct parallel_options parallel = reading(import);
    if (options->follow) {
        struct follow_options follow = {
            .clock_context = options->context, .clock_us = options->clock_us, .commit = commit_part};
        return follow_run(&parallel, &follow, error);
    }
    enum kurs_status status = input_rewind(import->input, error);
    return status == KURS_OK ? parallel_run(&parallel, error) : status;
}

static enum kurs_status refuse_empty(const struct import *import, struct kurs_error *error)
{
    const char *reject = account_first_reject(import->account);
    error_what(error, KURS_EREFUSED, "no rates in '%s'", input_head(import->input)->name);
    error_why(error, KURS_EREFUSED, "%s", reject[0] ? reject : "every value is blank");
    return error_hint(error, KURS_EREFUSED, "kurs import --dry-run tells how the file was understood");
}

static enum kurs_status see_batch(void *context, struct batch *batch, struct parallel_origin origin,
                                  struct kurs_error *error)
{
    struct import *import = context;
    (void)error;
    for (uint32_t i = 0; i < batch->used_count; i++) {
        char name[KURS_NAME_SIZE];
        enum kurs_kind kind;
        name_text(import, batch->used[i], name, &kind);
        account_seen(import->account, name, &batch->column[batch->used[i]], origin.lines);
    }
    return KURS_OK;
}

/* Duplicates are told with both lines. The writer has let go of most rows' lines by then: the text is read again. */
static enum kurs_status tell_late(struct import *import, struct kurs_error *error)
{
    if (account_seeks_lines(import->account)) {
        struct parallel_options parallel = reading(import);
        parallel.take = see_batch;
        enum kurs_status status = input_rewind(import->input, error);
        status = status == KURS_OK ? parallel_run(&parallel, error) : status;
        if (status != KURS_OK && status != KURS_END) { /* a stream cannot be read again */
            return status;
        }
    }
    return account_tell_late(import->account, import->input, error);
}

/* All is read: does it stand? */
static enum kurs_status decide(struct import *import, struct kurs_error *error)
{
    struct kurs_counts counts = total_counts(import);
    if (import->points == 0 && counts.identical == 0) {
        return refuse_empty(import, error);
    }
    if (import->options->strict && counts.rejected > 0) {
        error_what(error, KURS_ECHECK, "%llu of %llu rates rejected in '%s'", (unsigned long long)counts.rejected,
                   (unsigned long long)counts.rows, input_head(import->input)->name);
        return error_why(error, KURS_ECHECK, "--strict imports nothing then; %s",
                         account_first_reject(import->account));
    }
    return KURS_OK;
}

static enum kurs_status read_and_settle(struct import *import, struct kurs_error *error)
{
    enum kurs_status status = read_all(import, error);
    note_read(import);
    account_end(import->account);
    if (status == KURS_OK && import->writer) {
        status = writer_settle(import->writer, &import->counts, error);
    }
    status = status == KURS_OK ? tell_late(import, error) : status;
    if (status == KURS_OK) {
        account_finish(import->account);
        char found[KURS_SOURCE_SIZE];
        describe(import, found);
        account_note(import->account, KURS_NOTE_FOUND, "%s", found);
        status = decide(import, error);
    }
    if (status == KURS_OK && import->writer && !import->options->dry_run) {
        status = commit(import, error);
    }
    return status;
}

/* A producer may send its heads long before its first row: while a stream holds no rates there may be some to come. */
static enum kurs_status understand(struct import *import, struct kurs_error *error)
{
    const struct sniff_input *head = input_head(import->input);
    enum kurs_status status = sniff(head, import->options, &import->plan, error);
    for (int i = 1; i < STREAM_TRIES && status == KURS_EREFUSED && import->options->follow; i++) {
        enum kurs_status grown = input_grow_head(import->input, error);
        if (grown != KURS_OK) {
            return grown == KURS_END ? status : grown;
        }
        plan_release(&import->plan);
        status = sniff(head, import->options, &import->plan, error);
    }
    return status;
}

static enum kurs_status make_ready(struct import *import, const char *path, int fd, const char *name,
                                   struct kurs_error *error)
{
    const struct kurs_import_options *options = import->options;
    if (names_new(&import->names) != KURS_OK || account_new(options, &import->account) != KURS_OK) {
        return error_what(error, KURS_ENOMEM, "cannot import '%s'", name);
    }
    enum kurs_status status = input_open(path, fd, name, options->encoding, options->follow, &import->input, error);
    if (status == KURS_OK && input_files(import->input) > 1) {
        account_note(import->account, KURS_NOTE_INFO, "of its %d files '%s' is read", input_files(import->input),
                     input_head(import->input)->name);
    }
    status = status == KURS_OK ? understand(import, error) : status;
    if (status == KURS_OK && import->plan.zone[0]) {
        status = kurs_zone_open(import->plan.zone, &import->zone, error);
    }
    return status;
}

static void release(struct import *import)
{
    writer_abort(import->writer);
    kurs_snapshot_close(import->before);
    kurs_zone_close(import->zone);
    plan_release(&import->plan);
    input_close(import->input);
    account_free(import->account);
    names_free(import->names);
    free(import->series);
}

enum kurs_status kurs_import_check(const struct kurs_import_options *options, struct kurs_error *error)
{
    struct pins pins;
    return pins_read(options, &pins, error);
}

enum kurs_status kurs_import(struct kurs_store *store, const char *path, int fd, const char *name,
                             const struct kurs_import_options *options, struct kurs_counts *counts,
                             struct kurs_error *error)
{
    struct pins pins;
    struct import import = {.options = &pins.options,
                            .store = store,
                            .until_us = options->now_us + KURS_AHEAD_MAX_US,
                            .first_us = INT64_MAX,
                            .last_us = INT64_MIN};
    enum kurs_status status = pins_read(options, &pins, error);
    if (status != KURS_OK) {
        return status;
    }
    status = make_ready(&import, path, fd, name, error);
    status = status == KURS_OK ? read_and_settle(&import, error) : status;
    if (status == KURS_OK) {
        *counts = total_counts(&import);
    }
    release(&import);
    return status;
}
