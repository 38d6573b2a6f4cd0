/* block_encode.c: columns of points to the bytes of one block.
 *
 * Owns the cut: how many points a block takes. Mini-blocks are added while head, directory and they fit; the one that
 * does not is tried with fewer points. Dropped: cutting only between mini-blocks, which leaves 4 % of a page empty. */
#include "store/block.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/bits_column.h"
#include "store/block_form.h"

#define MINI_BYTES_MAX (32 + 4 * COLUMN_BYTES_MAX)
#define CUT_TRIES_MAX  8
#define CUT_BYTES_MAX  32 /* left empty rather than tried for again: less than 1 % of a page */

/* A point of the head: its value at the block's finest exponent, and its own exponent. */
struct mark {
    int64_t value;
    int64_t time_us;
    int8_t exponent;
};

/* What the points taken so far add up to. */
struct totals {
    size_t count;
    int exponent; /* the finest */
    bool mixed;   /* published exponents differ */
    struct mark first, last, low, high;
    uint128 sum;
    uint32_t import_first, import_low, import_high;
};

/* One mini-block's points, at their own finest exponent. */
struct mini_input {
    size_t count;
    int exponent;
    bool mixed;
    const int64_t *time_us;
    const int8_t *exponents; /* NULL when not mixed */
    const uint32_t *imports; /* NULL when all are import_all */
    uint32_t import_all;
    int64_t values[BLOCK_MINI_POINTS];
};

struct encoder {
    size_t capacity;
    struct totals totals;
    size_t mini_count;
    int64_t mini_first_us[BLOCK_MINIS_MAX];
    size_t mini_offset[BLOCK_MINIS_MAX]; /* in minis */
    size_t minis_bytes;
    uint8_t minis[BLOCK_BYTES_MAX];
};

/* ---- Values ------------------------------------------------------------------------------------------------- */

static int8_t exponent_at(const struct block_input *points, size_t i)
{
    return points->exponent == NULL ? points->exponent_all : points->exponent[i];
}

/* How many of `count` points from `start` keep every value of the block below BLOCK_VALUE_LIMIT at the finest exponent.
 * *finest becomes that of those points alone. */
static size_t within_scale(const struct totals *totals, const struct block_input *points, size_t start, size_t count,
                           int *finest, bool *mixed)
{
    int exponent = exponent_at(points, start);
    size_t same = 1;
    while (same < count && exponent_at(points, start + same) == exponent) {
        same++;
    }
    *finest = exponent;
    *mixed = false;
    if (same == count && (totals->count == 0 || totals->exponent == exponent)) {
        return count;
    }
    int block_finest = totals->count == 0 ? exponent : totals->exponent;
    int64_t largest = totals->high.value;
    for (size_t i = 0; i < count; i++) {
        int own = exponent_at(points, start + i);
        int64_t value = points->coefficient[start + i];
        int64_t *coarser = own < block_finest ? &largest : &value;
        int apart = own < block_finest ? block_finest - own : own - block_finest;
        int64_t scaled;
        if (apart > BLOCK_SCALE_MAX || __builtin_mul_overflow(*coarser, decimal_pow10_table[apart], &scaled) ||
            scaled >= BLOCK_VALUE_LIMIT) {
            return i;
        }
        *coarser = scaled;
        block_finest = own < block_finest ? own : block_finest;
        largest = value > largest ? value : largest;
        *mixed |= own != exponent;
        *finest = own < *finest ? own : *finest;
    }
    return count;
}

static void take_values(struct mini_input *mini, const struct block_input *points, size_t start)
{
    const int64_t *coefficient = points->coefficient + start;
    mini->time_us = points->time_us + start;
    mini->exponents = mini->mixed ? points->exponent + start : NULL;
    if (!mini->mixed) {
        memcpy(mini->values, coefficient, mini->count * sizeof *coefficient);
    } else {
        for (size_t i = 0; i < mini->count; i++) {
            mini->values[i] = coefficient[i] * decimal_pow10_table[mini->exponents[i] - mini->exponent];
        }
    }
    mini->import_all = points->import_id == NULL ? points->import_all : points->import_id[start];
    mini->imports = NULL;
    for (size_t i = 1; points->import_id != NULL && i < mini->count; i++) {
        if (points->import_id[start + i] != mini->import_all) {
            mini->imports = points->import_id + start;
            break;
        }
    }
}

/* ---- Totals ------------------------------------------------------------------------------------------------- */

static struct mark mark_of(const struct mini_input *mini, size_t i, int64_t scale)
{
    int own = mini->exponents == NULL ? mini->exponent : mini->exponents[i];
    return (struct mark) {mini->values[i] * scale, mini->time_us[i], (int8_t)own};
}

