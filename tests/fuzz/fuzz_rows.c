/* fuzz_rows.c: any bytes as rows under a few plans: whole, and in two parts cut at a line end, they give the same numbers
 * of points, blanks, rejects and lines. First byte: the plan; second: where the cut is. */
#include "ingest/lines.h"
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

struct sums {
    uint64_t points, blank, identical, rejected, lines;
};

static void add(struct sums *sums, const struct batch *batch)
{
    for (uint32_t i = 0; i < batch->used_count; i++) {
        sums->points += batch->column[batch->used[i]].count;
    }
    for (size_t i = 0; i < batch->reject_count; i++) {
        sums->rejected += batch->reject[i].cells;
    }
    sums->blank += batch->blank;
    sums->identical += batch->identical;
    sums->lines += batch->lines;
}

static const int64_t until_us = KURS_TIME_MAX;

static struct sums parse(const struct plan *plan, const char *text, size_t size, size_t cut)
{
    struct rows_rules rules = {.plan = plan, .until_us = &until_us};
    struct names *names = NULL;
    struct reader *reader = NULL;
    struct batch batch = {0};
    struct kurs_error error;
    struct sums sums = {0};
    size_t consumed = 0;
    require(names_new(&names) == KURS_OK && reader_new(&rules, names, &reader, &error) == KURS_OK);
    if (cut > 0) {
        require(reader_parse(reader, text, cut, false, &batch, &consumed) == KURS_OK && consumed <= cut);
        add(&sums, &batch);
    }
    batch_clear(&batch);
    size_t rest = consumed;
    require(reader_parse(reader, text + rest, size - rest, true, &batch, &consumed) == KURS_OK);
    require(consumed == size - rest);
    add(&sums, &batch);
    batch_release(&batch);
    reader_free(reader);
    names_free(names);
    return sums;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct plan_column columns[4];
    if (size < 2 || size > 65536) {
        return 0;
    }
    struct plan plan = {.first_line = 1,
                        .delimiter = ",;\t "[data[0] % 4],
                        .number = {data[0] & 4 ? '.' : ',', 0},
                        .kind = KURS_DAILY,
                        .column_count = 4,
                        .columns = columns,
                        .quoted_lines = (data[0] & 0x18) == 0x18,
                        .layout = (enum plan_layout)(data[0] / 32 % 5)};
    require(date_format_compile("YYYY-MM-DD", &plan.date, NULL) == KURS_OK);
    memset(columns, 0, sizeof columns);
    columns[0].role = plan.layout == PLAN_TRANSPOSED ? ROLE_CURRENCY : ROLE_DATE;
    columns[1].role = plan.layout == PLAN_TRANSPOSED ? ROLE_VALUE : ROLE_CURRENCY;
    columns[2] = (struct plan_column) {.role = data[0] & 8 ? ROLE_UNITS : ROLE_VALUE, .base = "EUR"};
    columns[3] = (struct plan_column) {.role = ROLE_VALUE, .quote = "USD"};
    for (size_t i = 0; i < 4; i++) {
        columns[i].units = 1;
        columns[i].units_column = -1;
    }
    columns[1].quote[0] = '\0';
    const char *text = (const char *)data + 2;
    size_t bytes = size - 2, cut = lines_whole(text, bytes * data[1] / 255);
    struct sums whole = parse(&plan, text, bytes, 0), parts = parse(&plan, text, bytes, cut);
    require(memcmp(&whole, &parts, sizeof whole) == 0);
    return 0;
}
