/* fold.h: text reduced to what a table is looked up by: lower case, without accents, words parted by one space.
 * Pure values; used by the table generator at build time and by the lookups at run time, so that both agree. */
#ifndef KURS_INGEST_FOLD_H
#define KURS_INGEST_FOLD_H

#include <stddef.h>

#define FOLD_SIZE 160 /* folded texts are cut here: no name or head word in the tables is longer */

/* Folds UTF-8 (text, length) into `folded` (NUL-terminated) and returns its length. Letters of the Latin, Greek,
 * Cyrillic and Armenian alphabets lose case, Latin ones their accents; digits, $ and % and every other character beyond
 * ASCII stay; the rest parts words. Bytes that are no UTF-8 part words too. Cost: one pass. */
size_t fold(const char *text, size_t length, char folded[FOLD_SIZE]);

#endif
