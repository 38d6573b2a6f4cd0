/* bits_column.c: choosing how to write a column, and reading it by the fastest kernel its widths allow.
 *
 * Dropped: one coding for all columns. Measured on random-walk ticks: gaps of 8.9 packed bits plus patches, or of
 * 8 bits plus a unary part that is 0.7 bits smaller; regular times with a hole now and then want patches. */
#include "store/bits_column.h"

#include <string.h>

#include "base/bytes.h"

/* ---- Writing ------------------------------------------------------------------------------------------------ */

/* What a column holds once minimum and unit are taken out, padded with zeros to BITS_COUNT: loops of a constant length
 * are what compilers vectorise. */
struct quotients {
    size_t count;
    uint64_t minimum, unit;
    uint64_t all; /* their bits or-ed together */
    uint64_t number[BITS_COUNT];
};

struct layout {
    size_t bytes; /* of packed and high parts */
    unsigned width;
    enum column_form form;
    size_t high_bytes;
};

static unsigned bit_length(uint64_t value) /* below 2^63 */
{
    return 63 - (unsigned)__builtin_clzll(2 * value + 1);
}

uint64_t bits_gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* 1/odd modulo 2^64, by Newton's iteration: each step doubles the 3 right bits of the start. */
static uint64_t inverse_of_odd(uint64_t odd)
{
    uint64_t inverse = odd * 3 ^ 2;
    for (int bits = 5; bits < 64; bits *= 2) {
        inverse *= 2 - odd * inverse;
    }
    return inverse;
}

/* Divides numbers by `unit` from the start on, into quotients; stops at the first it does not divide, and returns how
 * many it did. An odd d divides x just if x * (1/d mod 2^64) <= UINT64_MAX / d, and that product is the quotient: no
 * division in the loop. */
static size_t divide(const uint64_t *numbers, size_t count, uint64_t unit, uint64_t *quotients)
{
    unsigned twos = (unsigned)__builtin_ctzll(unit);
    uint64_t odd = unit >> twos, inverse = inverse_of_odd(odd), limit = UINT64_MAX / odd;
    uint64_t low_bits = (UINT64_C(1) << twos) - 1;
    for (size_t i = 0; i < count; i++) {
        quotients[i] = (numbers[i] >> twos) * inverse;
        if (quotients[i] > limit || (numbers[i] & low_bits) != 0) {
            return i;
        }
    }
    return count;
}

/* Divides every number by their greatest common divisor, which becomes the unit. */
static void take_unit(struct quotients *q)
{
    uint64_t quotients[BITS_COUNT], unit = 0;
    size_t i = 0;
    while (i < q->count && q->number[i] == 0) {
        i++;
    }
    for (unit = i < q->count ? q->number[i] : 1; unit > 1; unit = bits_gcd(q->number[i], unit)) {
        i = divide(q->number, q->count, unit, quotients);
        if (i == q->count) {
            memcpy(q->number, quotients, q->count * sizeof quotients[0]);
            break;
        }
    }
    q->unit = unit;
    q->all = 0;
    for (i = 0; i < BITS_COUNT; i++) {
        q->all |= q->number[i];
    }
}

/* Widths over 32 bits are packed as a column of the low 32 and one of the rest. */
static size_t packed_bytes(size_t count, unsigned width)
{
    return width <= 32 ? bits_packed_bytes(count, width)
                       : bits_packed_bytes(count, 32) + bits_packed_bytes(count, width - 32);
}

/* How many numbers have more than `width` bits. */
static size_t count_longer(const struct quotients *q, const uint32_t *low, unsigned width)
{
    size_t count = 0;
    if (width < 31 && q->all <= INT32_MAX) {
        bits_count_over(low, (UINT32_C(1) << width) - 1, &count);
        return count;
    }
    for (size_t i = 0; i < BITS_COUNT; i++) {
        count += q->number[i] >> width != 0;
    }
    return count;
}

/* The cheapest width with patches, each a position and the bits above the width. Their number grows as the width
 * falls, so the search ends when they alone take more than the best layout. */
static void try_patches(const struct quotients *q, struct layout *best)
{
    uint32_t low[BITS_COUNT];
    for (size_t i = 0; i < BITS_COUNT; i++) {
        low[i] = (uint32_t)q->number[i];
    }
    unsigned full = bit_length(q->all);
    for (unsigned width = full; width-- > 0;) {
        size_t count = count_longer(q, low, width), high_bytes = (full - width + 7) / 8;
        if (count > UINT8_MAX || 2 + 2 * count >= best->bytes) {
            break;
        }
        size_t bytes = packed_bytes(q->count, width) + 2 + count * (1 + high_bytes);
        if (bytes < best->bytes) {
            *best = (struct layout) {bytes, width, COLUMN_PATCHED, high_bytes};
        }
    }
}

