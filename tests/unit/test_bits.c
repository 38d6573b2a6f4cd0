/* test_bits.c: the kernels against naive loops, and columns of every shape. */
#include "unit/unit.h"

#include "store/bits_column.h"

#define SEED 42

static uint64_t random_state = SEED;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* ---- Kernels ------------------------------------------------------------------------------------------------ */

/* Bit `bit` of number i where bits.h draws it. */
static unsigned drawn_bit(const uint8_t *bytes, unsigned width, size_t i, unsigned bit)
{
    size_t lane = i % BITS_LANES, place = i / BITS_LANES * width + bit;
    const uint8_t *word = bytes + (place / 32 * BITS_LANES + lane) * 4;
    return word[place % 32 / 8] >> place % 8 & 1;
}

static void every_width_packs_as_drawn_and_unpacks(void **state)
{
    (void)state;
    for (unsigned width = 0; width <= BITS_WIDTH_MAX; width++) {
        uint32_t numbers[BITS_COUNT], back[BITS_COUNT];
        uint8_t bytes[BITS_PACKED_MAX + 2];
        memset(bytes, 0xa5, sizeof bytes);
        for (size_t i = 0; i < BITS_COUNT; i++) {
            numbers[i] = (uint32_t)(random_bits() & ((UINT64_C(1) << width) - 1));
        }
        bits_pack(width, numbers, bytes + 1);
        assert_int_equal(bytes[0], 0xa5);
        assert_int_equal(bytes[1 + bits_packed_bytes(BITS_COUNT, width)], 0xa5);
        for (size_t i = 0; i < BITS_COUNT; i++) {
            for (unsigned bit = 0; bit < width; bit++) {
                assert_int_equal(drawn_bit(bytes + 1, width, i, bit), numbers[i] >> bit & 1);
            }
        }
        bits_unpack(width, bytes + 1, back);
        assert_memory_equal(back, numbers, sizeof numbers);
    }
}

static void packed_bytes_end_behind_the_last_row(void **state)
{
    (void)state;
    assert_int_equal(bits_packed_bytes(0, 32), 0);
    assert_int_equal(bits_packed_bytes(256, 0), 0);
    assert_int_equal(bits_packed_bytes(1, 1), 32);
    assert_int_equal(bits_packed_bytes(8, 32), 32);
    assert_int_equal(bits_packed_bytes(9, 32), 64);
    assert_int_equal(bits_packed_bytes(256, 9), 288);
    assert_int_equal(bits_packed_bytes(256, 32), BITS_PACKED_MAX);
}

static void digits_of_every_count_come_back(void **state)
{
    (void)state;
    for (size_t count = 1; count <= BITS_COUNT; count++) {
        for (unsigned digits = 3; digits <= 5; digits += 2) {
            uint32_t numbers[BITS_COUNT], back[BITS_DIGITS_SIZE];
            uint8_t bytes[90];
            size_t size = bits_digit_bytes(count, digits);
            for (size_t i = 0; i < count; i++) {
                numbers[i] = (uint32_t)(random_bits() % (digits == 5 ? 3 : 6));
            }
            bits_pack_digits(digits, numbers, count, bytes);
            bits_unpack_digits(digits, bytes, count, back);
            assert_memory_equal(back, numbers, count * sizeof numbers[0]);
            assert_in_range(size * digits, count, count + digits - 1);
        }
    }
}

static void unary_totals_count_the_zeros_before_each_one(void **state)
{
    (void)state;
    for (int round = 0; round < 500; round++) {
        uint8_t unary[BITS_UNARY_MAX];
        uint16_t totals[BITS_TOTALS_SIZE];
        size_t size = random_bits() % (BITS_UNARY_MAX + 1), ones = 0, zeros = 0, found;
        uint64_t thin = round % 3 == 0 ? 0 : random_bits();
        for (size_t k = 0; k < size; k++) {
            unary[k] = (uint8_t)(random_bits() & ~(thin >> k % 8));
        }
        bits_unary_totals(unary, size, totals, &found);
        for (size_t bit = 0; bit < 8 * size && ones <= BITS_COUNT; bit++) {
            if (unary[bit / 8] >> bit % 8 & 1) {
                if (found <= BITS_COUNT) {
                    assert_int_equal(totals[ones], zeros);
                }
                ones++;
            } else {
                zeros++;
            }
        }
        assert_int_equal(found, ones);
    }
}

