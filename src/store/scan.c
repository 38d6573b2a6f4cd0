/* scan.c: snapshots, and reading points through them (scan.h, kurs.h). Owns cursors and the buffers points are decoded
 * to; leaves what was known when to known.c and aggregates to tree.c. Blocks are used where the map has them: nothing
 * is copied but the decoded points. */
#include "store/scan.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/times.h"
#include "store/imports.h"
#include "store/known.h"
#include "store/series.h"
#include "store/snapshot.h"
#include "store/tree.h"

#define ALIGNMENT \
    64 /* of columns: stores of whole vectors never cross a cache line; divides the size of a mini-block */

/* ---- Snapshots ---- */

enum kurs_status kurs_snapshot_open(struct kurs_store *store, int64_t known_us, struct kurs_snapshot **snapshot,
                                    struct kurs_error *error)
{
    struct kurs_snapshot *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return error_system(error, ENOMEM, "cannot read '%s'", store->path);
    }
    opened->store = store;
    opened->known_import = KNOWN_ALL;
    opened->blocks.checked = &opened->checked;
    enum kurs_status status = env_begin(store, false, &opened->txn, error);
    if (status != KURS_OK) {
        free(opened);
        return status;
    }
    status = env_cursor_open(store, opened->txn, TABLE_BLOCKS, &opened->blocks.cursor, error);
    if (status == KURS_OK) {
        status = env_cursor_open(store, opened->txn, TABLE_SUMMARY, &opened->summary, error);
    }
    if (status == KURS_OK && known_us != KURS_KNOWN_LATEST) {
        status = imports_known(store, opened->txn, known_us, &opened->known_import, error);
    }
    if (status != KURS_OK) {
        kurs_snapshot_close(opened);
        return status;
    }
    *snapshot = opened;
    return KURS_OK;
}

void kurs_snapshot_close(struct kurs_snapshot *snapshot)
{
    if (snapshot == NULL) {
        return;
    }
    if (snapshot->summary != NULL) {
        mdb_cursor_close(snapshot->summary);
    }
    if (snapshot->blocks.cursor != NULL) {
        mdb_cursor_close(snapshot->blocks.cursor);
    }
    rows_index_release(&snapshot->index);
    env_abort(snapshot->store, snapshot->txn);
    free(snapshot);
}

/* ---- Scans ---- */

struct scan {
    struct kurs_snapshot *snapshot;
    struct rows blocks;
    char name[KURS_NAME_SIZE];
    int64_t from_us, until_us;
    bool started;
    bool filtered;           /* the snapshot does not see all points: no summary is of use */
    struct kurs_batch taken; /* scan_peek, scan_take: what was decoded last, */
    size_t taken_count;      /* of which so many points were taken */
    size_t capacity;         /* points the arrays hold */
    int64_t *time_us;
    int64_t *coefficient;
    int8_t *exponent;
    uint32_t *import_id; /* if filtered */
};

enum kurs_status scan_open(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, int64_t until_us,
                           struct scan **scan, struct kurs_error *error)
{
    struct series_record record;
    enum kurs_status status = series_load(snapshot->store, snapshot->txn, name, &record, error);
    if (status == KURS_END) {
        return error_what(error, KURS_ENODATA, "no series '%s'", name);
    }
    if (status != KURS_OK) {
        return status;
    }
    struct scan *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return error_system(error, ENOMEM, "cannot read %s", name);
    }
    opened->snapshot = snapshot;
    snprintf(opened->name, sizeof opened->name, "%s", name);
    opened->from_us = from_us;
    opened->until_us = until_us;
    opened->filtered = record.newest_import > snapshot->known_import;
    opened->blocks.checked = &snapshot->checked;
    status = env_cursor_open(snapshot->store, snapshot->txn, TABLE_BLOCKS, &opened->blocks.cursor, error);
    if (status != KURS_OK) {
        free(opened);
        return status;
    }
    *scan = opened;
    return KURS_OK;
}

void scan_close(struct scan *scan)
{
    if (scan == NULL) {
        return;
    }
    mdb_cursor_close(scan->blocks.cursor);
    free(scan->time_us);
    free(scan->coefficient);
    free(scan->exponent);
    free(scan->import_id);
    free(scan);
}

