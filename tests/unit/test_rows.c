/* Rows to points under hand-made plans: what is a point, a blank, a reject; counts; the same at every chunk size. */
#include "ingest/ledger.h"
#include "ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const int64_t until_us = INT64_C(1767225600) * KURS_SECOND_US; /* 2026-01-01 */

/* A plan of columns: roles by letter: d date, p pair, c currency, u units, n power, f filter, v value, - nothing. */
static struct plan_column columns[16];

static struct plan make_plan(const char *roles, char delimiter, const char *date)
{
    struct plan plan = {.delimiter = delimiter, .number = {'.', ','}, .kind = KURS_DAILY, .first_line = 1};
    memset(columns, 0, sizeof columns);
    plan.columns = columns;
    plan.column_count = strlen(roles);
    for (size_t i = 0; roles[i]; i++) {
        static const char letters[] = "-dpcunfv";
        static const enum plan_role role[] = {ROLE_NONE,  ROLE_DATE,        ROLE_PAIR,   ROLE_CURRENCY,
                                              ROLE_UNITS, ROLE_UNITS_POWER, ROLE_FILTER, ROLE_VALUE};
        columns[i].role = role[strchr(letters, roles[i]) - letters];
        columns[i].units = 1;
        columns[i].units_column = -1;
    }
    assert_int_equal(date_format_compile(date, &plan.date, NULL), KURS_OK);
    plan.kind = plan.date.has_time ? KURS_INSTANT : KURS_DAILY;
    return plan;
}

static void set_subject(size_t column, const char *base, const char *quote, const char *label)
{
    strcpy(columns[column].base, base);
    strcpy(columns[column].quote, quote);
    strcpy(columns[column].label, label);
}

/* Everything a text gave, as lines of text: points by series, then rejects, then counts. */
struct gathered {
    char text[8192];
    size_t length;
    uint64_t blank, rejected, points, identical, lines;
};

