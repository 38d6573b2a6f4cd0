/* Any four rates through kurs_percent_format: the text fits, reads as one number, and is near the double. Input: four
 * rates of 9 bytes (coefficient, exponent), one byte of decimals. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define RATE_BYTES 9

static struct kurs_decimal rate_from(const uint8_t *data)
{
    uint64_t coefficient = bytes_load_u64(data) % (uint64_t)DECIMAL_COEFFICIENT_MAX + 1;
    int exponent = data[8] % (2 * KURS_EXPONENT_MAX + 1) - KURS_EXPONENT_MAX;
    return (struct kurs_decimal) {(int64_t)coefficient, (int8_t)exponent};
}

static void check_text(const char *text, size_t length, int decimals)
{
    assert(length == strlen(text));
    assert(length < KURS_PERCENT_SIZE);
    const char *point = strchr(text, '.');
    assert((point != NULL) == (decimals > 0));
    assert(!point || strlen(point + 1) == (size_t)decimals);
    assert(strspn(text + (text[0] == '-'), "0123456789.") == length - (text[0] == '-'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4 * RATE_BYTES + 1) {
        return 0;
    }
    struct kurs_ratio ratio = {
        .over = {rate_from(data), rate_from(data + RATE_BYTES)},
        .under = {rate_from(data + 2 * RATE_BYTES), rate_from(data + 3 * RATE_BYTES)},
    };
    int decimals = data[4 * RATE_BYTES] % (KURS_PERCENT_DECIMALS_MAX + 1);
    char text[KURS_PERCENT_SIZE];
    memset(text, 'x', sizeof text);
    size_t length = kurs_percent_format(&ratio, decimals, text);
    double percent = kurs_percent_double(&ratio);
    if (length == 0) {
        assert(text[0] == '\0');
        assert(percent > 1e74); /* 93 digits, 18 of them decimals, do not hold it */
        return 0;
    }
    check_text(text, length, decimals);
    assert(percent >= -100.0);
    double shown = strtod(text, NULL);
    assert(fabs(shown - percent) <= 0.51 * pow(10.0, -decimals) + 1e-12 * fabs(percent) + 1e-12);
    return 0;
}
