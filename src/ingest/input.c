/* input.c: the text of an import. Owns opening, reading, unpacking and converting, and the head that sniffing looks at.
 * Three layers, each read through the one below: stored bytes (descriptor), unpacked bytes, text. Files are read, not
 * mapped: a file cut short under a map is a SIGBUS, a map counts as memory, and read(2) into a buffer that stays in the
 * cache is as fast. */
#include "ingest/input.h"

#include "base/crc32c.h"
#include "base/error.h"
#include "base/text.h"
#include "ingest/encoding.h"
#include "ingest/lines.h"
#include "ingest/sniff_bytes.h"
#include "ingest/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define RAW_BYTES  ((size_t)256 * 1024) /* the window the encoding is told from, and the conversion's buffer */
#define PACK_BYTES ((size_t)64 * 1024)  /* one read for libarchive */
#define NAME_BYTES 256
_Static_assert(INPUT_READ_MIN >= ENCODING_ROOM_MIN, "what a caller asks for can be converted");

struct input {
    int fd;
    bool owned;   /* fd is ours to close */
    bool regular; /* can be read again */
    bool follow;
    off_t start; /* where the descriptor stood */
    uint64_t total_bytes, read_bytes;
    uint32_t crc; /* of the bytes read */
    /* stored bytes read ahead to know what they are */
    char magic[UNPACK_MAGIC_BYTES];
    size_t magic_bytes, magic_used;
    /* unpacked bytes */
    bool packed;
    int pack_index; /* of the data file inside */
    int pack_files; /* of all inside, 0 not counted */
    struct unpack *unpack;
    char *pack;              /* PACK_BYTES */
    enum kurs_status failed; /* a read failed inside libarchive's callback ... */
    struct kurs_error fault; /* ... this way */
    /* text */
    char *raw; /* RAW_BYTES of unpacked bytes in hand */
    size_t raw_used, raw_bytes;
    bool raw_end; /* no more behind them */
    char encoding_name[INPUT_ENCODING_SIZE];
    struct encoding *encoding; /* NULL: none needed */
    size_t mark_bytes;
    /* the head */
    char *head;
    size_t head_bytes, head_used;  /* used: already handed out by input_read */
    bool head_whole;               /* nothing behind it */
    bool past_head;                /* text behind it was handed out */
    char source[KURS_SOURCE_SIZE]; /* the name as given */
    char name[NAME_BYTES];         /* without folders and the suffix of packing */
    struct sniff_input sniff;
};

/* ---- stored bytes ---- */

/* Up to capacity bytes; 0 at the end. */
static enum kurs_status read_stored(struct input *input, char *bytes, size_t capacity, size_t *count,
                                    struct kurs_error *error)
{
    if (input->magic_used < input->magic_bytes) {
        size_t left = input->magic_bytes - input->magic_used;
        *count = left < capacity ? left : capacity;
        memcpy(bytes, input->magic + input->magic_used, *count);
        input->magic_used += *count;
        return KURS_OK;
    }
    ssize_t got;
    do {
        got = read(input->fd, bytes, capacity);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return error_system(error, errno, "cannot read '%s'", input->name);
    }
    input->read_bytes += (uint64_t)got;
    input->crc = crc32c(input->crc, bytes, (size_t)got);
    *count = (size_t)got;
    return KURS_OK;
}

static enum kurs_status read_magic(struct input *input, struct kurs_error *error)
{
    size_t have = 0, count = 1;
    while (have < UNPACK_MAGIC_BYTES && count > 0) {
        enum kurs_status status = read_stored(input, input->magic + have, UNPACK_MAGIC_BYTES - have, &count, error);
        if (status != KURS_OK) {
            return status;
        }
        have += count;
        if (input->follow && memchr(input->magic, '\n', have)) {
            break;
        }
    }
    input->magic_bytes = have;
    input->magic_used = 0;
    return KURS_OK;
}

static ptrdiff_t more_packed(void *context, const char **bytes)
{
    struct input *input = context;
    size_t count = 0;
    input->failed = read_stored(input, input->pack, PACK_BYTES, &count, &input->fault);
    *bytes = input->pack;
    return input->failed == KURS_OK ? (ptrdiff_t)count : -1;
}

/* ---- unpacked bytes ---- */

/* What libarchive failed with, or the read inside its callback, with the file's name. */
static enum kurs_status name_packed(const struct input *input, enum kurs_status status, const struct kurs_error *reason,
                                    struct kurs_error *error)
{
    if (input->failed != KURS_OK) {
        if (error) {
            *error = input->fault;
        }
        return input->failed;
    }
    error_what(error, status, "cannot unpack '%s'", input->source);
    error_why(error, status, "%s", reason->why);
    return error_hint(error, status, "%s", reason->hint);
}

