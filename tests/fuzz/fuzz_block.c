/* fuzz_block.c: any bytes as a block: decoding stays within bounds, and what the deep check accepts encodes again to
 * points that decode the same. The checksum is set right, as a fuzzer cannot. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/block.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct columns {
    int64_t time_us[BLOCK_POINTS_MAX];
    int64_t coefficient[BLOCK_POINTS_MAX];
    int8_t exponent[BLOCK_POINTS_MAX];
    uint32_t import_id[BLOCK_POINTS_MAX];
} first, again;

static enum kurs_status decode(const struct block *block, struct columns *columns, size_t *count)
{
    const struct block_output output = {columns->time_us, columns->coefficient, columns->exponent, columns->import_id};
    return block_decode(block, 0, block->mini_count, &output, count);
}

static void require(int condition)
{
    if (!condition) {
        abort();
    }
}

static void encode_again(size_t count)
{
    uint8_t bytes[BLOCK_BYTES_MAX];
    const struct block_input input = {first.time_us, first.coefficient, first.exponent, first.import_id, 0, 0};
    size_t taken = 0, decoded = 0;
    size_t size = block_encode(bytes, sizeof bytes, &input, count, &taken);
    struct block block;
    require(block_check(bytes, size, BLOCK_DEEP, NULL) == KURS_OK);
    require(block_open(&block, bytes, size) == KURS_OK && decode(&block, &again, &decoded) == KURS_OK);
    require(decoded == taken && memcmp(first.time_us, again.time_us, taken * sizeof first.time_us[0]) == 0);
    require(memcmp(first.coefficient, again.coefficient, taken * sizeof first.coefficient[0]) == 0);
    require(memcmp(first.exponent, again.exponent, taken) == 0);
    require(memcmp(first.import_id, again.import_id, taken * sizeof first.import_id[0]) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes = malloc(size + 1); /* of exactly that size: the sanitizer sees reads behind it */
    if (bytes == NULL || size < 4) {
        free(bytes);
        return 0;
    }
    memcpy(bytes, data, size);
    bytes_store_u32(bytes, crc32c(0, bytes + 4, size - 4));
    struct block block;
    size_t count = 0;
    if (block_open(&block, bytes, size) == KURS_OK) {
        struct block_point found;
        struct summary summary;
        enum kurs_status status = decode(&block, &first, &count);
        int64_t middle_us = block.first_us + (block.last_us - block.first_us) / 2;
        /* whatever they return */
        (void)!block_asof(&block, middle_us, &found);
        (void)!block_from(&block, middle_us, &found);
        (void)!block_fold(&block, block.first_us + 1, block.last_us, &summary);
        if (block_check(bytes, size, BLOCK_DEEP, NULL) == KURS_OK) {
            require(status == KURS_OK);
            encode_again(count);
        }
    }
    free(bytes);
    return 0;
}
