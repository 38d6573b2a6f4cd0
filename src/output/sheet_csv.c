/* sheet_csv.c: RFC 4180 with LF line ends; a field is quoted only when it holds a comma, quote or line end. The header
 * names are a contract. */
#include "output/sheet_private.h"

#include <string.h>

static void write_field(FILE *out, const char *text)
{
    size_t plain = strcspn(text, ",\"\r\n");
    if (text[plain] == '\0') {
        fwrite(text, 1, plain, out);
        return;
    }
    putc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            putc('"', out);
        }
        putc(*text, out);
    }
    putc('"', out);
}

static void begin(struct sheet *sheet)
{
    const char *mark = "";
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (sheet->columns[i].where == IN_ALL) {
            fputs(mark, sheet->out);
            write_field(sheet->out, sheet->columns[i].name);
            mark = ",";
        }
    }
    putc('\n', sheet->out);
}

static void row(struct sheet *sheet, const struct cell *cells)
{
    bool any = false;
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (sheet->columns[i].where == IN_ALL) {
            if (any) {
                putc(',', sheet->out);
            }
            write_field(sheet->out, cell_text(sheet, &cells[i]));
            any = true;
        }
    }
    putc('\n', sheet->out);
}

static void end(struct sheet *sheet)
{
    (void)sheet; /* a CSV ends with its last row */
}

const struct writer_form SHEET_FORM_CSV = {begin, row, end};
