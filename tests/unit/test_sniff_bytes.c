/* Encodings are told by marks, zeros, being UTF-8, and by which code page makes known words. */
#include "ingest/sniff_bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void encodings_are_told_by_what_can_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *encoding;
        size_t mark;
    } cases[] = {
#define TEXT(text) text, sizeof(text) - 1
        {TEXT("Date,USD\n"), "UTF-8", 0},
        {TEXT("\xEF\xBB\xBF"
              "Date,USD\n"),
         "UTF-8", 3},
        {TEXT("Datum;Kurs;\xC3\xA9\n"), "UTF-8", 0},
        {TEXT("cut in a character \xC3"), "UTF-8", 0},
        {TEXT("\xFF\xFE"
              "D\0a\0t\0e\0"),
         "UTF-16LE", 2},
        {TEXT("\xFF\xFE\0\0D\0\0\0a\0\0\0"), "UTF-32LE", 4},
        {TEXT("\0\0\xFE\xFF\0\0\0D\0\0\0a"), "UTF-32BE", 4},
        {TEXT("D\0\0\0a\0\0\0t\0\0\0e\0\0\0"), "UTF-32LE", 0},
        {TEXT("\0\0\0D\0\0\0a\0\0\0t\0\0\0e"), "UTF-32BE", 0},
        {TEXT("D\0a\0t\0e\0,\0U\0S\0D\0"), "UTF-16LE", 0},
        {TEXT("\0D\0a\0t\0e\0,\0U\0S\0D"), "UTF-16BE", 0},
        {TEXT("nominal;data;curs;cdx\n1;05.03.2022;105;\xC4\xEE\xEB\xEB\xE0\xF0 \xD1\xD8\xC0\n"), "CP1251", 0},
        {TEXT("data;pe\xB3ny numer tabeli;frank szwajcarski;forint (W\xEAgry)\n"), "CP1250", 0},
        {TEXT("\x94\x4E,\x8C\x8E,\x93\xFA,\x8E\x6E\x92\x6C,\x8D\x82\x92\x6C,\x88\xC0\x92\x6C,\x8F\x49\x92\x6C\n"),
         "CP932", 0},
        {TEXT("Datum;Stra\xDF"
              "e;\xA3\n"),
         "CP1252", 0},
#undef TEXT
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t mark = 99;
        assert_string_equal(bytes_encoding(cases[i].bytes, cases[i].length, &mark), cases[i].encoding);
        assert_int_equal(mark, cases[i].mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(encodings_are_told_by_what_can_be_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
