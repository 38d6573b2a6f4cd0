/* name.c: pair names in their spellings. Owns the alphabet and the folding (codes to upper case, labels to lower) in
 * ASCII, whatever the locale; knows no list of currencies: any code of 2 to 10 letters or digits is one. Six letters
 * without a mark are 3 + 3; longer runs are refused, since nothing tells where to cut them. */
#include "base/error.h"

#include <assert.h>
#include <string.h>

#define CODE_LENGTH_MIN 2
#define CODE_LENGTH_MAX (KURS_CODE_SIZE - 1)
#define ISO_CODE_LENGTH 3

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return upper(c) >= 'A' && upper(c) <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_label_char(char c)
{
    return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
}

static bool parse_code(const char *text, size_t length, char code[KURS_CODE_SIZE])
{
    if (length < CODE_LENGTH_MIN || length > CODE_LENGTH_MAX) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(text[i]) && !is_digit(text[i])) {
            return false;
        }
        code[i] = upper(text[i]);
    }
    return true;
}

static bool all_letters(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(text[i])) {
            return false;
        }
    }
    return true;
}

/* (text, length) is the part before any '@'. */
static bool parse_pair(const char *text, size_t length, struct kurs_name *name)
{
    size_t mark = 0;
    while (mark < length && !strchr("/-_", text[mark])) {
        mark++;
    }
    if (mark < length) {
        return parse_code(text, mark, name->base) && parse_code(text + mark + 1, length - mark - 1, name->quote);
    }
    return length == 2 * ISO_CODE_LENGTH && all_letters(text, length) &&
           parse_code(text, ISO_CODE_LENGTH, name->base) &&
           parse_code(text + ISO_CODE_LENGTH, ISO_CODE_LENGTH, name->quote);
}

static bool parse_label(const char *text, char label[KURS_LABEL_SIZE])
{
    size_t length = strlen(text);
    if (length == 0 || length >= KURS_LABEL_SIZE) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_label_char(text[i])) {
            return false;
        }
        label[i] = lower(text[i]);
    }
    return true;
}

static enum kurs_status refuse(struct kurs_error *error, const char *text, const char *why)
{
    enum kurs_status status = error_what(error, KURS_EARGUMENT, "not a pair: '%s'", text);
    return error_why(error, status, "%s", why);
}

enum kurs_status kurs_name_parse(const char *text, struct kurs_name *name, struct kurs_error *error)
{
    struct kurs_name parsed = {0};
    size_t pair_length = strcspn(text, "@");
    if (!parse_pair(text, pair_length, &parsed)) {
        enum kurs_status status = refuse(error, text, "a pair is two codes of 2 to 10 letters or digits");
        return error_hint(error, status, "write it as EUR/USD, EURUSD, eur-usd or EUR_USD");
    }
    if (text[pair_length] == '@' && !parse_label(text + pair_length + 1, parsed.label)) {
        enum kurs_status status = refuse(error, text, "a label is 1 to 32 of a-z, 0-9, '.', '_' and '-'");
        return error_hint(error, status, "write it as EUR/USD@ecb");
    }
    if (strcmp(parsed.base, parsed.quote) == 0) {
        return refuse(error, text, "base and quote are the same");
    }
    *name = parsed;
    return KURS_OK;
}

size_t kurs_name_format(const struct kurs_name *name, char text[KURS_NAME_SIZE])
{
    int length =
        snprintf(text, KURS_NAME_SIZE, "%s/%s%s%s", name->base, name->quote, name->label[0] ? "@" : "", name->label);
    assert(length > 0);
    assert(length < KURS_NAME_SIZE);
    return (size_t)length;
}
