/* Physical lines: every kind of line end, and what more text could still change. */
#include "ingest/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_line(const char *text, size_t length, size_t next)
{
    size_t got_next = 99;
    assert_int_equal(line_read(text, strlen(text), &got_next), length);
    assert_int_equal(got_next, next);
}

static void a_line_ends_with_lf_crlf_crcrlf_or_a_lone_cr(void **state)
{
    (void)state;
    assert_line("ab\ncd", 2, 3);
    assert_line("ab\r\ncd", 2, 4);
    assert_line("ab\r\r\ncd", 2, 5);
    assert_line("ab\rcd\n", 2, 3);
    assert_line("ab\r\rcd", 2, 3);
    assert_line("\nab", 0, 1);
    assert_line("ab", 2, 2);
    assert_line("", 0, 0);
}

static void a_line_longer_than_the_search_window_is_one_line(void **state)
{
    (void)state;
    char text[2000];
    memset(text, 'x', sizeof text);
    text[1500] = '\r';
    text[1501] = '\n';
    size_t next;
    assert_int_equal(line_read(text, sizeof text, &next), 1500);
    assert_int_equal(next, 1502);
    text[255] = '\n'; /* the last byte of a window */
    assert_int_equal(line_read(text, sizeof text, &next), 255);
    text[255] = '\r';
    text[256] = '\n';
    assert_int_equal(line_read(text, sizeof text, &next), 255);
    assert_int_equal(next, 257);
}

static void whole_lines_stop_where_more_text_could_change_the_end(void **state)
{
    (void)state;
    assert_int_equal(lines_whole("ab\ncd", 5), 3);
    assert_int_equal(lines_whole("ab\r\n", 4), 4);
    assert_int_equal(lines_whole("ab\rcd\r", 6), 3); /* an LF may follow the last CR */
    assert_int_equal(lines_whole("ab\r\r", 4), 0);
    assert_int_equal(lines_whole("ab", 2), 0);
    assert_int_equal(lines_whole("", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_ends_with_lf_crlf_crcrlf_or_a_lone_cr),
        cmocka_unit_test(a_line_longer_than_the_search_window_is_one_line),
        cmocka_unit_test(whole_lines_stop_where_more_text_could_change_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
