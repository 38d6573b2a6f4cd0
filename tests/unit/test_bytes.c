/* Endian loads and stores, the growable buffer, CRC-32C. */
#include "unit/unit.h"

#include "base/bytes.h"
#include "base/crc32c.h"

static void integers_are_little_endian_at_any_alignment(void **state)
{
    (void)state;
    for (size_t at = 0; at < 8; at++) {
        uint8_t bytes[16] = {0};
        bytes_store_u16(bytes + at, 0xFEDC);
        assert_int_equal(bytes[at], 0xDC);
        assert_int_equal(bytes[at + 1], 0xFE);
        assert_int_equal(bytes_load_u16(bytes + at), 0xFEDC);
        bytes_store_u32(bytes + at, 0xFEDCBA98);
        assert_int_equal(bytes[at], 0x98);
        assert_int_equal(bytes_load_u32(bytes + at), 0xFEDCBA98);
        bytes_store_u64(bytes + at, UINT64_C(0xFEDCBA9876543210));
        assert_int_equal(bytes[at], 0x10);
        assert_int_equal(bytes[at + 7], 0xFE);
        assert_true(bytes_load_u64(bytes + at) == UINT64_C(0xFEDCBA9876543210));
    }
}

static void big_endian_keys_sort_as_their_numbers(void **state)
{
    (void)state;
    uint8_t low[8], high[8];
    bytes_store_be64(low, UINT64_C(0x00FF));
    bytes_store_be64(high, UINT64_C(0x0100));
    assert_true(memcmp(low, high, 8) < 0);
    assert_true(bytes_load_be64(high) == 0x0100);
    bytes_store_be32(low, 0xFEDCBA98);
    assert_int_equal(low[0], 0xFE);
    assert_int_equal(bytes_load_be32(low), 0xFEDCBA98);
}

static void buffer_keeps_what_was_appended(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    uint8_t expected[5000];
    size_t size = 0;
    for (size_t length = 0; size + length <= sizeof expected; length++) {
        memset(expected + size, (int)(length & 0xFF), length);
        assert_int_equal(buffer_append(&buffer, expected + size, length), KURS_OK);
        size += length;
    }
    assert_int_equal(buffer.size, size);
    assert_memory_equal(buffer.data, expected, size);
    buffer_release(&buffer);
    assert_null(buffer.data);
    assert_int_equal(buffer.size, 0);
    buffer_release(&buffer);
    buffer_release(NULL);
}

static void buffer_refuses_more_than_its_limit_and_stays(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer);
    assert_int_equal(buffer_append(&buffer, "abc", 3), KURS_OK);
    assert_int_equal(buffer_reserve(&buffer, BUFFER_BYTES_MAX - 2), KURS_ELIMIT);
    assert_int_equal(buffer_reserve(&buffer, SIZE_MAX), KURS_ELIMIT);
    assert_int_equal(buffer.size, 3);
    assert_memory_equal(buffer.data, "abc", 3);
    buffer_release(&buffer);
}

static void crc32c_gives_the_published_values(void **state)
{
    (void)state;
    uint8_t bytes[32];
    assert_int_equal(crc32c(0, "", 0), 0);
    assert_int_equal(crc32c(0, "123456789", 9), 0xE3069283);
    memset(bytes, 0, 32); /* RFC 3720 B.4 */
    assert_int_equal(crc32c(0, bytes, 32), 0x8A9136AA);
    memset(bytes, 0xFF, 32);
    assert_int_equal(crc32c(0, bytes, 32), 0x62A8AB43);
    for (int i = 0; i < 32; i++) {
        bytes[i] = (uint8_t)i;
    }
    assert_int_equal(crc32c(0, bytes, 32), 0x46DD794E);
}

static void crc32c_is_the_same_with_and_without_the_instruction(void **state)
{
    (void)state;
    uint8_t bytes[4200];
    uint32_t random = 1;
    for (size_t i = 0; i < sizeof bytes; i++) {
        random = random * 1664525 + 1013904223;
        bytes[i] = (uint8_t)(random >> 24);
    }
    for (size_t size = 0; size <= sizeof bytes; size += size < 70 ? 1 : 251) {
        for (size_t at = 0; at < 8 && at + size <= sizeof bytes; at++) {
            assert_int_equal(crc32c(7, bytes + at, size), crc32c_portable(7, bytes + at, size));
        }
    }
}

static void crc32c_of_parts_is_that_of_the_whole(void **state)
{
    (void)state;
    static const char text[] = "date,pair,rate\n2025-12-12,KGS/USD,0.01144\n";
    size_t size = sizeof text - 1;
    for (size_t cut = 0; cut <= size; cut++) {
        assert_int_equal(crc32c(crc32c(0, text, cut), text + cut, size - cut), crc32c(0, text, size));
        assert_int_equal(crc32c_portable(crc32c_portable(0, text, cut), text + cut, size - cut), crc32c(0, text, size));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_little_endian_at_any_alignment),
        cmocka_unit_test(big_endian_keys_sort_as_their_numbers),
        cmocka_unit_test(buffer_keeps_what_was_appended),
        cmocka_unit_test(buffer_refuses_more_than_its_limit_and_stays),
        cmocka_unit_test(crc32c_gives_the_published_values),
        cmocka_unit_test(crc32c_is_the_same_with_and_without_the_instruction),
        cmocka_unit_test(crc32c_of_parts_is_that_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
