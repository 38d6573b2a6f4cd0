/* bits.c: kernels for every width, written once with the compilers' vector types and compiled twice (see FOR_MACHINE).
 *
 * Dropped: target_clones, whose ifuncs fail under the sanitizers and outside glibc; intrinsics, which are x86 only. */
#include "store/bits.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"

typedef uint32_t lanes __attribute__((vector_size(32)));
typedef uint64_t long_lanes __attribute__((vector_size(32)));
typedef int64_t signed_lanes __attribute__((vector_size(32)));
typedef int32_t short_signed_lanes __attribute__((vector_size(32)));
typedef uint8_t byte_lanes __attribute__((vector_size(16)));
typedef uint64_t two_longs __attribute__((vector_size(16)));
typedef uint16_t short_lanes __attribute__((vector_size(16)));
typedef uint16_t two_shorts __attribute__((vector_size(32)));

/* Lanes interleaved with zeros, to be read as lanes of twice the size. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define WIDEN(numbers, zeros, ...) __builtin_shufflevector(numbers, zeros, __VA_ARGS__)
#define LITTLE_U64(value)          (value)
#else
#define WIDEN(numbers, zeros, ...) __builtin_shufflevector(zeros, numbers, __VA_ARGS__)
#define LITTLE_U64(value)          __builtin_bswap64(value)
#endif

#define INLINE static inline __attribute__((always_inline))
#define ROWS   (BITS_COUNT / BITS_LANES)

/* Defines `name` from the inline function name##_any, once for every machine and on x86-64 once more for AVX2. */
#if defined(__x86_64__)
#define FOR_MACHINE(name, parameters, arguments)                       \
    __attribute__((target("avx2"))) static void name##_avx2 parameters \
    {                                                                  \
        name##_any arguments;                                          \
    }                                                                  \
    static __attribute__((noinline)) void name##_plain parameters      \
    {                                                                  \
        name##_any arguments;                                          \
    }                                                                  \
    void name parameters                                               \
    {                                                                  \
        if (__builtin_cpu_supports("avx2")) {                          \
            name##_avx2 arguments;                                     \
        } else {                                                       \
            name##_plain arguments;                                    \
        }                                                              \
    }
#else
#define FOR_MACHINE(name, parameters, arguments) \
    void name parameters                         \
    {                                            \
        name##_any arguments;                    \
    }
#endif

/* R(W, row) for all rows; C(W) for all widths but 0. */
#define EIGHT(R, W, n) \
    R(W, (n) + 0) R(W, (n) + 1) R(W, (n) + 2) R(W, (n) + 3) R(W, (n) + 4) R(W, (n) + 5) R(W, (n) + 6) R(W, (n) + 7)
#define EACH_ROW(R, W) EIGHT(R, W, 0) EIGHT(R, W, 8) EIGHT(R, W, 16) EIGHT(R, W, 24)
#define EACH_WIDTH(C) \
    C(1)              \
    C(2)              \
    C(3)              \
    C(4)              \
    C(5)              \
    C(6)              \
    C(7)              \
    C(8)              \
    C(9)              \
    C(10)             \
    C(11)             \
    C(12)             \
    C(13)             \
    C(14) C(15) C(16) C(17) C(18) C(19) C(20) C(21) C(22) C(23) C(24) C(25) C(26) C(27) C(28) C(29) C(30) C(31) C(32)

size_t bits_packed_bytes(size_t count, unsigned width)
{
    size_t rows = (count + BITS_LANES - 1) / BITS_LANES;
    return (rows * width + 31) / 32 * (4 * BITS_LANES);
}

INLINE void load(lanes *lane, const uint8_t *bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(lane, bytes, sizeof *lane);
#else
    for (int i = 0; i < BITS_LANES; i++) {
        (*lane)[i] = bytes_load_u32(bytes + 4 * i);
    }
#endif
}

INLINE void store(uint8_t *bytes, const lanes *lane)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(bytes, lane, sizeof *lane);
#else
    for (int i = 0; i < BITS_LANES; i++) {
        bytes_store_u32(bytes + 4 * i, (*lane)[i]);
    }
#endif
}

