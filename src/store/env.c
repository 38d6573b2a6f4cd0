/* env.c: see env.h. Owns every LMDB setting and what its codes mean; knows no record, block or key. The one idea: map
 * as much address space as the process may have, once. A sparse map of 1 TiB costs nothing where addresses are plenty,
 * so the map never has to grow under a transaction; where they are few, half of what is allowed is mapped.
 * MDB_WRITEMAP was dropped (stray writes would damage the file), and MDB_NOSYNC (durability is the contract). */
#include "store/env.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.h"
#include "store/file.h"

#define MAP_BYTES_MAX (sizeof(size_t) >= 8 ? (size_t)1 << (sizeof(size_t) >= 8 ? 40 : 30) : (size_t)1 << 30)
#define MAP_BYTES_MIN ((size_t)16 << 20)       /* under this no import fits, so opening fails instead */
#define READERS_MAX   1024                     /* snapshots at a time over all processes */
#define LOCK_BYTES    ((READERS_MAX + 2) * 64) /* LMDB's lock file: a head of 192 bytes, a slot of 64 a reader */
#define CHECK_TRIES   10                /* writers may commit twice between two steps of beginning, but not each time */
#define ROOM_BYTES    ((size_t)1 << 20) /* LMDB writes at most 64 pages at once */

static const char *const table_name[TABLE_COUNT] = {"meta", "series", "blocks", "summary", "revisions", "imports"};

/* ---- LMDB's codes ---- */

static enum kurs_status status_of(int rc)
{
    switch (rc) {
    case MDB_MAP_FULL:
    case EFBIG:
        return KURS_ENOSPACE;
    case MDB_READERS_FULL:
        return KURS_EBUSY;
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
    case MDB_INCOMPATIBLE:
        return KURS_EFORMAT;
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_NOTFOUND:
        return KURS_ECORRUPT;
    case MDB_TXN_FULL:
    case MDB_MAP_RESIZED:
        return KURS_ELIMIT;
    default:
        return KURS_EIO;
    }
}

enum kurs_status env_error(struct kurs_error *error, int rc, const char *format, ...)
{
    char what[sizeof error->what];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (rc > 0 && rc != EFBIG) {
        return error_system(error, rc, "%s", what);
    }
    enum kurs_status status = status_of(rc);
    error_what(error, status, "%s", what);
    switch (rc) {
    case EFBIG:
        return error_why(error, status, "the file would be larger than this process may write (ulimit -f)");
    case MDB_MAP_FULL:
    case MDB_MAP_RESIZED:
        error_why(error, status, "the store is larger than the address space this process may map");
        return error_hint(error, status, "raise the limit (ulimit -v) or use a 64-bit system");
    case MDB_READERS_FULL:
        return error_why(error, status, "over %d readers at a time", READERS_MAX);
    default:
        return error_why(error, status, "%s", mdb_strerror(rc));
    }
}

/* ---- Transactions ---- */

/* Maps more, after another process made the file outgrow our map; another thread may have done so meanwhile. Only after a
 * trial: a failed mdb_env_set_mapsize would leave no map at all. The lock is held, and no transaction of ours is begun or
 * beginning. */
static int map_more(struct kurs_store *store)
{
    MDB_envinfo info;
    MDB_stat stat;
    int rc = mdb_env_info(store->env, &info);
    if (rc == 0) {
        rc = mdb_env_stat(store->env, &stat);
    }
    if (rc != 0) {
        return rc;
    }
    size_t used = (info.me_last_pgno + 1) * stat.ms_psize;
    size_t wanted = info.me_mapsize;
    while (wanted < used + used / 2) {
        wanted *= 2;
    }
    int fd;
    rc = mdb_env_get_fd(store->env, &fd);
    if (rc != 0 || wanted == info.me_mapsize) {
        return rc;
    }
    void *trial = mmap(NULL, wanted, PROT_READ, MAP_SHARED, fd, 0);
    if (trial == MAP_FAILED) {
        return MDB_MAP_RESIZED;
    }
    munmap(trial, wanted);
    return mdb_env_set_mapsize(store->env, wanted);
}

/* False while a transaction of ours holds the map. */
static bool follow_growth(struct kurs_store *store, int *rc)
{
    pthread_mutex_lock(&store->lock);
    bool is_free = store->active == 0;
    if (is_free) {
        *rc = map_more(store);
    }
    pthread_mutex_unlock(&store->lock);
    return is_free;
}

/* A read transaction that was held up between choosing its meta page and copying it may have copied that of the commit
 * after the next, which takes the same page: it would show that commit before it is durable, and a later transaction
 * the one before. Two commits went by in that case: then it is begun anew. */
