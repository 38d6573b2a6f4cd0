/* writer.c: see writer.h. Owns the choice between two ways in: a point after everything stored or written before goes
 * straight to the packer (stream); any other waits, sorted and spilled as needed (loose.h), to be merged when the import
 * settles (merge.h). Points of one series may take both. Cutting an import into several transactions was dropped: all of
 * a file or none of it. */
#include "store/writer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/error.h"
#include "store/imports.h"
#include "store/loose.h"
#include "store/merge.h"
#include "store/packer.h"
#include "store/rows.h"
#include "store/ties.h"

#define MEMORY_DEFAULT     ((size_t)128 << 20)
#define PACKER_POINT_BYTES 21
#define NEARLY_FULL_BYTES  (BLOCK_BYTES_MAX - 64) /* a block of this size is not opened again to append to it */

struct writer_series {
    char name[KURS_NAME_SIZE];
    bool existed, changed;
    struct series_record record;
    /* the stream: own points written in order behind all that was stored */
    bool streamed;       /* there are any */
    bool streaming;      /* the packer holds the end of the series */
    int64_t end_us;      /* the newest stored or streamed point */
    int64_t original_us; /* of the newest streamed point, as the file gave it */
    struct kurs_decimal rate;
    uint64_t row;
    struct packer packer;
    struct ties ties;
    struct loose loose;
};

struct writer {
    struct kurs_store *store;
    MDB_txn *txn;
    struct writer_options options;
    uint32_t import_id;
    struct writer_series **series; /* owned, each its own allocation: packers borrow their names */
    size_t series_count, series_capacity;
    uint32_t *by_name; /* owned: indexes, ordered by name */
    struct kurs_counts counts;
    struct loose_spill spill;
    size_t stream_bytes, loose_bytes; /* held now over all series */
    bool settled;
};

/* ---- Begin and end ---- */

enum kurs_status writer_begin(struct kurs_store *store, const struct writer_options *options, struct writer **writer,
                              struct kurs_error *error)
{
    struct writer *begun = calloc(1, sizeof *begun);
    if (begun == NULL) {
        return error_system(error, ENOMEM, "cannot write '%s'", store->path);
    }
    begun->store = store;
    begun->options = *options;
    if (begun->options.memory_bytes == 0) {
        begun->options.memory_bytes = MEMORY_DEFAULT;
    }
    enum kurs_status status = env_begin(store, true, &begun->txn, error);
    if (status != KURS_OK) {
        free(begun);
        return status;
    }
    int64_t newest_us;
    status = imports_newest(store, begun->txn, &begun->import_id, &newest_us, error);
    if (status == KURS_OK && begun->import_id == UINT32_MAX - 1) {
        status = error_what(error, KURS_ELIMIT, "cannot write '%s': too many imports", store->path);
    }
    if (status != KURS_OK) {
        writer_abort(begun);
        return status;
    }
    begun->import_id++;
    *writer = begun;
    return KURS_OK;
}

static void release(struct writer *writer)
{
    for (size_t i = 0; i < writer->series_count; i++) {
        packer_release(&writer->series[i]->packer);
        ties_release(&writer->series[i]->ties);
        loose_release(&writer->series[i]->loose);
        free(writer->series[i]);
    }
    loose_spill_release(&writer->spill);
    free(writer->series);
    free(writer->by_name);
    free(writer);
}

void writer_abort(struct writer *writer)
{
    if (writer != NULL) {
        env_abort(writer->store, writer->txn);
        release(writer);
    }
}

/* ---- Series ---- */

/* Where `name` stands, or would stand, in by_name. */
static size_t name_place(const struct writer *writer, const char *name, bool *found)
{
    size_t from = 0, until = writer->series_count;
    *found = false;
    while (from < until) {
        size_t middle = from + (until - from) / 2;
        int order = strcmp(writer->series[writer->by_name[middle]]->name, name);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0) {
            from = middle + 1;
        } else {
            until = middle;
        }
    }
    return from;
}

static enum kurs_status reserve_series(struct writer *writer, struct kurs_error *error)
{
    if (writer->series_count < writer->series_capacity) {
        return KURS_OK;
    }
    size_t capacity = writer->series_capacity == 0 ? 16 : 2 * writer->series_capacity;
    struct writer_series **series = realloc(writer->series, capacity * sizeof(struct writer_series *));
    writer->series = series == NULL ? writer->series : series;
    uint32_t *by_name = realloc(writer->by_name, capacity * sizeof *by_name);
    writer->by_name = by_name == NULL ? writer->by_name : by_name;
    if (series == NULL || by_name == NULL) {
        return error_system(error, ENOMEM, "cannot write '%s'", writer->store->path);
    }
    writer->series_capacity = capacity;
    return KURS_OK;
}