/* Where a row begins: in which word of its lane, behind how many bits. */
#define WORD(W, row)  ((row) * (W) / 32)
#define SHIFT(W, row) ((row) * (W) % 32)
#define SPLIT(W, row) (SHIFT(W, row) + (W) > 32)

/* `word` holds the word the row begins in; the next is loaded when the row ends in it or behind it. */
#define UNPACK_ROW(W, row)                                            \
    {                                                                 \
        lanes number = word >> SHIFT(W, row);                         \
        if (SHIFT(W, row) + (W) >= 32 && (row) + 1 < ROWS) {          \
            load(&word, bytes + 32 * (WORD(W, row) + 1));             \
        }                                                             \
        if (SPLIT(W, row)) {                                          \
            number |= word << ((32 - SHIFT(W, row)) & 31);            \
        }                                                             \
        number &= (uint32_t)(UINT64_MAX >> (64 - (W)));               \
        memcpy(numbers + BITS_LANES * (row), &number, sizeof number); \
    }
#define UNPACK_WIDTH(W)         \
    case W:                     \
        load(&word, bytes);     \
        EACH_ROW(UNPACK_ROW, W) \
        break;

INLINE void bits_unpack_any(unsigned width, const uint8_t *bytes, uint32_t *numbers)
{
    lanes word;
    switch (width) {
        EACH_WIDTH(UNPACK_WIDTH)
    default:
        memset(numbers, 0, BITS_COUNT * sizeof *numbers);
    }
}

#define PACK_ROW(W, row)                                              \
    {                                                                 \
        lanes number;                                                 \
        memcpy(&number, numbers + BITS_LANES * (row), sizeof number); \
        word |= number << SHIFT(W, row);                              \
        if (SHIFT(W, row) + (W) >= 32) {                              \
            store(bytes + 32 * WORD(W, row), &word);                  \
            word = number >> ((32 - SHIFT(W, row)) & 31);             \
            if (!SPLIT(W, row)) {                                     \
                word ^= word;                                         \
            }                                                         \
        }                                                             \
    }
#define PACK_WIDTH(W)         \
    case W:                   \
        EACH_ROW(PACK_ROW, W) \
        break;

INLINE void bits_pack_any(unsigned width, const uint32_t *numbers, uint8_t *bytes)
{
    lanes word = {0};
    switch (width) {
        EACH_WIDTH(PACK_WIDTH)
    default:
        break;
    }
}

FOR_MACHINE(bits_unpack, (unsigned width, const uint8_t *bytes, uint32_t *numbers), (width, bytes, numbers))
FOR_MACHINE(bits_pack, (unsigned width, const uint32_t *numbers, uint8_t *bytes), (width, numbers, bytes))

/* ---- Digits ------------------------------------------------------------------------------------------------- */

static unsigned base_of(unsigned digits)
{
    return digits == 5 ? 3 : 6;
}

size_t bits_digit_bytes(size_t count, unsigned digits)
{
    return (count + digits - 1) / digits;
}

void bits_pack_digits(unsigned digits, const uint32_t *numbers, size_t count, uint8_t *bytes)
{
    size_t size = bits_digit_bytes(count, digits);
    for (size_t b = 0; b < size; b++) {
        unsigned byte = 0;
        for (unsigned j = digits; j-- > 0;) {
            byte = byte * base_of(digits) + (j * size + b < count ? numbers[j * size + b] : 0);
        }
        bytes[b] = (uint8_t)byte;
    }
}

/* Each pass takes a digit off all bytes and puts it `size` places further on. `room`, like `base` a constant where this
 * is used, is the largest size rounded up to whole vectors: what a pass writes past `size` the next writes over. */
INLINE void take_digits(uint16_t base, size_t room, const uint8_t *bytes, size_t size, size_t count, uint32_t *numbers)
{
    const uint16_t reciprocal = (uint16_t)(65536 / base + 1); /* exact for bytes */
    uint8_t padded[BITS_COUNT] = {0};
    uint16_t left[BITS_COUNT];
    memcpy(padded, bytes, size);
    for (size_t b = 0; b < room; b++) {
        left[b] = padded[b];
    }
    for (size_t done = 0; done < count; done += size) {
        for (size_t b = 0; b < room; b++) {
            uint16_t quotient = (uint16_t)((uint32_t)left[b] * reciprocal >> 16);
            numbers[done + b] = (uint16_t)(left[b] - quotient * base);
            left[b] = quotient;
        }
    }
}

