/* test_store_damage.c: stores whose rows or pages were damaged: an error that says so, never a crash or a wrong answer. */
#include <sys/wait.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "store/block.h"
#include "store/env.h"
#include "store/tree.h"
#include "store_fixture.h"

#define TICKS       29000
#define MANY_TICKS  200000
#define PAGE_BYTES  ((size_t)4096)
#define ROUNDS      100
#define SECONDS_MAX 60 /* of a round: it takes some hundredths */

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

/* ---- Summaries ---- */

static void every_flipped_bit_of_a_summary_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct key key;
    struct summary summary;
    uint8_t bytes[BLOCK_BYTES_MAX];
    size_t size;
    fixture_ticks(fixture, "EUR/USD", MANY_TICKS, 0);
    last_row(fixture, TABLE_SUMMARY, &key, bytes, &size);
    MDB_val value = {size, bytes};
    assert_status(KURS_OK, tree_decode(&value, &summary));
    for (size_t bit = 0; bit < 8 * size; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_status(KURS_ECORRUPT, tree_decode(&value, &summary));
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    put_row(fixture, TABLE_SUMMARY, &key, bytes, size - 1);
    assert_status(KURS_ECHECK, kurs_store_verify(fixture->store, NULL, NULL, NULL, &fixture->error));
}

static enum kurs_status fold_all(struct fixture *fixture)
{
    struct kurs_snapshot *snapshot;
    struct summary summary;
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    fixture->error = (struct kurs_error) {.status = KURS_OK};
    enum kurs_status status =
        scan_fold(snapshot, "EUR/USD", KURS_TIME_MIN, KURS_TIME_MAX + 1, &summary, &fixture->error);
    kurs_snapshot_close(snapshot);
    return status;
}

/* The second node of level 1 has a right checksum and says something else: at those places of the row. */
static void forged_summaries_are_told(void **state)
{
    struct fixture *fixture = *state;
    MDB_txn *txn;
    MDB_cursor *cursor;
    MDB_val found, value;
    uint8_t bytes[97];
    struct key key = key_summary("EUR/USD", 1, 1);
    fixture_ticks(fixture, "EUR/USD", MANY_TICKS, 0);
    assert_status(KURS_OK, env_begin(fixture->store, false, &txn, &fixture->error));
    assert_status(KURS_OK, env_cursor_open(fixture->store, txn, TABLE_SUMMARY, &cursor, &fixture->error));
    assert_status(KURS_OK, env_seek(cursor, &key, &found, &value, &fixture->error));
    assert_int_equal(found.mv_size, key.size);
    assert_int_equal(value.mv_size, sizeof bytes);
    memcpy(key.bytes, found.mv_data, found.mv_size);
    memcpy(bytes, value.mv_data, sizeof bytes);
    mdb_cursor_close(cursor);
    env_abort(fixture->store, txn);
    assert_status(KURS_OK, fold_all(fixture));
    int64_t end_us = MANY_TICKS * KURS_SECOND_US;
    const struct {
        size_t at;
        uint64_t value;
    } forged[] = {{29, (uint64_t)(end_us - 1)}, /* last: overlaps those behind */
                  {29, (uint64_t)-1},           /* last: before first */
                  {4, 0},                       /* count */
                  {46, (uint64_t)end_us},       /* low: behind last */
                  {88, UINT64_C(1) << 63},      /* sum */
                  {88, UINT64_C(1) << 62}};
    for (size_t i = 0; i < sizeof forged / sizeof forged[0]; i++) {
        uint8_t changed[sizeof bytes];
        memcpy(changed, bytes, sizeof bytes);
        bytes_store_u64(changed + forged[i].at, forged[i].value);
        bytes_store_u32(changed, crc32c(0, changed + 4, sizeof changed - 4));
        put_row(fixture, TABLE_SUMMARY, &key, changed, sizeof changed);
        assert_status(KURS_ECORRUPT, fold_all(fixture));
        assert_told(fixture, KURS_ECORRUPT);
    }
}

/* ---- Pages ---- */

static uint64_t random_state = 1;

static size_t below(size_t bound)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state % bound);
}

static void overwrite(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)below(256);
    }
}

/* Pages of trees are few among those of blocks: half of the damage is for them. */
static size_t choose_page(const uint8_t *file, size_t pages)
{
    size_t page = below(pages);
    bool wanted = below(2) == 0;
    for (size_t i = 0; i < pages && wanted; i++) {
        size_t at = (page + i) % pages;
        uint16_t flags = bytes_load_u16(file + at * PAGE_BYTES + 10);
        if (flags == 1 || flags == 2 || flags == 8) {
            return at;
        }
    }
    return page;
}

