/* tree.c: see tree.h. Owns table `summary`. Updating works level by level upwards: the nodes around the change are
 * computed again from their children and replaced. Folding walks along the lowest level, climbs wherever a higher node
 * starts that still lies within the range, and comes down again towards its end. */
#include "store/tree.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "base/error.h"
#include "store/series.h"

#define AT_COUNT   4
#define AT_FIRST   12
#define AT_LAST    (AT_FIRST + POINT_BYTES)
#define AT_LOW     (AT_LAST + POINT_BYTES)
#define AT_HIGH    (AT_LOW + POINT_BYTES)
#define AT_SUM     (AT_HIGH + POINT_BYTES)
#define NODE_BYTES (AT_SUM + 17)
_Static_assert(NODE_BYTES == 97, "a row is as tree.h draws it");

int tree_level(int64_t first_us)
{
    /* The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): every bit of the time reaches the low ones. */
    uint64_t hash = (uint64_t)first_us + UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ hash >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ hash >> 27) * UINT64_C(0x94D049BB133111EB);
    hash ^= hash >> 31;
    int level = 0;
    while (level < TREE_LEVELS_MAX && (hash & ((1U << TREE_FANOUT_BITS) - 1)) == 0) {
        hash >>= TREE_FANOUT_BITS;
        level++;
    }
    return level;
}

/* ---- Rows ---- */

static void encode_node(uint8_t bytes[NODE_BYTES], const struct summary *summary)
{
    bytes_store_u64(bytes + AT_COUNT, summary->count);
    point_encode(bytes + AT_FIRST, summary->first);
    point_encode(bytes + AT_LAST, summary->last);
    point_encode(bytes + AT_LOW, summary->low);
    point_encode(bytes + AT_HIGH, summary->high);
    bytes_store_u64(bytes + AT_SUM, summary->sum_low);
    bytes_store_u64(bytes + AT_SUM + 8, (uint64_t)summary->sum_high);
    bytes[AT_SUM + 16] = (uint8_t)summary->sum_exponent;
    bytes_store_u32(bytes, crc32c(0, bytes + AT_COUNT, NODE_BYTES - AT_COUNT));
}

static bool could_be_a_summary(const struct summary *summary)
{
    int64_t first_us = summary->first.time_us, last_us = summary->last.time_us;
    return summary->count > 0 && first_us <= summary->low.time_us && summary->low.time_us <= last_us &&
           first_us <= summary->high.time_us && summary->high.time_us <= last_us && summary->sum_high >= 0 &&
           summary->sum_high < SUMMARY_SUM_HIGH_LIMIT && summary->sum_exponent >= -KURS_EXPONENT_MAX &&
           summary->sum_exponent <= KURS_EXPONENT_MAX;
}

enum kurs_status tree_decode(const MDB_val *value, struct summary *summary)
{
    const uint8_t *at = value->mv_data;
    struct summary read = {0};
    if (value->mv_size != NODE_BYTES || crc32c(0, at + AT_COUNT, NODE_BYTES - AT_COUNT) != bytes_load_u32(at) ||
        !point_decode(at + AT_FIRST, &read.first) || !point_decode(at + AT_LAST, &read.last) ||
        !point_decode(at + AT_LOW, &read.low) || !point_decode(at + AT_HIGH, &read.high)) {
        return KURS_ECORRUPT;
    }
    read.count = bytes_load_u64(at + AT_COUNT);
    read.sum_low = bytes_load_u64(at + AT_SUM);
    read.sum_high = (int64_t)bytes_load_u64(at + AT_SUM + 8);
    read.sum_exponent = (int8_t)at[AT_SUM + 16];
    if (!could_be_a_summary(&read)) {
        return KURS_ECORRUPT;
    }
    *summary = read;
    return KURS_OK;
}

static enum kurs_status damaged(const char *name, struct kurs_error *error)
{
    error_what(error, KURS_ECORRUPT, "cannot read a summary of %s", name);
    error_why(error, KURS_ECORRUPT, "it is not what its blocks add up to");
    return error_hint(error, KURS_ECORRUPT, "kurs verify lists every fault; restore from a backup");
}

/* summary_join for what was read: runs that overlap are damage. */
static enum kurs_status join(const char *name, struct summary *summary, const struct summary *later,
                             struct kurs_error *error)
{
    if (summary->count > 0 && later->count > 0 && later->first.time_us <= summary->last.time_us) {
        return damaged(name, error);
    }
    summary_join(summary, later);
    return KURS_OK;
}

