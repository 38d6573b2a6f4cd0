/* date.h: dates as files write them, by a compiled pattern. Pure values.
 *
 * Patterns (also what --date-format takes): YYYY YY MM M DD D (M, D: one or two digits) Mon (a month's name or
 * abbreviation in any language of the month table) Qn HH H MM SS fff (fraction, any length up to 9) hhmmss glued, Z
 * (offset: Z, +hh:mm, +hhmm, GMT+hhmm, a zone abbreviation UTC/GMT), AM/PM as AMPM, * (skip to the end); other
 * characters stand for themselves. In a time, MM after HH: is minutes. Or a word: epoch-s, epoch-ms, epoch-us,
 * epoch-ns, ms-of-day, excel. */
#ifndef KURS_INGEST_DATE_H
#define KURS_INGEST_DATE_H

#include "kurs.h"

#define DATE_FORMAT_SIZE 64

struct date_format {
    char pattern[DATE_FORMAT_SIZE];
    unsigned char op[DATE_FORMAT_SIZE]; /* compiled, ended by 0 */
    int op_count;
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

#endif
