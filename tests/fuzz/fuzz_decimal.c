/* Any text through kurs_decimal_parse: what it takes, prints and reads back as the same representation; order, difference
 * and rounding keep their promises on it. */
#include <assert.h>
#include <string.h>

#include "base/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_round_trip(struct kurs_decimal decimal)
{
    char text[KURS_DECIMAL_SIZE];
    struct kurs_decimal again;
    size_t length = kurs_decimal_format(decimal, text);
    assert(length == strlen(text));
    assert(length < KURS_DECIMAL_SIZE);
    enum kurs_status status = kurs_decimal_parse(text, length, &again);
    assert(status == KURS_OK);
    assert(again.coefficient == decimal.coefficient);
    assert(again.exponent == decimal.exponent);
}

static void check_arithmetic(struct kurs_decimal decimal, int decimals)
{
    struct kurs_decimal difference, rounded = kurs_decimal_round(decimal, decimals);
    assert(decimal_is_valid(rounded));
    enum kurs_status status = kurs_decimal_subtract(decimal, decimal, &difference);
    assert(status == KURS_OK);
    assert(difference.coefficient == 0);
    assert(kurs_decimal_compare(decimal, decimal) == 0);
    if (kurs_decimal_subtract(decimal, rounded, &difference) == KURS_OK) {
        int order = kurs_decimal_compare(decimal, rounded);
        assert((difference.coefficient > 0) - (difference.coefficient < 0) == order);
    }
    (void)kurs_decimal_double(decimal);
    if (decimal.coefficient > 0) {
        struct kurs_decimal inverse;
        status = kurs_decimal_divide((struct kurs_decimal) {1, 0}, decimal, 1 + decimals % 18, &inverse);
        assert(status == KURS_ERANGE || (status == KURS_OK && decimal_is_valid(inverse)));
        status = kurs_decimal_multiply(decimal, decimal, 1 + decimals % 18, &inverse);
        assert(status == KURS_ERANGE || (status == KURS_OK && decimal_is_valid(inverse)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct kurs_decimal decimal;
    enum kurs_status status = kurs_decimal_parse((const char *)data, size, &decimal);
    assert(status == KURS_OK || status == KURS_EARGUMENT || status == KURS_ERANGE);
    if (status == KURS_OK) {
        assert(decimal_is_valid(decimal));
        check_round_trip(decimal);
        check_arithmetic(decimal, (int)(size % (KURS_EXPONENT_MAX + 1)));
    }
    return 0;
}
