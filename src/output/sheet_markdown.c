/* sheet_markdown.c: a GitHub table; numbers right-aligned by the rule line, markup and line ends in cells made harmless.
 */
#include "output/sheet_private.h"
#include "output/width.h"

static void write_cell(FILE *out, const char *text)
{
    fputs(" ", out);
    text_put_markdown(text, out);
    fputs(" |", out);
}

static bool is_number(enum column_kind kind)
{
    return kind != COLUMN_TEXT && kind != COLUMN_TIME;
}

static bool has_value(const struct sheet *sheet, size_t column)
{
    for (size_t i = column; i < sheet->cell_count; i += sheet->column_count) {
        if (*cell_shown(sheet, &sheet->cells[i]) != '\0') {
            return true;
        }
    }
    return false;
}

static void write_wide(struct sheet *sheet, const bool *used)
{
    putc('|', sheet->out);
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (used[i]) {
            write_cell(sheet->out, column_heading(&sheet->columns[i]));
        }
    }
    fputs("\n|", sheet->out);
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (used[i]) {
            fputs(is_number(sheet->columns[i].kind) ? " ---: |" : " --- |", sheet->out);
        }
    }
    for (size_t row = 0; row < sheet->cell_count; row += sheet->column_count) {
        fputs("\n|", sheet->out);
        for (size_t i = 0; i < sheet->column_count; i++) {
            if (used[i]) {
                write_cell(sheet->out, cell_shown(sheet, &sheet->cells[row + i]));
            }
        }
    }
    putc('\n', sheet->out);
}

/* Fields down, rows across. */
static void write_tall(struct sheet *sheet, const bool *used)
{
    for (size_t field = 0, lines = 0; field < sheet->column_count; field++) {
        if (!used[field]) {
            continue;
        }
        putc('|', sheet->out);
        write_cell(sheet->out, column_heading(&sheet->columns[field]));
        for (size_t i = field; i < sheet->cell_count; i += sheet->column_count) {
            write_cell(sheet->out, cell_shown(sheet, &sheet->cells[i]));
        }
        putc('\n', sheet->out);
        if (lines++ == 0) {
            fputs("| --- |", sheet->out);
            for (size_t i = 0; i < sheet->cell_count; i += sheet->column_count) {
                fputs(" ---: |", sheet->out);
            }
            putc('\n', sheet->out);
        }
    }
}

static void begin(struct sheet *sheet)
{
    (void)sheet; /* all at the end: whether an optional column appears depends on every row */
}

static void end(struct sheet *sheet)
{
    bool used[SHEET_COLUMNS_MAX];
    for (size_t i = 0; i < sheet->column_count; i++) {
        used[i] = sheet->columns[i].where != TABLE_ONLY || has_value(sheet, i);
    }
    if (sheet->style.tall) {
        write_tall(sheet, used);
    } else {
        write_wide(sheet, used);
    }
}

const struct writer_form SHEET_FORM_MARKDOWN = {begin, NULL, end};
