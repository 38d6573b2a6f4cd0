/* test_store_damage.c: stores whose rows or pages were damaged: an error that says so, never a crash or a wrong answer. */
#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/block.h"
#include "store/env.h"
#include "store_fixture.h"

#define TICKS 29000

/* Copies the last row of a table. */
static void last_row(struct fixture *fixture, enum table table, struct key *key, uint8_t bytes[BLOCK_BYTES_MAX],
                     size_t *size)
{
    MDB_txn *txn;
    MDB_cursor *cursor;
    MDB_val found, value;
    assert_status(KURS_OK, env_begin(fixture->store, false, &txn, &fixture->error));
    assert_status(KURS_OK, env_cursor_open(fixture->store, txn, table, &cursor, &fixture->error));
    assert_status(KURS_OK, env_step(cursor, MDB_LAST, &found, &value, &fixture->error));
    assert_true(found.mv_size <= sizeof key->bytes && value.mv_size <= BLOCK_BYTES_MAX);
    memcpy(key->bytes, found.mv_data, found.mv_size);
    key->size = found.mv_size;
    memcpy(bytes, value.mv_data, value.mv_size);
    *size = value.mv_size;
    mdb_cursor_close(cursor);
    env_abort(fixture->store, txn);
}

static void put_row(struct fixture *fixture, enum table table, const struct key *key, const uint8_t *bytes, size_t size)
{
    MDB_txn *txn;
    assert_status(KURS_OK, env_begin(fixture->store, true, &txn, &fixture->error));
    assert_status(KURS_OK, env_put(fixture->store, txn, table, key, bytes, size, &fixture->error));
    assert_status(KURS_OK, env_commit(fixture->store, txn, &fixture->error));
}

static void assert_told(const struct fixture *fixture, enum kurs_status expected)
{
    assert_int_equal(fixture->error.status, expected);
    assert_true(strlen(fixture->error.what) > 0);
}

/* Another block is written; the newest one, only read for the record, has a right checksum but makes no sense. */
static void a_newest_block_without_sense_is_told_when_another_is_written(void **state)
{
    struct fixture *fixture = *state;
    struct key key;
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t size;
    struct block block;
    bool changed;
    struct kurs_name name = fixture_name("EUR/USD");
    fixture_ticks(fixture, "EUR/USD", TICKS, 0);
    last_row(fixture, TABLE_BLOCKS, &key, bytes, &size);
    assert_status(KURS_OK, block_open(&block, bytes, size));
    assert_true(block.mini_count > 1);
    bytes[bytes_load_u16(bytes + block.offsets + 2 * (block.mini_count - 2))] = 0xFC; /* a form there is not */
    bytes_store_u32(bytes, crc32c(0, bytes + 4, size - 4));
    put_row(fixture, TABLE_BLOCKS, &key, bytes, size);
    fixture->error = (struct kurs_error) {.status = KURS_OK};
    assert_status(KURS_ECORRUPT, kurs_point_add(fixture->store, &name, KURS_INSTANT, (struct kurs_point) {-5, {1, 0}},
                                                KURS_REPLACE, 2, &changed, &fixture->error));
    assert_told(fixture, KURS_ECORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_newest_block_without_sense_is_told_when_another_is_written, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
