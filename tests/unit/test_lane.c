/* The fast lane against the general way: whatever the text, both give the same batch. Texts are plain rows with bytes
 * changed at random, from a fixed seed. */
#include "ingest/csvrows.h"
#include "ingest/lane.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEXTS      3000
#define TEXT_BYTES 2048
static const int64_t until_us = (INT64_C(1767225600) * KURS_SECOND_US); /* 2026-01-01 */

struct shape {
    const char *roles; /* d date, p pair, b base, q quote, v value, - nothing */
    char delimiter, decimal;
    const char *date;
    bool kind_per_row;
    const char *rows[3];
};

static const struct shape SHAPES[] = {
    {"dpv",
     ',',
     '.',
     "YYYY-MM-DDTHH:MM:SS.fffZ",
     true,
     {"2024-01-01T00:00:01.005Z,EUR/USD,1.10001", "2024-02-29,USD/JPY,156.123456789",
      "\"2024-01-02T23:59:59Z\",\"kgs/usd\",\"0.00000123\""}},
    {"dvv-",
     ';',
     ',',
     "YYYYMMDD HHMMSS",
     false,
     {"20240101 170000;1,306600;1,306560;0", "20231231 235959;130;\"12345678,9\";", "20240101 170001;,5;5,;\"x y\""}},
    {"ddv-",
     ',',
     '.',
     "YYYY.MM.DD HH:MM",
     false,
     {"2024.01.01,00:00,1.1000,\"a,b\"", "2024.01.01,00:01,1.1001,", "2024.01.02,24:00,123456789012345678,12"}},
    {"dbqv",
     '\t',
     '.',
     "DD/MM/YYYY",
     false,
     {"01/02/2024\tUSD\tKGS\t89.0853", "02/02/2024\tUS Dollar\tKGS\t89.1", "30/02/2024\tEUR\tEUR\t1"}},
    {"dvvv",
     ',',
     '.',
     "epoch-ms",
     false,
     {"1704067201005,1.1,2.2,3.3", "1704067201006,1.1,N/A,3.3", "1704067201007.5,1,20,400"}},
    {"dpv",
     ',',
     '.',
     "YYYY-MM-DD HH:MM:SS.fffZ",
     false,
     {"2024-01-01 00:00:01.005+00:00,EUR/USD,1.10001", "2024-01-01 00:00:01-05:30,EUR/USD,1",
      "2024-01-02 00:00:00.5+1900,EUR/USD,1"}},
    {"dvv-",
     ',',
     '.',
     "YYYYMMDD hhmmssfff",
     false,
     {"20240101 170000065,1.30660,1.30656,0", "20240101 235959999999,1.3,0,0", "20240101 1700,1.3,,0"}},
    {"dpv",
     ';',
     '.',
     "epoch-s",
     false,
     {"1704067201;EUR/USD;1.10001", "\"1704067201.25\";EUR/USD;1.1", "-1704067201;EUR/USD;1"}},
    {"dpv",
     ',',
     '.',
     "epoch-us",
     false,
     {"1704067201005001,EUR/USD,1.10001", "9999999999999999,USD/KGS,1.1", "17040672,EUR/USD,1"}},
};

static struct plan_column columns[8];
static uint64_t state;

static uint64_t random_below(uint64_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % limit;
}

static struct plan make_plan(const struct shape *shape)
{
    static const char letters[] = "-dpbqv";
    static const enum plan_role role[] = {ROLE_NONE, ROLE_DATE, ROLE_PAIR, ROLE_BASE, ROLE_QUOTE, ROLE_VALUE};
    static const char *const labels[] = {"", "low", "high", "close"};
    struct plan plan = {
        .delimiter = shape->delimiter, .number = {shape->decimal, 0}, .columns = columns, .first_line = 1};
    memset(columns, 0, sizeof columns);
    plan.column_count = strlen(shape->roles);
    bool named = strpbrk(shape->roles, "pb") != NULL;
    for (size_t i = 0; i < plan.column_count; i++) {
        columns[i].role = role[strchr(letters, shape->roles[i]) - letters];
        columns[i].units = 1;
        columns[i].units_column = -1;
        if (columns[i].role == ROLE_VALUE && !named) {
            strcpy(columns[i].base, "EUR");
            strcpy(columns[i].quote, "USD");
            strcpy(columns[i].label, labels[i % 4]);
        }
    }
    assert_int_equal(date_format_compile(shape->date, &plan.date, NULL), KURS_OK);
    plan.kind = plan.date.has_time ? KURS_INSTANT : KURS_DAILY;
    plan.kind_per_row = shape->kind_per_row;
    return plan;
}

static size_t make_text(const struct shape *shape, char *text)
{
    static const char others[] = "\"\",;\t\n\r .0159-+eZTxN/:\x01\xC3";
    size_t length = 0, rows = 1 + random_below(20);
    for (size_t i = 0; i < rows && length < TEXT_BYTES - 128; i++) {
        length +=
            (size_t)sprintf(text + length, "%s%s", shape->rows[random_below(10) % 3], random_below(4) ? "\n" : "\r\n");
    }
    for (size_t changes = random_below(4); changes > 0; changes--) {
        text[random_below(length)] = others[random_below(sizeof others - 1)];
    }
    return length - random_below(4) % length;
}

struct result {
    struct names *names;
    struct rows *rows;
    struct lane *lane;
    struct csvrows *csvrows;
    struct batch batch;
    enum kurs_status status;
    size_t consumed;
};

