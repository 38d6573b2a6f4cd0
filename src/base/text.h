/* text.h: cutting UTF-8 text to what there is room for. Pure. */
#ifndef KURS_BASE_TEXT_H
#define KURS_BASE_TEXT_H

#include <stddef.h>

#define TEXT_ELLIPSIS      "\xE2\x80\xA6" /* "…" */
#define TEXT_ELLIPSIS_SIZE (sizeof TEXT_ELLIPSIS - 1)

/* The largest boundary between characters that is <= `length`, which the text is longer than (or ends at, with a NUL).
 * Bytes that are no UTF-8 count one each. */
size_t text_boundary(const char *text, size_t length);

/* Copies `from` to (to, size), size > 3; what does not fit is cut with "…". */
void text_cut(char *to, size_t size, const char *from);

#endif
