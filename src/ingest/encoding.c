/* encoding.c: code pages of rate files. Owns telling them apart by their bytes and the conversion through iconv. The
 * code pages of the catalogue differ only in the letters of headers, never in digits, so a small table of each one's
 * frequent letters is enough; a full statistical detector was dropped. */
#include "ingest/encoding.h"

#include "base/error.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CONVERT_ROOM 8 /* kept free for one replacement character and the widest UTF-8 */

struct encoding {
    iconv_t descriptor;
    size_t unit_bytes; /* what is skipped when it is no character */
};

/* ---- which ---- */

static const struct {
    const char *name, *mark;
    size_t bytes;
} MARKS[] = {
    {"UTF-8", "\xEF\xBB\xBF", 3},
    {"UTF-16LE", "\xFF\xFE", 2},
    {"UTF-16BE", "\xFE\xFF", 2},
};

/* Letters each code page is used for; those it shares with another decide nothing between the two. */
static const struct {
    const char *name, *letters;
} PAGES[] = {
    {"WINDOWS-1250",
     "\xB3\xA3\xB9\xEA\xE6\xF1\x9C\x9F\xBF\xAF\x8C\x8F\xE8\xF8\x9A\x9E\xEC\xED\xF9\xE1\xFD\xC8\xD8\x8A\x8E"},
    {"WINDOWS-1254", "\xFD\xDD\xFE\xDE\xF0\xD0\xFC\xF6\xE7\xDC\xD6\xC7"},
    {"WINDOWS-1252",
     "\xE9\xE8\xE0\xE7\xEA\xF4\xE4\xF6\xFC\xDF\xE3\xF5\xF3\xED\xE1\xFA\xF1\xA3\x80\xA5\xC4\xD6\xDC\xC9"},
};

static bool is_high(char c)
{
    return (c & 0x80) != 0;
}

/* The bytes of the UTF-8 character at `at`, 0 if it is none, -1 if the end cuts it. */
static int utf8_bytes(const char *at, const char *end)
{
    unsigned char first = (unsigned char)*at;
    int bytes = first < 0x80 ? 1 : first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (first >= 0xF5) {
        return 0;
    }
    for (int i = 1; i < bytes; i++) {
        if (at + i == end) {
            return -1;
        }
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return bytes;
}

static bool is_utf8(const char *at, const char *end)
{
    while (at < end) {
        int bytes = utf8_bytes(at, end);
        if (bytes <= 0) {
            return bytes < 0; /* cut by the window, not wrong */
        }
        at += bytes;
    }
    return true;
}

/* Two-byte characters throughout, at least one of them, or half-width kana. */
static bool is_shift_jis(const char *at, const char *end)
{
    size_t pairs = 0;
    for (; at < end; at++) {
        unsigned char first = (unsigned char)*at;
        if (first < 0x80 || (first >= 0xA1 && first <= 0xDF)) {
            continue;
        }
        if (at + 1 == end) {
            break;
        }
        unsigned char second = (unsigned char)*++at;
        bool lead = (first >= 0x81 && first <= 0x9F) || (first >= 0xE0 && first <= 0xEF);
        bool trail = second >= 0x40 && second <= 0xFC && second != 0x7F;
        if (!lead || !trail) {
            return false;
        }
        pairs += first >= 0x81 && first <= 0x9F;
    }
    return pairs > 0;
}

/* Cyrillic words are runs of high bytes from 0xC0 up; Latin ones have single high letters among ASCII ones. */
static bool is_cyrillic(const char *at, const char *end)
{
    size_t high = 0, in_runs = 0;
    while (at < end) {
        size_t run = 0;
        while (at + run < end && is_high(at[run])) {
            run++;
        }
        high += run;
        in_runs += run >= 3 ? run : 0;
        at += run ? run : 1;
    }
    return in_runs * 2 > high;
}

static const char *latin_page(const char *bytes, size_t count)
{
    size_t best = 0, best_score = 0;
    for (size_t page = 0; page < sizeof PAGES / sizeof PAGES[0]; page++) {
        size_t score = 0;
        for (size_t i = 0; i < count; i++) {
            score += is_high(bytes[i]) && strchr(PAGES[page].letters, bytes[i]) != NULL;
        }
        if (score >= best_score) { /* of equals the last, the most common */
            best = page;
            best_score = score;
        }
    }
    return PAGES[best].name;
}

/* UTF-16 without a mark: the high or low bytes of ASCII are zero. */
static const char *utf16_by_zeros(const char *bytes, size_t count)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        zeros[i % 2] += bytes[i] == 0;
    }
    size_t most = count / 2;
    if (count >= 8 && zeros[1] > most / 2 && zeros[0] == 0) {
        return "UTF-16LE";
    }
    return count >= 8 && zeros[0] > most / 2 && zeros[1] == 0 ? "UTF-16BE" : NULL;
}

const char *encoding_detect(const char *bytes, size_t count, size_t *mark_bytes)
{
    *mark_bytes = 0;
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        if (count >= MARKS[i].bytes && memcmp(bytes, MARKS[i].mark, MARKS[i].bytes) == 0) {
            *mark_bytes = MARKS[i].bytes;
            return MARKS[i].name;
        }
    }
    const char *wide = utf16_by_zeros(bytes, count);
    if (wide) {
        return wide;
    }
    if (is_utf8(bytes, bytes + count)) {
        return "UTF-8";
    }
    if (is_shift_jis(bytes, bytes + count)) {
        return "SHIFT_JIS";
    }
    return is_cyrillic(bytes, bytes + count) ? "WINDOWS-1251" : latin_page(bytes, count);
}

bool encoding_is_utf8(const char *name)
{
    return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0 || strcasecmp(name, "US-ASCII") == 0 ||
           strcasecmp(name, "ASCII") == 0;
}

/* ---- conversion ---- */

enum kurs_status encoding_open(const char *name, struct encoding **encoding, struct kurs_error *error)
{
    struct encoding *made = malloc(sizeof *made);
    if (!made) {
        return error_what(error, KURS_ENOMEM, "cannot convert from '%s'", name);
    }
    made->unit_bytes = strncasecmp(name, "UTF-16", 6) == 0 ? 2 : strncasecmp(name, "UTF-32", 6) == 0 ? 4 : 1;
    made->descriptor = iconv_open("UTF-8", name);
    if (made->descriptor == (iconv_t)-1) {
        free(made);
        error_what(error, KURS_EARGUMENT, "encoding '%s'", name);
        return error_why(error, KURS_EARGUMENT, "not known to this system");
    }
    *encoding = made;
    return KURS_OK;
}

void encoding_close(struct encoding *encoding)
{
    if (encoding) {
        iconv_close(encoding->descriptor);
        free(encoding);
    }
}

void encoding_convert(struct encoding *encoding, const char *in, size_t in_bytes, bool last, char *out, size_t capacity,
                      size_t *in_used, size_t *out_used)
{
    char *from = (char *)(uintptr_t)in, *to = out; /* iconv's prototype; it does not write there */
    size_t left = in_bytes, room = capacity - CONVERT_ROOM;
    while (left > 0) {
        if (iconv(encoding->descriptor, &from, &left, &to, &room) != (size_t)-1 || errno == E2BIG) {
            break;
        }
        if (errno == EINVAL && !last) {
            break;
        }
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        room = room > 3 ? room - 3 : 0;
        size_t skipped = encoding->unit_bytes < left ? encoding->unit_bytes : left;
        from += skipped;
        left -= skipped;
    }
    *in_used = in_bytes - left;
    *out_used = (size_t)(to - out);
}
