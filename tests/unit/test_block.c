/* test_block.c: blocks give back exactly what was put in, and nothing is accepted that was not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/block.h"

#define SEED 20251212

/* Points in columns, and where a block of them is decoded to. */
struct points {
    size_t count;
    int64_t time_us[BLOCK_POINTS_MAX + 1];
    int64_t coefficient[BLOCK_POINTS_MAX + 1];
    int8_t exponent[BLOCK_POINTS_MAX + 1];
    uint32_t import_id[BLOCK_POINTS_MAX + 1];
};

static struct points in, out;
static uint64_t random_state;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static uint64_t random_below(uint64_t limit)
{
    return random_bits() % limit;
}

static int start_seeded(void **state)
{
    (void)state;
    random_state = SEED;
    memset(&in, 0, sizeof in);
    return 0;
}

static void add(int64_t time_us, int64_t coefficient, int exponent, uint32_t import_id)
{
    in.time_us[in.count] = time_us;
    in.coefficient[in.count] = coefficient;
    in.exponent[in.count] = (int8_t)exponent;
    in.import_id[in.count++] = import_id;
}

static struct block_input input_from(size_t start)
{
    return (struct block_input) {.time_us = in.time_us + start,
                                 .coefficient = in.coefficient + start,
                                 .exponent = in.exponent + start,
                                 .import_id = in.import_id + start};
}

static struct kurs_point point_at(size_t i)
{
    return (struct kurs_point) {in.time_us[i], {in.coefficient[i], in.exponent[i]}};
}

static void assert_same_points(size_t start, size_t count)
{
    assert_memory_equal(out.time_us, in.time_us + start, count * sizeof in.time_us[0]);
    assert_memory_equal(out.coefficient, in.coefficient + start, count * sizeof in.coefficient[0]);
    assert_memory_equal(out.exponent, in.exponent + start, count * sizeof in.exponent[0]);
    assert_memory_equal(out.import_id, in.import_id + start, count * sizeof in.import_id[0]);
}

static void assert_summary(const struct summary *got, size_t start, size_t count)
{
    struct summary want = {0};
    for (size_t i = start; i < start + count; i++) {
        summary_add_point(&want, point_at(i));
    }
    assert_true(summary_equal(got, &want));
}

/* Encodes from `start`, checks deeply, decodes and compares all; returns the points taken. */
static size_t assert_round_trip(size_t start, size_t capacity)
{
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t taken = 0, decoded = 0;
    struct block_input points = input_from(start);
    size_t size = block_encode(bytes, capacity, &points, in.count - start, &taken);
    assert_in_range(size, 1, capacity);
    assert_in_range(taken, 1, in.count - start);
    const char *fault = "";
    if (block_check(bytes, size, BLOCK_DEEP, &fault) != KURS_OK) {
        fail_msg("%s", fault);
    }
    struct block block;
    assert_int_equal(block_open(&block, bytes, size), KURS_OK);
    assert_int_equal(block.count, taken);
    assert_int_equal(block.first_us, in.time_us[start]);
    assert_int_equal(block.last_us, in.time_us[start + taken - 1]);
    struct block_output output = {out.time_us, out.coefficient, out.exponent, out.import_id};
    assert_int_equal(block_decode(&block, 0, block.mini_count, &output, &decoded), KURS_OK);
    assert_int_equal(decoded, taken);
    assert_same_points(start, taken);
    assert_summary(&block.summary, start, taken);
    return taken;
}

static size_t assert_all_round_trip(void)
{
    size_t blocks = 0;
    for (size_t start = 0; start < in.count; blocks++) {
        start += assert_round_trip(start, BLOCK_BYTES_MAX);
    }
    return blocks;
}

static void add_ticks(size_t count)
{
    int64_t time_us = INT64_C(1700000000000000), rate = 112345;
    for (size_t i = 0; i < count; i++) {
        time_us += (int64_t)(1 + random_below(900)) * 1000;
        rate += random_bits() & 1 ? 1 : -1;
        add(time_us, rate, -5, 7);
    }
}

/* ---- Round trips -------------------------------------------------------------------------------------------- */

static void every_count_around_a_mini_block_comes_back(void **state)
{
    (void)state;
    add_ticks(1030);
    size_t all = in.count;
    const size_t counts[] = {1, 2, 7, 8, 9, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025};
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
        in.count = counts[k];
        assert_int_equal(assert_round_trip(0, BLOCK_BYTES_MAX), counts[k]);
    }
    in.count = all;
}

