/* snapshot.h: a read transaction, its cursors, and up to which import it sees. Private to src/store. */
#ifndef KURS_STORE_SNAPSHOT_H
#define KURS_STORE_SNAPSHOT_H

#include "kurs.h"
#include "store/env.h"
#include "store/rows.h"

#define KNOWN_ALL UINT32_MAX

struct kurs_snapshot {
    struct kurs_store *store;
    MDB_txn *txn;
    struct rows blocks;  /* for single seeks; a scan has its own cursor */
    MDB_cursor *summary; /* likewise */
    struct rows_checked checked;
    struct rows_index index;
    uint32_t known_import; /* imports with higher ids do not show; KNOWN_ALL */
};

#endif
