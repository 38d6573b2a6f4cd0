/* The order in which rejects are told is that of the file, wherever it was cut into batches. */
#include "unit.h"

#include <stdio.h>

#include "ingest/account.h"

static char told[65536];

static void on_reject(void *context, const struct kurs_reject *reject)
{
    (void)context;
    size_t length = strlen(told);
    snprintf(told + length, sizeof told - length, "%llu%.*s ", (unsigned long long)reject->line, (int)reject->raw_bytes,
             reject->raw);
}

static void on_note(void *context, enum kurs_note note, const char *text)
{
    (void)context;
    (void)note;
    size_t length = strlen(told);
    snprintf(told + length, sizeof told - length, "(%s) ", text);
}

/* One letter a row: D has a date, F has none, R is a reject of another kind. */
static void take(struct account *account, const char *rows, size_t from, size_t until)
{
    struct batch batch = {.lines = until - from};
    for (size_t i = from; i < until; i++) {
        struct batch_place place = {.line = i - from + 1, .byte = i - from, .raw = rows + i, .raw_bytes = 1};
        if (rows[i] == 'D') {
            batch.last_data_line = place.line;
        } else {
            assert_int_equal(batch_reject(&batch, &place, 1, rows[i] == 'F', "bad"), KURS_OK);
        }
    }
    assert_int_equal(account_batch(account, &batch, (struct parallel_origin) {from, from}), KURS_OK);
    batch_release(&batch);
}

/* What is told of the rows when a batch is `step` of them. */
static const char *tell(const char *rows, size_t step, uint64_t *rejected)
{
    struct kurs_import_options options = {.on_reject = on_reject, .on_note = on_note};
    struct account *account;
    size_t count = strlen(rows);
    told[0] = '\0';
    assert_int_equal(account_new(&options, &account), KURS_OK);
    for (size_t at = 0; at < count; at += step) {
        take(account, rows, at, at + step < count ? at + step : count);
    }
    account_end(account);
    account_finish(account);
    *rejected = account_rejected(account);
    account_free(account);
    return told;
}

static void rejects_are_told_in_the_order_of_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *told;
        uint64_t rejected;
    } cases[] = {
        {"DFRD", "2F 3R ", 2},
        {"DFRRF", "3R 4R (2 footer lines from line 2 on left out) ", 2},
        {"DRFFDF", "2R 3F 4F (1 footer line from line 6 on left out) ", 3},
        {"DFF", "(2 footer lines from line 2 on left out) ", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t step = 1; step <= strlen(cases[i].rows); step++) {
            uint64_t rejected;
            assert_string_equal(tell(cases[i].rows, step, &rejected), cases[i].told);
            assert_int_equal(rejected, cases[i].rejected);
        }
    }
}

static void a_footer_that_never_ends_is_data_gone_wrong(void **state)
{
    (void)state;
    char rows[402] = "D";
    memset(rows + 1, 'F', 400);
    for (size_t step = 50; step <= 401; step += 117) {
        uint64_t rejected;
        assert_null(strstr(tell(rows, step, &rejected), "footer"));
        assert_int_equal(rejected, 400);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rejects_are_told_in_the_order_of_the_file),
        cmocka_unit_test(a_footer_that_never_ends_is_data_gone_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