static enum kurs_status make_room(struct scan *scan, size_t points, struct kurs_error *error)
{
    if (points <= scan->capacity) {
        return KURS_OK;
    }
    free(scan->time_us);
    free(scan->coefficient);
    free(scan->exponent);
    free(scan->import_id);
    scan->time_us = aligned_alloc(ALIGNMENT, points * sizeof *scan->time_us);
    scan->coefficient = aligned_alloc(ALIGNMENT, points * sizeof *scan->coefficient);
    scan->exponent = malloc(points * sizeof *scan->exponent);
    scan->import_id = scan->filtered ? malloc(points * sizeof *scan->import_id) : NULL;
    bool failed = scan->time_us == NULL || scan->coefficient == NULL || scan->exponent == NULL ||
                  (scan->filtered && scan->import_id == NULL);
    scan->capacity = failed ? 0 : points;
    return failed ? error_system(error, ENOMEM, "cannot read %s", scan->name) : KURS_OK;
}

/* Decodes what the range needs of a block; *from and *count say which of the decoded points lie in it. */
static enum kurs_status decode_part(struct scan *scan, const struct block *block, size_t *from, size_t *count,
                                    struct kurs_error *error)
{
    size_t mini_from = scan->from_us <= block->first_us ? 0 : block_mini(block, scan->from_us);
    size_t mini_until = scan->until_us > block->last_us ? block->mini_count : block_mini(block, scan->until_us - 1) + 1;
    enum kurs_status status = make_room(scan, (mini_until - mini_from) * BLOCK_MINI_POINTS, error);
    if (status != KURS_OK) {
        return status;
    }
    bool partly_known = scan->filtered && block->import_high > scan->snapshot->known_import;
    struct block_output output = {scan->time_us, scan->coefficient, scan->exponent,
                                  partly_known ? scan->import_id : NULL};
    size_t decoded;
    if (block_decode(block, mini_from, mini_until, &output, &decoded) != KURS_OK) {
        return rows_damaged(scan->name, block->first_us, "its points make no sense", error);
    }
    *from = scan->from_us <= block->first_us ? 0 : times_find(scan->time_us, 0, decoded, scan->from_us);
    *count = scan->until_us > block->last_us ? decoded : times_find(scan->time_us, 0, decoded, scan->until_us);
    *count -= *from;
    if (!partly_known) {
        return KURS_OK;
    }
    struct known_columns columns = {scan->time_us + *from, scan->coefficient + *from, scan->exponent + *from,
                                    scan->import_id + *from};
    return known_filter(scan->snapshot, scan->name, &columns, count, error);
}

static enum kurs_status next_block(struct scan *scan, struct block *block, struct kurs_error *error)
{
    if (scan->started) {
        return rows_step(&scan->blocks, MDB_NEXT, scan->name, block, error);
    }
    scan->started = true;
    enum kurs_status status = rows_at(&scan->blocks, scan->name, scan->from_us, block, error);
    if (status == KURS_END || (status == KURS_OK && block->last_us < scan->from_us)) {
        status = rows_from(&scan->blocks, scan->name, scan->from_us, block, error);
    }
    return status;
}

enum kurs_status scan_next(struct scan *scan, struct kurs_batch *batch, struct kurs_error *error)
{
    if (scan->from_us >= scan->until_us) {
        return KURS_END;
    }
    size_t from = 0, count = 0;
    while (count == 0) { /* a block's points may all be unknown yet */
        struct block block;
        enum kurs_status status = next_block(scan, &block, error);
        if (status == KURS_OK && block.first_us >= scan->until_us) {
            status = KURS_END;
        }
        if (status == KURS_OK) {
            status = decode_part(scan, &block, &from, &count, error);
        }
        if (status == KURS_END) {
            scan->from_us = scan->until_us;
        }
        if (status != KURS_OK) {
            return status;
        }
    }
    *batch = (struct kurs_batch) {count, scan->time_us + from, scan->coefficient + from, scan->exponent + from};
    return KURS_OK;
}

/* ---- Taking a range piece by piece ---- */

/* Everything decoded was taken: from_us is the first instant not looked at. Decodes on from there; KURS_END. */
static enum kurs_status decode_next(struct scan *scan, struct kurs_error *error)
{
    enum kurs_status status = scan_next(scan, &scan->taken, error);
    scan->taken_count = 0;
    if (status != KURS_OK) {
        scan->taken.count = 0;
        return status;
    }
    scan->from_us = scan->taken.time_us[scan->taken.count - 1] + 1;
    return KURS_OK;
}