static int begin_read(MDB_env *env, MDB_txn **txn)
{
    MDB_envinfo info;
    int rc = mdb_txn_begin(env, NULL, MDB_RDONLY, txn);
    while (rc == 0) {
        rc = mdb_env_info(env, &info);
        if (rc == 0 && info.me_last_txnid <= mdb_txn_id(*txn) + 1) {
            return 0;
        }
        mdb_txn_reset(*txn);
        rc = rc == 0 ? mdb_txn_renew(*txn) : rc;
        if (rc != 0) {
            mdb_txn_abort(*txn);
        }
    }
    return rc;
}

static void end(struct kurs_store *store)
{
    pthread_mutex_lock(&store->lock);
    assert(store->active > 0);
    store->active--;
    pthread_mutex_unlock(&store->lock);
}

/* Beginning looks at the map, so that counts as a transaction already. One to read is begun in no time, under the lock;
 * one to write may wait for other processes. */
static int begin(struct kurs_store *store, bool write, MDB_txn **txn)
{
    pthread_mutex_lock(&store->lock);
    int rc = write ? 0 : begin_read(store->env, txn);
    store->active += rc == 0;
    pthread_mutex_unlock(&store->lock);
    if (write) {
        rc = mdb_txn_begin(store->env, NULL, 0, txn);
        if (rc != 0) {
            end(store);
        }
    }
    return rc;
}

/* To tell pages of the map from those written: at the start of a write transaction there are none of those. LMDB keeps
 * its address to itself. */
static const uint8_t *find_map(const struct kurs_store *store, MDB_txn *txn)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    MDB_stat stat;
    const uint8_t *map = NULL;
    if (!store->has_tables || mdb_cursor_open(txn, store->table[TABLE_META], &cursor) != 0) {
        return NULL;
    }
    if (mdb_cursor_get(cursor, &found, &value, MDB_FIRST) == 0 && mdb_env_stat(store->env, &stat) == 0) {
        map = pages_map_start(value.mv_data, stat.ms_psize);
    }
    mdb_cursor_close(cursor);
    return map;
}

enum kurs_status env_begin(struct kurs_store *store, bool write, MDB_txn **txn, struct kurs_error *error)
{
    if (store->env == NULL) {
        error_what(error, KURS_EBUSY, "cannot read '%s'", store->path);
        return error_why(error, KURS_EBUSY, "the store was closed by a compaction");
    }
    if (write && !store->writable) {
        error_what(error, KURS_EACCESS, "cannot write '%s'", store->path);
        return error_why(error, KURS_EACCESS, "it was opened to read");
    }
    int rc = begin(store, write, txn);
    if (rc == MDB_MAP_RESIZED) {
        if (!follow_growth(store, &rc)) {
            error_what(error, KURS_EBUSY, "cannot %s '%s'", write ? "write" : "read", store->path);
            error_why(error, KURS_EBUSY, "another process made it larger than what is mapped here, where it is in use");
            return error_hint(error, KURS_EBUSY, "try again when the snapshots open in this process are closed");
        }
        rc = rc == 0 ? begin(store, write, txn) : rc;
    }
    if (rc == 0 && write) {
        store->map = find_map(store, *txn);
    }
    return rc == 0 ? KURS_OK : env_error(error, rc, "cannot %s '%s'", write ? "write" : "read", store->path);
}

/* LMDB reports a write that came out short as EIO. Where there is next to no room that is why. */
static int short_write(const struct kurs_store *store, int rc)
{
    int fd;
    struct stat about;
    struct statvfs disk;
    struct rlimit limit;
    if (rc != EIO || mdb_env_get_fd(store->env, &fd) != 0 || fstat(fd, &about) != 0) {
        return rc;
    }
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        (rlim_t)about.st_size + ROOM_BYTES > limit.rlim_cur) {
        return EFBIG;
    }
    return fstatvfs(fd, &disk) == 0 && disk.f_bavail < ROOM_BYTES / disk.f_frsize ? ENOSPC : rc;
}

enum kurs_status env_commit(struct kurs_store *store, MDB_txn *txn, struct kurs_error *error)
{
    int rc = short_write(store, mdb_txn_commit(txn));
    end(store);
    return rc == 0 ? KURS_OK : env_error(error, rc, "cannot write '%s'", store->path);
}

void env_abort(struct kurs_store *store, MDB_txn *txn)
{
    mdb_txn_abort(txn);
    end(store);
}