static enum kurs_status read_unpacked(struct input *input, char *bytes, size_t capacity, size_t *count,
                                      struct kurs_error *error)
{
    if (!input->unpack) {
        return read_stored(input, bytes, capacity, count, error);
    }
    struct kurs_error reason = {0};
    enum kurs_status status = unpack_read(input->unpack, bytes, capacity, count, &reason);
    if (status == KURS_END) {
        *count = 0;
        return KURS_OK;
    }
    return status == KURS_OK ? status : name_packed(input, status, &reason, error);
}

static enum kurs_status seek_start(struct input *input, struct kurs_error *error)
{
    if (lseek(input->fd, input->start, SEEK_SET) < 0) {
        return error_system(error, errno, "cannot read '%s' again", input->name);
    }
    input->magic_bytes = input->magic_used = 0;
    input->read_bytes = 0;
    input->crc = 0;
    return KURS_OK;
}

static enum kurs_status open_packed(struct input *input, struct kurs_error *error)
{
    unpack_close(input->unpack);
    input->unpack = NULL;
    enum kurs_status status = KURS_OK;
    struct kurs_error reason = {0};
    if (!input->pack) {
        input->pack = malloc(PACK_BYTES);
        input->pack_index = -1;
        if (!input->pack) {
            return error_what(error, KURS_ENOMEM, "cannot unpack '%s'", input->name);
        }
        if (input->regular) {
            status = unpack_find(more_packed, input, &input->pack_index, &input->pack_files, &reason);
            if (status != KURS_OK) {
                return name_packed(input, status, &reason, error);
            }
            status = seek_start(input, error);
        }
    }
    if (status == KURS_OK) {
        status = unpack_open(more_packed, input, input->pack_index, &input->unpack, &reason);
        status = status == KURS_OK ? status : name_packed(input, status, &reason, error);
    }
    return status;
}

/* ---- text ---- */

/* More unpacked bytes behind those in hand; in a stream that is followed one line is enough for now. */
static enum kurs_status fill_raw(struct input *input, struct kurs_error *error)
{
    memmove(input->raw, input->raw + input->raw_used, input->raw_bytes - input->raw_used);
    input->raw_bytes -= input->raw_used;
    input->raw_used = 0;
    while (!input->raw_end && input->raw_bytes < RAW_BYTES) {
        size_t count = 0;
        enum kurs_status status =
            read_unpacked(input, input->raw + input->raw_bytes, RAW_BYTES - input->raw_bytes, &count, error);
        if (status != KURS_OK) {
            return status;
        }
        input->raw_bytes += count;
        input->raw_end = count == 0;
        if (input->follow && memchr(input->raw, '\n', input->raw_bytes)) {
            break;
        }
    }
    return KURS_OK;
}

/* Up to capacity bytes of text; 0 at the end. */
static enum kurs_status read_text(struct input *input, char *text, size_t capacity, size_t *bytes,
                                  struct kurs_error *error)
{
    size_t in_hand = input->raw_bytes - input->raw_used;
    if (!input->encoding) {
        if (in_hand == 0) {
            *bytes = 0;
            return input->raw_end ? KURS_OK : read_unpacked(input, text, capacity, bytes, error);
        }
        *bytes = in_hand < capacity ? in_hand : capacity;
        memcpy(text, input->raw + input->raw_used, *bytes);
        input->raw_used += *bytes;
        return KURS_OK;
    }
    for (*bytes = 0; *bytes == 0;) {
        size_t used;
        encoding_convert(input->encoding, input->raw + input->raw_used, input->raw_bytes - input->raw_used,
                         input->raw_end, text, capacity, &used, bytes);
        input->raw_used += used;
        if (*bytes == 0) {
            if (input->raw_end) {
                return KURS_OK;
            }
            enum kurs_status status = fill_raw(input, error);
            if (status != KURS_OK) {
                return status;
            }
        }
    }
    return KURS_OK;
}

/* ---- the head ---- */

/* Text behind that in the head until it is full; in a stream that is followed, a line more. */
static enum kurs_status fill_head(struct input *input, struct kurs_error *error)
{
    const size_t from = input->head_bytes;
    while (input->head_bytes < INPUT_HEAD_BYTES) {
        size_t count = 0;
        enum kurs_status status =
            read_text(input, input->head + input->head_bytes, INPUT_HEAD_BYTES - input->head_bytes, &count, error);
        if (status != KURS_OK) {
            return status;
        }
        input->head_bytes += count;
        input->head_whole = count == 0;
        bool enough = input->follow && memchr(input->head + from, '\n', input->head_bytes - from);
        if (input->head_whole || enough || INPUT_HEAD_BYTES - input->head_bytes < INPUT_READ_MIN) {
            break;
        }
    }
    input->sniff.bytes = input->head_whole ? input->head_bytes : lines_whole(input->head, input->head_bytes);
    input->sniff.whole = input->head_whole;
    return KURS_OK;
}

