/* bytes.c: the growable buffer of bytes.h. Owns its growth and its limit, knows nothing of what the bytes mean.
 * Capacity doubles, so appending is O(1) amortised; a list of chunks was dropped because readers want one contiguous
 * run. */
#include "base/bytes.h"

#include <stdlib.h>

#define BUFFER_BYTES_MIN 256 /* first allocation: small texts need no second one */

void buffer_init(struct buffer *buffer)
{
    *buffer = (struct buffer) {0};
}

void buffer_release(struct buffer *buffer)
{
    if (buffer) {
        free(buffer->data);
        buffer_init(buffer);
    }
}

enum kurs_status buffer_reserve(struct buffer *buffer, size_t bytes)
{
    if (bytes > BUFFER_BYTES_MAX - buffer->size) {
        return KURS_ELIMIT;
    }
    size_t needed = buffer->size + bytes;
    if (needed <= buffer->capacity) {
        return KURS_OK;
    }
    size_t capacity = buffer->capacity ? buffer->capacity : BUFFER_BYTES_MIN;
    while (capacity < needed) {
        capacity *= 2; /* needed <= BUFFER_BYTES_MAX: no overflow */
    }
    uint8_t *data = realloc(buffer->data, capacity);
    if (!data) {
        return KURS_ENOMEM;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return KURS_OK;
}

enum kurs_status buffer_append(struct buffer *buffer, const void *data, size_t bytes)
{
    enum kurs_status status = buffer_reserve(buffer, bytes);
    if (status == KURS_OK && bytes > 0) {
        memcpy(buffer->data + buffer->size, data, bytes);
        buffer->size += bytes;
    }
    return status;
}
