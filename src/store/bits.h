/* bits.h: the kernels under a column of up to 256 numbers: bit packing, unary parts, running sums.
 *
 * Owns the order of bits in packed words and the machine-dependent speed; knows nothing of times, rates or blocks.
 * The idea: number i lies in lane i % 8, row i / 8, so that one vector operation works on 8 neighbours, and every width
 * is a straight line of code. Dropped: one consecutive stream of bits, whose unpacking compilers do not vectorise.
 *
 *   packed words  the rows of a lane follow each other, `width` bits each, low bits first, in 32-bit words;
 *                 word k of lanes 0 … 7 are 32 little-endian bytes, then comes word k+1.
 *                 256 numbers take 32 * width bytes; fewer end behind the last word that holds a row of theirs.
 *
 * The same bytes and numbers on every machine; x86-64 with AVX2 takes a faster path chosen when it runs. */
#ifndef KURS_STORE_BITS_H
#define KURS_STORE_BITS_H

#include <stddef.h>
#include <stdint.h>

#define BITS_COUNT       256 /* numbers of a full column */
#define BITS_LANES       8
#define BITS_WIDTH_MAX   32
#define BITS_PACKED_MAX  (BITS_COUNT * BITS_WIDTH_MAX / 8)
#define BITS_TOTALS_SIZE (BITS_COUNT + 8)  /* bits_unary_totals writes up to eight too many */
#define BITS_DIGITS_SIZE (BITS_COUNT + 16) /* bits_unpack_digits writes up to sixteen too many */
#define BITS_UNARY_MAX   255               /* bytes */

/* Bytes of `count` numbers (0 … BITS_COUNT) of `width` bits (0 … BITS_WIDTH_MAX). */
size_t bits_packed_bytes(size_t count, unsigned width);

/* numbers[BITS_COUNT], each below 2^width, to 32 * width bytes and back. Any alignment. */
void bits_pack(unsigned width, const uint32_t *numbers, uint8_t *bytes);
void bits_unpack(unsigned width, const uint8_t *bytes, uint32_t *numbers);

/* Small numbers as digits of a base, several in a byte: base 3 five, base 6 three, which saves 0.4 and 0.33 bits of the
 * 2 and 3 that packing takes. With n = ceil(count / digits) bytes, digit j (lowest first) of byte b is number j*n + b.
 * Unpacked to numbers[BITS_DIGITS_SIZE]. */
size_t bits_digit_bytes(size_t count, unsigned digits);
void bits_pack_digits(unsigned digits, const uint32_t *numbers, size_t count, uint8_t *bytes);
void bits_unpack_digits(unsigned digits, const uint8_t *bytes, size_t count, uint32_t *numbers);

/* Running totals of numbers in unary: totals[i] = zeros before one number i (bits low first). totals[BITS_TOTALS_SIZE].
 * *count: how many ones there are, or BITS_COUNT + 1 for more than BITS_COUNT. */
void bits_unary_totals(const uint8_t *unary, size_t size, uint16_t *totals, size_t *count);

/* out[i] = first + i * step + unit * (numbers[0] + … + numbers[i] + (totals[i] << shift)), modulo 2^64, for BITS_COUNT
 * i. totals may be NULL. The sum in parentheses must stay below 2^32; bits_restore_short also needs it times unit to.
 */
void bits_restore(const uint32_t *numbers, const uint16_t *totals, unsigned shift, uint64_t first, uint64_t step,
                  uint64_t unit, int64_t *out);
void bits_restore_short(const uint32_t *numbers, const uint16_t *totals, unsigned shift, uint64_t first, uint64_t step,
                        uint32_t unit, int64_t *out);

/* What choosing a column's form looks at, of BITS_COUNT numbers: the least, and each less that; how many are over `most`
 * (both below 2^31); the sum of numbers >> shift, modulo 2^64. */
void bits_above_least(const int64_t *numbers, uint64_t *above, int64_t *least);
void bits_count_over(const uint32_t *numbers, uint32_t most, size_t *count);
void bits_total_shifted(const uint64_t *numbers, unsigned shift, uint64_t *total);

/* *total = numbers[0] + … + numbers[count - 1], modulo 2^32. */
void bits_total(const uint32_t *numbers, size_t count, uint32_t *total);

/* What numbers >= 0 add up to: sum_high * 2^32 + sum_low. count >= 1. */
struct bits_sum {
    int64_t low, high;      /* the smallest and the largest */
    size_t low_at, high_at; /* the first index of each */
    uint64_t sum_low, sum_high;
};
void bits_add_up(const int64_t *numbers, size_t count, struct bits_sum *sum);

#endif
