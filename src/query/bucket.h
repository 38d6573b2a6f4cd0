/* bucket.h: the points of a range taken in consecutive buckets, each folded into a summary. What bars and envelopes
 * share: they differ only in where a bucket ends. Memory of the caller; zeroed is released. */
#ifndef KURS_QUERY_BUCKET_H
#define KURS_QUERY_BUCKET_H

#include "kurs.h"
#include "store/summary.h"

struct buckets {
    struct kurs_snapshot *snapshot; /* borrowed */
    const char *name;               /* borrowed: the series to fold through the tree, or NULL while streaming */
    int64_t position_us;            /* folding: where the points not yet taken start */
    int64_t until_us;
    struct kurs_cursor *cursor; /* streaming */
    struct kurs_batch batch;
    size_t position; /* in batch */
};

/* `bucket_us`: the usual length of a bucket, from which the cheaper way is chosen. */
enum kurs_status buckets_init(struct buckets *buckets, struct kurs_snapshot *snapshot, const struct kurs_route *route,
                              int64_t from_us, int64_t until_us, int64_t bucket_us, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* The time of the first point not yet taken. KURS_END. */
enum kurs_status buckets_peek(struct buckets *buckets, int64_t *time_us, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* Takes every point before until_us (and before the range's end) that was not taken. */
enum kurs_status buckets_take(struct buckets *buckets, int64_t until_us, struct summary *summary,
                              struct kurs_error *error) __attribute__((warn_unused_result));
void buckets_release(struct buckets *buckets);

#endif