static void print(struct gathered *gathered, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void print(struct gathered *gathered, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gathered->length += (size_t)vsnprintf(gathered->text + gathered->length, sizeof gathered->text - gathered->length,
                                          format, arguments);
    va_end(arguments);
    assert_true(gathered->length < sizeof gathered->text);
}

static void print_batch(struct gathered *gathered, const struct batch *batch, struct names *names, const char *text)
{
    for (uint32_t i = 0; i < batch->used_count; i++) {
        struct kurs_name name;
        enum kurs_kind kind;
        char name_text[KURS_NAME_SIZE], time[KURS_TIME_SIZE], rate[KURS_DECIMAL_SIZE];
        const struct batch_column *column = &batch->column[batch->used[i]];
        names_get(names, batch->used[i], &name, &kind);
        kurs_name_format(&name, name_text);
        for (size_t j = 0; j < column->count; j++) {
            kurs_time_format(column->time_us[j], kind, time);
            kurs_decimal_format((struct kurs_decimal) {column->coefficient[j], column->exponent[j]}, rate);
            print(gathered, "%llu %s %s %s\n", (unsigned long long)(gathered->lines + column->line[j]), name_text, time,
                  rate);
            gathered->points++;
        }
    }
    for (size_t i = 0; i < batch->reject_count; i++) {
        const struct batch_reject *reject = &batch->reject[i];
        print(gathered, "%llu %s: %s [%.*s]\n", (unsigned long long)(gathered->lines + reject->place.line),
              reject->footer ? "footer" : "reject", reject->reason, (int)reject->place.raw_bytes, reject->place.raw);
        assert_ptr_equal(reject->place.raw, text + reject->place.byte);
        gathered->rejected += reject->cells;
    }
    gathered->blank += batch->blank;
    gathered->identical += batch->identical;
    gathered->lines += batch->lines;
}

/* Parses the text in chunks that end at line ends, at least `step` bytes each; a row left open goes to the next. */
static void gather(const struct plan *plan, const char *text, size_t step, struct gathered *gathered)
{
    struct names *names;
    struct reader *reader;
    struct batch batch = {0};
    struct kurs_error error;
    struct rows_rules rules = {.plan = plan, .until_us = &until_us};
    size_t bytes = strlen(text), at = 0, until = 0;
    *gathered = (struct gathered) {.length = 0};
    assert_int_equal(names_new(&names), KURS_OK);
    assert_int_equal(reader_new(&rules, names, &reader, &error), KURS_OK);
    do {
        until = until + step < bytes ? until + step : bytes;
        while (until < bytes && text[until - 1] != '\n') {
            until++;
        }
        char *chunk = malloc(until - at + 1); /* of its own, for the sanitizer */
        memcpy(chunk, text + at, until - at);
        size_t consumed;
        batch_clear(&batch);
        assert_int_equal(reader_parse(reader, chunk, until - at, until == bytes, &batch, &consumed), KURS_OK);
        print_batch(gathered, &batch, names, chunk);
        free(chunk);
        at += consumed;
    } while (at < bytes);
    batch_release(&batch);
    reader_free(reader);
    names_free(names);
}

static void assert_gives(const struct plan *plan, const char *text, const char *expected)
{
    struct gathered gathered;
    gather(plan, text, SIZE_MAX / 2, &gathered);
    assert_string_equal(gathered.text, expected);
    if (reader_in_order(plan)) {
        return; /* points come by series within a batch */
    }
    for (size_t step = 1; step < strlen(text); step++) {
        struct gathered pieces;
        gather(plan, text, step, &pieces);
        assert_int_equal(pieces.points, gathered.points);
        assert_int_equal(pieces.rejected, gathered.rejected);
        assert_int_equal(pieces.blank, gathered.blank);
        assert_int_equal(pieces.lines, gathered.lines);
    }
}

static void long_rows_name_their_pair(void **state)
{
    (void)state;
    struct plan plan = make_plan("dpv", ',', "YYYY-MM-DD");
    assert_gives(&plan, "2025-12-11,KGS/USD,0.01144\n2025-12-12,kzt-usd,0.00192\r\n\r\r\n2025-12-12,EURUSD@ecb,1.10",
                 "1 KGS/USD 2025-12-11 0.01144\n2 KZT/USD 2025-12-12 0.00192\n4 EUR/USD@ecb 2025-12-12 1.10\n");
}

static void a_row_may_come_by_libcsv_or_directly(void **state)
{
    (void)state;
    struct plan plan = make_plan("dpv", ',', "YYYY-MM-DD");
    assert_gives(&plan, "\"2025-12-11\",\"KGS/USD\",\"0.01144\"\n\n\"2025-12-12\", KGS/USD , 1,\"\"\n",
                 "1 KGS/USD 2025-12-11 0.01144\n3 KGS/USD 2025-12-12 1\n");
    /* a line end within quotes: the row's first line counts */
    plan = make_plan("d-v", ',', "YYYY-MM-DD");
    set_subject(2, "EUR", "USD", "");
    assert_gives(&plan, "2025-12-11,\"a\nb\",1.1\n2025-12-12,\"c\",1x\n2025-12-13,\"\"\"\n\n\",1.3\n2025-12-14,,1.4\n",
                 "1 EUR/USD 2025-12-11 1.1\n4 EUR/USD 2025-12-13 1.3\n7 EUR/USD 2025-12-14 1.4\n"
                 "3 reject: '1x' is no number [2025-12-12,\"c\",1x]\n");
}

/* A quote anywhere sends a whole chunk to libcsv: the other rows must not notice. */
static void blanks_around_cells_mean_nothing_by_either_way(void **state)
{
    (void)state;
    static const char *const ends[] = {"", "2024-01-12,\"M0\",EUR/USD,0,1.3\n", "2024-01-12,\" M0 \",EUR/USD,0,1.3\n"};
    struct plan plan = make_plan("dfpnv", ',', "YYYY-MM-DD");
    strcpy(columns[1].filter, "M0");
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char text[256], expected[256];
        snprintf(
            text, sizeof text,
            "2024-01-10, M0, EUR/USD, 2, 110\n 2024-01-10 ,M1,EUR/USD,0,1.2\n2024-01-11 ,\tM0 ,EUR/USD , 0,-1.2 \n%s",
            ends[i]);
        snprintf(
            expected, sizeof expected,
            "1 EUR/USD 2024-01-10 1.10\n%s3 reject: '-1.2' is not above zero [2024-01-11 ,\tM0 ,EUR/USD , 0,-1.2 ]\n",
            i ? "4 EUR/USD 2024-01-12 1.3\n" : "");
        assert_gives(&plan, text, expected);
    }
    plan = make_plan("dpv", ',', "YYYY-MM-DDTHH:MM:SS.fffZ");
    plan.kind_per_row = true;
    assert_gives(&plan, " 2024-01-10 , EUR/USD, 1\n", "1 EUR/USD 2024-01-10 1\n");
}

