/* snapshot.h: a read transaction, its cursors, and up to which import it sees. Private to src/store. */
#ifndef KURS_STORE_SNAPSHOT_H
#define KURS_STORE_SNAPSHOT_H

#include "kurs.h"
#include "store/block.h"
#include "store/env.h"

#define KNOWN_ALL UINT32_MAX

struct kurs_snapshot {
    struct kurs_store *store;
    MDB_txn *txn;
    MDB_cursor *blocks;    /* for single seeks; a scan has its own */
    MDB_cursor *summary;   /* likewise */
    uint32_t known_import; /* imports with higher ids do not show; KNOWN_ALL */
};

/* The block row of `name` that `cursor` is moved to, checked: the one that holds or precedes `at_us`; the first that
 * starts at or after it; the one next to the present. KURS_END if there is none in the series. */
enum kurs_status block_row_at(MDB_cursor *cursor, const char *name, int64_t at_us, struct block *block,
                              struct kurs_error *error);
enum kurs_status block_row_from(MDB_cursor *cursor, const char *name, int64_t from_us, struct block *block,
                                struct kurs_error *error);
enum kurs_status block_row_step(MDB_cursor *cursor, MDB_cursor_op op, const char *name, struct block *block,
                                struct kurs_error *error);
/* For a failed decode: "block of NAME at TIME: damaged". Returns KURS_ECORRUPT. */
enum kurs_status block_row_damaged(const char *name, int64_t time_us, const char *why, struct kurs_error *error);

#endif
