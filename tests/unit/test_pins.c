/* The pins of an import: what is refused whatever the file, and the one spelling that the rest sees. */
#include "ingest/pins.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct kurs_import_options nothing = {.skip_lines = -1, .at_us = INT64_MIN};

static void refused(const struct kurs_import_options *options, const char *what)
{
    struct pins pins;
    struct kurs_error error = {0};
    assert_int_equal(pins_read(options, &pins, &error), KURS_EARGUMENT);
    assert_string_equal(error.what, what);
    assert_true(strlen(error.why) > 0);
}

static void labels_that_no_name_can_have_are_refused(void **state)
{
    (void)state;
    static const char *const labels[] = {"a b", "a\nb", "a/b", "123456789012345678901234567890123", "a@b", "\xC3\xA9"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        struct kurs_import_options options = nothing;
        char what[80];
        options.label = labels[i];
        snprintf(what, sizeof what, "cannot use --label '%s'", labels[i]);
        refused(&options, what);
    }
}

static void names_come_in_one_spelling(void **state)
{
    (void)state;
    struct kurs_import_options options = nothing;
    struct pins pins;
    options.base = "eur", options.quote = "Usd", options.label = "ECB";
    assert_int_equal(pins_read(&options, &pins, NULL), KURS_OK);
    assert_string_equal(pins.options.base, "EUR");
    assert_string_equal(pins.options.quote, "USD");
    assert_string_equal(pins.options.label, "ecb");
    options.pair = "eurusd@Ecb";
    assert_int_equal(pins_read(&options, &pins, NULL), KURS_OK);
    assert_string_equal(pins.options.pair, "EUR/USD");
    assert_string_equal(pins.options.label, "ecb");
    assert_null(pins.options.base);
}

static void a_pair_that_says_what_the_sides_say_stands_for_them(void **state)
{
    (void)state;
    struct kurs_import_options options = nothing;
    struct pins pins;
    options.pair = "EUR/USD", options.base = "EUR";
    assert_int_equal(pins_read(&options, &pins, NULL), KURS_OK);
    assert_null(pins.options.base);
    options.base = "USD";
    refused(&options, "cannot use --pair with --base");
}

static void no_pins_are_no_slip(void **state)
{
    (void)state;
    struct pins pins;
    assert_int_equal(pins_read(&nothing, &pins, NULL), KURS_OK);
    assert_null(pins.options.label);
}

static void marks_have_names(void **state)
{
    (void)state;
    assert_int_equal(pins_delimiter("tab"), '\t');
    assert_int_equal(pins_delimiter("pipe"), '|');
    assert_int_equal(pins_delimiter(";;"), 0);
    assert_int_equal(pins_mark("space"), ' ');
    assert_int_equal(pins_mark("none"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_that_no_name_can_have_are_refused),
        cmocka_unit_test(names_come_in_one_spelling),
        cmocka_unit_test(a_pair_that_says_what_the_sides_say_stands_for_them),
        cmocka_unit_test(no_pins_are_no_slip),
        cmocka_unit_test(marks_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