static void a_full_block_takes_what_fits_and_no_less(void **state)
{
    (void)state;
    add_ticks(6000);
    size_t taken = assert_round_trip(0, BLOCK_BYTES_MAX);
    assert_in_range(taken, 2000, 5999);
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t again;
    struct block_input points = input_from(0);
    size_t size = block_encode(bytes, BLOCK_BYTES_MAX, &points, taken, &again);
    assert_int_equal(again, taken);
    assert_in_range(size, BLOCK_BYTES_MAX - 120, BLOCK_BYTES_MAX); /* one more row of 8 and column words fill it */
    assert_in_range(assert_round_trip(0, BLOCK_BYTES_MIN), 1, 512);
    assert_in_range(assert_round_trip(0, 1000), 256, 1000);
}

static void constant_series_stop_at_the_limit_of_points(void **state)
{
    (void)state;
    const size_t counts[] = {BLOCK_POINTS_MAX - 1, BLOCK_POINTS_MAX, BLOCK_POINTS_MAX + 1};
    for (size_t i = 0; i <= BLOCK_POINTS_MAX; i++) {
        add((int64_t)i * KURS_MINUTE_US, 367250, -5, 1);
    }
    for (size_t k = 0; k < 3; k++) {
        in.count = counts[k];
        size_t want = counts[k] < BLOCK_POINTS_MAX ? counts[k] : BLOCK_POINTS_MAX;
        assert_int_equal(assert_round_trip(0, BLOCK_BYTES_MAX), want);
    }
}

static void the_smallest_capacity_takes_a_part_of_any_run(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 40; count++) {
        int64_t time_us = KURS_TIME_MIN;
        in.count = 0;
        for (size_t i = 0; i < count; i++) { /* as wide as points get */
            time_us += 1 + (int64_t)random_below(UINT64_C(7000000000000000));
            add(time_us, 1 + (int64_t)random_below(UINT64_C(999999999999999999)), 0, (uint32_t)random_bits());
        }
        assert_round_trip(0, BLOCK_BYTES_MIN);
    }
}

static void constant_columns_may_be_given_as_one_value(void **state)
{
    (void)state;
    add_ticks(700);
    uint8_t columns[BLOCK_BYTES_MAX], values[BLOCK_BYTES_MAX];
    size_t taken;
    struct block_input points = input_from(0);
    size_t size = block_encode(columns, sizeof columns, &points, in.count, &taken);
    points.exponent = NULL;
    points.import_id = NULL;
    points.exponent_all = -5;
    points.import_all = 7;
    assert_int_equal(block_encode(values, sizeof values, &points, in.count, &taken), size);
    assert_memory_equal(columns, values, size);
}

static void extreme_times_and_coefficients_come_back(void **state)
{
    (void)state;
    const int64_t largest = INT64_C(999999999999999999);
    add(KURS_TIME_MIN, largest, -32, 0);
    add(KURS_TIME_MIN + 1, 1, -32, UINT32_MAX);
    add(0, largest, -32, 1);
    add(KURS_TIME_MAX - 1, largest - 1, -32, UINT32_MAX - 1);
    add(KURS_TIME_MAX, 1, -32, 0);
    assert_int_equal(assert_round_trip(0, BLOCK_BYTES_MAX), 5);
    start_seeded(NULL);
    for (size_t i = 0; i < 2000; i++) {
        int64_t step = (KURS_TIME_MAX - KURS_TIME_MIN) / 2000;
        add(KURS_TIME_MIN + (int64_t)i * step + (int64_t)random_below((uint64_t)step),
            (int64_t)random_below((uint64_t)largest) + 1, 32, (uint32_t)random_bits());
    }
    assert_in_range(assert_all_round_trip(), 5, 20);
}

static void exponents_too_far_apart_end_the_block(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++) {
        add(i, INT64_C(999999999999999999), i % 2 == 0 ? -32 : 32, 1);
    }
    assert_int_equal(assert_all_round_trip(), 40);
    start_seeded(NULL);
    add(1, 461, 16, 1); /* 4.61e18 < 2^62 at exponent 0 */
    add(2, 1, 0, 1);
    add(3, 462, 16, 1); /* 4.62e18 > 2^62 */
    add(4, 1, 17, 1);
    add(5, 1, -1, 1);
    assert_int_equal(assert_round_trip(0, BLOCK_BYTES_MAX), 2);
    assert_int_equal(assert_round_trip(1, BLOCK_BYTES_MAX), 1);
    assert_int_equal(assert_round_trip(2, BLOCK_BYTES_MAX), 2);
}

