/* upgrade.c: see upgrade.h. Owns the row of table `meta` and the way from each format to the next. Reading old formats as
 * they are was dropped: each would stay in the code of every reader. */
#include "store/upgrade.h"

#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "store/tree.h"

#define META_FORMAT_BYTES 12 /* version u32, creation time i64 */
#define AT_CREATION       4

static struct key format_key(void)
{
    return key_series("format"); /* the meta table's keys are plain words */
}

enum kurs_status upgrade_version(struct kurs_store *store, MDB_txn *txn, uint32_t *version, struct kurs_error *error)
{
    MDB_val value;
    struct key key = format_key();
    enum kurs_status status = env_get(store, txn, TABLE_META, &key, &value, error);
    if (status < 0) {
        return status;
    }
    *version = status == KURS_OK && value.mv_size >= META_FORMAT_BYTES ? bytes_load_u32(value.mv_data) : 0;
    if (*version == 0) {
        error_what(error, KURS_EFORMAT, "cannot open '%s'", store->path);
        return error_why(error, KURS_EFORMAT, "an LMDB file, but not one of kurs");
    }
    return KURS_OK;
}

enum kurs_status upgrade_note(struct kurs_store *store, MDB_txn *txn, int64_t now_us, struct kurs_error *error)
{
    MDB_val value;
    uint8_t format[META_FORMAT_BYTES];
    struct key key = format_key();
    enum kurs_status status = env_get(store, txn, TABLE_META, &key, &value, error);
    if (status < 0) {
        return status;
    }
    bytes_store_u64(format + AT_CREATION, (uint64_t)now_us);
    if (status == KURS_OK && value.mv_size >= META_FORMAT_BYTES) {
        memcpy(format, value.mv_data, sizeof format);
    }
    bytes_store_u32(format, STORE_FORMAT_VERSION);
    return env_put(store, txn, TABLE_META, &key, format, sizeof format, error);
}

/* From 1: every series' summaries, which got a checksum. */
static enum kurs_status renew_summaries(struct kurs_store *store, MDB_txn *txn, struct kurs_error *error)
{
    MDB_cursor *series;
    MDB_val found, value;
    enum kurs_status status = env_cursor_open(store, txn, TABLE_SERIES, &series, error);
    if (status != KURS_OK) {
        return status;
    }
    status = env_step(series, MDB_FIRST, &found, &value, error);
    while (status == KURS_OK) {
        char name[KURS_NAME_SIZE];
        if (found.mv_size >= sizeof name) {
            status = error_what(error, KURS_ECORRUPT, "cannot read the list of series");
            break;
        }
        memcpy(name, found.mv_data, found.mv_size);
        name[found.mv_size] = '\0';
        status = tree_update(store, txn, name, KURS_TIME_MIN, KURS_TIME_MAX + 1, error);
        if (status == KURS_OK) {
            status = env_step(series, MDB_NEXT, &found, &value, error);
        }
    }
    mdb_cursor_close(series);
    return status == KURS_END ? KURS_OK : status;
}

enum kurs_status upgrade_store(struct kurs_store *store, struct kurs_error *error)
{
    MDB_txn *txn;
    uint32_t version;
    enum kurs_status status = env_begin(store, true, &txn, error);
    if (status != KURS_OK) {
        return status;
    }
    status = upgrade_version(store, txn, &version, error); /* another process may have been first */
    if (status == KURS_OK && version < STORE_FORMAT_VERSION) {
        status = renew_summaries(store, txn, error);
    }
    if (status == KURS_OK && version < STORE_FORMAT_VERSION) {
        status = upgrade_note(store, txn, 0, error);
    }
    if (status != KURS_OK || version >= STORE_FORMAT_VERSION) {
        env_abort(store, txn);
        return status;
    }
    return env_commit(store, txn, error);
}
