/* near.h: stored names that look like one that is not there, for a hint. */
#ifndef KURS_QUERY_NEAR_H
#define KURS_QUERY_NEAR_H

#include "kurs.h"

#define NEAR_MAX 5 /* a hint is one line */

/* Writes up to NEAR_MAX names, nearest first, joined by ", "; "" if nothing is near. Walks over all names. */
enum kurs_status near_names(struct kurs_snapshot *snapshot, const struct kurs_name *wanted, char *text, size_t size,
                            struct kurs_error *error) __attribute__((warn_unused_result));

/* Edits (a character put in, left out, changed, or two neighbours exchanged) that turn a into b; longer texts than a
 * name are cut. */
int near_distance(const char *a, const char *b);

#endif
