/* imports.h: the table of imports: one row a transaction that changed something. Value, little-endian:
 *
 *     0 when[8]  8 bytes[8]  16 crc32c[4]  20 counts[9*8] in the order of struct kurs_counts
 *     92 length of source[2]  94 length of format[2]  96 source, format (no terminating zeros)
 *
 * Ids count 1, 2, …; none is ever removed; `when` never goes back (a clock set back gives the time of the import
 * before), so what was known at a time is a prefix of the ids. Private to src/store. */
#ifndef KURS_STORE_IMPORTS_H
#define KURS_STORE_IMPORTS_H

#include "kurs.h"
#include "store/env.h"

/* The newest row; id 0 and when KURS_TIME_MIN if there is none. */
enum kurs_status imports_newest(struct kurs_store *store, MDB_txn *txn, uint32_t *id, int64_t *when_us,
                                struct kurs_error *error) __attribute__((warn_unused_result));
/* Writes a row under record->id, the next after the newest. record->when_us is raised to that of the newest. */
enum kurs_status imports_add(struct kurs_store *store, MDB_txn *txn, struct kurs_import_record *record,
                             struct kurs_error *error) __attribute__((warn_unused_result));
/* The newest id with when <= known_us, 0 if none. Cost: O(log n). */
enum kurs_status imports_known(struct kurs_store *store, MDB_txn *txn, int64_t known_us, uint32_t *id,
                               struct kurs_error *error) __attribute__((warn_unused_result));
/* KURS_END if there is no such row. KURS_ECORRUPT. */
enum kurs_status imports_load(struct kurs_store *store, MDB_txn *txn, uint32_t id, struct kurs_import_record *record,
                              struct kurs_error *error) __attribute__((warn_unused_result));

#endif
