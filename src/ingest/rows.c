/* rows.c: the plan's executor. Owns what a row of cells means once roles are known: its time, its subject, its values
 * and units, and which of them are blank or malformed. Decides nothing: every choice is in the plan. The plan's columns
 * are sorted by role once, so that a row touches only the cells it needs. */
#include "ingest/rows.h"

#include "base/text.h"
#include "ingest/mids.h"
#include "ingest/sniff_subject.h"

#include <stdlib.h>
#include <string.h>

#define STAMP_BYTES_MAX 128                         /* joined date cells */
#define SHOWN_BYTES     40                          /* of a cell in a reason */
#define UNITS_MAX       INT64_C(999999999999999999) /* a decimal's coefficient */

struct value {
    size_t column;
    int64_t units;
    int units_column; /* its own, or the row's, or -1 */
};

/* The row at hand. */
struct row {
    const struct cell *cells;
    size_t count;
    const struct batch_place *place;
    struct batch *batch;
    int64_t time_us;
    enum kurs_kind kind;
    const struct subject *subject;
};

struct rows {
    struct rows_rules rules;
    struct subjects *subjects;
    size_t *dates, *filters;
    size_t date_count, filter_count;
    struct value *values;
    size_t value_count;
    struct mid *mids;
    size_t mid_count;
    int power_column; /* ROLE_UNITS_POWER, or -1 */
    struct date_memory memory, day_memory;
    struct date_format day_format; /* kind_per_row: YYYY-MM-DD */
    struct kurs_decimal *rates;    /* of this row, one a value; coefficient 0 = none */
    /* transposed: the times of the header row above, by column */
    int64_t *header_us;
    bool *header_known;
    size_t header_count;
};

/* ---- making ready ---- */

static void sort_roles(struct rows *rows)
{
    const struct plan *plan = rows->rules.plan;
    int units_column = -1;
    rows->power_column = -1;
    for (size_t i = 0; i < plan->column_count; i++) {
        switch (plan->columns[i].role) {
        case ROLE_DATE:
            rows->dates[rows->date_count++] = i;
            break;
        case ROLE_FILTER:
            rows->filters[rows->filter_count++] = i;
            break;
        case ROLE_UNITS:
            units_column = (int)i;
            break;
        case ROLE_UNITS_POWER:
            rows->power_column = (int)i;
            break;
        case ROLE_VALUE:
            rows->values[rows->value_count++] = (struct value) {
                i, plan->columns[i].units > 0 ? plan->columns[i].units : 1, plan->columns[i].units_column};
            break;
        default:
            break;
        }
    }
    for (size_t i = 0; i < rows->value_count; i++) {
        if (rows->values[i].units_column < 0) {
            rows->values[i].units_column = units_column;
        }
    }
    rows->mid_count = mids_find(plan, rows->mids);
}

enum kurs_status rows_new(const struct rows_rules *rules, struct names *names, struct rows **rows)
{
    size_t count = rules->plan->column_count + 1;
    struct rows *made = calloc(1, sizeof *made);
    if (!made) {
        return KURS_ENOMEM;
    }
    made->rules = *rules;
    made->dates = calloc(count, sizeof *made->dates);
    made->filters = calloc(count, sizeof *made->filters);
    made->values = calloc(count, sizeof *made->values);
    made->mids = calloc(count, sizeof *made->mids);
    made->rates = calloc(count, sizeof *made->rates);
    bool room = made->dates && made->filters && made->values && made->mids && made->rates;
    enum kurs_status status = room ? KURS_OK : KURS_ENOMEM;
    if (status == KURS_OK && rules->plan->layout == PLAN_TRANSPOSED) {
        made->header_us = calloc(PLAN_COLUMNS_MAX, sizeof *made->header_us);
        made->header_known = calloc(PLAN_COLUMNS_MAX, sizeof *made->header_known);
        status = made->header_us && made->header_known ? KURS_OK : KURS_ENOMEM;
    }
    status = status == KURS_OK ? subjects_new(rules->plan, names, &made->subjects) : status;
    if (status == KURS_OK && rules->plan->kind_per_row) {
        status = date_format_compile("YYYY-MM-DD", &made->day_format, NULL);
    }
    if (status != KURS_OK) {
        rows_free(made);
        return status;
    }
    sort_roles(made);
    *rows = made;
    return KURS_OK;
}

