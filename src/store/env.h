/* env.h: the LMDB environment behind a store handle: the only place that opens, maps, creates and closes one, and the
 * one place where LMDB's codes become statuses. Private to src/store.
 *
 * Tables (keys: keys.h; values: the header named):
 *     meta       "format" -> version u32, creation time i64, little-endian (store.c)
 *     series     series.h
 *     blocks     block.h
 *     summary    tree.h
 *     revisions  revision.h
 *     imports    imports.h */
#ifndef KURS_STORE_ENV_H
#define KURS_STORE_ENV_H

#include <lmdb.h>
#include <pthread.h>
#include <sys/types.h>

#include "kurs.h"
#include "store/keys.h"
#include "store/pages.h"

#define STORE_FORMAT_VERSION 2 /* 1: summaries without a checksum (upgrade.h) */
#define ENV_FILE_MODE        0644

enum table { TABLE_META, TABLE_SERIES, TABLE_BLOCKS, TABLE_SUMMARY, TABLE_REVISIONS, TABLE_IMPORTS, TABLE_COUNT };

struct kurs_store {
    MDB_env *env; /* NULL after a compaction that could not open the file again */
    MDB_dbi table[TABLE_COUNT];
    int gate;     /* of an open environment (file.h) */
    char *path;   /* as given; owned */
    dev_t device; /* which file it is, and the next in the list of those this process has open (store.c) */
    ino_t inode;
    struct kurs_store *next_open;
    const uint8_t *map; /* where it begins, while this process writes; NULL: not known */
    bool has_tables;    /* table[] is valid */
    bool writable;
    bool alone;           /* to read, without LMDB's locks: the caller has locked everyone out */
    pthread_mutex_t lock; /* guards what follows */
    unsigned active;      /* transactions of this process: the map may only be replaced at 0 */
};

/* Fills *error for LMDB's (or the system's, when positive) code `rc` and returns the status it stands for. */
enum kurs_status env_error(struct kurs_error *error, int rc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A transaction; follows a map that another process has grown. `write`: waits for other writers, KURS_EACCESS on a
 * handle opened to read. The thread that begins a write transaction must end it. */
enum kurs_status env_begin(struct kurs_store *store, bool write, MDB_txn **txn, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* To read, once every page LMDB would trust was looked at (pages.h). KURS_ECORRUPT; KURS_EBUSY if it is written all the
 * time. */
enum kurs_status env_begin_checked(struct kurs_store *store, enum pages_depth depth, MDB_txn **txn,
                                   struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status env_commit(struct kurs_store *store, MDB_txn *txn, struct kurs_error *error)
    __attribute__((warn_unused_result));
void env_abort(struct kurs_store *store, MDB_txn *txn);

/* Opens the environment and tables of a handle whose path is set (at first, and again after a compaction). */
enum kurs_status env_open(struct kurs_store *store, struct kurs_error *error) __attribute__((warn_unused_result));
/* Makes an empty environment at a path where there is none; its tables come with env_create_tables. */
enum kurs_status env_create(struct kurs_store *store, struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status env_create_tables(struct kurs_store *store, MDB_txn *txn, struct kurs_error *error)
    __attribute__((warn_unused_result));
void env_close(struct kurs_store *store);

/* One row. *value borrows from the map until the transaction ends or, when writing, until the next write. get: KURS_END
 * if there is no such key, without filling *error. */
enum kurs_status env_get(struct kurs_store *store, MDB_txn *txn, enum table table, const struct key *key,
                         MDB_val *value, struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status env_put(struct kurs_store *store, MDB_txn *txn, enum table table, const struct key *key,
                         const void *bytes, size_t size, struct kurs_error *error) __attribute__((warn_unused_result));
/* No such key is no failure. */
enum kurs_status env_delete(struct kurs_store *store, MDB_txn *txn, enum table table, const struct key *key,
                            struct kurs_error *error) __attribute__((warn_unused_result));

/* Cursors: KURS_END when there is nothing (more), without filling *error. */
enum kurs_status env_cursor_open(struct kurs_store *store, MDB_txn *txn, enum table table, MDB_cursor **cursor,
                                 struct kurs_error *error) __attribute__((warn_unused_result));
/* The first row with key >= `key`; the last with key < `key`. */
enum kurs_status env_seek(MDB_cursor *cursor, const struct key *key, MDB_val *found, MDB_val *value,
                          struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status env_seek_before(MDB_cursor *cursor, const struct key *key, MDB_val *found, MDB_val *value,
                                 struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status env_step(MDB_cursor *cursor, MDB_cursor_op op, MDB_val *found, MDB_val *value,
                          struct kurs_error *error) __attribute__((warn_unused_result));
/* Whether a row that was read in a write transaction may be overwritten or deleted (pages_may_be_freed). */
bool env_may_change(MDB_cursor *cursor, const MDB_val *value);
/* Deletes the row the cursor stands at, which was read as *value. KURS_ECORRUPT if it may not be changed. */
enum kurs_status env_delete_at(MDB_cursor *cursor, const MDB_val *value, struct kurs_error *error)
    __attribute__((warn_unused_result));

#endif
