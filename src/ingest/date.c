/* date.c: stamps to microseconds by a compiled pattern. Owns what each op of a pattern reads; knows nothing of zones,
 * files or which pattern a file has. Stamps of ticks repeat their day, so date_read_again compares the day's bytes with
 * the last ones and reads only the time. strptime is not used: it follows the locale, knows no fractions and cannot say
 * what it did not read. */
#include "ingest/date.h"

#include "ingest/ascii.h"
#include "ingest/date_ops.h"
#include "ingest/tables.h"

#include <string.h>

#define TWO_DIGIT_PIVOT 70             /* POSIX: 70..99 are 19xx, 00..69 are 20xx */
#define EXCEL_ZERO_DAYS INT64_C(25569) /* 1970-01-01 as an Excel serial day */

bool date_day_us(int year, int month, int day, int64_t *day_us)
{
    static const int month_days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int longest = month == 2 && leap ? 29 : month_days[month - 1];
    if (day < 1 || day > longest) {
        return false;
    }
    /* days from civil: years start in March so that the leap day is the last */
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t century4 = shifted / 400, year_of = shifted - century4 * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t days = century4 * 146097 + year_of * 365 + year_of / 4 - year_of / 100 + day_of_year - 719468;
    *day_us = days * KURS_DAY_US;
    return true;
}

/* ---- reading ---- */

struct scanner {
    const char *at, *end;
    int year, month, day, hour, minute, second;
    int64_t fraction_us, offset_us;
    int half; /* 0 none, 1 am, 2 pm */
    bool has_offset;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A number of least..most digits. */
static bool read_digits(struct scanner *s, int least, int most, int *number)
{
    int value = 0, count = 0;
    while (count < most && s->at < s->end && ascii_is_digit(*s->at)) {
        value = value * 10 + (*s->at++ - '0');
        count++;
    }
    *number = value;
    return count >= least;
}

static bool read_fraction(struct scanner *s)
{
    int64_t scale = KURS_SECOND_US;
    int count = 0;
    while (count < 9 && s->at < s->end && ascii_is_digit(*s->at)) {
        scale /= 10; /* past the microsecond: dropped */
        s->fraction_us += scale * (*s->at++ - '0');
        count++;
    }
    return count > 0;
}

/* hhmmss with leading zeros lost: the digits from the right. */
static bool read_clock(struct scanner *s)
{
    int number;
    if (!read_digits(s, 1, 6, &number)) {
        return false;
    }
    s->hour = number / 10000;
    s->minute = number / 100 % 100;
    s->second = number % 100;
    return true;
}

static bool skip_word(struct scanner *s)
{
    const char *start = s->at;
    while (s->at < s->end && ((*s->at & 0x80) || (lower(*s->at) >= 'a' && lower(*s->at) <= 'z'))) {
        s->at++;
    }
    if (s->at > start && s->at < s->end && *s->at == '.') {
        s->at++;
    }
    return s->at > start;
}

static bool read_month_name(struct scanner *s)
{
    size_t used;
    if (!month_find(s->at, (size_t)(s->end - s->at), &s->month, &used)) {
        return false;
    }
    s->at += used;
    if (s->at < s->end && *s->at == '.') {
        s->at++;
    }
    return true;
}

static bool read_ampm(struct scanner *s)
{
    if (s->end - s->at < 2 || lower(s->at[1]) != 'm' || (lower(*s->at) != 'a' && lower(*s->at) != 'p')) {
        return false;
    }
    s->half = lower(*s->at) == 'a' ? 1 : 2;
    s->at += 2;
    return true;
}

/* Z, UTC, GMT, each perhaps with +hh:mm, +hhmm, +hh behind it, or these alone. Nothing at all is allowed at the end. */
static bool read_offset(struct scanner *s)
{
    if (s->at == s->end) {
        return true;
    }
    if (*s->at == 'Z' || *s->at == 'z') {
        s->at++;
        s->has_offset = true;
        return true;
    }
    if (s->end - s->at >= 3 && (memcmp(s->at, "UTC", 3) == 0 || memcmp(s->at, "GMT", 3) == 0)) {
        s->at += 3;
        s->has_offset = true;
    }
    if (s->at == s->end || (*s->at != '+' && *s->at != '-')) {
        return s->has_offset;
    }
    int sign = *s->at++ == '-' ? -1 : 1, hours, minutes = 0;
    if (!read_digits(s, 1, 2, &hours)) {
        return false;
    }
    bool colon = s->at < s->end && *s->at == ':';
    s->at += colon;
    if ((colon || (s->at < s->end && ascii_is_digit(*s->at))) && !read_digits(s, 2, 2, &minutes)) {
        return false;
    }
    s->has_offset = true;
    s->offset_us = sign * (hours * KURS_HOUR_US + minutes * KURS_MINUTE_US);
    return hours <= 18 && minutes <= 59;
}

static void skip_spaces(struct scanner *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t')) {
        s->at++;
    }
}