static void wide_cells_are_blank_value_or_reject_each(void **state)
{
    (void)state;
    struct plan plan = make_plan("dvvv", ',', "YYYY-MM-DD");
    set_subject(1, "EUR", "USD", "");
    set_subject(2, "EUR", "HUF", "");
    set_subject(3, "EUR", "EUR", "");
    columns[2].units = 100;
    assert_gives(
        &plan,
        "2025-05-09,1.1252,N/A,1,\n2025-05-08,abc,404.9,1\n2025-05-07,-1,0.0000\n2025-05-06\n"
        "2025-05-05,1234567890123456789,-\n2025-05-02,-1x,-\n",
        "1 EUR/USD 2025-05-09 1.1252\n2 EUR/HUF 2025-05-08 4.049\n"
        "2 reject: 'abc' is no number [2025-05-08,abc,404.9,1]\n"
        "3 reject: '-1' is not above zero [2025-05-07,-1,0.0000]\n"
        "4 reject: only 1 cells: the value is missing [2025-05-06]\n"
        "5 reject: '1234567890123456789' is beyond 18 digits or 32 decimals [2025-05-05,1234567890123456789,-]\n"
        "6 reject: '-1x' is no number [2025-05-02,-1x,-]\n");
    struct gathered gathered;
    gather(&plan, "2025-05-09,1.1252,N/A,1,\n2025-05-08,abc,404.9,1\n2025-05-07,-1,0.0000\n", 1000, &gathered);
    assert_int_equal(gathered.points + gathered.blank + gathered.rejected, 9); /* three rows of three cells */
}

static void a_row_without_a_date_is_a_footer_or_a_reject(void **state)
{
    (void)state;
    struct plan plan = make_plan("dv", ';', "DD.MM.YYYY");
    set_subject(1, "USD", "RUB", "");
    assert_gives(&plan, "05.03.2022;1.5\nPeriod High;2.5\n\n31.02.2022;1.7\n;\n05.03.2027;1\n;1.8\n",
                 "1 USD/RUB 2022-03-05 1.5\n"
                 "2 footer: 'Period High' is no date of the form DD.MM.YYYY [Period High;2.5]\n"
                 "4 reject: '31.02.2022' is no date of the form DD.MM.YYYY [31.02.2022;1.7]\n"
                 "6 reject: '05.03.2027' is more than 2 days ahead [05.03.2027;1]\n"
                 "7 footer: '' is no date of the form DD.MM.YYYY [;1.8]\n");
}

static void units_of_the_row_are_divided_out(void **state)
{
    (void)state;
    struct plan plan = make_plan("udv", ';', "DD.MM.YYYY");
    plan.number = (struct number_style) {',', 0};
    set_subject(2, "AMD", "RUB", "");
    assert_gives(&plan,
                 "100;05.03.2022;\"21,0112\"\n1.000;21.10.2014;\"99,6867\"\n0;22.10.2014;1\nx;23.10.2014;2\n"
                 "3;24.10.2014;1\n",
                 "1 AMD/RUB 2022-03-05 0.210112\n2 AMD/RUB 2014-10-21 0.0996867\n"
                 "5 AMD/RUB 2014-10-24 0.333333333333333333\n"
                 "3 reject: its units cannot be read [0;22.10.2014;1]\n"
                 "4 reject: its units cannot be read [x;23.10.2014;2]\n");
    plan = make_plan("cndv", ',', "YYYY-MM-DD");
    set_subject(3, "", "NOK", "");
    assert_gives(&plan, "HUF,2,2026-03-16,2.857\nUSD,0,2025-03-16,9.7\nTWI,0,2025-03-16,117\nABC,0,2025-03-16,1\n",
                 "2 USD/NOK 2025-03-16 9.7\n"
                 "1 reject: '2026-03-16' is more than 2 days ahead [HUF,2,2026-03-16,2.857]\n"
                 "4 reject: 'ABC' is no currency known [ABC,0,2025-03-16,1]\n");
}

