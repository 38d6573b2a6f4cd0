/* encoding.c: code pages of rate files. Owns telling them apart by their bytes and the conversion through iconv. The
 * code pages of the catalogue differ only in the letters of headers, never in digits, so a small table of each one's
 * frequent letters is enough; a full statistical detector was dropped. */
#include "ingest/encoding.h"

#include "base/error.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CONVERT_ROOM 8 /* kept free for one replacement character and the widest UTF-8 */

struct encoding {
    iconv_t descriptor;
    size_t unit_bytes; /* what is skipped when it is no character */
};

bool encoding_is_utf8(const char *name)
{
    return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0 || strcasecmp(name, "US-ASCII") == 0 ||
           strcasecmp(name, "ASCII") == 0;
}

enum kurs_status encoding_open(const char *name, struct encoding **encoding, struct kurs_error *error)
{
    struct encoding *made = malloc(sizeof *made);
    if (!made) {
        return error_what(error, KURS_ENOMEM, "cannot convert from '%s'", name);
    }
    made->unit_bytes = strncasecmp(name, "UTF-16", 6) == 0 ? 2 : strncasecmp(name, "UTF-32", 6) == 0 ? 4 : 1;
    made->descriptor = iconv_open("UTF-8", name);
    if (made->descriptor == (iconv_t)-1) {
        free(made);
        error_what(error, KURS_EARGUMENT, "encoding '%s'", name);
        return error_why(error, KURS_EARGUMENT, "not known to this system");
    }
    *encoding = made;
    return KURS_OK;
}

void encoding_close(struct encoding *encoding)
{
    if (encoding) {
        iconv_close(encoding->descriptor);
        free(encoding);
    }
}

void encoding_convert(struct encoding *encoding, const char *in, size_t in_bytes, bool last, char *out, size_t capacity,
                      size_t *in_used, size_t *out_used)
{
    char *from = (char *)(uintptr_t)in, *to = out; /* iconv's prototype; it does not write there */
    size_t left = in_bytes, room = capacity - CONVERT_ROOM;
    while (left > 0) {
        if (iconv(encoding->descriptor, &from, &left, &to, &room) != (size_t)-1 || errno == E2BIG) {
            break;
        }
        if (errno == EINVAL && !last) {
            break;
        }
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        room = room > 3 ? room - 3 : 0;
        size_t skipped = encoding->unit_bytes < left ? encoding->unit_bytes : left;
        from += skipped;
        left -= skipped;
    }
    *in_used = in_bytes - left;
    *out_used = (size_t)(to - out);
}
