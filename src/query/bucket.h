/* bucket.h: the points of a range taken in consecutive buckets, each folded into a summary. What bars and envelopes
 * share: they differ only in where a bucket ends. Memory of the caller; zeroed is released. */
#ifndef KURS_QUERY_BUCKET_H
#define KURS_QUERY_BUCKET_H

#include "kurs.h"
#include "store/scan.h"

struct buckets {
    struct scan *scan;          /* a stored series; or NULL and */
    struct kurs_cursor *cursor; /* the points of a derived route */
    struct kurs_batch batch;    /* of the cursor */
    size_t position;            /* in batch */
};

enum kurs_status buckets_init(struct buckets *buckets, struct kurs_snapshot *snapshot, const struct kurs_route *route,
                              int64_t from_us, int64_t until_us, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* The time of the first point not yet taken. KURS_END. */
enum kurs_status buckets_peek(struct buckets *buckets, int64_t *time_us, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* Takes every point before until_us (and before the range's end) that was not taken. */
enum kurs_status buckets_take(struct buckets *buckets, int64_t until_us, struct summary *summary,
                              struct kurs_error *error) __attribute__((warn_unused_result));
void buckets_release(struct buckets *buckets);

#endif
