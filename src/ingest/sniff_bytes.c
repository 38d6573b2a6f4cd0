/* sniff_bytes.c owns the guess of the encoding. It refuses to know formats: its evidence is bytes and the words of the
 * tables. The idea: of two code pages both "valid", the right one is that under which heads and names can be read;
 * letter frequencies alone mistake short headers. */
#include "ingest/sniff_bytes.h"

#include <iconv.h>
#include <stdbool.h>
#include <string.h>

#include "ingest/tables.h"

#define SAMPLE_BYTES_MAX ((size_t)16384) /* of lines with bytes beyond ASCII; headers and a few hundred names */

static bool is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

/* Valid UTF-8 up to a character that the end of the window may have cut. */
static bool is_utf8(const unsigned char *text, size_t bytes)
{
    for (size_t at = 0; at < bytes;) {
        unsigned char c = text[at];
        size_t length = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        if (c >= 0x80 && (c < 0xC2 || c > 0xF4))
            return false;
        for (size_t i = 1; i < length && at + i < bytes; i++)
            if ((text[at + i] & 0xC0) != 0x80)
                return false;
        at += length;
    }
    return true;
}

/* "UTF-32LE" or "UTF-32BE" when three of four bytes are zero, as in text that is mostly ASCII; else NULL. */
static const char *utf32_by_zeros(const char *data, size_t bytes)
{
    size_t zeros[4] = {0, 0, 0, 0}, looked = bytes < 512 ? bytes : 512;
    for (size_t i = 0; i < looked; i++)
        zeros[i % 4] += data[i] == 0;
    size_t most = looked / 4, middle = zeros[1] + zeros[2];
    if (looked < 8 || middle * 10 < most * 18)
        return NULL;
    return zeros[3] > zeros[0] ? "UTF-32LE" : "UTF-32BE";
}

/* "UTF-16LE" or "UTF-16BE" when nearly every other byte is zero, as in text that is mostly ASCII; else NULL. */
static const char *utf16_by_zeros(const char *data, size_t bytes)
{
    size_t zeros[2] = {0, 0}, looked = bytes < 512 ? bytes : 512;
    for (size_t i = 0; i < looked; i++)
        zeros[i % 2] += data[i] == 0;
    if (looked < 8)
        return NULL;
    if (zeros[1] * 10 > looked * 4 && zeros[0] * 10 < looked)
        return "UTF-16LE";
    if (zeros[0] * 10 > looked * 4 && zeros[1] * 10 < looked)
        return "UTF-16BE";
    return NULL;
}

/* The lines that hold bytes beyond ASCII, up to the sample's size; *in_runs counts such bytes beside another one. */
static size_t gather_sample(const char *data, size_t bytes, char sample[SAMPLE_BYTES_MAX], size_t *high,
                            size_t *in_runs)
{
    size_t out = 0;
    *high = *in_runs = 0;
    for (size_t from = 0; from < bytes;) {
        const char *end = memchr(data + from, '\n', bytes - from);
        size_t length = end ? (size_t)(end - data) + 1 - from : bytes - from;
        size_t line_high = 0;
        for (size_t i = from; i < from + length; i++) {
            bool run = is_high(data[i]) && ((i > 0 && is_high(data[i - 1])) || (i + 1 < bytes && is_high(data[i + 1])));
            line_high += is_high(data[i]);
            *in_runs += run;
        }
        *high += line_high;
        if (line_high > 0) {
            if (length > SAMPLE_BYTES_MAX - out)
                length = SAMPLE_BYTES_MAX - out;
            memcpy(sample + out, data + from, length);
            out += length;
        }
        if (out == SAMPLE_BYTES_MAX || !end)
            break;
        from = (size_t)(end - data) + 1;
    }
    return out;
}

/* How many cells beyond ASCII of a UTF-8 text are known words; names weigh double, as they are longer. */
static size_t known_words(const char *text, size_t bytes)
{
    size_t known = 0;
    for (size_t from = 0, at = 0; at <= bytes; at++) {
        if (at < bytes && !strchr(",;|\t\"\r\n", text[at]))
            continue;
        struct currency_match match;
        bool high = false;
        for (size_t i = from; i < at; i++)
            high |= is_high(text[i]);
        if (high && at - from < 200) {
            int month;
            size_t used;
            known += currency_find(text + from, at - from, &match) ? 2 : 0;
            known += header_find(text + from, at - from) != 0 || month_find(text + from, at - from, &month, &used);
        }
        from = at + 1;
    }
    return known;
}

/* Known words of the sample read under `encoding`; 0 when it cannot be. */
static size_t words_under(const char *encoding, char *sample, size_t bytes)
{
    static const size_t growth = 3; /* no code page of one or two bytes grows more in UTF-8 */
    char text[3 * SAMPLE_BYTES_MAX];
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return 0;
    char *in = sample, *out = text;
    size_t in_left = bytes, out_left = growth * SAMPLE_BYTES_MAX;
    size_t done = iconv(converter, &in, &in_left, &out, &out_left);
    iconv_close(converter);
    bool cut = in_left > 0 && in_left < 4; /* the sample may end inside a character */
    if (done == (size_t)-1 && !cut)
        return 0;
    return known_words(text, (size_t)(out - text));
}

const char *bytes_encoding(const char *data, size_t bytes, size_t *bom_bytes)
{
    static const char *const pages[] = {"CP1250", "CP1251", "CP1252", "CP1254", "CP932",  "GB18030",
                                        "CP949",  "BIG5",   "EUC-JP", "KOI8-R", "CP1257", "CP866"};
    static const struct {
        const char *mark, *encoding;
        size_t bytes;
    } marks[] = {{"\xEF\xBB\xBF", "UTF-8", 3},
                 {"\xFF\xFE\0\0", "UTF-32LE", 4}, /* before UTF-16LE, whose mark it starts with */
                 {"\0\0\xFE\xFF", "UTF-32BE", 4},
                 {"\xFF\xFE", "UTF-16LE", 2},
                 {"\xFE\xFF", "UTF-16BE", 2}};
    char sample[SAMPLE_BYTES_MAX];
    *bom_bytes = 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (bytes < marks[i].bytes || memcmp(data, marks[i].mark, marks[i].bytes) != 0)
            continue;
        if (i == 0 && !is_utf8((const unsigned char *)data, bytes))
            break; /* a stray mark before another encoding */
        *bom_bytes = marks[i].bytes;
        return marks[i].encoding;
    }
    const char *wide = utf32_by_zeros(data, bytes);
    if (!wide)
        wide = utf16_by_zeros(data, bytes);
    if (wide)
        return wide;
    if (is_utf8((const unsigned char *)data, bytes))
        return "UTF-8";
    size_t high, in_runs, most = 0;
    size_t sample_bytes = gather_sample(data, bytes, sample, &high, &in_runs);
    const char *best = in_runs * 3 > high * 2 ? "CP1251" : "CP1252";
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        size_t known = words_under(pages[i], sample, sample_bytes);
        if (known > most) {
            most = known;
            best = pages[i];
        }
    }
    return best;
}
