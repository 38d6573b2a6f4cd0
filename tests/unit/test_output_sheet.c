/* test_output_sheet.c: the four forms of an answer, and what goes into their cells. */
#include "kurs.h"
#include "output/sheet.h"
#include "output/spark.h"
#include "output/ticker.h"
#include "output/width.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct column COLUMNS[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL},     {"rate", NULL, COLUMN_RATE, IN_ALL},
    {"percent", "%", COLUMN_CHANGE, IN_ALL}, {"points", NULL, COLUMN_COUNT, IN_ALL},
    {"twm", "mean", COLUMN_NUMBER, NOT_CSV}, {"note", "", COLUMN_TEXT, TABLE_ONLY},
};
#define COLUMN_COUNT_ (sizeof COLUMNS / sizeof COLUMNS[0])

static const struct kurs_ratio FALL = {.over = {{99, 0}, {1, 0}}, .under = {{100, 0}, {1, 0}}};
static const struct kurs_ratio FLAT_FALL = {.over = {{99999999, 0}, {1, 0}}, .under = {{100000000, 0}, {1, 0}}};

static void push_rows(struct sheet *sheet, const char *name)
{
    sheet_text(sheet, name);
    sheet_rate(sheet, (struct kurs_decimal) {110, -2});
    sheet_percent(sheet, &FALL, 2);
    sheet_count(sheet, 12345);
    sheet_number(sheet, 1.25, 1);
    sheet_text(sheet, "");
    sheet_text(sheet, "b");
    sheet_rate(sheet, (struct kurs_decimal) {1234567, -5});
    sheet_empty(sheet);
    sheet_count(sheet, 7);
    sheet_number(sheet, NAN, 1);
    sheet_text(sheet, "");
}

/* The sheet of push_rows as text; freed by the caller. */
static char *written(struct sheet_style style, const char *name, int rows)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    struct sheet *sheet = sheet_open(out, COLUMNS, COLUMN_COUNT_, &style);
    if (rows > 0) {
        push_rows(sheet, name);
    }
    assert_int_equal(sheet_close(sheet), KURS_OK);
    fclose(out);
    return text;
}

static void expect(struct sheet_style style, const char *name, int rows, const char *expected)
{
    char *text = written(style, name, rows);
    assert_string_equal(text, expected);
    free(text);
}

static void csv_has_the_contract_columns_and_quotes_only_where_needed(void **state)
{
    (void)state;
    struct sheet_style style = {.format = SHEET_CSV};
    expect(style, "a", 2, "pair,rate,percent,points\na,1.10,-1.00,12345\nb,12.34567,,7\n");
    expect(style, "a,\"b\"\n", 2, "pair,rate,percent,points\n\"a,\"\"b\"\"\n\",1.10,-1.00,12345\nb,12.34567,,7\n");
    expect(style, "a", 0, "pair,rate,percent,points\n");
}

static void json_quotes_rates_and_escapes_text_and_knows_null(void **state)
{
    (void)state;
    struct sheet_style style = {.format = SHEET_JSON};
    expect(style, "a\"\\\n", 2,
           "[\n{\"pair\":\"a\\\"\\\\\\u000a\",\"rate\":\"1.10\",\"percent\":\"-1.00\",\"points\":12345,\"twm\":1.2},\n"
           "{\"pair\":\"b\",\"rate\":\"12.34567\",\"percent\":null,\"points\":7,\"twm\":null}\n]\n");
    expect(style, "\xFF\xC3\xA9\xED\xA0\x80", 2,
           "[\n{\"pair\":\"\uFFFD\u00E9\uFFFD\uFFFD\uFFFD\",\"rate\":\"1.10\",\"percent\":\"-1.00\",\"points\":12345,"
           "\"twm\":1.2},\n"
           "{\"pair\":\"b\",\"rate\":\"12.34567\",\"percent\":null,\"points\":7,\"twm\":null}\n]\n");
    expect(style, "a", 0, "[]\n");
}

