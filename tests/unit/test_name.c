/* Pair names in their spellings. */
#include "unit/unit.h"

static void assert_name(const char *text, const char *printed)
{
    struct kurs_name name;
    struct kurs_error error = {0};
    char buffer[KURS_NAME_SIZE];
    assert_int_equal(kurs_name_parse(text, &name, &error), KURS_OK);
    assert_int_equal(kurs_name_format(&name, buffer), strlen(printed));
    assert_string_equal(buffer, printed);
}

static void assert_refused(const char *text, const char *why)
{
    struct kurs_name name, before;
    struct kurs_error error = {0};
    memset(&name, 'x', sizeof name);
    before = name;
    assert_int_equal(kurs_name_parse(text, &name, &error), KURS_EARGUMENT);
    assert_int_equal(error.status, KURS_EARGUMENT);
    assert_non_null(strstr(error.why, why));
    assert_memory_equal(&name, &before, sizeof name);
    assert_int_equal(kurs_name_parse(text, &name, NULL), KURS_EARGUMENT);
}

static void every_spelling_is_one_name(void **state)
{
    (void)state;
    assert_name("KGS/USD", "KGS/USD");
    assert_name("KGSUSD", "KGS/USD");
    assert_name("kgs-usd", "KGS/USD");
    assert_name("KGS_USD", "KGS/USD");
    assert_name("kGsUsD", "KGS/USD");
}

static void codes_have_2_to_10_letters_or_digits(void **state)
{
    (void)state;
    assert_name("X1/Y2", "X1/Y2");
    assert_name("abcdefghij/0123456789", "ABCDEFGHIJ/0123456789");
    assert_refused("A/USD", "2 to 10");
    assert_refused("ABCDEFGHIJK/USD", "2 to 10");
    assert_refused("USD/", "2 to 10");
    assert_refused("/USD", "2 to 10");
    assert_refused("EUR/US$", "2 to 10");
    assert_refused("EUR/USD/GBP", "2 to 10");
    assert_refused("E\xC3\x9CR/USD", "2 to 10");
    assert_refused(" EUR/USD", "2 to 10");
    assert_refused("EUR/USD ", "2 to 10");
}

static void only_six_letters_go_without_a_mark(void **state)
{
    (void)state;
    assert_refused("", "two codes");
    assert_refused("EURUS", "two codes");
    assert_refused("EURUSDT", "two codes");
    assert_refused("EUR1SD", "two codes");
}

static void labels_are_folded_to_lower_case(void **state)
{
    (void)state;
    assert_name("EURUSD@Dukascopy.BID", "EUR/USD@dukascopy.bid");
    assert_name("eur-usd@a_b-c.9", "EUR/USD@a_b-c.9");
    assert_name("ABCDEFGHIJ/0123456789@aaaaaaaaaabbbbbbbbbbcccccccccc12",
                "ABCDEFGHIJ/0123456789@aaaaaaaaaabbbbbbbbbbcccccccccc12");
    assert_refused("EUR/USD@", "label");
    assert_refused("EUR/USD@a@b", "label");
    assert_refused("EUR/USD@a b", "label");
    assert_refused("EUR/USD@aaaaaaaaaabbbbbbbbbbcccccccccc123", "label");
    assert_refused("@ecb", "two codes");
}

static void base_and_quote_differ(void **state)
{
    (void)state;
    assert_refused("USD/usd", "the same");
    assert_refused("USDUSD", "the same");
}

static void a_name_holds_its_longest_text(void **state)
{
    (void)state;
    assert_true(KURS_NAME_SIZE >= 2 * (KURS_CODE_SIZE - 1) + 1 + 1 + (KURS_LABEL_SIZE - 1) + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_is_one_name),
        cmocka_unit_test(codes_have_2_to_10_letters_or_digits),
        cmocka_unit_test(only_six_letters_go_without_a_mark),
        cmocka_unit_test(labels_are_folded_to_lower_case),
        cmocka_unit_test(base_and_quote_differ),
        cmocka_unit_test(a_name_holds_its_longest_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
