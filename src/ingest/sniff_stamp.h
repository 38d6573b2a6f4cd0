/* sniff_stamp.h: which date patterns a text can be of. Pure; knows no file. The patterns are those of date.h. */
#ifndef KURS_INGEST_SNIFF_STAMP_H
#define KURS_INGEST_SNIFF_STAMP_H

#include "ingest/date.h"

/* What a cell may be as a time. */
enum stamp_shape {
    STAMP_NONE,
    STAMP_DATE,    /* a whole date, perhaps with a time of day */
    STAMP_MONTH,   /* a year and a month or quarter */
    STAMP_TIME,    /* a time of day, HH:MM at least */
    STAMP_COMPACT, /* 8 digits that can be a date (YYYYMMDD), or 12 or 14 with a time */
    STAMP_EPOCH,   /* digits that can be seconds, ms, us or ns since 1970, in the years 1990 to 2100 */
    STAMP_YEAR,    /* four digits 1700..2100 */
    STAMP_SERIAL   /* five digits that can be a day of Excel, 1954 to 2064, and its part: only a head can say so */
};

/* The shape of a cell. Cost: one pass over it at most. */
enum stamp_shape stamp_shape(const char *text, size_t length);

#define STAMP_PATTERNS_MAX 6

/* The patterns (text, length) can be of, the likelier first, written into pattern[]; returns how many. `loose`: one or
 * two digits for days, months and hours (D for DD), as some cells of the column have one. A day and month that could be
 * exchanged give both orders, whatever their values: the values decide over the whole column. */
int stamp_patterns(const char *text, size_t length, bool loose, char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE]);

#endif
