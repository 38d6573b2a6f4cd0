/* sheet_table.c: aligned text for people. Two shapes: wide (one line a row, numbers aligned on the decimal point) and
 * tall (fields down, rows across), which is taken when asked for or when the wide one would not fit the terminal.
 *
 * The idea: spaces are owed, not written, until a text follows them, so no line ends in blanks. */
#include "output/sheet_private.h"
#include "output/width.h"

#include <stdlib.h>
#include <string.h>

#define GAP 2 /* blanks between columns */

/* Widths of one column; `before` and `after` split it at the decimal point for aligned kinds. */
struct layout {
    bool used;
    size_t width, before, after;
};

struct line {
    FILE *out;
    size_t owed; /* blanks before the next text */
};

static bool is_aligned(enum column_kind kind)
{
    return kind == COLUMN_RATE || kind == COLUMN_CHANGE || kind == COLUMN_NUMBER;
}

static size_t width_of(const char *text)
{
    return text_width(text, strlen(text));
}

/* Columns up to the decimal point, and from it on. */
static void split(const char *text, size_t *before, size_t *after)
{
    const char *point = strchr(text, '.');
    *before = point == NULL ? strlen(text) : (size_t)(point - text);
    *after = strlen(text) - *before;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void measure(const struct sheet *sheet, size_t column, struct layout *layout)
{
    bool any = false;
    for (size_t i = column; i < sheet->cell_count; i += sheet->column_count) {
        const char *shown = cell_shown(sheet, &sheet->cells[i]);
        any = any || *shown != '\0';
        if (is_aligned(sheet->columns[column].kind)) {
            size_t before, after;
            split(shown, &before, &after);
            layout->before = larger(layout->before, before);
            layout->after = larger(layout->after, after);
        }
        layout->width = larger(layout->width, width_of(shown));
    }
    layout->width = larger(layout->width, layout->before + layout->after);
    layout->width = larger(layout->width, width_of(column_heading(&sheet->columns[column])));
    layout->used = any || sheet->columns[column].where != TABLE_ONLY;
}

/* A fall is red, a rise green, no change plain; "-0.00" is a fall. */
static const char *color_of(const struct sheet *sheet, enum column_kind kind, const char *text)
{
    if (!sheet->style.color || kind != COLUMN_CHANGE) {
        return NULL;
    }
    if (*text == '-') {
        return "\033[31m";
    }
    return strpbrk(text, "123456789") != NULL ? "\033[32m" : NULL;
}

/* Control characters would move the cursor or worse: file names are strangers' text. */
static void write_text(struct line *line, const char *text, const char *color)
{
    if (*text == '\0') {
        return;
    }
    fprintf(line->out, "%*s%s", (int)line->owed, "", color != NULL ? color : "");
    line->owed = 0;
    text_put(text, line->out);
    if (color != NULL) {
        fputs("\033[0m", line->out);
    }
}

static void write_padded(struct line *line, const char *text, const char *color, size_t left, size_t width)
{
    size_t taken = width_of(text);
    line->owed += left;
    write_text(line, text, color);
    line->owed += width - left - taken;
}

static void end_line(struct line *line)
{
    putc('\n', line->out);
    line->owed = 0;
}

static void write_cell(const struct sheet *sheet, struct line *line, size_t column, const struct layout *layout,
                       const char *text)
{
    enum column_kind kind = sheet->columns[column].kind;
    size_t left = 0;
    if (is_aligned(kind) && *text != '\0') {
        size_t before, after;
        split(text, &before, &after);
        left = layout->width - layout->after - before;
    } else if (kind == COLUMN_COUNT) {
        left = layout->width - width_of(text);
    }
    write_padded(line, text, color_of(sheet, kind, text), left, layout->width);
}

static void write_heading(const struct sheet *sheet, struct line *line, size_t column, const struct layout *layout)
{
    const struct column *head = &sheet->columns[column];
    bool right = is_aligned(head->kind) || head->kind == COLUMN_COUNT;
    const char *text = column_heading(head);
    write_padded(line, text, NULL, right ? layout->width - width_of(text) : 0, layout->width);
}

static void write_wide(struct sheet *sheet, const struct layout *layouts)
{
    struct line line = {.out = sheet->out};
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (layouts[i].used) {
            write_heading(sheet, &line, i, &layouts[i]);
            line.owed += GAP;
        }
    }
    end_line(&line);
    for (size_t i = 0; i < sheet->cell_count; i++) {
        size_t column = i % sheet->column_count;
        if (layouts[column].used) {
            write_cell(sheet, &line, column, &layouts[column], cell_shown(sheet, &sheet->cells[i]));
            line.owed += GAP;
        }
        if (column == sheet->column_count - 1) {
            end_line(&line);
        }
    }
}

/* The widest text a row has, for a tall table's column. */
static size_t row_width(const struct sheet *sheet, const struct layout *layouts, size_t row)
{
    size_t width = 0;
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (layouts[i].used) {
            width = larger(width, width_of(cell_shown(sheet, &sheet->cells[row * sheet->column_count + i])));
        }
    }
    return width;
}

/* Rows [from, until) side by side, fields down. */
static void write_group(struct sheet *sheet, const struct layout *layouts, size_t label_width, size_t from,
                        size_t until)
{
    struct line line = {.out = sheet->out};
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (!layouts[i].used) {
            continue;
        }
        write_padded(&line, column_heading(&sheet->columns[i]), NULL, 0, label_width);
        for (size_t row = from; row < until; row++) {
            const char *text = cell_shown(sheet, &sheet->cells[row * sheet->column_count + i]);
            size_t width = row_width(sheet, layouts, row);
            line.owed += GAP;
            write_padded(&line, text, color_of(sheet, sheet->columns[i].kind, text), width - width_of(text), width);
        }
        end_line(&line);
    }
}

static void write_tall(struct sheet *sheet, const struct layout *layouts)
{
    size_t label_width = 0, rows = sheet->cell_count / sheet->column_count;
    for (size_t i = 0; i < sheet->column_count; i++) {
        label_width = layouts[i].used ? larger(label_width, width_of(column_heading(&sheet->columns[i]))) : label_width;
    }
    for (size_t from = 0; from < rows;) {
        size_t until = from, width = label_width;
        do {
            width += GAP + row_width(sheet, layouts, until++);
        } while (until < rows &&
                 (sheet->style.width == 0 || width + GAP + row_width(sheet, layouts, until) <= sheet->style.width));
        if (from > 0) {
            putc('\n', sheet->out);
        }
        write_group(sheet, layouts, label_width, from, until);
        from = until;
    }
}

static void begin(struct sheet *sheet)
{
    (void)sheet; /* widths depend on every row */
}

static void end(struct sheet *sheet)
{
    struct layout *layouts = calloc(sheet->column_count, sizeof *layouts);
    if (layouts == NULL) {
        sheet->status = KURS_ENOMEM;
        return;
    }
    size_t width = 0;
    for (size_t i = 0; i < sheet->column_count; i++) {
        measure(sheet, i, &layouts[i]);
        width += layouts[i].used ? layouts[i].width + (width > 0 ? GAP : 0) : 0;
    }
    bool fits = sheet->style.width == 0 || width <= sheet->style.width;
    if (sheet->cell_count > 0 && (sheet->style.tall || !fits)) {
        write_tall(sheet, layouts);
    } else {
        write_wide(sheet, layouts);
    }
    free(layouts);
}

const struct writer_form SHEET_FORM_TABLE = {begin, NULL, end};
