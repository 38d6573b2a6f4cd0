/* date_fixed.c: see date_fixed.h. Owns the shapes that are read at once. The clock is checked and read in one word:
 * x-ored with its form ("00:00:00"), digits become 0 to 9 and marks 0; adding 6 to the one and 15 to the other then
 * reaches into the high nibble just where a byte is wrong. */
#include "ingest/date_fixed.h"

#include "ingest/ascii.h"
#include "ingest/date_ops.h"
#include "ingest/swar.h"

static bool compile_day(const struct date_format *format, struct date_fixed *fixed)
{
    unsigned at = 0;
    for (int i = 0; i < format->day_ops; i++) {
        unsigned digits = format->op[i] == OP_YEAR4 ? 4 : format->op[i] == OP_LITERAL ? 0 : 2;
        fixed->year_at = format->op[i] == OP_YEAR4 ? at : fixed->year_at;
        fixed->month_at = format->op[i] == OP_MONTH2 ? at : fixed->month_at;
        fixed->day_at = format->op[i] == OP_DAY2 ? at : fixed->day_at;
        memset(fixed->day_form + at, digits ? '0' : format->literal[i], digits ? digits : 1);
        at += digits ? digits : 1;
    }
    fixed->day_bytes = at;
    return at >= 8;
}

/* Two digits of the clock, or a mark of it. */
static void add_to_clock(struct date_fixed *fixed, char form, unsigned bytes)
{
    for (; bytes > 0; bytes--) {
        unsigned shift = 8 * fixed->clock_bytes++;
        fixed->clock_mask |= UINT64_C(0xFF) << shift;
        fixed->clock_form |= (uint64_t)(unsigned char)form << shift;
        fixed->clock_room |= UINT64_C(0x0F) << shift;
    }
    if (form == '0') {
        fixed->clock_room &= ~(UINT64_C(0x0909) << 8 * (fixed->clock_bytes - 2));
    }
}

/* "HH:MM:SS", "HHMMSS", "HH:MM": returns how many ops they are, 0 for another shape. */
static size_t compile_digits(const unsigned char *op, const unsigned char *literal, struct date_fixed *fixed)
{
    size_t i = 1;
    if (op[0] != OP_HOUR2 && op[0] != OP_CLOCK) {
        return 0;
    }
    add_to_clock(fixed, '0', 2);
    for (int wanted = OP_MINUTE; wanted <= OP_SECOND; wanted++) {
        size_t mark = op[i] == OP_LITERAL;
        if (op[0] == OP_HOUR2) {
            if (op[i + mark] != wanted) {
                break;
            }
            if (mark) {
                add_to_clock(fixed, (char)literal[i], 1);
            }
            i += mark + 1;
        } /* hhmmss: one that lost leading zeros is not of six digits, so date_read has it */
        *(wanted == OP_MINUTE ? &fixed->minute_shift : &fixed->second_shift) = 8 * fixed->clock_bytes;
        add_to_clock(fixed, '0', 2);
    }
    return fixed->minute_shift ? i : 0;
}

static bool compile_clock(const struct date_format *format, struct date_fixed *fixed)
{
    const unsigned char *op = format->op + format->day_ops, *literal = format->literal + format->day_ops;
    if (op[0] != OP_LITERAL && op[0] != OP_SPACE) {
        return false;
    }
    fixed->gap = (char)literal[0];
    size_t used = compile_digits(op + 1, literal + 1, fixed), i = used + 1;
    if (used == 0) {
        return false;
    }
    if (op[i] == OP_LITERAL && op[i + 1] == OP_FRACTION && fixed->second_shift) {
        fixed->point = (char)literal[i];
        i += 2;
    } else if (op[i] == OP_FRACTION && fixed->second_shift) {
        fixed->glued = true;
        i++;
    }
    fixed->may_offset = op[i] == OP_OFFSET;
    i += fixed->may_offset;
    return op[i] == OP_END;
}

