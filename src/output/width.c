/* width.c: display width from two short tables of ranges; broken UTF-8 is counted, never read past. */
#include "output/width.h"

#include <string.h>

struct range {
    uint32_t first, last;
};

/* Combining marks of the scripts that rate files use, and the zero-width format characters. */
static const struct range ZERO[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
};

/* East Asian Wide and Fullwidth, and emoji. */
static const struct range WIDE[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
};

size_t text_next(const char *text, size_t length, uint32_t *code)
{
    static const uint32_t LEAST[4] = {0, 0x80, 0x800, 0x10000}; /* shorter ones must not be written longer */
    const unsigned char *byte = (const unsigned char *)text;
    size_t more = byte[0] >= 0xF0 ? 3 : byte[0] >= 0xE0 ? 2 : byte[0] >= 0xC2 ? 1 : 0;
    uint32_t value = more == 3 ? byte[0] & 0x07U : more == 2 ? byte[0] & 0x0FU : more == 1 ? byte[0] & 0x1FU : byte[0];
    bool sound = more > 0 ? more < length : byte[0] < 0x80;
    for (size_t i = 1; sound && i <= more; i++) {
        sound = (byte[i] & 0xC0U) == 0x80U;
        value = value << 6 | (byte[i] & 0x3FU);
    }
    if (!sound || value < LEAST[more] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        *code = TEXT_BROKEN;
        return 1;
    }
    *code = value;
    return more + 1;
}

bool text_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* The bytes of the first character, which is written. */
static size_t put_next(const char *text, size_t length, FILE *out)
{
    uint32_t code;
    size_t bytes = text_next(text, length, &code);
    if (text_is_control(code) || (code == TEXT_BROKEN && bytes == 1)) {
        putc('?', out);
    } else {
        fwrite(text, 1, bytes, out);
    }
    return bytes;
}

void text_put(const char *text, FILE *out)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        i += put_next(text + i, length - i, out);
    }
}

void text_put_markdown(const char *text, FILE *out)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        if (text[i] == '\n' || text[i] == '\r') {
            putc(' ', out);
            i++;
            continue;
        }
        if (strchr("\\`*_[]<>&#|", text[i]) != NULL) {
            putc('\\', out);
        }
        i += put_next(text + i, length - i, out);
    }
}

static int within(const struct range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return 1;
        }
    }
    return 0;
}

size_t text_width(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += text_next(text + i, length - i, &code);
        if (code < 0x300) {
            width++;
        } else if (!within(ZERO, sizeof ZERO / sizeof ZERO[0], code)) {
            width += within(WIDE, sizeof WIDE / sizeof WIDE[0], code) ? 2 : 1;
        }
    }
    return width;
}
