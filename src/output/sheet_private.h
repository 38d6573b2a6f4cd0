/* sheet_private.h: what sheet.c and its four writers share; nobody else includes it. */
#ifndef KURS_OUTPUT_SHEET_PRIVATE_H
#define KURS_OUTPUT_SHEET_PRIVATE_H

#include "output/sheet.h"

/* Offsets into sheet.bytes of NUL-terminated texts. */
struct cell {
    size_t text;
    size_t shown; /* what tables and Markdown show; often the same offset */
    bool known;
};

struct writer_form;

struct sheet {
    FILE *out;
    const struct column *columns;
    size_t column_count;
    struct sheet_style style;
    const struct writer_form *form;
    /* Complete rows and the one being pushed: only that one when the form streams. */
    struct cell *cells;
    size_t cell_count, cell_room;
    char *bytes;
    size_t byte_count, byte_room;
    uint64_t row_count; /* complete rows pushed so far */
    bool begun;         /* form->begin was called: at the first row or the close, so that a failure writes nothing */
    enum kurs_status status;
};

/* A form of writing. `row` NULL: the rows are kept until `end`. */
struct writer_form {
    void (*begin)(struct sheet *sheet);
    void (*row)(struct sheet *sheet, const struct cell *cells);
    void (*end)(struct sheet *sheet);
};
extern const struct writer_form SHEET_FORM_TABLE, SHEET_FORM_CSV, SHEET_FORM_JSON, SHEET_FORM_MARKDOWN;

static inline const char *cell_text(const struct sheet *sheet, const struct cell *cell)
{
    return sheet->bytes + cell->text;
}

static inline const char *cell_shown(const struct sheet *sheet, const struct cell *cell)
{
    return sheet->bytes + cell->shown;
}

static inline const char *column_heading(const struct column *column)
{
    return column->heading != NULL ? column->heading : column->name;
}

#endif
