/* edit.c: the writes of kurs.h that are no file: one point, and the end of a series. Owns nothing but their rules. */
#include <assert.h>
#include <string.h>

#include "base/error.h"
#include "store/env.h"
#include "store/imports.h"
#include "store/series.h"
#include "store/writer.h"

enum kurs_status kurs_point_add(struct kurs_store *store, const struct kurs_name *name, enum kurs_kind kind,
                                struct kurs_point point, enum kurs_conflict on_conflict, int64_t now_us, bool *changed,
                                struct kurs_error *error)
{
    struct writer *writer;
    struct writer_options options = {.on_conflict = on_conflict, .now_us = now_us};
    struct kurs_import_record record = {.source = "add", .format = "one point"};
    uint32_t index;
    uint64_t row = 1;
    enum kurs_status status = writer_begin(store, &options, &writer, error);
    if (status != KURS_OK) {
        return status;
    }
    status = writer_series(writer, name, kind, &index, error);
    if (status == KURS_OK) {
        status =
            writer_points(writer, index, 1, &point.time_us, &point.rate.coefficient, &point.rate.exponent, &row, error);
    }
    if (status == KURS_OK) {
        record.counts.rows = 1;
        status = writer_settle(writer, &record.counts, error);
    }
    if (status != KURS_OK) {
        writer_abort(writer);
        return status;
    }
    status = writer_commit(writer, &record, error);
    if (status == KURS_OK && changed != NULL) {
        *changed = record.id != 0;
    }
    return status;
}

/* Every row of the table whose key is the name, a zero byte and more. */
static enum kurs_status delete_rows(struct kurs_store *store, MDB_txn *txn, enum table table, const char *name,
                                    size_t tail, struct kurs_error *error)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    struct key from = key_series(name);
    from.bytes[from.size++] = 0;
    enum kurs_status status = env_cursor_open(store, txn, table, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    status = env_seek(cursor, &from, &found, &value, error);
    while (status == KURS_OK && key_is_of(found.mv_data, found.mv_size, name, tail)) {
        status = env_delete_at(cursor, &value, error);
        if (status == KURS_OK) {
            status = env_seek(cursor, &from, &found, &value, error);
        }
    }
    mdb_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status drop_rows(struct kurs_store *store, MDB_txn *txn, const char *name, struct kurs_error *error)
{
    struct key key = key_series(name);
    enum kurs_status status = env_delete(store, txn, TABLE_SERIES, &key, error);
    if (status == KURS_OK) {
        status = delete_rows(store, txn, TABLE_BLOCKS, name, KEY_BLOCK_TAIL, error);
    }
    if (status == KURS_OK) {
        status = delete_rows(store, txn, TABLE_SUMMARY, name, KEY_SUMMARY_TAIL, error);
    }
    if (status == KURS_OK) {
        status = delete_rows(store, txn, TABLE_REVISIONS, name, KEY_REVISION_TAIL, error);
    }
    return status;
}

/* A drop is in the list of imports too: the list tells all that changed the store. */
static enum kurs_status record_drop(struct kurs_store *store, MDB_txn *txn, const char *name, int64_t now_us,
                                    struct kurs_error *error)
{
    struct kurs_import_record record = {.when_us = now_us, .format = "series dropped"};
    int64_t newest_us;
    snprintf(record.source, sizeof record.source, "%s", name);
    enum kurs_status status = imports_newest(store, txn, &record.id, &newest_us, error);
    record.id++;
    return status == KURS_OK ? imports_add(store, txn, &record, error) : status;
}

enum kurs_status kurs_series_drop(struct kurs_store *store, const char *name, int64_t now_us, struct kurs_error *error)
{
    MDB_txn *txn;
    struct series_record series;
    size_t length = strlen(name);
    if (length == 0 || length >= KURS_NAME_SIZE) {
        return error_what(error, KURS_ENODATA, "no series '%s'", name);
    }
    enum kurs_status status = env_begin(store, true, &txn, error);
    if (status != KURS_OK) {
        return status;
    }
    status = series_load(store, txn, name, &series, error);
    if (status == KURS_END) {
        status = error_what(error, KURS_ENODATA, "no series '%s'", name);
    }
    if (status == KURS_OK) {
        status = drop_rows(store, txn, name, error);
    }
    if (status == KURS_OK) {
        status = record_drop(store, txn, name, now_us, error);
    }
    if (status != KURS_OK) {
        env_abort(store, txn);
        return status;
    }
    return env_commit(store, txn, error);
}