static void markdown_escapes_bars_and_drops_empty_decoration(void **state)
{
    (void)state;
    struct sheet_style style = {.format = SHEET_MARKDOWN};
    expect(style, "a|b\nc", 2,
           "| pair | rate | % | points | mean |\n| --- | ---: | ---: | ---: | ---: |\n"
           "| a\\|b c | 1.10 | -1.00 | 12345 | 1.2 |\n| b | 12.34567 |  | 7 |  |\n");
    style.tall = true;
    expect(style, "a", 2,
           "| pair | a | b |\n| --- | ---: | ---: |\n| rate | 1.10 | 12.34567 |\n| % | -1.00 |  |\n"
           "| points | 12345 | 7 |\n| mean | 1.2 |  |\n");
}

static void table_aligns_on_the_decimal_point_and_ends_no_line_in_blanks(void **state)
{
    (void)state;
    struct sheet_style style = {.format = SHEET_TABLE};
    expect(style, "a", 2,
           "pair      rate      %  points  mean\n"
           "a      1.10     -1.00   12345   1.2\n"
           "b     12.34567              7\n");
}

static void table_turns_tall_when_it_would_not_fit(void **state)
{
    (void)state;
    struct sheet_style style = {.format = SHEET_TABLE, .width = 34};
    expect(style, "a", 2,
           "pair        a         b\n"
           "rate     1.10  12.34567\n"
           "%       -1.00\n"
           "points  12345         7\n"
           "mean      1.2\n");
    style.width = 35;
    char *text = written(style, "a", 2);
    assert_int_equal(strncmp(text, "pair      rate", 14), 0);
    free(text);
}

static void tall_table_breaks_into_groups_that_fit(void **state)
{
    (void)state;
    struct sheet_style style = {.format = SHEET_TABLE, .width = 16};
    expect(style, "a", 2,
           "pair        a\nrate     1.10\n%       -1.00\npoints  12345\nmean      1.2\n\n"
           "pair           b\nrate    12.34567\n%\npoints         7\nmean\n");
}

static void only_signs_are_coloured_and_a_hidden_fall_is_red(void **state)
{
    (void)state;
    static const struct column one[] = {{"percent", NULL, COLUMN_CHANGE, IN_ALL}};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct sheet_style style = {.format = SHEET_TABLE, .color = true};
    struct sheet *sheet = sheet_open(out, one, 1, &style);
    sheet_percent(sheet, &FLAT_FALL, 2);
    sheet_text(sheet, "0.00");
    sheet_text(sheet, "0.10");
    assert_int_equal(sheet_close(sheet), KURS_OK);
    fclose(out);
    assert_string_equal(text, "percent\n  \033[31m-0.00\033[0m\n   0.00\n   \033[32m0.10\033[0m\n");
    free(text);
}

static void check_age(int64_t age_us, enum kurs_kind kind, const char *exact, const char *shown)
{
    static const struct column one[] = {{"age", NULL, COLUMN_TEXT, IN_ALL}};
    for (int i = 0; i < 2; i++) {
        char *text = NULL, expected[64];
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        struct sheet_style style = {.format = i == 0 ? SHEET_CSV : SHEET_TABLE};
        struct sheet *sheet = sheet_open(out, one, 1, &style);
        sheet_age(sheet, age_us, kind);
        assert_int_equal(sheet_close(sheet), KURS_OK);
        fclose(out);
        snprintf(expected, sizeof expected, "age\n%s\n", i == 0 ? exact : shown);
        assert_string_equal(text, expected);
        free(text);
    }
}

