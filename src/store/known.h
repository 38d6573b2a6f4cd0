/* known.h: points as they were known when only imports up to the snapshot's had been made: later points are hidden,
 * values that were replaced since are shown. Slower than the present: by scanning. Private to src/store. */
#ifndef KURS_STORE_KNOWN_H
#define KURS_STORE_KNOWN_H

#include "kurs.h"
#include "store/series.h"
#include "store/snapshot.h"
#include "store/summary.h"

struct known_columns {
    int64_t *time_us;
    int64_t *coefficient;
    int8_t *exponent;
    uint32_t *import_id;
};
/* Keeps what was known of *count decoded points, moved to the front; *count says how many. */
enum kurs_status known_filter(struct kurs_snapshot *snapshot, const char *name, const struct known_columns *columns,
                              size_t *count, struct kurs_error *error) __attribute__((warn_unused_result));

/* As scan_asof, scan_from and scan_fold. */
enum kurs_status known_asof(struct kurs_snapshot *snapshot, const char *name, int64_t at_us, struct kurs_point *point,
                            struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status known_from(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, struct kurs_point *point,
                            struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status known_fold(struct kurs_snapshot *snapshot, const char *name, int64_t from_us, int64_t until_us,
                            struct summary *summary, struct kurs_error *error) __attribute__((warn_unused_result));
/* Sets the counts and points of the record to what was known; points 0 if nothing was. */
enum kurs_status known_record(struct kurs_snapshot *snapshot, const char *name, struct series_record *record,
                              struct kurs_error *error) __attribute__((warn_unused_result));

#endif
