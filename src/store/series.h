/* series.h: the record of a series: the value of table `series`, 83 bytes, little-endian:
 *
 *     0  kind[1] (enum kurs_kind)  1  zero[3]  4  newest import[4]  8  points[8]  16  blocks[8]  24  block bytes[8]
 *     32 first point[17]  49 last[17]  66 the one before last[17]   (point: time[8] coefficient[8] exponent[1])
 *
 * Private to src/store. */
#ifndef KURS_STORE_SERIES_H
#define KURS_STORE_SERIES_H

#include "kurs.h"
#include "store/env.h"

struct series_record {
    enum kurs_kind kind;
    uint32_t newest_import; /* that changed a point: snapshots as known from there on need not look at points */
    uint64_t points, blocks, bytes;
    struct kurs_point first, last, previous;
};

/* KURS_END if there is no such series, without filling *error; KURS_ECORRUPT. */
enum kurs_status series_load(struct kurs_store *store, MDB_txn *txn, const char *name, struct series_record *record,
                             struct kurs_error *error) __attribute__((warn_unused_result));
enum kurs_status series_save(struct kurs_store *store, MDB_txn *txn, const char *name,
                             const struct series_record *record, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* The record in (bytes, size). KURS_ECORRUPT. */
enum kurs_status series_decode(const void *bytes, size_t size, struct series_record *record)
    __attribute__((warn_unused_result));

/* A point as 17 bytes, here and in revisions and summaries. decode: false if it is no point of a store. */
#define POINT_BYTES 17
void point_encode(uint8_t bytes[POINT_BYTES], struct kurs_point point);
bool point_decode(const uint8_t bytes[POINT_BYTES], struct kurs_point *point);

#endif
