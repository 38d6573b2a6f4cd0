/* lines.c: where a physical line ends. Owns the one definition that sniffing, reading and the line numbers of rejects
 * share; knows nothing of quotes. LF is looked for first because all but the oldest files have it; a CR alone counts
 * only when no LF follows its run, so CR CR LF is one line end and not three. */
#include "ingest/lines.h"

#include <string.h>

#define WINDOW_BYTES \
    ((size_t)256) /* both ends are looked for in steps, or a file without one would be scanned whole \
                   */

size_t line_read(const char *text, size_t bytes, size_t *next)
{
    size_t at = 0;
    const char *end = NULL;
    while (at < bytes && !end) {
        size_t window = bytes - at < WINDOW_BYTES ? bytes - at : WINDOW_BYTES;
        const char *feed = memchr(text + at, '\n', window);
        const char *lone = memchr(text + at, '\r', feed ? (size_t)(feed - text) - at : window);
        end = lone ? lone : feed;
        at += window;
    }
    if (!end) {
        *next = bytes;
        return bytes;
    }
    size_t length = (size_t)(end - text), behind = length;
    while (behind < bytes && text[behind] == '\r') {
        behind++;
    }
    *next = behind < bytes && text[behind] == '\n' ? behind + 1 : length + 1;
    return length;
}

size_t lines_whole(const char *text, size_t bytes)
{
    for (size_t i = bytes; i > 0; i--) {
        if (text[i - 1] == '\n') {
            return i;
        }
    }
    for (size_t i = bytes; i > 1; i--) {
        if (text[i - 2] == '\r' && text[i - 1] != '\r') {
            return i - 1;
        }
    }
    return 0;
}