static void running_sums_equal_adding_one_by_one(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        uint32_t numbers[BITS_COUNT];
        uint16_t totals[BITS_COUNT];
        int64_t out[BITS_COUNT + 1];
        bool is_short = round % 2 == 0, has_totals = round % 4 < 2;
        unsigned shift = (unsigned)(random_bits() % 8);
        uint64_t first = random_bits(), step = random_bits(), sum = 0, zeros = 0;
        uint64_t unit = is_short ? random_bits() % 4096 : random_bits();
        for (size_t i = 0; i < BITS_COUNT; i++) {
            numbers[i] = (uint32_t)(random_bits() % (is_short ? 1024 : UINT32_MAX / 512));
            zeros += random_bits() % 4;
            totals[i] = (uint16_t)zeros;
        }
        out[BITS_COUNT] = 77;
        const uint16_t *given = has_totals ? totals : NULL;
        if (is_short) {
            bits_restore_short(numbers, given, shift, first, step, (uint32_t)unit, out);
        } else {
            bits_restore(numbers, given, shift, first, step, unit, out);
        }
        for (size_t i = 0; i < BITS_COUNT; i++) {
            sum += numbers[i];
            uint64_t all = sum + (has_totals ? (uint64_t)totals[i] << shift : 0);
            assert_int_equal((uint64_t)out[i], first + i * step + unit * all);
        }
        assert_int_equal(out[BITS_COUNT], 77);
    }
}

/* ---- Varints ------------------------------------------------------------------------------------------------ */

static void varints_come_back_and_bad_ones_are_told(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 64; bit++) {
        uint8_t bytes[VARINT_BYTES_MAX + 8];
        memset(bytes, (int)(random_bits() & 0xff), sizeof bytes);
        uint64_t value = random_bits() >> bit;
        uint8_t *end = bits_write_varint(bytes, value);
        struct bits_reader cut = {bytes, end - 1, false};
        for (size_t behind = 0; behind <= 8; behind++) { /* with eight at hand they are read at once */
            struct bits_reader in = {bytes, end + behind, false};
            assert_int_equal(bits_read_varint(&in), value);
            assert_false(in.bad);
            assert_ptr_equal(in.at, end);
        }
        bits_read_varint(&cut);
        assert_true(cut.bad);
        assert_int_equal(bits_unzigzag(bits_zigzag((int64_t)value)), value);
    }
    const uint8_t too_long[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    const uint8_t too_large[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02};
    struct bits_reader in = {too_long, too_long + sizeof too_long, false};
    bits_read_varint(&in);
    assert_true(in.bad);
    in = (struct bits_reader) {too_large, too_large + sizeof too_large, false};
    bits_read_varint(&in);
    assert_true(in.bad);
}

/* ---- Columns ------------------------------------------------------------------------------------------------ */

/* Writes, reads back both ways, and returns the form chosen. */
static enum column_form assert_column(const int64_t *values, size_t count)
{
    uint8_t bytes[COLUMN_BYTES_MAX];
    int64_t back[BITS_COUNT + 1];
    struct column column;
    back[count] = 77;
    uint8_t *end = column_write_values(bytes, values, count);
    struct bits_reader in = {bytes, end, false};
    assert_true(column_read(&in, count, &column));
    assert_ptr_equal(in.at, end);
    assert_true(column_values(&column, back));
    assert_memory_equal(back, values, count * sizeof *values);

    end = column_write_differences(bytes, values, count);
    in = (struct bits_reader) {bytes, end, false};
    assert_true(column_read(&in, count, &column));
    assert_ptr_equal(in.at, end);
    assert_true(column_differences(&column, values[0], back));
    assert_memory_equal(back, values, count * sizeof *values);
    assert_int_equal(back[count], 77);
    for (size_t i = 0; i < count; i++) {
        int64_t value;
        assert_true(column_difference_at(&column, values[0], i, &value));
        assert_int_equal(value, values[i]);
    }
    in = (struct bits_reader) {bytes, end - 1, false};
    assert_false(column_read(&in, count, &column));
    return column.form;
}

static void columns_of_every_width_and_count_come_back(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits <= 61; bits++) {
        for (size_t count = 1; count <= BITS_COUNT; count += count < 20 ? 1 : 59) {
            int64_t values[BITS_COUNT];
            for (size_t i = 0; i < count; i++) {
                values[i] = (int64_t)(random_bits() & ((UINT64_C(1) << bits) - 1)) - (bits % 2 == 0 ? 5000 : 0);
            }
            assert_column(values, count);
        }
    }
}

static void columns_take_the_form_that_fits_their_numbers(void **state)
{
    (void)state;
    int64_t values[BITS_COUNT];
    for (size_t i = 0; i < BITS_COUNT; i++) {
        values[i] = (int64_t)(60 * i);
    }
    assert_int_equal(assert_column(values, BITS_COUNT), COLUMN_PACKED);
    for (size_t i = 100; i < BITS_COUNT; i++) {
        values[i] += 2880 * 60; /* a weekend */
    }
    assert_int_equal(assert_column(values, BITS_COUNT), COLUMN_PATCHED);
    for (size_t i = 1; i < BITS_COUNT; i++) {
        int zeros = __builtin_ctzll(random_bits()); /* geometric */
        values[i] = values[i - 1] + (int64_t)(random_bits() % 300) + 300 * zeros;
    }
    assert_int_equal(assert_column(values, BITS_COUNT), COLUMN_UNARY);
    for (size_t i = 1; i < BITS_COUNT; i++) {
        values[i] = values[i - 1] + 7 * ((int64_t)(random_bits() % 3) - 1);
    }
    assert_int_equal(assert_column(values, BITS_COUNT), COLUMN_DIGITS);
}

