/* spark.c: values to U+2581..U+2588. */
#include "output/spark.h"

#include <assert.h>
#include <string.h>

#define HEIGHTS 8

void spark_format(const double *values, size_t count, char text[SPARK_SIZE])
{
    static const char BLOCKS[HEIGHTS][4] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    assert(count <= SPARK_COLUMNS);
    double low = count > 0 ? values[0] : 0, high = low;
    for (size_t i = 1; i < count; i++) {
        low = values[i] < low ? values[i] : low;
        high = values[i] > high ? values[i] : high;
    }
    char *end = text;
    for (size_t i = 0; i < count; i++) {
        int height = high > low ? (int)((values[i] - low) / (high - low) * HEIGHTS) : 0;
        memcpy(end, BLOCKS[height < HEIGHTS ? height : HEIGHTS - 1], 3);
        end += 3;
    }
    *end = '\0';
}
