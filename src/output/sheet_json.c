/* sheet_json.c: one array of objects, one a line. Exact decimals are strings (a reader's double would lose digits),
 * counts and statistics are numbers, unknown is null. Only control characters, quotes and backslashes are escaped: text
 * stays UTF-8. */
#include "output/sheet_private.h"

static void write_string(FILE *out, const char *text)
{
    putc('"', out);
    for (const unsigned char *byte = (const unsigned char *)text; *byte != '\0'; byte++) {
        if (*byte == '"' || *byte == '\\') {
            putc('\\', out);
            putc(*byte, out);
        } else if (*byte < 0x20) {
            fprintf(out, "\\u%04x", *byte);
        } else {
            putc(*byte, out);
        }
    }
    putc('"', out);
}

static void begin(struct sheet *sheet)
{
    putc('[', sheet->out);
}

static void row(struct sheet *sheet, const struct cell *cells)
{
    const char *mark = sheet->row_count == 0 ? "\n{" : ",\n{";
    for (size_t i = 0; i < sheet->column_count; i++) {
        const struct column *column = &sheet->columns[i];
        if (column->where == TABLE_ONLY) {
            continue;
        }
        fputs(mark, sheet->out);
        write_string(sheet->out, column->name);
        putc(':', sheet->out);
        if (!cells[i].known) {
            fputs("null", sheet->out);
        } else if (column->kind == COLUMN_COUNT || column->kind == COLUMN_NUMBER) {
            fputs(cell_text(sheet, &cells[i]), sheet->out);
        } else {
            write_string(sheet->out, cell_text(sheet, &cells[i]));
        }
        mark = ",";
    }
    putc('}', sheet->out);
}

static void end(struct sheet *sheet)
{
    fputs(sheet->row_count == 0 ? "]\n" : "\n]\n", sheet->out);
}

const struct writer_form SHEET_FORM_JSON = {begin, row, end};