static void make_ready(struct result *result, const struct plan *plan, bool with_lane)
{
    struct rows_rules rules = {plan, NULL, &until_us};
    memset(result, 0, sizeof *result);
    assert_int_equal(names_new(&result->names), KURS_OK);
    assert_int_equal(rows_new(&rules, result->names, &result->rows), KURS_OK);
    if (with_lane) {
        assert_int_equal(lane_new(&rules, result->names, &result->lane), KURS_OK);
        assert_non_null(result->lane);
    }
    assert_int_equal(csvrows_new(plan, result->rows, result->lane, &result->csvrows), KURS_OK);
}

static void finish(struct result *result)
{
    csvrows_free(result->csvrows);
    lane_free(result->lane);
    rows_free(result->rows);
    names_free(result->names);
    batch_release(&result->batch);
}

static void assert_same_column(const struct batch_column *a, const struct batch_column *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->time_us, b->time_us, a->count * sizeof *a->time_us);
    assert_memory_equal(a->coefficient, b->coefficient, a->count * sizeof *a->coefficient);
    assert_memory_equal(a->exponent, b->exponent, a->count);
    assert_memory_equal(a->line, b->line, a->count * sizeof *a->line);
}

static void assert_same(const struct result *a, const struct result *b)
{
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->consumed, b->consumed);
    assert_int_equal(a->batch.lines, b->batch.lines);
    assert_int_equal(a->batch.blank, b->batch.blank);
    assert_int_equal(a->batch.last_data_line, b->batch.last_data_line);
    assert_int_equal(a->batch.reject_count, b->batch.reject_count);
    for (size_t i = 0; i < a->batch.reject_count; i++) {
        assert_string_equal(a->batch.reject[i].reason, b->batch.reject[i].reason);
        assert_int_equal(a->batch.reject[i].place.line, b->batch.reject[i].place.line);
        assert_int_equal(a->batch.reject[i].place.byte, b->batch.reject[i].place.byte);
    }
    assert_int_equal(a->batch.used_count, b->batch.used_count);
    for (uint32_t i = 0; i < a->batch.used_count; i++) {
        assert_int_equal(a->batch.used[i], b->batch.used[i]);
        assert_same_column(&a->batch.column[a->batch.used[i]], &b->batch.column[a->batch.used[i]]);
    }
}

static void compare(const struct shape *shape)
{
    struct plan plan = make_plan(shape);
    struct result with, without;
    uint64_t taken = 0;
    make_ready(&with, &plan, true);
    make_ready(&without, &plan, false);
    for (int i = 0; i < TEXTS; i++) {
        char text[TEXT_BYTES];
        size_t bytes = make_text(shape, text);
        char *exact = malloc(bytes); /* so that the sanitizer sees a read behind it */
        assert_non_null(exact);
        memcpy(exact, text, bytes);
        bool last = random_below(2);
        batch_clear(&with.batch);
        batch_clear(&without.batch);
        const char *at = exact;
        assert_int_equal(lane_take(with.lane, &at, exact + bytes, &with.batch), KURS_OK);
        taken += with.batch.lines;
        batch_clear(&with.batch);
        with.status = csvrows_parse(with.csvrows, exact, bytes, last, &with.batch, &with.consumed);
        without.status = csvrows_parse(without.csvrows, exact, bytes, last, &without.batch, &without.consumed);
        assert_same(&with, &without);
        free(exact);
    }
    assert_true(taken > TEXTS / 4); /* the lane is used at all */
    finish(&with);
    finish(&without);
}

static void lane_gives_what_the_general_way_gives(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
        state = UINT64_C(88172645463325252) + i;
        compare(&SHAPES[i]);
    }
}

/* A row is taken whose values are blank, one after the other. */
static void blanks_are_taken_and_counted_in_the_lane(void **unused)
{
    (void)unused;
    static const char *const blanks[] = {"", "N/A", "null", "0", "0.0000", ".", "-", "\"\"", "\"n/a\""};
    struct plan plan = make_plan(&SHAPES[1]);
    plan.number.decimal = '.';
    struct result result;
    make_ready(&result, &plan, true);
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        char text[256];
        size_t bytes = (size_t)sprintf(text, "20240101 170000;1.1;%s;0\n%*s\n", blanks[i], 100, "");
        const char *at = text;
        batch_clear(&result.batch);
        assert_int_equal(lane_take(result.lane, &at, text + bytes, &result.batch), KURS_OK);
        assert_int_equal(result.batch.lines, 1);
        assert_int_equal(result.batch.blank, 1);
        assert_int_equal(result.batch.used_count, 1);
    }
    finish(&result);
}

static struct lane *lane_of(const struct plan *plan)
{
    struct rows_rules rules = {plan, NULL, &until_us};
    struct names *names;
    struct lane *lane;
    assert_int_equal(names_new(&names), KURS_OK);
    assert_int_equal(lane_new(&rules, names, &lane), KURS_OK);
    names_free(names);
    return lane;
}

static void plans_with_more_to_decide_have_no_lane(void **unused)
{
    (void)unused;
    struct plan plan = make_plan(&SHAPES[0]);
    columns[2].units = 100;
    assert_null(lane_of(&plan));
    plan = make_plan(&SHAPES[0]);
    plan.number.decimal = ',';
    assert_null(lane_of(&plan));
    plan = make_plan(&SHAPES[4]);
    strcpy(columns[1].label, "bid");
    strcpy(columns[2].label, "ask");
    strcpy(columns[3].label, "");
    assert_null(lane_of(&plan)); /* a mid is compared with them */
    strcpy(columns[3].label, "high");
    struct lane *lane = lane_of(&plan);
    assert_non_null(lane); /* this is none */
    lane_free(lane);
    plan = make_plan(&SHAPES[4]);
    columns[0].role = ROLE_FILTER;
    assert_null(lane_of(&plan));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lane_gives_what_the_general_way_gives),
        cmocka_unit_test(blanks_are_taken_and_counted_in_the_lane),
        cmocka_unit_test(plans_with_more_to_decide_have_no_lane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
