/* bucket.c: a range folded bucket by bucket. A stored series is taken through the store's scan, which skips by its
 * summaries what lies within a bucket whole; derived rates have no summaries and stream. Asking the summary tree for
 * each bucket apart was dropped: neighbours share a block at their border, and it was decoded for both. */
#include "query/bucket.h"

#include <string.h>

#include "base/times.h"

enum kurs_status buckets_init(struct buckets *buckets, struct kurs_snapshot *snapshot, const struct kurs_route *route,
                              int64_t from_us, int64_t until_us, struct kurs_error *error)
{
    memset(buckets, 0, sizeof *buckets);
    if (route->rule == KURS_DIRECT) {
        return scan_open(snapshot, route->leg[0], from_us, until_us, &buckets->scan, error);
    }
    return kurs_cursor_open(snapshot, route, from_us, until_us, &buckets->cursor, error);
}

void buckets_release(struct buckets *buckets)
{
    scan_close(buckets->scan);
    kurs_cursor_close(buckets->cursor);
    memset(buckets, 0, sizeof *buckets);
}

/* Makes the batch hold a point not yet taken. KURS_END. */
static enum kurs_status refill(struct buckets *buckets, struct kurs_error *error)
{
    if (buckets->position < buckets->batch.count) {
        return KURS_OK;
    }
    buckets->position = 0;
    buckets->batch.count = 0;
    return kurs_cursor_next(buckets->cursor, &buckets->batch, error);
}

enum kurs_status buckets_peek(struct buckets *buckets, int64_t *time_us, struct kurs_error *error)
{
    if (buckets->scan != NULL) {
        return scan_peek(buckets->scan, time_us, error);
    }
    enum kurs_status status = refill(buckets, error);
    if (status == KURS_OK) {
        *time_us = buckets->batch.time_us[buckets->position];
    }
    return status;
}

enum kurs_status buckets_take(struct buckets *buckets, int64_t until_us, struct summary *summary,
                              struct kurs_error *error)
{
    if (buckets->scan != NULL) {
        return scan_take(buckets->scan, until_us, summary, error);
    }
    struct summary taken = {.count = 0};
    enum kurs_status status;
    while ((status = refill(buckets, error)) == KURS_OK) {
        const struct kurs_batch *batch = &buckets->batch;
        size_t end = times_find(batch->time_us, buckets->position, batch->count, until_us);
        summary_add_columns(&taken, batch, buckets->position, end);
        buckets->position = end;
        if (end < batch->count) {
            break;
        }
    }
    if (status < 0) {
        return status;
    }
    *summary = taken;
    return KURS_OK;
}
