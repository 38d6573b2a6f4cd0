/* Percents, quotients and products against vectors worked out with exact fractions in Python (decimal_vectors.py). */
#include "unit/unit.h"

#include <math.h>

#include "base/decimal.h"
#include "unit/decimal_vectors.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void percents_are_exact_and_rounded_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(percents); i++) {
        char text[KURS_PERCENT_SIZE];
        size_t length = kurs_percent_format(&percents[i].ratio, percents[i].decimals, text);
        assert_string_equal(text, percents[i].text);
        assert_int_equal(length, strlen(percents[i].text));
    }
}

static void percents_as_doubles_agree(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(percents); i++) {
        char text[KURS_PERCENT_SIZE];
        double percent = kurs_percent_double(&percents[i].ratio);
        if (kurs_percent_format(&percents[i].ratio, KURS_PERCENT_DECIMALS_MAX, text) > 0) {
            double expected = strtod(text, NULL);
            assert_true(fabs(percent - expected) <= 1e-12 + 1e-13 * fabs(expected));
        }
    }
}

static void a_fall_is_never_below_minus_100(void **state)
{
    (void)state;
    struct kurs_ratio ratio = {{{2113980484, -32}, {1, -32}},
                               {{INT64_C(35184385138689), -32}, {INT64_C(242591731706765316), -32}}};
    char text[KURS_PERCENT_SIZE];
    assert_true(kurs_percent_double(&ratio) >= -100.0);
    kurs_percent_format(&ratio, 18, text);
    assert_string_equal(text, "-100.000000000000000000");
}

static void quotients_are_exact_and_rounded_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(quotients); i++) {
        struct kurs_decimal result = {0, 0};
        enum kurs_status status = kurs_decimal_divide(quotients[i].a, quotients[i].b, quotients[i].digits, &result);
        assert_int_equal(status, quotients[i].result.coefficient ? KURS_OK : KURS_ERANGE);
        assert_int_equal(result.coefficient, quotients[i].result.coefficient);
        assert_int_equal(result.exponent, quotients[i].result.exponent);
    }
}

static void products_are_exact_and_rounded_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(products); i++) {
        struct kurs_decimal result = {0, 0};
        enum kurs_status status = kurs_decimal_multiply(products[i].a, products[i].b, products[i].digits, &result);
        assert_int_equal(status, products[i].result.coefficient ? KURS_OK : KURS_ERANGE);
        assert_int_equal(result.coefficient, products[i].result.coefficient);
        assert_int_equal(result.exponent, products[i].result.exponent);
    }
}

static void assert_percent(struct kurs_decimal start, struct kurs_decimal end, int decimals, const char *expected)
{
    struct kurs_ratio ratio = {{end, {1, 0}}, {start, {1, 0}}};
    char text[KURS_PERCENT_SIZE];
    kurs_percent_format(&ratio, decimals, text);
    assert_string_equal(text, expected);
}

static void a_fall_too_small_to_show_keeps_its_sign(void **state)
{
    (void)state;
    struct kurs_decimal start = {1000001, -6}, end = {1000000, -6};
    assert_percent(start, end, 2, "-0.00");
    assert_percent(start, end, 0, "-0");
    assert_percent(end, start, 2, "0.00");
    assert_percent(start, start, 2, "0.00");
    assert_percent((struct kurs_decimal) {110, -2}, (struct kurs_decimal) {11, -1}, 2, "0.00");
}

static void halves_go_away_from_zero(void **state)
{
    (void)state;
    struct kurs_decimal start = {200, 0};
    assert_percent(start, (struct kurs_decimal) {201, 0}, 0, "1");    /* 0.5 */
    assert_percent(start, (struct kurs_decimal) {199, 0}, 0, "-1");   /* -0.5 */
    assert_percent(start, (struct kurs_decimal) {203, 0}, 0, "2");    /* 1.5 */
    assert_percent(start, (struct kurs_decimal) {2009, -1}, 0, "0");  /* 0.45 is not first made 0.5 */
    assert_percent(start, (struct kurs_decimal) {1991, -1}, 0, "-0"); /* -0.45 */
    assert_percent(start, (struct kurs_decimal) {39999, -2}, 0, "100");
}

static void quotients_keep_trailing_zeros(void **state)
{
    (void)state;
    struct kurs_decimal result;
    assert_int_equal(kurs_decimal_divide((struct kurs_decimal) {1, 0}, (struct kurs_decimal) {8, 0}, 6, &result),
                     KURS_OK);
    assert_int_equal(result.coefficient, 125000);
    assert_int_equal(result.exponent, -6);
    assert_int_equal(kurs_decimal_divide((struct kurs_decimal) {9996, 0}, (struct kurs_decimal) {100, 0}, 3, &result),
                     KURS_OK); /* 99.96 carries into a fourth digit */
    assert_int_equal(result.coefficient, 100);
    assert_int_equal(result.exponent, 0);
}

static void operands_are_positive_and_digits_1_to_18(void **state)
{
    (void)state;
    struct kurs_decimal one = {1, 0}, zero = {0, 0}, minus = {-1, 0}, result = {7, 7};
    assert_int_equal(kurs_decimal_divide(one, zero, 10, &result), KURS_EARGUMENT);
    assert_int_equal(kurs_decimal_divide(zero, one, 10, &result), KURS_EARGUMENT);
    assert_int_equal(kurs_decimal_divide(minus, one, 10, &result), KURS_EARGUMENT);
    assert_int_equal(kurs_decimal_multiply(one, minus, 10, &result), KURS_EARGUMENT);
    assert_int_equal(kurs_decimal_multiply(one, one, 0, &result), KURS_EARGUMENT);
    assert_int_equal(kurs_decimal_divide(one, one, 19, &result), KURS_EARGUMENT);
    assert_int_equal(result.coefficient, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percents_are_exact_and_rounded_once),
        cmocka_unit_test(percents_as_doubles_agree),
        cmocka_unit_test(a_fall_is_never_below_minus_100),
        cmocka_unit_test(quotients_are_exact_and_rounded_once),
        cmocka_unit_test(products_are_exact_and_rounded_once),
        cmocka_unit_test(a_fall_too_small_to_show_keeps_its_sign),
        cmocka_unit_test(halves_go_away_from_zero),
        cmocka_unit_test(quotients_keep_trailing_zeros),
        cmocka_unit_test(operands_are_positive_and_digits_1_to_18),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
