/* date.h: dates as files write them, by a compiled pattern. Pure values.
 *
 * Patterns (also what --date-format takes):
 *   YYYY YY (70..99 = 19xx)  MM DD two digits  M D one or two  Mon a month's name or abbreviation in any language of
 * the month table  Day a weekday's name, skipped  Qn  HH H  MM (directly behind HH or H, perhaps with a mark between:
 *   minutes)  SS  fff a fraction of 1 to 9 digits  hhmmss glued, leading zeros may be lost  AMPM
 *   Z an offset: Z, +hh:mm, +hhmm, +hh, UTC, GMT, GMT+hhmm  * skips to the end
 *   'text' stands for itself; so does any other character; a space stands for one or more, at a place where the next
 *   part may also follow directly ("2023- 10- 09" is of YYYY-MM-DD)
 * ".fff" is optional, and so is "Z". Or a word: epoch-s, epoch-ms, epoch-us, epoch-ns, ms-of-day, excel (days, rounded
 * to milliseconds); fractions are allowed. */
#ifndef KURS_INGEST_DATE_H
#define KURS_INGEST_DATE_H

#include "kurs.h"

#define DATE_FORMAT_SIZE 64

struct date_format {
    char pattern[DATE_FORMAT_SIZE];
    unsigned char op[DATE_FORMAT_SIZE];      /* compiled, ended by 0 */
    unsigned char literal[DATE_FORMAT_SIZE]; /* the character of a literal op */
    int op_count;
    int day_ops;      /* so many ops from the start make a whole date of fixed width (YYYY-MM-DD and the like) ... */
    size_t day_bytes; /* ... of so many bytes; 0 if the pattern is not so */
    bool has_time;
    int64_t day_us; /* ms-of-day: midnight of the file's date */
};

/* KURS_EARGUMENT for a pattern that gives no date, with the reason. */
enum kurs_status date_format_compile(const char *pattern, struct date_format *format, struct kurs_error *error);

/* What one text gave: local_us is microseconds as written; has_time false when the pattern holds no time of day;
 * offset_us added to get UTC is known only when has_offset. */
struct date_value {
    int64_t local_us;
    int64_t offset_us; /* local - UTC as written */
    bool has_time, has_offset;
};
/* False when (text, length) is not of the pattern or no such date. Surrounding spaces are allowed. */
bool date_read(const struct date_format *format, const char *text, size_t length, struct date_value *value);

/* The same, remembering the last day: in a file of ticks nearly every stamp repeats it. Zeroed to start; one a format
 * and thread. */
#define DATE_DAY_BYTES_MAX 16
struct date_memory {
    char day[DATE_DAY_BYTES_MAX];
    int64_t day_us;
    bool known;
};
bool date_read_again(const struct date_format *format, struct date_memory *memory, const char *text, size_t length,
                     struct date_value *value);

/* Of a pattern that counts since 1970, the microseconds of one unit; else, or when they are no whole number, 0. */
int64_t date_epoch_us(const struct date_format *format);

/* Midnight of a proleptic Gregorian date in microseconds; false unless it exists and the year is 1 to 9999. */
bool date_day_us(int year, int month, int day, int64_t *day_us);

#endif