/* With exponential gaps of mean m the best width is near log2(m ln 2); both neighbours are tried. */
static void try_unary(const struct quotients *q, struct layout *best)
{
    if (q->all >> 48 != 0) { /* keeps the sums below from overflowing; such numbers have no short high parts */
        return;
    }
    uint64_t total;
    bits_total_shifted(q->number, 0, &total);
    unsigned log = bit_length(total / q->count * 177 / 256);
    for (unsigned width = log == 0 ? 0 : log - 1; width <= log && width < 32; width++) {
        uint64_t zeros;
        bits_total_shifted(q->number, width, &zeros);
        uint64_t unary_bytes = (q->count + zeros + 7) / 8;
        size_t bytes = packed_bytes(q->count, width) + 1 + (size_t)unary_bytes;
        if (unary_bytes <= BITS_UNARY_MAX && bytes < best->bytes) {
            *best = (struct layout) {bytes, width, COLUMN_UNARY, (size_t)unary_bytes};
        }
    }
}

static void try_digits(const struct quotients *q, struct layout *best)
{
    uint64_t largest = 0;
    for (size_t i = 0; i < q->count; i++) {
        largest = q->number[i] > largest ? q->number[i] : largest;
    }
    unsigned digits = largest <= 2 ? 5 : 3;
    size_t bytes = bits_digit_bytes(q->count, digits);
    if (largest <= 5 && bytes < best->bytes) {
        *best = (struct layout) {bytes, digits, COLUMN_DIGITS, 0};
    }
}

static uint8_t *write_patches(uint8_t *at, const struct quotients *q, const struct layout *layout)
{
    uint8_t *head = at;
    size_t count = 0;
    at += 2;
    for (size_t i = 0; i < q->count; i++) {
        if (q->number[i] >> layout->width != 0) {
            *at++ = (uint8_t)i;
            count++;
        }
    }
    head[0] = (uint8_t)count;
    head[1] = (uint8_t)layout->high_bytes;
    const uint8_t *places = head + 2;
    for (size_t k = 0; k < count; k++) {
        uint8_t bytes[8];
        bytes_store_u64(bytes, q->number[places[k]] >> layout->width);
        memcpy(at, bytes, layout->high_bytes);
        at += layout->high_bytes;
    }
    return at;
}

static uint8_t *write_unary(uint8_t *at, const struct quotients *q, const struct layout *layout)
{
    *at++ = (uint8_t)layout->high_bytes;
    memset(at, 0, layout->high_bytes);
    size_t bit = 0;
    for (size_t i = 0; i < q->count; i++) {
        bit += (size_t)(q->number[i] >> layout->width);
        at[bit / 8] |= (uint8_t)(1U << bit % 8);
        bit++;
    }
    return at + layout->high_bytes;
}

static uint8_t *write_packed(uint8_t *at, const struct quotients *q, unsigned shift, unsigned width)
{
    uint32_t numbers[BITS_COUNT];
    uint32_t mask = width == 0 ? 0 : UINT32_MAX >> (32 - width);
    for (size_t i = 0; i < BITS_COUNT; i++) {
        numbers[i] = (uint32_t)(q->number[i] >> shift) & mask;
    }
    bits_pack(width, numbers, at); /* the words past the count are written over by what follows */
    return at + bits_packed_bytes(q->count, width);
}

static uint8_t *write_digits(uint8_t *at, const struct quotients *q, unsigned digits)
{
    uint32_t numbers[BITS_COUNT];
    for (size_t i = 0; i < BITS_COUNT; i++) {
        numbers[i] = (uint32_t)q->number[i];
    }
    bits_pack_digits(digits, numbers, q->count, at);
    return at + bits_digit_bytes(q->count, digits);
}

static uint8_t *write_column(uint8_t *at, struct quotients *q)
{
    take_unit(q);
    unsigned full = bit_length(q->all);
    struct layout best = {packed_bytes(q->count, full), full, COLUMN_PACKED, 0};
    if (full > 0) {
        try_patches(q, &best);
        try_unary(q, &best);
    }
    if (full == 2 || full == 3) {
        try_digits(q, &best);
    }
    *at++ = (uint8_t)(best.width | (unsigned)best.form << 6);
    at = bits_write_varint(at, q->minimum);
    at = bits_write_varint(at, q->unit);
    if (best.form == COLUMN_PATCHED) {
        at = write_patches(at, q, &best);
    } else if (best.form == COLUMN_UNARY) {
        at = write_unary(at, q, &best);
    }
    if (best.form == COLUMN_DIGITS) {
        return write_digits(at, q, best.width);
    }
    at = write_packed(at, q, 0, best.width < 32 ? best.width : 32);
    return best.width > 32 ? write_packed(at, q, 32, best.width - 32) : at;
}

