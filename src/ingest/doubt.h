/* doubt.h: does a file say what it seems to say? Its first values of a series against what the store has of it. */
#ifndef KURS_INGEST_DOUBT_H
#define KURS_INGEST_DOUBT_H

#include "ingest/batch.h"

#define DOUBT_SIZE 160

/* Compares up to 8 points of the column with the stored as-of at most a week older. Writes what all of them suggest
 * ("the values look inverted", "the values look 100 times too high") or "". Cost: 8 as-of lookups. */
enum kurs_status doubt_column(struct kurs_snapshot *snapshot, const char *name, const struct batch_column *column,
                              char text[DOUBT_SIZE], struct kurs_error *error);

#endif