bool date_fixed_compile(const struct date_format *format, struct date_fixed *fixed)
{
    struct date_fixed made = {.day_bytes = 0};
    if (format->day_bytes == 0 || !compile_day(format, &made)) {
        return false;
    }
    if (format->op[format->day_ops] != OP_END && !compile_clock(format, &made)) {
        return false;
    }
    *fixed = made;
    return true;
}

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

static bool read_day(const struct date_fixed *fixed, const char *at, int64_t *day_us)
{
    for (unsigned i = 0; i < fixed->day_bytes; i++) {
        bool good = fixed->day_form[i] == '0' ? at[i] >= '0' && at[i] <= '9' : at[i] == fixed->day_form[i];
        if (!good) {
            return false;
        }
    }
    int year = two_digits(at + fixed->year_at) * 100 + two_digits(at + fixed->year_at + 2);
    return date_day_us(year, two_digits(at + fixed->month_at), two_digits(at + fixed->day_at), day_us);
}

bool date_fixed_day(struct date_fixed *fixed, const char **at, int64_t *day_us)
{
    uint64_t first = swar_load(*at), last = swar_load(*at + fixed->day_bytes - 8);
    if (first != fixed->known_first || last != fixed->known_last) {
        if (!read_day(fixed, *at, &fixed->known_us)) {
            fixed->known_first = 0;
            return false;
        }
        fixed->known_first = first;
        fixed->known_last = last;
    }
    *at += fixed->day_bytes;
    *day_us = fixed->known_us;
    return true;
}

/* The digits of a fraction at *at to microseconds. */
static bool read_fraction(const char **at, int64_t *us)
{
    static const int32_t scale[] = {0, 100000, 10000, 1000, 100, 10, 1};
    uint64_t bytes = swar_load(*at);
    unsigned digits = swar_find(swar_nondigits(bytes));
    if (digits < 1 || digits > 6) {
        return false;
    }
    *us += (int64_t)swar_number(bytes, digits) * scale[digits];
    *at += digits;
    return true;
}

/* Z, +hh:mm or -hh:mm, or nothing. */
static bool read_offset(const char **at, struct date_clock *clock)
{
    const char *c = *at;
    if (*c == 'Z') {
        clock->has_offset = true;
        *at = c + 1;
    } else if (*c == '+' || *c == '-') {
        bool digits =
            ascii_is_digit(c[1]) && ascii_is_digit(c[2]) && c[3] == ':' && ascii_is_digit(c[4]) && ascii_is_digit(c[5]);
        int hours = two_digits(c + 1), minutes = two_digits(c + 4);
        if (!digits || hours > 18 || minutes > 59) {
            return false;
        }
        int64_t us = hours * KURS_HOUR_US + minutes * KURS_MINUTE_US;
        clock->has_offset = true;
        clock->offset_us = *c == '-' ? -us : us;
        *at = c + 6;
    }
    return true;
}

bool date_fixed_clock(const struct date_fixed *fixed, const char **at, struct date_clock *read)
{
    const char *c = *at;
    uint64_t clock = (swar_load(c) & fixed->clock_mask) ^ fixed->clock_form;
    if ((clock | (clock + fixed->clock_room)) & swar_each((char)0xF0)) {
        return false;
    }
    clock = clock * 10 + (clock >> 8);
    int64_t hour = (int64_t)(clock & 0xFF), minute = (int64_t)(clock >> fixed->minute_shift & 0xFF);
    int64_t second = (int64_t)(fixed->second_shift ? clock >> fixed->second_shift & 0xFF : 0);
    if (hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    *read = (struct date_clock) {.us = ((hour * 60 + minute) * 60 + second) * KURS_SECOND_US};
    c += fixed->clock_bytes;
    bool fraction = fixed->glued || (fixed->point && *c == fixed->point);
    c += fraction && !fixed->glued;
    if ((fraction && !read_fraction(&c, &read->us)) || (fixed->may_offset && !read_offset(&c, read))) {
        return false;
    }
    *at = c;
    return true;
}