void rows_free(struct rows *rows)
{
    if (rows) {
        subjects_free(rows->subjects);
        free(rows->dates);
        free(rows->filters);
        free(rows->values);
        free(rows->mids);
        free(rows->rates);
        free(rows->header_us);
        free(rows->header_known);
        free(rows);
    }
}

/* ---- cells ---- */

static struct cell cell_at(const struct row *row, size_t column)
{
    return column < row->count ? row->cells[column] : (struct cell) {"", 0};
}

static bool has_digit(struct cell cell)
{
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.text[i] >= '0' && cell.text[i] <= '9') {
            return true;
        }
    }
    return false;
}

static int shown(struct cell cell)
{
    return (int)(cell.length <= SHOWN_BYTES ? cell.length : text_boundary(cell.text, SHOWN_BYTES));
}

/* Value cells that are there and filled. */
static uint64_t filled_values(const struct rows *rows, const struct row *row)
{
    uint64_t filled = 0;
    for (size_t i = 0; i < rows->value_count; i++) {
        filled += cell_at(row, rows->values[i].column).length > 0;
    }
    return filled;
}

/* What a reject of the whole row counts for. */
static uint64_t cells_of(const struct rows *rows, const struct row *row)
{
    uint64_t filled = filled_values(rows, row);
    return filled > 0 ? filled : 1;
}

static bool is_filtered(const struct rows *rows, const struct row *row)
{
    for (size_t i = 0; i < rows->filter_count; i++) {
        struct cell cell = cell_at(row, rows->filters[i]);
        const char *wanted = rows->rules.plan->columns[rows->filters[i]].filter;
        if (cell.length != strlen(wanted) || memcmp(cell.text, wanted, cell.length) != 0) {
            return true;
        }
    }
    return false;
}

/* ---- time ---- */

const char *rows_time_fault(const struct rows_rules *rules, int64_t time_us)
{
    return time_us >= *rules->until_us ? "is more than 2 days ahead"
           : time_us < KURS_TIME_MIN   ? "is before year 1"
                                       : NULL;
}

/* The date cells joined by a space. A single one is used where it stands. */
static struct cell stamp_of(const struct rows *rows, const struct row *row, char *joined)
{
    if (rows->date_count == 1) {
        return cell_at(row, rows->dates[0]);
    }
    size_t bytes = 0;
    for (size_t i = 0; i < rows->date_count; i++) {
        struct cell cell = cell_at(row, rows->dates[i]);
        if (bytes + cell.length + 1 > STAMP_BYTES_MAX) {
            break;
        }
        if (bytes > 0) {
            joined[bytes++] = ' ';
        }
        memcpy(joined + bytes, cell.text, cell.length);
        bytes += cell.length;
    }
    return (struct cell) {joined, bytes};
}

/* The point's time and kind; false when the stamp is not of the plan's form. */
static bool time_of(struct rows *rows, struct cell stamp, int64_t *time_us, enum kurs_kind *kind)
{
    const struct plan *plan = rows->rules.plan;
    struct date_value value;
    *kind = plan->kind;
    if (plan->kind_per_row && stamp.length == 10) {
        *kind = KURS_DAILY;
        bool read = date_read_again(&rows->day_format, &rows->day_memory, stamp.text, stamp.length, &value);
        *time_us = read ? value.local_us : *time_us;
        return read;
    }
    if (!date_read_again(&plan->date, &rows->memory, stamp.text, stamp.length, &value)) {
        return false;
    }
    if (plan->kind_per_row) {
        *kind = KURS_INSTANT;
    } else if (plan->kind == KURS_DAILY) {
        *time_us = value.local_us;
        return value.local_us % KURS_DAY_US == 0;
    }
    *time_us = value.has_offset ? value.local_us - value.offset_us : kurs_zone_to_utc(rows->rules.zone, value.local_us);
    return true;
}

