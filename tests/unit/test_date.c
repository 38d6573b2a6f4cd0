/* Stamps by pattern: every shape of the catalogue, and what is no date. */
#include "ingest/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* What a stamp reads as, in kurs's own spelling; "no" when it is not of the pattern. */
static const char *read_as(const char *pattern, const char *text)
{
    static char result[64];
    struct date_format format;
    struct kurs_error error;
    if (date_format_compile(pattern, &format, &error) != KURS_OK) {
        return "no pattern";
    }
    struct date_value value;
    if (!date_read(&format, text, strlen(text), &value)) {
        return "no";
    }
    size_t length = kurs_time_format(value.local_us, KURS_INSTANT, result);
    if (value.has_offset) {
        snprintf(result + length, sizeof result - length, " offset %d", (int)(value.offset_us / KURS_MINUTE_US));
    }
    return result;
}

static void every_shape_of_date_is_read(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"YYYY-MM-DD", "2025-05-09", "2025-05-09T00:00:00Z"},
        {"YYYY-MM-DD", "2023- 10- 09", "2023-10-09T00:00:00Z"},
        {"YYYY/M/D", "1971/1/4", "1971-01-04T00:00:00Z"},
        {"YYYY.MM.DD", "2022.08.15", "2022-08-15T00:00:00Z"},
        {"YYYYMMDD", "20200102", "2020-01-02T00:00:00Z"},
        {"DD.MM.YYYY", "05.03.2022", "2022-03-05T00:00:00Z"},
        {"DD-MM-YYYY", "29-06-2018", "2018-06-29T00:00:00Z"},
        {"DD/MM/YYYY", "30/09/2026", "2026-09-30T00:00:00Z"},
        {"MM/DD/YYYY", "12/04/2025", "2025-12-04T00:00:00Z"},
        {"M/D/YY", "8/12/15", "2015-08-12T00:00:00Z"},
        {"M/D/YY", "1/3/99", "1999-01-03T00:00:00Z"},
        {"D-Mon-YY", "31-Mar-24", "2024-03-31T00:00:00Z"},
        {"DD Mon YYYY", "17 Mar 2026", "2026-03-17T00:00:00Z"},
        {"D Mon YYYY", "13 April 2026", "2026-04-13T00:00:00Z"},
        {"Mon DD, YYYY", "March 02, 2026", "2026-03-02T00:00:00Z"},
        {"Mon D, YYYY", "May 07, 2021", "2021-05-07T00:00:00Z"},
        {"Day Mon D YYYY", "Fri Dec 12 2025", "2025-12-12T00:00:00Z"},
        {"YYYY'M'MM'D'DD", "2025M07D08", "2025-07-08T00:00:00Z"},
        {"YYYY-MM", "2003-01", "2003-01-01T00:00:00Z"},
        {"YYYYQn", "1999Q3", "1999-07-01T00:00:00Z"},
        {"YYYY-Qn", "1999-Q4", "1999-10-01T00:00:00Z"},
        {"YYYY", "1990", "1990-01-01T00:00:00Z"},
        {"DD.MM.YYYY *", "30.05.2025 #103", "2025-05-30T00:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(read_as(cases[i][0], cases[i][1]), cases[i][2]);
    }
}