static void make_finer(struct totals *totals, int exponent)
{
    int64_t scale = decimal_pow10_table[totals->exponent - exponent];
    totals->first.value *= scale;
    totals->last.value *= scale;
    totals->low.value *= scale;
    totals->high.value *= scale;
    totals->sum *= (uint64_t)scale;
    totals->exponent = exponent;
}

static void add_imports(struct totals *totals, const struct mini_input *mini)
{
    for (size_t i = 0; i < (mini->imports == NULL ? 1 : mini->count); i++) {
        uint32_t id = mini->imports == NULL ? mini->import_all : mini->imports[i];
        totals->import_low = id < totals->import_low ? id : totals->import_low;
        totals->import_high = id > totals->import_high ? id : totals->import_high;
    }
}

static size_t index_of(const struct mini_input *mini, int64_t value)
{
    size_t i = 0;
    while (mini->values[i] != value) {
        i++;
    }
    return i;
}

static void add_mini(struct totals *totals, const struct mini_input *mini)
{
    struct bits_sum all;
    bits_add_up(mini->values, mini->count, &all);
    int64_t low = all.low, high = all.high;
    uint128 sum = ((uint128)all.sum_high << 32) + all.sum_low;
    if (totals->count == 0) {
        totals->exponent = mini->exponent;
        totals->first = totals->low = totals->high = mark_of(mini, 0, 1);
        totals->import_first = totals->import_low = totals->import_high = mini->import_all;
    } else if (mini->exponent < totals->exponent) {
        make_finer(totals, mini->exponent);
    }
    int64_t scale = decimal_pow10_table[mini->exponent - totals->exponent];
    if (low * scale < totals->low.value) {
        totals->low = mark_of(mini, index_of(mini, low), scale);
    }
    if (high * scale > totals->high.value) {
        totals->high = mark_of(mini, index_of(mini, high), scale);
    }
    totals->last = mark_of(mini, mini->count - 1, scale);
    totals->sum += sum * (uint64_t)scale;
    totals->mixed |= mini->mixed || mini->exponent != totals->first.exponent;
    totals->count += mini->count;
    add_imports(totals, mini);
}

/* ---- Head and directory ------------------------------------------------------------------------------------- */

/* The greatest common divisor of all times in head and directory, as differences to the first. */
static uint64_t clock_of(const struct encoder *encoder, const struct totals *totals, size_t mini_count)
{
    uint64_t clock = (uint64_t)totals->last.time_us - (uint64_t)totals->first.time_us;
    clock = bits_gcd((uint64_t)totals->low.time_us - (uint64_t)totals->first.time_us, clock);
    clock = bits_gcd((uint64_t)totals->high.time_us - (uint64_t)totals->first.time_us, clock);
    for (size_t k = 1; k < mini_count; k++) {
        clock = bits_gcd((uint64_t)encoder->mini_first_us[k] - (uint64_t)totals->first.time_us, clock);
    }
    return clock == 0 ? 1 : clock;
}

static uint8_t *write_head(uint8_t *block, const struct totals *totals, uint64_t clock, uint8_t flags)
{
    uint64_t first_us = (uint64_t)totals->first.time_us;
    block[BLOCK_AT_FORMAT] = BLOCK_FORMAT;
    block[BLOCK_AT_FLAGS] = flags;
    bytes_store_u16(block + BLOCK_AT_COUNT, (uint16_t)totals->count);
    bytes_store_u64(block + BLOCK_AT_FIRST, first_us);
    uint8_t *at = block + BLOCK_AT_VARINTS;
    at = bits_write_varint(at, clock);
    at = bits_write_varint(at, ((uint64_t)totals->last.time_us - first_us) / clock);
    at = bits_write_varint(at, ((uint64_t)totals->low.time_us - first_us) / clock);
    at = bits_write_varint(at, ((uint64_t)totals->high.time_us - first_us) / clock);
    at = bits_write_varint(at, totals->import_low);
    at = bits_write_varint(at, totals->import_high - totals->import_low);
    at = bits_write_varint(at, totals->import_first - totals->import_low);
    at = bits_write_varint(at, bits_zigzag(totals->exponent));
    uint64_t low = (uint64_t)totals->low.value;
    uint128 above_low = totals->sum - (uint128)totals->count * low;
    at = bits_write_varint(at, low);
    at = bits_write_varint(at, (uint64_t)totals->high.value - low);
    at = bits_write_varint(at, (uint64_t)totals->first.value - low);
    at = bits_write_varint(at, (uint64_t)totals->last.value - low);
    at = bits_write_varint(at, (uint64_t)above_low);
    at = bits_write_varint(at, (uint64_t)(above_low >> 64));
    if (flags & BLOCK_MIXED_EXPONENTS) {
        *at++ = (uint8_t)(totals->first.exponent - totals->exponent);
        *at++ = (uint8_t)(totals->last.exponent - totals->exponent);
        *at++ = (uint8_t)(totals->low.exponent - totals->exponent);
        *at++ = (uint8_t)(totals->high.exponent - totals->exponent);
    }
    block[BLOCK_AT_HEAD] = (uint8_t)(at - block);
    return at;
}

