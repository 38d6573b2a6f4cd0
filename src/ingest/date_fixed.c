/* date_fixed.c: see date_fixed.h. Owns the shapes that are read at once. The clock is checked and read in one word:
 * x-ored with its form ("00:00:00"), digits become 0 to 9 and marks 0; adding 6 to the one and 15 to the other then
 * reaches into the high nibble just where a byte is wrong. */
#include "ingest/date_fixed.h"

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

static bool compile_clock(const struct date_format *format, struct date_fixed *fixed)
{
    const unsigned char *op = format->op + format->day_ops, *literal = format->literal + format->day_ops;
    size_t i = 0;
    if (op[i] != OP_LITERAL && op[i] != OP_SPACE) {
        return false;
    }
    fixed->gap = (char)literal[i++];
    if (op[i++] != OP_HOUR2) {
        return false;
    }
    add_to_clock(fixed, '0', 2);
    for (int wanted = OP_MINUTE; wanted <= OP_SECOND; wanted++) {
        size_t mark = op[i] == OP_LITERAL;
        if (op[i + mark] != wanted) {
            break;
        }
        if (mark) {
            add_to_clock(fixed, (char)literal[i], 1);
        }
        *(wanted == OP_MINUTE ? &fixed->minute_shift : &fixed->second_shift) = 8 * fixed->clock_bytes;
        add_to_clock(fixed, '0', 2);
        i += mark + 1;
    }
    if (op[i] == OP_LITERAL && op[i + 1] == OP_FRACTION && fixed->second_shift) {
        fixed->point = (char)literal[i];
        i += 2;
    }
    fixed->may_offset = op[i] == OP_OFFSET;
    i += fixed->may_offset;
    return op[i] == OP_END && fixed->minute_shift;
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

bool date_fixed_clock(const struct date_fixed *fixed, const char **at, int64_t *clock_us, bool *zulu)
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
    int64_t us = ((hour * 60 + minute) * 60 + second) * KURS_SECOND_US;
    c += fixed->clock_bytes;
    if (fixed->point && *c == fixed->point) {
        c++;
        if (!read_fraction(&c, &us)) {
            return false;
        }
    }
    *zulu = fixed->may_offset && *c == 'Z';
    *at = c + *zulu;
    *clock_us = us;
    return true;
}
