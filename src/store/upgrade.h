/* upgrade.h: stores of older formats, made those of today. Private to src/store. */
#ifndef KURS_STORE_UPGRADE_H
#define KURS_STORE_UPGRADE_H

#include "kurs.h"
#include "store/env.h"

/* The version number of the store's format. KURS_EFORMAT if it has none. */
enum kurs_status upgrade_version(struct kurs_store *store, MDB_txn *txn, uint32_t *version, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* Notes the present version, and the time of creation unless that is known. */
enum kurs_status upgrade_note(struct kurs_store *store, MDB_txn *txn, int64_t now_us, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* In one transaction, to STORE_FORMAT_VERSION, whatever older version it is. Computes the summaries anew from the blocks:
 * about 1 ms a million points. */
enum kurs_status upgrade_store(struct kurs_store *store, struct kurs_error *error) __attribute__((warn_unused_result));

#endif