static void dropped_trailing_zeros_cost_nothing(void **state)
{
    (void)state;
    size_t size[2], taken;
    for (int drop = 0; drop < 2; drop++) {
        start_seeded(NULL);
        add_ticks(1024);
        for (size_t i = 0; drop == 1 && i < in.count; i++) {
            while (in.coefficient[i] % 10 == 0) {
                in.coefficient[i] /= 10;
                in.exponent[i]++;
            }
        }
        uint8_t bytes[BLOCK_BYTES_MAX];
        struct block_input points = input_from(0);
        size[drop] = block_encode(bytes, sizeof bytes, &points, in.count, &taken);
        assert_int_equal(assert_round_trip(0, BLOCK_BYTES_MAX), 1024);
    }
    assert_in_range(size[1], size[0], size[0] + 4 + 4 * 2); /* four bytes of the head, two a mini-block */
}

static void exponents_of_any_kind_come_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3000; i++) {
        int exponent = i < 1000 ? (int)random_below(4) - 6 : i < 2000 ? -8 : (int)random_below(5) - 2;
        add((int64_t)i * KURS_DAY_US, 1 + (int64_t)random_below(100000), exponent, 3);
    }
    assert_all_round_trip();
}

static void import_ids_of_any_kind_come_back(void **state)
{
    (void)state;
    add_ticks(4000);
    for (size_t i = 0; i < in.count; i++) {
        in.import_id[i] = i < 500    ? 1
                          : i < 1500 ? (uint32_t)i
                          : i < 2500 ? (random_below(20) == 0 ? 99 : 4)
                                     : (uint32_t)random_bits();
    }
    assert_all_round_trip();
}

/* Every mixture of step sizes, units, exponents, ids and outliers. */
static void random_series_come_back(void **state)
{
    (void)state;
    for (int round = 0; round < 150; round++) {
        in.count = 0;
        const int64_t units[] = {1, 1000, KURS_SECOND_US, KURS_MINUTE_US, KURS_DAY_US, 7};
        int64_t unit = units[random_below(6)], time_us = -(int64_t)random_below(UINT64_C(1) << 50);
        int64_t rate = INT64_C(1) << random_below(56), tick = 1 + (int64_t)random_below(5);
        int exponent = (int)random_below(40) - 20, digits = (int)random_below(3);
        uint64_t gap = UINT64_C(1) << random_below(12), jump = UINT64_C(1) << random_below(40);
        size_t count = 1 + random_below(1500);
        uint32_t import_id = 1;
        for (size_t i = 0; i < count; i++) {
            time_us += unit * (int64_t)(1 + random_below(gap) + (random_below(100) == 0 ? random_below(1 << 12) : 0));
            rate += tick * ((int64_t)random_below(9) - 4) + (random_below(90) == 0 ? (int64_t)random_below(jump) : 0);
            rate = rate < 1 ? 1 : rate;
            import_id += random_below(200) == 0 ? 1 : 0;
            add(time_us, rate, exponent + (int)random_below(1 + (uint64_t)digits), import_id);
        }
        assert_all_round_trip();
    }
}

/* ---- Lookups ------------------------------------------------------------------------------------------------ */

static struct block open_block(uint8_t *bytes, size_t *count)
{
    struct block block;
    struct block_input points = input_from(0);
    size_t size = block_encode(bytes, BLOCK_BYTES_MAX, &points, in.count, count);
    assert_int_equal(block_open(&block, bytes, size), KURS_OK);
    return block;
}

static void lookups_find_the_neighbour_on_the_asked_side(void **state)
{
    (void)state;
    add_ticks(3000);
    for (size_t i = 0; i < in.count; i++) {
        in.import_id[i] = (uint32_t)(i / 3);
    }
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t count;
    struct block block = open_block(bytes, &count);
    struct block_point found;
    for (size_t i = 0; i < count; i++) {
        for (int64_t off = -1; off <= 1; off++) { /* ticks are >= 1 ms apart */
            int64_t at_us = in.time_us[i] + off;
            size_t prior = off < 0 ? i - 1 : i, next = off > 0 ? i + 1 : i;
            if (off < 0 && i == 0) {
                assert_int_equal(block_asof(&block, at_us, &found), KURS_END);
            } else {
                assert_int_equal(block_asof(&block, at_us, &found), KURS_OK);
                assert_int_equal(found.index, prior);
                assert_int_equal(found.point.time_us, in.time_us[prior]);
                assert_int_equal(found.point.rate.coefficient, in.coefficient[prior]);
                assert_int_equal(found.point.rate.exponent, in.exponent[prior]);
                assert_int_equal(found.import_id, in.import_id[prior]);
            }
            if (next == count) {
                assert_int_equal(block_from(&block, at_us, &found), KURS_END);
            } else {
                assert_int_equal(block_from(&block, at_us, &found), KURS_OK);
                assert_int_equal(found.index, next);
                assert_int_equal(found.point.rate.coefficient, in.coefficient[next]);
            }
        }
    }
    assert_int_equal(block_asof(&block, INT64_MAX, &found), KURS_OK);
    assert_int_equal(found.index, count - 1);
    assert_int_equal(block_from(&block, INT64_MIN, &found), KURS_OK);
    assert_int_equal(found.index, 0);
}

