/* number.h: cells to exact decimals under a file's own marks. Pure values. */
#ifndef KURS_INGEST_NUMBER_H
#define KURS_INGEST_NUMBER_H

#include "kurs.h"

struct number_style {
    char decimal;   /* '.' or ',' */
    char thousands; /* ',', '.', ' ' (also no-break and narrow no-break space in UTF-8), '\'' (also U+2019), or 0 */
};

enum number_cell {
    NUMBER_VALUE,    /* > 0 */
    NUMBER_BLANK,    /* empty, a mark of the missing-value table, 0, 0.0000 */
    NUMBER_NEGATIVE, /* < 0 */
    NUMBER_BEYOND,   /* more digits or decimals than a rate can have */
    NUMBER_BAD       /* anything else */
};

/* Surrounding spaces and one currency sign ("$1.0875", "1,0875 €") are allowed; a percent sign or letters make it BAD.
 * Thousands marks must stand every three digits. *rate is set only for NUMBER_VALUE. Cost: one pass; ~5 ns for a plain
 * "1.12345". */
enum number_cell number_read(const char *text, size_t length, struct number_style style, struct kurs_decimal *rate);

/* Takes a currency sign and the blanks beside it off one end of a cell; false when there is none. */
bool number_unsign(const char **text, size_t *length);

/* A number in running text, whose marks no column settles: "0.01144", "0,01144", "1,234.50". One mark with three digits
 * behind and not a 0 before it ("1,234") could be either and is BAD; a point is then read as the decimal mark. */
enum number_cell number_read_alone(const char *text, size_t length, struct kurs_decimal *rate);

/* rate / units, exact: a power of ten moves the point ("100 HUF = 1.2901" is 0.012901, digits kept); others divide to
 * at most 18 digits when it terminates, else KURS_ERANGE ... then rounded to 18 digits by the caller's choice. units
 * >= 1. */
enum kurs_status number_per_unit(struct kurs_decimal rate, int64_t units, struct kurs_decimal *per_unit);

#endif
