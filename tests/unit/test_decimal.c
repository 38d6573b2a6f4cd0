/* Decimals: text, order, difference, rounding. Quotients, products and percents stand against an oracle in
 * test_decimal_oracle.c. */
#include "unit/unit.h"

#include <locale.h>
#include <math.h>

#include "base/decimal.h"

static enum kurs_status parse(const char *text, struct kurs_decimal *decimal)
{
    return kurs_decimal_parse(text, strlen(text), decimal);
}

static struct kurs_decimal decimal_of(const char *text)
{
    struct kurs_decimal decimal = {0, 0};
    assert_int_equal(parse(text, &decimal), KURS_OK);
    return decimal;
}

static void assert_decimal(struct kurs_decimal decimal, int64_t coefficient, int exponent)
{
    assert_int_equal(decimal.coefficient, coefficient);
    assert_int_equal(decimal.exponent, exponent);
}

static void assert_reads(const char *text, int64_t coefficient, int exponent, const char *printed)
{
    char buffer[KURS_DECIMAL_SIZE];
    assert_decimal(decimal_of(text), coefficient, exponent);
    assert_int_equal(kurs_decimal_format(decimal_of(text), buffer), strlen(printed));
    assert_string_equal(buffer, printed);
}

static void published_decimals_come_back(void **state)
{
    (void)state;
    static const char *const texts[] = {"1.10",
                                        "0.01144",
                                        "0.00008",
                                        "12345",
                                        "0",
                                        "0.00",
                                        "-0.50",
                                        "0.10000000000000000",
                                        "-1",
                                        "999999999999999999",
                                        "0.00000000000000000000000000000001",
                                        "1.00000000000000000",
                                        "10",
                                        "100000000000000000"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char buffer[KURS_DECIMAL_SIZE];
        kurs_decimal_format(decimal_of(texts[i]), buffer);
        assert_string_equal(buffer, texts[i]);
    }
    assert_decimal(decimal_of("1.10"), 110, -2);
}

static void exponents_become_published_decimals(void **state)
{
    (void)state;
    assert_reads("8.05e-5", 805, -7, "0.0000805");
    assert_reads("8.05E-05", 805, -7, "0.0000805");
    assert_reads("1e3", 1000, 0, "1000");
    assert_reads("1.50e+1", 150, -1, "15.0");
    assert_reads("1.5e2", 150, 0, "150");
    assert_reads("0e7", 0, 0, "0");
    assert_reads("-2.5e-1", -25, -2, "-0.25");
}

static void bare_points_are_read(void **state)
{
    (void)state;
    assert_reads(".5", 5, -1, "0.5");
    assert_reads("5.", 5, 0, "5");
    assert_reads("007.10", 710, -2, "7.10");
}

static void a_pengo_rate_fits(void **state)
{
    (void)state;
    assert_reads("460000000000000000000000000000", INT64_C(460000000000000000), 12, "460000000000000000000000000000");
    assert_decimal(decimal_of("4.6e29"), INT64_C(460000000000000000), 12);
    assert_reads("1e49", INT64_C(100000000000000000), 32, "10000000000000000000000000000000000000000000000000");
    assert_reads("-999999999999999999e32", -DECIMAL_COEFFICIENT_MAX, 32,
                 "-99999999999999999900000000000000000000000000000000");
}

static void more_than_18_digits_are_out_of_range(void **state)
{
    (void)state;
    static const char *const texts[] = {"1234567890123456789",
                                        "1.234567890123456789",
                                        "0.1234567890123456789",
                                        "1e50",
                                        "1e-33",
                                        "1.5e-32",
                                        "0.000000000000000000000000000000001",
                                        "1e999999999999999999999",
                                        "1e-999999999999999999999",
                                        "12345678901234567.000000001"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct kurs_decimal decimal = {7, 7};
        assert_int_equal(parse(texts[i], &decimal), KURS_ERANGE);
        assert_decimal(decimal, 7, 7);
    }
}

static void excess_zeros_behind_the_point_are_dropped(void **state)
{
    (void)state;
    assert_reads("1.1000000000000000000000", INT64_C(110000000000000000), -17, "1.10000000000000000");
    assert_reads("123456789012345678.000", INT64_C(123456789012345678), 0, "123456789012345678");
    assert_reads("1234567890123456780.00", INT64_C(123456789012345678), 1, "1234567890123456780");
    assert_reads("0.0000000000000000000000000000000000000", 0, -32, "0.00000000000000000000000000000000");
    assert_reads("1.0e-32", 1, -32, "0.00000000000000000000000000000001");
}

