/* input.h: the text of an import: a file, descriptor or pipe, unpacked (.gz .zst .xz, .zip with one file) and converted
 * to UTF-8 while it is read, its byte-order mark gone, line ends as they stand. One thread.
 *
 * The head (up to INPUT_HEAD_BYTES of text, whole lines unless it is everything) is kept for sniffing. Offsets and line
 * numbers are of the decoded text. Files can be read again from the start; a pipe only while all of it is in the head.
 */
#ifndef KURS_INGEST_INPUT_H
#define KURS_INGEST_INPUT_H

#include "kurs.h"

#define INPUT_HEAD_BYTES    ((size_t)1 << 20) /* holds the longest preamble and a few thousand rows */
#define INPUT_ENCODING_SIZE 24

struct input;

/* What sniffing sees. Borrowed from the input. */
struct sniff_input {
    const char *name; /* the original file name, for pairs it tells; never NULL */
    const char *text; /* the head */
    size_t bytes;
    bool whole;           /* the head is all there is */
    const char *encoding; /* what the bytes were: an iconv name */
    struct input *input;  /* for input_scan */
};

/* `path`, or the descriptor `fd` when path is NULL (not closed). `encoding` is an iconv name or NULL to decide. With
 * `follow` the head is what has arrived when a whole line is there, not a full window. KURS_EREFUSED: packed and
 * libarchive was not built in, or a .zip with several files; KURS_EACCESS, KURS_EIO: cannot be opened, or
 * is missing; KURS_EARGUMENT: unknown encoding. Free with input_close (NULL is allowed). */
enum kurs_status input_open(const char *path, int fd, const char *name, const char *encoding, bool follow,
                            struct input **input, struct kurs_error *error);
void input_close(struct input *input);
const struct sniff_input *input_head(const struct input *input);
/* With `follow`, before anything is read: waits for more text behind the head. KURS_END: the stream has ended, or the
 * head is full. */
enum kurs_status input_grow_head(struct input *input, struct kurs_error *error);

#define INPUT_READ_MIN 16
/* Up to `capacity` (>= INPUT_READ_MIN) bytes of text from where the last call stopped. KURS_END behind the last. */
enum kurs_status input_read(struct input *input, char *text, size_t capacity, size_t *bytes, struct kurs_error *error);
/* Back to the start of the text. KURS_END: a pipe that does not fit the head cannot. */
enum kurs_status input_rewind(struct input *input, struct kurs_error *error);

/* The whole text from its start in pieces of whole lines, for evidence that needs all of it (date order). The callback
 * returns false to stop early. KURS_END: only the head can be had, which the callback was given. Leaves the input at
 * its start. */
enum kurs_status input_scan(struct input *input, bool (*piece)(void *context, const char *lines, size_t bytes),
                            void *context, struct kurs_error *error);

/* Whether input_read would not wait: text is in hand, or something arrives within `wait_us`, before any signal. */
bool input_wait(const struct input *input, int64_t wait_us);

int input_files(const struct input *input); /* in a .zip read from a file; one of them is read; else 0 */

/* Of the bytes as stored, for the record of the import; source is the name as given. */
const char *input_source(const struct input *input);
uint32_t input_crc32c(const struct input *input); /* of the bytes read */
uint64_t input_bytes_read(const struct input *input);
uint64_t input_bytes_total(const struct input *input); /* 0 when unknown */

#endif
