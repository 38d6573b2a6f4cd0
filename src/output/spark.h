/* spark.h: a line of blocks, one a value, for tables. Pure values. */
#ifndef KURS_OUTPUT_SPARK_H
#define KURS_OUTPUT_SPARK_H

#include <stddef.h>

#define SPARK_COLUMNS 16
#define SPARK_SIZE    (SPARK_COLUMNS * 3 + 1) /* a block is 3 bytes of UTF-8 */

/* At most SPARK_COLUMNS values, lowest to highest as eight heights; all equal: the lowest. Not for reading values off:
 * doubles are enough. */
void spark_format(const double *values, size_t count, char text[SPARK_SIZE]);

#endif