static void other_texts_are_no_numbers(void **state)
{
    (void)state;
    static const char *const texts[] = {"",      "-",   ".",    "-.", "+1",        " 1",   "1 ",  "1,5",
                                        "1.2.3", "1e",  "1e+",  "e5", "1e5.",      "0x10", "nan", "inf",
                                        "1_000", "--1", "1e5x", "½",  "1\xC2\xA0", ".e1"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct kurs_decimal decimal = {7, 7};
        assert_int_equal(parse(texts[i], &decimal), KURS_EARGUMENT);
        assert_decimal(decimal, 7, 7);
    }
    char nul_inside[] = "1\0"
                        "2";
    struct kurs_decimal decimal;
    assert_int_equal(kurs_decimal_parse(nul_inside, 3, &decimal), KURS_EARGUMENT);
}

static void only_the_given_length_is_read(void **state)
{
    (void)state;
    struct kurs_decimal decimal;
    assert_int_equal(kurs_decimal_parse("1.25999", 4, &decimal), KURS_OK);
    assert_decimal(decimal, 125, -2);
}

static void endless_text_is_no_number(void **state)
{
    (void)state;
    char text[5000];
    struct kurs_decimal decimal;
    memset(text, '0', sizeof text);
    assert_int_equal(kurs_decimal_parse(text, sizeof text, &decimal), KURS_EARGUMENT);
    assert_int_equal(kurs_decimal_parse(text, 1024, &decimal), KURS_OK);
    assert_decimal(decimal, 0, 0);
}

static void order_is_by_value(void **state)
{
    (void)state;
    static const char *const ascending[] = {"-1e49",
                                            "-1.2",
                                            "-1.1",
                                            "-1e-32",
                                            "0",
                                            "1e-32",
                                            "0.00008",
                                            "0.0805",
                                            "1.099",
                                            "1.1",
                                            "1.11",
                                            "12e1",
                                            "999999999999999999",
                                            "1e18",
                                            "4.6e29",
                                            "1e49"};
    size_t count = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            int expected = (i > j) - (i < j);
            assert_int_equal(kurs_decimal_compare(decimal_of(ascending[i]), decimal_of(ascending[j])), expected);
        }
    }
    assert_int_equal(kurs_decimal_compare(decimal_of("1.1"), decimal_of("1.10")), 0);
    assert_int_equal(kurs_decimal_compare(decimal_of("0"), decimal_of("0.000")), 0);
    assert_int_equal(kurs_decimal_compare(decimal_of("1000e15"), decimal_of("1e18")), 0);
}

static void difference_has_the_finer_scale(void **state)
{
    (void)state;
    struct kurs_decimal difference;
    assert_int_equal(kurs_decimal_subtract(decimal_of("1.10"), decimal_of("0.0995"), &difference), KURS_OK);
    assert_decimal(difference, 10005, -4);
    assert_int_equal(kurs_decimal_subtract(decimal_of("1.1"), decimal_of("1.10"), &difference), KURS_OK);
    assert_decimal(difference, 0, -2);
    assert_int_equal(kurs_decimal_subtract(decimal_of("4.6e29"), decimal_of("4.5e29"), &difference), KURS_OK);
    assert_decimal(difference, INT64_C(100000000000000000), 11);
    assert_int_equal(kurs_decimal_subtract(decimal_of("0"), decimal_of("1e-32"), &difference), KURS_OK);
    assert_decimal(difference, -1, -32);
    /* over 10^18 each at the finer scale, under it as a difference */
    assert_int_equal(kurs_decimal_subtract(decimal_of("1.2e18"), decimal_of("999999999999999999"), &difference),
                     KURS_OK);
    assert_decimal(difference, INT64_C(200000000000000001), 0);
}