/* Everything before the mini-blocks, for the first `mini_count` of them; returns its size. */
static size_t write_front(const struct encoder *encoder, const struct totals *totals, size_t mini_count,
                          uint8_t front[BLOCK_FRONT_MAX])
{
    uint64_t clock = clock_of(encoder, totals, mini_count);
    uint64_t first_us = (uint64_t)totals->first.time_us;
    bool wide = ((uint64_t)totals->last.time_us - first_us) / clock > UINT32_MAX;
    uint8_t flags = (uint8_t)((wide ? BLOCK_WIDE_TIMES : 0) | (totals->mixed ? BLOCK_MIXED_EXPONENTS : 0));
    uint8_t *at = write_head(front, totals, clock, flags);
    for (size_t k = 1; k < mini_count; k++) {
        uint64_t start = ((uint64_t)encoder->mini_first_us[k] - first_us) / clock;
        if (wide) {
            bytes_store_u64(at, start);
            at += 8;
        } else {
            bytes_store_u32(at, (uint32_t)start);
            at += 4;
        }
    }
    size_t size = (size_t)(at - front) + 2 * (mini_count - 1);
    for (size_t k = 1; k < mini_count; k++) {
        bytes_store_u16(at, (uint16_t)(size + encoder->mini_offset[k]));
        at += 2;
    }
    return size;
}

/* ---- Mini-blocks -------------------------------------------------------------------------------------------- */

/* Whether every exponent is what dropping the trailing zeros of its value gives, but not above 0. */
static bool drops_zeros(const struct mini_input *mini)
{
    for (size_t i = 0; i < mini->count; i++) {
        if (block_drop_zeros(mini->values[i], mini->exponent).exponent != mini->exponents[i]) {
            return false;
        }
    }
    return true;
}

static enum block_exponents exponents_of(const struct totals *totals, const struct mini_input *mini)
{
    if (mini->mixed) {
        return drops_zeros(mini) ? BLOCK_EXPONENTS_SHORTEST : BLOCK_EXPONENTS_COLUMN;
    }
    bool as_first = totals->count == 0 || mini->exponent == totals->first.exponent;
    return as_first ? BLOCK_EXPONENTS_FIRST : BLOCK_EXPONENTS_OTHER;
}

static uint8_t *write_exponents(uint8_t *at, const struct mini_input *mini)
{
    int64_t above[BLOCK_MINI_POINTS];
    for (size_t i = 0; i < mini->count; i++) {
        above[i] = mini->exponents[i] - mini->exponent;
    }
    return column_write_values(at, above, mini->count);
}

/* As ids or as differences, whichever is smaller: corrections are islands of a newer id, daily updates a staircase. */
static uint8_t *write_imports(uint8_t *at, const struct mini_input *mini, enum block_imports *form)
{
    int64_t ids[BLOCK_MINI_POINTS];
    for (size_t i = 0; i < mini->count; i++) {
        ids[i] = mini->imports == NULL ? mini->import_all : mini->imports[i];
    }
    uint8_t steps[VARINT_BYTES_MAX + COLUMN_BYTES_MAX];
    uint8_t *steps_end = column_write_differences(bits_write_varint(steps, (uint64_t)ids[0]), ids, mini->count);
    uint8_t *end = column_write_values(at, ids, mini->count);
    *form = BLOCK_IMPORTS_COLUMN;
    if (steps_end - steps < end - at) {
        *form = BLOCK_IMPORTS_STEPS;
        memcpy(at, steps, (size_t)(steps_end - steps));
        end = at + (steps_end - steps);
    }
    return end;
}

static size_t write_mini(uint8_t bytes[MINI_BYTES_MAX], const struct totals *totals, const struct mini_input *mini)
{
    enum block_exponents exponents = exponents_of(totals, mini);
    enum block_imports imports = BLOCK_IMPORTS_FIRST;
    uint8_t *at = bytes + 1;
    if (exponents != BLOCK_EXPONENTS_FIRST) {
        at = bits_write_varint(at, bits_zigzag(mini->exponent));
    }
    at = bits_write_varint(at, (uint64_t)mini->values[0]);
    at = column_write_differences(at, mini->time_us, mini->count);
    at = column_write_differences(at, mini->values, mini->count);
    if (exponents == BLOCK_EXPONENTS_COLUMN) {
        at = write_exponents(at, mini);
    }
    if (mini->imports != NULL || (totals->count > 0 && mini->import_all != totals->import_first)) {
        at = write_imports(at, mini, &imports);
    }
    bytes[0] = (uint8_t)((unsigned)exponents | (unsigned)imports << 2);
    return (size_t)(at - bytes);
}

