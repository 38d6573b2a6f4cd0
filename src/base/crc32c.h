/* crc32c.h: the checksum of blocks and imported files (CRC-32C, Castagnoli, as in RFC 3720 appendix B.4). */
#ifndef KURS_BASE_CRC32C_H
#define KURS_BASE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of (data, size) that follows bytes whose checksum is `seed`; 0 starts. So crc32c(crc32c(0, a), b) is
 * that of a and b joined. The same value on every machine, with SSE4.2 or without. Any thread. */
uint32_t crc32c(uint32_t seed, const void *data, size_t size);

/* The same by tables alone: for machines without the instruction, and for the test that both agree. */
uint32_t crc32c_portable(uint32_t seed, const void *data, size_t size);

#endif