static void every_shape_of_time_is_read(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"YYYYMMDD HHMMSSfff", "20200101 170000065", "2020-01-01T17:00:00.065Z"},
        {"YYYYMMDD HHMMSS", "20200501 000000", "2020-05-01T00:00:00Z"},
        {"YYYYMMDD hhmmss", "20200501 93005", "2020-05-01T09:30:05Z"},
        {"YYYYMMDD hhmmss", "20200501 0", "2020-05-01T00:00:00Z"},
        {"YYYY.MM.DD HH:MM", "2022.08.15 10:06", "2022-08-15T10:06:00Z"},
        {"YYYY.MM.DD H:MM:SS", "2015.04.22 4:26:00", "2015-04-22T04:26:00Z"},
        {"DD.MM.YYYY HH:MM:SS.fff", "01.05.2012 00:00:01.680", "2012-05-01T00:00:01.680Z"},
        {"DD.MM.YYYY HH:MM:SS.fff Z", "01.05.2012 00:00:01.680 GMT+0100", "2012-05-01T00:00:01.680Z offset 60"},
        {"YYYY-MM-DD HH:MM:SS.fffZ", "2013-01-01 22:00:00.295000+00:00", "2013-01-01T22:00:00.295Z offset 0"},
        {"YYYY-MM-DD HH:MM:SS.fffZ", "2013-01-01 22:00:00+05:30", "2013-01-01T22:00:00Z offset 330"},
        {"YYYY-MM-DDTHH:MM:SS.fffZ", "2024-07-01T00:00:00.000Z", "2024-07-01T00:00:00Z offset 0"},
        {"YYYY-MM-DDTHH:MM:SS.fffZ", "2024-07-01T00:00:00", "2024-07-01T00:00:00Z"},
        {"YYYY-MM-DDTHH:MM:SS.fffZ", "2024-07-01T00:00:00.123456789-03", "2024-07-01T00:00:00.123456Z offset -180"},
        {"MM/DD/YYYY HH:MM:SS", "09/06/2016 23:49:00", "2016-09-06T23:49:00Z"},
        {"M/D/YYYY H:MM AMPM", "9/6/2016 12:05 AM", "2016-09-06T00:05:00Z"},
        {"M/D/YYYY H:MM AMPM", "9/6/2016 12:05 pm", "2016-09-06T12:05:00Z"},
        {"M/D/YYYY H:MMAMPM", "9/6/2016 7:29pm", "2016-09-06T19:29:00Z"},
        {"YYYY-MM-DD HH:MM Z", "2026-03-02 14:30 UTC", "2026-03-02T14:30:00Z offset 0"},
        {"HH:MM DD.MM.YYYY", "14:30 02.03.2026", "2026-03-02T14:30:00Z"},
        {"epoch-s", "1585774800", "2020-04-01T21:00:00Z offset 0"},
        {"epoch-s", "1585774800.25", "2020-04-01T21:00:00.250Z offset 0"},
        {"epoch-s", "-1", "1969-12-31T23:59:59Z offset 0"},
        {"epoch-ms", "1612137600000", "2021-02-01T00:00:00Z offset 0"},
        {"epoch-us", "1612137600000001", "2021-02-01T00:00:00.000001Z offset 0"},
        {"epoch-ns", "1612137600000001999", "2021-02-01T00:00:00.000001Z offset 0"},
        {"excel", "44197.5", "2021-01-01T12:00:00Z"},
        {"excel", "44197,5", "2021-01-01T12:00:00Z"},
        {"excel", "45000.0416666667", "2023-03-15T01:00:00Z"}, /* what Excel writes for 01:00 */
        {"excel", "45000.041666666664", "2023-03-15T01:00:00Z"},
        {"excel", "45000.999999", "2023-03-15T23:59:59.914Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(read_as(cases[i][0], cases[i][1]), cases[i][2]);
    }
}