/* Of numbers[from … count); the others only hold their place, and are overwritten. numbers[BITS_COUNT]. */
static void take_minimum(struct quotients *q, int64_t *numbers, size_t from)
{
    int64_t minimum;
    numbers[0] = numbers[from];
    for (size_t i = q->count; i < BITS_COUNT; i++) {
        numbers[i] = numbers[from];
    }
    bits_above_least(numbers, q->number, &minimum);
    memset(q->number, 0, from * sizeof q->number[0]);
    memset(q->number + q->count, 0, (BITS_COUNT - q->count) * sizeof q->number[0]);
    q->minimum = bits_zigzag(minimum);
}

uint8_t *column_write_differences(uint8_t *at, const int64_t *values, size_t count)
{
    struct quotients q;
    q.count = count;
    int64_t differences[BITS_COUNT];
    differences[0] = 0;
    for (size_t i = 1; i < count; i++) {
        differences[i] = values[i] - values[i - 1];
    }
    take_minimum(&q, differences, count > 1 ? 1 : 0);
    return write_column(at, &q);
}

uint8_t *column_write_values(uint8_t *at, const int64_t *values, size_t count)
{
    struct quotients q;
    q.count = count;
    int64_t padded[BITS_COUNT];
    memcpy(padded, values, count * sizeof *values);
    take_minimum(&q, padded, 0);
    return write_column(at, &q);
}

/* ---- Reading ------------------------------------------------------------------------------------------------ */

bool column_read(struct bits_reader *in, size_t count, struct column *column)
{
    uint8_t head = bits_read_byte(in);
    *column = (struct column) {.count = count, .width = head & 63, .form = (enum column_form)(head >> 6)};
    column->minimum = bits_unzigzag(bits_read_varint(in));
    column->unit = bits_read_varint(in);
    if (column->form == COLUMN_PATCHED) {
        column->patch_count = bits_read_byte(in);
        column->high_bytes = bits_read_byte(in);
        in->bad |= column->high_bytes < 1 || column->high_bytes > 8;
        column->places = bits_read_bytes(in, column->patch_count);
        column->high = bits_read_bytes(in, column->patch_count * column->high_bytes);
    } else if (column->form == COLUMN_UNARY) {
        column->high_bytes = bits_read_byte(in);
        column->high = bits_read_bytes(in, column->high_bytes);
    } else if (column->form == COLUMN_DIGITS && column->width != 3 && column->width != 5) {
        in->bad = true;
        return false;
    }
    column->packed_bytes =
        column->form == COLUMN_DIGITS ? bits_digit_bytes(count, column->width) : packed_bytes(count, column->width);
    column->packed = bits_read_bytes(in, column->packed_bytes);
    return !in->bad;
}

/* Kernels take whole columns: a short one is unpacked from a copy padded with zeros. */
static void unpack(const uint8_t *packed, size_t count, unsigned width, uint32_t *numbers)
{
    uint8_t padded[BITS_PACKED_MAX];
    size_t bytes = bits_packed_bytes(count, width), full = bits_packed_bytes(BITS_COUNT, width);
    if (bytes < full) {
        memcpy(padded, packed, bytes);
        memset(padded + bytes, 0, full - bytes);
        packed = padded;
    }
    bits_unpack(width, packed, numbers);
}

/* Of the low 32 bits when the width is over 32; numbers[BITS_DIGITS_SIZE]. */
static void unpack_column(const struct column *column, uint32_t *numbers)
{
    if (column->form == COLUMN_DIGITS) {
        bits_unpack_digits(column->width, column->packed, column->count, numbers);
        memset(numbers + column->count, 0, (BITS_COUNT - column->count) * sizeof *numbers);
    } else {
        unpack(column->packed, column->count, column->width < 32 ? column->width : 32, numbers);
    }
}

static uint64_t patch(const struct column *column, size_t k)
{
    uint8_t bytes[8] = {0};
    memcpy(bytes, column->high + k * column->high_bytes, column->high_bytes);
    return bytes_load_u64(bytes);
}

/* The numbers before minimum and unit, for any width. */
static bool wide_numbers(const struct column *column, uint64_t *numbers)
{
    uint32_t low[BITS_DIGITS_SIZE], high[BITS_COUNT] = {0};
    unpack_column(column, low);
    if (column->width > 32) {
        unpack(column->packed + bits_packed_bytes(column->count, 32), column->count, column->width - 32, high);
    }
    for (size_t i = 0; i < column->count; i++) {
        numbers[i] = low[i] | (uint64_t)high[i] << 32;
    }
    if (column->form == COLUMN_PATCHED) {
        for (size_t k = 0; k < column->patch_count; k++) {
            if (column->places[k] >= column->count) {
                return false;
            }
            numbers[column->places[k]] += patch(column, k) << column->width;
        }
    } else if (column->form == COLUMN_UNARY) {
        uint16_t totals[BITS_TOTALS_SIZE];
        size_t count;
        bits_unary_totals(column->high, column->high_bytes, totals, &count);
        if (count != column->count) {
            return false;
        }
        for (size_t i = 0; i < column->count; i++) {
            uint64_t zeros = (uint64_t)totals[i] - (i > 0 ? totals[i - 1] : 0);
            numbers[i] += zeros << column->width;
        }
    }
    return true;
}

