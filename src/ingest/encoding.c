/* encoding.c: see encoding.h. Owns the conversion through iconv and what becomes of bytes that are no character; which
 * code page a text has is told by sniff_bytes.c. Refusing such bytes was dropped: they stand in headers and notes, never
 * in digits. */
#include "ingest/encoding.h"

#include "base/error.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define REPLACEMENT       "\xEF\xBF\xBD" /* U+FFFD */
#define REPLACEMENT_BYTES (sizeof REPLACEMENT - 1)

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
    assert(capacity >= ENCODING_ROOM_MIN);
    char *from = (char *)(uintptr_t)in, *to = out; /* iconv's prototype; it does not write there */
    size_t left = in_bytes, room = capacity;
    while (left > 0) {
        if (iconv(encoding->descriptor, &from, &left, &to, &room) != (size_t)-1 || errno == E2BIG) {
            break;
        }
        if (errno == EINVAL && !last) {
            break;
        }
        if (room < REPLACEMENT_BYTES) { /* iconv looks at the bytes before it looks at the room */
            break;
        }
        memcpy(to, REPLACEMENT, REPLACEMENT_BYTES);
        to += REPLACEMENT_BYTES;
        room -= REPLACEMENT_BYTES;
        size_t skipped = encoding->unit_bytes < left ? encoding->unit_bytes : left;
        from += skipped;
        left -= skipped;
    }
    *in_used = in_bytes - left;
    *out_used = (size_t)(to - out);
}