static bool read_two_digit_year(struct scanner *s)
{
    if (!read_digits(s, 2, 2, &s->year)) {
        return false;
    }
    s->year += s->year >= TWO_DIGIT_PIVOT ? 1900 : 2000;
    return true;
}

static bool read_quarter(struct scanner *s)
{
    int quarter;
    if (s->end - s->at < 2 || lower(*s->at) != 'q') {
        return false;
    }
    s->at++;
    if (!read_digits(s, 1, 1, &quarter) || quarter < 1 || quarter > 4) {
        return false;
    }
    s->month = quarter * 3 - 2;
    return true;
}

/* One mark of the pattern; spaces around it in the text do no harm ("2023- 10- 09"). */
static bool read_literal(struct scanner *s, char literal)
{
    if (s->at < s->end && *s->at == literal) {
        s->at++;
        return true;
    }
    skip_spaces(s);
    if (s->at == s->end || *s->at != literal) {
        return false;
    }
    s->at++;
    return true;
}

static bool read_op(struct scanner *s, unsigned char op, char literal)
{
    if (op != OP_LITERAL && op != OP_SPACE && s->at < s->end && *s->at == ' ') {
        skip_spaces(s);
    }
    switch (op) {
    case OP_YEAR4:
        return read_digits(s, 4, 4, &s->year);
    case OP_YEAR2:
        return read_two_digit_year(s);
    case OP_MONTH2:
        return read_digits(s, 2, 2, &s->month);
    case OP_MONTH:
        return read_digits(s, 1, 2, &s->month);
    case OP_MONTH_NAME:
        return read_month_name(s);
    case OP_DAY2:
        return read_digits(s, 2, 2, &s->day);
    case OP_DAY:
        return read_digits(s, 1, 2, &s->day);
    case OP_WEEKDAY:
        return skip_word(s);
    case OP_QUARTER:
        return read_quarter(s);
    case OP_HOUR2:
        return read_digits(s, 2, 2, &s->hour);
    case OP_HOUR:
        return read_digits(s, 1, 2, &s->hour);
    case OP_MINUTE:
        return read_digits(s, 2, 2, &s->minute);
    case OP_SECOND:
        return read_digits(s, 2, 2, &s->second);
    case OP_FRACTION:
        return read_fraction(s);
    case OP_CLOCK:
        return read_clock(s);
    case OP_AMPM:
        return read_ampm(s);
    case OP_OFFSET:
        return read_offset(s);
    case OP_REST:
        s->at = s->end;
        return true;
    case OP_SPACE:
        skip_spaces(s);
        return true;
    default:
        return read_literal(s, literal);
    }
}

/* ".fff" may be missing: programs leave it out when it is zero. */
static bool fraction_missing(const struct date_format *format, int at, const struct scanner *s)
{
    return format->op[at] == OP_LITERAL && format->op[at + 1] == OP_FRACTION &&
           (s->at == s->end || (unsigned char)*s->at != format->literal[at]);
}

static bool read_ops(const struct date_format *format, int first, struct scanner *s)
{
    for (int i = first; i < format->op_count; i++) {
        if (fraction_missing(format, i, s)) {
            i++;
        } else if (!read_op(s, format->op[i], (char)format->literal[i])) {
            return false;
        }
    }
    return s->at == s->end;
}

/* The time of day in microseconds. */
static bool clock_us(const struct scanner *s, int64_t *us)
{
    int hour = s->hour;
    if (s->half) {
        if (hour < 1 || hour > 12) {
            return false;
        }
        hour = hour % 12 + (s->half == 2 ? 12 : 0);
    }
    if (hour > 23 || s->minute > 59 || s->second > 59) {
        return false;
    }
    *us = hour * KURS_HOUR_US + s->minute * KURS_MINUTE_US + s->second * KURS_SECOND_US + s->fraction_us;
    return true;
}

