/* The tables' lookups: what publishers write is found, what is no name is not. */
#include "ingest/fold.h"
#include "ingest/tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *code_of(const char *text)
{
    struct currency_match match = {0};
    return currency_find(text, strlen(text), &match) ? match.code : "none";
}

static void currencies_are_found_by_code_name_and_symbol(void **state)
{
    (void)state;
    static const char *const names[][2] = {{"USD", "USD"},
                                           {"usd", "USD"},
                                           {"U.S. dollar", "USD"},
                                           {"Dólar americano", "USD"},
                                           {"dolar amerykański", "USD"},
                                           {"Доллар США", "USD"},
                                           {"US$", "USD"},
                                           {"$", "USD"},
                                           {"米ドル", "USD"},
                                           {"Euro(1)", "EUR"},
                                           {"U.K. pound(1)", "GBP"},
                                           {"Chinese yuan", "CNY"},
                                           {"Korean won", "KRW"},
                                           {"Trinidadian dollar", "TTD"},
                                           {"bat (Tajlandia)", "THB"},
                                           {"Армянский драм", "AMD"},
                                           {"100 Japanese yen", "JPY"},
                                           {"SDR", "XDR"},
                                           {"Bitcoin", "BTC"},
                                           {"A0MW0M", "none"},
                                           {"TECDAX", "none"},
                                           {"¥", "none"},
                                           {"Period Average", "none"},
                                           {"", "none"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_string_equal(code_of(names[i][0]), names[i][1]);
}

static void countries_of_the_euro_name_their_old_currency_up_to_its_end(void **state)
{
    (void)state;
    struct currency_match match;
    assert_true(currency_find("Germany", 7, &match));
    assert_string_equal(match.before, "DEM");
    assert_string_equal(match.code, "EUR");
    assert_int_equal(match.until_us, INT64_C(1009843200) * KURS_SECOND_US);
    assert_true(currency_find("Australia", 9, &match));
    assert_string_equal(match.code, "AUD");
    assert_string_equal(match.before, "");
}

static void months_are_found_longest_first(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int month;
        size_t used;
    } cases[] = {{"March 02, 2026", 3, 5}, {"Mar-24", 3, 3},  {"janv. 2020", 1, 5}, {"июня 2020", 6, 8},
                 {"grudnia", 12, 7},       {"Sept. 3", 9, 5}, {"Ağu", 8, 4},        {"marzo de 2020", 3, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int month = 0;
        size_t used = 0;
        assert_true(month_find(cases[i].text, strlen(cases[i].text), &month, &used));
        assert_int_equal(month, cases[i].month);
        assert_int_equal(used, cases[i].used);
    }
    int month;
    size_t used;
    assert_false(month_find("#103", 4, &month, &used));
    assert_false(month_find("Notes", 5, &month, &used));
}

static void missing_marks_are_the_tables_and_empty(void **state)
{
    (void)state;
    static const char *const marks[] = {"", " ", "N/A", "n/a", "ND", ".", "null", "-", "Kein Wert vorhanden", "*****"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        assert_true(missing_find(marks[i], strlen(marks[i])));
    assert_false(missing_find("1.2", 3));
    assert_false(missing_find("USD", 3));
}

static void heads_say_their_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        header_words words;
    } cases[] = {
        {"Date", WORD_BIT(WORD_DATE)},        {"Tarih", WORD_BIT(WORD_DATE)},
        {"日付", WORD_BIT(WORD_DATE)},        {"Cash Buying Rate", WORD_BIT(WORD_CASH) | WORD_BIT(WORD_BID)},
        {"AskVolume", WORD_BIT(WORD_VOLUME)}, {"Adj Close", WORD_BIT(WORD_ADJUSTED)},
        {"Change %", WORD_BIT(WORD_CHANGE)},  {"<CLOSE>", WORD_BIT(WORD_CLOSE)},
        {"Откр.", WORD_BIT(WORD_OPEN)},       {"Bid_Rate", WORD_BIT(WORD_BID)},
        {"TIME_PERIOD", WORD_BIT(WORD_DATE)}, {"OBS_VALUE", WORD_BIT(WORD_VALUE)},
        {"UNIT_MULT", WORD_BIT(WORD_POWER)},  {"XUDLUSS", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(header_find(cases[i].text, strlen(cases[i].text)), cases[i].words);
}

static void folding_stops_at_its_size_on_a_character(void **state)
{
    (void)state;
    char folded[FOLD_SIZE], text[3 * FOLD_SIZE];
    for (size_t i = 0; i + 2 <= sizeof text; i += 2)
        memcpy(text + i, "\xD0\xAF", 2);
    size_t length = fold(text, sizeof text, folded);
    assert_true(length < FOLD_SIZE);
    assert_int_equal(length % 2, 0);
    assert_int_equal(fold("  A\tb  ", 7, folded), 3);
    assert_string_equal(folded, "a b");
    assert_int_equal(fold("\xFF\xC3", 2, folded), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currencies_are_found_by_code_name_and_symbol),
        cmocka_unit_test(countries_of_the_euro_name_their_old_currency_up_to_its_end),
        cmocka_unit_test(months_are_found_longest_first),
        cmocka_unit_test(missing_marks_are_the_tables_and_empty),
        cmocka_unit_test(heads_say_their_words),
        cmocka_unit_test(folding_stops_at_its_size_on_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
