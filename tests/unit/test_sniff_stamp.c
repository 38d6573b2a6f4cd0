/* Which date patterns texts can be of, and that numbers are no dates. */
#include "ingest/sniff_stamp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void stamps_give_their_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *text, *patterns; /* of the first, likelier readings, parted by | */
    } cases[] = {
        {"2024-01-15", "YYYY-MM-DD"},
        {"2024/1/5", "YYYY/M/D"},
        {"20240115", "YYYYMMDD"},
        {"05062020", "DDMMYYYY"},
        {"2024M07D08", "YYYY'M'MM'D'DD"},
        {"1999Q4", "YYYYQn"},
        {"2003-01", "YYYY-MM"},
        {"13 April 2026", "DD Mon YYYY"},
        {"March 02, 2026", "Mon DD, YYYY"},
        {"03-Jan-23", "DD-Mon-YY"},
        {"12Ene24", "DDMonYY"},
        {"Jan-24", "Mon-YY"},
        {"2024.01.02.", "YYYY.MM.DD."},
        {"2024. 1. 2.", "YYYY. M. D."},
        {"02.01.2022.", "DD.MM.YYYY.|MM.DD.YYYY."},
        {"15/01/2024", "DD/MM/YYYY|MM/DD/YYYY"},
        {"8/12/15", "D/MM/YY|M/DD/YY|YY"},
        {"01.05.2012 00:00:01.680", "DD.MM.YYYY HH:MM:SS.fff|MM.DD.YYYY HH:MM:SS.fff"},
        {"2013-01-01 22:00:00.295000+00:00", "YYYY-MM-DD HH:MM:SS.fffZ"},
        {"2024-07-01T00:00:00.000Z", "YYYY-MM-DD'T'HH:MM:SS.fffZ"},
        {"20200101 170000065", "YYYYMMDD hhmmssfff"},
        {"1/15/2024 12:00:00 AM", "D/MM/YYYY"},
        {"1585774800", "epoch-s"},
        {"1612137600000", "epoch-ms"},
        {"45306", "excel"},
        {"45306.0416666667", "excel"},
        {"45306,25", "excel"},
        {"1990", "YYYY"},
        {"2024\u5e7401\u670816\u65e5", "YYYY'\u5e74'MM'\u6708'DD'\u65e5'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE], loose[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE];
        size_t length = strlen(cases[i].text);
        int count = stamp_patterns(cases[i].text, length, false, pattern);
        int loose_count = stamp_patterns(cases[i].text, length, true, loose);
        assert_true(stamp_shape(cases[i].text, length) != STAMP_NONE);
        assert_true(loose_count > 0);
        if (count == 0) /* a part of one digit: only the loose patterns fit the column */
            continue;
        char all[512] = "";
        for (int k = 0; k < count; k++)
            snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", k ? "|" : "", pattern[k]);
        assert_string_equal(all, cases[i].patterns);
    }
}

static void every_pattern_reads_the_text_it_came_from_or_no_date_at_all(void **state)
{
    (void)state;
    static const char *const texts[] = {"15/01/2024", "8/12/15", "2024-01-15 10:00", "Fri, 12 Dec 2025",
                                        "1/15/2024 12:00:00 AM"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE];
        int count = stamp_patterns(texts[i], strlen(texts[i]), true, pattern), read = 0;
        for (int k = 0; k < count; k++) {
            struct date_format format;
            struct date_value value;
            assert_int_equal(date_format_compile(pattern[k], &format, NULL), KURS_OK);
            read += date_read(&format, texts[i], strlen(texts[i]), &value);
        }
        assert_true(read > 0);
    }
}

static void numbers_and_words_are_no_stamps(void **state)
{
    (void)state;
    static const char *const texts[] = {"1.1243", "4,2571", "1412.10", "1,435.400000", "0.00001", "Period Average",
                                        "May",    "-5",     "#103",    "12",           "123",     "ND",
                                        ".",      "",       "USD"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(stamp_shape(texts[i], strlen(texts[i])), STAMP_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps_give_their_patterns),
        cmocka_unit_test(every_pattern_reads_the_text_it_came_from_or_no_date_at_all),
        cmocka_unit_test(numbers_and_words_are_no_stamps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