/* Adds points [start, start + count) as the next mini-block if the block then fits, else changes nothing. Returns the
 * size the block has or would have. */
static size_t try_mini(struct encoder *encoder, const struct block_input *points, size_t start, struct mini_input *mini,
                       size_t count)
{
    uint8_t bytes[MINI_BYTES_MAX], front[BLOCK_FRONT_MAX];
    mini->count = count;
    take_values(mini, points, start);
    size_t mini_bytes = write_mini(bytes, &encoder->totals, mini);
    struct totals totals = encoder->totals;
    add_mini(&totals, mini);
    size_t index = encoder->mini_count;
    encoder->mini_first_us[index] = mini->time_us[0];
    encoder->mini_offset[index] = encoder->minis_bytes;
    size_t size = write_front(encoder, &totals, index + 1, front) + encoder->minis_bytes + mini_bytes;
    if (size <= encoder->capacity) {
        memcpy(encoder->minis + encoder->minis_bytes, bytes, mini_bytes);
        encoder->minis_bytes += mini_bytes;
        encoder->mini_count++;
        encoder->totals = totals;
    }
    return size;
}

/* Adds the largest part of `count` points that fits, to within a row of 8, guessing by the size of the last try.
 * Returns how many it added. A smaller part that fits is kept in `best` until the search ends. */
static size_t add_part(struct encoder *encoder, const struct block_input *points, size_t start, size_t count,
                       size_t size_of_all, struct encoder *best)
{
    struct mini_input mini;
    size_t empty = encoder->minis_bytes, taken = 0, too_many = count, guess = count, size = size_of_all;
    for (int tries = 0; tries < CUT_TRIES_MAX && too_many - taken > BITS_LANES; tries++) {
        size_t room = encoder->capacity > empty ? encoder->capacity - empty : 0;
        guess = size > empty ? guess * room / (size - empty) : too_many;
        guess = guess / BITS_LANES * BITS_LANES;
        guess = guess <= taken ? taken + BITS_LANES : guess;
        guess = guess >= too_many ? (taken + too_many) / 2 : guess;
        struct encoder attempt = *encoder;
        within_scale(&encoder->totals, points, start, guess, &mini.exponent, &mini.mixed);
        size = try_mini(&attempt, points, start, &mini, guess);
        if (size <= encoder->capacity) {
            *best = attempt;
            taken = guess;
            if (encoder->capacity - size <= CUT_BYTES_MAX) {
                break;
            }
        } else {
            too_many = guess;
        }
    }
    return taken;
}

size_t block_encode(uint8_t *block, size_t capacity, const struct block_input *points, size_t count, size_t *taken)
{
    assert(count >= 1);
    assert(capacity >= BLOCK_BYTES_MIN && capacity <= BLOCK_BYTES_MAX);
    struct encoder encoder = {.capacity = capacity};
    struct mini_input mini;
    count = count < BLOCK_POINTS_MAX ? count : BLOCK_POINTS_MAX;
    while (encoder.totals.count < count) {
        size_t start = encoder.totals.count;
        size_t wanted = count - start < BLOCK_MINI_POINTS ? count - start : BLOCK_MINI_POINTS;
        size_t part = within_scale(&encoder.totals, points, start, wanted, &mini.exponent, &mini.mixed);
        if (part == 0) {
            break;
        }
        size_t size = try_mini(&encoder, points, start, &mini, part);
        if (size > capacity) {
            struct encoder best = encoder;
            add_part(&encoder, points, start, part, size, &best);
            encoder = best;
            break;
        }
        if (part < BLOCK_MINI_POINTS) {
            break;
        }
    }
    assert(encoder.totals.count > 0);
    uint8_t front[BLOCK_FRONT_MAX];
    size_t front_bytes = write_front(&encoder, &encoder.totals, encoder.mini_count, front);
    memcpy(block, front, front_bytes);
    memcpy(block + front_bytes, encoder.minis, encoder.minis_bytes);
    size_t size = front_bytes + encoder.minis_bytes;
    bytes_store_u32(block, crc32c(0, block + BLOCK_AT_FORMAT, size - BLOCK_AT_FORMAT));
    *taken = encoder.totals.count;
    return size;
}
