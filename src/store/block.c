/* block.c: reading blocks: the head, the check, decoding, lookups and folds. Writing is block_encode.c.
 *
 * Trust: nothing here relies on the checksum for memory safety. Positions are bounded when they are read, and values
 * of damaged bytes wrap around in unsigned arithmetic, so that a block may be decoded before it was checked. */
#include "store/block.h"

#include <string.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/bits_column.h"
#include "store/block_form.h"

#define CACHE_LINE_BYTES 64

/* ---- Head and directory ------------------------------------------------------------------------------------- */

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* A point of the head from its value at the finest exponent; false if that is no rate. */
static bool head_point(const struct block *block, uint64_t value, uint64_t above, int64_t time_us,
                       struct kurs_point *point)
{
    if (above > BLOCK_SCALE_MAX || value < 1 || value >= (uint64_t)BLOCK_VALUE_LIMIT) {
        return false;
    }
    point->time_us = time_us;
    point->rate.coefficient = above == 0 ? (int64_t)value : (int64_t)value / decimal_pow10_table[above];
    point->rate.exponent = (int8_t)(block->exponent + (int)above);
    return point->rate.coefficient <= DECIMAL_COEFFICIENT_MAX && point->rate.exponent <= KURS_EXPONENT_MAX;
}

/* first + clocks * clock; false outside the block's bounds or the calendar. */
static bool head_time(const struct block *block, uint64_t clocks, int64_t *time_us)
{
    uint64_t offset;
    if (__builtin_mul_overflow(clocks, block->clock_us, &offset) ||
        offset > (uint64_t)(KURS_TIME_MAX - block->first_us)) {
        return false;
    }
    *time_us = (int64_t)((uint64_t)block->first_us + offset);
    return true;
}

/* The varints of the head, in their order. */
struct head {
    uint64_t clock, last, low, high;
    uint64_t import_low, import_range, import_first;
    uint64_t exponent;
    uint64_t low_value, high_above, first_above, last_above, sum_low, sum_high;
    uint8_t exponent_above[4]; /* of first, last, low, high */
};

static bool read_head(struct bits_reader *in, uint8_t flags, struct head *head)
{
    head->clock = bits_read_varint(in);
    head->last = bits_read_varint(in);
    head->low = bits_read_varint(in);
    head->high = bits_read_varint(in);
    head->import_low = bits_read_varint(in);
    head->import_range = bits_read_varint(in);
    head->import_first = bits_read_varint(in);
    head->exponent = bits_read_varint(in);
    head->low_value = bits_read_varint(in);
    head->high_above = bits_read_varint(in);
    head->first_above = bits_read_varint(in);
    head->last_above = bits_read_varint(in);
    head->sum_low = bits_read_varint(in);
    head->sum_high = bits_read_varint(in);
    for (int i = 0; i < 4; i++) {
        head->exponent_above[i] = flags & BLOCK_MIXED_EXPONENTS ? bits_read_byte(in) : 0;
    }
    return !in->bad && in->at == in->end && head->clock > 0;
}

static bool set_imports(struct block *block, const struct head *head)
{
    if (head->import_low > UINT32_MAX || head->import_range > UINT32_MAX - head->import_low ||
        head->import_first > head->import_range) {
        return false;
    }
    block->import_low = (uint32_t)head->import_low;
    block->import_high = (uint32_t)(head->import_low + head->import_range);
    block->import_first = (uint32_t)(head->import_low + head->import_first);
    return true;
}

static bool set_summary(struct block *block, const struct head *head)
{
    struct summary *summary = &block->summary;
    int64_t low_us, high_us;
    if (!head_time(block, head->last, &block->last_us) || !head_time(block, head->low, &low_us) ||
        !head_time(block, head->high, &high_us)) {
        return false;
    }
    /* wraps only in damaged heads, and then gives some other number */
    uint64_t low = head->low_value;
    uint128 sum = ((uint128)head->sum_high << 64 | head->sum_low) + (uint128)block->count * low;
    summary->count = block->count;
    summary->sum_low = (uint64_t)sum;
    summary->sum_high = (int64_t)(uint64_t)(sum >> 64);
    summary->sum_exponent = block->exponent;
    const uint8_t *above = head->exponent_above;
    return head_point(block, low + head->first_above, above[0], block->first_us, &summary->first) &&
           head_point(block, low + head->last_above, above[1], block->last_us, &summary->last) &&
           head_point(block, low, above[2], low_us, &summary->low) &&
           head_point(block, low + head->high_above, above[3], high_us, &summary->high) && summary->sum_high >= 0 &&
           summary->sum_high < SUMMARY_SUM_HIGH_LIMIT;
}