static void folds_of_any_range_equal_adding_its_points(void **state)
{
    (void)state;
    add_ticks(2500);
    for (size_t i = 0; i < in.count; i++) {
        if (in.coefficient[i] % 10 == 0 && i % 3 != 0) {
            in.coefficient[i] /= 10;
            in.exponent[i]++;
        }
    }
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t count;
    struct block block = open_block(bytes, &count);
    for (int round = 0; round < 300; round++) {
        size_t from = random_below(count), until = from + random_below(count - from + 1);
        struct summary summary;
        int64_t until_us = until < count ? in.time_us[until] : INT64_MAX;
        assert_int_equal(block_fold(&block, in.time_us[from], until_us, &summary), KURS_OK);
        assert_summary(&summary, from, until - from);
    }
    struct summary summary = {.count = 1};
    assert_int_equal(block_fold(&block, INT64_MIN, in.time_us[0], &summary), KURS_OK);
    assert_int_equal(summary.count, 0);
    assert_int_equal(block_fold(&block, in.time_us[9], in.time_us[3], &summary), KURS_OK);
    assert_int_equal(summary.count, 0);
}

/* ---- Damage ------------------------------------------------------------------------------------------------- */

/* Uses damaged bytes in every way; whatever it returns, it must stay within bounds (the sanitizers watch). */
static void use_unchecked(const uint8_t *bytes, size_t size)
{
    struct block block;
    if (block_open(&block, bytes, size) != KURS_OK) {
        return;
    }
    size_t count;
    struct block_point found;
    struct summary summary;
    struct block_output output = {out.time_us, out.coefficient, out.exponent, out.import_id};
    enum kurs_status status = block_decode(&block, 0, block.mini_count, &output, &count);
    assert_true(status == KURS_OK || status == KURS_ECORRUPT);
    status = block_asof(&block, block.last_us, &found);
    assert_true(status == KURS_OK || status == KURS_ECORRUPT);
    status = block_from(&block, block.last_us, &found);
    assert_true(status == KURS_OK || status == KURS_ECORRUPT);
    status = block_fold(&block, block.first_us + 1, block.last_us, &summary);
    assert_true(status == KURS_OK || status == KURS_ECORRUPT);
}

static size_t damage_sample(uint8_t *bytes)
{
    add_ticks(300);
    for (size_t i = 0; i < in.count; i++) {
        in.import_id[i] = i % 50 == 0 ? 9 : 2;
        in.exponent[i] = (int8_t)(in.exponent[i] + (i % 7 == 0));
    }
    size_t taken;
    struct block_input points = input_from(0);
    size_t size = block_encode(bytes, BLOCK_BYTES_MAX, &points, in.count, &taken);
    assert_int_equal(taken, 300);
    return size;
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t size = damage_sample(bytes);
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *exact = malloc(cut + 1); /* so that the sanitizer sees a read behind it */
        assert_non_null(exact);
        memcpy(exact + 1, bytes, cut);
        assert_int_equal(block_check(exact + 1, cut, BLOCK_QUICK, NULL), KURS_ECORRUPT);
        use_unchecked(exact + 1, cut);
        free(exact);
    }
}

