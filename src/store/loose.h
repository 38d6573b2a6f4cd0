/* loose.h: points of one series that came out of order, in bounded memory: gathered, sorted, spilled to a temporary file
 * as sorted runs, and read back as one sequence ordered by time and, within one time, by arrival. Knows no store.
 * Private to src/store. */
#ifndef KURS_STORE_LOOSE_H
#define KURS_STORE_LOOSE_H

#include "kurs.h"

/* Columns of points with the caller's row numbers. */
struct loose_points {
    int64_t *time_us;
    int64_t *coefficient;
    int8_t *exponent;
    uint64_t *row;
};

#define LOOSE_POINT_BYTES      25 /* a point's share of the columns */
#define LOOSE_SORT_POINT_BYTES 32 /* and, while its buffer is sorted, of the scratch space */

/* The temporary file that runs of all series share; zeroed: none yet. It has no name, so it goes with the process. */
struct loose_spill {
    int fd; /* valid if opened */
    bool opened;
    int64_t bytes;
};

struct loose_run {
    int64_t offset;
    size_t count;
};

struct loose {                  /* zeroed: empty */
    struct loose_points points; /* owned; in order of arrival */
    size_t count, capacity;
    bool unsorted;
    struct loose_run *runs; /* owned; each sorted; in order of arrival */
    size_t run_count, run_capacity;
};

void loose_release(struct loose *loose);
void loose_spill_release(struct loose_spill *spill);
/* Copies `count` points. KURS_ENOMEM, KURS_ELIMIT over 2^32 - 1 points in memory. */
enum kurs_status loose_add(struct loose *loose, size_t count, const int64_t *time_us, const int64_t *coefficient,
                           const int8_t *exponent, const uint64_t *row, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* Sorts what is in memory and moves it to the file, made in the folder of `path` when there is none yet. */
enum kurs_status loose_spill(struct loose *loose, struct loose_spill *spill, const char *path, struct kurs_error *error)
    __attribute__((warn_unused_result));

/* The points in order, many at a time; *batch borrows until the next call. KURS_END. */
struct loose_reader;
enum kurs_status loose_reader_open(struct loose *loose, const struct loose_spill *spill, struct loose_reader **reader,
                                   struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status loose_reader_next(struct loose_reader *reader, struct loose_points *batch, size_t *count,
                                   struct kurs_error *error) __attribute__((warn_unused_result));
void loose_reader_close(struct loose_reader *reader);

#endif