INLINE void bits_unpack_digits_any(unsigned digits, const uint8_t *bytes, size_t count, uint32_t *numbers)
{
    size_t size = bits_digit_bytes(count, digits);
    if (digits == 5) {
        take_digits(3, 64, bytes, size, count, numbers);
    } else {
        take_digits(6, 96, bytes, size, count, numbers);
    }
}

FOR_MACHINE(bits_unpack_digits, (unsigned digits, const uint8_t *bytes, size_t count, uint32_t *numbers),
            (digits, bytes, count, numbers))

/* ---- Unary -------------------------------------------------------------------------------------------------- */

/* ONES(b): how many ones byte b has. ZEROS(b): byte j of it is the number of zeros below the j-th one of b. */
#define ONES(b)                                                                                                      \
    (((b)&1) + ((b) >> 1 & 1) + ((b) >> 2 & 1) + ((b) >> 3 & 1) + ((b) >> 4 & 1) + ((b) >> 5 & 1) + ((b) >> 6 & 1) + \
     ((b) >> 7 & 1))
#define BELOW(b, k) ONES((b) & ((1 << (k)) - 1))
#define PLACE(b, k) ((b) >> (k)&1 ? (uint64_t)((k)-BELOW(b, k)) << (8 * BELOW(b, k)) : 0)
#define ZEROS(b) \
    (PLACE(b, 0) | PLACE(b, 1) | PLACE(b, 2) | PLACE(b, 3) | PLACE(b, 4) | PLACE(b, 5) | PLACE(b, 6) | PLACE(b, 7))
#define FOUR(E, b)      E(b), E((b) + 1), E((b) + 2), E((b) + 3)
#define SIXTEEN(E, b)   FOUR(E, b), FOUR(E, (b) + 4), FOUR(E, (b) + 8), FOUR(E, (b) + 12)
#define SIXTYFOUR(E, b) SIXTEEN(E, b), SIXTEEN(E, (b) + 16), SIXTEEN(E, (b) + 32), SIXTEEN(E, (b) + 48)
#define EACH_BYTE(E)    SIXTYFOUR(E, 0), SIXTYFOUR(E, 64), SIXTYFOUR(E, 128), SIXTYFOUR(E, 192)
static const uint8_t ones_of[256] = {EACH_BYTE(ONES)};
static const uint64_t zeros_of[256] = {EACH_BYTE(ZEROS)};