/* "UTF-16" and "UTF-32" leave open the order of bytes, which a mark has told, or the zeros. */
static bool is_order_of(const char *found, const char *pinned)
{
    size_t length = strlen(pinned);
    return strncasecmp(found, pinned, length) == 0 &&
           (strcmp(found + length, "LE") == 0 || strcmp(found + length, "BE") == 0);
}

static enum kurs_status decide_encoding(struct input *input, const char *pinned, struct kurs_error *error)
{
    enum kurs_status status = fill_raw(input, error);
    if (status != KURS_OK) {
        return status;
    }
    const char *name = bytes_encoding(input->raw, input->raw_bytes, &input->mark_bytes);
    if (pinned && !is_order_of(name, pinned)) {
        name = pinned;
    }
    size_t length = strlen(name);
    if (length >= INPUT_ENCODING_SIZE) {
        error_what(error, KURS_EARGUMENT, "encoding '%s'", name);
        return error_why(error, KURS_EARGUMENT, "not known to this system");
    }
    memcpy(input->encoding_name, name, length + 1);
    input->raw_used = input->mark_bytes;
    return encoding_is_utf8(name) ? KURS_OK : encoding_open(name, &input->encoding, error);
}

static enum kurs_status open_descriptor(struct input *input, const char *path, int fd, struct kurs_error *error)
{
    struct stat stat;
    input->owned = path != NULL;
    input->fd = path ? open(path, O_RDONLY | O_CLOEXEC) : fd;
    if (input->fd < 0 || fstat(input->fd, &stat) != 0) {
        enum kurs_status status = error_system(error, errno, "cannot open '%s'", input->name);
        /* the store's ENODATA is an answer; a missing file is none */
        return status == KURS_ENODATA ? error_why(error, KURS_EIO, "No such file or directory") : status;
    }
    input->start = S_ISREG(stat.st_mode) ? lseek(input->fd, 0, SEEK_CUR) : -1;
    input->regular = input->start >= 0 && !input->follow;
    input->total_bytes = input->regular ? (uint64_t)stat.st_size : 0;
    return KURS_OK;
}

/* The name without the suffix that packing added. */
static void unpacked_name(struct input *input)
{
    static const char *const suffixes[] = {".gz", ".zst", ".xz", ".zip"};
    if (input->unpack && unpack_name(input->unpack)[0]) {
        memcpy(input->name, unpack_name(input->unpack), strlen(unpack_name(input->unpack)) + 1);
        return;
    }
    size_t length = strlen(input->name);
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        size_t bytes = strlen(suffixes[i]);
        if (length > bytes && strcmp(input->name + length - bytes, suffixes[i]) == 0) {
            input->name[length - bytes] = '\0';
            return;
        }
    }
}

static enum kurs_status open_layers(struct input *input, const char *path, int fd, const char *encoding,
                                    struct kurs_error *error)
{
    input->raw = malloc(RAW_BYTES);
    input->head = malloc(INPUT_HEAD_BYTES);
    if (!input->raw || !input->head) {
        return error_what(error, KURS_ENOMEM, "cannot open '%s'", input->name);
    }
    enum kurs_status status = open_descriptor(input, path, fd, error);
    status = status == KURS_OK ? read_magic(input, error) : status;
    if (status == KURS_OK && unpack_is_packed(input->magic, input->magic_bytes)) {
        input->packed = true;
        status = open_packed(input, error);
        if (status == KURS_OK) {
            unpacked_name(input);
        }
    }
    status = status == KURS_OK ? decide_encoding(input, encoding, error) : status;
    return status == KURS_OK ? fill_head(input, error) : status;
}

enum kurs_status input_open(const char *path, int fd, const char *name, const char *encoding, bool follow,
                            struct input **input, struct kurs_error *error)
{
    struct input *made = calloc(1, sizeof *made);
    if (!made) {
        return error_what(error, KURS_ENOMEM, "cannot open '%s'", name);
    }
    made->fd = -1;
    made->follow = follow;
    text_cut(made->source, sizeof made->source, name);
    const char *slash = strrchr(name, '/');
    size_t length = strnlen(slash ? slash + 1 : name, NAME_BYTES - 1);
    memcpy(made->name, slash ? slash + 1 : name, length);
    enum kurs_status status = open_layers(made, path, fd, encoding, error);
    if (status != KURS_OK) {
        input_close(made);
        return status;
    }
    made->sniff.name = made->name;
    made->sniff.text = made->head;
    made->sniff.encoding = made->encoding_name;
    made->sniff.input = made;
    *input = made;
    return KURS_OK;
}

