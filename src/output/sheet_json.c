/* sheet_json.c: one array of objects, one a line. Exact decimals are strings (a reader's double would lose digits),
 * counts and statistics are numbers, unknown is null. Only control characters, quotes and backslashes are escaped: text
 * stays UTF-8, and a byte that is none (file names may hold such) becomes U+FFFD: the array always parses. */
#include "output/sheet_private.h"
#include "output/width.h"

#include <string.h>

static void write_string(FILE *out, const char *text)
{
    size_t length = strlen(text);
    putc('"', out);
    for (size_t i = 0; i < length;) {
        uint32_t code;
        size_t bytes = text_next(text + i, length - i, &code);
        if (code == TEXT_BROKEN) {
            fputs("\xEF\xBF\xBD", out);
        } else if (text_is_control(code)) {
            fprintf(out, "\\u%04x", (unsigned)code);
        } else {
            if (code == '"' || code == '\\') {
                putc('\\', out);
            }
            fwrite(text + i, 1, bytes, out);
        }
        i += bytes;
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