static void ages_are_exact_for_machines_and_two_units_for_people(void **state)
{
    (void)state;
    check_age(0, KURS_DAILY, "0d", "0d");
    check_age(9 * KURS_DAY_US, KURS_DAILY, "9d", "9d");
    check_age(0, KURS_INSTANT, "0s", "0s");
    check_age(1, KURS_INSTANT, "0.000001s", "0.000001s");
    check_age(295000, KURS_INSTANT, "0.295s", "0.295s");
    check_age(2 * KURS_DAY_US, KURS_INSTANT, "2d", "2d");
    check_age(2 * KURS_DAY_US + 3 * KURS_HOUR_US + 4 * KURS_MINUTE_US + 5295000, KURS_INSTANT, "2d3h4m5.295s", "2d3h");
    check_age(2 * KURS_DAY_US + 4 * KURS_MINUTE_US, KURS_INSTANT, "2d4m", "2d");
    check_age(90 * KURS_SECOND_US, KURS_INSTANT, "1m30s", "1m30s");
}

static void a_missing_sheet_is_carried_to_the_close(void **state)
{
    (void)state;
    sheet_text(NULL, "x");
    assert_int_equal(sheet_close(NULL), KURS_ENOMEM);
}

static void a_full_disk_is_told_at_the_close(void **state)
{
    (void)state;
    FILE *out = fopen("/dev/full", "w");
    assert_non_null(out);
    setvbuf(out, NULL, _IONBF, 0);
    struct sheet_style style = {.format = SHEET_CSV};
    struct sheet *sheet = sheet_open(out, COLUMNS, COLUMN_COUNT_, &style);
    push_rows(sheet, "a");
    assert_int_equal(sheet_close(sheet), KURS_EIO);
    fclose(out);
}

static void width_counts_columns_not_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {{"", 0},
                 {"KGS/USD", 7},
                 {"курс", 4},
                 {"年月日", 6},
                 {"e\xCC\x81", 1},
                 {"▁▂█", 3},
                 {"\xFF\xC3", 2},
                 {"a\xE2\x80\x8B"
                  "b",
                  2},
                 {"😀", 2},
                 {"\xE4\xB8", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(text_width(cases[i].text, strlen(cases[i].text)), cases[i].width);
    }
}

static void sparks_run_from_lowest_to_highest(void **state)
{
    (void)state;
    char text[SPARK_SIZE];
    const double values[] = {1, 2, 3, 4, 5, 6, 7, 8}, flat[] = {5, 5};
    spark_format(values, 8, text);
    assert_string_equal(text, "▁▂▃▄▅▆▇█");
    spark_format(flat, 2, text);
    assert_string_equal(text, "▁▁");
    spark_format(flat, 0, text);
    assert_string_equal(text, "");
}

static void ticker_percent_drops_zeros_and_keeps_the_sign(void **state)
{
    (void)state;
    static const struct {
        int64_t over, under;
        const char *text;
    } cases[] = {
        {1, 1, "0"},   {99999999, 100000000, "-0"}, {1018, 1000, "1.8"}, {11, 10, "10"}, {100184, 100000, "0.18"},
        {2, 1, "100"}, {100000001, 100000000, "0"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct kurs_ratio ratio = {.over = {{cases[i].over, 0}, {1, 0}}, .under = {{cases[i].under, 0}, {1, 0}}};
        char text[KURS_PERCENT_SIZE];
        ticker_percent(&ratio, text);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_has_the_contract_columns_and_quotes_only_where_needed),
        cmocka_unit_test(json_quotes_rates_and_escapes_text_and_knows_null),
        cmocka_unit_test(markdown_escapes_bars_and_drops_empty_decoration),
        cmocka_unit_test(table_aligns_on_the_decimal_point_and_ends_no_line_in_blanks),
        cmocka_unit_test(table_turns_tall_when_it_would_not_fit),
        cmocka_unit_test(tall_table_breaks_into_groups_that_fit),
        cmocka_unit_test(only_signs_are_coloured_and_a_hidden_fall_is_red),
        cmocka_unit_test(ages_are_exact_for_machines_and_two_units_for_people),
        cmocka_unit_test(a_missing_sheet_is_carried_to_the_close),
        cmocka_unit_test(a_full_disk_is_told_at_the_close),
        cmocka_unit_test(width_counts_columns_not_bytes),
        cmocka_unit_test(sparks_run_from_lowest_to_highest),
        cmocka_unit_test(ticker_percent_drops_zeros_and_keeps_the_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