/* "1585774800", "-3.5", in units of unit_us microseconds, or of 1/per_us of one (nanoseconds). */
static bool read_count(const char *at, const char *end, int64_t unit_us, int64_t per_us, int64_t *us)
{
    bool negative = at < end && *at == '-';
    at += negative;
    int64_t whole = 0;
    int digits = 0;
    for (; at < end && ascii_is_digit(*at); at++, digits++) {
        if (whole > (INT64_MAX - 9) / 10) {
            return false;
        }
        whole = whole * 10 + (*at - '0');
    }
    if (digits == 0 || whole > INT64_MAX / 2 / unit_us) {
        return false;
    }
    int64_t value = whole * unit_us / per_us, scale = unit_us;
    if (at < end && (*at == '.' || *at == ',')) {
        for (at++; at < end && ascii_is_digit(*at); at++) {
            scale /= 10;
            value += scale * (*at - '0');
        }
    }
    *us = negative ? -value : value;
    return at == end;
}

static bool in_years(int64_t us)
{
    return us >= KURS_TIME_MIN && us <= KURS_TIME_MAX;
}

int64_t date_epoch_us(const struct date_format *format)
{
    switch (format->op[0]) {
    case OP_EPOCH_S:
        return KURS_SECOND_US;
    case OP_EPOCH_MS:
        return 1000;
    case OP_EPOCH_US:
        return 1;
    default:
        return 0;
    }
}

static bool read_word(const struct date_format *format, const char *at, const char *end, struct date_value *value)
{
    int64_t unit_us = date_epoch_us(format), per_us = 1;
    switch (format->op[0]) {
    case OP_MS_OF_DAY:
        unit_us = 1000;
        break;
    case OP_EPOCH_NS:
        unit_us = 1;
        per_us = 1000;
        break;
    case OP_EXCEL:
        unit_us = KURS_DAY_US;
        break;
    default:
        break;
    }
    struct date_value made = {.has_time = true, .has_offset = true};
    if (!read_count(at, end, unit_us, per_us, &made.local_us)) {
        return false;
    }
    if (format->op[0] == OP_MS_OF_DAY) {
        if (made.local_us < 0 || made.local_us > KURS_DAY_US) {
            return false;
        }
        made.local_us += format->day_us;
        made.has_offset = false;
    } else if (format->op[0] == OP_EXCEL) {
        made.local_us = (made.local_us + 500) / 1000 * 1000; /* ten decimals of a day are no finer */
        made.local_us -= EXCEL_ZERO_DAYS * KURS_DAY_US;
        made.has_offset = false;
    }
    if (!in_years(made.local_us)) {
        return false;
    }
    *value = made;
    return true;
}

static bool has_blank(const char *text, size_t bytes)
{
    return memchr(text, ' ', bytes) || memchr(text, '\t', bytes);
}

bool date_read(const struct date_format *format, const char *text, size_t length, struct date_value *value)
{
    struct date_memory memory = {.known = false};
    return date_read_again(format, &memory, text, length, value);
}

bool date_read_again(const struct date_format *format, struct date_memory *memory, const char *text, size_t length,
                     struct date_value *value)
{
    const char *end = text + length;
    ascii_trim(&text, &end);
    if (format->op[0] >= OP_EPOCH_S) {
        return read_word(format, text, end, value);
    }
    struct scanner s = {.at = text, .end = end, .month = 1, .day = 1};
    size_t day_bytes = format->day_bytes;
    bool again = memory->known && (size_t)(end - text) >= day_bytes && memcmp(text, memory->day, day_bytes) == 0;
    int64_t day_us = memory->day_us, time_us = 0;
    if (again) {
        s.at += day_bytes;
    }
    if (!read_ops(format, again ? format->day_ops : 0, &s) || !clock_us(&s, &time_us)) {
        return false;
    }
    if (!again && !date_day_us(s.year, s.month, s.day, &day_us)) {
        return false;
    }
    if (!again && day_bytes && (size_t)(end - text) >= day_bytes && !has_blank(text, day_bytes)) {
        memcpy(memory->day, text, day_bytes);
        memory->day_us = day_us;
        memory->known = true;
    }
    *value = (struct date_value) {day_us + time_us, s.offset_us, format->has_time, s.has_offset};
    return true;
}
