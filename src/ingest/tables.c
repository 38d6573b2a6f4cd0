/* tables.c owns the lookups in the generated tables. It knows how a name is reduced to be found, and no name itself.
 * The idea: everything is one fold and one binary search; the longer readings of a text (without a bracket, a leading
 * number, a plural s) are tried in order of how much they leave out. */
#include "ingest/tables.h"

#include <string.h>

#include "ingest/fold.h"

/* `name` is an offset in table_pool. */
struct table_text {
    uint32_t name;
    char text[8];
};
struct table_number {
    uint32_t name;
    int32_t number;
};
struct table_country {
    char code[8], before[8];
    int64_t until_us;
};

#include "ingest_tables.inc"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The index of the name in a table of `count` rows of `stride` bytes that start with the name's offset; `count` when it
 * is not there. */
static size_t find(const void *table, size_t count, size_t stride, const char *text, size_t length)
{
    size_t from = 0, until = count;
    while (from < until) {
        size_t middle = from + (until - from) / 2;
        uint32_t offset;
        memcpy(&offset, (const char *)table + middle * stride, sizeof offset);
        const char *name = table_pool + offset;
        int order = strncmp(name, text, length);
        if (order == 0 && name[length] == 0)
            return middle;
        if (order < 0)
            from = middle + 1;
        else
            until = middle;
    }
    return count;
}

static const struct table_text *find_text(const struct table_text *table, size_t count, const char *text, size_t length)
{
    size_t index = find(table, count, sizeof *table, text, length);
    return index < count ? &table[index] : NULL;
}

static const struct table_number *find_number(const struct table_number *table, size_t count, const char *text,
                                              size_t length)
{
    size_t index = find(table, count, sizeof *table, text, length);
    return index < count ? &table[index] : NULL;
}

const char *currency_code(const char *text, size_t length)
{
    char code[KURS_CODE_SIZE];
    if (length < 2 || length >= sizeof code)
        return NULL;
    for (size_t i = 0; i < length; i++)
        code[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - ('a' - 'A')) : text[i];
    const struct table_text *found = find_text(table_codes, COUNT(table_codes), code, length);
    return found ? found->text : NULL;
}

const char *currency_symbol(const char *text, size_t length)
{
    const struct table_text *found = find_text(table_symbols, COUNT(table_symbols), text, length);
    return found ? found->text : NULL;
}

const char *currency_name(const char *text, size_t length)
{
    char folded[FOLD_SIZE];
    size_t folded_length = fold(text, length, folded);
    const struct table_text *found = find_text(table_names, COUNT(table_names), folded, folded_length);
    if (!found && folded_length > 4 && folded[folded_length - 1] == 's')
        found = find_text(table_names, COUNT(table_names), folded, folded_length - 1);
    return found && folded_length > 1 ? found->text : NULL;
}

static bool find_folded(const char *folded, size_t length, struct currency_match *match)
{
    const struct table_text *name = find_text(table_names, COUNT(table_names), folded, length);
    const char *code = name ? name->text : currency_code(folded, length);
    if (code) {
        *match = (struct currency_match) {.code = code, .before = ""};
        return true;
    }
    const struct table_number *land = find_number(table_country_names, COUNT(table_country_names), folded, length);
    if (!land)
        return false;
    const struct table_country *country = &table_countries[land->number];
    *match = (struct currency_match) {country->code, country->before, 0, true};
    if (country->before[0])
        match->until_us = country->until_us;
    return true;
}

/* Without a bracketed end ("Euro(1)", "bat (Tajlandia)"); the length left. */
static size_t without_bracket(const char *text, size_t length)
{
    const char *open = memchr(text, '(', length);
    return open && open > text ? (size_t)(open - text) : length;
}

bool currency_find(const char *text, size_t length, struct currency_match *match)
{
    char folded[FOLD_SIZE];
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '*'))
        length--;
    while (length > 0 && *text == ' ')
        text++, length--;
    const char *code = currency_symbol(text, length);
    if (code) {
        *match = (struct currency_match) {.code = code, .before = ""};
        return true;
    }
    size_t folded_length = fold(text, length, folded);
    if (find_folded(folded, folded_length, match))
        return true;
    size_t short_length = without_bracket(text, length);
    if (short_length < length && (folded_length = fold(text, short_length, folded)) > 0 &&
        find_folded(folded, folded_length, match))
        return true;
    const char *at = folded;
    while (*at >= '0' && *at <= '9')
        at++;
    if (at > folded && *at) { /* "100 Swiss francs" */
        at += *at == ' ';
        if (find_folded(at, strlen(at), match))
            return true;
    }
    size_t left = strlen(at);
    return left > 4 && at[left - 1] == 's' && find_folded(at, left - 1, match);
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

bool month_find(const char *text, size_t length, int *month, size_t *used)
{
    char folded[FOLD_SIZE];
    size_t letters = 0;
    while (letters < length && letters < FOLD_SIZE / 2 && is_letter((unsigned char)text[letters]))
        letters++;
    for (size_t take = letters; take > 1; take--) {
        const struct table_number *found =
            find_number(table_months, COUNT(table_months), folded, fold(text, take, folded));
        if (!found)
            continue;
        *month = found->number;
        *used = take + (take < length && text[take] == '.' && take < 6);
        return true;
    }
    return false;
}

bool missing_find(const char *text, size_t length)
{
    enum { MARK_MAX = 40 };
    char mark[MARK_MAX];
    while (length > 0 && (*text == ' ' || *text == '\t'))
        text++, length--;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t' || text[length - 1] == '\r'))
        length--;
    if (length == 0)
        return true;
    if (length >= MARK_MAX)
        return false;
    for (size_t i = 0; i < length; i++)
        mark[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i];
    return find_number(table_missing, COUNT(table_missing), mark, length) != NULL;
}

bool header_is_foreign(const char *text, size_t length)
{
    char folded[FOLD_SIZE];
    const struct table_number *whole =
        find_number(table_headers, COUNT(table_headers), folded, fold(text, length, folded));
    return whole && whole->number >= HEADER_FOREIGN;
}

header_words header_find(const char *text, size_t length)
{
    enum { PHRASE_WORDS_MAX = 6 };
    char folded[FOLD_SIZE], parted[2 * FOLD_SIZE];
    size_t out = 0;
    /* "AskVolume", "TIME_PERIOD": a capital after a small letter starts a word */
    for (size_t i = 0; i < length && out + 2 < sizeof parted; i++) {
        if (i > 0 && text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z')
            parted[out++] = ' ';
        parted[out++] = text[i];
    }
    const struct table_number *whole =
        find_number(table_headers, COUNT(table_headers), folded, fold(text, length, folded));
    if (whole)
        return WORD_BIT(whole->number % HEADER_FOREIGN);
    size_t folded_length = fold(parted, out, folded);
    header_words words = 0;
    for (size_t at = 0; at < folded_length;) {
        size_t ends[PHRASE_WORDS_MAX] = {folded_length}, count = 0;
        for (size_t end = at; end <= folded_length && count < PHRASE_WORDS_MAX; end++)
            if (end == folded_length || folded[end] == ' ')
                ends[count++] = end;
        size_t next = ends[0] + 1;
        for (size_t i = count; i-- > 0;) {
            const struct table_number *found =
                find_number(table_headers, COUNT(table_headers), folded + at, ends[i] - at);
            if (!found || ends[i] - at < 2) /* single letters (o, h, l, c) only as whole heads */
                continue;
            words |= WORD_BIT(found->number % HEADER_FOREIGN);
            next = ends[i] + 1;
            break;
        }
        at = next;
    }
    return words;
}