static uint64_t mini_start(const struct block *block, size_t mini) /* in clocks */
{
    const uint8_t *at = block->bytes + block->directory;
    return block->wide_times ? bytes_load_u64(at + 8 * (mini - 1)) : bytes_load_u32(at + 4 * (mini - 1));
}

/* Where mini-block `mini` begins; that of mini_count is the block's end. */
static size_t mini_offset(const struct block *block, size_t mini)
{
    if (mini == 0) {
        return block->minis;
    }
    return mini == block->mini_count ? block->size : bytes_load_u16(block->bytes + block->offsets + 2 * (mini - 1));
}

static bool set_directory(struct block *block, size_t head_bytes)
{
    block->mini_count = (block->count + BLOCK_MINI_POINTS - 1) / BLOCK_MINI_POINTS;
    block->directory = head_bytes;
    block->offsets = block->directory + (block->wide_times ? 8 : 4) * (block->mini_count - 1);
    block->minis = block->offsets + 2 * (block->mini_count - 1);
    if (block->minis >= block->size) {
        return false;
    }
    uint64_t last = ((uint64_t)block->last_us - (uint64_t)block->first_us) / block->clock_us, before = 0;
    for (size_t k = 1; k < block->mini_count; k++) {
        uint64_t start = mini_start(block, k);
        if (start <= before || start > last || mini_offset(block, k) <= mini_offset(block, k - 1)) {
            return false;
        }
        before = start;
    }
    return mini_offset(block, block->mini_count - 1) < block->size;
}

enum kurs_status block_open(struct block *block, const uint8_t *bytes, size_t size)
{
    if (size <= BLOCK_AT_VARINTS || size > BLOCK_BYTES_MAX || bytes[BLOCK_AT_FORMAT] == 0) {
        return KURS_ECORRUPT;
    }
    if (bytes[BLOCK_AT_FORMAT] > BLOCK_FORMAT) {
        return KURS_ENEWER;
    }
    uint8_t flags = bytes[BLOCK_AT_FLAGS];
    size_t head_bytes = bytes[BLOCK_AT_HEAD];
    block->bytes = bytes;
    block->size = size;
    block->count = bytes_load_u16(bytes + BLOCK_AT_COUNT);
    block->first_us = (int64_t)bytes_load_u64(bytes + BLOCK_AT_FIRST);
    block->wide_times = (flags & BLOCK_WIDE_TIMES) != 0;
    block->exponent_same = (flags & BLOCK_MIXED_EXPONENTS) == 0;
    if (flags > BLOCK_FLAGS || head_bytes < BLOCK_AT_VARINTS || head_bytes > size || block->count < 1 ||
        block->count > BLOCK_POINTS_MAX || block->first_us < KURS_TIME_MIN || block->first_us > KURS_TIME_MAX) {
        return KURS_ECORRUPT;
    }
    struct head head;
    struct bits_reader in = {.at = bytes + BLOCK_AT_VARINTS, .end = bytes + head_bytes};
    if (!read_head(&in, flags, &head) || head.exponent > bits_zigzag(-KURS_EXPONENT_MAX) + 1) {
        return KURS_ECORRUPT;
    }
    block->clock_us = head.clock;
    block->exponent = (int8_t)(int64_t)bits_unzigzag(head.exponent);
    if (!set_imports(block, &head) || !set_summary(block, &head) || !set_directory(block, head_bytes)) {
        return KURS_ECORRUPT;
    }
    return KURS_OK;
}

/* ---- Mini-blocks -------------------------------------------------------------------------------------------- */

/* The parts of one mini-block, found but not decoded. */
struct mini {
    size_t count;
    int64_t first_us, first_value;
    int exponent; /* of the values */
    enum block_exponents exponent_form;
    enum block_imports import_form;
    uint32_t import_first;
    struct column times, values, exponents, imports;
    bool whole; /* its columns end where it does */
};

