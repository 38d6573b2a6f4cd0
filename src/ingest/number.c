/* number.c: cells to exact decimals. Owns what a number may look like in a rate file; the marks in force are given,
 * never guessed. One pass over plain digits serves nearly every cell; all else (thousands marks, exponents, long tails
 * of zeros) is rewritten to plain text for kurs_decimal_parse. */
#include "ingest/number.h"

#include "ingest/ascii.h"
#include "ingest/tables.h"

#include <assert.h>
#include <string.h>

#define CELL_BYTES_MAX 128 /* of a number: 18 digits, their marks and a tail of zeros; longer is text */
#define PLAIN_DIGITS   18  /* characters of a cell that surely fits a coefficient */

/* The bytes of a no-break (U+00A0), narrow no-break (U+202F) or thin (U+2009) space at `at`, 0 if there is none. */
static size_t wide_space(const char *at, const char *end)
{
    if (end - at >= 2 && memcmp(at, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    if (end - at >= 3 && (memcmp(at, "\xE2\x80\xAF", 3) == 0 || memcmp(at, "\xE2\x80\x89", 3) == 0)) {
        return 3;
    }
    return 0;
}

/* The bytes of a thousands mark at `at`, 0 if there is none. */
static size_t thousands_mark(const char *at, const char *end, char thousands)
{
    if (thousands == 0 || at == end) {
        return 0;
    }
    if (*at == thousands) {
        return 1;
    }
    if (thousands == ' ') {
        return wide_space(at, end);
    }
    bool apostrophe = thousands == '\'' && end - at >= 3 && memcmp(at, "\xE2\x80\x99", 3) == 0;
    return apostrophe ? 3 : 0;
}

/* The integer part without its marks, which stand behind the first one to three digits and then every three. */
static bool copy_integer(const char **at, const char *end, char thousands, char *plain, size_t *count)
{
    size_t group = 0, marks = 0;
    while (*at < end) {
        size_t mark = thousands_mark(*at, end, thousands);
        if (mark) {
            if (group == 0 || group > 3 || (marks > 0 && group != 3)) {
                return false;
            }
            marks++;
            group = 0;
            *at += mark;
        } else if (ascii_is_digit(**at)) {
            plain[(*count)++] = *(*at)++;
            group++;
        } else {
            break;
        }
    }
    return marks == 0 || group == 3;
}

/* Digits with marks, decimal mark and exponent to what kurs_decimal_parse reads. */
static bool copy_plain(const char *at, const char *end, struct number_style style, char *plain, size_t *count)
{
    if (at < end && *at == '-') {
        plain[(*count)++] = *at++;
    }
    if (at < end && *at == style.decimal) {
        plain[(*count)++] = '0'; /* ".5" */
    }
    if (!copy_integer(&at, end, style.thousands, plain, count)) {
        return false;
    }
    if (at < end && *at == style.decimal) {
        at++;
        if (at < end && ascii_is_digit(*at)) {
            plain[(*count)++] = '.';
        }
    }
    for (; at < end; at++) {
        if (!ascii_is_digit(*at) && *at != 'e' && *at != 'E' && *at != '-' && *at != '+') {
            return false;
        }
        plain[(*count)++] = *at;
    }
    return true;
}

/* "$", "£", "¥", or a sign of Unicode's block of them, U+20A0 to U+20BF. */
static bool is_sign(const char *at, size_t bytes)
{
    return (bytes == 1 && *at == '$') ||
           (bytes == 2 && (memcmp(at, "\xC2\xA3", 2) == 0 || memcmp(at, "\xC2\xA5", 2) == 0)) ||
           (bytes == 3 && memcmp(at, "\xE2\x82", 2) == 0 && (unsigned char)at[2] >= 0xA0);
}

static size_t blank_before(const char *from, const char *end)
{
    return from < end && *from == ' ' ? 1 : wide_space(from, end);
}

static size_t blank_behind(const char *from, const char *end)
{
    for (size_t bytes = 2; bytes <= 3; bytes++) {
        if ((size_t)(end - from) >= bytes && wide_space(end - bytes, end) == bytes) {
            return bytes;
        }
    }
    return from < end && end[-1] == ' ' ? 1 : 0;
}

bool number_unsign(const char **text, size_t *length)
{
    const char *from = *text, *end = from + *length;
    for (size_t bytes = 1; bytes <= 3 && bytes < *length; bytes++) {
        if (is_sign(from, bytes)) {
            from += bytes;
            break;
        }
        if (is_sign(end - bytes, bytes)) {
            end -= bytes;
            break;
        }
    }
    if ((size_t)(end - from) == *length) {
        return false;
    }
    for (size_t blank; (blank = blank_before(from, end)) > 0;) {
        from += blank;
    }
    for (size_t blank; (blank = blank_behind(from, end)) > 0;) {
        end -= blank;
    }
    *text = from;
    *length = (size_t)(end - from);
    return true;
}

static enum number_cell read_unusual(const char *text, const char *end, struct number_style style,
                                     struct kurs_decimal *rate)
{
    size_t length = (size_t)(end - text), count = 0;
    if (missing_find(text, length)) {
        return NUMBER_BLANK;
    }
    if (number_unsign(&text, &length)) {
        end = text + length;
    }
    char plain[CELL_BYTES_MAX + 2]; /* a leading zero may be added */
    struct kurs_decimal value;
    if (length > CELL_BYTES_MAX || !copy_plain(text, end, style, plain, &count)) {
        return NUMBER_BAD;
    }
    enum kurs_status status = kurs_decimal_parse(plain, count, &value);
    if (status != KURS_OK) {
        return status == KURS_ERANGE ? NUMBER_BEYOND : NUMBER_BAD;
    }
    if (value.coefficient <= 0) {
        return value.coefficient == 0 ? NUMBER_BLANK : NUMBER_NEGATIVE;
    }
    *rate = value;
    return NUMBER_VALUE;
}

enum number_cell number_read(const char *text, size_t length, struct number_style style, struct kurs_decimal *rate)
{
    const char *end = text + length;
    ascii_trim(&text, &end);
    const char *at = text;
    int64_t coefficient = 0;
    ptrdiff_t digits = end - text, decimals = 0;
    if (digits > PLAIN_DIGITS) {
        return read_unusual(text, end, style, rate);
    }
    for (; at < end && ascii_is_digit(*at); at++) {
        coefficient = coefficient * 10 + (*at - '0');
    }
    if (at < end && *at == style.decimal) {
        digits--;
        decimals = end - ++at;
        for (; at < end && ascii_is_digit(*at); at++) {
            coefficient = coefficient * 10 + (*at - '0');
        }
    }
    if (at < end || digits == 0) {
        return read_unusual(text, end, style, rate);
    }
    if (coefficient == 0) {
        return NUMBER_BLANK;
    }
    *rate = (struct kurs_decimal) {coefficient, (int8_t)-decimals};
    return NUMBER_VALUE;
}

enum number_cell number_read_alone(const char *text, size_t length, struct kurs_decimal *rate)
{
    static const struct number_style point = {'.', ','}, comma = {',', '.'};
    const char *first = memchr(text, ',', length);
    if (!first || memchr(text, '.', (size_t)(first - text))) {
        return number_read(text, length, first ? comma : point, rate);
    }
    size_t before = (size_t)(first - text), behind = length - before - 1;
    bool one_mark = !memchr(first + 1, ',', behind) && !memchr(first + 1, '.', behind);
    if (one_mark && behind == 3 && text[0] != '0') {
        return NUMBER_BAD;
    }
    return number_read(text, length, one_mark ? comma : point, rate);
}

/* coefficient / divisor exactly, with the fewest more decimals; the divisor holds no power of ten. */
static enum kurs_status divide_exactly(int64_t *coefficient, int *exponent, int64_t divisor)
{
    const int64_t most = INT64_C(1000000000000000000) - 1;
    while (*coefficient % divisor != 0) {
        if (*coefficient > most / 10) {
            return KURS_ERANGE;
        }
        *coefficient *= 10;
        --*exponent;
    }
    *coefficient /= divisor;
    return KURS_OK;
}

enum kurs_status number_per_unit(struct kurs_decimal rate, int64_t units, struct kurs_decimal *per_unit)
{
    assert(units >= 1);
    int exponent = rate.exponent;
    int64_t coefficient = rate.coefficient;
    for (; units % 10 == 0; units /= 10) {
        exponent--;
    }
    enum kurs_status status = divide_exactly(&coefficient, &exponent, units);
    if (status != KURS_OK) {
        return status;
    }
    for (; exponent > 0 && coefficient < INT64_C(100000000000000000); exponent--) {
        coefficient *= 10; /* integers have exponent 0 while they fit */
    }
    if (exponent < -KURS_EXPONENT_MAX) {
        return KURS_ERANGE;
    }
    *per_unit = (struct kurs_decimal) {coefficient, (int8_t)exponent};
    return KURS_OK;
}
