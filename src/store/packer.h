/* packer.h: ascending points in, block rows out. The one place that writes and deletes blocks: it keeps the series'
 * record and the summary tree right with them. Private to src/store.
 *
 * Use: for each stretch of a series that is written anew, packer_consume the stored blocks it replaces, in order, and
 * append the stretch's points to the columns (packer_reserve, then count += n); packer_pack now and then; packer_close
 * at the end of the stretch, before the next, which starts later. */
#ifndef KURS_STORE_PACKER_H
#define KURS_STORE_PACKER_H

#include "kurs.h"
#include "store/block.h"
#include "store/env.h"
#include "store/series.h"

struct packer_consumed {
    int64_t first_us;
    size_t bytes, points;
};

struct packer {
    struct kurs_store *store;
    MDB_txn *txn;
    const char *name;             /* borrowed */
    struct series_record *record; /* borrowed; points, blocks and bytes are kept right */
    /* points not yet in blocks: append at [count] */
    int64_t *time_us;
    int64_t *coefficient;
    int8_t *exponent;
    uint32_t *import_id;
    size_t count, capacity;
    size_t start;     /* those before it are in blocks already */
    size_t retry;     /* points that must wait before a block is tried: fewer would hardly fill one */
    int64_t limit_us; /* where the next stored block starts that is not consumed: none is packed that starts there */
    /* stored blocks of the stretch that are not overwritten yet */
    struct packer_consumed *consumed;
    size_t consumed_count, consumed_capacity;
    bool open;                                 /* a block of the stretch was consumed or written: */
    int64_t changed_from_us, changed_until_us; /* range of the first times of those */
};

void packer_init(struct packer *packer, struct kurs_store *store, MDB_txn *txn, const char *name,
                 struct series_record *record);
void packer_release(struct packer *packer); /* zeroed is fine */

/* Room for `points` more. KURS_ENOMEM. */
enum kurs_status packer_reserve(struct packer *packer, size_t points, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* The stretch takes the place of that stored block. Its points must be appended too (or are dropped). */
enum kurs_status packer_consume(struct packer *packer, const struct block *block, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* Writes every full block there is. */
enum kurs_status packer_pack(struct packer *packer, struct kurs_error *error) __attribute__((warn_unused_result));
/* Writes the rest and updates the tree. `tail`: the stretch ends the series, so its last block may stay small; else the
 * last two are made even. */
enum kurs_status packer_close(struct packer *packer, bool tail, struct kurs_error *error)
    __attribute__((warn_unused_result));

#endif