static bool read_mini(const struct block *block, size_t index, struct mini *mini)
{
    struct bits_reader in = {.at = block->bytes + mini_offset(block, index),
                             .end = block->bytes + mini_offset(block, index + 1)};
    uint8_t form = bits_read_byte(&in);
    mini->count = min_size(block->count - index * BLOCK_MINI_POINTS, BLOCK_MINI_POINTS);
    mini->first_us =
        (int64_t)((uint64_t)block->first_us + (index == 0 ? 0 : mini_start(block, index) * block->clock_us));
    mini->exponent_form = (enum block_exponents)(form & 3);
    mini->import_form = (enum block_imports)(form >> 2);
    mini->exponent = block->summary.first.rate.exponent;
    if (mini->exponent_form != BLOCK_EXPONENTS_FIRST) {
        uint64_t exponent = bits_read_varint(&in);
        in.bad |= exponent > bits_zigzag(-KURS_EXPONENT_MAX) + 1;
        mini->exponent = (int8_t)bits_unzigzag(exponent);
    }
    mini->first_value = (int64_t)bits_read_varint(&in);
    bool good = column_read(&in, mini->count, &mini->times) && column_read(&in, mini->count, &mini->values);
    if (mini->exponent_form == BLOCK_EXPONENTS_COLUMN) {
        good = good && column_read(&in, mini->count, &mini->exponents);
    }
    mini->import_first = block->import_first;
    if (mini->import_form == BLOCK_IMPORTS_STEPS) {
        mini->import_first = (uint32_t)bits_read_varint(&in);
    }
    if (mini->import_form != BLOCK_IMPORTS_FIRST) {
        good = good && mini->import_form <= BLOCK_IMPORTS_STEPS && column_read(&in, mini->count, &mini->imports);
    }
    mini->whole = in.at == in.end;
    return good && !in.bad && mini->exponent >= block->exponent && mini->exponent - block->exponent <= BLOCK_SCALE_MAX;
}

static bool mini_times(const struct mini *mini, int64_t *time_us)
{
    return column_differences(&mini->times, mini->first_us, time_us);
}

static bool mini_values(const struct mini *mini, int64_t *values)
{
    return column_differences(&mini->values, mini->first_value, values);
}

/* How far each published exponent lies above that of the values. */
static bool mini_above(const struct mini *mini, const int64_t *values, int64_t *above)
{
    if (mini->exponent_form == BLOCK_EXPONENTS_COLUMN) {
        uint64_t bits = 0;
        if (!column_values(&mini->exponents, above)) {
            return false;
        }
        for (size_t i = 0; i < mini->count; i++) {
            bits |= (uint64_t)above[i] > BLOCK_SCALE_MAX;
        }
        return bits == 0;
    }
    for (size_t i = 0; i < mini->count; i++) {
        above[i] = block_drop_zeros(values[i], mini->exponent).exponent - mini->exponent;
    }
    return true;
}

static bool mini_is_mixed(const struct mini *mini)
{
    return mini->exponent_form >= BLOCK_EXPONENTS_SHORTEST;
}

static bool mini_exponents(const struct mini *mini, const int64_t *values, int8_t *exponent)
{
    int64_t above[BLOCK_MINI_POINTS];
    if (!mini_is_mixed(mini)) {
        memset(exponent, mini->exponent, mini->count);
        return true;
    }
    if (!mini_above(mini, values, above)) {
        return false;
    }
    for (size_t i = 0; i < mini->count; i++) {
        exponent[i] = (int8_t)(mini->exponent + (int)above[i]);
    }
    return true;
}

/* Coefficients and exponents as published; `exponent` may be NULL. */
static bool mini_rates(const struct mini *mini, int64_t *coefficient, int8_t *exponent)
{
    int8_t own[BLOCK_MINI_POINTS];
    exponent = exponent == NULL ? own : exponent;
    if (!mini_values(mini, coefficient) || !mini_exponents(mini, coefficient, exponent)) {
        return false;
    }
    for (size_t i = 0; mini_is_mixed(mini) && i < mini->count; i++) {
        int above = exponent[i] - mini->exponent;
        coefficient[i] = above == 0 ? coefficient[i] : coefficient[i] / decimal_pow10_table[above];
    }
    return true;
}

static bool mini_imports(const struct mini *mini, uint32_t *import_id)
{
    int64_t ids[BLOCK_MINI_POINTS];
    if (mini->import_form == BLOCK_IMPORTS_COLUMN) {
        if (!column_values(&mini->imports, ids)) {
            return false;
        }
    } else if (mini->import_form == BLOCK_IMPORTS_STEPS) {
        if (!column_differences(&mini->imports, mini->import_first, ids)) {
            return false;
        }
    }
    for (size_t i = 0; i < mini->count; i++) {
        import_id[i] = mini->import_form == BLOCK_IMPORTS_FIRST ? mini->import_first : (uint32_t)ids[i];
    }
    return true;
}

