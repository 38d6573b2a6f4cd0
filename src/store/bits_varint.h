/* bits_varint.h: LEB128 numbers written to memory known to suffice and read from memory that is not trusted. */
#ifndef KURS_STORE_BITS_VARINT_H
#define KURS_STORE_BITS_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

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

/* Up to 8 bytes at once, without a branch on their number: lengths differ from block to block, and a mispredicted
 * branch costs more than all the rest. */
static inline uint64_t bits_read_varint(struct bits_reader *in)
{
    if (in->end - in->at >= 8) {
        uint64_t bytes = bytes_load_u64(in->at);
        uint64_t ends = ~bytes & UINT64_C(0x8080808080808080);
        if (ends != 0) {
            bytes &= ends ^ (ends - 1); /* through the first byte that ends a number */
            bytes = (bytes & UINT64_C(0x007f007f007f007f)) | (bytes & UINT64_C(0x7f007f007f007f00)) >> 1;
            bytes = (bytes & UINT64_C(0x00003fff00003fff)) | (bytes & UINT64_C(0x3fff00003fff0000)) >> 2;
            in->at += (size_t)__builtin_ctzll(ends) / 8 + 1;
            return (bytes & UINT64_C(0x0fffffff)) | (bytes & UINT64_C(0x0fffffff00000000)) >> 4;
        }
    }
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
