/* width.h: how many terminal columns a UTF-8 text takes. No locale, no wcwidth: enough of Unicode for headings, pair
 * names, file names and sparklines. Pure values. */
#ifndef KURS_OUTPUT_WIDTH_H
#define KURS_OUTPUT_WIDTH_H

#include <stddef.h>

/* Combining marks and zero-width characters count 0, East Asian wide ones and emoji 2, a broken byte 1. */
size_t text_width(const char *text, size_t length);

#endif
