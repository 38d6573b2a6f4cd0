/* Cells to exact decimals under every pair of marks, and units divided out. */
#include "ingest/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct number_style POINT = {'.', 0}, POINT_COMMA = {'.', ','}, COMMA = {',', 0}, COMMA_POINT = {',', '.'},
                                 COMMA_SPACE = {',', ' '}, SWISS = {'.', '\''};

static void assert_value(const char *text, struct number_style style, int64_t coefficient, int exponent)
{
    struct kurs_decimal rate = {-1, 0};
    assert_int_equal(number_read(text, strlen(text), style, &rate), NUMBER_VALUE);
    assert_int_equal(rate.coefficient, coefficient);
    assert_int_equal(rate.exponent, exponent);
}

static void assert_cell(const char *text, struct number_style style, enum number_cell cell)
{
    struct kurs_decimal rate = {-1, 0};
    if (number_read(text, strlen(text), style, &rate) != cell) {
        print_message("%s\n", text);
    }
    assert_int_equal(number_read(text, strlen(text), style, &rate), cell);
    assert_int_equal(rate.coefficient, -1); /* untouched */
}

static void digits_are_kept_as_published(void **state)
{
    (void)state;
    assert_value("1.12345", POINT, 112345, -5);
    assert_value("1.10", POINT, 110, -2);
    assert_value("0.000087", POINT, 87, -6);
    assert_value("10635", POINT, 10635, 0);
    assert_value(".5", POINT, 5, -1);
    assert_value("5.", POINT, 5, 0);
    assert_value(" 1.1\t", POINT, 11, -1);
    assert_value("8.05e-5", POINT, 805, -7);
    assert_value("1.0772599999999999", POINT, 10772599999999999, -16);
    assert_value("0.000000000000000000000008", POINT, 8, -24);
    assert_value("1.500000000000000000000000", POINT, 150000000000000000, -17);
    assert_value("123456789012345678", POINT, 123456789012345678, 0);
}

static void thousands_marks_stand_every_three_digits(void **state)
{
    (void)state;
    assert_value("11,884.19", POINT_COMMA, 1188419, -2);
    assert_value("12.960,00", COMMA_POINT, 1296000, -2);
    assert_value("1.234.567", COMMA_POINT, 1234567, 0);
    assert_value("1'234'567.5", SWISS, 12345675, -1);
    assert_value("1\xE2\x80\x99"
                 "234.5",
                 SWISS, 12345, -1);
    assert_value("12 960,5", COMMA_SPACE, 129605, -1);
    assert_value("12\xC2\xA0"
                 "960,5",
                 COMMA_SPACE, 129605, -1);
    assert_value("12\xE2\x80\xAF"
                 "960,5",
                 COMMA_SPACE, 129605, -1);
    assert_cell("1,23.5", POINT_COMMA, NUMBER_BAD);
    assert_cell("1234,567.5", POINT_COMMA, NUMBER_BAD);
    assert_cell(",123.5", POINT_COMMA, NUMBER_BAD);
    assert_cell("1,,234", POINT_COMMA, NUMBER_BAD);
    assert_cell("1.2,345", POINT_COMMA, NUMBER_BAD);
}

static void the_style_settles_what_one_mark_means(void **state)
{
    (void)state;
    assert_value("1.000", POINT, 1000, -3);
    assert_value("1.000", COMMA_POINT, 1000, 0);
    assert_value("1,000", POINT_COMMA, 1000, 0);
    assert_value("1,000", COMMA, 1000, -3);
    assert_cell("1,000", POINT, NUMBER_BAD);
    assert_cell("1.000", COMMA, NUMBER_BAD);
}

static void missing_marks_and_zeros_are_blank(void **state)
{
    (void)state;
    static const char *const blanks[] = {"", "  ", "N/A", "ND", "N.A.", ".", "null", "NA", "-", "0", "0.0000", "0e5"};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        assert_cell(blanks[i], POINT, NUMBER_BLANK);
    }
    assert_cell("0,0000", COMMA, NUMBER_BLANK);
}

static void a_currency_sign_stands_before_or_behind(void **state)
{
    (void)state;
    assert_value("$1.0875", POINT, 10875, -4);
    assert_value("$ 1,234.5", POINT_COMMA, 12345, -1);
    assert_value("\xC2\xA3"
                 "1.5",
                 POINT, 15, -1);
    assert_value("1,0875 \xE2\x82\xAC", COMMA, 10875, -4);
    assert_value("1,0875\xC2\xA0\xE2\x82\xAC", COMMA, 10875, -4);
    assert_value("1,0875\xE2\x80\xAF\xE2\x82\xB8", COMMA, 10875, -4);
}

