/* merge.c: see merge.h. The import's own points, ordered by the time the file gave and then by arrival, are those already
 * written in order (stored under its id) and the late ones; each gets the first free slot at or after its time. Stored
 * points of other imports stay where they are. The sweep holds one stored block at a time, copies nothing while it is
 * unchanged, and hands changed stretches to the packer. Inserting each point by itself was dropped: newest-first files
 * would rewrite every block thousands of times. */
#include "store/merge.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/times.h"
#include "store/revision.h"
#include "store/rows.h"

struct merge {
    const struct merge_input *in;
    struct packer packer;
    struct rows rows;
    struct ties_reader ties;
    /* the stored block the sweep is in, decoded; without points while the series has none */
    bool loaded, stored, changed;
    struct block block; /* its bytes are not to be read after the first write */
    int64_t *time_us;
    int64_t *coefficient;
    int8_t *exponent;
    uint32_t *import_id;
    size_t index, count;
    int64_t bound_us; /* where the next stored block starts; BEHIND_ALL */
    /* the newest of the import's own points so far */
    int64_t own_us; /* its slot; BEFORE_ALL if none */
    struct kurs_decimal own_rate;
    uint64_t own_row; /* 0: not known */
};

struct own_point {
    int64_t time_us;
    struct kurs_decimal rate;
    uint64_t row;
};

/* ---- The stored block ---- */

/* A block may begin amid points that share an instant, which the sweep did not pass: own points that were moved stand
 * right behind one another, so the slot before the first of it is taken. */
static void resume_ties(struct merge *merge)
{
    int64_t first_us = merge->time_us[0];
    if (merge->import_id[0] == merge->in->import_id && merge->own_us < first_us - 1 &&
        ties_original(&merge->ties, first_us) < first_us) {
        merge->own_us = first_us - 1;
    }
}