/* A byte at a time and no branch on its bits: 8 totals are written, as many of them count as it has ones. */
INLINE void bits_unary_totals_any(const uint8_t *unary, size_t size, uint16_t *totals, size_t *count)
{
    const byte_lanes zero = {0};
    size_t ones = 0;
    for (size_t k = 0; k < size && ones <= BITS_COUNT; k++) {
        uint8_t byte = unary[k];
        byte_lanes zeros = (byte_lanes)(two_longs) {LITTLE_U64(zeros_of[byte]), 0};
        short_lanes total = (short_lanes)WIDEN(zeros, zero, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        total += (uint16_t)(8 * k - ones);
        memcpy(totals + ones, &total, sizeof total);
        ones += ones_of[byte];
    }
    *count = ones <= BITS_COUNT ? ones : BITS_COUNT + 1;
}

FOR_MACHINE(bits_unary_totals, (const uint8_t *unary, size_t size, uint16_t *totals, size_t *count),
            (unary, size, totals, count))

/* ---- Running sums ------------------------------------------------------------------------------------------- */

/* As __builtin_convertvector, which gcc 12 does by halves. */
INLINE void widen(const uint16_t *numbers, lanes *wide)
{
    const short_lanes zero = {0};
    const two_shorts zeros = {0};
    short_lanes eight;
    memcpy(&eight, numbers, sizeof eight);
    two_shorts both = __builtin_shufflevector(eight, zero, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    *wide = (lanes)WIDEN(both, zeros, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/* The sums of a row are built by shifting and adding within its two halves; the low half's end is then added to the
 * high half, and only the total of the rows before is a chain from row to row. Shuffles across halves cost the most, so
 * there are few: the two here move whole halves. */
INLINE void restore_any(bool is_short, bool has_totals, const uint32_t *numbers, const uint16_t *totals, unsigned shift,
                        uint64_t first, uint64_t step, uint64_t unit, int64_t *out)
{
    const lanes second_pairs = {0, 0, UINT32_MAX, UINT32_MAX, 0, 0, UINT32_MAX, UINT32_MAX};
    const lanes zero = {0};
    lanes before = {0};
    long_lanes ramp = {first, first + step, first + 2 * step, first + 3 * step};
    for (size_t row = 0; row < ROWS; row++) {
        lanes sum;
        memcpy(&sum, numbers + BITS_LANES * row, sizeof sum);
        sum += (lanes)((long_lanes)sum << 32);
        sum += __builtin_shufflevector(sum, sum, 1, 1, 1, 1, 5, 5, 5, 5) & second_pairs;
        lanes ends = __builtin_shufflevector(sum, sum, 3, 3, 3, 3, 7, 7, 7, 7);
        sum += before + __builtin_shufflevector(zero, ends, 0, 1, 2, 3, 8, 9, 10, 11);
        before += ends + __builtin_shufflevector(ends, ends, 4, 5, 6, 7, 0, 1, 2, 3);
        if (has_totals) {
            lanes high;
            widen(totals + BITS_LANES * row, &high);
            sum += high << shift;
        }
        if (is_short) {
            sum *= (uint32_t)unit;
        }
        /* widened by interleaving with zeros, which works on the quarters 0 2 | 1 3 */
        lanes apart = (lanes)__builtin_shufflevector((long_lanes)sum, (long_lanes)sum, 0, 2, 1, 3);
        long_lanes low = (long_lanes)WIDEN(apart, zero, 0, 8, 1, 9, 4, 12, 5, 13);
        long_lanes high = (long_lanes)WIDEN(apart, zero, 2, 10, 3, 11, 6, 14, 7, 15);
        if (!is_short) {
            low *= unit;
            high *= unit;
        }
        low += ramp;
        ramp += 4 * step;
        high += ramp;
        ramp += 4 * step;
        memcpy(out + BITS_LANES * row, &low, sizeof low);
        memcpy(out + BITS_LANES * row + 4, &high, sizeof high);
    }
}

INLINE void bits_restore_any(const uint32_t *numbers, const uint16_t *totals, unsigned shift, uint64_t first,
                             uint64_t step, uint64_t unit, int64_t *out)
{
    if (totals != NULL) {
        restore_any(false, true, numbers, totals, shift, first, step, unit, out);
    } else {
        restore_any(false, false, numbers, NULL, 0, first, step, unit, out);
    }
}

INLINE void bits_restore_short_any(const uint32_t *numbers, const uint16_t *totals, unsigned shift, uint64_t first,
                                   uint64_t step, uint32_t unit, int64_t *out)
{
    if (totals != NULL) {
        restore_any(true, true, numbers, totals, shift, first, step, unit, out);
    } else {
        restore_any(true, false, numbers, NULL, 0, first, step, unit, out);
    }
}

FOR_MACHINE(bits_restore,
            (const uint32_t *numbers, const uint16_t *totals, unsigned shift, uint64_t first, uint64_t step,
             uint64_t unit, int64_t *out),
            (numbers, totals, shift, first, step, unit, out))
FOR_MACHINE(bits_restore_short,
            (const uint32_t *numbers, const uint16_t *totals, unsigned shift, uint64_t first, uint64_t step,
             uint32_t unit, int64_t *out),
            (numbers, totals, shift, first, step, unit, out))

/* ---- Adding up ---------------------------------------------------------------------------------------------- */

INLINE void bits_total_any(const uint32_t *numbers, size_t count, uint32_t *total)
{
    lanes sum = {0}, row;
    size_t i = 0;
    for (; i + BITS_LANES <= count; i += BITS_LANES) {
        memcpy(&row, numbers + i, sizeof row);
        sum += row;
    }
    uint32_t all = 0;
    for (int lane = 0; lane < BITS_LANES; lane++) {
        all += sum[lane];
    }
    for (; i < count; i++) {
        all += numbers[i];
    }
    *total = all;
}

INLINE void bits_above_least_any(const int64_t *numbers, uint64_t *above, int64_t *least)
{
    signed_lanes low, now;
    memcpy(&low, numbers, sizeof low);
    for (size_t i = 4; i < BITS_COUNT; i += 4) {
        memcpy(&now, numbers + i, sizeof now);
        low ^= (low ^ now) & (now < low);
    }
    int64_t lowest = low[0];
    for (int lane = 1; lane < 4; lane++) {
        lowest = low[lane] < lowest ? low[lane] : lowest;
    }
    for (size_t i = 0; i < BITS_COUNT; i++) {
        above[i] = (uint64_t)numbers[i] - (uint64_t)lowest;
    }
    *least = lowest;
}

FOR_MACHINE(bits_above_least, (const int64_t *numbers, uint64_t *above, int64_t *least), (numbers, above, least))

INLINE void bits_count_over_any(const uint32_t *numbers, uint32_t most, size_t *count)
{
    short_signed_lanes over = {0}, now;
    for (size_t i = 0; i < BITS_COUNT; i += BITS_LANES) {
        memcpy(&now, numbers + i, sizeof now);
        over -= now > (int32_t)most; /* true is -1 */
    }
    size_t all = 0;
    for (int lane = 0; lane < BITS_LANES; lane++) {
        all += (size_t)over[lane];
    }
    *count = all;
}

FOR_MACHINE(bits_count_over, (const uint32_t *numbers, uint32_t most, size_t *count), (numbers, most, count))

INLINE void bits_total_shifted_any(const uint64_t *numbers, unsigned shift, uint64_t *total)
{
    long_lanes sum = {0}, now;
    for (size_t i = 0; i < BITS_COUNT; i += 4) {
        memcpy(&now, numbers + i, sizeof now);
        sum += now >> shift;
    }
    *total = sum[0] + sum[1] + sum[2] + sum[3];
}

FOR_MACHINE(bits_total_shifted, (const uint64_t *numbers, unsigned shift, uint64_t *total), (numbers, shift, total))

FOR_MACHINE(bits_total, (const uint32_t *numbers, size_t count, uint32_t *total), (numbers, count, total))

/* Where the extremes stand first: one pass to the later of the two. */
INLINE void find_extremes(const int64_t *numbers, struct bits_sum *sum)
{
    size_t i = 0;
    while (numbers[i] != sum->low && numbers[i] != sum->high) {
        i++;
    }
    sum->low_at = sum->high_at = i;
    while (numbers[sum->low_at] != sum->low) {
        sum->low_at++;
    }
    while (numbers[sum->high_at] != sum->high) {
        sum->high_at++;
    }
}

INLINE void bits_add_up_any(const int64_t *numbers, size_t count, struct bits_sum *sum)
{
    int64_t first = numbers[0];
    signed_lanes low = {first, first, first, first}, high = low, now;
    long_lanes sum_low = {0}, sum_high = {0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        memcpy(&now, numbers + i, sizeof now);
        low ^= (low ^ now) & (now < low);
        high ^= (high ^ now) & (now > high);
        sum_low += (long_lanes)now & UINT32_MAX;
        sum_high += (long_lanes)now >> 32;
    }
    struct bits_sum total = {.low = first, .high = first};
    for (int lane = 0; lane < 4; lane++) {
        total.low = low[lane] < total.low ? low[lane] : total.low;
        total.high = high[lane] > total.high ? high[lane] : total.high;
        total.sum_low += sum_low[lane];
        total.sum_high += sum_high[lane];
    }
    for (; i < count; i++) {
        total.low = numbers[i] < total.low ? numbers[i] : total.low;
        total.high = numbers[i] > total.high ? numbers[i] : total.high;
        total.sum_low += (uint64_t)numbers[i] & UINT32_MAX;
        total.sum_high += (uint64_t)numbers[i] >> 32;
    }
    find_extremes(numbers, &total);
    *sum = total;
}

FOR_MACHINE(bits_add_up, (const int64_t *numbers, size_t count, struct bits_sum *sum), (numbers, count, sum))