enum kurs_status env_begin_checked(struct kurs_store *store, enum pages_depth depth, MDB_txn **txn,
                                   struct kurs_error *error)
{
    for (int i = 0; i < CHECK_TRIES; i++) {
        int fd = -1;
        enum kurs_status status = env_begin(store, false, txn, error);
        if (status != KURS_OK) {
            return status;
        }
        int rc = mdb_env_get_fd(store->env, &fd);
        status = rc == 0 ? pages_verify(fd, mdb_txn_id(*txn), depth, store->path, error)
                         : env_error(error, rc, "cannot read '%s'", store->path);
        if (status == KURS_OK) {
            return status;
        }
        env_abort(store, *txn);
        if (status != KURS_END) {
            return status;
        }
    }
    error_what(error, KURS_EBUSY, "cannot read '%s'", store->path);
    return error_why(error, KURS_EBUSY, "it is written all the time");
}

/* ---- Opening ---- */

static size_t map_bytes_allowed(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur / 2 < MAP_BYTES_MAX) {
        return (size_t)(limit.rlim_cur / 2) & ~(MAP_BYTES_MIN - 1);
    }
    return MAP_BYTES_MAX;
}

static int open_mapped(struct kurs_store *store, size_t map_bytes)
{
    MDB_env *env = NULL;
    int rc = mdb_env_create(&env);
    if (rc != 0) {
        return rc;
    }
    unsigned flags = MDB_NOSUBDIR | MDB_NOTLS | (store->writable ? 0U : MDB_RDONLY);
    flags |= store->alone ? MDB_NOLOCK : 0U;
    rc = mdb_env_set_mapsize(env, map_bytes);
    rc = rc == 0 ? mdb_env_set_maxreaders(env, READERS_MAX) : rc;
    rc = rc == 0 ? mdb_env_set_maxdbs(env, TABLE_COUNT) : rc;
    rc = rc == 0 ? mdb_env_open(env, store->path, flags, ENV_FILE_MODE) : rc;
    if (rc != 0) {
        mdb_env_close(env);
        return rc;
    }
    int fd, cleared;
    if (mdb_env_get_fd(env, &fd) == 0) { /* which LMDB would leave to every program that is run */
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    mdb_reader_check(env, &cleared); /* slots of readers that died; failing only leaves them taken */
    store->env = env;
    store->has_tables = false;
    return mdb_env_set_userctx(env, store);
}

/* Tables are made with the file (store.c); a file without them is no store of ours. */
static enum kurs_status open_tables(struct kurs_store *store, struct kurs_error *error)
{
    MDB_txn *txn;
    int rc = 0;
    enum kurs_status status = env_begin_checked(store, store->writable ? PAGES_TO_WRITE : PAGES_TO_READ, &txn, error);
    if (status != KURS_OK) {
        return status;
    }
    for (int i = 0; i < TABLE_COUNT && rc == 0; i++) {
        rc = mdb_dbi_open(txn, table_name[i], 0, &store->table[i]);
    }
    if (rc != 0) {
        env_abort(store, txn);
        if (rc == MDB_NOTFOUND || rc == MDB_INCOMPATIBLE) {
            error_what(error, KURS_EFORMAT, "cannot open '%s'", store->path);
            return error_why(error, KURS_EFORMAT, "an LMDB file, but not one of kurs");
        }
        return env_error(error, rc, "cannot open '%s'", store->path);
    }
    store->has_tables = true;
    return env_commit(store, txn, error); /* keeps the table handles */
}

enum kurs_status env_create(struct kurs_store *store, struct kurs_error *error)
{
    size_t map_bytes = map_bytes_allowed();
    int rc = ENOMEM;
    store->gate = -1;
    while (map_bytes >= MAP_BYTES_MIN && (rc == ENOMEM || rc == EINVAL)) { /* EINVAL: what valgrind says */
        enum kurs_status status =
            store->alone ? KURS_OK : file_enter(store->path, ENV_FILE_MODE, LOCK_BYTES, &store->gate, error);
        if (status != KURS_OK) {
            return status;
        }
        rc = open_mapped(store, map_bytes);
        if (rc != 0) {
            file_leave(store->gate);
        }
        map_bytes /= 2;
    }
    return rc == 0 ? KURS_OK : env_error(error, rc, "cannot open '%s'", store->path);
}

enum kurs_status env_open(struct kurs_store *store, struct kurs_error *error)
{
    enum kurs_status status = env_create(store, error);
    if (status == KURS_EACCESS) {
        return error_hint(error, status, "reading too needs permission to write its lock file '%s-lock'", store->path);
    }
    if (status != KURS_OK) {
        return status;
    }
    status = open_tables(store, error);
    if (status != KURS_OK) {
        env_close(store);
    }
    return status;
}

void env_close(struct kurs_store *store)
{
    if (store->env != NULL) {
        mdb_env_close(store->env);
        store->env = NULL;
        file_leave(store->gate);
    }
}

enum kurs_status env_create_tables(struct kurs_store *store, MDB_txn *txn, struct kurs_error *error)
{
    for (int i = 0; i < TABLE_COUNT; i++) {
        int rc = mdb_dbi_open(txn, table_name[i], MDB_CREATE, &store->table[i]);
        if (rc != 0) {
            return env_error(error, rc, "cannot create '%s'", store->path);
        }
    }
    return KURS_OK;
}

/* ---- Rows ---- */

static MDB_val value_of(const void *bytes, size_t size)
{
    MDB_val value = {.mv_size = size, .mv_data = (void *)(uintptr_t)bytes};
    return value;
}

enum kurs_status env_get(struct kurs_store *store, MDB_txn *txn, enum table table, const struct key *key,
                         MDB_val *value, struct kurs_error *error)
{
    MDB_val wanted = value_of(key->bytes, key->size);
    int rc = mdb_get(txn, store->table[table], &wanted, value);
    if (rc == 0 || rc == MDB_NOTFOUND) {
        return rc == 0 ? KURS_OK : KURS_END;
    }
    return env_error(error, rc, "cannot read '%s'", store->path);
}

enum kurs_status env_put(struct kurs_store *store, MDB_txn *txn, enum table table, const struct key *key,
                         const void *bytes, size_t size, struct kurs_error *error)
{
    MDB_val where = value_of(key->bytes, key->size);
    MDB_val value = value_of(bytes, size);
    int rc = mdb_put(txn, store->table[table], &where, &value, 0);
    return rc == 0 ? KURS_OK : env_error(error, rc, "cannot write '%s'", store->path);
}

enum kurs_status env_delete(struct kurs_store *store, MDB_txn *txn, enum table table, const struct key *key,
                            struct kurs_error *error)
{
    MDB_val where = value_of(key->bytes, key->size);
    int rc = mdb_del(txn, store->table[table], &where, NULL);
    return rc == 0 || rc == MDB_NOTFOUND ? KURS_OK : env_error(error, rc, "cannot write '%s'", store->path);
}

enum kurs_status env_cursor_open(struct kurs_store *store, MDB_txn *txn, enum table table, MDB_cursor **cursor,
                                 struct kurs_error *error)
{
    int rc = mdb_cursor_open(txn, store->table[table], cursor);
    return rc == 0 ? KURS_OK : env_error(error, rc, "cannot read '%s'", store->path);
}

enum kurs_status env_step(MDB_cursor *cursor, MDB_cursor_op op, MDB_val *found, MDB_val *value,
                          struct kurs_error *error)
{
    int rc = mdb_cursor_get(cursor, found, value, op);
    if (rc == 0 || rc == MDB_NOTFOUND) {
        return rc == 0 ? KURS_OK : KURS_END;
    }
    return env_error(error, rc, "cannot read the store");
}

enum kurs_status env_seek(MDB_cursor *cursor, const struct key *key, MDB_val *found, MDB_val *value,
                          struct kurs_error *error)
{
    *found = value_of(key->bytes, key->size);
    return env_step(cursor, MDB_SET_RANGE, found, value, error);
}

enum kurs_status env_seek_before(MDB_cursor *cursor, const struct key *key, MDB_val *found, MDB_val *value,
                                 struct kurs_error *error)
{
    enum kurs_status status = env_seek(cursor, key, found, value, error);
    if (status < 0) {
        return status;
    }
    return env_step(cursor, status == KURS_END ? MDB_LAST : MDB_PREV, found, value, error);
}

bool env_may_change(MDB_cursor *cursor, const MDB_val *value)
{
    MDB_env *env = mdb_txn_env(mdb_cursor_txn(cursor));
    const struct kurs_store *store = mdb_env_get_userctx(env);
    const uint8_t *data = value->mv_data;
    MDB_envinfo info;
    MDB_stat stat;
    if (mdb_env_info(env, &info) != 0 || mdb_env_stat(env, &stat) != 0) {
        return false;
    }
    bool mapped = store->map != NULL && data >= store->map && data < store->map + info.me_mapsize;
    return !mapped || pages_may_be_freed(data, value->mv_size, stat.ms_psize);
}

enum kurs_status env_delete_at(MDB_cursor *cursor, const MDB_val *value, struct kurs_error *error)
{
    int rc = env_may_change(cursor, value) ? mdb_cursor_del(cursor, 0) : MDB_CORRUPTED;
    return rc == 0 ? KURS_OK : env_error(error, rc, "cannot write the store");
}
