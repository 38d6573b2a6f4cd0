/* decimal.c: exact decimal values: text, order, difference, rounding, quotient and product. Owns the one representation
 * kurs.h promises; knows nothing of rates, marks of thousands or locales. The one idea: coefficients are < 10^18, so a
 * product of two is < 10^36 and every step below fits 128 bits; a big-number library would buy nothing. Divisions round
 * half away from zero, once. */
#include "base/decimal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_LENGTH_MAX 1024  /* a longer text is no rate; keeps the exponent counts far from overflow */
#define EXPONENT_CAP    10000 /* exponents are counted up to here: past TEXT_LENGTH_MAX the result is out of range */

const int64_t decimal_pow10_table[DECIMAL_POW10_MAX + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

const double decimal_double_pow10[DECIMAL_DOUBLE_POW10_MAX + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

bool decimal_is_valid(struct kurs_decimal decimal)
{
    return magnitude(decimal.coefficient) <= (uint64_t)DECIMAL_COEFFICIENT_MAX &&
           decimal.exponent >= -KURS_EXPONENT_MAX && decimal.exponent <= KURS_EXPONENT_MAX;
}

int decimal_digits(decimal_u128 value)
{
    int digits = 1;
    while (value >= (uint64_t)decimal_pow10(DECIMAL_POW10_MAX)) {
        value = value / (uint64_t)decimal_pow10(DECIMAL_POW10_MAX);
        digits += DECIMAL_POW10_MAX;
    }
    int more = 1; /* comparing beats dividing */
    while (more <= DECIMAL_POW10_MAX && (uint64_t)value >= (uint64_t)decimal_pow10_table[more]) {
        more++;
    }
    return digits - 1 + more;
}

bool decimal_rescale(int64_t coefficient, int from_exponent, int to_exponent, int64_t *rescaled)
{
    int shift = from_exponent - to_exponent;
    if (shift == 0 || coefficient == 0) {
        *rescaled = coefficient;
        return true;
    }
    if (shift > DECIMAL_POW10_MAX || shift < -DECIMAL_POW10_MAX) {
        return false; /* 10^19 fits no int64_t, and no int64_t but 0 is a multiple of it */
    }
    if (shift > 0) {
        int64_t product;
        if (__builtin_mul_overflow(coefficient, decimal_pow10(shift), &product)) {
            return false;
        }
        *rescaled = product;
        return true;
    }
    if (coefficient % decimal_pow10(-shift) != 0) {
        return false;
    }
    *rescaled = coefficient / decimal_pow10(-shift);
    return true;
}

/* The promised representation of coefficient * 10^exponent for any int exponent. KURS_ERANGE if there is none: digits
 * below 10^-32 that are not zero, or a value of 10^50 and more. |coefficient| < 10^18. */
static enum kurs_status represent(int64_t coefficient, int exponent, struct kurs_decimal *decimal)
{
    if (coefficient == 0 && exponent > 0) {
        exponent = 0;
    }
    while (exponent > 0 && magnitude(coefficient) < (uint64_t)decimal_pow10(KURS_DIGITS_MAX - 1)) {
        coefficient *= 10;
        exponent--;
    }
    if (coefficient == 0 && exponent < -KURS_EXPONENT_MAX) {
        exponent = -KURS_EXPONENT_MAX;
    }
    while (exponent < -KURS_EXPONENT_MAX && coefficient % 10 == 0) {
        coefficient /= 10;
        exponent++;
    }
    if (exponent < -KURS_EXPONENT_MAX || exponent > KURS_EXPONENT_MAX) {
        return KURS_ERANGE;
    }
    *decimal = (struct kurs_decimal) {coefficient, (int8_t)exponent};
    return KURS_OK;
}

struct kurs_decimal decimal_normalize(struct kurs_decimal decimal)
{
    assert(decimal_is_valid(decimal));
    struct kurs_decimal normal = decimal;
    enum kurs_status status = represent(decimal.coefficient, decimal.exponent, &normal);
    assert(status == KURS_OK);
    (void)status;
    return normal;
}

/* ---- Text -------------------------------------------------------------------------------------------------- */

/* A number as it is read: coefficient * 10^exponent, where `lost` tells of digits that did not fit. */
struct reading {
    int64_t coefficient;
    int exponent;
    bool lost;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One more digit, before or behind the decimal point. */
static void read_digit(struct reading *reading, int digit, bool behind_point)
{
    if (reading->coefficient < decimal_pow10(KURS_DIGITS_MAX - 1)) {
        reading->coefficient = reading->coefficient * 10 + digit;
        reading->exponent -= behind_point;
    } else {
        reading->lost |= digit != 0;
        reading->exponent += !behind_point;
    }
}

/* Reads "123.450" from text[*at]; false without a digit. */
static bool read_mantissa(const char *text, size_t length, size_t *at, struct reading *reading)
{
    bool behind_point = false, any = false;
    for (; *at < length; ++*at) {
        if (text[*at] == '.' && !behind_point) {
            behind_point = true;
        } else if (is_digit(text[*at])) {
            any = true;
            read_digit(reading, text[*at] - '0', behind_point);
        } else {
            break;
        }
    }
    return any;
}

/* Reads "e-5" from text[*at] if it is there; false for an e without digits. */
static bool read_exponent(const char *text, size_t length, size_t *at, struct reading *reading)
{
    if (*at == length || (text[*at] != 'e' && text[*at] != 'E')) {
        return true;
    }
    ++*at;
    bool negative = *at < length && text[*at] == '-';
    if (*at < length && (text[*at] == '-' || text[*at] == '+')) {
        ++*at;
    }
    if (*at == length || !is_digit(text[*at])) {
        return false;
    }
    int exponent = 0;
    for (; *at < length && is_digit(text[*at]); ++*at) {
        exponent = exponent < EXPONENT_CAP ? exponent * 10 + (text[*at] - '0') : exponent;
    }
    reading->exponent += negative ? -exponent : exponent;
    return true;
}

enum kurs_status kurs_decimal_parse(const char *text, size_t length, struct kurs_decimal *decimal)
{
    if (length > TEXT_LENGTH_MAX) {
        return KURS_EARGUMENT;
    }
    bool negative = length > 0 && text[0] == '-';
    size_t at = negative;
    struct reading reading = {0};
    if (!read_mantissa(text, length, &at, &reading) || !read_exponent(text, length, &at, &reading) || at != length) {
        return KURS_EARGUMENT;
    }
    if (reading.lost) {
        return KURS_ERANGE;
    }
    return represent(negative ? -reading.coefficient : reading.coefficient, reading.exponent, decimal);
}

size_t kurs_decimal_format(struct kurs_decimal decimal, char text[KURS_DECIMAL_SIZE])
{
    assert(decimal_is_valid(decimal));
    char digits[KURS_DIGITS_MAX + KURS_EXPONENT_MAX]; /* from the end, at least one before the decimal point */
    size_t first = sizeof digits;
    int decimals = decimal.exponent < 0 ? -decimal.exponent : 0;
    uint64_t rest = magnitude(decimal.coefficient);
    do {
        digits[--first] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    while (sizeof digits - first <= (size_t)decimals) {
        digits[--first] = '0';
    }

    size_t length = 0;
    if (decimal.coefficient < 0) {
        text[length++] = '-';
    }
    size_t whole = sizeof digits - first - (size_t)decimals;
    memcpy(text + length, digits + first, whole);
    length += whole;
    if (decimals > 0) {
        text[length++] = '.';
        memcpy(text + length, digits + first + whole, (size_t)decimals);
        length += (size_t)decimals;
    } else if (decimal.exponent > 0 && decimal.coefficient != 0) {
        memset(text + length, '0', (size_t)decimal.exponent);
        length += (size_t)decimal.exponent;
    }
    text[length] = '\0';
    return length;
}

/* ---- Order and arithmetic ---------------------------------------------------------------------------------- */

static int compare_u128(decimal_u128 a, decimal_u128 b)
{
    return (a > b) - (a < b);
}

/* Compares |a| with |b|. */
static int compare_magnitude(struct kurs_decimal a, struct kurs_decimal b)
{
    int shift = a.exponent - b.exponent;
    if (shift < 0) {
        return -compare_magnitude(b, a);
    }
    uint64_t a_magnitude = magnitude(a.coefficient), b_magnitude = magnitude(b.coefficient);
    if (shift > KURS_DIGITS_MAX && a_magnitude != 0) {
        return 1; /* |a| >= 10^19 units of b's last place */
    }
    decimal_u128 scale = a_magnitude == 0 ? 1 : decimal_pow10_wide(shift);
    return compare_u128(a_magnitude * scale, b_magnitude);
}

static int sign(int64_t value)
{
    return (value > 0) - (value < 0);
}

int kurs_decimal_compare(struct kurs_decimal a, struct kurs_decimal b)
{
    if (a.exponent == b.exponent) { /* nearly always, within a series */
        return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
    }
    assert(decimal_is_valid(a));
    assert(decimal_is_valid(b));
    int a_sign = sign(a.coefficient), b_sign = sign(b.coefficient);
    if (a_sign != b_sign) {
        return a_sign < b_sign ? -1 : 1;
    }
    return a_sign * compare_magnitude(a, b);
}

enum kurs_status kurs_decimal_subtract(struct kurs_decimal a, struct kurs_decimal b, struct kurs_decimal *difference)
{
    assert(decimal_is_valid(a));
    assert(decimal_is_valid(b));
    int exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
    int64_t a_scaled, b_scaled, coefficient;
    /* At most one operand changes scale. If it leaves int64_t, it is over 9 * 10^18 units of the other's last place,
     * and the other is under 10^18 of them: the difference cannot come back into range. */
    if (!decimal_rescale(a.coefficient, a.exponent, exponent, &a_scaled) ||
        !decimal_rescale(b.coefficient, b.exponent, exponent, &b_scaled) ||
        __builtin_sub_overflow(a_scaled, b_scaled, &coefficient) ||
        magnitude(coefficient) > (uint64_t)DECIMAL_COEFFICIENT_MAX) {
        return KURS_ERANGE;
    }
    return represent(coefficient, exponent, difference);
}

struct kurs_decimal kurs_decimal_round(struct kurs_decimal decimal, int decimals)
{
    assert(decimal_is_valid(decimal));
    assert(decimals >= 0);
    assert(decimals <= KURS_EXPONENT_MAX);
    int8_t exponent = (int8_t)-decimals;
    int64_t coefficient;
    if (decimal.exponent >= exponent) { /* pad */
        bool fits = decimal_rescale(decimal.coefficient, decimal.exponent, exponent, &coefficient) &&
                    magnitude(coefficient) <= (uint64_t)DECIMAL_COEFFICIENT_MAX;
        return fits ? (struct kurs_decimal) {coefficient, exponent} : decimal;
    }
    int drop = exponent - decimal.exponent;
    if (drop > DECIMAL_POW10_MAX) {
        return (struct kurs_decimal) {0, exponent}; /* |coefficient| < 10^18 is less than half of 10^19 */
    }
    int64_t unit = decimal_pow10(drop);
    int64_t rest = decimal.coefficient % unit;
    coefficient = decimal.coefficient / unit;
    if (2 * magnitude(rest) >= (uint64_t)unit) {
        coefficient += sign(decimal.coefficient);
    }
    return (struct kurs_decimal) {coefficient, exponent};
}

/* numerator * 10^shift / denominator, both under 10^37, the result under 10^19. */
static uint64_t divide_shifted(decimal_u128 numerator, decimal_u128 denominator, int shift, decimal_u128 *rest)
{
    if (denominator <= UINT64_MAX && decimal_digits(numerator) + shift <= 19) { /* the usual rates */
        uint64_t over = (uint64_t)numerator * (uint64_t)decimal_pow10_wide(shift);
        uint64_t quotient = over / (uint64_t)denominator;
        *rest = over - quotient * (uint64_t)denominator;
        return quotient;
    }
    decimal_u128 whole = numerator / denominator;
    *rest = numerator - whole * denominator;
    int step_max = DECIMAL_POW10_WIDE_MAX - decimal_digits(denominator); /* the remainder's product stays under 10^38 */
    for (int left = shift; left > 0;) {
        int step = left < step_max ? left : step_max;
        decimal_u128 power = decimal_pow10_wide(step);
        decimal_u128 part = *rest * power / denominator;
        *rest = *rest * power - part * denominator;
        whole = whole * power + part;
        left -= step;
    }
    return (uint64_t)whole;
}

enum kurs_status decimal_quotient(decimal_u128 numerator, decimal_u128 denominator, int exponent, int digits,
                                  struct kurs_decimal *quotient)
{
    assert(numerator > 0);
    assert(denominator > 0);
    assert(digits >= 1);
    assert(digits <= KURS_DIGITS_MAX);
    /* An n digit number over a d digit one has n - d or n - d + 1 digits: shifted so that `digits` or one more come
     * out. */
    int shift = digits - (decimal_digits(numerator) - decimal_digits(denominator));
    decimal_u128 under = shift < 0 ? denominator * decimal_pow10_wide(-shift) : denominator;
    decimal_u128 rest;
    uint64_t whole = divide_shifted(numerator, under, shift > 0 ? shift : 0, &rest);
    bool round_up = 2 * rest >= under;
    if (whole >= (uint64_t)decimal_pow10(digits)) { /* one digit too many: it alone decides */
        round_up = whole % 10 >= 5;
        whole = whole / 10;
        shift--;
    }
    if (round_up) {
        whole++;
    }
    if (whole == (uint64_t)decimal_pow10(digits)) { /* 99.96 became 100.0 */
        whole = whole / 10;
        shift--;
    }
    return represent((int64_t)whole, exponent - shift, quotient);
}

enum kurs_status kurs_decimal_divide(struct kurs_decimal a, struct kurs_decimal b, int digits,
                                     struct kurs_decimal *quotient)
{
    assert(decimal_is_valid(a));
    assert(decimal_is_valid(b));
    if (a.coefficient <= 0 || b.coefficient <= 0 || digits < 1 || digits > KURS_DIGITS_MAX) {
        return KURS_EARGUMENT;
    }
    return decimal_quotient((decimal_u128)a.coefficient, (decimal_u128)b.coefficient, a.exponent - b.exponent, digits,
                            quotient);
}

enum kurs_status kurs_decimal_multiply(struct kurs_decimal a, struct kurs_decimal b, int digits,
                                       struct kurs_decimal *product)
{
    assert(decimal_is_valid(a));
    assert(decimal_is_valid(b));
    if (a.coefficient <= 0 || b.coefficient <= 0 || digits < 1 || digits > KURS_DIGITS_MAX) {
        return KURS_EARGUMENT;
    }
    return decimal_quotient((decimal_u128)a.coefficient * (decimal_u128)b.coefficient, 1, a.exponent + b.exponent,
                            digits, product);
}

double kurs_decimal_double(struct kurs_decimal decimal)
{
    assert(decimal_is_valid(decimal));
    /* Both operands exact: one operation rounds once, so the result is the nearest double. */
    if (magnitude(decimal.coefficient) <= (uint64_t)DECIMAL_DOUBLE_EXACT_MAX &&
        decimal.exponent >= -DECIMAL_DOUBLE_POW10_MAX && decimal.exponent <= DECIMAL_DOUBLE_POW10_MAX) {
        double coefficient = (double)decimal.coefficient;
        return decimal.exponent < 0 ? coefficient / decimal_double_pow10[-decimal.exponent]
                                    : coefficient * decimal_double_pow10[decimal.exponent];
    }
    char text[KURS_DECIMAL_SIZE]; /* "123e-30": no decimal point, so that no locale matters */
    snprintf(text, sizeof text, "%" PRId64 "e%d", decimal.coefficient, decimal.exponent);
    return strtod(text, NULL);
}