/* A node or block that a cursor stands at. */
struct child {
    int64_t first_us;
    struct summary summary;
};

static enum kurs_status take_node(const char *name, int level, enum kurs_status status, const MDB_val *found,
                                  const MDB_val *value, struct child *child, struct kurs_error *error)
{
    if (status != KURS_OK) {
        return status;
    }
    if (!key_is_of(found->mv_data, found->mv_size, name, KEY_SUMMARY_TAIL) ||
        ((const uint8_t *)found->mv_data)[found->mv_size - KEY_SUMMARY_TAIL] != level) {
        return KURS_END;
    }
    child->first_us = key_time(found->mv_data, found->mv_size, 8);
    if (tree_decode(value, &child->summary) != KURS_OK || child->summary.first.time_us != child->first_us) {
        return damaged(name, error);
    }
    return KURS_OK;
}

static enum kurs_status seek_node(MDB_cursor *nodes, const char *name, int level, int64_t from_us, struct child *child,
                                  struct kurs_error *error)
{
    MDB_val found, value;
    struct key key = key_summary(name, level, from_us);
    enum kurs_status status = env_seek(nodes, &key, &found, &value, error);
    return take_node(name, level, status, &found, &value, child, error);
}

static enum kurs_status next_node(MDB_cursor *nodes, const char *name, int level, struct child *child,
                                  struct kurs_error *error)
{
    MDB_val found, value;
    enum kurs_status status = env_step(nodes, MDB_NEXT, &found, &value, error);
    return take_node(name, level, status, &found, &value, child, error);
}

/* The child of level 0 (a block) or above that starts at or after from_us; the one behind it. */
static enum kurs_status seek_child(MDB_cursor *cursor, const char *name, int level, int64_t from_us,
                                   struct child *child, struct kurs_error *error)
{
    if (level > 0) {
        return seek_node(cursor, name, level, from_us, child, error);
    }
    struct rows rows = {.cursor = cursor};
    struct block block;
    enum kurs_status status = rows_from(&rows, name, from_us, &block, error);
    if (status == KURS_OK) {
        *child = (struct child) {.first_us = block.first_us, .summary = block.summary};
    }
    return status;
}

static enum kurs_status next_child(MDB_cursor *cursor, const char *name, int level, struct child *child,
                                   struct kurs_error *error)
{
    if (level > 0) {
        return next_node(cursor, name, level, child, error);
    }
    struct rows rows = {.cursor = cursor};
    struct block block;
    enum kurs_status status = rows_step(&rows, MDB_NEXT, name, &block, error);
    if (status == KURS_OK) {
        *child = (struct child) {.first_us = block.first_us, .summary = block.summary};
    }
    return status;
}

/* ---- Update ---- */

struct node_list {
    struct child *nodes; /* owned */
    size_t count, capacity;
};

static enum kurs_status list_add(struct node_list *list, const struct child *node, struct kurs_error *error)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
        struct child *grown = realloc(list->nodes, capacity * sizeof *grown);
        if (grown == NULL) {
            return error_system(error, ENOMEM, "cannot update the summaries");
        }
        list->nodes = grown;
        list->capacity = capacity;
    }
    list->nodes[list->count++] = *node;
    return KURS_OK;
}

/* Where the last node of `level` before `from_us` starts: what is before it is not concerned. BEFORE_ALL if none. */
static enum kurs_status node_before(MDB_cursor *nodes, const char *name, int level, int64_t from_us, int64_t *start_us,
                                    struct kurs_error *error)
{
    MDB_val found, value;
    struct key key = key_summary(name, level, from_us);
    struct child child;
    enum kurs_status status = env_seek_before(nodes, &key, &found, &value, error);
    status = take_node(name, level, status, &found, &value, &child, error);
    *start_us = status == KURS_OK ? child.first_us : BEFORE_ALL;
    return status == KURS_END ? KURS_OK : status;
}

/* Joins the children from start_us into nodes of `level`, until one starts at or after until_us: *end_us, or
 * BEHIND_ALL. */
