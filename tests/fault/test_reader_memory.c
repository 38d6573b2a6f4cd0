/* test_reader_memory.c: memory runs out at every allocation in turn while text is read: out of memory is said, or what
 * is read is all there; no cell goes missing. The allocator is replaced, so not under sanitizers, which do so too. */
#include "failing_malloc.h"
#include "unit/unit.h"

#include "ingest/reader.h"

#ifdef FAILING_MALLOC

/* A last cell over the room that the ones before it made. */
#define BLANKS "                                                            "
#define LONG   "1.2" BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS

struct sums {
    uint64_t points, blank, rejects, lines;
};

static enum kurs_status parse(const struct rows_rules *rules, const char *text, struct sums *sums)
{
    struct names *names = NULL;
    struct reader *reader = NULL;
    struct batch batch = {0};
    size_t consumed;
    enum kurs_status status = names_new(&names);
    status = status == KURS_OK ? reader_new(rules, names, &reader, NULL) : status;
    status = status == KURS_OK ? reader_parse(reader, text, strlen(text), true, &batch, &consumed) : status;
    *sums = (struct sums) {.blank = batch.blank, .rejects = batch.reject_count, .lines = batch.lines};
    for (uint32_t i = 0; i < batch.used_count; i++) {
        sums->points += batch.column[batch.used[i]].count;
    }
    batch_release(&batch);
    reader_free(reader);
    names_free(names);
    return status;
}

static void out_of_memory_is_said_and_no_cell_goes_missing(void **state)
{
    (void)state;
    static const int64_t until_us = KURS_TIME_MAX;
    static const struct {
        enum plan_layout layout;
        bool quoted_lines;
        const char *text;
    } cases[] = {
        {PLAN_ROWS, false, "2025-01-01,EUR/USD,1.1\n2025-01-02,EUR/USD,x\n2025-01-03,GBP/USD,\n"},
        {PLAN_ROWS, false, "2025-01-01,EUR/USD,1.1\n\"2025-01-02\",\"EUR/USD\",\"1.2\"\n2025-01-03,GBP/USD,1.3\n"},
        {PLAN_ROWS, true, "\"2025-01-01,EUR/USD,1.1\"\n\"\"\"2025-01-02\"\",EUR/USD,\"\"" LONG "\"\"\"\n"},
        {PLAN_TICKER, false, "2025-01-01\nKGS/USD = 0.01144\nKZT/USD = 0.00192\nKGS/USD = 0.01145\n"},
        {PLAN_LEDGER, false, "P 2025-01-01 EUR 1.1 USD\nP 2025-01-02 EUR 1.1 USD\nP 2025-01-99 EUR 1.1 USD\n"},
    };
    struct plan_column columns[] = {
        {.role = ROLE_DATE}, {.role = ROLE_PAIR}, {.role = ROLE_VALUE, .units = 1, .units_column = -1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plan plan = {.layout = cases[i].layout,
                            .delimiter = ',',
                            .quoted_lines = cases[i].quoted_lines,
                            .number = {'.', 0},
                            .kind = KURS_DAILY,
                            .first_line = 1,
                            .column_count = cases[i].layout == PLAN_ROWS ? 3 : 0,
                            .columns = columns};
        struct rows_rules rules = {&plan, NULL, &until_us};
        struct sums all, sums;
        assert_int_equal(date_format_compile("YYYY-MM-DD", &plan.date, NULL), KURS_OK);
        assert_int_equal(parse(&rules, cases[i].text, &all), KURS_OK);
        assert_true(all.points > 0);
        failed = true;
        for (long n = 0; failed; n++) {
            failed = false;
            until_failure = n;
            enum kurs_status status = parse(&rules, cases[i].text, &sums);
            until_failure = -1;
            if (status == KURS_OK) {
                assert_memory_equal(&sums, &all, sizeof all);
            } else {
                assert_int_equal(status, KURS_ENOMEM);
            }
        }
    }
}

#else

static void out_of_memory_is_said_and_no_cell_goes_missing(void **state)
{
    (void)state;
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(out_of_memory_is_said_and_no_cell_goes_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
