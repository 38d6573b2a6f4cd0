/* rows.h: block rows by time: from a key to a checked block, in one place for readers, writers and the tree. Private to
 * src/store. */
#ifndef KURS_STORE_ROWS_H
#define KURS_STORE_ROWS_H

#include "kurs.h"
#include "store/block.h"
#include "store/env.h"

/* Blocks that a snapshot has checked need no second check: what it sees of the map does not change. A block's place in
 * the table follows from its address; a newer one takes the place of an older. */
#define ROWS_CHECKED_MAX 65536
struct rows_checked {
    const void *block[ROWS_CHECKED_MAX];
};

struct rows {
    MDB_cursor *cursor;           /* on table blocks */
    struct rows_checked *checked; /* borrowed; NULL: check each time, as writers must */
};

/* The block row of `name` that the cursor is moved to: the one that holds or precedes `at_us`; the first that starts at
 * or after `from_us`; the one next to the present. KURS_END if there is none in the series. KURS_ECORRUPT. */
enum kurs_status rows_at(const struct rows *rows, const char *name, int64_t at_us, struct block *block,
                         struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status rows_from(const struct rows *rows, const char *name, int64_t from_us, struct block *block,
                           struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status rows_step(const struct rows *rows, MDB_cursor_op op, const char *name, struct block *block,
                           struct kurs_error *error) __attribute__((warn_unused_result));
/* Where the blocks of one series begin, in memory: for those who look up thousands of instants in it. A seek in LMDB's
 * pages compares a dozen keys, each in a cache line of its own, and costs a third of a lookup among 10^7 points. Zero
 * it; belongs to one read transaction. */
#define ROWS_INDEX_AFTER 4096      /* lookups in a row, which cost about what reading the keys of 10^9 points does */
#define ROWS_INDEX_MAX   (1 << 20) /* blocks; series of more are looked up in LMDB: 10^9 points have 400,000 */
struct rows_index {
    char name[KURS_NAME_SIZE];
    unsigned lookups; /* in this series, until there is an index */
    size_t count;     /* 0: there is none */
    int64_t *first_us;
    MDB_val *blocks;
};
void rows_index_release(struct rows_index *index);
/* As rows_at, but where the cursor stands afterwards is undefined. */
enum kurs_status rows_find(const struct rows *rows, struct rows_index *index, const char *name, int64_t at_us,
                           struct block *block, struct kurs_error *error) __attribute__((warn_unused_result));

/* For a failed decode: "block of NAME at TIME", and why. Returns KURS_ECORRUPT. */
enum kurs_status rows_damaged(const char *name, int64_t time_us, const char *why, struct kurs_error *error);

#endif