enum kurs_status block_decode(const struct block *block, size_t from, size_t until, const struct block_output *output,
                              size_t *count)
{
    size_t done = 0;
    for (size_t k = from; k < until; k++) {
        struct mini mini;
        int64_t values[BLOCK_MINI_POINTS];
        if (!read_mini(block, k, &mini)) {
            return KURS_ECORRUPT;
        }
        int64_t *coefficient = output->coefficient == NULL ? values : output->coefficient + done;
        int8_t *exponent = output->exponent == NULL ? NULL : output->exponent + done;
        bool wants_rates = output->coefficient != NULL || exponent != NULL;
        if ((output->time_us != NULL && !mini_times(&mini, output->time_us + done)) ||
            (wants_rates && !mini_rates(&mini, coefficient, exponent)) ||
            (output->import_id != NULL && !mini_imports(&mini, output->import_id + done))) {
            return KURS_ECORRUPT;
        }
        done += mini.count;
    }
    *count = done;
    return KURS_OK;
}

/* Fetches a mini-block's cache lines at once: parsing it from memory would wait for one after the other. */
static void prefetch_mini(const struct block *block, size_t index)
{
    const uint8_t *end = block->bytes + mini_offset(block, index + 1);
    for (const uint8_t *at = block->bytes + mini_offset(block, index); at < end; at += CACHE_LINE_BYTES) {
        __builtin_prefetch(at);
    }
}

/* ---- Lookups ------------------------------------------------------------------------------------------------ */

size_t block_mini(const struct block *block, int64_t at_us)
{
    if (at_us <= block->first_us) {
        return 0;
    }
    uint64_t clocks = ((uint64_t)at_us - (uint64_t)block->first_us) / block->clock_us;
    size_t from = 0, until = block->mini_count; /* the answer is in [from, until) */
    while (until - from > 1) {
        size_t middle = from + (until - from) / 2;
        if (mini_start(block, middle) <= clocks) {
            from = middle;
        } else {
            until = middle;
        }
    }
    return from;
}

/* How many of the ascending times are < limit_us. The two halves of a step are one move, no branch: no predictor knows
 * them. count >= 1. */
static size_t count_before(const int64_t *time_us, size_t count, int64_t limit_us)
{
    size_t from = 0;
    for (; count > 1; count -= count / 2) {
        from = time_us[from + count / 2 - 1] < limit_us ? from + count / 2 : from;
    }
    return from + (time_us[from] < limit_us);
}

/* The rate at index i of mini_rates, without the others. */
static bool mini_rate_at(const struct mini *mini, size_t i, struct kurs_decimal *rate)
{
    int64_t value, above[BLOCK_MINI_POINTS];
    if (!column_difference_at(&mini->values, mini->first_value, i, &value)) {
        return false;
    }
    *rate = (struct kurs_decimal) {value, (int8_t)mini->exponent};
    if (mini->exponent_form == BLOCK_EXPONENTS_SHORTEST) {
        *rate = block_drop_zeros(value, mini->exponent);
    } else if (mini->exponent_form == BLOCK_EXPONENTS_COLUMN) {
        if (!column_values(&mini->exponents, above) || (uint64_t)above[i] > BLOCK_SCALE_MAX) {
            return false;
        }
        *rate = (struct kurs_decimal) {value / decimal_pow10_table[above[i]], (int8_t)(mini->exponent + (int)above[i])};
    }
    return true;
}

static enum kurs_status point_of(const struct block *block, size_t mini_index, const struct mini *mini, size_t i,
                                 int64_t time_us, struct block_point *found)
{
    struct kurs_decimal rate;
    uint32_t import_id[BLOCK_MINI_POINTS];
    if (!mini_rate_at(mini, i, &rate) || (block->import_low != block->import_high && !mini_imports(mini, import_id))) {
        return KURS_ECORRUPT;
    }
    found->point = (struct kurs_point) {time_us, rate};
    found->import_id = block->import_low == block->import_high ? block->import_low : import_id[i];
    found->index = mini_index * BLOCK_MINI_POINTS + i;
    return KURS_OK;
}

