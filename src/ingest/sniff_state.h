/* sniff_state.h: what the steps of sniffing hand on to each other, in the order they fill it. Internal to sniff*.c. */
#ifndef KURS_INGEST_SNIFF_STATE_H
#define KURS_INGEST_SNIFF_STATE_H

#include "ingest/input.h"
#include "ingest/plan.h"
#include "ingest/publishers.h"
#include "ingest/sniff_grid.h"
#include "ingest/sniff_subject.h"
#include "ingest/tables.h"
#include "kurs.h"

#define FRAME_HEAD_ROWS_MAX 14 /* rows of heads above the data: the longest known has 11 */

/* Which rows are what. Row numbers index the grid. */
struct frame {
    size_t first;                     /* the first data row; in a transposed file the row of dates */
    size_t start;                     /* the first row that is read: `first`, or rows above with a date and no rate */
    size_t head[FRAME_HEAD_ROWS_MAX]; /* rows of heads, the nearest to the data first */
    size_t head_count;
    bool transposed;
    int date_column; /* the column whose cells tell data from footer; -1 when none is a date */
    enum stamp_shape date_shape;
    int key_column; /* without a date column: the column of currencies or pairs, else -1 */
};

/* What a column says of itself, by its heads and its cells. Counts are of data rows in the window. */
struct column {
    header_words words;    /* of all its heads */
    struct spoken subject; /* of its heads; zeroed when they speak of no currency */
    size_t filled, numbers, integers, times, texts, missing;
    size_t codes, pairs, names, percents, zeros;
    size_t units, fractions; /* numbers that are powers of ten, that are not whole */
    size_t spelled;          /* "ABC/DEF" of codes that are in no table: pairs if the head says so */
    double least, most;      /* of its numbers */
    size_t length_max;       /* of its cells */
    const char *head;        /* the nearest head that is not empty; "" when none */
    size_t head_length;
    bool constant;               /* all filled cells are equal */
    enum plan_role role;         /* decided by the roles step */
    char label[KURS_LABEL_SIZE]; /* of a value: "", "bid", "ask", or the head's own */
    bool own_units;              /* a units column of one currency ("USD_quant") */
};

struct sniff {
    const struct sniff_input *input;
    const struct kurs_import_options *options;
    struct kurs_error *error;
    struct plan *plan;
    struct grid grid;
    struct frame frame;
    struct column *column; /* grid.column_count of them */
    const struct publisher *publisher;
    struct spoken name;     /* of the file name */
    struct spoken preamble; /* stated above (or below) the data */
};

/* The account. A step says what was decided and why; a pin is the option that fixes it; both only in dry runs. */
void sniff_step(const struct sniff *sniff, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sniff_pin(const struct sniff *sniff, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sniff_info(const struct sniff *sniff, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "cannot read 'x'", why, and the option to give: KURS_EDECIDE or KURS_EREFUSED. Returns the status. */
enum kurs_status sniff_stop(const struct sniff *sniff, enum kurs_status status, const char *hint, const char *format,
                            ...) __attribute__((format(printf, 4, 5)));

/* Is this grid row data, by the frame? */
bool frame_is_data(const struct grid *grid, const struct frame *frame, size_t row);

/* The steps, in order; each returns KURS_OK or stops the import with the reason in sniff->error. */
enum kurs_status frame_decide(struct sniff *sniff); /* sniff_frame.c: preamble, heads, data, date column */
enum kurs_status
columns_profile(struct sniff *sniff);                /* sniff_columns.c: words, subjects and contents of each column */
enum kurs_status number_decide(struct sniff *sniff); /* sniff_number.c: decimal and thousands marks */
enum kurs_status roles_decide(struct sniff *sniff);  /* sniff_roles.c: time, key, units and value columns */
enum kurs_status values_decide(struct sniff *sniff); /* sniff_values.c: which values are rates: close, bid, ask, mid */
enum kurs_status variants_decide(struct sniff *sniff); /* sniff_variants.c: one statistic of several */
enum kurs_status pair_decide(struct sniff *sniff);     /* sniff_pair.c: each value's base, quote and units */
enum kurs_status time_decide(struct sniff *sniff); /* sniff_time.c: date pattern and order, kind, zone, fixed date */

#endif
