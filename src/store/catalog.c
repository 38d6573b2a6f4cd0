/* catalog.c: which series there are (kurs.h). Owns the walk over table `series`. */
#include <string.h>

#include "base/error.h"
#include "store/known.h"
#include "store/series.h"
#include "store/snapshot.h"

/* KURS_END for a series none of whose points was known. */
static enum kurs_status describe(struct kurs_snapshot *snapshot, const char *name, struct series_record *record,
                                 struct kurs_series *series, struct kurs_error *error)
{
    if (record->newest_import > snapshot->known_import) {
        enum kurs_status status = known_record(snapshot, name, record, error);
        if (status != KURS_OK || record->points == 0) {
            return status != KURS_OK ? status : KURS_END;
        }
    }
    *series = (struct kurs_series) {
        .kind = record->kind,
        .points = record->points,
        .first = record->first,
        .last = record->last,
        .previous = record->previous,
        .bytes = record->bytes,
    };
    snprintf(series->name, sizeof series->name, "%s", name);
    return KURS_OK;
}

/* The record behind the key: *name of at most KURS_NAME_SIZE - 1 bytes. */
static enum kurs_status read_row(const MDB_val *found, const MDB_val *value, char name[KURS_NAME_SIZE],
                                 struct series_record *record, struct kurs_error *error)
{
    if (found->mv_size >= KURS_NAME_SIZE || memchr(found->mv_data, 0, found->mv_size) != NULL) {
        return error_what(error, KURS_ECORRUPT, "cannot read the list of series");
    }
    memcpy(name, found->mv_data, found->mv_size);
    name[found->mv_size] = '\0';
    enum kurs_status status = series_decode(value->mv_data, value->mv_size, record);
    return status == KURS_OK ? status : error_what(error, status, "cannot read the record of %s", name);
}

enum kurs_status kurs_series_next(struct kurs_snapshot *snapshot, const char *after, struct kurs_series *series,
                                  struct kurs_error *error)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    char name[KURS_NAME_SIZE];
    struct series_record record;
    if (strlen(after) >= KURS_NAME_SIZE) {
        return error_what(error, KURS_EARGUMENT, "'%s' is too long for the name of a series", after);
    }
    enum kurs_status status = env_cursor_open(snapshot->store, snapshot->txn, TABLE_SERIES, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    struct key key = key_series(after);
    if (key.size == 0) {
        status = env_step(cursor, MDB_FIRST, &found, &value, error);
    } else {
        status = env_seek(cursor, &key, &found, &value, error);
        if (status == KURS_OK && found.mv_size == key.size && memcmp(found.mv_data, key.bytes, key.size) == 0) {
            status = env_step(cursor, MDB_NEXT, &found, &value, error);
        }
    }
    while (status == KURS_OK) {
        status = read_row(&found, &value, name, &record, error);
        if (status == KURS_OK) {
            status = describe(snapshot, name, &record, series, error);
        }
        if (status != KURS_END) {
            break;
        }
        status = env_step(cursor, MDB_NEXT, &found, &value, error); /* not known then: the next */
    }
    mdb_cursor_close(cursor);
    return status;
}

enum kurs_status kurs_series_find(struct kurs_snapshot *snapshot, const char *name, struct kurs_series *series,
                                  struct kurs_error *error)
{
    struct series_record record;
    enum kurs_status status = KURS_END;
    size_t length = strlen(name);
    if (length > 0 && length < KURS_NAME_SIZE) {
        status = series_load(snapshot->store, snapshot->txn, name, &record, error);
    }
    if (status == KURS_OK) {
        status = describe(snapshot, name, &record, series, error);
    }
    return status == KURS_END ? error_what(error, KURS_ENODATA, "no series '%s'", name) : status;
}