enum kurs_status block_asof(const struct block *block, int64_t at_us, struct block_point *found)
{
    if (at_us < block->first_us) {
        return KURS_END;
    }
    struct mini mini;
    int64_t time_us[BLOCK_MINI_POINTS];
    size_t index = block_mini(block, at_us);
    prefetch_mini(block, index);
    if (!read_mini(block, index, &mini) || !mini_times(&mini, time_us)) {
        return KURS_ECORRUPT;
    }
    size_t before = at_us == INT64_MAX ? mini.count : count_before(time_us, mini.count, at_us + 1);
    return before == 0 ? KURS_ECORRUPT : point_of(block, index, &mini, before - 1, time_us[before - 1], found);
}

enum kurs_status block_from(const struct block *block, int64_t from_us, struct block_point *found)
{
    if (from_us > block->last_us) {
        return KURS_END;
    }
    for (size_t index = block_mini(block, from_us); index < block->mini_count; index++) {
        struct mini mini;
        int64_t time_us[BLOCK_MINI_POINTS];
        if (!read_mini(block, index, &mini) || !mini_times(&mini, time_us)) {
            return KURS_ECORRUPT;
        }
        size_t before = count_before(time_us, mini.count, from_us);
        if (before < mini.count) {
            return point_of(block, index, &mini, before, time_us[before], found);
        }
    }
    return KURS_ECORRUPT;
}

/* ---- Folding ------------------------------------------------------------------------------------------------ */

/* The point at i, whose value stands at mini's exponent. False if it is no rate. */
static bool value_point(const struct mini *mini, const int64_t *time_us, const int64_t *values, const int8_t *exponents,
                        size_t i, struct kurs_point *point)
{
    int above = exponents[i] - mini->exponent;
    int64_t coefficient = above == 0 ? values[i] : values[i] / decimal_pow10_table[above];
    *point = (struct kurs_point) {time_us[i], {coefficient, exponents[i]}};
    return coefficient > 0 && coefficient <= DECIMAL_COEFFICIENT_MAX && exponents[i] <= KURS_EXPONENT_MAX;
}

/* Adds points [from, until) of a decoded mini-block: extremes and sum as integers, then four points and one join. */
static bool fold_mini(const struct mini *mini, const int64_t *time_us, const int64_t *values, const int8_t *exponents,
                      size_t from, size_t until, struct summary *summary)
{
    struct bits_sum all;
    bits_add_up(values + from, until - from, &all);
    int8_t finest = exponents[from];
    for (size_t i = from; mini_is_mixed(mini) && i < until; i++) {
        finest = exponents[i] < finest ? exponents[i] : finest;
    }
    uint128 sum = ((uint128)all.sum_high << 32) + all.sum_low;
    if (finest > mini->exponent) { /* exact: every value added has that many zeros at its end */
        sum /= (uint64_t)decimal_pow10_table[finest - mini->exponent];
    }
    struct summary part = {.count = until - from,
                           .sum_low = (uint64_t)sum,
                           .sum_high = (int64_t)(uint64_t)(sum >> 64),
                           .sum_exponent = finest};
    if (!value_point(mini, time_us, values, exponents, from, &part.first) ||
        !value_point(mini, time_us, values, exponents, until - 1, &part.last) ||
        !value_point(mini, time_us, values, exponents, from + all.low_at, &part.low) ||
        !value_point(mini, time_us, values, exponents, from + all.high_at, &part.high) || part.sum_high < 0 ||
        (summary->count > 0 && part.first.time_us <= summary->last.time_us)) {
        return false;
    }
    summary_join(summary, &part);
    return true;
}

enum kurs_status block_fold(const struct block *block, int64_t from_us, int64_t until_us, struct summary *summary)
{
    struct summary total = {0};
    if (from_us <= block->first_us && until_us > block->last_us) {
        *summary = block->summary;
        return KURS_OK;
    }
    bool apart = from_us >= until_us || from_us > block->last_us || until_us <= block->first_us;
    size_t last = apart ? 0 : block_mini(block, until_us - 1);
    for (size_t k = apart ? 1 : block_mini(block, from_us); k <= last; k++) {
        struct mini mini;
        int64_t time_us[BLOCK_MINI_POINTS], values[BLOCK_MINI_POINTS];
        int8_t exponents[BLOCK_MINI_POINTS];
        if (!read_mini(block, k, &mini) || !mini_times(&mini, time_us) || !mini_values(&mini, values) ||
            !mini_exponents(&mini, values, exponents)) {
            return KURS_ECORRUPT;
        }
        size_t from = count_before(time_us, mini.count, from_us);
        size_t until = count_before(time_us, mini.count, until_us);
        if (from < until && !fold_mini(&mini, time_us, values, exponents, from, until, &total)) {
            return KURS_ECORRUPT;
        }
    }
    *summary = total;
    return KURS_OK;
}