static void all_else_is_bad(void **state)
{
    (void)state;
    static const char *const bad[] = {"abc", "1.5%", "$1.5$", "$",     "-$1.5", "1.2.3", "1.5 USD", "0x10",
                                      "1e",  "--1",  "1-2",   "1 234", "inf",   "+",     "e5"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_cell(bad[i], POINT, NUMBER_BAD);
    }
    static const char *const negative[] = {"-1.5", " -1 ", "-1e3", "-1,234", "$-1.5"};
    for (size_t i = 0; i < sizeof negative / sizeof negative[0]; i++) {
        assert_cell(negative[i], POINT_COMMA, NUMBER_NEGATIVE);
    }
    static const char *const beyond[] = {"1.23456789012345678901", "1234567890123456789", "-1234567890123456789",
                                         "1e99", "0.000000000000000000000000000000001"};
    for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++) {
        assert_cell(beyond[i], POINT_COMMA, NUMBER_BEYOND);
    }
    char longest[400];
    memset(longest, '1', sizeof longest);
    struct kurs_decimal rate;
    assert_int_equal(number_read(longest, sizeof longest, POINT, &rate), NUMBER_BAD);
}

static void a_lone_number_with_a_mark_that_could_be_either_is_bad(void **state)
{
    (void)state;
    struct kurs_decimal rate;
    assert_int_equal(number_read_alone("0,01144", 7, &rate), NUMBER_VALUE);
    assert_int_equal(rate.exponent, -5);
    assert_int_equal(number_read_alone("1,234.50", 8, &rate), NUMBER_VALUE);
    assert_int_equal(rate.coefficient, 123450);
    assert_int_equal(number_read_alone("1.234,50", 8, &rate), NUMBER_VALUE);
    assert_int_equal(rate.coefficient, 123450);
    assert_int_equal(number_read_alone("1,234,567", 9, &rate), NUMBER_VALUE);
    assert_int_equal(rate.coefficient, 1234567);
    assert_int_equal(number_read_alone("1,234", 5, &rate), NUMBER_BAD);
    assert_int_equal(number_read_alone("0,123", 5, &rate), NUMBER_VALUE);
    assert_int_equal(rate.exponent, -3);
}

static void assert_per_unit(int64_t coefficient, int exponent, int64_t units, int64_t expected, int expected_exponent)
{
    struct kurs_decimal result = {-1, 0};
    assert_int_equal(number_per_unit((struct kurs_decimal) {coefficient, (int8_t)exponent}, units, &result), KURS_OK);
    assert_int_equal(result.coefficient, expected);
    assert_int_equal(result.exponent, expected_exponent);
}

static void units_are_divided_out_exactly(void **state)
{
    (void)state;
    assert_per_unit(12901, -4, 100, 12901, -6); /* 100 HUF = 1.2901 PLN */
    assert_per_unit(27360, -4, 10000, 27360, -8);
    assert_per_unit(15, 0, 1000, 15, -3);
    assert_per_unit(185, 0, 1, 185, 0);
    assert_per_unit(1, 0, 8, 125, -3);
    assert_per_unit(3, 0, 60, 5, -2);
    assert_per_unit(100, -2, 5, 20, -2);
    assert_per_unit(12, 3, 10, 1200, 0); /* integers have exponent 0 while they fit */
    struct kurs_decimal untouched = {-1, 0};
    assert_int_equal(number_per_unit((struct kurs_decimal) {1, 0}, 3, &untouched), KURS_ERANGE);
    assert_int_equal(number_per_unit((struct kurs_decimal) {1, -32}, 10, &untouched), KURS_ERANGE);
    assert_int_equal(untouched.coefficient, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_kept_as_published),
        cmocka_unit_test(thousands_marks_stand_every_three_digits),
        cmocka_unit_test(the_style_settles_what_one_mark_means),
        cmocka_unit_test(missing_marks_and_zeros_are_blank),
        cmocka_unit_test(a_currency_sign_stands_before_or_behind),
        cmocka_unit_test(all_else_is_bad),
        cmocka_unit_test(a_lone_number_with_a_mark_that_could_be_either_is_bad),
        cmocka_unit_test(units_are_divided_out_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
