/* writer.h: one import = one LMDB write transaction, for the layers above. Points arrive in any order and any mix of
 * series; memory stays bounded (`memory_bytes`) by sorting and merging runs into the blocks they touch. Besides, LMDB
 * holds the pages written until the commit: about 2 bytes a point, from 512 MiB on it writes them ahead.
 *
 * Rules applied here, nowhere else:
 *  - daily series: the same date twice in one import: same value = identical; another value = rejected through
 *    on_duplicate (the first row stays).
 *  - instant series: points of one import sharing an instant keep their order, each set to 1 us after the one before
 *    (time = max(time, previous + 1)), counted as spread. The result does not depend on how the input was cut into
 * runs, so importing the same file again finds every point identical.
 *  - against stored points: equal value (1.1 equals 1.10) = identical; else on_conflict. What only shows rates
 *    (a ticker's 0.00008 for a stored 0.000083) is identical too where `rounded_is_identical` says so.
 *  - nothing changed: the transaction is given up, the file does not grow, no import record.
 */
#ifndef KURS_STORE_WRITER_H
#define KURS_STORE_WRITER_H

#include "kurs.h"

struct writer;

struct writer_options {
    enum kurs_conflict on_conflict;
    bool rounded_is_identical; /* a stored value that rounds to the new one at the new one's decimals equals it */
    int64_t now_us;
    size_t memory_bytes; /* 0: the default, 128 MiB */
    void *context;
    /* Another value for one date within this import. Rows are the caller's numbers; row_first 0 when no longer known.
     */
    void (*on_duplicate)(void *context, const char *name, int64_t time_us, uint64_t row_first, uint64_t row_later);
};

/* Waits for other writers. After KURS_OK, writer_commit or writer_abort must follow, in the same thread (LMDB's lock is
 * the thread's); so must all calls between. */
enum kurs_status writer_begin(struct kurs_store *store, const struct writer_options *options, struct writer **writer,
                              struct kurs_error *error) __attribute__((warn_unused_result));
/* Finds or creates a series; *index (0, 1, …) serves writer_points. KURS_EKIND when its kind is the other one (the hint
 * names the way out: a label). A new series without points is not written. */
enum kurs_status writer_series(struct writer *writer, const struct kurs_name *name, enum kurs_kind kind,
                               uint32_t *index, struct kurs_error *error) __attribute__((warn_unused_result));
/* Columns: time_us, coefficient, exponent, row (the caller's row numbers, ascending, for on_duplicate). Copied. Fast
 * path: sorted and after the newest stored point. After a failure only writer_abort is allowed. */
enum kurs_status writer_points(struct writer *writer, uint32_t index, size_t count, const int64_t *time_us,
                               const int64_t *coefficient, const int8_t *exponent, const uint64_t *row,
                               struct kurs_error *error) __attribute__((warn_unused_result));
/* Merges what is pending and counts everything (added, identical, replaced, kept, spread, rejected = duplicates,
 * series_new are added to *counts) without making it durable: for --strict and --dry-run, then commit or abort. */
enum kurs_status writer_settle(struct writer *writer, struct kurs_counts *counts, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* Durable when it returns. Fills the record's id (0: nothing changed, nothing was written) and time; it is untouched after
 * a failure. Frees the writer either way. */
enum kurs_status writer_commit(struct writer *writer, struct kurs_import_record *record, struct kurs_error *error)
    __attribute__((warn_unused_result));
void writer_abort(struct writer *writer); /* NULL is allowed */

#endif