static void a_name_says_for_how_many_units(void **state)
{
    (void)state;
    struct plan plan = make_plan("dcuv", ',', "YYYY-MM-DD");
    set_subject(3, "", "THB", "");
    assert_gives(&plan,
                 "2024-01-02,JPY,JAPAN : YEN (100 YEN) (JPY),24.1\n2024-01-02,IDR,Rupiah (1000),2.21\n"
                 "2024-01-02,USD,US dollar,34.1\n2024-01-02,EUR,?,37\n",
                 "1 JPY/THB 2024-01-02 0.241\n2 IDR/THB 2024-01-02 0.00221\n3 USD/THB 2024-01-02 34.1\n"
                 "4 reject: its units cannot be read [2024-01-02,EUR,?,37]\n");
}

static void bid_ask_and_mid_have_labels_and_zones_are_applied(void **state)
{
    (void)state;
    struct plan plan = make_plan("ddvvv", '\t', "YYYY.MM.DD HH:MM:SS.fffZ");
    set_subject(2, "EUR", "USD", "bid");
    set_subject(3, "EUR", "USD", "ask");
    set_subject(4, "EUR", "USD", "");
    assert_gives(&plan, "2024.01.02\t10:00:00.25\t1.1\t1.2\t1.15\n2024.01.02\t10:00:00+02:00\t1.1\t1.2\t1.3\n",
                 "1 EUR/USD@bid 2024-01-02T10:00:00.250Z 1.1\n2 EUR/USD@bid 2024-01-02T08:00:00Z 1.1\n"
                 "1 EUR/USD@ask 2024-01-02T10:00:00.250Z 1.2\n2 EUR/USD@ask 2024-01-02T08:00:00Z 1.2\n"
                 "1 EUR/USD 2024-01-02T10:00:00.250Z 1.15\n2 EUR/USD 2024-01-02T08:00:00Z 1.3\n");
}

static void times_outside_the_years_1_to_9999_are_rejects(void **state)
{
    (void)state;
    struct plan plan = make_plan("dv", ',', "YYYY-MM-DDTHH:MM:SSZ");
    set_subject(1, "EUR", "USD", "");
    assert_gives(&plan, "0001-01-01T00:00:00+05:00,1.1\n0001-01-01T00:00:00Z,1.2\n",
                 "2 EUR/USD 0001-01-01T00:00:00Z 1.2\n"
                 "1 reject: '0001-01-01T00:00:00+05:00' is before year 1 [0001-01-01T00:00:00+05:00,1.1]\n");
    plan = (struct plan) {.layout = PLAN_TICKER, .first_line = 1};
    assert_gives(&plan, "0001-01-01T00:00:00+05:00\nKGS/USD = 0.01144\n0001-01-01T00:00:00Z\nKGS/USD = 0.01145\n",
                 "4 KGS/USD 0001-01-01T00:00:00Z 0.01145\n"
                 "2 reject: its date is before year 1 [KGS/USD = 0.01144]\n");
}

