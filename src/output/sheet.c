/* sheet.c: cells in, one of four forms out. Owns the memory of cells and the turning of values into text; the forms
 * themselves are sheet_table.c, sheet_csv.c, sheet_json.c and sheet_markdown.c. */
#include "output/sheet_private.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    const struct writer_form *form;
} FORMS[SHEET_FORMATS] = {
    [SHEET_TABLE] = {"table", &SHEET_FORM_TABLE},
    [SHEET_CSV] = {"csv", &SHEET_FORM_CSV},
    [SHEET_JSON] = {"json", &SHEET_FORM_JSON},
    [SHEET_MARKDOWN] = {"markdown", &SHEET_FORM_MARKDOWN},
};

bool sheet_format_parse(const char *text, enum sheet_format *format)
{
    for (int i = 0; i < SHEET_FORMATS; i++) {
        if (strcmp(text, FORMS[i].name) == 0) {
            *format = (enum sheet_format)i;
            return true;
        }
    }
    return false;
}

struct sheet *sheet_open(FILE *out, const struct column *columns, size_t column_count, const struct sheet_style *style)
{
    assert(column_count > 0 && column_count <= SHEET_COLUMNS_MAX);
    struct sheet *sheet = calloc(1, sizeof *sheet);
    if (sheet == NULL) {
        return NULL;
    }
    sheet->out = out;
    sheet->columns = columns;
    sheet->column_count = column_count;
    sheet->style = *style;
    sheet->form = FORMS[style->format].form;
    return sheet;
}

/* Doubles until `need` fits; false and a sticky status when memory ends. */
static bool grow(struct sheet *sheet, void *array, size_t *room, size_t need, size_t item_bytes)
{
    if (need <= *room) {
        return true;
    }
    size_t wanted = *room == 0 ? 64 : *room;
    while (wanted < need) {
        wanted *= 2;
    }
    void *old;
    memcpy(&old, array, sizeof old);
    void *bigger = wanted > SIZE_MAX / item_bytes ? NULL : realloc(old, wanted * item_bytes);
    if (bigger == NULL) {
        sheet->status = KURS_ENOMEM;
        return false;
    }
    memcpy(array, &bigger, sizeof bigger);
    *room = wanted;
    return true;
}

/* The offset of a copy of `text`, or SIZE_MAX. */
static size_t keep_text(struct sheet *sheet, const char *text)
{
    size_t size = strlen(text) + 1;
    if (!grow(sheet, &sheet->bytes, &sheet->byte_room, sheet->byte_count + size, 1)) {
        return SIZE_MAX;
    }
    size_t offset = sheet->byte_count;
    memcpy(sheet->bytes + offset, text, size);
    sheet->byte_count += size;
    return offset;
}

static void begin(struct sheet *sheet)
{
    if (!sheet->begun) {
        sheet->form->begin(sheet);
        sheet->begun = true;
    }
}

static void end_row(struct sheet *sheet)
{
    if (sheet->form->row != NULL) {
        begin(sheet);
        sheet->form->row(sheet, sheet->cells);
        sheet->cell_count = 0;
        sheet->byte_count = 0;
    }
    sheet->row_count++;
}

static void push(struct sheet *sheet, const char *text, const char *shown, bool known)
{
    if (sheet == NULL || sheet->status != KURS_OK ||
        !grow(sheet, &sheet->cells, &sheet->cell_room, sheet->cell_count + 1, sizeof *sheet->cells)) {
        return;
    }
    struct cell cell = {.known = known};
    cell.text = keep_text(sheet, text);
    cell.shown = shown == text ? cell.text : keep_text(sheet, shown);
    if (cell.text == SIZE_MAX || cell.shown == SIZE_MAX) {
        return;
    }
    sheet->cells[sheet->cell_count++] = cell;
    if (sheet->cell_count % sheet->column_count == 0) {
        end_row(sheet);
    }
}

void sheet_empty(struct sheet *sheet)
{
    push(sheet, "", "", false);
}

void sheet_text(struct sheet *sheet, const char *text)
{
    push(sheet, text, text, true);
}

