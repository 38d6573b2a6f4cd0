/* graphics.c: owns the escape sequences of pictures in a terminal, but for sixels, which gnuplot writes. */
#include "chart/graphics.h"

#include <string.h>

#define CHUNK_BYTES 3072 /* of the picture; the protocol's 4096 in base64 */

/* `at` stands behind "ESC [": where the sequence ends, past `length` when it is not whole. With attribute 4 in a DA1
 * answer, "? class ; attribute ; ... c", the terminal draws sixels. */
static size_t read_control(const char *at, size_t length, struct graphics_answer *answer)
{
    size_t end = 0;
    while (end < length && at[end] >= ' ' && at[end] <= '?') { /* parameters and intermediates */
        end++;
    }
    if (end == length) {
        return length + 1;
    }
    if (at[0] == '?' && at[end] == 'c') {
        answer->whole = true;
        for (size_t i = 1; i + 2 <= end; i++) {
            bool four = at[i] == ';' && at[i + 1] == '4' && (at[i + 2] == ';' || at[i + 2] == 'c');
            answer->sixel = answer->sixel || four;
        }
    }
    return end + (at[end] >= '@'); /* an ESC begins the next sequence */
}

/* `at` stands behind "ESC _": where the sequence ends, with "ESC \", past `length` when it is not whole. */
static size_t read_application(const char *at, size_t length, struct graphics_answer *answer)
{
    static const char yes[] = "Gi=31;OK";
    for (size_t i = 0; i + 1 < length; i++) {
        if (at[i] == '\033' && at[i + 1] == '\\') {
            answer->kitty = answer->kitty || (i == sizeof yes - 1 && memcmp(at, yes, i) == 0);
            return i + 2;
        }
    }
    return length + 1;
}

struct graphics_answer graphics_answer(const char *bytes, size_t length)
{
    struct graphics_answer answer = {.whole = false};
    size_t i = 0;
    while (i + 1 < length && !answer.whole) {
        if (bytes[i] == '\033' && bytes[i + 1] == '[') {
            i += 2;
            i += read_control(bytes + i, length - i, &answer);
        } else if (bytes[i] == '\033' && bytes[i + 1] == '_') {
            i += 2;
            i += read_application(bytes + i, length - i, &answer);
        } else {
            i++;
        }
    }
    return answer;
}

static void put_base64(const unsigned char *bytes, size_t length, FILE *file)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        size_t have = length - i < 3 ? length - i : 3;
        unsigned long bits = (unsigned long)bytes[i] << 16 | (have > 1 ? (unsigned long)bytes[i + 1] << 8 : 0) |
                             (have > 2 ? bytes[i + 2] : 0);
        for (size_t d = 0; d < 4; d++) {
            putc(d <= have ? digits[bits >> (18 - 6 * d) & 63] : '=', file);
        }
    }
}

void graphics_kitty(const char *png, size_t length, unsigned columns, FILE *file)
{
    for (size_t at = 0; at < length; at += CHUNK_BYTES) {
        size_t chunk = length - at < CHUNK_BYTES ? length - at : CHUNK_BYTES;
        fputs("\033_G", file);
        if (at == 0) {
            fputs("a=T,f=100,q=2,", file); /* transmit and show a PNG, answer nothing */
            if (columns > 0) {
                fprintf(file, "c=%u,", columns);
            }
        }
        fprintf(file, "m=%d;", at + chunk < length);
        put_base64((const unsigned char *)png + at, chunk, file);
        fputs("\033\\", file);
    }
    putc('\n', file);
}