static void damage(uint8_t *file, size_t pages)
{
    uint8_t *page = file + PAGE_BYTES * choose_page(file, pages);
    switch (below(5)) {
    case 0:
        overwrite(page + below(PAGE_BYTES - 64), 64);
        break;
    case 1:
        overwrite(page, PAGE_BYTES);
        break;
    case 2:
        memset(page, 0, PAGE_BYTES);
        break;
    case 3:
        memcpy(page, file + PAGE_BYTES * below(pages), PAGE_BYTES); /* a write that went astray */
        break;
    default:
        page[below(below(2) == 0 ? 32 : PAGE_BYTES)] ^= (uint8_t)(1U << below(8));
    }
}

static void read_all(struct fixture *fixture)
{
    struct kurs_snapshot *snapshot;
    struct kurs_series series = {.name = ""};
    struct kurs_point point;
    struct summary summary;
    struct scan *scan;
    struct kurs_batch batch;
    struct kurs_verify_report report;
    char copy[128];
    if (kurs_store_open(fixture->path, KURS_OPEN_READ, 1, &fixture->store, &fixture->error) != KURS_OK) {
        return;
    }
    snprintf(copy, sizeof copy, "%s/copy", fixture->folder);
    if (kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error) == KURS_OK) {
        while (kurs_series_next(snapshot, series.name, &series, &fixture->error) == KURS_OK) {
            (void)!scan_asof(snapshot, series.name, 5000 * KURS_SECOND_US, &point, &fixture->error);
            (void)!scan_fold(snapshot, series.name, 1, KURS_TIME_MAX, &summary, &fixture->error);
            if (scan_open(snapshot, series.name, KURS_TIME_MIN, KURS_TIME_MAX, &scan, &fixture->error) == KURS_OK) {
                while (scan_next(scan, &batch, &fixture->error) == KURS_OK) {
                }
                scan_close(scan);
            }
        }
        kurs_snapshot_close(snapshot);
    }
    (void)!kurs_store_verify(fixture->store, NULL, NULL, &report, &fixture->error);
    (void)!kurs_store_backup(fixture->store, copy, &fixture->error);
    unlink(copy);
    fixture_close(fixture);
}

static void write_some(struct fixture *fixture)
{
    struct kurs_name name = fixture_name("EUR/USD");
    bool changed;
    if (kurs_store_open(fixture->path, KURS_OPEN_WRITE, 1, &fixture->store, &fixture->error) != KURS_OK) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        struct kurs_point point = {(int64_t)below(TICKS) * KURS_SECOND_US, {7, 0}};
        (void)!kurs_point_add(fixture->store, &name, KURS_INSTANT, point, KURS_REPLACE, 2, &changed, &fixture->error);
    }
    (void)!kurs_series_drop(fixture->store, below(2) == 0 ? "EUR/USD" : "KGS/USD", 3, &fixture->error);
    fixture_close(fixture);
}

/* A store with free pages, revisions and trees of two levels. */
static uint8_t *make_sample(struct fixture *fixture, size_t *size)
{
    struct stat about;
    fixture_ticks(fixture, "KGS/USD", MANY_TICKS, 0);
    fixture_ticks(fixture, "EUR/USD", TICKS, 0);
    assert_status(KURS_OK, kurs_series_drop(fixture->store, "KGS/USD", 2, &fixture->error));
    fixture_ticks(fixture, "KGS/USD", TICKS, 1);
    fixture_close(fixture);
    assert_int_equal(stat(fixture->path, &about), 0);
    *size = (size_t)about.st_size;
    uint8_t *file = malloc(*size);
    FILE *stream = fopen(fixture->path, "r");
    assert_non_null(file);
    assert_non_null(stream);
    assert_int_equal(fread(file, 1, *size, stream), *size);
    fclose(stream);
    return file;
}

static void no_damage_ends_the_program(void **state)
{
    struct fixture *fixture = *state;
    size_t size;
    uint8_t *file = make_sample(fixture, &size), *damaged = malloc(size);
    assert_non_null(damaged);
    for (int round = 0; round < ROUNDS; round++) {
        memcpy(damaged, file, size);
        damage(damaged, size / PAGE_BYTES);
        FILE *stream = fopen(fixture->path, "w");
        assert_non_null(stream);
        assert_int_equal(fwrite(damaged, 1, size, stream), size);
        assert_int_equal(fclose(stream), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            alarm(SECONDS_MAX);
            read_all(fixture);
            write_some(fixture);
            _exit(0);
        }
        int ended;
        assert_int_equal(waitpid(child, &ended, 0), child);
        if (ended != 0) {
            fail_msg("round %d ended with %#x", round, (unsigned)ended);
        }
    }
    free(damaged);
    free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_newest_block_without_sense_is_told_when_another_is_written, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(every_flipped_bit_of_a_summary_is_told, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(forged_summaries_are_told, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_damage_ends_the_program, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
