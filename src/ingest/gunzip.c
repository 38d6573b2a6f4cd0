/* gunzip.c: see gunzip.h. Owns what may follow a member: another one, as `cat a.gz b.gz` and parallel packers write, or
 * padding, which is passed over. zlib is loaded when the first .gz comes, as unpack.c does with libarchive, which draws
 * it in anyway. Comparing the trailer behind libarchive's back was dropped: it does not tell where a member ends. */
#include "ingest/gunzip.h"

#ifdef KURS_HAVE_ARCHIVE

#include "base/error.h"

#define ZLIB_CONST /* it does not write to what it reads */
#include <zlib.h>

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define LIBRARY    "libz.so.1"
#define GZIP_ONLY  (MAX_WBITS + 16) /* inflateInit2: a gzip header and trailer, both checked */
#define MAGIC      "\x1F\x8B"
#define MAGIC_SIZE 2

struct gunzip {
    __typeof__(&inflateInit2_) init;
    __typeof__(&inflate) inflate;
    __typeof__(&inflateReset) reset;
    __typeof__(&inflateEnd) end;
    z_stream stream;
    bool made; /* the stream */
    bool within_member, ended;
    unpack_more *more;
    void *context;
};

bool gunzip_is_packed(const char *bytes, size_t count)
{
    return count >= MAGIC_SIZE && memcmp(bytes, MAGIC, MAGIC_SIZE) == 0;
}

static enum kurs_status refuse(const char *why, struct kurs_error *error)
{
    error_what(error, KURS_EREFUSED, "cannot unpack");
    return error_why(error, KURS_EREFUSED, "%s", why);
}

static enum kurs_status load(struct gunzip *gunzip, struct kurs_error *error)
{
    void *library = dlopen(LIBRARY, RTLD_NOW);
    bool good = library && unpack_find_call(library, "inflateInit2_", &gunzip->init) &&
                unpack_find_call(library, "inflate", &gunzip->inflate) &&
                unpack_find_call(library, "inflateReset", &gunzip->reset) &&
                unpack_find_call(library, "inflateEnd", &gunzip->end);
    return good ? KURS_OK : refuse(LIBRARY " is not there", error);
}

enum kurs_status gunzip_open(unpack_more *more, void *context, const char *first, size_t first_bytes,
                             struct gunzip **gunzip, struct kurs_error *error)
{
    struct gunzip *made = calloc(1, sizeof *made);
    if (!made) {
        return error_what(error, KURS_ENOMEM, "cannot unpack");
    }
    made->more = more;
    made->context = context;
    enum kurs_status status = load(made, error);
    if (status == KURS_OK) {
        made->made = made->init(&made->stream, GZIP_ONLY, ZLIB_VERSION, (int)sizeof made->stream) == Z_OK;
        status = made->made ? KURS_OK : error_what(error, KURS_ENOMEM, "cannot unpack");
    }
    if (status != KURS_OK) {
        gunzip_close(made);
        return status;
    }
    made->stream.next_in = (const unsigned char *)first;
    made->stream.avail_in = (uInt)first_bytes;
    made->within_member = true;
    *gunzip = made;
    return KURS_OK;
}

/* More packed bytes; none at the end. */
static enum kurs_status fill(struct gunzip *gunzip, struct kurs_error *error)
{
    const char *bytes;
    ptrdiff_t count = gunzip->more(gunzip->context, &bytes);
    if (count < 0) {
        return refuse("it cannot be read", error);
    }
    gunzip->stream.next_in = (const unsigned char *)bytes;
    gunzip->stream.avail_in = (uInt)count;
    return KURS_OK;
}

/* Behind a member: the first byte of another one, or the end. */
static enum kurs_status next_member(struct gunzip *gunzip, struct kurs_error *error)
{
    enum kurs_status status = gunzip->stream.avail_in == 0 ? fill(gunzip, error) : KURS_OK;
    if (status != KURS_OK) {
        return status;
    }
    gunzip->ended = gunzip->stream.avail_in == 0 || *gunzip->stream.next_in != (unsigned char)MAGIC[0];
    gunzip->within_member = !gunzip->ended;
    return gunzip->ended || gunzip->reset(&gunzip->stream) == Z_OK ? KURS_OK : refuse("it is damaged", error);
}

/* Some of the member's bytes, or more packed ones to make them of. */
static enum kurs_status step(struct gunzip *gunzip, struct kurs_error *error)
{
    if (gunzip->stream.avail_in == 0) {
        enum kurs_status status = fill(gunzip, error);
        if (status != KURS_OK || gunzip->stream.avail_in == 0) {
            return status != KURS_OK ? status : refuse("truncated gzip input", error);
        }
    }
    int result = gunzip->inflate(&gunzip->stream, Z_NO_FLUSH);
    gunzip->within_member = result == Z_OK;
    if (result == Z_OK || result == Z_STREAM_END) {
        return KURS_OK;
    }
    error_what(error, KURS_EREFUSED, "cannot unpack");
    return error_why(error, KURS_EREFUSED, "it is damaged: %s",
                     gunzip->stream.msg ? gunzip->stream.msg : "no gzip data");
}

enum kurs_status gunzip_read(struct gunzip *gunzip, char *bytes, size_t capacity, size_t *count,
                             struct kurs_error *error)
{
    size_t room = capacity < UINT_MAX ? capacity : UINT_MAX;
    gunzip->stream.next_out = (unsigned char *)bytes;
    gunzip->stream.avail_out = (uInt)room;
    enum kurs_status status = KURS_OK;
    while (status == KURS_OK && !gunzip->ended && gunzip->stream.avail_out == room) {
        status = gunzip->within_member ? step(gunzip, error) : next_member(gunzip, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    *count = room - gunzip->stream.avail_out;
    return *count > 0 ? KURS_OK : KURS_END;
}

void gunzip_close(struct gunzip *gunzip)
{
    if (gunzip) {
        if (gunzip->made) {
            gunzip->end(&gunzip->stream);
        }
        free(gunzip);
    }
}

#endif