static enum kurs_status build_nodes(MDB_cursor *children, const char *name, int level, int64_t start_us,
                                    int64_t until_us, struct node_list *list, int64_t *end_us, struct kurs_error *error)
{
    struct child child;
    list->count = 0;
    *end_us = BEHIND_ALL;
    enum kurs_status status = seek_child(children, name, level - 1, start_us, &child, error);
    while (status == KURS_OK) {
        bool starts = list->count == 0 || tree_level(child.first_us) >= level;
        if (starts && list->count > 0 && child.first_us >= until_us) {
            *end_us = child.first_us;
            return KURS_OK;
        }
        status = starts ? list_add(list, &child, error)
                        : join(name, &list->nodes[list->count - 1].summary, &child.summary, error);
        if (status == KURS_OK) {
            status = next_child(children, name, level - 1, &child, error);
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

/* Deletes the rows of `name` with keys in [from, until). */
static enum kurs_status delete_rows(MDB_cursor *nodes, const struct key *from, const struct key *until,
                                    struct kurs_error *error)
{
    MDB_val found, value;
    enum kurs_status status = env_seek(nodes, from, &found, &value, error);
    while (status == KURS_OK) {
        size_t shorter = found.mv_size < until->size ? found.mv_size : until->size;
        int order = memcmp(found.mv_data, until->bytes, shorter);
        if (order > 0 || (order == 0 && found.mv_size >= until->size)) {
            return KURS_OK;
        }
        status = env_delete_at(nodes, &value, error);
        if (status == KURS_OK) {
            status = env_seek(nodes, from, &found, &value, error);
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status replace_nodes(struct kurs_store *store, MDB_txn *txn, MDB_cursor *nodes, const char *name,
                                      int level, int64_t start_us, int64_t end_us, const struct node_list *list,
                                      struct kurs_error *error)
{
    struct key from = key_summary(name, level, start_us);
    struct key until = key_summary(name, level, end_us);
    enum kurs_status status = delete_rows(nodes, &from, &until, error);
    for (size_t i = 0; i < list->count && status == KURS_OK; i++) {
        uint8_t bytes[NODE_BYTES];
        struct key key = key_summary(name, level, list->nodes[i].first_us);
        encode_node(bytes, &list->nodes[i].summary);
        status = env_put(store, txn, TABLE_SUMMARY, &key, bytes, sizeof bytes, error);
    }
    return status;
}

/* Whether the level would have but one node: that one was built anew, or none, and no other stands before it. */
static enum kurs_status is_single(MDB_cursor *nodes, const char *name, int level, int64_t start_us, int64_t end_us,
                                  const struct node_list *list, bool *single, struct kurs_error *error)
{
    int64_t before_us = BEFORE_ALL;
    *single = false;
    if (end_us < BEHIND_ALL || list->count > 1) {
        return KURS_OK;
    }
    enum kurs_status status =
        start_us > BEFORE_ALL ? node_before(nodes, name, level, start_us, &before_us, error) : KURS_OK;
    *single = status == KURS_OK && before_us == BEFORE_ALL;
    return status;
}

/* One level; *single: it would have but one node, so it is not written and nothing stands above. */
static enum kurs_status update_level(struct kurs_store *store, MDB_txn *txn, MDB_cursor *blocks, MDB_cursor *nodes,
                                     const char *name, int level, int64_t *from_us, int64_t *until_us,
                                     struct node_list *list, bool *single, struct kurs_error *error)
{
    int64_t start_us, end_us;
    enum kurs_status status = node_before(nodes, name, level, *from_us, &start_us, error);
    if (status == KURS_OK) {
        MDB_cursor *children = level == 1 ? blocks : nodes;
        status = build_nodes(children, name, level, start_us, *until_us, list, &end_us, error);
    }
    if (status == KURS_OK) {
        status = is_single(nodes, name, level, start_us, end_us, list, single, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    if (*single) {
        struct key from = key_summary(name, level, BEFORE_ALL);
        struct key until = key_summary(name, TREE_LEVELS_MAX + 1, BEHIND_ALL);
        return delete_rows(nodes, &from, &until, error);
    }
    *from_us = start_us > BEFORE_ALL && start_us < *from_us ? start_us : *from_us;
    *until_us = end_us > *until_us ? end_us : *until_us;
    return replace_nodes(store, txn, nodes, name, level, start_us, end_us, list, error);
}

enum kurs_status tree_update(struct kurs_store *store, MDB_txn *txn, const char *name, int64_t from_us,
                             int64_t until_us, struct kurs_error *error)
{
    MDB_cursor *blocks = NULL, *nodes = NULL;
    struct node_list list = {0};
    enum kurs_status status = env_cursor_open(store, txn, TABLE_BLOCKS, &blocks, error);
    if (status == KURS_OK) {
        status = env_cursor_open(store, txn, TABLE_SUMMARY, &nodes, error);
    }
    bool single = false;
    for (int level = 1; level <= TREE_LEVELS_MAX && !single && status == KURS_OK; level++) {
        status = update_level(store, txn, blocks, nodes, name, level, &from_us, &until_us, &list, &single, error);
    }
    if (nodes != NULL) {
        mdb_cursor_close(nodes);
    }
    if (blocks != NULL) {
        mdb_cursor_close(blocks);
    }
    free(list.nodes);
    return status;
}

/* ---- Fold ---- */

struct fold {
    const struct rows *blocks;
    MDB_cursor *nodes;
    const char *name;
    int64_t until_us;
    struct summary *sum;
    struct kurs_error *error;
};

/* Joins nodes of `level` from the one that starts at *next_us while they end before until_us; climbs where it can.
 * Leaves *next_us behind the last joined: where a node of a lower level starts, or the end. */
static enum kurs_status fold_level(const struct fold *fold, int level, int64_t *next_us)
{
    struct child child;
    enum kurs_status status = seek_node(fold->nodes, fold->name, level, *next_us, &child, fold->error);
    while (status == KURS_OK && child.first_us == *next_us && child.summary.last.time_us < fold->until_us) {
        int64_t last_us = child.summary.last.time_us;
        status = join(fold->name, fold->sum, &child.summary, fold->error);
        if (status != KURS_OK) {
            return status;
        }
        status = next_node(fold->nodes, fold->name, level, &child, fold->error);
        *next_us = status == KURS_OK ? child.first_us : last_us + 1;
        if (status == KURS_OK && tree_level(child.first_us) > level) {
            status = fold_level(fold, level + 1, next_us);
            if (status == KURS_OK) {
                status = seek_node(fold->nodes, fold->name, level, *next_us, &child, fold->error);
            }
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

/* The blocks from the first at or after next_us on, climbing where a node starts, until one that does not lie within
 * the range whole: *block, which starts before until_us. KURS_END if there is none. */
static enum kurs_status fold_whole(const struct fold *fold, int64_t next_us, struct block *block)
{
    enum kurs_status status = rows_from(fold->blocks, fold->name, next_us, block, fold->error);
    while (status == KURS_OK && block->first_us < fold->until_us) {
        int64_t climbed_us = block->first_us;
        if (tree_level(climbed_us) > 0) {
            status = fold_level(fold, 1, &climbed_us);
        }
        if (status == KURS_OK && climbed_us != block->first_us) {
            status = rows_from(fold->blocks, fold->name, climbed_us, block, fold->error);
        } else if (status == KURS_OK && block->last_us < fold->until_us) {
            status = join(fold->name, fold->sum, &block->summary, fold->error);
            if (status == KURS_OK) {
                status = rows_step(fold->blocks, MDB_NEXT, fold->name, block, fold->error);
            }
        } else {
            return status;
        }
    }
    return status == KURS_OK ? KURS_END : status;
}

enum kurs_status tree_fold_whole(const struct rows *blocks, MDB_cursor *nodes, const char *name, int64_t from_us,
                                 int64_t until_us, struct summary *summary, struct block *block,
                                 struct kurs_error *error)
{
    struct fold fold = {blocks, nodes, name, until_us, summary, error};
    return fold_whole(&fold, from_us, block);
}

enum kurs_status tree_fold(const struct rows *blocks, MDB_cursor *nodes, const char *name, int64_t from_us,
                           int64_t until_us, struct summary *summary, struct kurs_error *error)
{
    struct block block;
    struct summary sum = {0};
    struct fold fold = {blocks, nodes, name, until_us, &sum, error};
    enum kurs_status status = from_us < until_us ? rows_at(blocks, name, from_us, &block, error) : KURS_END;
    int64_t next_us = from_us;
    if (status == KURS_OK && block.first_us < from_us) { /* the range starts within a block */
        if (block.last_us >= from_us && block_fold(&block, from_us, until_us, &sum) != KURS_OK) {
            return rows_damaged(name, block.first_us, "its points make no sense", error);
        }
        next_us = block.last_us + 1;
    }
    if (status >= 0 && from_us < until_us) {
        status = fold_whole(&fold, next_us, &block);
        if (status == KURS_OK) {
            struct summary part;
            if (block_fold(&block, block.first_us, until_us, &part) != KURS_OK) {
                return rows_damaged(name, block.first_us, "its points make no sense", error);
            }
            status = join(name, &sum, &part, error);
        }
    }
    if (status == KURS_OK || status == KURS_END) {
        *summary = sum;
        return KURS_OK;
    }
    return status;
}