/* ---- Check -------------------------------------------------------------------------------------------------- */

struct checked {
    int64_t before_us; /* time of the point before */
    int finest;
    bool mixed;
    uint32_t import_low, import_high;
    struct summary summary;
};

static const char *check_mini(const struct block *block, size_t index, struct checked *checked)
{
    struct mini mini;
    int64_t time_us[BLOCK_MINI_POINTS], values[BLOCK_MINI_POINTS];
    int8_t exponents[BLOCK_MINI_POINTS];
    uint32_t import_id[BLOCK_MINI_POINTS];
    if (!read_mini(block, index, &mini) || !mini.whole || !mini_times(&mini, time_us) || !mini_values(&mini, values) ||
        !mini_exponents(&mini, values, exponents) || !mini_imports(&mini, import_id)) {
        return "a mini-block is malformed";
    }
    for (size_t i = 0; i < mini.count; i++) {
        if (time_us[i] <= checked->before_us || (i == 0 && time_us[i] != mini.first_us)) {
            return "times do not ascend";
        }
        int64_t power = decimal_pow10_table[exponents[i] - mini.exponent], scaled;
        int64_t coefficient = power == 1 ? values[i] : values[i] / power; /* a division costs more than all else here */
        if (values[i] < 1 || coefficient * power != values[i] || coefficient > DECIMAL_COEFFICIENT_MAX ||
            exponents[i] > KURS_EXPONENT_MAX ||
            __builtin_mul_overflow(values[i], decimal_pow10_table[mini.exponent - block->exponent], &scaled) ||
            scaled >= BLOCK_VALUE_LIMIT) {
            return "a value is no rate";
        }
        checked->before_us = time_us[i];
        checked->finest = exponents[i] < checked->finest ? exponents[i] : checked->finest;
        checked->mixed |= exponents[i] != block->summary.first.rate.exponent;
        checked->import_low = import_id[i] < checked->import_low ? import_id[i] : checked->import_low;
        checked->import_high = import_id[i] > checked->import_high ? import_id[i] : checked->import_high;
    }
    return fold_mini(&mini, time_us, values, exponents, 0, mini.count, &checked->summary) ? NULL : "a value is no rate";
}

static const char *check_contents(const struct block *block)
{
    struct checked checked = {.before_us = INT64_MIN, .finest = KURS_EXPONENT_MAX, .import_low = UINT32_MAX};
    for (size_t k = 0; k < block->mini_count; k++) {
        const char *fault = check_mini(block, k, &checked);
        if (fault != NULL) {
            return fault;
        }
    }
    if (checked.finest != block->exponent || checked.mixed == block->exponent_same ||
        checked.import_low != block->import_low || checked.import_high != block->import_high ||
        !summary_equal(&checked.summary, &block->summary)) {
        return "its head is not what its points add up to";
    }
    return NULL;
}

enum kurs_status block_open_checked(struct block *block, const uint8_t *bytes, size_t size, enum block_depth depth,
                                    const char **fault)
{
    if (size <= BLOCK_AT_VARINTS || size > BLOCK_BYTES_MAX) {
        *fault = "its size is no block's";
        return KURS_ECORRUPT;
    }
    if (crc32c(0, bytes + BLOCK_AT_FORMAT, size - BLOCK_AT_FORMAT) != bytes_load_u32(bytes)) {
        *fault = "the checksum differs";
        return KURS_ECORRUPT;
    }
    enum kurs_status status = block_open(block, bytes, size);
    if (status != KURS_OK) {
        *fault = status == KURS_ENEWER ? "its format is newer" : "its head or directory is malformed";
        return status;
    }
    const char *found = depth == BLOCK_DEEP ? check_contents(block) : NULL;
    if (found != NULL) {
        *fault = found;
        return KURS_ECORRUPT;
    }
    return KURS_OK;
}

enum kurs_status block_check(const uint8_t *bytes, size_t size, enum block_depth depth, const char **fault)
{
    struct block block;
    const char *unused;
    return block_open_checked(&block, bytes, size, depth, fault == NULL ? &unused : fault);
}