/* ---- values ---- */

/* Of a units cell: a number, or a currency's name with one ("Yen (100)"; without one it is for 1). 0 if neither. */
static int64_t units_stated(const struct rows *rows, struct cell cell)
{
    struct number_style style = rows->rules.plan->number;
    struct kurs_decimal number;
    style.thousands = style.thousands ? style.thousands : style.decimal == ',' ? '.' : ',';
    if (number_read(cell.text, cell.length, style, &number) != NUMBER_VALUE) {
        struct spoken name;
        bool named = subject_parse(cell.text, cell.length, &name);
        return named && name.units > 0 ? name.units : named ? 1 : 0;
    }
    for (; number.exponent < 0 && number.coefficient % 10 == 0; number.exponent++) {
        number.coefficient /= 10;
    }
    return number.exponent == 0 ? number.coefficient : 0;
}

/* The units a value is for: the plan's, times those of the row. 0 when the cell cannot be read. */
static int64_t units_of(const struct rows *rows, const struct value *value, const struct row *row)
{
    int64_t units = value->units;
    if (value->units_column >= 0) {
        int64_t stated = units_stated(rows, cell_at(row, (size_t)value->units_column));
        if (stated == 0 || stated > UNITS_MAX / units) {
            return 0;
        }
        units *= stated;
    }
    if (rows->power_column >= 0) {
        struct cell cell = cell_at(row, (size_t)rows->power_column);
        if (cell.length != 1 || cell.text[0] < '0' || cell.text[0] > '9') {
            return 0;
        }
        for (int power = cell.text[0] - '0'; power > 0; power--) {
            units = units <= UNITS_MAX / 10 ? units * 10 : 0;
        }
    }
    return units;
}

/* rate / units: exact where it ends, else to 18 digits. */
static enum kurs_status per_unit(struct kurs_decimal rate, int64_t units, struct kurs_decimal *result)
{
    if (units == 1) {
        *result = rate;
        return KURS_OK;
    }
    if (number_per_unit(rate, units, result) == KURS_OK) {
        return KURS_OK;
    }
    return kurs_decimal_divide(rate, (struct kurs_decimal) {units, 0}, KURS_DIGITS_MAX, result);
}

/* Counts mids that lie outside their bids and asks. */
static void check_mids(const struct rows *rows, const struct row *row)
{
    for (size_t i = 0; i < rows->mid_count; i++) {
        if (mids_is_outside(&rows->mids[i], rows->rates)) {
            row->batch->mid_line = row->batch->mid_outside ? row->batch->mid_line : row->place->line;
            row->batch->mid_outside++;
        }
    }
}

/* The series of the row's values at its time. */
static const uint32_t *ids_of(const struct row *row)
{
    const struct subject *subject = row->subject;
    return subject->ids_before && row->time_us < subject->until_us ? subject->ids_before : subject->ids;
}

