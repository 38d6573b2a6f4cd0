/* percent.c: (ratio - 1) * 100 as text, exact, rounded once. Owns the long division; knows nothing of where ratios come
 * from. The one idea: with N = over[0]*over[1] and D = under[0]*under[1], both < 10^36, digits of N/D come one by one
 * from remainder * 10 / D, which stays < 10^37: 128 bits are enough for any shift, and the remainder left tells exactly
 * which way to round. Forming N * 10^shift - D first was dropped: it needs integers of 300 digits. */
#include "base/decimal.h"

#include <string.h>

#define FACTOR_EXPONENTS (4 * KURS_EXPONENT_MAX) /* the exponents of four factors add up to at most this */
#define RATIO_DIGITS_MAX (36 + FACTOR_EXPONENTS + 2 + KURS_PERCENT_DECIMALS_MAX)
#define TEXT_DIGITS_MAX  (KURS_PERCENT_SIZE - 3) /* sign, point and NUL */

/* numerator/denominator * 10^exponent, both in 1..10^36. */
struct fraction {
    decimal_u128 numerator, denominator;
    int exponent;
};

static struct fraction fraction_of(const struct kurs_ratio *ratio)
{
    for (int i = 0; i < 2; i++) {
        assert(decimal_is_valid(ratio->over[i]));
        assert(decimal_is_valid(ratio->under[i]));
        assert(ratio->over[i].coefficient > 0);
        assert(ratio->under[i].coefficient > 0);
    }
    return (struct fraction) {
        .numerator = (decimal_u128)ratio->over[0].coefficient * (decimal_u128)ratio->over[1].coefficient,
        .denominator = (decimal_u128)ratio->under[0].coefficient * (decimal_u128)ratio->under[1].coefficient,
        .exponent =
            ratio->over[0].exponent + ratio->over[1].exponent - ratio->under[0].exponent - ratio->under[1].exponent,
    };
}

/* A natural number in decimal and how the fraction cut off behind it compares with a half. */
struct digits {
    char digit[RATIO_DIGITS_MAX]; /* '0'..'9', most significant first, no leading zeros; none for 0 */
    int count;
    int half; /* the cut fraction against 1/2: -1 less, 0 equal, 1 more */
};

static void digits_push(struct digits *digits, int digit)
{
    if (digits->count > 0 || digit > 0) {
        digits->digit[digits->count++] = (char)('0' + digit);
    }
}

/* Drops the last `drop` digits into the cut, which `rest_zero` says was empty before. */
static void digits_cut(struct digits *digits, int drop, bool rest_zero)
{
    int keep = digits->count > drop ? digits->count - drop : 0;
    int lead = digits->count < drop ? 0 : digits->digit[keep] - '0'; /* the digit worth tenths */
    bool zero = rest_zero;
    for (int i = digits->count < drop ? keep : keep + 1; i < digits->count; i++) {
        zero = zero && digits->digit[i] == '0';
    }
    digits->count = keep;
    digits->half = lead > 5 || (lead == 5 && !zero) ? 1 : (lead == 5 ? 0 : -1);
}

/* floor(fraction * 10^shift) by long division. */
static void divide(const struct fraction *fraction, int shift, struct digits *digits)
{
    char reversed[40]; /* of an integer below 10^36 */
    int count = 0;
    *digits = (struct digits) {0};
    for (decimal_u128 whole = fraction->numerator / fraction->denominator; whole > 0; whole = whole / 10) {
        reversed[count++] = (char)(whole % 10);
    }
    while (count > 0) {
        digits_push(digits, reversed[--count]);
    }
    decimal_u128 remainder = fraction->numerator % fraction->denominator;
    int places = fraction->exponent + shift;
    for (int i = 0; i < places; i++) {
        digits_push(digits, (int)(remainder * 10 / fraction->denominator));
        remainder = remainder * 10 % fraction->denominator;
    }
    if (places < 0) {
        digits_cut(digits, -places, remainder == 0);
    } else {
        digits->half = (2 * remainder > fraction->denominator) - (2 * remainder < fraction->denominator);
    }
}

