/* What terminals answer, and pictures in the chunks of kitty's protocol. */
#include "chart/graphics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *bytes;
    bool whole, sixel, kitty;
} answers[] = {
    {"", false, false, false},
    {"\033[?62;22c", true, false, false},
    {"\033[?62;4;22c", true, true, false},
    {"\033[?65;1;4c", true, true, false},
    {"\033[?4c", true, false, false}, /* the class of the terminal, no attribute */
    {"\033[?62;44;14;24c", true, false, false},
    {"\033[?6c", true, false, false},
    {"\033[?c", true, false, false},
    {"\033_Gi=31;OK\033\\\033[?62;22c", true, false, true},
    {"\033_Gi=31;OK\033\\\033[?62;4c", true, true, true},
    {"\033_Gi=31;ENOTSUPPORTED:cannot c\033\\\033[?62;4c", true, true, false},
    {"\033_Gi=3;OK\033\\\033[?62c", true, false, false},
    {"\033_Gi=31;OKAY\033\\\033[?62c", true, false, false},
    {"\033_Gi=31;OK\033\\", false, false, true}, /* the attributes are still to come */
    {"keys \033[A\033OP\033[1;5D\033\033[?62;4c", true, true, false},
    {"\033[\033[?62;4c", true, true, false},
    {"\033[?62;4", false, false, false},
    {"\033[>41;354;4c", false, false, false}, /* secondary attributes */
    {"\033[4c", false, false, false},
    {"\033_Gi=31;OK\033[?62;4c", false, false, false}, /* in a string without an end */
    {"4c;4;\033]4;c\a", false, false, false},
};

static void answers_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct graphics_answer answer = graphics_answer(answers[i].bytes, strlen(answers[i].bytes));
        if (answer.whole != answers[i].whole || answer.sixel != answers[i].sixel || answer.kitty != answers[i].kitty) {
            fail_msg("answer %zu: whole %d, sixel %d, kitty %d", i, answer.whole, answer.sixel, answer.kitty);
        }
    }
}

/* Read byte by byte, it says what it will say, and only at its end. */
static void an_answer_is_whole_at_its_last_byte(void **state)
{
    (void)state;
    static const char text[] = "x\033_Gi=31;OK\033\\\033[?62;4;22c";
    for (size_t length = 0; length < sizeof text; length++) {
        char *exact = malloc(length + 1); /* so that reading past it is seen */
        assert_non_null(exact);
        memcpy(exact, text, length);
        assert_int_equal(graphics_answer(exact, length).whole, length == sizeof text - 1);
        free(exact);
    }
}

static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = strchr(digits, c);
    return at == NULL || c == '\0' ? -1 : (int)(at - digits);
}

/* Adds what (text, length) of base64 holds to bytes[]; returns how many. */
static size_t decode(const char *text, size_t length, unsigned char *bytes)
{
    size_t count = 0;
    assert_int_equal(length % 4, 0);
    for (size_t i = 0; i < length; i += 4) {
        unsigned bits = 0;
        size_t pads = 0;
        for (size_t d = 0; d < 4; d++) {
            int digit = digit_of(text[i + d]);
            pads += text[i + d] == '=';
            assert_true(digit >= 0 || (text[i + d] == '=' && i + 4 == length));
            bits = bits << 6 | (unsigned)(digit < 0 ? 0 : digit);
        }
        for (size_t b = 0; b < 3 - pads; b++) {
            bytes[count++] = (unsigned char)(bits >> (16 - 8 * b));
        }
    }
    return count;
}

static void check_picture(size_t length, unsigned columns)
{
    char *picture = malloc(length + 1), *text = NULL;
    unsigned char *back = malloc(length + 3);
    size_t size = 0, count = 0, chunks = 0;
    FILE *file = open_memstream(&text, &size);
    assert_true(picture != NULL && back != NULL && file != NULL);
    for (size_t i = 0; i < length; i++) {
        picture[i] = (char)(i * 7 + i / 256);
    }
    graphics_kitty(picture, length, columns, file);
    assert_int_equal(fclose(file), 0);
    const char *at = text;
    while (*at == '\033') {
        const char *data = strchr(at, ';'), *end = strstr(at + 1, "\033\\");
        assert_true(data != NULL && end != NULL && strncmp(at, "\033_G", 3) == 0);
        assert_true(end - data - 1 <= 4096 && end > data + 1);
        assert_int_equal(data[-1], end[2] == '\n' ? '0' : '1'); /* m=1: more follows */
        assert_int_equal(strstr(at, "a=T,f=100,q=2,") == at + 3, chunks == 0);
        count += decode(data + 1, (size_t)(end - data - 1), back + count);
        at = end + 2;
        chunks++;
    }
    assert_string_equal(at, "\n");
    assert_int_equal(chunks, (length + 3071) / 3072);
    assert_int_equal(count, length);
    assert_memory_equal(back, picture, length);
    assert_int_equal(strstr(text, "c=80,") != NULL, columns == 80);
    free(picture);
    free(back);
    free(text);
}

static void pictures_come_in_chunks_of_4096(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 2, 3, 4, 3071, 3072, 3073, 6144, 10000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        check_picture(lengths[i], i % 2 == 0 ? 0 : 80);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_told_apart),
        cmocka_unit_test(an_answer_is_whole_at_its_last_byte),
        cmocka_unit_test(pictures_come_in_chunks_of_4096),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
