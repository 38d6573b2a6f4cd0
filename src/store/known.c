/* known.c: see known.h. Owns the rule by which a point is hidden or its older value shown; reads points through scan.h
 * and old values through revision.h. Keeping whole old blocks instead was dropped: corrections are rare, and a value's
 * import id in its block says at once that nothing happened to it. */
#include "store/known.h"

#include "base/error.h"
#include "store/revision.h"
#include "store/scan.h"

enum kurs_status known_filter(struct kurs_snapshot *snapshot, const char *name, const struct known_columns *columns,
                              size_t *count, struct kurs_error *error)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        struct kurs_decimal rate = {columns->coefficient[i], columns->exponent[i]};
        if (columns->import_id[i] > snapshot->known_import) {
            enum kurs_status status = revision_known(snapshot->store, snapshot->txn, name, columns->time_us[i],
                                                     snapshot->known_import, &rate, error);
            if (status == KURS_END) {
                continue;
            }
            if (status != KURS_OK) {
                return status;
            }
        }
        columns->time_us[kept] = columns->time_us[i];
        columns->coefficient[kept] = rate.coefficient;
        columns->exponent[kept] = rate.exponent;
        kept++;
    }
    *count = kept;
    return KURS_OK;
}

/* The newest known point of the block `*block` at or before at_us. KURS_END if it has none. */
static enum kurs_status newest_in(struct kurs_snapshot *snapshot, const char *name, const struct block *block,
                                  int64_t at_us, struct kurs_point *point, struct kurs_error *error)
{
    int64_t until_us = at_us < block->last_us ? at_us + 1 : block->last_us + 1;
    struct scan *scan;
    struct kurs_batch batch;
    enum kurs_status status = scan_open(snapshot, name, block->first_us, until_us, &scan, error);
    if (status != KURS_OK) {
        return status;
    }
    status = scan_next(scan, &batch, error);
    if (status == KURS_OK) {
        size_t last = batch.count - 1;
        *point = (struct kurs_point) {batch.time_us[last], {batch.coefficient[last], batch.exponent[last]}};
    }
    scan_close(scan);
    return status;
}

enum kurs_status known_asof(struct kurs_snapshot *snapshot, const char *name, int64_t at_us, struct kurs_point *point,
                            struct kurs_error *error)
{
    for (;;) {
        struct block block;
        enum kurs_status status = rows_at(&snapshot->blocks, name, at_us, &block, error);
        if (status == KURS_OK) {
            status = newest_in(snapshot, name, &block, at_us, point, error);
            if (status == KURS_END && block.first_us > KURS_TIME_MIN) {
                at_us = block.first_us - 1;
                continue;
            }
        }
        return status;
    }
}

enum kurs_status known_from(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, struct kurs_point *point,
                            struct kurs_error *error)
{
    struct scan *scan;
    struct kurs_batch batch;
    enum kurs_status status = scan_open(snapshot, name, from_us, KURS_TIME_MAX + 1, &scan, error);
    if (status != KURS_OK) {
        return status;
    }
    status = scan_next(scan, &batch, error);
    if (status == KURS_OK) {
        *point = (struct kurs_point) {batch.time_us[0], {batch.coefficient[0], batch.exponent[0]}};
    }
    scan_close(scan);
    return status;
}

enum kurs_status known_fold(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, int64_t until_us,
                            struct summary *summary, struct kurs_error *error)
{
    struct scan *scan;
    struct kurs_batch batch;
    struct summary sum = {0};
    enum kurs_status status = scan_open(snapshot, name, from_us, until_us, &scan, error);
    if (status != KURS_OK) {
        return status;
    }
    while ((status = scan_next(scan, &batch, error)) == KURS_OK) {
        summary_add_columns(&sum, &batch, 0, batch.count);
    }
    scan_close(scan);
    if (status == KURS_END) {
        *summary = sum;
        return KURS_OK;
    }
    return status;
}

enum kurs_status known_record(struct kurs_snapshot *snapshot, const char *name, struct series_record *record,
                              struct kurs_error *error)
{
    struct summary sum;
    enum kurs_status status = known_fold(snapshot, name, KURS_TIME_MIN, KURS_TIME_MAX + 1, &sum, error);
    if (status != KURS_OK) {
        return status;
    }
    record->points = sum.count;
    if (sum.count == 0) {
        return KURS_OK;
    }
    record->first = sum.first;
    record->last = sum.last;
    record->previous = sum.last;
    return sum.count == 1 ? KURS_OK : known_asof(snapshot, name, sum.last.time_us - 1, &record->previous, error);
}
