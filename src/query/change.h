/* change.h: the change between two as-of answers, which ranges, windows and periods all are. */
#ifndef KURS_QUERY_CHANGE_H
#define KURS_QUERY_CHANGE_H

#include "kurs.h"

/* From as-of start_us to as-of end_us. KURS_OK also when one is not known. */
enum kurs_status change_between(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t start_us,
                                int64_t end_us, struct kurs_change *change, struct kurs_error *error)
    __attribute__((warn_unused_result));

#endif
