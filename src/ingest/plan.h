/* plan.h: what sniffing decides about a file and what reading it follows: the one thing the two halves of ingest share.
 * Sniffing fills a plan from a window of the file (and the name and the pins); rows.c turns rows into points with it
 * and decides nothing of its own. Every layout of rows is one model:
 *
 *     a row has a time (from cells, or one fixed for the file), and perhaps a currency, pair or units of its own;
 *     each value column has a subject (base, quote; "" = filled by the row's currency), a label and units;
 *     point = (row time, subject -> series, cell value / units).
 *
 * PLAN_TRANSPOSED: the first data row is the header row of dates (read by plan.date, cell by cell); the one
 * ROLE_CURRENCY column names each row's currency and every ROLE_VALUE column's cell is dated by the header's cell above
 * it. A later row whose value cells are dates starts a new block. PLAN_TICKER, _LEDGER, _BEANCOUNT have no columns; a
 * ticker's fixed_us is its first date line (or at_us) and later date lines take over from there unless at_us is given.
 *
 * Rows without a date behind the last row with one are the footer: no data, no rejects. Rows with fewer cells than
 * columns lack their last cells; filled cells past column_count make a row a reject.
 *
 * Long, wide, single series, OHLC and ticks differ only in which columns have which role. */
#ifndef KURS_INGEST_PLAN_H
#define KURS_INGEST_PLAN_H

#include "ingest/date.h"
#include "ingest/number.h"
#include "kurs.h"

#define PLAN_COLUMNS_MAX 4096 /* a row with more is refused: no publisher comes near */

enum plan_layout { PLAN_ROWS, PLAN_TRANSPOSED, PLAN_TICKER, PLAN_LEDGER, PLAN_BEANCOUNT };

#define PLAN_FILTER_SIZE 64 /* "A: Average of observations through period" */

enum plan_role {
    ROLE_NONE,     /* not a rate, or nothing at all */
    ROLE_DATE,     /* parts of the time; their cells are joined by one space in column order, then read by plan.date */
    ROLE_PAIR,     /* a pair in any spelling: fills base and quote */
    ROLE_BASE,     /* a code, currency name or country: fills base */
    ROLE_QUOTE,    /* fills quote */
    ROLE_CURRENCY, /* fills whichever of base and quote the value's subject leaves "" */
    ROLE_UNITS,    /* the value is for that many units ("100", "1.000"): divided out exactly */
    ROLE_UNITS_POWER, /* ditto, 10^n */
    ROLE_CONVENTION,  /* words that say the direction of the row */
    ROLE_FILTER,      /* the row counts only if the cell equals column.filter */
    ROLE_VALUE
};

struct plan_column {
    enum plan_role role;
    /* ROLE_VALUE: */
    char base[KURS_CODE_SIZE], quote[KURS_CODE_SIZE]; /* "" = the row's */
    char label[KURS_LABEL_SIZE];                      /* "", "bid", "ask", or under a --label "L.bid" */
    int64_t units;                                    /* >= 1: the published value is for that many units of base */
    int units_column;                                 /* its own units column ("USD_quant"), or -1 */
    bool reciprocal; /* the published value is quote->base the other way: never divides;
                        base and quote are exchanged instead */
    /* ROLE_FILTER: */
    char filter[PLAN_FILTER_SIZE];
};

struct plan {
    enum plan_layout layout;
    /* bytes and dialect */
    char encoding[24]; /* an iconv name; "UTF-8" and "US-ASCII" need no conversion */
    char delimiter;    /* , ; TAB | or space (runs of spaces) */
    bool quoted_lines; /* each line is one quoted field with the real row inside */
    struct number_style number;
    /* frame */
    uint64_t first_line; /* 1-based physical line of the first data row; 1 where every line may be one */
    uint64_t first_byte; /* its offset in the decoded text */
    /* time */
    struct date_format date; /* for the joined ROLE_DATE cells */
    bool fixed_time;         /* no date column: */
    int64_t fixed_us;        /*   this one */
    bool kind_per_row;   /* what kurs exports: YYYY-MM-DD is a daily point, a stamp read by plan.date an instant one */
    enum kurs_kind kind; /* decided over the whole file: a date only, or nothing but midnights = daily */
    char zone[64];       /* "" = UTC or stated by each stamp's offset */
    /* columns */
    size_t column_count;
    struct plan_column *columns; /* owned, column_count of them */
    char flip_mark[8];           /* ROLE_CURRENCY text ending in this is quoted the other way (IMF "(1)"), "" if none */
    /* the account */
    char found[KURS_SOURCE_SIZE]; /* one line: layout, base, count, order, date format */
};

void plan_release(struct plan *plan); /* zeroed is fine */

#endif
