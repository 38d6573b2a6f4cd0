/* fold.c owns the one reduction of text that table lookups use. It knows nothing of any table.
 * The idea: names are compared after folding, so tables need one spelling where publishers use ten. towlower() and
 * iconv's //TRANSLIT were the alternative: both depend on the locale. */
#include "ingest/fold.h"

#include <stdbool.h>
#include <stdint.h>

/* U+00C0..U+017F without case and accent; a space where there is no such letter. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

_Static_assert(sizeof latin == 0x180 - 0xC0 + 1, "one letter for each code point");

/* The code point at text[0], its length in *used (at least 1); 0 for bytes that are no UTF-8. */
static uint32_t code_point(const unsigned char *text, size_t length, size_t *used)
{
    uint32_t c = text[0];
    size_t more = c < 0x80 ? 0 : c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
    *used = 1;
    if (more == 0) {
        return c;
    }
    if (c < 0xC2 || c > 0xF4 || more >= length) {
        return 0;
    }
    c &= 0x3Fu >> more;
    for (size_t i = 1; i <= more; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
        c = c << 6 | (text[i] & 0x3F);
    }
    *used = more + 1;
    return c;
}

static size_t put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

static uint32_t fold_ascii(uint32_t c)
{
    if (c >= 'A' && c <= 'Z') {
        return c + ('a' - 'A');
    }
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '$' || c == '%') {
        return c;
    }
    return c == '\'' ? 0 : ' ';
}

/* The folded code point, ' ' where words part, 0 for what is left out (combining accents, apostrophes). */
static uint32_t fold_one(uint32_t c)
{
    if (c < 0x80) {
        return c == 0 ? ' ' : fold_ascii(c);
    }
    if (c >= 0xFF01 && c <= 0xFF5E) { /* full-width ASCII */
        return fold_ascii(c - 0xFEE0);
    }
    if (c >= 0xC0 && c < 0x180) {
        return (uint32_t)(unsigned char)latin[c - 0xC0];
    }
    if (c >= 0x218 && c <= 0x21B) { /* Romanian s, t with comma */
        return c < 0x21A ? 's' : 't';
    }
    if (c == 0x18F || c == 0x259) { /* Azerbaijani schwa */
        return 'e';
    }
    if ((c >= 0x300 && c < 0x370) || c == 0x2019 || c == 0x2018 || c == 0x2BB || c == 0x2BC || c == 0xFEFF) {
        return 0;
    }
    if (c >= 0x400 && c <= 0x40F) {
        c += 80;
    } else if (c >= 0x410 && c <= 0x42F) {
        c += 32;
    } else if (c >= 0x460 && c <= 0x52F && c % 2 == 0 && c != 0x482) {
        c += 1;
    } else if (c >= 0x391 && c <= 0x3A9) {
        c += 32;
    } else if (c >= 0x531 && c <= 0x556) {
        c += 48;
    }
    if (c == 0x451) { /* ё is often written е */
        return 0x435;
    }
    if (c == 0xA0 || c == 0x202F || c == 0x3000 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2010 && c <= 0x2027) ||
        c == 0xAB || c == 0xBB || c == 0xB7 || c == 0xFFFD) {
        return ' ';
    }
    return c;
}

size_t fold(const char *text, size_t length, char folded[FOLD_SIZE])
{
    size_t at = 0, out = 0;
    bool space = false;
    while (at < length) {
        size_t used;
        uint32_t c = fold_one(code_point((const unsigned char *)text + at, length - at, &used));
        at += used;
        if (c == ' ') {
            space = out > 0;
        }
        if (c == ' ' || c == 0) {
            continue;
        }
        if (out + 6 > FOLD_SIZE) {
            break;
        }
        if (space) {
            folded[out++] = ' ';
        }
        space = false;
        out += put(folded + out, c);
    }
    folded[out] = '\0';
    return out;
}
