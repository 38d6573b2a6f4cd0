/* keys.c: see keys.h. Owns the bytes of keys and nothing else. Big-endian with the sign flipped was chosen over LMDB's
 * integer keys and custom comparison functions: plain memcmp order, so any LMDB tool reads and restores the file. */
#include "store/keys.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"

#define SIGN_BIT (UINT64_C(1) << 63)

static void put_name(struct key *key, const char *name)
{
    size_t length = strlen(name);
    assert(length < KURS_NAME_SIZE);
    memcpy(key->bytes, name, length);
    key->size = length;
}

static void put_byte(struct key *key, uint8_t byte)
{
    key->bytes[key->size++] = byte;
}

static void put_time(struct key *key, int64_t time_us)
{
    bytes_store_be64(key->bytes + key->size, (uint64_t)time_us ^ SIGN_BIT);
    key->size += 8;
}

struct key key_series(const char *name)
{
    struct key key = {.size = 0};
    put_name(&key, name);
    return key;
}

struct key key_block(const char *name, int64_t first_us)
{
    struct key key = {.size = 0};
    put_name(&key, name);
    put_byte(&key, 0);
    put_time(&key, first_us);
    return key;
}

struct key key_summary(const char *name, int level, int64_t first_us)
{
    struct key key = {.size = 0};
    put_name(&key, name);
    put_byte(&key, 0);
    put_byte(&key, (uint8_t)level);
    put_time(&key, first_us);
    return key;
}

struct key key_revision(const char *name, int64_t time_us, uint32_t sequence)
{
    struct key key = key_block(name, time_us);
    bytes_store_be32(key.bytes + key.size, sequence);
    key.size += 4;
    return key;
}

struct key key_import(uint32_t id)
{
    struct key key = {.size = 4};
    bytes_store_be32(key.bytes, id);
    return key;
}

bool key_name(const void *bytes, size_t size, size_t tail, char name[KURS_NAME_SIZE])
{
    if (size < tail + 2 || size - tail - 1 >= KURS_NAME_SIZE) {
        return false;
    }
    size_t length = size - tail - 1;
    if (memchr(bytes, 0, length) != NULL || ((const uint8_t *)bytes)[length] != 0) {
        return false;
    }
    memcpy(name, bytes, length);
    name[length] = '\0';
    return true;
}

bool key_is_of(const void *bytes, size_t size, const char *name, size_t tail)
{
    size_t length = strlen(name);
    return size == length + 1 + tail && memcmp(bytes, name, length + 1) == 0;
}

int64_t key_time(const void *bytes, size_t size, size_t tail)
{
    return (int64_t)(bytes_load_be64((const uint8_t *)bytes + size - tail) ^ SIGN_BIT);
}

uint32_t key_sequence(const void *bytes, size_t size)
{
    return bytes_load_be32((const uint8_t *)bytes + size - 4);
}
