/* decimal.h: what the library's hot paths need of decimal arithmetic beside kurs.h: powers of ten, 128-bit integers and
 * checked changes of scale. Pure values, any thread. */
#ifndef KURS_BASE_DECIMAL_H
#define KURS_BASE_DECIMAL_H

#include <assert.h>

#include "kurs.h"

/* Products of two coefficients are < 10^36; 128 bits hold 10^38. __extension__ keeps -Wpedantic quiet. */
__extension__ typedef unsigned __int128 decimal_u128;
__extension__ typedef __int128 decimal_i128;

#define DECIMAL_COEFFICIENT_MAX INT64_C(999999999999999999) /* 10^18 - 1 */
#define DECIMAL_POW10_MAX       18
#define DECIMAL_POW10_WIDE_MAX  38

extern const int64_t decimal_pow10_table[DECIMAL_POW10_MAX + 1];

#define DECIMAL_DOUBLE_EXACT_MAX (INT64_C(1) << 53) /* integers up to here are doubles */
#define DECIMAL_DOUBLE_POW10_MAX 22                 /* 10^22 is the largest power of ten that is a double */

/* 10^n as doubles. An exact integer times or over one of them is rounded once: the nearest double. Statistics only. */
extern const double decimal_double_pow10[DECIMAL_DOUBLE_POW10_MAX + 1];

/* 10^n, n in 0..18. */
static inline int64_t decimal_pow10(int n)
{
    assert(n >= 0);
    assert(n <= DECIMAL_POW10_MAX);
    return decimal_pow10_table[n];
}

/* 10^n, n in 0..38. */
static inline decimal_u128 decimal_pow10_wide(int n)
{
    assert(n >= 0);
    assert(n <= DECIMAL_POW10_WIDE_MAX);
    int low = n < DECIMAL_POW10_MAX ? n : DECIMAL_POW10_MAX;
    int middle = n - low < DECIMAL_POW10_MAX ? n - low : DECIMAL_POW10_MAX;
    return (decimal_u128)decimal_pow10(low) * (uint64_t)decimal_pow10(middle) *
           (uint64_t)decimal_pow10(n - low - middle);
}

/* *rescaled * 10^to_exponent = coefficient * 10^from_exponent, exactly. False, and *rescaled untouched, if that is no
 * integer (to a coarser scale, digits would be lost) or does not fit int64_t. Any int64_t and any exponents. */
bool decimal_rescale(int64_t coefficient, int from_exponent, int to_exponent, int64_t *rescaled);

/* Decimal digits of a value: 0 has 1, 10^17 has 18. */
int decimal_digits(decimal_u128 value);

/* The representation kurs.h promises: a positive exponent is lowered towards 0 as far as 18 digits allow. The value
 * must be representable (decimal_is_valid); it is unchanged. */
struct kurs_decimal decimal_normalize(struct kurs_decimal decimal);

/* |coefficient| < 10^18, exponent in -32..32: what every function here expects. For values read from bytes. */
bool decimal_is_valid(struct kurs_decimal decimal);

/* numerator/denominator * 10^exponent to `digits` (1..18) significant digits, half away from zero, trailing zeros kept.
 * numerator and denominator in 1..10^36. KURS_ERANGE when the exponent of the result leaves -32..32. */
enum kurs_status decimal_quotient(decimal_u128 numerator, decimal_u128 denominator, int exponent, int digits,
                                  struct kurs_decimal *quotient);

#endif
