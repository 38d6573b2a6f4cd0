/* closes.h: daily closes, gathered while points stream by, and rates as doubles. Statistics only. Memory of the
 * caller; zeroed is empty. */
#ifndef KURS_QUERY_CLOSES_H
#define KURS_QUERY_CLOSES_H

#include "kurs.h"

struct close {
    int64_t date; /* days since 1970-01-01 on the zone's calendar */
    int64_t time_us;
    double rate;
};

struct closes {
    const struct kurs_zone *zone; /* borrowed */
    struct close *items;          /* owned, by date */
    size_t count, capacity;
    int64_t until_us; /* end of the last item's day */
};

/* Points later than all before. KURS_ENOMEM; the closes stay as they were. */
enum kurs_status closes_add(struct closes *closes, const int64_t *time_us, const double *rate, size_t count)
    __attribute__((warn_unused_result));
void closes_release(struct closes *closes);

/* The nearest doubles to `count` rates of the batch from `from` on. */
void closes_doubles(const struct kurs_batch *batch, size_t from, size_t count, double *rate);

#endif