static void a_mid_outside_bid_and_ask_is_counted(void **state)
{
    (void)state;
    struct plan plan = make_plan("dvvv", ',', "YYYY-MM-DD");
    set_subject(1, "USD", "ZWG", "x.bid");
    set_subject(2, "USD", "ZWG", "x.ask");
    set_subject(3, "USD", "ZWG", "x");
    struct rows_rules rules = {.plan = &plan, .until_us = &until_us};
    struct names *names;
    struct reader *reader;
    struct batch batch = {0};
    struct kurs_error error;
    size_t consumed;
    const char *text = "2025-01-01,25.9,27.1,26.6\n2025-01-02,25.9,27.1,6.6\n2025-01-03,25.9,,28\n";
    assert_int_equal(names_new(&names), KURS_OK);
    assert_int_equal(reader_new(&rules, names, &reader, &error), KURS_OK);
    assert_int_equal(reader_parse(reader, text, strlen(text), true, &batch, &consumed), KURS_OK);
    assert_int_equal(batch.mid_outside, 1);
    assert_int_equal(batch.mid_line, 2);
    batch_release(&batch);
    reader_free(reader);
    names_free(names);
}

static void what_is_exported_reads_back_by_kind(void **state)
{
    (void)state;
    struct plan plan = make_plan("dpv", ',', "YYYY-MM-DDTHH:MM:SS.fffZ");
    plan.kind_per_row = true;
    assert_gives(&plan,
                 "2025-12-12,KGS/USD,0.01144\n2025-12-12T10:00:00Z,EUR/USD@bid,1.10\n2025-12-12T00:00:00Z,KGS/USD,1\n",
                 "1 KGS/USD 2025-12-12 0.01144\n2 EUR/USD@bid 2025-12-12T10:00:00Z 1.10\n"
                 "3 KGS/USD 2025-12-12T00:00:00Z 1\n");
}

static void directions_follow_marks_and_conventions(void **state)
{
    (void)state;
    struct plan plan = make_plan("dcv-", ',', "YYYY-MM-DD");
    strcpy(plan.flip_mark, "(1)");
    set_subject(2, "USD", "", "");
    assert_gives(&plan, "2025-01-01,Euro(1),1.1,\n2025-01-01,JPY,150,\n",
                 "1 EUR/USD 2025-01-01 1.1\n2 USD/JPY 2025-01-01 150\n");
    plan = make_plan("dcv-", ',', "YYYY-MM-DD");
    columns[3].role = ROLE_CONVENTION;
    set_subject(2, "EUR", "", "");
    assert_gives(&plan,
                 "2025-01-01,USD,1.1,Foreign currency amount for 1 Euro.\n"
                 "2025-01-01,GBP,1.2,Euro amount for 1 foreign currency unit\n",
                 "1 EUR/USD 2025-01-01 1.1\n2 GBP/EUR 2025-01-01 1.2\n");
}

static void lines_that_are_one_quoted_field_are_unwrapped(void **state)
{
    (void)state;
    struct plan plan = make_plan("dv", '\t', "YYYY-MM-DD");
    plan.quoted_lines = true;
    set_subject(1, "EUR", "USD", "");
    assert_gives(&plan, "\"2025-01-01\t1.1\"\n\"2025-01-02\t\"\"1.2\"\"\"\n\n2025-01-03\t1.3\n",
                 "1 EUR/USD 2025-01-01 1.1\n2 EUR/USD 2025-01-02 1.2\n4 EUR/USD 2025-01-03 1.3\n");
}

static void blanks_in_runs_part_cells(void **state)
{
    (void)state;
    struct plan plan = make_plan("dpv", ' ', "YYYY-MM-DD");
    assert_gives(&plan, "2025-01-01   EUR/USD\t 1.1  \n  2025-01-02 EUR/USD 1.2\n",
                 "1 EUR/USD 2025-01-01 1.1\n2 EUR/USD 2025-01-02 1.2\n");
}

static void rows_that_do_not_count_are_filtered_and_wide_ones_rejected(void **state)
{
    (void)state;
    struct plan plan = make_plan("dfv", ',', "YYYY-MM");
    strcpy(columns[1].filter, "M1");
    set_subject(2, "EUR", "CHF", "");
    assert_gives(&plan, "2026-02,M0,0.91\n2026-01,M1,0.92\n2025-03,M1,0,93\n2025-04,M1,0.94,,\n",
                 "4 EUR/CHF 2025-04-01 0.94\n"
                 "2 reject: '2026-01' is more than 2 days ahead [2026-01,M1,0.92]\n"
                 "3 reject: 4 cells where 3 are expected [2025-03,M1,0,93]\n");
}

