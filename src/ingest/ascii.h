/* ascii.h: the smallest questions about bytes of text, whatever the locale. Pure. */
#ifndef KURS_INGEST_ASCII_H
#define KURS_INGEST_ASCII_H

#include <stdbool.h>
#include <string.h>

static inline bool ascii_is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static inline bool ascii_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Moves both ends of [*from, *until) past blanks. */
static inline void ascii_trim(const char **from, const char **until)
{
    while (*from < *until && ascii_is_blank(**from)) {
        ++*from;
    }
    while (*from < *until && ascii_is_blank((*until)[-1])) {
        --*until;
    }
}

static inline bool ascii_ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), bytes = strlen(end);
    return length >= bytes && strcmp(text + length - bytes, end) == 0;
}

#endif