static void difference_over_18_digits_is_out_of_range(void **state)
{
    (void)state;
    struct kurs_decimal difference = {7, 7};
    static const char *const pairs[][2] = {{"1e17", "0.01"},
                                           {"1e49", "1e-32"},
                                           {"999999999999999999", "-1"},
                                           {"-999999999999999999", "999999999999999999"},
                                           {"0.00000000000000000000000000000001", "1"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_int_equal(kurs_decimal_subtract(decimal_of(pairs[i][0]), decimal_of(pairs[i][1]), &difference),
                         KURS_ERANGE);
        assert_decimal(difference, 7, 7);
    }
}

static void rounding_is_half_away_from_zero(void **state)
{
    (void)state;
    assert_decimal(kurs_decimal_round(decimal_of("1.125"), 2), 113, -2);
    assert_decimal(kurs_decimal_round(decimal_of("1.12499"), 2), 112, -2);
    assert_decimal(kurs_decimal_round(decimal_of("-1.125"), 2), -113, -2);
    assert_decimal(kurs_decimal_round(decimal_of("0.5"), 0), 1, 0);
    assert_decimal(kurs_decimal_round(decimal_of("-0.49"), 0), 0, 0);
    assert_decimal(kurs_decimal_round(decimal_of("0.999999999999999999"), 0), 1, 0);
    assert_decimal(kurs_decimal_round((struct kurs_decimal) {DECIMAL_COEFFICIENT_MAX, -32}, 0), 0, 0);
    assert_decimal(kurs_decimal_round((struct kurs_decimal) {DECIMAL_COEFFICIENT_MAX, -32}, 14), 1, -14);
    assert_decimal(kurs_decimal_round(decimal_of("0.0000805"), 5), 8, -5);
}

static void rounding_pads_where_18_digits_allow(void **state)
{
    (void)state;
    assert_decimal(kurs_decimal_round(decimal_of("1.1"), 5), 110000, -5);
    assert_decimal(kurs_decimal_round(decimal_of("123456789012345678"), 2), INT64_C(123456789012345678), 0);
    assert_decimal(kurs_decimal_round(decimal_of("4.6e29"), 2), INT64_C(460000000000000000), 12);
    assert_decimal(kurs_decimal_round((struct kurs_decimal) {5, 3}, 1), 50000, -1);
    assert_decimal(kurs_decimal_round(decimal_of("0"), 32), 0, -32);
}

static void rescaling_is_exact_or_refused(void **state)
{
    (void)state;
    int64_t rescaled = 7;
    assert_true(decimal_rescale(110, -2, -5, &rescaled));
    assert_int_equal(rescaled, 110000);
    assert_true(decimal_rescale(-110, -2, -1, &rescaled));
    assert_int_equal(rescaled, -11);
    assert_true(decimal_rescale(0, -32, 32, &rescaled));
    assert_int_equal(rescaled, 0);
    assert_true(decimal_rescale(INT64_MIN, 5, 5, &rescaled));
    assert_true(rescaled == INT64_MIN);
    rescaled = 7;
    assert_false(decimal_rescale(110, -2, 0, &rescaled));
    assert_false(decimal_rescale(INT64_C(922337203685477581), 0, -1, &rescaled));
    assert_false(decimal_rescale(1, 32, -32, &rescaled));
    assert_false(decimal_rescale(1, -32, 32, &rescaled));
    assert_int_equal(rescaled, 7);
}

static void positive_exponents_are_lowered_as_far_as_digits_allow(void **state)
{
    (void)state;
    assert_decimal(decimal_normalize((struct kurs_decimal) {46, 28}), INT64_C(460000000000000000), 12);
    assert_decimal(decimal_normalize((struct kurs_decimal) {-5, 3}), -5000, 0);
    assert_decimal(decimal_normalize((struct kurs_decimal) {0, 32}), 0, 0);
    assert_decimal(decimal_normalize((struct kurs_decimal) {110, -2}), 110, -2);
    assert_decimal(decimal_normalize((struct kurs_decimal) {DECIMAL_COEFFICIENT_MAX, 32}), DECIMAL_COEFFICIENT_MAX, 32);
}

static void digits_are_counted_at_every_power_of_ten(void **state)
{
    (void)state;
    assert_int_equal(decimal_digits(0), 1);
    for (int n = 0; n <= DECIMAL_POW10_WIDE_MAX; n++) {
        assert_int_equal(decimal_digits(decimal_pow10_wide(n)), n + 1);
        assert_int_equal(decimal_digits(decimal_pow10_wide(n) - 1), n == 0 ? 1 : n);
    }
}

static void doubles_are_the_nearest(void **state)
{
    (void)state;
    assert_true(kurs_decimal_double(decimal_of("1.10")) == 1.1);
    assert_true(kurs_decimal_double(decimal_of("-0.00008")) == -0.00008);
    assert_true(kurs_decimal_double(decimal_of("4.6e29")) == 4.6e29);
    assert_true(kurs_decimal_double(decimal_of("0.123456789012345678")) == 0.123456789012345678);
    assert_true(kurs_decimal_double(decimal_of("123456789012345678e-32")) == 123456789012345678e-32);
    assert_true(kurs_decimal_double(decimal_of("0")) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_decimals_come_back),
        cmocka_unit_test(exponents_become_published_decimals),
        cmocka_unit_test(bare_points_are_read),
        cmocka_unit_test(a_pengo_rate_fits),
        cmocka_unit_test(more_than_18_digits_are_out_of_range),
        cmocka_unit_test(excess_zeros_behind_the_point_are_dropped),
        cmocka_unit_test(other_texts_are_no_numbers),
        cmocka_unit_test(only_the_given_length_is_read),
        cmocka_unit_test(endless_text_is_no_number),
        cmocka_unit_test(order_is_by_value),
        cmocka_unit_test(difference_has_the_finer_scale),
        cmocka_unit_test(difference_over_18_digits_is_out_of_range),
        cmocka_unit_test(rounding_is_half_away_from_zero),
        cmocka_unit_test(rounding_pads_where_18_digits_allow),
        cmocka_unit_test(rescaling_is_exact_or_refused),
        cmocka_unit_test(positive_exponents_are_lowered_as_far_as_digits_allow),
        cmocka_unit_test(digits_are_counted_at_every_power_of_ten),
        cmocka_unit_test(doubles_are_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
