/* rows.c: see rows.h. Owns the step from a key to a checked block; does not decode. */
#include "store/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum kurs_status rows_damaged(const char *name, int64_t time_us, const char *why, struct kurs_error *error)
{
    char time[KURS_TIME_SIZE];
    kurs_time_format(time_us, KURS_INSTANT, time);
    error_what(error, KURS_ECORRUPT, "cannot read the block of %s at %s", name, time);
    error_why(error, KURS_ECORRUPT, "%s", why);
    return error_hint(error, KURS_ECORRUPT, "kurs verify lists every fault; restore from a backup");
}

static enum kurs_status check_and_open(const struct rows *rows, const MDB_val *value, struct block *block,
                                       const char **fault)
{
    __builtin_prefetch(value->mv_data); /* it and the table below are often in no cache: wait for both at once */
    if (rows->checked == NULL) {
        if (!env_may_change(rows->cursor, value)) {
            *fault = "the head of its pages is damaged";
            return KURS_ECORRUPT;
        }
        return block_open_checked(block, value->mv_data, value->mv_size, BLOCK_QUICK, fault);
    }
    uintptr_t address = (uintptr_t)value->mv_data;
    const void **place = &rows->checked->block[((address >> 12) + 64 * (address & 4095)) % ROWS_CHECKED_MAX];
    if (*place == value->mv_data) {
        *fault = "it changed after it was checked";
        return block_open(block, value->mv_data, value->mv_size);
    }
    enum kurs_status status = block_open_checked(block, value->mv_data, value->mv_size, BLOCK_QUICK, fault);
    *place = status == KURS_OK ? value->mv_data : *place;
    return status;
}

static enum kurs_status open_block(const struct rows *rows, const char *name, int64_t first_us, const MDB_val *value,
                                   struct block *block, struct kurs_error *error)
{
    const char *fault;
    enum kurs_status status = check_and_open(rows, value, block, &fault);
    if (status == KURS_OK && block->first_us != first_us) {
        status = KURS_ECORRUPT;
        fault = "its key is not the time of its first point";
    }
    if (status == KURS_ENEWER) {
        error_what(error, status, "cannot read a block of %s", name);
        return error_hint(error, status, "use a newer kurs");
    }
    return status == KURS_OK ? status : rows_damaged(name, first_us, fault, error);
}

/* The block under the cursor, if it is one of `name`. */
static enum kurs_status open_row(const struct rows *rows, const char *name, const MDB_val *found, const MDB_val *value,
                                 struct block *block, struct kurs_error *error)
{
    if (!key_is_of(found->mv_data, found->mv_size, name, KEY_BLOCK_TAIL)) {
        return KURS_END;
    }
    return open_block(rows, name, key_time(found->mv_data, found->mv_size, KEY_BLOCK_TAIL), value, block, error);
}

enum kurs_status rows_at(const struct rows *rows, const char *name, int64_t at_us, struct block *block,
                         struct kurs_error *error)
{
    MDB_val found, value;
    struct key key = key_block(name, at_us >= KURS_TIME_MAX ? KURS_TIME_MAX + 1 : at_us + 1);
    enum kurs_status status = env_seek_before(rows->cursor, &key, &found, &value, error);
    return status == KURS_OK ? open_row(rows, name, &found, &value, block, error) : status;
}

enum kurs_status rows_from(const struct rows *rows, const char *name, int64_t from_us, struct block *block,
                           struct kurs_error *error)
{
    MDB_val found, value;
    struct key key = key_block(name, from_us);
    enum kurs_status status = env_seek(rows->cursor, &key, &found, &value, error);
    return status == KURS_OK ? open_row(rows, name, &found, &value, block, error) : status;
}

enum kurs_status rows_step(const struct rows *rows, MDB_cursor_op op, const char *name, struct block *block,
                           struct kurs_error *error)
{
    MDB_val found, value;
    enum kurs_status status = env_step(rows->cursor, op, &found, &value, error);
    return status == KURS_OK ? open_row(rows, name, &found, &value, block, error) : status;
}

/* ---- Many lookups ---- */

void rows_index_release(struct rows_index *index)
{
    free(index->first_us);
    free(index->blocks);
    *index = (struct rows_index) {.count = 0};
}

static bool grow(struct rows_index *index, size_t capacity)
{
    int64_t *first_us = realloc(index->first_us, capacity * sizeof *first_us);
    index->first_us = first_us == NULL ? index->first_us : first_us;
    MDB_val *blocks = realloc(index->blocks, capacity * sizeof *blocks);
    index->blocks = blocks == NULL ? index->blocks : blocks;
    return first_us != NULL && blocks != NULL;
}

/* Reads the keys of the series. Leaves no index where that fails or they are too many: seeks do as well. */
static void read_keys(const struct rows *rows, struct rows_index *index, struct kurs_error *error)
{
    MDB_val found, value;
    struct key key = key_block(index->name, KURS_TIME_MIN);
    size_t count = 0, capacity = 0;
    enum kurs_status status = env_seek(rows->cursor, &key, &found, &value, error);
    for (; status == KURS_OK && key_is_of(found.mv_data, found.mv_size, index->name, KEY_BLOCK_TAIL); count++) {
        if (count == capacity) {
            capacity = capacity == 0 ? 1024 : 2 * capacity;
            if (capacity > ROWS_INDEX_MAX || !grow(index, capacity)) {
                return;
            }
        }
        index->first_us[count] = key_time(found.mv_data, found.mv_size, KEY_BLOCK_TAIL);
        index->blocks[count] = value;
        status = env_step(rows->cursor, MDB_NEXT, &found, &value, error);
    }
    index->count = status >= 0 ? count : 0;
}

enum kurs_status rows_find(const struct rows *rows, struct rows_index *index, const char *name, int64_t at_us,
                           struct block *block, struct kurs_error *error)
{
    if (strcmp(index->name, name) != 0) {
        rows_index_release(index);
        snprintf(index->name, sizeof index->name, "%s", name);
    }
    if (index->lookups < ROWS_INDEX_AFTER && ++index->lookups == ROWS_INDEX_AFTER) {
        read_keys(rows, index, error);
    }
    if (index->count == 0) {
        return rows_at(rows, name, at_us, block, error);
    }
    size_t from = 0;
    for (size_t count = index->count; count > 1; count -= count / 2) { /* a move a step, no branch to be mispredicted */
        from = index->first_us[from + count / 2] <= at_us ? from + count / 2 : from;
    }
    int64_t first_us = index->first_us[from];
    return first_us <= at_us ? open_block(rows, name, first_us, &index->blocks[from], block, error) : KURS_END;
}
