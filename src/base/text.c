/* text.c: see text.h. */
#include "base/text.h"

#include <string.h>

size_t text_boundary(const char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 3 && ((unsigned char)text[start] & 0xC0) == 0x80) {
        start--;
    }
    return (unsigned char)text[start] >= 0xC0 ? start : length;
}

void text_cut(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    if (length < size) {
        memcpy(to, from, length + 1);
        return;
    }
    size_t cut = text_boundary(from, size - 1 - TEXT_ELLIPSIS_SIZE);
    memcpy(to, from, cut);
    memcpy(to + cut, TEXT_ELLIPSIS, TEXT_ELLIPSIS_SIZE + 1);
}
