/* crc32c.c: CRC-32C two ways with one result: the SSE4.2 instruction where the processor has it (asked at run time, so
 * one binary serves all), and eight 256-entry tables ("slicing by 8", Kounavis and Berry 2005) elsewhere. Knows nothing
 * of what is checksummed. The tables are computed on first use; 2,048 constants in the source would hide the method. */
#include "base/crc32c.h"

#include <pthread.h>

#include "base/bytes.h"

#define POLYNOMIAL  UINT32_C(0x82F63B78) /* 0x1EDC6F41, bits reversed */
#define SLICE_COUNT 8

static uint32_t slices[SLICE_COUNT][256];
static pthread_once_t slices_once = PTHREAD_ONCE_INIT;

static void slices_fill(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? POLYNOMIAL : 0);
        }
        slices[0][byte] = crc;
    }
    for (int slice = 1; slice < SLICE_COUNT; slice++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t crc = slices[slice - 1][byte];
            slices[slice][byte] = crc >> 8 ^ slices[0][crc & 0xFF];
        }
    }
}

uint32_t crc32c_portable(uint32_t seed, const void *data, size_t size)
{
    pthread_once(&slices_once, slices_fill);
    const uint8_t *bytes = data;
    uint32_t crc = ~seed;
    for (; size >= 8; size -= 8, bytes += 8) {
        uint64_t word = bytes_load_u64(bytes) ^ crc;
        crc = slices[7][word & 0xFF] ^ slices[6][word >> 8 & 0xFF] ^ slices[5][word >> 16 & 0xFF] ^
              slices[4][word >> 24 & 0xFF] ^ slices[3][word >> 32 & 0xFF] ^ slices[2][word >> 40 & 0xFF] ^
              slices[1][word >> 48 & 0xFF] ^ slices[0][word >> 56];
    }
    for (; size > 0; size--, bytes++) {
        crc = crc >> 8 ^ slices[0][(crc ^ *bytes) & 0xFF];
    }
    return ~crc;
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <nmmintrin.h>

/* The instruction takes 3 cycles but a new one starts every cycle: three lanes of the input run side by side and are
 * joined by linearity, since a checksum followed by n zero bytes is a fixed linear map of its 32 bits. */
#define LANE_BYTES 256

static uint32_t lane_shift[4][256]; /* what each byte of a checksum becomes over LANE_BYTES zero bytes */
static pthread_once_t lane_shift_once = PTHREAD_ONCE_INIT;

__attribute__((target("sse4.2"))) static void lane_shift_fill(void)
{
    uint32_t of_bit[32];
    for (int bit = 0; bit < 32; bit++) {
        uint64_t crc = UINT64_C(1) << bit;
        for (int i = 0; i < LANE_BYTES; i += 8) {
            crc = _mm_crc32_u64(crc, 0);
        }
        of_bit[bit] = (uint32_t)crc;
    }
    for (int i = 0; i < 4 * 256; i++) {
        uint32_t crc = 0;
        for (int bit = 0; bit < 8; bit++) {
            crc ^= (i >> bit & 1) ? of_bit[i / 256 * 8 + bit] : 0;
        }
        lane_shift[i / 256][i % 256] = crc;
    }
}

static uint64_t shift_over_lane(uint64_t crc)
{
    return lane_shift[0][crc & 0xFF] ^ lane_shift[1][crc >> 8 & 0xFF] ^ lane_shift[2][crc >> 16 & 0xFF] ^
           lane_shift[3][crc >> 24 & 0xFF];
}

__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(uint32_t seed, const void *data, size_t size)
{
    pthread_once(&lane_shift_once, lane_shift_fill);
    const uint8_t *bytes = data;
    uint64_t crc = (uint32_t)~seed;
    for (; size >= 3 * LANE_BYTES; size -= 3 * LANE_BYTES, bytes += 3 * LANE_BYTES) {
        uint64_t second = 0, third = 0;
        for (int i = 0; i < LANE_BYTES; i += 8) {
            crc = _mm_crc32_u64(crc, bytes_load_u64(bytes + i));
            second = _mm_crc32_u64(second, bytes_load_u64(bytes + LANE_BYTES + i));
            third = _mm_crc32_u64(third, bytes_load_u64(bytes + 2 * LANE_BYTES + i));
        }
        crc = shift_over_lane(shift_over_lane(crc) ^ second) ^ third;
    }
    for (; size >= 8; size -= 8, bytes += 8) {
        crc = _mm_crc32_u64(crc, bytes_load_u64(bytes));
    }
    uint32_t crc_low = (uint32_t)crc;
    for (; size > 0; size--, bytes++) {
        crc_low = _mm_crc32_u8(crc_low, *bytes);
    }
    return ~crc_low;
}

uint32_t crc32c(uint32_t seed, const void *data, size_t size)
{
    return __builtin_cpu_supports("sse4.2") ? crc32c_sse42(seed, data, size) : crc32c_portable(seed, data, size);
}

#else

uint32_t crc32c(uint32_t seed, const void *data, size_t size)
{
    return crc32c_portable(seed, data, size);
}

#endif