/* A rise: digits holds ratio * 10^unit >= 10^unit. Takes 10^unit off and rounds half up. */
static void rise(struct digits *digits, int unit)
{
    int i = digits->count - 1 - unit;
    while (digits->digit[i] == '0') {
        digits->digit[i--] = '9';
    }
    digits->digit[i]--;
    if (digits->half >= 0) {
        /* Never carries past the first digit: 10^unit was just taken off. */
        for (i = digits->count - 1; digits->digit[i] == '9'; i--) {
            digits->digit[i] = '0';
        }
        digits->digit[i]++;
    }
}

/* A fall: digits holds ratio * 10^unit < 10^unit <= 10^20. Replaces it by 10^unit less it, rounded half away from
 * zero: the cut fraction counts down, so only more than a half takes one off. */
static void fall(struct digits *digits, int unit)
{
    decimal_u128 kept = 0;
    for (int i = 0; i < digits->count; i++) {
        unsigned digit = (unsigned)(digits->digit[i] - '0');
        kept = kept * 10 + digit;
    }
    decimal_u128 lost = decimal_pow10_wide(unit) - kept;
    if (digits->half > 0) {
        lost--;
    }
    digits->count = 0;
    for (int i = unit; i >= 0; i--) {
        digits_push(digits, (int)(lost / decimal_pow10_wide(i) % 10));
    }
}

/* "-", digits with `decimals` of them behind the point, at least one before it. 0 if it would not fit. */
static size_t write_text(const struct digits *digits, bool negative, int decimals, char text[KURS_PERCENT_SIZE])
{
    int skip = 0;
    while (skip < digits->count && digits->digit[skip] == '0') {
        skip++;
    }
    int count = digits->count - skip;
    int shown = count > decimals ? count : decimals + 1;
    if (shown > TEXT_DIGITS_MAX) {
        text[0] = '\0';
        return 0;
    }
    size_t length = 0;
    if (negative) {
        text[length++] = '-';
    }
    for (int place = shown - 1; place >= 0; place--) {
        text[length++] = '0';
        if (place < count) {
            text[length - 1] = digits->digit[digits->count - 1 - place];
        }
        if (place == decimals && decimals > 0) {
            text[length++] = '.';
        }
    }
    text[length] = '\0';
    return length;
}

size_t kurs_percent_format(const struct kurs_ratio *ratio, int decimals, char text[KURS_PERCENT_SIZE])
{
    assert(decimals >= 0);
    assert(decimals <= KURS_PERCENT_DECIMALS_MAX);
    int unit = decimals + 2; /* in the text's last place, a ratio of 1 is 10^unit */
    struct fraction fraction = fraction_of(ratio);
    struct digits digits;
    divide(&fraction, unit, &digits);
    bool negative = digits.count <= unit;
    if (negative) {
        fall(&digits, unit);
    } else {
        rise(&digits, unit);
    }
    return write_text(&digits, negative, decimals, text);
}

/* a * 10^shift - b as a double, exact before the conversion; false if that leaves 127 bits. */
static bool scaled_difference(decimal_u128 a, int shift, decimal_u128 b, double *difference, double *scaled)
{
    if (shift + decimal_digits(a) > DECIMAL_POW10_WIDE_MAX) {
        return false;
    }
    decimal_u128 wide = a * decimal_pow10_wide(shift);
    *difference = (double)((decimal_i128)wide - (decimal_i128)b);
    *scaled = (double)wide;
    return true;
}

double kurs_percent_double(const struct kurs_ratio *ratio)
{
    struct fraction fraction = fraction_of(ratio);
    double difference, scaled;
    if (fraction.exponent >= 0 &&
        scaled_difference(fraction.numerator, fraction.exponent, fraction.denominator, &difference, &scaled)) {
        return 100.0 * (difference / (double)fraction.denominator);
    }
    if (fraction.exponent < 0 &&
        scaled_difference(fraction.denominator, -fraction.exponent, fraction.numerator, &difference, &scaled)) {
        return 100.0 * (-difference / scaled); /* this order: never below -100 */
    }
    double over = kurs_decimal_double(ratio->over[0]) / kurs_decimal_double(ratio->under[0]);
    double under = kurs_decimal_double(ratio->over[1]) / kurs_decimal_double(ratio->under[1]);
    return (over * under - 1.0) * 100.0;
}
