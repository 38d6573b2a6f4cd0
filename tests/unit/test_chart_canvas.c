/* Pages of characters: what is written where, and dots folded into Braille. */
#include "chart/canvas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Prints the canvas, compares, releases it. */
static void check(struct canvas *canvas, bool color, const char *expected)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    assert_non_null(file);
    canvas_write(canvas, color, file);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, expected);
    free(text);
    canvas_release(canvas);
}

static void texts_are_clipped_at_the_page(void **state)
{
    (void)state;
    struct canvas canvas;
    assert_true(canvas_init(&canvas, 4, 3));
    canvas_text(&canvas, -2, 0, "abcd", CANVAS_NONE, CANVAS_NONE);
    canvas_text(&canvas, 2, 1, "\xE2\x88\x92\xC2\xB7xyz", CANVAS_NONE, CANVAS_NONE);
    canvas_text(&canvas, 0, 3, "below", CANVAS_NONE, CANVAS_NONE);
    canvas_text(&canvas, 0, -1, "above", CANVAS_NONE, CANVAS_NONE);
    check(&canvas, false, "cd\n  \xE2\x88\x92\xC2\xB7\n\n");
}

static void a_page_is_taken_mark_by_mark(void **state)
{
    (void)state;
    struct canvas canvas;
    assert_true(canvas_init(&canvas, 4, 2));
    canvas_text(&canvas, 1, 0, "...", CANVAS_NONE, CANVAS_NONE);
    canvas_page(&canvas, 1, 0, 3, 2, "* * too far\n ##\nbelow\n\fnext", false, CANVAS_NONE);
    check(&canvas, false, " *.*\n  ##\n");
}

/* Each dot alone, in the order of U+2801 to U+2880. */
static void a_dot_has_its_bit(void **state)
{
    (void)state;
    static const unsigned position[8][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}};
    for (unsigned bit = 0; bit < 8; bit++) {
        char page[16] = "  \n  \n  \n  \n", expected[8];
        unsigned code = 0x2800 + (1u << bit);
        struct canvas canvas;
        page[position[bit][1] * 3 + position[bit][0]] = '*';
        snprintf(expected, sizeof expected, "%c%c%c\n", 0xE0 | code >> 12, 0x80 | (code >> 6 & 63), 0x80 | (code & 63));
        assert_true(canvas_init(&canvas, 1, 1));
        canvas_page(&canvas, 0, 0, 1, 1, page, true, CANVAS_NONE);
        check(&canvas, false, expected);
    }
}

static void dots_of_several_pages_add_up(void **state)
{
    (void)state;
    struct canvas canvas;
    assert_true(canvas_init(&canvas, 1, 1));
    canvas_page(&canvas, 0, 0, 1, 1, "*\n*\n*\n*\n", true, CANVAS_NONE);
    canvas_page(&canvas, 0, 0, 1, 1, " *\n *\n *\n *\n", true, CANVAS_NONE);
    check(&canvas, false, "\xE2\xA3\xBF\n");
}

static void colors_change_where_they_must_and_end_with_the_line(void **state)
{
    (void)state;
    struct canvas canvas;
    assert_true(canvas_init(&canvas, 6, 2));
    canvas_text(&canvas, 0, 0, "ab", 32, CANVAS_NONE);
    canvas_text(&canvas, 3, 0, "c", 32, CANVAS_NONE);
    canvas_text(&canvas, 4, 0, "d", CANVAS_NONE, 16);
    canvas_text(&canvas, 0, 1, "e", CANVAS_NONE, CANVAS_NONE);
    check(&canvas, true, "\033[38;5;32mab c\033[48;5;16m\033[39md\033[0m\ne\n");
}

static void colors_are_the_nearest_of_the_cube(void **state)
{
    (void)state;
    assert_int_equal(canvas_color(0x000000), 16);
    assert_int_equal(canvas_color(0xFFFFFF), 231);
    assert_int_equal(canvas_color(0xFF0000), 196);
    assert_int_equal(canvas_color(0x5F87AF), 67);
    assert_int_equal(canvas_color(0x608AB0), 67);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_clipped_at_the_page),
        cmocka_unit_test(a_page_is_taken_mark_by_mark),
        cmocka_unit_test(a_dot_has_its_bit),
        cmocka_unit_test(dots_of_several_pages_add_up),
        cmocka_unit_test(colors_change_where_they_must_and_end_with_the_line),
        cmocka_unit_test(colors_are_the_nearest_of_the_cube),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
