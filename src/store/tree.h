/* tree.h: the summary tree above the blocks of a series: what runs of blocks add up to, so that any range of a series
 * of any length is folded by reading a few dozen rows.
 *
 * Level 0 is the blocks themselves (their heads hold their summary). A node of level n covers the blocks from its first
 * time up to the next node of that level. Where nodes start is a function of the blocks' first times alone: the block's
 * hash ends in n or more groups of TREE_FANOUT_BITS zero bits; the first block of a series starts a node of every level.
 * So the tree does not depend on the order of changes, a change touches only the nodes above it, and no node is ever
 * split or balanced. (B-tree splitting was dropped for that; windows of time too: density varies too much.)
 *
 *     value of a row, 97 bytes, little-endian:
 *     0 CRC32C[4] of everything behind it  4 count[8]  12 first[17]  29 last[17]  46 low[17]  63 high[17]
 *     80 sum low[8]  88 sum high[8]  96 exponent[1]
 *
 * Levels stop below the first that would have a single node. Private to src/store. */
#ifndef KURS_STORE_TREE_H
#define KURS_STORE_TREE_H

#include "kurs.h"
#include "store/env.h"
#include "store/rows.h"
#include "store/summary.h"

/* Two to the power of this many children on average. With 2, 4, 8, 16 and 64 a summary of a random range of 10^7 ticks
 * takes 16.7, 14.4, 14.6, 16.4 and 27.2 us, daily bars 2.8, 2.7, 2.9, 3.8 and 5.0 ms, and the store 16.1, 15.8, 15.7,
 * 15.6 and 15.6 MB. */
#define TREE_FANOUT_BITS 3
#define TREE_LEVELS_MAX  12

/* Makes the tree right after blocks changed whose first times are, or were, within [from_us, until_us). */
enum kurs_status tree_update(struct kurs_store *store, MDB_txn *txn, const char *name, int64_t from_us,
                             int64_t until_us, struct kurs_error *error) __attribute__((warn_unused_result));
/* What the points of [from_us, until_us) add up to. `nodes` is a cursor on table summary. */
enum kurs_status tree_fold(const struct rows *blocks, MDB_cursor *nodes, const char *name, int64_t from_us,
                           int64_t until_us, struct summary *summary, struct kurs_error *error)
    __attribute__((warn_unused_result));

/* Adds to *summary the blocks that start at or after from_us and end before until_us, up to the first that ends later:
 * *block, which starts before until_us. KURS_END if there is none; *block is then of no use. */
enum kurs_status tree_fold_whole(const struct rows *blocks, MDB_cursor *nodes, const char *name, int64_t from_us,
                                 int64_t until_us, struct summary *summary, struct block *block,
                                 struct kurs_error *error) __attribute__((warn_unused_result));

/* The highest level a block with that first time starts a node of (unless it is the first of its series). */
int tree_level(int64_t first_us);
/* A row's value: the checksum, and that it could be a summary. KURS_ECORRUPT. */
enum kurs_status tree_decode(const MDB_val *value, struct summary *summary) __attribute__((warn_unused_result));

#endif
