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
        crc = 0;
        for (int i = 0; i < SLICE_COUNT; i++) {
            crc ^= slices[SLICE_COUNT - 1 - i][word >> 8 * i & 0xFF];
        }
    }
    for (; size > 0; size--, bytes++) {
        crc = crc >> 8 ^ slices[0][(crc ^ *bytes) & 0xFF];
    }
    return ~crc;
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(uint32_t seed, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    uint64_t crc = (uint32_t)~seed;
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
