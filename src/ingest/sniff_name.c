/* sniff_name.c owns reading a pair out of a file's name, where codes stand in any case, glued to a period or parted by
 * anything. It knows nothing of what is in the file. The idea: split into tokens, then ask the same words as a text. */
#include <string.h>

#include "ingest/ascii.h"
#include "ingest/sniff_spoken.h"
#include "ingest/tables.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_alnum(char c)
{
    return ascii_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t bytes = strlen(end);
    return length > bytes && memcmp(text + length - bytes, end, bytes) == 0;
}

/* Without folders, the endings ("csv.gz") and a copy's " (1)". */
static size_t stem_of(const char *name, const char **stem)
{
    static const char *const packed[] = {".gz", ".zst", ".xz", ".zip"};
    enum { ENDING_MAX = 6, COPY_MAX = 4 };
    const char *slash = strrchr(name, '/');
    *stem = slash ? slash + 1 : name;
    size_t length = strlen(*stem);
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
        if (ends_with(*stem, length, packed[i]))
            length -= strlen(packed[i]);
    size_t ending = length;
    while (ending > 0 && is_letter((*stem)[ending - 1]))
        ending--;
    if (ending > 1 && (*stem)[ending - 1] == '.' && length - ending <= ENDING_MAX)
        length = ending - 1;
    size_t open = length;
    while (open > 0 && length - open < COPY_MAX && (*stem)[open - 1] != '(')
        open--;
    if (ends_with(*stem, length, ")") && open > 1 && (*stem)[open - 1] == '(')
        length = open - 1;
    while (length > 0 && (*stem)[length - 1] == ' ')
        length--;
    return length;
}

/* "EURUSD", also glued to a period: EURUSD1440, EURUSDM15, EURUSDm. */
static bool token_pair(const char *token, size_t length, const char **base, const char **quote)
{
    if (length <= 8 && spoken_glued(token, length, base, quote))
        return true;
    for (size_t pair = 8; pair >= 6; pair--) {
        if (length <= pair || length > pair + 5)
            continue;
        const char *rest = token + pair;
        bool period = ascii_is_digit(rest[0]) || (length - pair == 1) || (length - pair > 1 && ascii_is_digit(rest[1]));
        if (period && spoken_glued(token, pair, base, quote))
            return true;
    }
    return false;
}

/* "10000": a power of ten from ten up, else 0. */
static int64_t units_token(const char *token, size_t length)
{
    int64_t units = 0;
    for (size_t i = 0; i < length && i < 8; i++) {
        if (!ascii_is_digit(token[i]))
            return 0;
        units = units * 10 + (token[i] - '0');
    }
    return units >= 10 && length < 8 && spoken_is_units(units) ? units : 0;
}

enum { TOKENS_MAX = 32 };

struct token {
    const char *text;
    size_t length;
    const char *code; /* NULL when it is none */
    int64_t units;    /* "10000uzs" */
    bool capitals;
};

/* Codes that are also words people name files with, where they stand in small letters. */
static bool is_word(const struct token *token, bool alone)
{
    static const char *const words[] = {"all", "top", "link", "dash", "uni", "dot"};
    static const char *const words_alone[] = {"try", "cup", "mad", "pen", "cop", "gel", "php",
                                              "std", "sit", "sol", "ton", "dai", "fil"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token->length == strlen(words[i]) && memcmp(token->text, words[i], token->length) == 0)
            return true;
    for (size_t i = 0; alone && i < sizeof words_alone / sizeof words_alone[0]; i++)
        if (token->length == 3 && memcmp(token->text, words_alone[i], 3) == 0)
            return true;
    return false;
}

static size_t read_tokens(const char *stem, size_t length, struct token token[TOKENS_MAX])
{
    size_t count = 0;
    for (size_t at = 0, end; at < length && count < TOKENS_MAX; at = end) {
        for (end = at; end < length && is_alnum(stem[end]);)
            end++;
        if (end == at) {
            end++;
            continue;
        }
        struct token *made = &token[count++];
        size_t digits = 0;
        int64_t units = 0;
        *made = (struct token) {.text = stem + at, .length = end - at, .capitals = true};
        while (at + digits < end && ascii_is_digit(stem[at + digits]) && digits < 7)
            units = units * 10 + (stem[at + digits++] - '0');
        made->code = spoken_code(stem + at + digits, end - at - digits);
        made->units = digits > 0 && spoken_is_units(units) ? units : 0;
        for (size_t i = at; i < end; i++)
            made->capitals &= !(stem[i] >= 'a' && stem[i] <= 'z');
        if (made->code && is_word(made, false))
            made->code = NULL;
    }
    return count;
}

/* "USD_UZS", "usd to inr", "10000 UZS_RUB". */
static bool neighbours(const struct token *token, size_t count, struct spoken *subject)
{
    for (size_t i = 0; i + 1 < count; i++) {
        size_t next = i + 1;
        if (token[i].code && spoken_is_to(token[next].text, token[next].length) && next + 1 < count)
            next++;
        if (!token[i].code || !token[next].code || strcmp(token[i].code, token[next].code) == 0)
            continue;
        int64_t before = i > 0 ? units_token(token[i - 1].text, token[i - 1].length) : 0;
        spoken_set(subject, token[i].code, token[next].code, token[i].units > 0 ? token[i].units : before);
        return true;
    }
    return false;
}

bool subject_parse_name(const char *name, struct spoken *subject)
{
    struct token token[TOKENS_MAX];
    const char *stem, *base, *quote;
    size_t length = stem_of(name, &stem);
    struct series_code code;
    *subject = (struct spoken) {0};
    if (series_find(stem, length, &code) && !code.index) {
        spoken_from_series(&code, subject);
        return true;
    }
    size_t count = read_tokens(stem, length, token);
    for (size_t i = 0; i < count; i++)
        if (token_pair(token[i].text, token[i].length, &base, &quote)) {
            spoken_set(subject, base, quote, 0);
            return true;
        }
    if (neighbours(token, count, subject))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (token[i].code && token[i].length >= 3 && (token[i].capitals || !is_word(&token[i], true))) {
            memcpy(subject->one, token[i].code, strlen(token[i].code) + 1);
            subject->units = token[i].units;
            return true;
        }
        if (series_find(token[i].text, token[i].length, &code) && !code.index) {
            spoken_from_series(&code, subject);
            return true;
        }
    }
    return false;
}