static enum kurs_status check_kind(const struct writer_series *series, enum kurs_kind kind, struct kurs_error *error)
{
    if (series->record.kind == kind) {
        return KURS_OK;
    }
    error_what(error, KURS_EKIND, "%s holds %s", series->name,
               series->record.kind == KURS_DAILY ? "one value a day, not times of day" : "times of day, not dates");
    error_why(error, KURS_EKIND, "daily and instant times do not mix in one series");
    return error_hint(error, KURS_EKIND, "keep them apart under a label, such as %s@%s", series->name,
                      kind == KURS_DAILY ? "daily" : "ticks");
}

static enum kurs_status add_series(struct writer *writer, const char *name, enum kurs_kind kind, size_t place,
                                   struct kurs_error *error)
{
    enum kurs_status status = reserve_series(writer, error);
    if (status != KURS_OK) {
        return status;
    }
    struct writer_series *series = calloc(1, sizeof *series);
    if (series == NULL) {
        return error_system(error, ENOMEM, "cannot write '%s'", writer->store->path);
    }
    snprintf(series->name, sizeof series->name, "%s", name);
    status = series_load(writer->store, writer->txn, name, &series->record, error);
    if (status < 0) {
        free(series);
        return status;
    }
    series->existed = status == KURS_OK;
    series->end_us = series->existed ? series->record.last.time_us : BEFORE_ALL;
    series->original_us = BEFORE_ALL;
    if (!series->existed) {
        series->record.kind = kind;
    }
    packer_init(&series->packer, writer->store, writer->txn, series->name, &series->record);
    size_t behind = writer->series_count - place;
    memmove(writer->by_name + place + 1, writer->by_name + place, behind * sizeof *writer->by_name);
    writer->by_name[place] = (uint32_t)writer->series_count;
    writer->series[writer->series_count++] = series;
    return KURS_OK;
}

enum kurs_status writer_series(struct writer *writer, const struct kurs_name *name, enum kurs_kind kind,
                               uint32_t *index, struct kurs_error *error)
{
    char text[KURS_NAME_SIZE];
    bool found;
    kurs_name_format(name, text);
    size_t place = name_place(writer, text, &found);
    enum kurs_status status = found ? KURS_OK : add_series(writer, text, kind, place, error);
    if (status == KURS_OK) {
        status = check_kind(writer->series[writer->by_name[place]], kind, error);
    }
    if (status == KURS_OK) {
        *index = writer->by_name[place];
    }
    return status;
}

/* ---- The stream ---- */

static size_t stream_bytes_max(const struct writer *writer)
{
    return writer->options.memory_bytes / 2;
}

/* Whether the newest stored block is to be filled up: not when it is full, nor when the points in it leave too little of
 * the memory that each of many series may hold, or they would be read and written again and again. */
static bool takes_more(const struct writer *writer, const struct block *block)
{
    return block->size < NEARLY_FULL_BYTES && block->count < BLOCK_POINTS_MAX &&
           block->count * PACKER_POINT_BYTES <= stream_bytes_max(writer) / writer->series_count / 2;
}

