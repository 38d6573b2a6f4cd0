/* bucket.c: two ways to fold a range bucket by bucket, and the choice between them. Either each bucket asks the summary
 * tree, which costs some microseconds however many points it has, or one scan goes through all points. The scan costs
 * about 2 ns a point, so the tree pays from BUCKET_FOLD_POINTS points a bucket on. Choosing anew at every bucket was
 * dropped: it gains nothing on real series, and answers must not depend on it anyway. */
#include "query/bucket.h"

#include <string.h>

#include "query/fold.h"
#include "store/scan.h"

#define BUCKET_FOLD_POINTS 4096

static enum kurs_status tree_is_cheaper(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                                        int64_t until_us, int64_t bucket_us, bool *cheaper, struct kurs_error *error)
{
    *cheaper = false;
    if (route->rule != KURS_DIRECT) {
        return KURS_OK;
    }
    struct summary all = {.count = 0};
    enum kurs_status status = scan_fold(snapshot, route->leg[0], from_us, until_us, &all, error);
    if (status == KURS_OK && all.count > 0) {
        int64_t bucket_count = (all.last.time_us - all.first.time_us) / bucket_us + 1;
        *cheaper = all.count / (uint64_t)bucket_count >= BUCKET_FOLD_POINTS;
    }
    return status;
}

enum kurs_status buckets_init(struct buckets *buckets, struct kurs_snapshot *snapshot, const struct kurs_route *route,
                              int64_t from_us, int64_t until_us, int64_t bucket_us, struct kurs_error *error)
{
    memset(buckets, 0, sizeof *buckets);
    buckets->snapshot = snapshot;
    buckets->position_us = from_us;
    buckets->until_us = until_us;
    bool cheaper;
    enum kurs_status status = tree_is_cheaper(snapshot, route, from_us, until_us, bucket_us, &cheaper, error);
    if (status != KURS_OK) {
        return status;
    }
    if (cheaper) {
        buckets->name = route->leg[0];
        return KURS_OK;
    }
    return kurs_cursor_open(snapshot, route, from_us, until_us, &buckets->cursor, error);
}

void buckets_release(struct buckets *buckets)
{
    kurs_cursor_close(buckets->cursor);
    memset(buckets, 0, sizeof *buckets);
}

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
    if (buckets->name == NULL) {
        enum kurs_status status = refill(buckets, error);
        if (status == KURS_OK) {
            *time_us = buckets->batch.time_us[buckets->position];
        }
        return status;
    }
    struct kurs_point point;
    enum kurs_status status = scan_from(buckets->snapshot, buckets->name, buckets->position_us, &point, error);
    if (status == KURS_OK && point.time_us >= buckets->until_us) {
        return KURS_END;
    }
    if (status == KURS_OK) {
        *time_us = point.time_us;
    }
    return status;
}

enum kurs_status buckets_take(struct buckets *buckets, int64_t until_us, struct summary *summary,
                              struct kurs_error *error)
{
    struct summary taken = {.count = 0};
    until_us = until_us < buckets->until_us ? until_us : buckets->until_us;
    enum kurs_status status = KURS_OK;
    if (buckets->name != NULL) {
        status = scan_fold(buckets->snapshot, buckets->name, buckets->position_us, until_us, &taken, error);
        buckets->position_us = until_us;
    } else {
        while ((status = refill(buckets, error)) == KURS_OK) {
            const struct kurs_batch *batch = &buckets->batch;
            size_t end = fold_find(batch->time_us, buckets->position, batch->count, until_us);
            fold_columns(&taken, batch, buckets->position, end);
            buckets->position = end;
            if (end < batch->count) {
                break;
            }
        }
    }
    if (status < 0) {
        return status;
    }
    *summary = taken;
    return KURS_OK;
}
