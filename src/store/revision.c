/* revision.c: see revision.h and kurs.h. Owns the table of replaced values: no import ever destroys one. */
#include "store/revision.h"

#include <string.h>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/error.h"
#include "store/imports.h"
#include "store/snapshot.h"

#define VALUE_BYTES   17
#define AT_EXPONENT   8
#define AT_OLD_IMPORT 9
#define AT_NEW_IMPORT 13

enum kurs_status revision_decode(const MDB_val *key, const MDB_val *value, struct kurs_revision *revision)
{
    const uint8_t *at = value->mv_data;
    struct kurs_revision read = {0};
    if (value->mv_size != VALUE_BYTES || !key_name(key->mv_data, key->mv_size, KEY_REVISION_TAIL, read.name)) {
        return KURS_ECORRUPT;
    }
    read.time_us = key_time(key->mv_data, key->mv_size, KEY_REVISION_TAIL);
    read.sequence = key_sequence(key->mv_data, key->mv_size);
    read.old_rate.coefficient = (int64_t)bytes_load_u64(at);
    read.old_rate.exponent = (int8_t)at[AT_EXPONENT];
    read.old_import = bytes_load_u32(at + AT_OLD_IMPORT);
    read.new_import = bytes_load_u32(at + AT_NEW_IMPORT);
    if (!decimal_is_valid(read.old_rate) || read.old_rate.coefficient <= 0 || read.old_import >= read.new_import) {
        return KURS_ECORRUPT;
    }
    *revision = read;
    return KURS_OK;
}

static enum kurs_status damaged(struct kurs_error *error)
{
    return error_what(error, KURS_ECORRUPT, "cannot read a revision");
}

/* Decodes the row if it is a revision of that point; KURS_END if not. */
static enum kurs_status take(const char *name, int64_t time_us, const MDB_val *found, const MDB_val *value,
                             struct kurs_revision *revision, struct kurs_error *error)
{
    if (!key_is_of(found->mv_data, found->mv_size, name, KEY_REVISION_TAIL) ||
        key_time(found->mv_data, found->mv_size, KEY_REVISION_TAIL) != time_us) {
        return KURS_END;
    }
    return revision_decode(found, value, revision) == KURS_OK ? KURS_OK : damaged(error);
}

enum kurs_status revision_add(struct kurs_store *store, MDB_txn *txn, const char *name, int64_t time_us,
                              struct kurs_decimal old_rate, uint32_t old_import, uint32_t new_import,
                              struct kurs_error *error)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    struct kurs_revision newest;
    enum kurs_status status = env_cursor_open(store, txn, TABLE_REVISIONS, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    struct key behind = key_revision(name, time_us, UINT32_MAX);
    status = env_seek_before(cursor, &behind, &found, &value, error);
    if (status == KURS_OK) {
        status = take(name, time_us, &found, &value, &newest, error);
    }
    mdb_cursor_close(cursor);
    if (status < 0) {
        return status;
    }
    uint8_t bytes[VALUE_BYTES];
    bytes_store_u64(bytes, (uint64_t)old_rate.coefficient);
    bytes[AT_EXPONENT] = (uint8_t)old_rate.exponent;
    bytes_store_u32(bytes + AT_OLD_IMPORT, old_import);
    bytes_store_u32(bytes + AT_NEW_IMPORT, new_import);
    struct key key = key_revision(name, time_us, status == KURS_OK ? newest.sequence + 1 : 0);
    return env_put(store, txn, TABLE_REVISIONS, &key, bytes, sizeof bytes, error);
}

enum kurs_status revision_known(struct kurs_store *store, MDB_txn *txn, const char *name, int64_t time_us,
                                uint32_t known_import, struct kurs_decimal *rate, struct kurs_error *error)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    struct kurs_revision revision;
    enum kurs_status status = env_cursor_open(store, txn, TABLE_REVISIONS, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    struct key key = key_revision(name, time_us, 0);
    status = env_seek(cursor, &key, &found, &value, error);
    while (status == KURS_OK) {
        status = take(name, time_us, &found, &value, &revision, error);
        if (status == KURS_OK && revision.new_import > known_import) { /* the first replacement after that time */
            status = revision.old_import <= known_import ? KURS_OK : KURS_END;
            break;
        }
        if (status == KURS_OK) {
            status = env_step(cursor, MDB_NEXT, &found, &value, error);
        }
    }
    mdb_cursor_close(cursor);
    if (status == KURS_OK) {
        *rate = revision.old_rate;
    }
    return status;
}

/* ---- kurs.h ---- */

/* new_rate and when_us; the cursor stands at the revision and is moved. */
static enum kurs_status complete(struct kurs_snapshot *snapshot, MDB_cursor *cursor, struct kurs_revision *revision,
                                 struct kurs_error *error)
{
    MDB_val found, value;
    struct kurs_revision next;
    struct kurs_import_record import;
    enum kurs_status status = imports_load(snapshot->store, snapshot->txn, revision->new_import, &import, error);
    if (status != KURS_OK) {
        return status == KURS_END ? damaged(error) : status;
    }
    revision->when_us = import.when_us;
    status = env_step(cursor, MDB_NEXT, &found, &value, error);
    if (status == KURS_OK) {
        status = take(revision->name, revision->time_us, &found, &value, &next, error);
    }
    if (status == KURS_OK) {
        revision->new_rate = next.old_rate;
        return KURS_OK;
    }
    struct block block;
    struct block_point stored;
    if (status == KURS_END) {
        status = rows_at(&snapshot->blocks, revision->name, revision->time_us, &block, error);
    }
    if (status == KURS_OK) {
        status = block_asof(&block, revision->time_us, &stored);
    }
    if (status != KURS_OK || stored.point.time_us != revision->time_us) {
        return damaged(error);
    }
    revision->new_rate = stored.point.rate;
    return KURS_OK;
}

enum kurs_status kurs_revision_next(struct kurs_snapshot *snapshot, const char *name,
                                    const struct kurs_revision *position, struct kurs_revision *revision,
                                    struct kurs_error *error)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    struct kurs_revision read;
    bool starts = position->name[0] == '\0';
    if (name != NULL && strlen(name) >= KURS_NAME_SIZE) {
        return error_what(error, KURS_EARGUMENT, "'%s' is too long for the name of a series", name);
    }
    struct key key = starts ? key_revision(name == NULL ? "" : name, KURS_TIME_MIN, 0)
                            : key_revision(position->name, position->time_us, position->sequence + 1);
    if (starts && name == NULL) {
        key.size = 1;
    }
    enum kurs_status status = env_cursor_open(snapshot->store, snapshot->txn, TABLE_REVISIONS, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    status = env_seek(cursor, &key, &found, &value, error);
    while (status == KURS_OK) {
        status = revision_decode(&found, &value, &read) == KURS_OK ? KURS_OK : damaged(error);
        if (status == KURS_OK && name != NULL && strcmp(read.name, name) != 0) {
            status = KURS_END;
        }
        if (status != KURS_OK || read.new_import <= snapshot->known_import) {
            break;
        }
        status = env_step(cursor, MDB_NEXT, &found, &value, error); /* replaced after the time asked about */
    }
    if (status == KURS_OK) {
        status = complete(snapshot, cursor, &read, error);
    }
    mdb_cursor_close(cursor);
    if (status == KURS_OK) {
        *revision = read;
    }
    return status;
}