/* One cell of value `index`, for so many units of series `id`. */
static enum kurs_status take_value(struct rows *rows, const struct row *row, size_t index, struct cell cell,
                                   int64_t units, uint32_t id)
{
    struct kurs_decimal published, rate;
    enum number_cell kind = number_read(cell.text, cell.length, rows->rules.plan->number, &published);
    const char *reason = row->subject->reason;
    rows->rates[index].coefficient = 0;
    if (id == SERIES_NO_RATE) {
        batch_no_rate(row->batch, reason, strlen(reason), 1);
        return KURS_OK;
    }
    if (kind == NUMBER_BLANK || id == SERIES_IDENTITY) {
        row->batch->blank++;
        return KURS_OK;
    }
    if (kind != NUMBER_VALUE) {
        return batch_reject(row->batch, row->place, 1, false, "'%.*s' %s", shown(cell), cell.text,
                            kind == NUMBER_NEGATIVE ? "is not above zero"
                            : kind == NUMBER_BEYOND ? "is beyond 18 digits or 32 decimals"
                                                    : "is no number");
    }
    if (id == SERIES_BAD) {
        return batch_reject(row->batch, row->place, 1, false, "%s", reason);
    }
    if (units <= 0) {
        return batch_reject(row->batch, row->place, 1, false, "its units cannot be read");
    }
    if (per_unit(published, units, &rate) != KURS_OK) {
        return batch_reject(row->batch, row->place, 1, false, "'%.*s' for %lld units is out of range", shown(cell),
                            cell.text, (long long)units);
    }
    rows->rates[index] = rate;
    return batch_point(row->batch, id, row->time_us, rate, row->place->line);
}

/* ---- rows ---- */

static enum kurs_status take_values(struct rows *rows, struct row *row)
{
    enum kurs_status status = subjects_find(rows->subjects, row->cells, row->count, row->kind, &row->subject);
    if (status != KURS_OK) {
        return status;
    }
    const uint32_t *ids = ids_of(row);
    for (size_t i = 0; i < rows->value_count && status == KURS_OK; i++) {
        const struct value *value = &rows->values[i];
        int64_t units = value->units_column < 0 && rows->power_column < 0
                            ? value->units > 1 ? value->units : row->subject->units
                            : units_of(rows, value, row);
        status = take_value(rows, row, i, cell_at(row, value->column), units, ids ? ids[i] : SERIES_BAD);
    }
    check_mids(rows, row);
    return status;
}

/* A row that the plan's columns do not fit: too many filled cells, or none where values are. */
static enum kurs_status check_width(const struct rows *rows, const struct row *row, bool *fits)
{
    size_t columns = rows->rules.plan->column_count;
    *fits = false;
    for (size_t i = columns; i < row->count; i++) {
        if (row->cells[i].length > 0) {
            return batch_reject(row->batch, row->place, cells_of(rows, row), false, "%zu cells where %zu are expected",
                                row->count, columns);
        }
    }
    if (rows->value_count > 0 && row->count <= rows->values[0].column) {
        return batch_reject(row->batch, row->place, cells_of(rows, row), false, "only %zu cells: the value is missing",
                            row->count);
    }
    *fits = true;
    return KURS_OK;
}

/* The row's time and kind from its stamp; a row without one is blank, a footer or a reject. */
static enum kurs_status take_stamp(struct rows *rows, struct row *row, bool *dated)
{
    char joined[STAMP_BYTES_MAX];
    struct cell stamp = stamp_of(rows, row, joined);
    *dated = false;
    if (!time_of(rows, stamp, &row->time_us, &row->kind)) {
        bool empty = filled_values(rows, row) == 0;
        if (stamp.length == 0 && empty) {
            row->batch->blank++;
            return KURS_OK;
        }
        return batch_reject(row->batch, row->place, cells_of(rows, row), !has_digit(stamp) || empty,
                            "'%.*s' is no date of the form %s", shown(stamp), stamp.text,
                            rows->rules.plan->date.pattern);
    }
    const char *fault = rows_time_fault(&rows->rules, row->time_us);
    if (fault) {
        return batch_reject(row->batch, row->place, cells_of(rows, row), false, "'%.*s' %s", shown(stamp), stamp.text,
                            fault);
    }
    *dated = true;
    return KURS_OK;
}