static void transposed_blocks_have_dates_above(void **state)
{
    (void)state;
    struct plan plan = make_plan("cvv", '\t', "Mon DD, YYYY");
    plan.layout = PLAN_TRANSPOSED;
    strcpy(plan.flip_mark, "(1)");
    set_subject(1, "USD", "", "");
    set_subject(2, "USD", "", "");
    assert_gives(&plan,
                 "Currency\tMarch 02, 2025\tMarch 03, 2025\nEuro(1)\t1.16\tNA\nKorean won\t\t1,435.40\n\nNotes:\n"
                 "Currency\tMarch 17, 2025\nEuro(1)\t1.17\nJapanese yen\t157.4\nU.S. dollar\t1\nnothing\t5\n",
                 "2 EUR/USD 2025-03-02 1.16\n7 EUR/USD 2025-03-17 1.17\n3 USD/KRW 2025-03-03 1435.40\n"
                 "8 USD/JPY 2025-03-17 157.4\n10 reject: 'nothing' is no currency known [nothing\t5]\n");
}

static void ticker_lines_are_dated_and_repeats_identical(void **state)
{
    (void)state;
    struct plan plan = {.layout = PLAN_TICKER, .kind = KURS_DAILY, .number = {'.', 0}, .first_line = 1};
    assert_true(date_day_us(2025, 12, 12, &plan.fixed_us));
    struct gathered gathered;
    gather(&plan,
           "<li>• KGS/USD = 0.01144 0%</li>\n• KGS/USD = 0.01144 0%\n13 December 2025\n• KGS/USD = 0.01145 • "
           "KZT/USD = 0.00192 -0%\nKGS/USD = 0.01146\nUZS/USD = 0\n",
           1000, &gathered);
    assert_string_equal(gathered.text, "1 KGS/USD 2025-12-12 0.01144\n4 KGS/USD 2025-12-13 0.01145\n"
                                       "4 KZT/USD 2025-12-13 0.00192\n"
                                       "5 reject: another rate than line 4 for the same time [KGS/USD = 0.01146]\n");
    assert_int_equal(gathered.identical, 1);
    assert_int_equal(gathered.blank, 1);
}

