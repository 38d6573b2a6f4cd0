/* series.c: see series.h. Owns the bytes of the record and of a stored point; knows nothing of blocks. The record
 * repeats what the newest block holds, so that listing series and dating answers read one small row each. */
#include "store/series.h"

#include <string.h>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/error.h"

#define RECORD_BYTES 83
#define AT_IMPORT    4
#define AT_POINTS    8
#define AT_BLOCKS    16
#define AT_BYTES     24
#define AT_FIRST     32
#define AT_LAST      (AT_FIRST + POINT_BYTES)
#define AT_PREVIOUS  (AT_LAST + POINT_BYTES)
_Static_assert(AT_PREVIOUS + POINT_BYTES == RECORD_BYTES, "the record ends with its last point");

void point_encode(uint8_t bytes[POINT_BYTES], struct kurs_point point)
{
    bytes_store_u64(bytes, (uint64_t)point.time_us);
    bytes_store_u64(bytes + 8, (uint64_t)point.rate.coefficient);
    bytes[16] = (uint8_t)point.rate.exponent;
}

bool point_decode(const uint8_t bytes[POINT_BYTES], struct kurs_point *point)
{
    point->time_us = (int64_t)bytes_load_u64(bytes);
    point->rate.coefficient = (int64_t)bytes_load_u64(bytes + 8);
    point->rate.exponent = (int8_t)bytes[16];
    return point->time_us >= KURS_TIME_MIN && point->time_us <= KURS_TIME_MAX && decimal_is_valid(point->rate) &&
           point->rate.coefficient > 0;
}

enum kurs_status series_decode(const void *bytes, size_t size, struct series_record *record)
{
    const uint8_t *at = bytes;
    if (size != RECORD_BYTES || (at[0] != KURS_DAILY && at[0] != KURS_INSTANT)) {
        return KURS_ECORRUPT;
    }
    struct series_record read = {
        .kind = (enum kurs_kind)at[0],
        .newest_import = bytes_load_u32(at + AT_IMPORT),
        .points = bytes_load_u64(at + AT_POINTS),
        .blocks = bytes_load_u64(at + AT_BLOCKS),
        .bytes = bytes_load_u64(at + AT_BYTES),
    };
    if (!point_decode(at + AT_FIRST, &read.first) || !point_decode(at + AT_LAST, &read.last) ||
        !point_decode(at + AT_PREVIOUS, &read.previous)) {
        return KURS_ECORRUPT;
    }
    *record = read;
    return KURS_OK;
}

enum kurs_status series_load(struct kurs_store *store, MDB_txn *txn, const char *name, struct series_record *record,
                             struct kurs_error *error)
{
    MDB_val value;
    struct key key = key_series(name);
    enum kurs_status status = env_get(store, txn, TABLE_SERIES, &key, &value, error);
    if (status != KURS_OK) {
        return status;
    }
    status = series_decode(value.mv_data, value.mv_size, record);
    return status == KURS_OK ? status : error_what(error, status, "cannot read the record of %s", name);
}

enum kurs_status series_save(struct kurs_store *store, MDB_txn *txn, const char *name,
                             const struct series_record *record, struct kurs_error *error)
{
    uint8_t bytes[RECORD_BYTES] = {(uint8_t)record->kind};
    bytes_store_u32(bytes + AT_IMPORT, record->newest_import);
    bytes_store_u64(bytes + AT_POINTS, record->points);
    bytes_store_u64(bytes + AT_BLOCKS, record->blocks);
    bytes_store_u64(bytes + AT_BYTES, record->bytes);
    point_encode(bytes + AT_FIRST, record->first);
    point_encode(bytes + AT_LAST, record->last);
    point_encode(bytes + AT_PREVIOUS, record->previous);
    struct key key = key_series(name);
    return env_put(store, txn, TABLE_SERIES, &key, bytes, sizeof bytes, error);
}
