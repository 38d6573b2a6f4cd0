/* width.h: the characters of a UTF-8 text, and how many terminal columns it takes. No locale, no wcwidth: enough of
 * Unicode for headings, pair names, file names and sparklines. Pure values,
 * but for text_put. */
#ifndef KURS_OUTPUT_WIDTH_H
#define KURS_OUTPUT_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define TEXT_BROKEN 0xFFFD /* stands for a byte that is no UTF-8 */
/* The first character of (text, length), length >= 1: its bytes, and its code in *code. */
size_t text_next(const char *text, size_t length, uint32_t *code);

/* C0, DEL and C1: what a terminal may take for a command. */
bool text_is_control(uint32_t code);
/* Strangers' text, such as file names and cells, for a terminal: control characters and broken bytes as "?". */
void text_put(const char *text, FILE *out);
/* The same for a Markdown page: line ends as blanks, what could be markup with a backslash. */
void text_put_markdown(const char *text, FILE *out);

/* Combining marks and zero-width characters count 0, East Asian wide ones and emoji 2, a broken byte 1. */
size_t text_width(const char *text, size_t length);

#endif