static enum kurs_status take_row(struct rows *rows, struct row *row)
{
    const struct plan *plan = rows->rules.plan;
    bool dated = true, fits = true;
    row->time_us = plan->fixed_us;
    row->kind = plan->kind;
    enum kurs_status status = plan->fixed_time ? KURS_OK : take_stamp(rows, row, &dated);
    if (status == KURS_OK && dated && row->count != plan->column_count) {
        status = check_width(rows, row, &fits);
    }
    if (status != KURS_OK || !dated || !fits) {
        return status;
    }
    row->batch->last_data_line = row->place->line;
    return take_values(rows, row);
}

/* ---- transposed ---- */

static size_t currency_column(const struct plan *plan)
{
    for (size_t i = 0; i < plan->column_count; i++) {
        if (plan->columns[i].role == ROLE_CURRENCY || plan->columns[i].role == ROLE_PAIR) {
            return i;
        }
    }
    return 0;
}

/* Takes a row of dates; false when it is none. */
static bool take_header(struct rows *rows, const struct row *row)
{
    const struct cell *cells = row->cells;
    size_t dates = 0, filled = 0;
    int64_t time_us;
    enum kurs_kind kind;
    for (size_t i = currency_column(rows->rules.plan) + 1; i < row->count; i++) {
        filled += cells[i].length > 0;
        dates += time_of(rows, cells[i], &time_us, &kind);
    }
    if (dates == 0 || dates * 2 < filled) {
        return false;
    }
    rows->header_count = row->count < PLAN_COLUMNS_MAX ? row->count : PLAN_COLUMNS_MAX;
    for (size_t i = 0; i < rows->header_count; i++) {
        rows->header_known[i] =
            time_of(rows, cells[i], &rows->header_us[i], &kind) && !rows_time_fault(&rows->rules, rows->header_us[i]);
    }
    return true;
}

/* A row of one currency under the dates of the header; its cells all have the subject of the first value column. */
static enum kurs_status take_transposed(struct rows *rows, struct row *row)
{
    const struct plan *plan = rows->rules.plan;
    size_t named = currency_column(plan);
    if (take_header(rows, row) || rows->value_count == 0) {
        return KURS_OK;
    }
    size_t dated = row->count < rows->header_count ? row->count : rows->header_count;
    uint64_t filled = 0;
    for (size_t i = named + 1; i < dated; i++) {
        filled += rows->header_known[i] && row->cells[i].length > 0;
    }
    if (filled == 0) {
        return KURS_OK; /* notes and headings between blocks */
    }
    enum kurs_status status = subjects_find(rows->subjects, row->cells, row->count, plan->kind, &row->subject);
    if (status != KURS_OK) {
        return status;
    }
    if (!row->subject->ids || row->subject->ids[0] == SERIES_BAD) {
        return batch_reject(row->batch, row->place, filled, false, "%s", row->subject->reason);
    }
    row->batch->last_data_line = row->place->line;
    int64_t units = rows->values[0].units > 1 ? rows->values[0].units : row->subject->units;
    for (size_t i = named + 1; i < dated && status == KURS_OK; i++) {
        if (rows->header_known[i] && plan->columns[i < plan->column_count ? i : named + 1].role == ROLE_VALUE) {
            row->time_us = rows->header_us[i];
            status = take_value(rows, row, 0, row->cells[i], units, ids_of(row)[0]);
        }
    }
    return status;
}

enum kurs_status rows_take(struct rows *rows, const struct cell *cells, size_t count, const struct batch_place *place,
                           struct batch *batch)
{
    struct row row = {.cells = cells, .count = count, .place = place, .batch = batch};
    if (count > PLAN_COLUMNS_MAX) {
        return batch_reject(batch, place, 1, false, "more than %d cells", PLAN_COLUMNS_MAX);
    }
    bool blank = true;
    for (size_t i = 0; i < count && blank; i++) {
        blank = cells[i].length == 0;
    }
    if (blank || is_filtered(rows, &row)) {
        return KURS_OK;
    }
    return rows->rules.plan->layout == PLAN_TRANSPOSED ? take_transposed(rows, &row) : take_row(rows, &row);
}
