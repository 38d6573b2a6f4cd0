/* Placing labels, measuring and cleaning texts, and telling lines apart. */
#include "chart/caption.h"
#include "chart/labels.h"
#include "chart/theme.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MANY 24

static int compare_at(const void *a, const void *b)
{
    double left = ((const struct label *)a)->at, right = ((const struct label *)b)->at;
    return (left > right) - (left < right);
}

static void placed_labels_never_overlap_nor_leave_the_plot(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 5000; round++) {
        struct label labels[MANY];
        size_t count = 1 + (size_t)rand() % MANY;
        for (size_t i = 0; i < count; i++) {
            labels[i] = (struct label) {.wanted = rand() % 3 == 0 ? 200 : rand() % 500, .height = 10 + rand() % 10};
        }
        assert_true(labels_place(labels, count, 0, 500));
        qsort(labels, count, sizeof *labels, compare_at);
        for (size_t i = 0; i < count; i++) {
            assert_true(labels[i].at - labels[i].height / 2 >= -1e-9);
            assert_true(labels[i].at + labels[i].height / 2 <= 500 + 1e-9);
            assert_true(i == 0 ||
                        labels[i].at - labels[i - 1].at >= (labels[i].height + labels[i - 1].height) / 2 - 1e-9);
            assert_true(i == 0 || labels[i].wanted >= labels[i - 1].wanted);
        }
    }
}

static void labels_with_room_stay_where_they_belong(void **state)
{
    (void)state;
    struct label labels[3] = {{300, 20, 0}, {100, 20, 0}, {200, 20, 0}};
    assert_true(labels_place(labels, 3, 0, 400));
    assert_true(labels[0].at == 300 && labels[1].at == 100 && labels[2].at == 200);
}

static void two_labels_of_one_value_part_evenly(void **state)
{
    (void)state;
    struct label labels[2] = {{100, 20, 0}, {100, 20, 0}};
    assert_true(labels_place(labels, 2, 0, 400));
    assert_true(labels[0].at == 90 && labels[1].at == 110);
}

static void too_many_labels_are_refused(void **state)
{
    (void)state;
    struct label labels[3] = {{1, 20, -1}, {2, 20, -1}, {3, 20, -1}};
    assert_false(labels_place(labels, 3, 0, 59));
    assert_true(labels[0].at == -1);
}

static void clean_text_is_utf8_on_one_line(void **state)
{
    (void)state;
    char text[CAPTION_SIZE];
    caption_clean("a\nb\tc\r\n d\x7F", text);
    assert_string_equal(text, "a b c  d ");
    caption_clean("\xFFx\xC3(\xE2\x82\xAC\xED\xA0\x80\xC0\xAF", text);
    assert_string_equal(text, "\xEF\xBF\xBDx\xEF\xBF\xBD(\xE2\x82\xAC\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                              "\xEF\xBF\xBD\xEF\xBF\xBD");
    caption_clean("a\xE2\x80\xAE"
                  "b\xC2\x85"
                  "c",
                  text);
    assert_string_equal(text, "a b c");
}

static void long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    char from[4 * CAPTION_SIZE] = "", text[CAPTION_SIZE];
    for (int i = 0; i < CAPTION_SIZE; i++) {
        strcat(from, "\xC3\xA9");
    }
    size_t length = caption_clean(from, text);
    assert_true(length < CAPTION_SIZE && length > CAPTION_SIZE - 8);
    assert_string_equal(text + length - 3, "\xE2\x80\xA6");
    caption_fit(text, 10, false, 50);
    assert_true(caption_width(text, 10, false) <= 50);
}

static void widths_are_those_of_the_font(void **state)
{
    (void)state;
    assert_true(fabs(caption_width("Hxgp", 1000, false) - (722 + 500 + 556 + 556)) < 0.01);
    assert_true(fabs(caption_width("Kg", 1000, true) - (722 + 611)) < 0.01);
}

static void numbers_read_as_in_print(void **state)
{
    (void)state;
    static const struct {
        const char *rate, *text;
    } rates[] = {
        {"0.011435154", "0.011435"}, {"0.000079851303", "0.000079851"},  {"1.1252", "1.1252"},
        {"163.36", "163.36"},        {"12960.50", "12,960.50"},          {"18606.594", "18,606.59"},
        {"1234567", "1,234,567"},    {"1184867915.16", "1,184,867,915"}, {"1.10", "1.10"},
    };
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct kurs_decimal rate;
        char text[CAPTION_NUMBER_SIZE];
        assert_int_equal(kurs_decimal_parse(rates[i].rate, strlen(rates[i].rate), &rate), KURS_OK);
        caption_rate(rate, text);
        assert_string_equal(text, rates[i].text);
    }
    static const struct {
        double percent;
        const char *text;
    } percents[] = {{2.25, "+2.2%"},
                    {-0.036, "\xE2\x88\x92"
                             "0.04%"},
                    {0, "0.00%"},
                    {12345.6, "+12,346%"},
                    {-0.001, "\xE2\x88\x92"
                             "0.00%"},
                    {-99.99994, "\xE2\x88\x92"
                                "99.9999%"},
                    {-100, "\xE2\x88\x92"
                           "100.0%"},
                    {999.96, "+1,000%"}};
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
        char text[CAPTION_NUMBER_SIZE];
        caption_percent(percents[i].percent, text);
        assert_string_equal(text, percents[i].text);
    }
}