static void what_does_not_exist_is_no_date(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"YYYY-MM-DD", "2023-02-29"},
        {"YYYY-MM-DD", "1900-02-29"},
        {"YYYY-MM-DD", "2023-13-01"},
        {"YYYY-MM-DD", "2023-00-01"},
        {"YYYY-MM-DD", "0000-01-01"},
        {"YYYY-MM-DD", "2023-04-31"},
        {"YYYY-MM-DD", "2023-04-3"},
        {"YYYY-MM-DD", "2023-04-30x"},
        {"YYYY-MM-DD", "23-04-30"},
        {"YYYY-MM-DD", ""},
        {"YYYY-MM-DD", "2023-04"},
        {"YYYY-MM-DD", "Period High"},
        {"YYYY-MM-DD HH:MM", "2023-04-30 24:00"},
        {"YYYY-MM-DD HH:MM", "2023-04-30 12:60"},
        {"YYYY-MM-DD HH:MM:SS", "2023-04-30 12:00:60"},
        {"M/D/YYYY H:MM AMPM", "9/6/2016 13:05 AM"},
        {"D Mon YYYY", "12 Foo 2025"},
        {"YYYYQn", "1999Q5"},
        {"epoch-s", "999999999999999999"},
        {"epoch-s", "12a"},
        {"epoch-s", ""},
        {"epoch-ns", "99999999999999999999"},
        {"YYYY-MM-DD Z", "2023-04-30 +99:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (strcmp(read_as(cases[i][0], cases[i][1]), "no") != 0) {
            print_message("%s\n", cases[i][1]);
        }
        assert_string_equal(read_as(cases[i][0], cases[i][1]), "no");
    }
    assert_string_equal(read_as("YYYY-MM-DD", "2000-02-29"), "2000-02-29T00:00:00Z");
}

static void a_pattern_without_a_year_is_refused_with_the_reason(void **state)
{
    (void)state;
    struct date_format format;
    struct kurs_error error;
    assert_int_equal(date_format_compile("DD.MM", &format, &error), KURS_EARGUMENT);
    assert_non_null(strstr(error.why, "year"));
    assert_int_equal(date_format_compile("", &format, &error), KURS_EARGUMENT);
    assert_int_equal(date_format_compile("YYYY'M", &format, &error), KURS_EARGUMENT);
    char longest[200];
    memset(longest, 'Y', sizeof longest);
    longest[199] = '\0';
    assert_int_equal(date_format_compile(longest, &format, &error), KURS_EARGUMENT);
}

static void ms_of_day_count_from_the_day_of_the_file(void **state)
{
    (void)state;
    struct date_format format;
    struct date_value value;
    assert_int_equal(date_format_compile("ms-of-day", &format, NULL), KURS_OK);
    assert_true(date_day_us(2014, 5, 8, &format.day_us));
    assert_true(date_read(&format, "60000", 5, &value));
    assert_int_equal(value.local_us, format.day_us + KURS_MINUTE_US);
    assert_false(value.has_offset);
    assert_false(date_read(&format, "86400001", 8, &value));
}

static void remembering_the_day_changes_no_answer(void **state)
{
    (void)state;
    static const char *const stamps[] = {
        "2024-01-02 00:00:00", "2024-01-02 23:59:59",   "2024-01-03 00:00:00",  "2024-01-0x 00:00:00",
        "2024- 1-03 00:00:00", "2024-01-03 00:00:01",   "2024-01-03",           "2024-01-03 1:00:00",
        "2024-01-02 00:00:00", "2024\t-01-02 00:00:00", "2024\t-01-03 00:00:00"};
    struct date_format format;
    struct date_memory memory = {.known = false};
    assert_int_equal(date_format_compile("YYYY-MM-DD HH:MM:SS", &format, NULL), KURS_OK);
    for (size_t i = 0; i < sizeof stamps / sizeof stamps[0]; i++) {
        struct date_value fresh, again;
        bool is_fresh = date_read(&format, stamps[i], strlen(stamps[i]), &fresh);
        bool is_again = date_read_again(&format, &memory, stamps[i], strlen(stamps[i]), &again);
        assert_int_equal(is_fresh, is_again);
        if (is_fresh) {
            assert_int_equal(fresh.local_us, again.local_us);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_of_date_is_read),
        cmocka_unit_test(every_shape_of_time_is_read),
        cmocka_unit_test(what_does_not_exist_is_no_date),
        cmocka_unit_test(a_pattern_without_a_year_is_refused_with_the_reason),
        cmocka_unit_test(ms_of_day_count_from_the_day_of_the_file),
        cmocka_unit_test(remembering_the_day_changes_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