static void ledgers_dates_have_three_marks_and_a_clock(void **state)
{
    (void)state;
    static const struct {
        const char *line, *time; /* NULL: it cannot be read */
    } cases[] = {
        {"P 2021-01-02 EUR 1.1 USD", "2021-01-02T00:00:00Z"},
        {"P 2021/1/2 10:30 EUR 1.1 USD", "2021-01-02T10:30:00Z"},
        {"P 2021.1.02 23:59:59 EUR 1.1 USD", "2021-01-02T23:59:59Z"},
        {"P 2021-01/02 EUR 1.1 USD", NULL},
        {"P 2021-02-29 EUR 1.1 USD", NULL},
        {"P 2021-1-2- EUR 1.1 USD", NULL},
        {"P 21-01-02 EUR 1.1 USD", NULL},
        {"P 2021_01_02 EUR 1.1 USD", NULL},
        {"P 2021-01-02 24:00 EUR 1.1 USD", NULL},
        {"P 2021-01-02 10:60 EUR 1.1 USD", NULL},
        {"P 2021-01-02 1:00 EUR 1.1 USD", NULL},
        {"P 2021-01-02 10:00:00.5 EUR 1.1 USD", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ledger_price price;
        char time[KURS_TIME_SIZE];
        enum ledger_line kind = ledger_read(cases[i].line, strlen(cases[i].line), &price);
        assert_int_equal(kind, cases[i].time ? LEDGER_PRICE : LEDGER_BAD);
        if (cases[i].time) {
            kurs_time_format(price.time_us, KURS_INSTANT, time);
            assert_string_equal(time, cases[i].time);
        }
    }
}

static void ledgers_give_currencies_and_leave_securities_out(void **state)
{
    (void)state;
    struct plan plan = make_plan("v", ',', "YYYY-MM-DD");
    plan.layout = PLAN_LEDGER;
    set_subject(0, "USD", "CNY", "");
    struct gathered gathered;
    gather(&plan, "P 2021-01-01 00:00:00 $ ¥6.531700\nP 2023-01-06 SWTSX $66.15\n; note\nP x $ ¥1\n", 1000, &gathered);
    assert_string_equal(gathered.text, "1 USD/CNY 2021-01-01 6.531700\n"
                                       "4 reject: a price line that cannot be read [P x $ ¥1]\n");
    plan = make_plan("", ',', "YYYY-MM-DD");
    plan.layout = PLAN_BEANCOUNT;
    gather(&plan, "2024-01-03 price EUR   1.09417570 USD ; note\n2024-01-03 price TECDAX 27.5 EUR\n2024-01-03 open A\n",
           1000, &gathered);
    assert_string_equal(gathered.text, "1 EUR/USD 2024-01-03 1.09417570\n");
}

static void a_quote_never_closed_is_a_limit_with_its_line(void **state)
{
    (void)state;
    struct plan plan = make_plan("dv", ',', "YYYY-MM-DD");
    set_subject(1, "EUR", "USD", "");
    size_t bytes = ROW_BYTES_MAX + 4096;
    char *text = malloc(bytes);
    memset(text, 'x', bytes);
    for (size_t i = 99; i < bytes; i += 100) {
        text[i] = '\n';
    }
    memcpy(text, "2025-01-01,1\n\"", 14);
    struct rows_rules rules = {.plan = &plan, .until_us = &until_us};
    struct names *names;
    struct reader *reader;
    struct batch batch = {0};
    struct kurs_error error;
    size_t consumed;
    assert_int_equal(names_new(&names), KURS_OK);
    assert_int_equal(reader_new(&rules, names, &reader, &error), KURS_OK);
    assert_int_equal(reader_parse(reader, text, bytes, true, &batch, &consumed), KURS_ELIMIT);
    assert_int_equal(batch.long_line, 2);
    assert_int_equal(reader_failed(KURS_ELIMIT, &batch, "x.csv", 40, &error), KURS_ELIMIT);
    assert_string_equal(error.why, "it starts on line 42: a quote may never be closed");
    batch_release(&batch);
    reader_free(reader);
    names_free(names);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_rows_name_their_pair),
        cmocka_unit_test(a_row_may_come_by_libcsv_or_directly),
        cmocka_unit_test(blanks_around_cells_mean_nothing_by_either_way),
        cmocka_unit_test(wide_cells_are_blank_value_or_reject_each),
        cmocka_unit_test(a_row_without_a_date_is_a_footer_or_a_reject),
        cmocka_unit_test(units_of_the_row_are_divided_out),
        cmocka_unit_test(a_name_says_for_how_many_units),
        cmocka_unit_test(bid_ask_and_mid_have_labels_and_zones_are_applied),
        cmocka_unit_test(times_outside_the_years_1_to_9999_are_rejects),
        cmocka_unit_test(a_mid_outside_bid_and_ask_is_counted),
        cmocka_unit_test(what_is_exported_reads_back_by_kind),
        cmocka_unit_test(directions_follow_marks_and_conventions),
        cmocka_unit_test(lines_that_are_one_quoted_field_are_unwrapped),
        cmocka_unit_test(blanks_in_runs_part_cells),
        cmocka_unit_test(rows_that_do_not_count_are_filtered_and_wide_ones_rejected),
        cmocka_unit_test(transposed_blocks_have_dates_above),
        cmocka_unit_test(ticker_lines_are_dated_and_repeats_identical),
        cmocka_unit_test(ledgers_dates_have_three_marks_and_a_clock),
        cmocka_unit_test(ledgers_give_currencies_and_leave_securities_out),
        cmocka_unit_test(a_quote_never_closed_is_a_limit_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
