/* bits_varint.h: LEB128 numbers written to memory known to suffice and read from memory that is not trusted. */
#ifndef KURS_STORE_BITS_VARINT_H
#define KURS_STORE_BITS_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VARINT_BYTES_MAX 10

/* Reading position in [at, end). After a read past the end or of a number over 64 bits `bad` is set, reads give 0. */
struct bits_reader {
    const uint8_t *at, *end;
    bool bad;
};

static inline uint8_t bits_read_byte(struct bits_reader *in)
{
    if (in->at == in->end) {
        in->bad = true;
        return 0;
    }
    return *in->at++;
}

/* Where the next `size` bytes lie, or NULL (bad). */
static inline const uint8_t *bits_read_bytes(struct bits_reader *in, size_t size)
{
    if ((size_t)(in->end - in->at) < size) {
        in->bad = true;
        in->at = in->end;
        return NULL;
    }
    const uint8_t *bytes = in->at;
    in->at += size;
    return bytes;
}

static inline uint64_t bits_read_varint(struct bits_reader *in)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        uint8_t byte = bits_read_byte(in);
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            in->bad |= shift == 63 && byte > 1;
            return value;
        }
    }
    in->bad = true;
    return 0;
}

static inline uint8_t *bits_write_varint(uint8_t *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7) {
        *at++ = (uint8_t)(value | 0x80);
    }
    *at++ = (uint8_t)value;
    return at;
}

/* 0 -1 1 -2 … as 0 1 2 3 … */
static inline uint64_t bits_zigzag(int64_t value)
{
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

static inline uint64_t bits_unzigzag(uint64_t value)
{
    return value >> 1 ^ (0 - (value & 1));
}

#endif
