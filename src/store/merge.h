/* merge.h: the points of an import that came out of order, into the stored blocks of their series, in one sweep: only
 * blocks they change are written. Where the rules of writer.h meet stored points. Private to src/store. */
#ifndef KURS_STORE_MERGE_H
#define KURS_STORE_MERGE_H

#include "kurs.h"
#include "store/loose.h"
#include "store/packer.h"
#include "store/ties.h"
#include "store/writer.h"

struct merge_input {
    struct kurs_store *store;
    MDB_txn *txn;
    const char *name;
    struct series_record *record;
    uint32_t import_id; /* of this import: stored points that have it are its own, moved by `ties` */
    const struct ties *ties;
    const struct writer_options *options;
    struct kurs_counts *counts;
};

/* Merges all the reader gives. KURS_ECONFLICT under KURS_FAIL. After a failure only aborting is left. */
enum kurs_status merge_points(const struct merge_input *input, struct loose_reader *reader, struct kurs_error *error)
    __attribute__((warn_unused_result));

#endif
