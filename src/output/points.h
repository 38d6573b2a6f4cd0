/* points.h: points by the million as text: CSV that imports back to an identical store, JSON, ledger and beancount
 * price lines. Knows nothing of where points come from.
 *
 * The idea: the text of one point and the next differ in a few digits. The date and minute are kept from one to the
 * next, digits are written by hand, and large buffers go out whole. stdio's formatting a row was 20 times slower. */
#ifndef KURS_OUTPUT_POINTS_H
#define KURS_OUTPUT_POINTS_H

#include "kurs.h"

enum points_format { POINTS_CSV, POINTS_JSON, POINTS_LEDGER, POINTS_BEANCOUNT, POINTS_FORMATS };
/* "csv", "json", "ledger", "beancount". */
bool points_format_parse(const char *text, enum points_format *format);

struct points;
/* Writes what stands before the first point. NULL when out of memory. */
struct points *points_open(FILE *out, enum points_format format);
/* The points after this are of series `name`. Ledger and beancount know no labels: theirs is left out. Beancount knows
 * only dates: KURS_EKIND for an instant series. Ledger times go to the second. */
KURS_CHECKED enum kurs_status points_series(struct points *points, const char *name, enum kurs_kind kind);
/* KURS_EIO when `out` failed (errno says why). */
KURS_CHECKED enum kurs_status points_write(struct points *points, const struct kurs_batch *batch);
/* Writes what is left and frees. KURS_ENOMEM for NULL; KURS_EIO. */
KURS_CHECKED enum kurs_status points_close(struct points *points);

#endif