static void a_unit_common_to_all_differences_is_taken_out(void **state)
{
    (void)state;
    const int64_t units[] = {1, 2, 3, 1000, 60000000, INT64_C(86400000000), INT64_C(1) << 40, 999999937};
    for (size_t k = 0; k < sizeof units / sizeof units[0]; k++) {
        int64_t values[BITS_COUNT] = {0};
        uint8_t bytes[COLUMN_BYTES_MAX];
        struct column column;
        for (size_t i = 1; i < BITS_COUNT; i++) {
            values[i] = values[i - 1] + 17 + units[k] * (int64_t)(random_bits() % 1000);
        }
        assert_column(values, BITS_COUNT);
        struct bits_reader in = {bytes, column_write_differences(bytes, values, BITS_COUNT), false};
        assert_true(column_read(&in, BITS_COUNT, &column));
        assert_int_equal(column.unit, units[k]);
    }
}

static void what_chooses_a_form_equals_counting_one_by_one(void **state)
{
    (void)state;
    for (int round = 0; round < 100; round++) {
        int64_t numbers[BITS_COUNT], least = INT64_MAX, found_least;
        uint64_t above[BITS_COUNT], total = 0, found_total;
        uint32_t low[BITS_COUNT], most = (uint32_t)(random_bits() >> (33 + random_bits() % 31));
        size_t over = 0, found_over;
        unsigned shift = (unsigned)(random_bits() % 48), cut = (unsigned)(2 + random_bits() % 61);
        for (size_t i = 0; i < BITS_COUNT; i++) {
            numbers[i] = (int64_t)(random_bits() >> cut) - (round % 2 == 0 ? (int64_t)(random_bits() >> cut) : 0);
            least = numbers[i] < least ? numbers[i] : least;
            low[i] = (uint32_t)(random_bits() >> (33 + random_bits() % 31));
            over += low[i] > most;
        }
        bits_above_least(numbers, above, &found_least);
        assert_int_equal(found_least, least);
        for (size_t i = 0; i < BITS_COUNT; i++) {
            assert_int_equal(above[i], (uint64_t)numbers[i] - (uint64_t)least);
            total += above[i] >> shift;
        }
        bits_total_shifted(above, shift, &found_total);
        assert_int_equal(found_total, total);
        bits_count_over(low, most, &found_over);
        assert_int_equal(found_over, over);
    }
}

static void adding_up_finds_extremes_and_the_sum_at_every_count(void **state)
{
    (void)state;
    for (size_t count = 1; count <= BITS_COUNT; count++) {
        int64_t numbers[BITS_COUNT];
        uint32_t short_numbers[BITS_COUNT], short_total = 0;
        unsigned shift = (unsigned)(1 + random_bits() % 63);
        int64_t low = INT64_MAX, high = -1;
        size_t low_at = 0, high_at = 0;
        __extension__ unsigned __int128 total = 0;
        for (size_t i = 0; i < count; i++) {
            numbers[i] = (int64_t)(random_bits() >> shift);
            low_at = numbers[i] < low ? i : low_at;
            low = numbers[low_at];
            high_at = numbers[i] > high ? i : high_at;
            high = numbers[high_at];
            total += (uint64_t)numbers[i];
            short_numbers[i] = (uint32_t)random_bits();
            short_total += short_numbers[i];
        }
        uint32_t found_total;
        bits_total(short_numbers, count, &found_total);
        assert_int_equal(found_total, short_total);
        struct bits_sum sum;
        bits_add_up(numbers, count, &sum);
        assert_int_equal(sum.low, low);
        assert_int_equal(sum.high, high);
        assert_int_equal(sum.low_at, low_at);
        assert_int_equal(sum.high_at, high_at);
        __extension__ unsigned __int128 found = ((unsigned __int128)sum.sum_high << 32) + sum.sum_low;
        assert_true(found == total);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_width_packs_as_drawn_and_unpacks),
        cmocka_unit_test(packed_bytes_end_behind_the_last_row),
        cmocka_unit_test(digits_of_every_count_come_back),
        cmocka_unit_test(what_chooses_a_form_equals_counting_one_by_one),
        cmocka_unit_test(adding_up_finds_extremes_and_the_sum_at_every_count),
        cmocka_unit_test(unary_totals_count_the_zeros_before_each_one),
        cmocka_unit_test(running_sums_equal_adding_one_by_one),
        cmocka_unit_test(varints_come_back_and_bad_ones_are_told),
        cmocka_unit_test(columns_of_every_width_and_count_come_back),
        cmocka_unit_test(columns_take_the_form_that_fits_their_numbers),
        cmocka_unit_test(a_unit_common_to_all_differences_is_taken_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
