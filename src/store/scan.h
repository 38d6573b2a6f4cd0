/* scan.h: how the layers above see stored points. The only reading interface of the store besides kurs.h; knows nothing
 * of inverse or cross rates. Honours the snapshot's known_us everywhere (points set by later imports are hidden, values
 * they replaced are shown). One thread a snapshot. Names are exact stored series names. Outputs are untouched after a
 * failure; a scan that failed can only be closed. */
#ifndef KURS_STORE_SCAN_H
#define KURS_STORE_SCAN_H

#include "kurs.h"
#include "store/summary.h"

struct scan;

/* Points with from_us <= time < until_us, oldest first. KURS_ENODATA for an unknown series. */
enum kurs_status scan_open(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, int64_t until_us,
                           struct scan **scan, struct kurs_error *error) __attribute__((warn_unused_result));
/* The next run of points in columns (1 to a block's worth), borrowed until the next call. KURS_END. KURS_ECORRUPT. */
enum kurs_status scan_next(struct scan *scan, struct kurs_batch *batch, struct kurs_error *error)
    __attribute__((warn_unused_result));
void scan_close(struct scan *scan);

/* The range in consecutive pieces, instead of scan_next: the time of the first point not yet taken (KURS_END), and what
 * the points not yet taken before until_us add up to (count 0: none). Each block is decoded at most once and only where
 * a piece ends within it; the rest comes from the summary tree, so pieces of any size cost no more than they must. */
enum kurs_status scan_peek(struct scan *scan, int64_t *time_us, struct kurs_error *error)
    __attribute__((warn_unused_result));
enum kurs_status scan_take(struct scan *scan, int64_t until_us, struct summary *summary, struct kurs_error *error)
    __attribute__((warn_unused_result));

/* Newest point with time <= at_us; oldest with time >= from_us. KURS_END if none (or no such series). Cost: one seek,
 * one mini-block. */
enum kurs_status scan_asof(struct kurs_snapshot *snapshot, const char *name, int64_t at_us, struct kurs_point *point,
                           struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status scan_from(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, struct kurs_point *point,
                           struct kurs_error *error) __attribute__((warn_unused_result));

/* What [from_us, until_us) adds up to, in O(log n) through the summary tree (as known earlier: by scanning). */
enum kurs_status scan_fold(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, int64_t until_us,
                           struct summary *summary, struct kurs_error *error) __attribute__((warn_unused_result));

#endif
