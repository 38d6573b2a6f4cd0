/* sniff_number.c owns the choice of the decimal and thousands marks of a file. It knows cells of digits and nothing of
 * their columns. The idea: a mark's place tells its work: behind another kind of mark, before other than three digits
 * or behind a leading zero it is decimal; standing twice it parts thousands. Only "1,234" throughout tells nothing. */
#include "ingest/ascii.h"
#include "ingest/pins.h"
#include "ingest/sniff_state.h"

#include <string.h>

struct evidence {
    size_t decimal_comma, decimal_dot;     /* the mark cannot be anything else */
    size_t thousands_comma, thousands_dot; /* ditto */
    size_t open_comma, open_dot;           /* one mark before exactly three digits */
    size_t space, apostrophe;
    const struct grid_cell *open_cell;
};

static void weigh(struct evidence *evidence, const struct grid_cell *cell)
{
    size_t commas = 0, dots = 0, comma_at = 0, dot_at = 0, first = 0;
    for (size_t i = 0; i < cell->length; i++) {
        char c = cell->text[i];
        commas += c == ',';
        dots += c == '.';
        comma_at = c == ',' ? i : comma_at;
        dot_at = c == '.' ? i : dot_at;
        evidence->space +=
            i > 0 &&
            (c == ' ' || c == '\xC2' || (c == '\xE2' && cell->text[i + 1] == '\x80' && cell->text[i + 2] == '\xAF')) &&
            i + 1 < cell->length && ascii_is_digit(cell->text[i - 1]);
        evidence->apostrophe += c == '\'' || (c == '\xE2' && cell->text[i + 2] == '\x99');
    }
    if (commas > 0 && dots > 0) {
        evidence->decimal_dot += dot_at > comma_at;
        evidence->thousands_comma += dot_at > comma_at;
        evidence->decimal_comma += comma_at > dot_at;
        evidence->thousands_dot += comma_at > dot_at;
        return;
    }
    if (commas + dots == 0)
        return;
    if (commas + dots > 1) {
        evidence->thousands_comma += commas > 1;
        evidence->thousands_dot += dots > 1;
        return;
    }
    size_t at = commas ? comma_at : dot_at;
    while (first < cell->length && !ascii_is_digit(cell->text[first]))
        first++;
    size_t behind = 0;
    while (at + 1 + behind < cell->length && ascii_is_digit(cell->text[at + 1 + behind]))
        behind++;
    bool zero = cell->text[first] == '0' || first > at;
    bool settled = behind != 3 || zero || at - first > 3;
    if (settled) {
        evidence->decimal_comma += commas;
        evidence->decimal_dot += dots;
    } else {
        evidence->open_comma += commas;
        evidence->open_dot += dots;
        if (commas)
            evidence->open_cell = cell;
    }
}

enum kurs_status number_decide(struct sniff *sniff)
{
    const struct kurs_import_options *options = sniff->options;
    struct number_style *style = &sniff->plan->number;
    struct evidence evidence = {0};
    for (size_t r = sniff->frame.first; r < sniff->grid.row_count; r++) {
        if (!frame_is_data(&sniff->grid, &sniff->frame, r))
            continue;
        for (size_t c = 0; c < sniff->grid.row[r].count; c++) {
            const struct grid_cell *cell = grid_at(&sniff->grid, r, c);
            if (cell->kind == CELL_NUMBER && (int)c != sniff->frame.date_column)
                weigh(&evidence, cell);
        }
    }
    bool comma = evidence.decimal_comma > evidence.decimal_dot;
    bool open = evidence.open_comma > 0 && evidence.decimal_comma == 0 && evidence.decimal_dot == 0 &&
                evidence.open_dot == 0 && evidence.thousands_comma == 0 && evidence.thousands_dot == 0;
    /* where the comma is decimal, it is not the delimiter, and programs write ; for it */
    bool continental =
        sniff->grid.dialect.delimiter == ';' || (sniff->publisher && strcmp(sniff->publisher->order, "DMY") == 0);
    comma |= open && continental;
    style->decimal = options->decimal ? pins_mark(options->decimal) : comma ? ',' : '.';
    if (style->decimal == ',')
        style->thousands = evidence.thousands_dot + evidence.open_dot + evidence.decimal_dot > 0 ? '.' : 0;
    else
        style->thousands = evidence.thousands_comma + evidence.open_comma > 0 ? ',' : 0;
    if (evidence.space > 0)
        style->thousands = ' ';
    if (evidence.apostrophe > 0)
        style->thousands = '\'';
    style->thousands = options->thousands ? pins_mark(options->thousands) : style->thousands;
    if (style->decimal == style->thousands)
        return sniff_stop(sniff, KURS_EARGUMENT, "give --decimal and --thousands different marks",
                          "its decimal and its thousands mark would both be '%c'", style->decimal);
    bool told = options->decimal || options->thousands;
    if (open && !told && !continental)
        return sniff_stop(sniff, KURS_EDECIDE, "--decimal , or --thousands ,",
                          "the comma of '%.*s' could be a decimal or a thousands mark in every number of it",
                          (int)evidence.open_cell->length, evidence.open_cell->text);
    sniff_step(sniff, "numbers: decimal mark '%c'%s%s", style->decimal,
               style->thousands ? ", thousands parted by " : "",
               style->thousands == ' '    ? "spaces"
               : style->thousands == '\'' ? "apostrophes"
               : style->thousands == ','  ? "commas"
               : style->thousands         ? "dots"
                                          : "");
    return KURS_OK;
}
