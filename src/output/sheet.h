/* sheet.h: one answer, four forms. A command names its columns once, pushes cells row by row, and the sheet writes them
 * as an aligned table, CSV, JSON or Markdown. Knows nothing of queries; numbers arrive exact and leave as text that no
 * locale can touch.
 *
 * The idea: every cell becomes text when it is pushed, and its column's kind says what that text is (how it aligns, if
 * JSON quotes it). CSV and JSON stream, so millions of bars cost no memory; tables and Markdown keep their rows,
 * because widths and optional columns depend on all of them. Failures stick in the sheet and come out of sheet_close
 * once, so that the pushing code reads as a list of columns. */
#ifndef KURS_OUTPUT_SHEET_H
#define KURS_OUTPUT_SHEET_H

#include "kurs.h"

enum sheet_format { SHEET_TABLE, SHEET_CSV, SHEET_JSON, SHEET_MARKDOWN, SHEET_FORMATS };
/* "table", "csv", "json", "markdown". False for another text. */
bool sheet_format_parse(const char *text, enum sheet_format *format);

enum column_kind {
    COLUMN_TEXT,   /* left; JSON string */
    COLUMN_TIME,   /* left; JSON string */
    COLUMN_RATE,   /* exact decimal: aligned on the point; JSON string, so that its digits survive */
    COLUMN_CHANGE, /* the same, of either sign: coloured on a terminal */
    COLUMN_COUNT,  /* whole number: right; JSON number */
    COLUMN_NUMBER  /* a statistic: aligned on the point; JSON number */
};

enum column_where {
    IN_ALL = 0,
    NOT_CSV = 1,   /* the CSV contract has no such column */
    TABLE_ONLY = 2 /* decoration: tables and Markdown, and left out of those when every cell is empty */
};

struct column {
    const char *name;    /* in CSV and JSON: a stable contract */
    const char *heading; /* in tables and Markdown; NULL: the name */
    enum column_kind kind;
    enum column_where where;
};

struct sheet_style {
    enum sheet_format format;
    unsigned width; /* of the terminal in columns; 0: no limit */
    bool color;     /* only signs are coloured */
    bool tall;      /* one column a row (many fields, few rows): tables and Markdown only */
};

#define SHEET_COLUMNS_MAX 4096 /* a wide export of every pair there is fits many times */

struct sheet;
/* `columns` and `out` stay the caller's and must outlive the sheet. NULL when out of memory: every function below then
 * does nothing and sheet_close reports it. */
struct sheet *sheet_open(FILE *out, const struct column *columns, size_t column_count, const struct sheet_style *style);

/* Cells, in the order of the columns; the last of a row ends it. */
void sheet_empty(struct sheet *sheet); /* unknown: "" in CSV, null in JSON */
void sheet_text(struct sheet *sheet, const char *text);
void sheet_time(struct sheet *sheet, int64_t time_us, enum kurs_kind kind);
void sheet_rate(struct sheet *sheet, struct kurs_decimal rate);
/* Rounded to `decimals` places; -1: as published. */
void sheet_rate_to(struct sheet *sheet, struct kurs_decimal rate, int decimals);
void sheet_percent(struct sheet *sheet, const struct kurs_ratio *ratio, int decimals);
void sheet_count(struct sheet *sheet, uint64_t count);
void sheet_number(struct sheet *sheet, double number, int decimals); /* NAN, infinities: empty */
/* "2d3h", "0d" (daily): exact in CSV and JSON, the two largest units in tables. */
void sheet_age(struct sheet *sheet, int64_t age_us, enum kurs_kind kind);

/* Frees without another word: the answer failed. Of a form that does not stream nothing has been written then; of the
 * others, only if no row was complete. NULL is allowed. */
void sheet_discard(struct sheet *sheet);

/* Writes what is left and frees. KURS_ENOMEM, or KURS_EIO when `out` failed (errno says why). */
KURS_CHECKED enum kurs_status sheet_close(struct sheet *sheet);

#endif
