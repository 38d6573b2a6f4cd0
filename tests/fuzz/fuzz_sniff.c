/* Any bytes, under a name that may tell a pair: sniffing answers, and what it decides is within the plan's limits. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ingest/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct plan *plan)
{
    size_t values = 0;
    assert(plan->column_count <= PLAN_COLUMNS_MAX);
    for (size_t i = 0; i < plan->column_count; i++) {
        const struct plan_column *column = &plan->columns[i];
        assert(column->role != ROLE_VALUE || column->units >= 1);
        assert(column->units_column < (int)plan->column_count);
        values += column->role == ROLE_VALUE;
    }
    assert(values > 0 || plan->layout == PLAN_TICKER);
    assert(plan->number.decimal != plan->number.thousands);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"EURUSD.csv", "rates.csv", "20240115_usd_kzt.txt", "x"};
    char path[] = "/tmp/fuzz_sniff.XXXXXX";
    struct kurs_import_options options = {.skip_lines = -1, .at_us = INT64_MIN};
    struct input *input;
    struct plan plan;
    int fd = mkstemp(path);
    if (fd < 0)
        abort();
    unlink(path);
    if (write(fd, data, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET) != 0)
        abort();
    const char *name = names[size % 4];
    if (input_open(NULL, fd, name, NULL, false, &input, NULL) == KURS_OK) {
        if (sniff(input_head(input), &options, &plan, NULL) == KURS_OK)
            check(&plan);
        plan_release(&plan);
        input_close(input);
    }
    close(fd);
    return 0;
}