/* Adds whole blocks to *summary and decodes the one that until_us cuts; KURS_END if it cuts none. */
static enum kurs_status fold_next(struct scan *scan, int64_t until_us, struct summary *summary,
                                  struct kurs_error *error)
{
    struct block block;
    size_t from, count;
    enum kurs_status status = tree_fold_whole(&scan->blocks, scan->snapshot->summary, scan->name, scan->from_us,
                                              until_us, summary, &block, error);
    if (status == KURS_END) {
        scan->from_us = until_us;
    }
    if (status == KURS_OK) {
        status = decode_part(scan, &block, &from, &count, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    scan->taken = (struct kurs_batch) {count, scan->time_us + from, scan->coefficient + from, scan->exponent + from};
    scan->taken_count = 0;
    scan->from_us = block.last_us + 1;
    return KURS_OK;
}

enum kurs_status scan_peek(struct scan *scan, int64_t *time_us, struct kurs_error *error)
{
    enum kurs_status status = KURS_OK;
    if (scan->taken_count == scan->taken.count && scan->started && !scan->filtered) { /* no need to decode yet */
        struct block block;
        status = scan->from_us < scan->until_us ? rows_from(&scan->blocks, scan->name, scan->from_us, &block, error)
                                                : KURS_END;
        if (status == KURS_OK && block.first_us >= scan->until_us) {
            status = KURS_END;
        }
        if (status == KURS_OK) {
            *time_us = block.first_us;
        }
        return status;
    }
    if (scan->taken_count == scan->taken.count) {
        status = decode_next(scan, error);
    }
    if (status == KURS_OK) {
        *time_us = scan->taken.time_us[scan->taken_count];
    }
    return status;
}

enum kurs_status scan_take(struct scan *scan, int64_t until_us, struct summary *summary, struct kurs_error *error)
{
    struct summary sum = {0};
    enum kurs_status status = KURS_OK;
    until_us = until_us < scan->until_us ? until_us : scan->until_us;
    while (status == KURS_OK) {
        if (scan->taken_count < scan->taken.count) {
            size_t from = scan->taken_count;
            scan->taken_count = times_find(scan->taken.time_us, from, scan->taken.count, until_us);
            summary_add_columns(&sum, &scan->taken, from, scan->taken_count);
        }
        if (scan->taken_count < scan->taken.count || scan->from_us >= until_us) {
            break;
        }
        status = scan->started && !scan->filtered ? fold_next(scan, until_us, &sum, error) : decode_next(scan, error);
    }
    if (status < 0) {
        return status;
    }
    *summary = sum;
    return KURS_OK;
}

/* ---- Single points ---- */

enum kurs_status scan_asof(struct kurs_snapshot *snapshot, const char *name, int64_t at_us, struct kurs_point *point,
                           struct kurs_error *error)
{
    struct block block;
    struct block_point found;
    enum kurs_status status = rows_find(&snapshot->blocks, &snapshot->index, name, at_us, &block, error);
    if (status != KURS_OK) {
        return status;
    }
    status = block_asof(&block, at_us, &found);
    if (status != KURS_OK) {
        return rows_damaged(name, block.first_us, "its points make no sense", error);
    }
    if (found.import_id > snapshot->known_import) {
        return known_asof(snapshot, name, at_us, point, error);
    }
    *point = found.point;
    return KURS_OK;
}

enum kurs_status scan_from(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, struct kurs_point *point,
                           struct kurs_error *error)
{
    struct block block;
    struct block_point found;
    enum kurs_status status = rows_at(&snapshot->blocks, name, from_us, &block, error);
    if (status == KURS_END || (status == KURS_OK && block.last_us < from_us)) {
        status = rows_from(&snapshot->blocks, name, from_us, &block, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    status = block_from(&block, from_us, &found);
    if (status != KURS_OK) {
        return rows_damaged(name, block.first_us, "its points make no sense", error);
    }
    if (found.import_id > snapshot->known_import) {
        return known_from(snapshot, name, from_us, point, error);
    }
    *point = found.point;
    return KURS_OK;
}

/* ---- Aggregates ---- */

enum kurs_status scan_fold(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, int64_t until_us,
                           struct summary *summary, struct kurs_error *error)
{
    struct series_record record;
    enum kurs_status status = series_load(snapshot->store, snapshot->txn, name, &record, error);
    if (status == KURS_END) {
        return error_what(error, KURS_ENODATA, "no series '%s'", name);
    }
    if (status != KURS_OK) {
        return status;
    }
    if (record.newest_import > snapshot->known_import) {
        return known_fold(snapshot, name, from_us, until_us, summary, error);
    }
    return tree_fold(&snapshot->blocks, snapshot->summary, name, from_us, until_us, summary, error);
}
