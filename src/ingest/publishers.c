/* publishers.c owns matching against the tables of publishers; the tables own what is known about them. The idea: a
 * publisher is a line of data; code only knows how a line is matched. */
#include "ingest/publishers.h"

#include <string.h>

#include "ingest/tables.h"

struct series_line {
    const char *code, *base, *quote, *units, *label;
};
struct letters_line {
    const char *alphabet, *letters, *currency;
};

#include "ingest_publishers.inc"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static bool is_separator(char c)
{
    return c && strchr("._-/ ", c) != NULL;
}

static bool same(char a, char b)
{
    return upper(a) == upper(b) || (is_separator(a) && is_separator(b));
}

static void copy_code(char to[KURS_CODE_SIZE], const char *code)
{
    size_t length = strlen(code);
    if (length < KURS_CODE_SIZE)
        memcpy(to, code, length + 1);
}

static bool match(const char *pattern, const char *text, size_t length, struct series_code *code);

/* "{B}", "{Q:fed}" at `pattern`: tries every currency that the text starts with. */
static bool match_currency(const char *pattern, const char *text, size_t length, struct series_code *code)
{
    const char *end = strchr(pattern, '}') + 1;
    char *side = pattern[1] == 'B' ? code->base : code->quote;
    char before[KURS_CODE_SIZE];
    memcpy(before, side, sizeof before);
    if (pattern[2] == '}') {
        for (size_t take = 3; take <= 4 && take <= length; take++) {
            const char *found = currency_code(text, take);
            if (!found && take == 3 && (found = currency_symbol(text, take)) == NULL)
                continue;
            if (!found)
                continue;
            copy_code(side, found);
            if (match(end, text + take, length - take, code))
                return true;
        }
    } else {
        size_t name = (size_t)(end - 1 - (pattern + 3));
        for (size_t i = 0; i < COUNT(table_letters); i++) {
            const struct letters_line *line = &table_letters[i];
            size_t take = strlen(line->letters);
            if (strncmp(line->alphabet, pattern + 3, name) != 0 || line->alphabet[name] || take > length)
                continue;
            bool equal = true;
            for (size_t k = 0; k < take; k++)
                equal &= upper(text[k]) == line->letters[k];
            if (!equal)
                continue;
            copy_code(side, line->currency);
            if (match(end, text + take, length - take, code))
                return true;
        }
    }
    memcpy(side, before, sizeof before);
    return false;
}

/* The whole of (text, length) against the rest of a pattern. Patterns hold few `*`, so trying each length is cheap. */
static bool match(const char *pattern, const char *text, size_t length, struct series_code *code)
{
    if (!*pattern)
        return length == 0;
    if (*pattern == '{')
        return match_currency(pattern, text, length, code);
    if (*pattern == '*') {
        for (size_t skip = 0; skip <= length; skip++)
            if (match(pattern + 1, text + skip, length - skip, code))
                return true;
        return false;
    }
    if (length == 0 || (*pattern != '?' && !same(*pattern, *text)))
        return false;
    return match(pattern + 1, text + 1, length - 1, code);
}

/* A byte of a pattern that stands for itself, and not for this one. */
static bool excludes(char pattern, char byte)
{
    return !strchr("{}?*", pattern) && !same(pattern, byte);
}

bool series_find(const char *text, size_t length, struct series_code *code)
{
    enum { CODE_LENGTH_MIN = 3, CODE_LENGTH_MAX = 48 }; /* "TWI" */
    if (length < CODE_LENGTH_MIN || length > CODE_LENGTH_MAX)
        return false;
    for (size_t i = 0; i < COUNT(table_series); i++) {
        const struct series_line *line = &table_series[i];
        struct series_code found = {0};
        if (excludes(line->code[0], text[0]) || excludes(line->code[strlen(line->code) - 1], text[length - 1]))
            continue; /* most, before anything is tried */
        if (!match(line->code, text, length, &found))
            continue;
        if (line->base[0])
            copy_code(found.base, line->base);
        if (line->quote[0])
            copy_code(found.quote, line->quote);
        if (strcmp(found.base, found.quote) == 0 && found.base[0])
            continue;
        found.index = strcmp(line->units, "index") == 0;
        found.cash = strcmp(line->units, "cash") == 0;
        found.units = strcmp(line->units, "100") == 0 ? 100 : 0;
        memcpy(found.label, line->label, strlen(line->label) + 1);
        *code = found;
        return true;
    }
    return false;
}

/* Words in a folded text: equal up to digits, at word boundaries where the text parts words. */
static bool words_stand_in(const char *words, const char *text)
{
    size_t length = strlen(words);
    for (const char *at = text; at; at = strchr(at, ' ')) { /* from word to word */
        at += *at == ' ';
        if (*at != words[0] && words[0] != '0')
            continue;
        size_t i = 0;
        while (i < length && at[i] && (at[i] == words[i] || (words[i] == '0' && at[i] >= '0' && at[i] <= '9')))
            i++;
        if (i == length && (at[i] == 0 || at[i] == ' '))
            return true;
    }
    return false;
}

const struct publisher *publisher_find(const char *folded_name, const char *folded_text)
{
    for (size_t i = 0; i < COUNT(table_publishers); i++) {
        const struct publisher *line = &table_publishers[i];
        const char *text = strcmp(line->where, "name") == 0 ? folded_name : folded_text;
        if (words_stand_in(line->words, text))
            return line;
    }
    return NULL;
}
