/* bits_column.h: up to 256 numbers as one column of a mini-block; the form is drawn in block.h.
 *
 * Owns the choice of unit, width and exceptions, and reading them back from untrusted bytes; knows nothing of what the
 * numbers mean. The idea: number i = minimum + unit * (packed[i] + (high[i] << width)); the few (or short) high parts
 * are patches (or unary), whichever makes the column smallest. */
#ifndef KURS_STORE_BITS_COLUMN_H
#define KURS_STORE_BITS_COLUMN_H

#include "store/bits.h"
#include "store/bits_varint.h"

uint64_t bits_gcd(uint64_t a, uint64_t b); /* gcd(a, 0) = a */

enum column_form { COLUMN_PACKED, COLUMN_PATCHED, COLUMN_UNARY, COLUMN_DIGITS };

/* No column is longer: a head, 255 patches of 9 bytes or a unary part, 256 numbers of 63 bits. */
#define COLUMN_BYTES_MAX (32 + 255 * 9 + 2 * BITS_PACKED_MAX)

/* Writes the differences value[i] - value[i-1] (count 1 … BITS_COUNT; each must fit int64_t, and all lie within 2^63 of
 * each other). The first value is the caller's to keep. Returns the end of what was written. */
uint8_t *column_write_differences(uint8_t *at, const int64_t *values, size_t count);
/* Writes the values themselves (all within 2^63 of each other). */
uint8_t *column_write_values(uint8_t *at, const int64_t *values, size_t count);

struct column {
    size_t count;
    unsigned width; /* of a packed number; COLUMN_DIGITS: digits of a byte */
    enum column_form form;
    uint64_t minimum, unit;
    size_t high_bytes;     /* of the unary part, or of one patch */
    size_t patch_count;    /* COLUMN_PATCHED */
    const uint8_t *places; /* patches: their positions */
    const uint8_t *high;   /* patches, or unary bits */
    const uint8_t *packed;
    size_t packed_bytes;
};
/* Finds the parts of a column of `count` numbers. False (and in->bad) when they do not fit or make no sense. */
bool column_read(struct bits_reader *in, size_t count, struct column *column);
/* Decode to values[0 … count); differences start at `first`, which becomes values[0]. Within bounds for any bytes that
 * column_read accepted; false when they make no sense, then values holds garbage. Overflow wraps. */
bool column_differences(const struct column *column, int64_t first, int64_t *values);
bool column_values(const struct column *column, int64_t *values);
/* values[index] of column_differences, at about a third of its cost. */
bool column_difference_at(const struct column *column, int64_t first, size_t index, int64_t *value);

#endif
