/* packer.c: see packer.h. Invariants while a stretch is open: points [start, count) and the blocks written so far are
 * what the consumed blocks held, changed; consumed blocks are deleted or overwritten, in order, as the written ones pass
 * them; every block is checked before it is put. */
#include "store/packer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "store/rows.h"
#include "store/tree.h"

#define POINTS_LEAST 256  /* first capacity */
#define RETRY_FIRST  4096 /* waiting points that fill a block of most series */

void packer_init(struct packer *packer, struct kurs_store *store, MDB_txn *txn, const char *name,
                 struct series_record *record)
{
    *packer = (struct packer) {.store = store, .txn = txn, .name = name, .record = record, .limit_us = INT64_MAX};
}

void packer_release(struct packer *packer)
{
    free(packer->time_us);
    free(packer->coefficient);
    free(packer->exponent);
    free(packer->import_id);
    free(packer->consumed);
    *packer = (struct packer) {0};
}

/* Moves what is not yet in blocks to the front. */
static void move_down(struct packer *packer)
{
    size_t left = packer->count - packer->start;
    if (packer->start == 0) {
        return;
    }
    memmove(packer->time_us, packer->time_us + packer->start, left * sizeof *packer->time_us);
    memmove(packer->coefficient, packer->coefficient + packer->start, left * sizeof *packer->coefficient);
    memmove(packer->exponent, packer->exponent + packer->start, left * sizeof *packer->exponent);
    memmove(packer->import_id, packer->import_id + packer->start, left * sizeof *packer->import_id);
    packer->start = 0;
    packer->count = left;
}

static bool grow(void **array, size_t points, size_t size)
{
    void *grown = realloc(*array, points * size);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    return true;
}

enum kurs_status packer_reserve(struct packer *packer, size_t points, struct kurs_error *error)
{
    move_down(packer);
    size_t capacity = packer->capacity == 0 ? POINTS_LEAST : packer->capacity;
    while (capacity < packer->count + points) {
        capacity *= 2;
    }
    if (capacity == packer->capacity) {
        return KURS_OK;
    }
    void *time_us = packer->time_us, *coefficient = packer->coefficient;
    void *exponent = packer->exponent, *import_id = packer->import_id;
    bool grown = grow(&time_us, capacity, sizeof *packer->time_us) &&
                 grow(&coefficient, capacity, sizeof *packer->coefficient) &&
                 grow(&exponent, capacity, sizeof *packer->exponent) &&
                 grow(&import_id, capacity, sizeof *packer->import_id);
    packer->time_us = time_us;
    packer->coefficient = coefficient;
    packer->exponent = exponent;
    packer->import_id = import_id;
    if (!grown) {
        return error_system(error, ENOMEM, "cannot write %s", packer->name);
    }
    packer->capacity = capacity;
    return KURS_OK;
}

static void note_change(struct packer *packer, int64_t first_us)
{
    if (!packer->open) {
        packer->open = true;
        packer->changed_from_us = first_us;
        packer->changed_until_us = first_us + 1;
    }
    if (first_us < packer->changed_from_us) {
        packer->changed_from_us = first_us;
    }
    if (first_us >= packer->changed_until_us) {
        packer->changed_until_us = first_us + 1;
    }
}

enum kurs_status packer_consume(struct packer *packer, const struct block *block, struct kurs_error *error)
{
    if (packer->consumed_count == packer->consumed_capacity) {
        size_t capacity = packer->consumed_capacity == 0 ? 16 : 2 * packer->consumed_capacity;
        struct packer_consumed *grown = realloc(packer->consumed, capacity * sizeof *grown);
        if (grown == NULL) {
            return error_system(error, ENOMEM, "cannot write %s", packer->name);
        }
        packer->consumed = grown;
        packer->consumed_capacity = capacity;
    }
    packer->consumed[packer->consumed_count++] =
        (struct packer_consumed) {.first_us = block->first_us, .bytes = block->size, .points = block->count};
    note_change(packer, block->first_us);
    return KURS_OK;
}

/* Takes consumed blocks that start before until_us off the books; deletes their rows, but for one that starts at
 * keep_us, which is about to be overwritten. */
