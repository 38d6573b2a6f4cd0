/* date_fixed.h: stamps of fixed width, read eight bytes at a time: "2024-01-01T00:00:01.005Z", "20240101 000001005",
 * "2024-01-01 00:00:01+00:00", "2024.01.01" and "00:00" in two cells. The day is compared with the one before, as ticks
 * repeat it. Takes only what is exactly of the pattern; a stamp that is not may still be one for date_read. Pure values.
 */
#ifndef KURS_INGEST_DATE_FIXED_H
#define KURS_INGEST_DATE_FIXED_H

#include "ingest/date.h"

#define DATE_FIXED_MARGIN 40 /* bytes that must be readable at any stamp, whatever they hold */

struct date_fixed {
    /* the day */
    unsigned day_bytes;
    unsigned year_at, month_at, day_at;
    char day_form[DATE_DAY_BYTES_MAX]; /* '0' where digits stand */
    uint64_t known_first, known_last;  /* the last day read, its first and last eight bytes; 0 none */
    int64_t known_us;
    /* the time of day behind it */
    unsigned clock_bytes; /* 8 HH:MM:SS, 6 HHMMSS, 5 HH:MM; 0: the pattern is a date only */
    char gap;             /* the byte between day and clock */
    uint64_t clock_mask, clock_form, clock_room;
    unsigned minute_shift, second_shift;
    char point;      /* before a fraction of 1 to 6 digits, which may be missing; 0: none */
    bool glued;      /* or it follows the seconds directly */
    bool may_offset; /* Z, +hh:mm or -hh:mm may follow */
};

/* False when the pattern is of another shape. */
bool date_fixed_compile(const struct date_format *format, struct date_fixed *fixed);
/* The day at *at, which moves behind it. False: not exactly of the form, or no such day. */
bool date_fixed_day(struct date_fixed *fixed, const char **at, int64_t *day_us);
/* The time of day at *at, without the gap before it, and the offset behind it. */
struct date_clock {
    int64_t us, offset_us;
    bool has_offset;
};
bool date_fixed_clock(const struct date_fixed *fixed, const char **at, struct date_clock *clock);

#endif