static enum kurs_status load(struct merge *merge, int64_t at_us, struct kurs_error *error)
{
    const char *name = merge->in->name;
    merge->index = merge->count = 0;
    merge->loaded = true;
    merge->stored = merge->changed = false;
    merge->bound_us = merge->packer.limit_us = BEHIND_ALL;
    enum kurs_status status = rows_at(&merge->rows, name, at_us, &merge->block, error);
    if (status == KURS_END) {
        status = rows_from(&merge->rows, name, KURS_TIME_MIN, &merge->block, error);
    }
    if (status == KURS_END) {
        return KURS_OK; /* a new series */
    }
    if (status != KURS_OK) {
        return status;
    }
    struct block_output output = {merge->time_us, merge->coefficient, merge->exponent, merge->import_id};
    if (block_decode(&merge->block, 0, merge->block.mini_count, &output, &merge->count) != KURS_OK) {
        return rows_damaged(name, merge->block.first_us, "its points make no sense", error);
    }
    merge->stored = true;
    resume_ties(merge);
    struct block next;
    status = rows_step(&merge->rows, MDB_NEXT, name, &next, error);
    if (status == KURS_OK) {
        merge->bound_us = merge->packer.limit_us = next.first_us;
    }
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status copy_to_packer(struct merge *merge, size_t from, size_t until, struct kurs_error *error)
{
    struct packer *packer = &merge->packer;
    size_t count = until - from;
    if (count == 0) {
        return KURS_OK;
    }
    enum kurs_status status = packer_reserve(packer, count, error);
    if (status != KURS_OK) {
        return status;
    }
    memcpy(packer->time_us + packer->count, merge->time_us + from, count * sizeof *packer->time_us);
    memcpy(packer->coefficient + packer->count, merge->coefficient + from, count * sizeof *packer->coefficient);
    memcpy(packer->exponent + packer->count, merge->exponent + from, count * sizeof *packer->exponent);
    memcpy(packer->import_id + packer->count, merge->import_id + from, count * sizeof *packer->import_id);
    packer->count += count;
    return packer_pack(packer, error);
}

/* The block is to be written anew: what the sweep passed of it goes ahead. */
static enum kurs_status begin_change(struct merge *merge, struct kurs_error *error)
{
    if (merge->changed) {
        return KURS_OK;
    }
    merge->changed = true;
    enum kurs_status status = merge->stored ? packer_consume(&merge->packer, &merge->block, error) : KURS_OK;
    return status == KURS_OK ? copy_to_packer(merge, 0, merge->index, error) : status;
}

/* Moves the sweep to `index` in the block. */
static enum kurs_status pass(struct merge *merge, size_t index, struct kurs_error *error)
{
    enum kurs_status status = merge->changed ? copy_to_packer(merge, merge->index, index, error) : KURS_OK;
    merge->index = index;
    return status;
}

/* ---- Own points ---- */

static int64_t slot_of(const struct merge *merge, int64_t original_us)
{
    return original_us > merge->own_us ? original_us : merge->own_us + 1;
}

static bool is_own(const struct merge *merge)
{
    return merge->import_id[merge->index] == merge->in->import_id;
}

/* Passes an own point that was written in order; moves it if a late one took its slot. */
static enum kurs_status pass_own(struct merge *merge, int64_t original_us, struct kurs_error *error)
{
    int64_t slot_us = slot_of(merge, original_us);
    size_t index = merge->index;
    if (slot_us > KURS_TIME_MAX) {
        return error_what(error, KURS_ERANGE, "too many points at the end of time in %s", merge->in->name);
    }
    if (slot_us != merge->time_us[index]) {
        enum kurs_status status = begin_change(merge, error);
        if (status != KURS_OK) {
            return status;
        }
        merge->in->counts->spread += merge->time_us[index] == original_us;
        merge->time_us[index] = slot_us;
    }
    merge->own_us = slot_us;
    merge->own_rate = (struct kurs_decimal) {merge->coefficient[index], merge->exponent[index]};
    merge->own_row = 0;
    return pass(merge, index + 1, error);
}

static void took_slot(struct merge *merge, const struct own_point *point, int64_t slot_us)
{
    merge->own_us = slot_us;
    merge->own_rate = point->rate;
    merge->own_row = point->row;
}

/* A second value for one date: the first row stays. */
static void count_duplicate(struct merge *merge, const struct own_point *point)
{
    if (kurs_decimal_compare(point->rate, merge->own_rate) == 0) {
        merge->in->counts->identical++;
        return;
    }
    merge->in->counts->rejected++;
    const struct writer_options *options = merge->in->options;
    if (options->on_duplicate != NULL) {
        options->on_duplicate(options->context, merge->in->name, point->time_us, merge->own_row, point->row);
    }
}

static enum kurs_status insert(struct merge *merge, const struct own_point *point, int64_t slot_us,
                               struct kurs_error *error)
{
    struct packer *packer = &merge->packer;
    enum kurs_status status = begin_change(merge, error);
    if (status == KURS_OK) {
        status = packer_reserve(packer, 1, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    packer->time_us[packer->count] = slot_us;
    packer->coefficient[packer->count] = point->rate.coefficient;
    packer->exponent[packer->count] = point->rate.exponent;
    packer->import_id[packer->count] = merge->in->import_id;
    packer->count++;
    merge->in->counts->added++;
    merge->in->counts->spread += slot_us != point->time_us;
    took_slot(merge, point, slot_us);
    return packer_pack(packer, error);
}

/* Whether the stored value already says what the point does. */
static bool is_same(const struct merge *merge, struct kurs_decimal stored, struct kurs_decimal rate)
{
    int decimals = rate.exponent < 0 ? -rate.exponent : 0;
    if (merge->in->options->rounded_is_identical && -stored.exponent > decimals) {
        stored = kurs_decimal_round(stored, decimals);
    }
    return kurs_decimal_compare(stored, rate) == 0;
}

static enum kurs_status conflict(const struct merge *merge, const struct own_point *point, struct kurs_decimal stored,
                                 struct kurs_error *error)
{
    char time[KURS_TIME_SIZE], old_text[KURS_DECIMAL_SIZE], new_text[KURS_DECIMAL_SIZE];
    kurs_time_format(point->time_us, merge->in->record->kind, time);
    kurs_decimal_format(stored, old_text);
    kurs_decimal_format(point->rate, new_text);
    error_what(error, KURS_ECONFLICT, "%s at %s is %s, not %s", merge->in->name, time, old_text, new_text);
    error_why(error, KURS_ECONFLICT, "another value is stored for that time");
    return error_hint(error, KURS_ECONFLICT,
                      "--on-conflict replace keeps the old value as a revision, keep ignores the "
                      "new one");
}

/* The point's slot holds a stored one of an earlier import. */
static enum kurs_status meet(struct merge *merge, const struct own_point *point, int64_t slot_us,
                             struct kurs_error *error)
{
    size_t index = merge->index;
    const struct merge_input *in = merge->in;
    struct kurs_decimal stored = {merge->coefficient[index], merge->exponent[index]};
    took_slot(merge, point, slot_us);
    if (is_same(merge, stored, point->rate)) {
        in->counts->identical++;
        return pass(merge, index + 1, error);
    }
    if (in->options->on_conflict == KURS_KEEP) {
        in->counts->kept++;
        return pass(merge, index + 1, error);
    }
    if (in->options->on_conflict == KURS_FAIL) {
        return conflict(merge, point, stored, error);
    }
    enum kurs_status status = begin_change(merge, error);
    if (status == KURS_OK) {
        status =
            revision_add(in->store, in->txn, in->name, slot_us, stored, merge->import_id[index], in->import_id, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    merge->coefficient[index] = point->rate.coefficient;
    merge->exponent[index] = point->rate.exponent;
    merge->import_id[index] = in->import_id;
    in->counts->replaced++;
    return pass(merge, index + 1, error);
}

/* ---- The sweep ---- */

/* From a block that is passed to the one that holds at_us. A changed stretch goes on only into the very next block. */
static enum kurs_status advance(struct merge *merge, int64_t at_us, struct kurs_error *error)
{
    struct block target;
    int64_t next_us = merge->bound_us;
    enum kurs_status status = KURS_OK;
    bool adjoins = merge->own_us >= next_us;
    if (!adjoins) {
        status = rows_at(&merge->rows, merge->in->name, at_us, &target, error);
        adjoins = status == KURS_OK && target.first_us == next_us;
    }
    if (status == KURS_OK && !(adjoins && merge->changed)) {
        status = packer_close(&merge->packer, false, error);
    }
    return status == KURS_OK ? load(merge, adjoins ? next_us : at_us, error) : status;
}

static enum kurs_status place(struct merge *merge, const struct own_point *point, struct kurs_error *error)
{
    enum kurs_status status = merge->loaded ? KURS_OK : load(merge, point->time_us, error);
    while (status == KURS_OK) {
        if (merge->in->record->kind == KURS_DAILY && merge->own_us == point->time_us) {
            count_duplicate(merge, point);
            return KURS_OK;
        }
        int64_t slot_us = slot_of(merge, point->time_us);
        if (slot_us > KURS_TIME_MAX) {
            return error_what(error, KURS_ERANGE, "too many points at the end of time in %s", merge->in->name);
        }
        if (merge->index == merge->count) {
            if (slot_us < merge->bound_us) {
                return insert(merge, point, slot_us, error);
            }
            status = advance(merge, slot_us, error);
        } else if (is_own(merge)) {
            int64_t original_us = ties_original(&merge->ties, merge->time_us[merge->index]);
            if (original_us > point->time_us) {
                return insert(merge, point, slot_us, error);
            }
            status = pass_own(merge, original_us, error);
        } else if (merge->time_us[merge->index] == slot_us) {
            return meet(merge, point, slot_us, error);
        } else if (merge->time_us[merge->index] > slot_us) {
            return insert(merge, point, slot_us, error);
        } else {
            size_t until = merge->block.import_high < merge->in->import_id
                               ? times_find(merge->time_us, merge->index, merge->count, slot_us)
                               : merge->index + 1;
            status = pass(merge, until, error);
        }
    }
    return status;
}

/* After the last point: own points it pushed along, into further blocks if need be; then the rest as it is. */
static enum kurs_status finish(struct merge *merge, struct kurs_error *error)
{
    enum kurs_status status = KURS_OK;
    for (;;) {
        while (status == KURS_OK && merge->index < merge->count && is_own(merge)) {
            int64_t original_us = ties_original(&merge->ties, merge->time_us[merge->index]);
            if (merge->time_us[merge->index] == slot_of(merge, original_us)) {
                break;
            }
            status = pass_own(merge, original_us, error);
        }
        if (status == KURS_OK) {
            bool pushes_on = merge->index == merge->count && merge->own_us >= merge->bound_us;
            status = pushes_on ? advance(merge, merge->bound_us, error) : pass(merge, merge->count, error);
            if (pushes_on && status == KURS_OK) {
                continue;
            }
        }
        return status == KURS_OK ? packer_close(&merge->packer, merge->bound_us == BEHIND_ALL, error) : status;
    }
}

static enum kurs_status merge_all(struct merge *merge, struct loose_reader *reader, struct kurs_error *error)
{
    struct loose_points batch;
    size_t count;
    enum kurs_status status;
    while ((status = loose_reader_next(reader, &batch, &count, error)) == KURS_OK) {
        for (size_t i = 0; i < count; i++) {
            struct own_point point = {batch.time_us[i], {batch.coefficient[i], batch.exponent[i]}, batch.row[i]};
            status = place(merge, &point, error);
            if (status != KURS_OK) {
                return status;
            }
        }
    }
    return status == KURS_END ? finish(merge, error) : status;
}

enum kurs_status merge_points(const struct merge_input *input, struct loose_reader *reader, struct kurs_error *error)
{
    if (input->ties->lost) {
        error_what(error, KURS_ELIMIT, "too many points of %s share an instant in input that is not in order",
                   input->name);
        return error_hint(error, KURS_ELIMIT, "sort it by time first");
    }
    struct merge merge = {.in = input, .own_us = BEFORE_ALL};
    packer_init(&merge.packer, input->store, input->txn, input->name, input->record);
    ties_reader_init(&merge.ties, input->ties);
    merge.time_us = malloc(BLOCK_POINTS_MAX * sizeof *merge.time_us);
    merge.coefficient = malloc(BLOCK_POINTS_MAX * sizeof *merge.coefficient);
    merge.exponent = malloc(BLOCK_POINTS_MAX * sizeof *merge.exponent);
    merge.import_id = malloc(BLOCK_POINTS_MAX * sizeof *merge.import_id);
    bool allocated =
        merge.time_us != NULL && merge.coefficient != NULL && merge.exponent != NULL && merge.import_id != NULL;
    enum kurs_status status = allocated
                                  ? env_cursor_open(input->store, input->txn, TABLE_BLOCKS, &merge.rows.cursor, error)
                                  : error_system(error, ENOMEM, "cannot merge the points of %s", input->name);
    if (status == KURS_OK) {
        status = merge_all(&merge, reader, error);
    }
    if (merge.rows.cursor != NULL) {
        mdb_cursor_close(merge.rows.cursor);
    }
    packer_release(&merge.packer);
    free(merge.time_us);
    free(merge.coefficient);
    free(merge.exponent);
    free(merge.import_id);
    return status;
}
