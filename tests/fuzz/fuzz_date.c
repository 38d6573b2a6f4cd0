/* fuzz_date.c: any bytes as a pattern, a line end, and stamps of it: what is read lies within the years, and remembering
 * the last day changes no answer. */
#include "ingest/date.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    char pattern[2 * DATE_FORMAT_SIZE];
    struct date_format format;
    struct date_memory memory = {.known = false};
    if (!end || (size_t)(end - data) >= sizeof pattern) {
        return 0;
    }
    memcpy(pattern, data, (size_t)(end - data));
    pattern[end - data] = '\0';
    if (date_format_compile(pattern, &format, NULL) != KURS_OK) {
        return 0;
    }
    const char *at = (const char *)end + 1, *until = (const char *)data + size;
    while (at < until) {
        const char *stop = memchr(at, '\n', (size_t)(until - at));
        size_t length = (size_t)((stop ? stop : until) - at);
        struct date_value fresh, again;
        bool is_fresh = date_read(&format, at, length, &fresh);
        bool is_again = date_read_again(&format, &memory, at, length, &again);
        require(is_fresh == is_again);
        if (is_fresh) {
            require(fresh.local_us == again.local_us && fresh.has_offset == again.has_offset);
            require(fresh.local_us >= KURS_TIME_MIN && fresh.local_us <= KURS_TIME_MAX);
        }
        at += length + 1;
    }
    return 0;
}
