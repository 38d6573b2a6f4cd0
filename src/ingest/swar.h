/* swar.h: eight bytes of text at a time in one word (SIMD within a register; Mycroft 1987, Lemire 2018). The first byte
 * is the lowest, whatever the machine. Pure values; loads read eight bytes, so the caller sees to it that they exist. */
#ifndef KURS_INGEST_SWAR_H
#define KURS_INGEST_SWAR_H

#include <stdint.h>
#include <string.h>

static inline uint64_t swar_load(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    return bytes;
}

static inline uint64_t swar_each(char byte) /* eight times */
{
    return (unsigned char)byte * UINT64_C(0x0101010101010101);
}

static inline uint64_t swar_first(unsigned count) /* a mask of the first `count` bytes, 0 to 8 */
{
    return count < 8 ? (UINT64_C(1) << 8 * count) - 1 : UINT64_MAX;
}

/* The index of the first byte with a bit in `marks`, 8 if there is none. */
static inline unsigned swar_find(uint64_t marks)
{
    return marks ? (unsigned)__builtin_ctzll(marks) / 8 : 8;
}

/* Marks the bytes that equal those of `wanted` (swar_each) or lie below 16, as high bits; exact, without carries from
 * byte to byte. */
static inline uint64_t swar_equal_or_control(uint64_t bytes, uint64_t wanted)
{
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F), high = UINT64_C(0x8080808080808080);
    uint64_t differ = bytes ^ wanted;
    uint64_t equal = ~(((differ & low) + low) | differ);
    uint64_t below = ~(((bytes & low) + UINT64_C(0x7070707070707070)) | bytes);
    return (equal | below) & high;
}

/* Marks the bytes that are no digits; right up to the first mark. */
static inline uint64_t swar_nondigits(uint64_t bytes)
{
    uint64_t digits = bytes ^ swar_each('0');
    return (digits | (digits + swar_each(0x06))) & swar_each((char)0xF0);
}

/* The number that the first `count` bytes, 1 to 8, all digits, write. */
static inline uint32_t swar_number(uint64_t bytes, unsigned count)
{
    const uint64_t pairs = UINT64_C(0x000000FF000000FF);
    uint64_t digits = (bytes ^ swar_each('0')) << (64 - 8 * count);
    digits = digits * 10 + (digits >> 8);
    uint64_t first = (digits & pairs) * (100 + (UINT64_C(1000000) << 32));
    uint64_t second = (digits >> 16 & pairs) * (1 + (UINT64_C(10000) << 32));
    return (uint32_t)((first + second) >> 32);
}

#endif
