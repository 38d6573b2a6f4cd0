/* revision.h: the table of replaced values. Key: name, time, sequence; value, 17 bytes, little-endian:
 *
 *     0 old coefficient[8]  8 old exponent[1]  9 old import[4]  13 new import[4]
 *
 * The value that replaced it is the old value of the next sequence, or the stored point. Private to src/store. */
#ifndef KURS_STORE_REVISION_H
#define KURS_STORE_REVISION_H

#include "kurs.h"
#include "store/env.h"

/* Appends a revision of the point. */
enum kurs_status revision_add(struct kurs_store *store, MDB_txn *txn, const char *name, int64_t time_us,
                              struct kurs_decimal old_rate, uint32_t old_import, uint32_t new_import,
                              struct kurs_error *error) __attribute__((warn_unused_result));
/* The value of a point whose present value came after `known_import`, as it was then. KURS_END: there was none yet. */
enum kurs_status revision_known(struct kurs_store *store, MDB_txn *txn, const char *name, int64_t time_us,
                                uint32_t known_import, struct kurs_decimal *rate, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* A row's key and value. KURS_ECORRUPT. Leaves new_rate and when_us. */
enum kurs_status revision_decode(const MDB_val *key, const MDB_val *value, struct kurs_revision *revision)
    __attribute__((warn_unused_result));

#endif