static bool wide_differences(const struct column *column, int64_t first, int64_t *values)
{
    uint64_t numbers[BITS_COUNT];
    if (!wide_numbers(column, numbers)) {
        return false;
    }
    uint64_t value = (uint64_t)first + column->unit * numbers[0];
    values[0] = (int64_t)value;
    for (size_t i = 1; i < column->count; i++) {
        value += column->minimum + column->unit * numbers[i];
        values[i] = (int64_t)value;
    }
    return true;
}

/* What the sum of all numbers stays below, if that is under 2^32; else 0. */
static uint64_t sum_limit(const struct column *column)
{
    unsigned bits = column->width;
    uint64_t numbers = BITS_COUNT;
    if (column->form == COLUMN_PATCHED) {
        bits += 8 * (unsigned)column->high_bytes;
    } else if (column->form == COLUMN_UNARY) {
        numbers += 8 * column->high_bytes;
    }
    return bits <= 24 && numbers << bits <= UINT32_MAX ? numbers << bits : 0;
}

static void restore(const struct column *column, uint64_t limit, const uint32_t *numbers, const uint16_t *totals,
                    int64_t first, int64_t *values)
{
    if (column->unit <= UINT32_MAX / limit) {
        bits_restore_short(numbers, totals, column->width, (uint64_t)first, column->minimum, (uint32_t)column->unit,
                           values);
    } else {
        bits_restore(numbers, totals, column->width, (uint64_t)first, column->minimum, column->unit, values);
    }
}

/* The numbers of a column whose sum is below 2^32, without what unary bits add: that is unary_totals, or NULL. */
struct short_numbers {
    uint32_t numbers[BITS_DIGITS_SIZE];
    uint16_t totals[BITS_TOTALS_SIZE];
    const uint16_t *unary_totals;
};

static bool short_numbers(const struct column *column, struct short_numbers *all)
{
    unpack_column(column, all->numbers);
    for (size_t k = 0; k < column->patch_count; k++) {
        if (column->places[k] >= column->count) {
            return false;
        }
        all->numbers[column->places[k]] += (uint32_t)patch(column, k) << column->width;
    }
    all->unary_totals = NULL;
    if (column->form == COLUMN_UNARY) {
        size_t count;
        bits_unary_totals(column->high, column->high_bytes, all->totals, &count);
        all->unary_totals = all->totals;
        return count == column->count;
    }
    return true;
}

bool column_differences(const struct column *column, int64_t first, int64_t *values)
{
    uint64_t limit = sum_limit(column);
    if (limit == 0) {
        return wide_differences(column, first, values);
    }
    struct short_numbers all;
    if (!short_numbers(column, &all)) {
        return false;
    }
    if (column->count == BITS_COUNT) {
        restore(column, limit, all.numbers, all.unary_totals, first, values);
    } else {
        int64_t padded[BITS_COUNT];
        memset(all.totals + column->count, 0, (BITS_COUNT - column->count) * sizeof all.totals[0]);
        restore(column, limit, all.numbers, all.unary_totals, first, padded);
        memcpy(values, padded, column->count * sizeof *values);
    }
    return true;
}

bool column_difference_at(const struct column *column, int64_t first, size_t index, int64_t *value)
{
    if (sum_limit(column) == 0) {
        int64_t values[BITS_COUNT];
        if (!wide_differences(column, first, values)) {
            return false;
        }
        *value = values[index];
        return true;
    }
    struct short_numbers all;
    uint32_t sum;
    if (!short_numbers(column, &all)) {
        return false;
    }
    bits_total(all.numbers, index + 1, &sum);
    sum += all.unary_totals == NULL ? 0 : (uint32_t)all.totals[index] << column->width;
    *value = (int64_t)((uint64_t)first + index * column->minimum + column->unit * sum);
    return true;
}

bool column_values(const struct column *column, int64_t *values)
{
    uint64_t numbers[BITS_COUNT];
    if (!wide_numbers(column, numbers)) {
        return false;
    }
    for (size_t i = 0; i < column->count; i++) {
        values[i] = (int64_t)(column->minimum + column->unit * numbers[i]);
    }
    return true;
}