static void every_flipped_bit_is_refused(void **state)
{
    (void)state;
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t size = damage_sample(bytes);
    for (size_t bit = 0; bit < 8 * size; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_equal(block_check(bytes, size, BLOCK_QUICK, NULL), KURS_ECORRUPT);
        use_unchecked(bytes, size);
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    assert_int_equal(block_check(bytes, size, BLOCK_DEEP, NULL), KURS_OK);
}

/* With a checksum made to match, what DEEP accepts must still be true of its points. */
static void flipped_bits_under_a_right_checksum_never_contradict_the_head(void **state)
{
    (void)state;
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t size = damage_sample(bytes), accepted = 0;
    for (size_t bit = 32; bit < 8 * size; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
        bytes_store_u32(bytes, crc32c(0, bytes + 4, size - 4));
        struct block block;
        if (block_check(bytes, size, BLOCK_DEEP, NULL) == KURS_OK) {
            size_t count;
            struct block_output output = {in.time_us, in.coefficient, in.exponent, in.import_id};
            assert_int_equal(block_open(&block, bytes, size), KURS_OK);
            assert_int_equal(block_decode(&block, 0, block.mini_count, &output, &count), KURS_OK);
            assert_summary(&block.summary, 0, count);
            accepted++;
        }
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    assert_in_range(accepted, 1, 8 * size / 2); /* such as an id between the others, or a time between its neighbours */
}

static void exponents_out_of_range_under_a_right_checksum_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < 600; i++) {
        add((int64_t)i, 1 + (int64_t)random_below(99999), 30 + (int)(i % 3), 1);
    }
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t count;
    struct block block = open_block(bytes, &count);
    assert_int_equal(count, 600);
    for (size_t k = 0; k < 3; k++) { /* mini-blocks start with their form and zigzag exponent */
        size_t at = k == 0 ? block.minis : bytes_load_u16(bytes + block.offsets + 2 * (k - 1));
        assert_int_equal(bytes[at] & 3, 3);
        assert_int_equal(bytes[at + 1], 2 * 30);
        bytes[at + 1] = 2 * 32;
    }
    struct summary summary;
    bytes_store_u32(bytes, crc32c(0, bytes + 4, block.size - 4));
    assert_int_equal(block_check(bytes, block.size, BLOCK_DEEP, NULL), KURS_ECORRUPT);
    assert_int_equal(block_fold(&block, 1, 599, &summary), KURS_ECORRUPT);
}

static void sums_beyond_what_may_be_added_are_refused(void **state)
{
    (void)state;
    uint8_t bytes[BLOCK_BYTES_MAX], larger[BLOCK_BYTES_MAX] = {0};
    size_t count;
    add(1, 5, 0, 1);
    struct block block = open_block(bytes, &count);
    size_t head = bytes[16]; /* it ends with sum_high, here 0: one byte becomes nine */
    assert_int_equal(bytes[head - 1], 0);
    memcpy(larger, bytes, head - 1);
    memset(larger + head - 1, 0x80, 8);
    larger[head + 7] = 1 << 6; /* 2^62 */
    memcpy(larger + head + 8, bytes + head, block.size - head);
    larger[16] = (uint8_t)(head + 8);
    bytes_store_u32(larger, crc32c(0, larger + 4, block.size + 8 - 4));
    assert_int_equal(block_check(larger, block.size + 8, BLOCK_QUICK, NULL), KURS_ECORRUPT);
}

static void a_newer_format_says_so(void **state)
{
    (void)state;
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t size = damage_sample(bytes);
    const char *fault = NULL;
    bytes[4] = BLOCK_FORMAT + 1;
    bytes_store_u32(bytes, crc32c(0, bytes + 4, size - 4));
    assert_int_equal(block_check(bytes, size, BLOCK_QUICK, &fault), KURS_ENEWER);
    assert_non_null(fault);
}

#define TEST(name) cmocka_unit_test_setup(name, start_seeded)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_count_around_a_mini_block_comes_back),
        TEST(a_full_block_takes_what_fits_and_no_less),
        TEST(constant_series_stop_at_the_limit_of_points),
        TEST(the_smallest_capacity_takes_a_part_of_any_run),
        TEST(constant_columns_may_be_given_as_one_value),
        TEST(extreme_times_and_coefficients_come_back),
        TEST(exponents_too_far_apart_end_the_block),
        TEST(dropped_trailing_zeros_cost_nothing),
        TEST(exponents_of_any_kind_come_back),
        TEST(import_ids_of_any_kind_come_back),
        TEST(random_series_come_back),
        TEST(lookups_find_the_neighbour_on_the_asked_side),
        TEST(folds_of_any_range_equal_adding_its_points),
        TEST(every_truncation_is_refused),
        TEST(every_flipped_bit_is_refused),
        TEST(flipped_bits_under_a_right_checksum_never_contradict_the_head),
        TEST(exponents_out_of_range_under_a_right_checksum_are_refused),
        TEST(sums_beyond_what_may_be_added_are_refused),
        TEST(a_newer_format_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
