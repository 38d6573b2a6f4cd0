/* Chunks over threads: the same points in the same order however many threads, with rows whose quotes span the cuts. */
#include "ingest/parallel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ROWS 120000

static struct plan_column columns[3];
static struct plan plan;
static const int64_t until_us = KURS_TIME_MAX;

/* What came, in order: a checksum over times, rates and lines, and counts. */
struct sums {
    uint64_t points, rejects, lines, order, first_reject_line, first_reject_byte;
    enum kurs_status stop_with;
};

static enum kurs_status take(void *context, struct batch *batch, struct parallel_origin origin,
                             struct kurs_error *error)
{
    (void)error;
    struct sums *sums = context;
    for (uint32_t i = 0; i < batch->used_count; i++) {
        const struct batch_column *column = &batch->column[batch->used[i]];
        for (size_t j = 0; j < column->count; j++) {
            sums->order = sums->order * 31 + (uint64_t)column->time_us[j];
            sums->order = sums->order * 31 + (uint64_t)column->coefficient[j] + origin.lines + column->line[j];
        }
        sums->points += column->count;
    }
    if (sums->rejects == 0 && batch->reject_count > 0) {
        sums->first_reject_line = origin.lines + batch->reject[0].place.line;
        sums->first_reject_byte = origin.bytes + batch->reject[0].place.byte;
    }
    sums->rejects += batch->reject_count;
    sums->lines = origin.lines + batch->lines;
    return sums->stop_with;
}

static enum kurs_status run(const char *text, size_t bytes, unsigned threads, struct sums *sums,
                            struct kurs_error *error)
{
    char path[] = "/tmp/kurs-parallel-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    assert_int_equal(write(fd, text, bytes), bytes);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    struct input *input;
    struct names *names;
    assert_int_equal(input_open(NULL, fd, "x.csv", NULL, false, &input, error), KURS_OK);
    assert_int_equal(names_new(&names), KURS_OK);
    struct parallel_options options = {.input = input,
                                       .rules = {.plan = &plan, .until_us = &until_us},
                                       .names = names,
                                       .threads = threads,
                                       .context = sums,
                                       .take = take};
    enum kurs_status status = parallel_run(&options, error);
    input_close(input);
    names_free(names);
    close(fd);
    return status;
}

static int make_plan(void **state)
{
    (void)state;
    plan = (struct plan) {.delimiter = ',',
                          .number = {'.', 0},
                          .kind = KURS_INSTANT,
                          .first_line = 3,
                          .first_byte = 12,
                          .column_count = 3,
                          .columns = columns};
    columns[0].role = ROLE_DATE;
    columns[1] =
        (struct plan_column) {.role = ROLE_VALUE, .base = "EUR", .quote = "USD", .units = 1, .units_column = -1};
    return date_format_compile("YYYY-MM-DD HH:MM:SS.fff", &plan.date, NULL) == KURS_OK ? 0 : -1;
}

/* Rows behind a preamble of two lines; every `quoted`-th with a line end within quotes, one bad row in the middle. */
static char *make_text(int quoted, size_t *bytes)
{
    char *text = malloc((size_t)ROWS * 64 + 64);
    size_t at = (size_t)sprintf(text, "a,b\nt,v,note\n");
    plan.first_byte = at;
    for (int i = 0; i < ROWS; i++) {
        at += (size_t)sprintf(text + at, "2024-01-%02d %02d:%02d:%02d.%03d,%s%d.%05d,%s\n", 1 + i / 86400,
                              i / 3600 % 24, i / 60 % 60, i % 60, i % 1000, i == ROWS / 2 ? "x" : "", 1 + i % 9,
                              i % 100000, quoted && i % quoted == 0 ? "\"two\nlines, \"\"all\"\" quoted\"" : "");
    }
    *bytes = at;
    return text;
}

static void any_number_of_threads_gives_the_same(void **state)
{
    (void)state;
    static const int quoted[] = {0, 1000, 1};
    for (size_t i = 0; i < 3; i++) {
        size_t bytes;
        char *text = make_text(quoted[i], &bytes);
        struct kurs_error error;
        struct sums one = {.points = 0};
        assert_int_equal(run(text, bytes, 1, &one, &error), KURS_OK);
        assert_int_equal(one.points, ROWS - 1);
        assert_int_equal(one.rejects, 1);
        uint64_t more = quoted[i] ? (ROWS + (uint64_t)quoted[i] - 1) / (uint64_t)quoted[i] : 0;
        assert_int_equal(one.lines, 2 + ROWS + more);
        for (unsigned threads = 2; threads <= 5; threads++) {
            struct sums several = {.points = 0};
            assert_int_equal(run(text, bytes, threads, &several, &error), KURS_OK);
            assert_int_equal(several.points, one.points);
            assert_int_equal(several.order, one.order);
            assert_int_equal(several.lines, one.lines);
            assert_int_equal(several.first_reject_line, one.first_reject_line);
            assert_int_equal(several.first_reject_byte, one.first_reject_byte);
        }
        const char *row = text + one.first_reject_byte;
        assert_non_null(memchr(row, 'x', 30));
        free(text);
    }
}

static void a_quote_never_closed_over_chunks_is_a_limit(void **state)
{
    (void)state;
    size_t bytes;
    char *text = make_text(0, &bytes);
    memcpy(text + plan.first_byte, "\"", 1);
    struct kurs_error error;
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct sums sums = {.points = 0};
        assert_int_equal(run(text, bytes, threads, &sums, &error), KURS_ELIMIT);
        assert_int_equal(sums.points, 0);
    }
    free(text);
}

static void a_row_too_long_is_named_by_file_and_line(void **state)
{
    (void)state;
    size_t bytes;
    char *text = make_text(0, &bytes);
    char *row = text + plan.first_byte;
    for (int i = 0; i < 50000; i++) {
        row = strchr(row, '\n') + 1;
    }
    *row = '"';
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct sums sums = {.points = 0};
        struct kurs_error error;
        assert_int_equal(run(text, bytes, threads, &sums, &error), KURS_ELIMIT);
        assert_string_equal(error.what, "a row of 'x.csv' is longer than 1048576 bytes");
        assert_string_equal(error.why, "it starts on line 50003: a quote may never be closed");
    }
    free(text);
}

static void a_text_without_line_ends_is_a_limit(void **state)
{
    (void)state;
    size_t bytes = 4 * ROW_BYTES_MAX;
    char *text = malloc(bytes);
    memset(text, 'x', bytes);
    plan.first_byte = 0;
    struct kurs_error error;
    struct sums sums = {.points = 0};
    assert_int_equal(run(text, bytes, 2, &sums, &error), KURS_ELIMIT);
    free(text);
}

static void what_the_taker_returns_ends_the_reading(void **state)
{
    (void)state;
    size_t bytes;
    char *text = make_text(0, &bytes);
    struct kurs_error error;
    struct sums sums = {.stop_with = KURS_ECANCELED};
    assert_int_equal(run(text, bytes, 3, &sums, &error), KURS_ECANCELED);
    assert_true(sums.points < ROWS / 2);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(any_number_of_threads_gives_the_same, make_plan),
        cmocka_unit_test_setup(a_quote_never_closed_over_chunks_is_a_limit, make_plan),
        cmocka_unit_test_setup(a_row_too_long_is_named_by_file_and_line, make_plan),
        cmocka_unit_test_setup(a_text_without_line_ends_is_a_limit, make_plan),
        cmocka_unit_test_setup(what_the_taker_returns_ends_the_reading, make_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