/* Takes the newest stored block up again if it takes more: its points go in front of those to come. */
static enum kurs_status open_stream(struct writer *writer, struct writer_series *series, struct kurs_error *error)
{
    series->streaming = true;
    if (series->record.points == 0) {
        return KURS_OK;
    }
    struct rows rows = {0};
    struct block block;
    struct packer *packer = &series->packer;
    enum kurs_status status = env_cursor_open(writer->store, writer->txn, TABLE_BLOCKS, &rows.cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    status = rows_at(&rows, series->name, KURS_TIME_MAX, &block, error);
    if (status == KURS_OK && takes_more(writer, &block)) {
        status = packer_reserve(packer, block.mini_count * BLOCK_MINI_POINTS, error);
        struct block_output output = {packer->time_us, packer->coefficient, packer->exponent, packer->import_id};
        if (status == KURS_OK && block_decode(&block, 0, block.mini_count, &output, &packer->count) != KURS_OK) {
            status = rows_damaged(series->name, block.first_us, "its points make no sense", error);
        }
        if (status == KURS_OK) {
            status = packer_consume(packer, &block, error);
        }
    }
    mdb_cursor_close(rows.cursor);
    return status == KURS_END ? rows_damaged(series->name, series->end_us, "it is not there", error) : status;
}

static enum kurs_status close_stream(struct writer *writer, struct writer_series *series, struct kurs_error *error)
{
    if (!series->streaming) {
        return KURS_OK;
    }
    enum kurs_status status = packer_close(&series->packer, true, error);
    writer->stream_bytes -= series->packer.capacity * PACKER_POINT_BYTES;
    packer_release(&series->packer);
    packer_init(&series->packer, writer->store, writer->txn, series->name, &series->record);
    series->streaming = false;
    return status;
}

/* Many series at once: their waiting points are written as small blocks, which are taken up again when more come. */
static enum kurs_status limit_streams(struct writer *writer, struct kurs_error *error)
{
    enum kurs_status status = KURS_OK;
    if (writer->stream_bytes > stream_bytes_max(writer)) {
        for (size_t i = 0; i < writer->series_count && status == KURS_OK; i++) {
            status = close_stream(writer, writer->series[i], error);
        }
    }
    return status;
}

/* Appends points with strictly ascending times after end_us. */
static enum kurs_status stream(struct writer *writer, struct writer_series *series, size_t count,
                               const int64_t *time_us, const int64_t *coefficient, const int8_t *exponent,
                               const uint64_t *row, struct kurs_error *error)
{
    struct packer *packer = &series->packer;
    writer->stream_bytes -= packer->capacity * PACKER_POINT_BYTES;
    enum kurs_status status = series->streaming ? KURS_OK : open_stream(writer, series, error);
    if (status == KURS_OK) {
        status = packer_reserve(packer, count, error);
    }
    writer->stream_bytes += packer->capacity * PACKER_POINT_BYTES;
    if (status != KURS_OK) {
        return status;
    }
    memcpy(packer->time_us + packer->count, time_us, count * sizeof *time_us);
    memcpy(packer->coefficient + packer->count, coefficient, count * sizeof *coefficient);
    memcpy(packer->exponent + packer->count, exponent, count * sizeof *exponent);
    for (size_t i = 0; i < count; i++) {
        packer->import_id[packer->count + i] = writer->import_id;
    }
    packer->count += count;
    writer->counts.added += count;
    series->changed = series->streamed = true;
    series->end_us = series->original_us = time_us[count - 1];
    series->rate = (struct kurs_decimal) {coefficient[count - 1], exponent[count - 1]};
    series->row = row[count - 1];
    status = packer_pack(packer, error);
    return status == KURS_OK ? limit_streams(writer, error) : status;
}

/* A point that shares its instant with the newest streamed one, or with the slots it took. */
static enum kurs_status stream_tie(struct writer *writer, struct writer_series *series, int64_t time_us,
                                   struct kurs_decimal rate, uint64_t row, struct kurs_error *error)
{
    if (series->record.kind == KURS_DAILY) {
        if (kurs_decimal_compare(series->rate, rate) == 0) {
            writer->counts.identical++;
            return KURS_OK;
        }
        writer->counts.rejected++;
        if (writer->options.on_duplicate != NULL) {
            writer->options.on_duplicate(writer->options.context, series->name, time_us, series->row, row);
        }
        return KURS_OK;
    }
    int64_t slot_us = series->end_us + 1;
    if (slot_us > KURS_TIME_MAX) {
        return error_what(error, KURS_ERANGE, "too many points at the end of time in %s", series->name);
    }
    int64_t first_us = time_us == series->original_us ? series->end_us : slot_us;
    enum kurs_status status = ties_add(&series->ties, time_us, first_us, slot_us);
    if (status != KURS_OK) {
        return error_what(error, status, "cannot hold the points of %s", series->name);
    }
    status = stream(writer, series, 1, &slot_us, &rate.coefficient, &rate.exponent, &row, error);
    series->original_us = time_us;
    writer->counts.spread++;
    return status;
}

/* ---- Late points ---- */

static size_t loose_bytes(const struct loose *loose)
{
    return loose->capacity * LOOSE_POINT_BYTES + (loose->unsorted ? loose->count * LOOSE_SORT_POINT_BYTES : 0);
}

/* Spills the series that hold most until half of the bound is free again. */
static enum kurs_status limit_loose(struct writer *writer, struct kurs_error *error)
{
    size_t bound = writer->options.memory_bytes / 2;
    if (writer->loose_bytes <= bound) {
        return KURS_OK;
    }
    enum kurs_status status = KURS_OK;
    while (status == KURS_OK && writer->loose_bytes > bound / 2) {
        struct loose *most = &writer->series[0]->loose;
        for (size_t i = 1; i < writer->series_count; i++) {
            struct loose *loose = &writer->series[i]->loose;
            most = loose_bytes(loose) > loose_bytes(most) ? loose : most;
        }
        writer->loose_bytes -= loose_bytes(most);
        status = loose_spill(most, &writer->spill, writer->store->path, error);
    }
    return status;
}

static enum kurs_status add_loose(struct writer *writer, struct writer_series *series, size_t count,
                                  const int64_t *time_us, const int64_t *coefficient, const int8_t *exponent,
                                  const uint64_t *row, struct kurs_error *error)
{
    writer->loose_bytes -= loose_bytes(&series->loose);
    enum kurs_status status = loose_add(&series->loose, count, time_us, coefficient, exponent, row, error);
    writer->loose_bytes += loose_bytes(&series->loose);
    return status == KURS_OK ? limit_loose(writer, error) : status;
}

/* ---- Points ---- */

static enum kurs_status check_points(const struct writer_series *series, size_t count, const int64_t *time_us,
                                     const int64_t *coefficient, const int8_t *exponent, struct kurs_error *error)
{
    bool bad_time = false, bad_rate = false;
    for (size_t i = 0; i < count; i++) {
        bad_time |= (time_us[i] < KURS_TIME_MIN) | (time_us[i] > KURS_TIME_MAX);
        bad_rate |= (coefficient[i] < 1) | (coefficient[i] > DECIMAL_COEFFICIENT_MAX);
        bad_rate |= (exponent[i] < -KURS_EXPONENT_MAX) | (exponent[i] > KURS_EXPONENT_MAX);
    }
    if (series->record.kind == KURS_DAILY) {
        for (size_t i = 0; i < count; i++) {
            bad_time |= time_us[i] % KURS_DAY_US != 0;
        }
    }
    if (bad_time || bad_rate) {
        error_what(error, KURS_ERANGE, "cannot write %s", series->name);
        return error_why(error, KURS_ERANGE, "%s",
                         bad_rate ? "a rate is not a number over 0 of up to 18 digits"
                                  : "a time lies outside the years 0001 to 9999, or is no date in a daily series");
    }
    return KURS_OK;
}

/* How many of the points from `from` ascend strictly after end_us. */
static size_t ascending_run(const int64_t *time_us, size_t from, size_t count, int64_t end_us)
{
    size_t i = from;
    while (i < count && time_us[i] > end_us) {
        end_us = time_us[i++];
    }
    return i - from;
}

/* How many of the points from `from` on belong neither to the stream nor to its ties. */
static size_t late_run(const struct writer_series *series, const int64_t *time_us, size_t from, size_t count)
{
    int64_t until_us = series->streamed ? series->original_us : series->end_us + 1;
    size_t i = from;
    while (i < count && time_us[i] < until_us) {
        i++;
    }
    return i - from;
}

enum kurs_status writer_points(struct writer *writer, uint32_t index, size_t count, const int64_t *time_us,
                               const int64_t *coefficient, const int8_t *exponent, const uint64_t *row,
                               struct kurs_error *error)
{
    assert(index < writer->series_count);
    assert(!writer->settled);
    struct writer_series *series = writer->series[index];
    enum kurs_status status = check_points(series, count, time_us, coefficient, exponent, error);
    for (size_t i = 0; i < count && status == KURS_OK;) {
        size_t run = ascending_run(time_us, i, count, series->end_us);
        if (run > 0) {
            status = stream(writer, series, run, time_us + i, coefficient + i, exponent + i, row + i, error);
        } else if ((run = late_run(series, time_us, i, count)) > 0) {
            status = add_loose(writer, series, run, time_us + i, coefficient + i, exponent + i, row + i, error);
        } else {
            struct kurs_decimal rate = {coefficient[i], exponent[i]};
            run = 1;
            status = stream_tie(writer, series, time_us[i], rate, row[i], error);
        }
        i += run;
    }
    return status;
}

/* ---- Settling ---- */

static enum kurs_status merge_loose(struct writer *writer, struct writer_series *series, struct kurs_error *error)
{
    struct loose_reader *reader;
    struct kurs_counts before = writer->counts;
    size_t held_bytes = loose_bytes(&series->loose); /* the reader sorts, which it then holds no room for */
    struct merge_input input = {
        .store = writer->store,
        .txn = writer->txn,
        .name = series->name,
        .record = &series->record,
        .import_id = writer->import_id,
        .ties = &series->ties,
        .options = &writer->options,
        .counts = &writer->counts,
    };
    enum kurs_status status = loose_reader_open(&series->loose, &writer->spill, &reader, error);
    if (status != KURS_OK) {
        return status;
    }
    status = merge_points(&input, reader, error);
    loose_reader_close(reader);
    writer->loose_bytes -= held_bytes;
    loose_release(&series->loose);
    series->changed |= writer->counts.added != before.added || writer->counts.replaced != before.replaced;
    return status;
}

/* What the record repeats of the first and newest blocks. */
static enum kurs_status finish_record(struct writer *writer, struct writer_series *series, const struct rows *rows,
                                      struct kurs_error *error)
{
    struct block block;
    struct block_point before_last;
    struct series_record *record = &series->record;
    enum kurs_status status = rows_from(rows, series->name, KURS_TIME_MIN, &block, error);
    if (status != KURS_OK) {
        return status;
    }
    record->first = block.summary.first;
    status = rows_at(rows, series->name, KURS_TIME_MAX, &block, error);
    if (status != KURS_OK) {
        return status;
    }
    record->last = record->previous = block.summary.last;
    if (block.count == 1 && record->points > 1) {
        status = rows_step(rows, MDB_PREV, series->name, &block, error);
        if (status == KURS_OK) {
            record->previous = block.summary.last;
        }
    } else if (block.count > 1) {
        if (block_asof(&block, block.last_us - 1, &before_last) != KURS_OK) {
            return rows_damaged(series->name, block.first_us, "its points make no sense", error);
        }
        record->previous = before_last.point;
    }
    record->newest_import = writer->import_id;
    return status == KURS_OK ? series_save(writer->store, writer->txn, series->name, record, error) : status;
}

static enum kurs_status settle_series(struct writer *writer, struct writer_series *series, const struct rows *rows,
                                      struct kurs_error *error)
{
    enum kurs_status status = close_stream(writer, series, error);
    if (status == KURS_OK && (series->loose.count > 0 || series->loose.run_count > 0)) {
        status = merge_loose(writer, series, error);
    }
    if (status != KURS_OK || !series->changed) {
        return status;
    }
    writer->counts.series_new += !series->existed;
    status = finish_record(writer, series, rows, error);
    return status == KURS_END ? rows_damaged(series->name, series->end_us, "a block is not there", error) : status;
}

enum kurs_status writer_settle(struct writer *writer, struct kurs_counts *counts, struct kurs_error *error)
{
    assert(!writer->settled);
    struct rows rows = {0};
    enum kurs_status status = env_cursor_open(writer->store, writer->txn, TABLE_BLOCKS, &rows.cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    for (size_t i = 0; i < writer->series_count && status == KURS_OK; i++) {
        status = settle_series(writer, writer->series[i], &rows, error);
    }
    mdb_cursor_close(rows.cursor);
    if (status != KURS_OK) {
        return status;
    }
    assert(writer->stream_bytes == 0);
    writer->settled = true;
    counts->added += writer->counts.added;
    counts->identical += writer->counts.identical;
    counts->replaced += writer->counts.replaced;
    counts->kept += writer->counts.kept;
    counts->spread += writer->counts.spread;
    counts->rejected += writer->counts.rejected;
    counts->series_new += writer->counts.series_new;
    return KURS_OK;
}

enum kurs_status writer_commit(struct writer *writer, struct kurs_import_record *record, struct kurs_error *error)
{
    struct kurs_counts unheard = {0};
    struct kurs_import_record made = *record;
    enum kurs_status status = writer->settled ? KURS_OK : writer_settle(writer, &unheard, error);
    bool changed = writer->counts.added + writer->counts.replaced > 0;
    made.id = changed ? writer->import_id : 0;
    made.when_us = writer->options.now_us;
    if (status == KURS_OK && changed) {
        status = imports_add(writer->store, writer->txn, &made, error);
    }
    if (status == KURS_OK && changed) {
        status = env_commit(writer->store, writer->txn, error);
        release(writer);
    } else {
        writer_abort(writer);
    }
    if (status == KURS_OK) {
        *record = made;
    }
    return status;
}
