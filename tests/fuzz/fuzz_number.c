/* fuzz_number.c: any bytes as a cell under any marks: a value is a rate within the limits and prints to a text that reads
 * as the same rate; units divided out multiply back. First two bytes: the marks. */
#include "ingest/number.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char thousands[] = {0, ',', '.', ' ', '\''};
    if (size < 2) {
        return 0;
    }
    struct number_style style = {data[0] % 2 ? '.' : ',', thousands[data[1] % sizeof thousands]};
    struct kurs_decimal rate, again, unit, back;
    const char *text = (const char *)data + 2;
    if (style.decimal != style.thousands && number_read(text, size - 2, style, &rate) == NUMBER_VALUE) {
        char plain[KURS_DECIMAL_SIZE];
        require(rate.coefficient > 0 && rate.exponent >= -KURS_EXPONENT_MAX && rate.exponent <= KURS_EXPONENT_MAX);
        size_t length = kurs_decimal_format(rate, plain);
        require(kurs_decimal_parse(plain, length, &again) == KURS_OK && kurs_decimal_compare(rate, again) == 0);
        int64_t units = 1 + data[0] / 2 * 10;
        if (number_per_unit(rate, units, &unit) == KURS_OK) {
            struct kurs_decimal times = {units, 0};
            require(kurs_decimal_multiply(unit, times, KURS_DIGITS_MAX, &back) != KURS_OK ||
                    kurs_decimal_compare(back, rate) == 0);
        }
    }
    (void)number_read_alone(text, size - 2, &rate);
    return 0;
}
