/* bytes.h: explicit bytes for everything stored: fixed-endian loads and stores, and a growable buffer. Compilers turn
 * the shifts into one instruction; struct overlays were dropped because they make the compiler the file format. */
#ifndef KURS_BASE_BYTES_H
#define KURS_BASE_BYTES_H

#include <string.h>

#include "kurs.h"

/* Little-endian, any alignment. */
static inline uint16_t bytes_load_u16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline uint32_t bytes_load_u32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static inline uint64_t bytes_load_u64(const uint8_t *bytes)
{
    return bytes_load_u32(bytes) | (uint64_t)bytes_load_u32(bytes + 4) << 32;
}

static inline void bytes_store_u16(uint8_t *bytes, uint16_t value)
{
    bytes[0] = (uint8_t)value;
    bytes[1] = (uint8_t)(value >> 8);
}

static inline void bytes_store_u32(uint8_t *bytes, uint32_t value)
{
    bytes[0] = (uint8_t)value;
    bytes[1] = (uint8_t)(value >> 8);
    bytes[2] = (uint8_t)(value >> 16);
    bytes[3] = (uint8_t)(value >> 24);
}

static inline void bytes_store_u64(uint8_t *bytes, uint64_t value)
{
    bytes_store_u32(bytes, (uint32_t)value);
    bytes_store_u32(bytes + 4, (uint32_t)(value >> 32));
}

/* Big-endian, any alignment: keys that sort as their numbers do, and TZif files. */
static inline uint32_t bytes_load_be32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[3];
}

static inline uint64_t bytes_load_be64(const uint8_t *bytes)
{
    return (uint64_t)bytes_load_be32(bytes) << 32 | bytes_load_be32(bytes + 4);
}

static inline void bytes_store_be32(uint8_t *bytes, uint32_t value)
{
    bytes[0] = (uint8_t)(value >> 24);
    bytes[1] = (uint8_t)(value >> 16);
    bytes[2] = (uint8_t)(value >> 8);
    bytes[3] = (uint8_t)value;
}

static inline void bytes_store_be64(uint8_t *bytes, uint64_t value)
{
    bytes_store_be32(bytes, (uint32_t)(value >> 32));
    bytes_store_be32(bytes + 4, (uint32_t)value);
}

/* No buffer may outgrow an import's memory bound (DESIGN section 4: 256 MiB). */
#define BUFFER_BYTES_MAX ((size_t)256 << 20)

/* Bytes that grow. A zeroed struct is an empty buffer. data moves when it grows; data[0..size) is the content. */
struct buffer {
    uint8_t *data; /* owned */
    size_t size;
    size_t capacity;
};

void buffer_init(struct buffer *buffer);
void buffer_release(struct buffer *buffer); /* frees and zeroes; NULL and zeroed are allowed */
/* Makes data[size .. size + bytes) writable. KURS_ELIMIT past BUFFER_BYTES_MAX, KURS_ENOMEM; the content stays as it
 * was either way. Cost: amortised O(1) a byte (capacity doubles). */
enum kurs_status buffer_reserve(struct buffer *buffer, size_t bytes) __attribute__((warn_unused_result));
/* Copies (data, bytes) to the end; fails like buffer_reserve, then nothing was appended. `data` must not lie within the
 * buffer. */
enum kurs_status buffer_append(struct buffer *buffer, const void *data, size_t bytes)
    __attribute__((warn_unused_result));

#endif
