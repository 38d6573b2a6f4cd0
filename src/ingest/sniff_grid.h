/* sniff_grid.h: a window of a file as rows of classified cells, and the dialect that splits it. Pure. */
#ifndef KURS_INGEST_SNIFF_GRID_H
#define KURS_INGEST_SNIFF_GRID_H

#include "ingest/sniff_stamp.h"
#include "kurs.h"

#define GRID_HEAD_ROWS_MAX 600 /* the longest preamble known is 56 rows; 500 rows settle every column */
#define GRID_TAIL_ROWS_MAX 100 /* the end of the window: late dates, footers */
#define GRID_WINDOW_BYTES  ((size_t)256 * 1024)
#define GRID_ROW_BYTES_MAX ((size_t)1 << 20)
#define GRID_COLUMNS_MAX   4096

enum cell_kind {
    CELL_EMPTY,
    CELL_MISSING, /* a mark of the table */
    CELL_NUMBER,  /* digits with marks between, perhaps a sign, exponent, % or K/M behind; see also its stamp */
    CELL_STAMP,   /* a date or time that is no number */
    CELL_TEXT
};

struct grid_cell {
    const char *text; /* trimmed, quotes gone (doubled ones stay doubled); in the window */
    uint32_t length;
    uint8_t kind;  /* enum cell_kind */
    uint8_t stamp; /* enum stamp_shape */
    bool percent;  /* the number has a % or a K, M, B behind it */
};

struct grid_row {
    uint64_t line;  /* 1-based physical line, exact for rows of the head */
    size_t byte;    /* of its first byte in the text */
    uint32_t first; /* its cells are grid.cell[first ...] */
    uint32_t count;
    uint32_t numbers; /* cells that are CELL_NUMBER */
    bool tail;        /* of the end of the window */
};

struct grid_dialect {
    char delimiter;    /* , ; TAB | or space */
    bool quoted_lines; /* each line is one quoted field with the row inside */
    bool has_quotes;
};

struct grid {
    struct grid_dialect dialect;
    struct grid_row *row;
    struct grid_cell *cell;
    size_t row_count, cell_count, row_capacity, cell_capacity;
    size_t column_count; /* of the widest row */
};

/* Decides the dialect of (text, bytes) from its first lines: of the delimiters, the one that splits most lines into
 * equally many cells that are numbers, dates, marks or currencies. `delimiter` 0 = decide. Cost: each delimiter over at
 * most 64 KiB. */
void grid_dialect_decide(const char *text, size_t bytes, char delimiter, struct grid_dialect *dialect);

/* Splits the head (and, when `whole`, the tail) of the text. Blank lines give no row. KURS_ELIMIT for a row over
 * GRID_ROW_BYTES_MAX or of more columns than GRID_COLUMNS_MAX, KURS_ENOMEM. Release with grid_release. */
enum kurs_status grid_read(struct grid *grid, const struct grid_dialect *dialect, const char *text, size_t bytes,
                           bool whole, struct kurs_error *error);
void grid_release(struct grid *grid);

/* The cell, or an empty one past the row's end. */
const struct grid_cell *grid_at(const struct grid *grid, size_t row, size_t column);

/* Classifies one cell's text. */
struct grid_cell grid_cell_of(const char *text, size_t length);

#endif