void sheet_time(struct sheet *sheet, int64_t time_us, enum kurs_kind kind)
{
    char text[KURS_TIME_SIZE];
    kurs_time_format(time_us, kind, text);
    push(sheet, text, text, true);
}

void sheet_rate(struct sheet *sheet, struct kurs_decimal rate)
{
    char text[KURS_DECIMAL_SIZE];
    kurs_decimal_format(rate, text);
    push(sheet, text, text, true);
}

void sheet_rate_to(struct sheet *sheet, struct kurs_decimal rate, int decimals)
{
    sheet_rate(sheet, decimals < 0 ? rate : kurs_decimal_round(rate, decimals));
}

void sheet_percent(struct sheet *sheet, const struct kurs_ratio *ratio, int decimals)
{
    char text[KURS_PERCENT_SIZE];
    if (kurs_percent_format(ratio, decimals, text) == 0) {
        sheet_empty(sheet);
    } else {
        push(sheet, text, text, true);
    }
}

void sheet_count(struct sheet *sheet, uint64_t count)
{
    char text[24], *start = text + sizeof text;
    *--start = '\0';
    do {
        *--start = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    push(sheet, start, start, true);
}

void sheet_number(struct sheet *sheet, double number, int decimals)
{
    char text[KURS_PERCENT_SIZE];
    if (!isfinite(number) || (size_t)snprintf(text, sizeof text, "%.*f", decimals, number) >= sizeof text) {
        sheet_empty(sheet);
    } else {
        push(sheet, text, text, true);
    }
}

/* "2d3h4m5.295s", zero units left out; not `exact`: at most two units, and whole seconds beside a larger one. */
static void format_age(int64_t age_us, bool exact, char *text, size_t size)
{
    static const struct {
        int64_t us;
        char letter;
    } UNITS[] = {{KURS_DAY_US, 'd'}, {KURS_HOUR_US, 'h'}, {KURS_MINUTE_US, 'm'}};
    size_t used = 0;
    int parts = exact ? 4 : 2;
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++) {
        int64_t count = age_us / UNITS[i].us;
        if (count > 0 && parts > 0) {
            used += (size_t)snprintf(text + used, size - used, "%" PRId64 "%c", count, UNITS[i].letter);
            parts--;
        } else if (used > 0) {
            parts--;
        }
        age_us %= UNITS[i].us;
    }
    if (used > 0 && (age_us == 0 || parts <= 0)) {
        return;
    }
    int64_t fraction = exact || used == 0 ? age_us % KURS_SECOND_US : 0;
    used += (size_t)snprintf(text + used, size - used, "%" PRId64, age_us / KURS_SECOND_US);
    if (fraction != 0) {
        used += (size_t)snprintf(text + used, size - used, fraction % 1000 == 0 ? ".%03" PRId64 : ".%06" PRId64,
                                 fraction % 1000 == 0 ? fraction / 1000 : fraction);
    }
    snprintf(text + used, size - used, "s");
}

void sheet_age(struct sheet *sheet, int64_t age_us, enum kurs_kind kind)
{
    char exact[64], shown[64];
    if (kind == KURS_DAILY) {
        snprintf(exact, sizeof exact, "%" PRId64 "d", age_us / KURS_DAY_US);
        push(sheet, exact, exact, true);
        return;
    }
    format_age(age_us, true, exact, sizeof exact);
    format_age(age_us, false, shown, sizeof shown);
    push(sheet, exact, shown, true);
}

void sheet_discard(struct sheet *sheet)
{
    if (sheet != NULL) {
        free(sheet->cells);
        free(sheet->bytes);
        free(sheet);
    }
}

enum kurs_status sheet_close(struct sheet *sheet)
{
    if (sheet == NULL) {
        return KURS_ENOMEM;
    }
    if (sheet->status == KURS_OK) {
        assert(sheet->cell_count % sheet->column_count == 0);
        begin(sheet);
        sheet->form->end(sheet);
    }
    enum kurs_status status = sheet->status;
    if (status == KURS_OK && ferror(sheet->out)) {
        status = KURS_EIO;
    }
    sheet_discard(sheet);
    return status;
}