static void numbers_beyond_all_digits_are_powers(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } numbers[] = {{12960.5, "12,960.50"},
                   {1e18, "1,000,000,000,000,000,000.00"},
                   {5e31, "5e31"},
                   {-9.5e31, "\xE2\x88\x92"
                             "9.5e31"},
                   {1e300, "1e300"}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[CAPTION_NUMBER_SIZE];
        caption_number(numbers[i].value, 2, text);
        assert_string_equal(text, numbers[i].text);
    }
}

static void a_rate_among_others_shows_where_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *rate, *text;
        double spread;
    } cases[] = {{"1.099954", "1.1000", 0.8},     {"1.099954", "1.099954", 0.0002}, {"1.16494", "1.16494", 0.0003},
                 {"12960.488", "12,960.49", 500}, {"12960.488", "12,960.488", 0.5}, {"1.10", "1.10", 1e-9}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_decimal rate;
        char text[CAPTION_NUMBER_SIZE];
        assert_int_equal(kurs_decimal_parse(cases[i].rate, strlen(cases[i].rate), &rate), KURS_OK);
        caption_rate_among(rate, cases[i].spread, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void lines_break_behind_a_comma_or_dash_where_they_are_full_enough(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line;
        double ems;
    } cases[] = {{"US dollars per euro, 1 Jan 2015", "US dollars per euro,", 12},
                 {"US dollars per euro, change on the month before", "US dollars per euro, change on the", 17},
                 {"1 Jan 2015 \xE2\x80\x93 12 Dec 2025", "1 Jan 2015 \xE2\x80\x93", 9},
                 {"KGS/USD \xC2\xB7 Last observation", "KGS/USD \xC2\xB7", 8},
                 {"one two three", "one two three", 40},
                 {"onetwothree", "onetwo", 3.3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length = caption_line(cases[i].text, 10, false, cases[i].ems * 10);
        assert_int_equal(length, strlen(cases[i].line));
        assert_memory_equal(cases[i].text, cases[i].line, length);
    }
}

static void text_cut_to_bytes_stays_utf8(void **state)
{
    (void)state;
    char text[CAPTION_SIZE] = "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9";
    caption_cut(text, 8);
    assert_string_equal(text, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9");
    caption_cut(text, 6);
    assert_string_equal(text, "\xC3\xA9\xE2\x80\xA6");
}

/* In grey print two lines differ in lightness or in their dashes. */
static void lines_are_told_apart_without_colour(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        const struct theme *theme = theme_of(dark == 1);
        for (size_t i = 0; i < THEME_STYLES; i++) {
            double lightness = theme_lightness(theme->style[i].rgb);
            double ground = theme_lightness(theme->background);
            assert_true(fabs(lightness - ground) > 40);
            for (size_t j = 0; j < i; j++) {
                bool dashes = strcmp(theme->style[i].dash, theme->style[j].dash) != 0;
                assert_true(dashes || fabs(lightness - theme_lightness(theme->style[j].rgb)) >= 5);
            }
        }
    }
}

/* The ratio of WCAG 2: (lighter + 0.05) / (darker + 0.05) of luminances, from L*. */
static double contrast(uint32_t a, uint32_t b)
{
    double y[2] = {theme_lightness(a), theme_lightness(b)};
    for (int i = 0; i < 2; i++) {
        y[i] = y[i] > 8 ? pow((y[i] + 16) / 116, 3) : y[i] / 903.3;
    }
    return (fmax(y[0], y[1]) + 0.05) / (fmin(y[0], y[1]) + 0.05);
}

static void all_words_have_the_contrast_small_type_needs(void **state)
{
    (void)state;
    const double least = 4.5; /* WCAG 2, level AA */
    for (int dark = 0; dark < 2; dark++) {
        const struct theme *theme = theme_of(dark == 1);
        const uint32_t words[] = {theme->ink, theme->text, theme->muted};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            assert_true(contrast(words[i], theme->background) >= least);
        }
        for (size_t i = 0; i < THEME_STYLES; i++) {
            assert_true(contrast(theme_words(theme, theme->style[i].rgb), theme->background) >= least);
        }
    }
}

static void more_lines_than_styles_are_still_of_other_colours(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        const struct theme *theme = theme_of(dark == 1);
        for (size_t i = 0; i < 3 * THEME_STYLES; i++) {
            struct theme_style style = theme_style(theme, i);
            assert_true(fabs(theme_lightness(style.rgb) - theme_lightness(theme->background)) > 25);
            for (size_t j = 0; j < i; j++) {
                assert_int_not_equal(style.rgb, theme_style(theme, j).rgb);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placed_labels_never_overlap_nor_leave_the_plot),
        cmocka_unit_test(labels_with_room_stay_where_they_belong),
        cmocka_unit_test(two_labels_of_one_value_part_evenly),
        cmocka_unit_test(too_many_labels_are_refused),
        cmocka_unit_test(clean_text_is_utf8_on_one_line),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(widths_are_those_of_the_font),
        cmocka_unit_test(numbers_read_as_in_print),
        cmocka_unit_test(numbers_beyond_all_digits_are_powers),
        cmocka_unit_test(a_rate_among_others_shows_where_it_stands),
        cmocka_unit_test(lines_break_behind_a_comma_or_dash_where_they_are_full_enough),
        cmocka_unit_test(text_cut_to_bytes_stays_utf8),
        cmocka_unit_test(lines_are_told_apart_without_colour),
        cmocka_unit_test(all_words_have_the_contrast_small_type_needs),
        cmocka_unit_test(more_lines_than_styles_are_still_of_other_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