static enum kurs_status delete_consumed(struct packer *packer, int64_t until_us, int64_t keep_us,
                                        struct kurs_error *error)
{
    size_t done = 0;
    enum kurs_status status = KURS_OK;
    while (done < packer->consumed_count && packer->consumed[done].first_us < until_us && status == KURS_OK) {
        const struct packer_consumed *old = &packer->consumed[done++];
        packer->record->points -= old->points;
        packer->record->bytes -= old->bytes;
        packer->record->blocks--;
        if (old->first_us != keep_us) {
            struct key key = key_block(packer->name, old->first_us);
            status = env_delete(packer->store, packer->txn, TABLE_BLOCKS, &key, error);
        }
    }
    if (done == 0) {
        return status;
    }
    packer->consumed_count -= done;
    memmove(packer->consumed, packer->consumed + done, packer->consumed_count * sizeof *packer->consumed);
    return status;
}

/* Encodes the waiting points, as many as fit; *taken of them. */
static size_t encode(const struct packer *packer, uint8_t bytes[BLOCK_BYTES_MAX], size_t count, size_t *taken)
{
    size_t start = packer->start;
    struct block_input input = {
        .time_us = packer->time_us + start,
        .coefficient = packer->coefficient + start,
        .exponent = packer->exponent + start,
        .import_id = packer->import_id + start,
    };
    return block_encode(bytes, BLOCK_BYTES_MAX, &input, count < BLOCK_POINTS_MAX ? count : BLOCK_POINTS_MAX, taken);
}

/* Puts the block of the first `taken` waiting points. */
static enum kurs_status put_block(struct packer *packer, const uint8_t *bytes, size_t size, size_t taken,
                                  struct kurs_error *error)
{
    int64_t first_us = packer->time_us[packer->start];
    const char *fault = "";
    enum kurs_status status = block_check(bytes, size, BLOCK_DEEP, &fault);
    if (status != KURS_OK) {
        return rows_damaged(packer->name, first_us, fault, error);
    }
    status = delete_consumed(packer, first_us + 1, first_us, error);
    if (status != KURS_OK) {
        return status;
    }
    struct key key = key_block(packer->name, first_us);
    status = env_put(packer->store, packer->txn, TABLE_BLOCKS, &key, bytes, size, error);
    note_change(packer, first_us);
    packer->record->points += taken;
    packer->record->bytes += size;
    packer->record->blocks++;
    packer->start += taken;
    return status;
}

enum kurs_status packer_pack(struct packer *packer, struct kurs_error *error)
{
    uint8_t bytes[BLOCK_BYTES_MAX];
    enum kurs_status status = KURS_OK;
    if (packer->retry == 0) {
        packer->retry = RETRY_FIRST;
    }
    while (status == KURS_OK && packer->count - packer->start >= packer->retry &&
           packer->time_us[packer->start] < packer->limit_us) {
        size_t taken, waiting = packer->count - packer->start;
        size_t size = encode(packer, bytes, waiting, &taken);
        if (taken == waiting && taken < BLOCK_POINTS_MAX) { /* room for more: not full yet */
            packer->retry = 2 * waiting < BLOCK_POINTS_MAX ? 2 * waiting : BLOCK_POINTS_MAX;
            break;
        }
        status = put_block(packer, bytes, size, taken, error);
        packer->retry = taken + taken / 2;
    }
    return status;
}

enum kurs_status packer_close(struct packer *packer, bool tail, struct kurs_error *error)
{
    uint8_t bytes[BLOCK_BYTES_MAX];
    enum kurs_status status = KURS_OK;
    while (status == KURS_OK && packer->count > packer->start) {
        size_t taken, waiting = packer->count - packer->start;
        size_t size = encode(packer, bytes, waiting, &taken);
        if (!tail && taken < waiting && waiting < 2 * taken) { /* two more: make them even */
            size = encode(packer, bytes, (waiting + 1) / 2, &taken);
        }
        status = put_block(packer, bytes, size, taken, error);
    }
    packer->start = packer->count = 0;
    if (status == KURS_OK && packer->open) {
        packer->open = false;
        status = delete_consumed(packer, INT64_MAX, INT64_MIN, error);
        if (status == KURS_OK) {
            status = tree_update(packer->store, packer->txn, packer->name, packer->changed_from_us,
                                 packer->changed_until_us, error);
        }
    }
    return status;
}
