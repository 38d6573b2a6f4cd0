/* imports.c: see imports.h. Owns the bytes of an import's row. */
#include "store/imports.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "store/snapshot.h"

#define COUNTS         9
#define AT_BYTES       8
#define AT_CRC         16
#define AT_COUNTS      20
#define AT_SOURCE_SIZE (AT_COUNTS + COUNTS * 8)
#define AT_FORMAT_SIZE (AT_SOURCE_SIZE + 2)
#define HEAD_BYTES     (AT_FORMAT_SIZE + 2)
_Static_assert(sizeof(struct kurs_counts) == COUNTS * sizeof(uint64_t), "each count is stored");

static void list_counts(struct kurs_counts *counts, uint64_t *list[COUNTS])
{
    uint64_t *all[COUNTS] = {&counts->rows,  &counts->added,    &counts->identical, &counts->replaced,  &counts->kept,
                             &counts->blank, &counts->rejected, &counts->spread,    &counts->series_new};
    memcpy(list, all, sizeof all);
}

static enum kurs_status decode(const MDB_val *value, uint32_t id, struct kurs_import_record *record)
{
    const uint8_t *at = value->mv_data;
    if (value->mv_size < HEAD_BYTES) {
        return KURS_ECORRUPT;
    }
    size_t source_size = bytes_load_u16(at + AT_SOURCE_SIZE);
    size_t format_size = bytes_load_u16(at + AT_FORMAT_SIZE);
    if (source_size >= KURS_SOURCE_SIZE || format_size >= KURS_SOURCE_SIZE ||
        value->mv_size != HEAD_BYTES + source_size + format_size) {
        return KURS_ECORRUPT;
    }
    struct kurs_import_record read = {
        .id = id,
        .when_us = (int64_t)bytes_load_u64(at),
        .bytes = bytes_load_u64(at + AT_BYTES),
        .crc32c = bytes_load_u32(at + AT_CRC),
    };
    uint64_t *list[COUNTS];
    list_counts(&read.counts, list);
    for (int i = 0; i < COUNTS; i++) {
        *list[i] = bytes_load_u64(at + AT_COUNTS + 8 * i);
    }
    memcpy(read.source, at + HEAD_BYTES, source_size);
    memcpy(read.format, at + HEAD_BYTES + source_size, format_size);
    *record = read;
    return KURS_OK;
}

enum kurs_status imports_load(struct kurs_store *store, MDB_txn *txn, uint32_t id, struct kurs_import_record *record,
                              struct kurs_error *error)
{
    MDB_val value;
    struct key key = key_import(id);
    enum kurs_status status = env_get(store, txn, TABLE_IMPORTS, &key, &value, error);
    if (status != KURS_OK) {
        return status;
    }
    status = decode(&value, id, record);
    return status == KURS_OK ? status : error_what(error, status, "cannot read the record of import %u", (unsigned)id);
}

enum kurs_status imports_newest(struct kurs_store *store, MDB_txn *txn, uint32_t *id, int64_t *when_us,
                                struct kurs_error *error)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    enum kurs_status status = env_cursor_open(store, txn, TABLE_IMPORTS, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    status = env_step(cursor, MDB_LAST, &found, &value, error);
    *id = 0;
    *when_us = KURS_TIME_MIN;
    if (status == KURS_OK && (found.mv_size != 4 || value.mv_size < HEAD_BYTES)) {
        status = error_what(error, KURS_ECORRUPT, "cannot read the newest import");
    } else if (status == KURS_OK) {
        *id = key_sequence(found.mv_data, found.mv_size);
        *when_us = (int64_t)bytes_load_u64(value.mv_data);
    }
    mdb_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

enum kurs_status imports_add(struct kurs_store *store, MDB_txn *txn, struct kurs_import_record *record,
                             struct kurs_error *error)
{
    uint32_t newest;
    int64_t newest_us;
    enum kurs_status status = imports_newest(store, txn, &newest, &newest_us, error);
    if (status != KURS_OK) {
        return status;
    }
    assert(record->id == newest + 1);
    if (record->when_us < newest_us) {
        record->when_us = newest_us;
    }
    uint8_t bytes[HEAD_BYTES + 2 * KURS_SOURCE_SIZE];
    size_t source_size = strnlen(record->source, KURS_SOURCE_SIZE - 1);
    size_t format_size = strnlen(record->format, KURS_SOURCE_SIZE - 1);
    bytes_store_u64(bytes, (uint64_t)record->when_us);
    bytes_store_u64(bytes + AT_BYTES, record->bytes);
    bytes_store_u32(bytes + AT_CRC, record->crc32c);
    uint64_t *list[COUNTS];
    list_counts(&record->counts, list);
    for (int i = 0; i < COUNTS; i++) {
        bytes_store_u64(bytes + AT_COUNTS + 8 * i, *list[i]);
    }
    bytes_store_u16(bytes + AT_SOURCE_SIZE, (uint16_t)source_size);
    bytes_store_u16(bytes + AT_FORMAT_SIZE, (uint16_t)format_size);
    memcpy(bytes + HEAD_BYTES, record->source, source_size);
    memcpy(bytes + HEAD_BYTES + source_size, record->format, format_size);
    struct key key = key_import(record->id);
    return env_put(store, txn, TABLE_IMPORTS, &key, bytes, HEAD_BYTES + source_size + format_size, error);
}

enum kurs_status imports_known(struct kurs_store *store, MDB_txn *txn, int64_t known_us, uint32_t *id,
                               struct kurs_error *error)
{
    uint32_t newest;
    int64_t newest_us;
    enum kurs_status status = imports_newest(store, txn, &newest, &newest_us, error);
    uint32_t from = 0, until = newest; /* the answer is in [from, until] */
    while (status == KURS_OK && from < until) {
        uint32_t middle = from + (until - from + 1) / 2;
        struct kurs_import_record record;
        status = imports_load(store, txn, middle, &record, error);
        if (status == KURS_END) {
            status = error_what(error, KURS_ECORRUPT, "cannot read the record of import %u", (unsigned)middle);
        } else if (status == KURS_OK && record.when_us <= known_us) {
            from = middle;
        } else if (status == KURS_OK) {
            until = middle - 1;
        }
    }
    if (status == KURS_OK) {
        *id = from;
    }
    return status;
}

enum kurs_status kurs_import_next(struct kurs_snapshot *snapshot, uint32_t after, struct kurs_import_record *record,
                                  struct kurs_error *error)
{
    if (after >= snapshot->known_import) {
        return KURS_END;
    }
    return imports_load(snapshot->store, snapshot->txn, after + 1, record, error);
}