void input_close(struct input *input)
{
    if (!input) {
        return;
    }
    unpack_close(input->unpack);
    encoding_close(input->encoding);
    if (input->owned && input->fd >= 0) {
        close(input->fd);
    }
    free(input->pack);
    free(input->raw);
    free(input->head);
    free(input);
}

const struct sniff_input *input_head(const struct input *input)
{
    return &input->sniff;
}

enum kurs_status input_grow_head(struct input *input, struct kurs_error *error)
{
    bool full = INPUT_HEAD_BYTES - input->head_bytes < INPUT_READ_MIN;
    return input->head_whole || full ? KURS_END : fill_head(input, error);
}

/* ---- reading ---- */

enum kurs_status input_read(struct input *input, char *text, size_t capacity, size_t *bytes, struct kurs_error *error)
{
    size_t in_head = input->head_bytes - input->head_used;
    if (in_head > 0) {
        *bytes = in_head < capacity ? in_head : capacity;
        memcpy(text, input->head + input->head_used, *bytes);
        input->head_used += *bytes;
        return KURS_OK;
    }
    size_t count = 0;
    input->past_head = !input->head_whole;
    enum kurs_status status = input->past_head ? read_text(input, text, capacity, &count, error) : KURS_OK;
    if (status != KURS_OK) {
        return status;
    }
    *bytes = count;
    return count > 0 ? KURS_OK : KURS_END;
}

/* The head is still in hand, so the text behind it is found again by reading past as much. */
enum kurs_status input_rewind(struct input *input, struct kurs_error *error)
{
    if (!input->past_head) {
        input->head_used = 0;
        return KURS_OK;
    }
    if (!input->regular) {
        return KURS_END;
    }
    enum kurs_status status = seek_start(input, error);
    if (status == KURS_OK && input->packed) {
        status = open_packed(input, error);
    }
    if (status == KURS_OK && input->encoding) {
        encoding_close(input->encoding);
        input->encoding = NULL;
        status = encoding_open(input->encoding_name, &input->encoding, error);
    }
    input->raw_used = input->raw_bytes = 0;
    input->raw_end = false;
    status = status == KURS_OK ? fill_raw(input, error) : status;
    if (status == KURS_OK) {
        input->raw_used = input->mark_bytes;
        input->head_bytes = input->head_used = 0;
        input->past_head = false;
        status = fill_head(input, error);
    }
    return status;
}

enum kurs_status input_scan(struct input *input, bool (*piece)(void *context, const char *lines, size_t bytes),
                            void *context, struct kurs_error *error)
{
    if (input->head_whole || !input->regular) {
        piece(context, input->sniff.text, input->sniff.bytes);
        return input->head_whole ? KURS_OK : KURS_END;
    }
    enum kurs_status status = input_rewind(input, error);
    char *text = malloc(2 * INPUT_HEAD_BYTES);
    size_t have = 0, count;
    if (!text) {
        return error_what(error, KURS_ENOMEM, "cannot read '%s'", input->name);
    }
    bool wanted = true;
    while (status == KURS_OK && wanted) {
        status = input_read(input, text + have, 2 * INPUT_HEAD_BYTES - have, &count, error);
        have += status == KURS_OK ? count : 0;
        size_t lines = status == KURS_END ? have : lines_whole(text, have);
        if (lines == 0 && have > 2 * INPUT_HEAD_BYTES - INPUT_READ_MIN) {
            lines = have; /* no line is that long: whatever it is, pass it on */
        }
        if (lines > 0) {
            wanted = piece(context, text, lines);
            memmove(text, text + lines, have - lines);
            have -= lines;
        }
    }
    free(text);
    return status == KURS_OK || status == KURS_END ? input_rewind(input, error) : status;
}

bool input_wait(const struct input *input, int64_t wait_us)
{
    bool in_hand = input->head_used < input->head_bytes || input->head_whole || input->raw_used < input->raw_bytes ||
                   input->raw_end || input->unpack;
    struct pollfd wanted = {.fd = input->fd, .events = POLLIN};
    return in_hand || poll(&wanted, 1, (int)(wait_us / 1000)) > 0;
}

int input_files(const struct input *input)
{
    return input->pack_files;
}

const char *input_source(const struct input *input)
{
    return input->source;
}

uint32_t input_crc32c(const struct input *input)
{
    return input->crc;
}

uint64_t input_bytes_read(const struct input *input)
{
    return input->read_bytes;
}

uint64_t input_bytes_total(const struct input *input)
{
    return input->total_bytes;
}
