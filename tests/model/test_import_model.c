/* test_import_model.c: imports of many blocks in which a few points come late, beside a naive sort. What the small runs of
 * test_store_model.c seldom meet: points that share an instant across the end of a block, and trees that shrink. */
#include "store/tree.h"
#include "store_fixture.h"

#define POINTS_MAX 20000
#define PART_MAX   3000
#define ROUNDS     20
#define SHIFTS     40

struct tick {
    int64_t time_us, coefficient;
    size_t arrival;
};

static uint64_t random_state;

static struct { /* of the import being made */
    int64_t time_us[POINTS_MAX], coefficient[POINTS_MAX];
    int8_t exponent[POINTS_MAX];
    uint64_t row[POINTS_MAX];
} columns;

static size_t below(size_t bound)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state % bound);
}

static int tick_order(const void *a, const void *b)
{
    const struct tick *left = a, *right = b;
    if (left->time_us != right->time_us) {
        return left->time_us < right->time_us ? -1 : 1;
    }
    return left->arrival < right->arrival ? -1 : left->arrival > right->arrival;
}

/* Ticks of a coarse clock, `ties` of them in an instant on average, of which a few change places. */
static size_t make_ticks(struct tick *ticks, size_t ties)
{
    size_t count = POINTS_MAX / 4 + below(POINTS_MAX / 4 * 3);
    int64_t time_us = 1000000, clock_us = below(2) == 0 ? 1 : 500; /* 1: a run of ties reaches into the next instant */
    for (size_t i = 0; i < count; i++) {
        time_us += below(ties) == 0 ? (int64_t)(1 + below(3)) * clock_us : 0;
        ticks[i] = (struct tick) {time_us, (int64_t)(110000 + below(1000)), 0};
    }
    for (size_t swaps = below(8); swaps > 0; swaps--) {
        size_t a = below(count), b = (a + below(60)) % count;
        struct tick swapped = ticks[a];
        ticks[a] = ticks[b];
        ticks[b] = swapped;
    }
    for (size_t i = 0; i < count; i++) {
        ticks[i].arrival = i;
    }
    return count;
}

/* The rule of writer.h: in order of time and arrival, each at least 1 us after the one before. */
static void sort_and_spread(struct tick *ticks, size_t count)
{
    qsort(ticks, count, sizeof *ticks, tick_order);
    for (size_t i = 1; i < count; i++) {
        if (ticks[i].time_us <= ticks[i - 1].time_us) {
            ticks[i].time_us = ticks[i - 1].time_us + 1;
        }
    }
}

static struct kurs_counts import(struct fixture *fixture, const struct tick *ticks, size_t count, size_t memory_bytes)
{
    struct writer *writer;
    struct writer_options options = {.on_conflict = KURS_FAIL, .now_us = 1, .memory_bytes = memory_bytes};
    struct kurs_import_record record = {.source = "test", .format = "none"};
    struct kurs_name name = fixture_name("EUR/USD");
    uint32_t index;
    assert_status(KURS_OK, writer_begin(fixture->store, &options, &writer, &fixture->error));
    assert_status(KURS_OK, writer_series(writer, &name, KURS_INSTANT, &index, &fixture->error));
    for (size_t i = 0; i < count; i++) {
        columns.time_us[i] = ticks[i].time_us;
        columns.coefficient[i] = ticks[i].coefficient;
        columns.exponent[i] = -5;
        columns.row[i] = i + 1;
    }
    for (size_t from = 0, part; from < count; from += part) {
        part = 1 + below(PART_MAX);
        part = part < count - from ? part : count - from;
        assert_status(KURS_OK, writer_points(writer, index, part, columns.time_us + from, columns.coefficient + from,
                                             columns.exponent + from, columns.row + from, &fixture->error));
    }
    assert_status(KURS_OK, writer_settle(writer, &record.counts, &fixture->error));
    struct kurs_counts counts = record.counts;
    assert_status(KURS_OK, writer_commit(writer, &record, &fixture->error));
    return counts;
}

static void assert_stored(struct fixture *fixture, const struct tick *ticks, size_t count)
{
    struct kurs_snapshot *snapshot;
    struct scan *scan;
    struct kurs_batch batch;
    size_t at = 0;
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    assert_status(KURS_OK, scan_open(snapshot, "EUR/USD", KURS_TIME_MIN, KURS_TIME_MAX + 1, &scan, &fixture->error));
    while (scan_next(scan, &batch, &fixture->error) == KURS_OK) {
        for (size_t i = 0; i < batch.count; i++, at++) {
            assert_true(at < count);
            assert_int_equal(batch.time_us[i], ticks[at].time_us);
            assert_int_equal(batch.coefficient[i], ticks[at].coefficient);
        }
    }
    assert_int_equal(at, count);
    scan_close(scan);
    kurs_snapshot_close(snapshot);
}

static void drop(struct fixture *fixture)
{
    assert_status(KURS_OK, kurs_series_drop(fixture->store, "EUR/USD", 1, &fixture->error));
}

static void late_points_among_ties_of_many_blocks_are_sorted(void **state)
{
    static struct tick ticks[POINTS_MAX], sorted[POINTS_MAX];
    struct fixture *fixture = *state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        print_message("seed %llu\n", (unsigned long long)seed);
        random_state = seed * UINT64_C(0x9E3779B97F4A7C15);
        size_t count = make_ticks(ticks, 1 + below(5));
        memcpy(sorted, ticks, count * sizeof *ticks);
        sort_and_spread(sorted, count);
        struct kurs_counts first = import(fixture, ticks, count, below(4) == 0 ? 100000 : 0);
        assert_int_equal(first.added, count);
        assert_stored(fixture, sorted, count);
        fixture_verify(fixture);
        struct kurs_counts again = import(fixture, ticks, count, below(4) == 0 ? 100000 : 0);
        assert_int_equal(again.identical, count);
        drop(fixture);
    }
}

/* How many nodes of level 1 the series has: blocks that start one, and its first. */
static size_t node_count(struct fixture *fixture, int64_t first_us[], size_t *blocks)
{
    struct kurs_snapshot *snapshot;
    struct scan *scan;
    struct kurs_batch batch;
    size_t nodes = 0;
    *blocks = 0;
    assert_status(KURS_OK, kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &snapshot, &fixture->error));
    assert_status(KURS_OK, scan_open(snapshot, "EUR/USD", KURS_TIME_MIN, KURS_TIME_MAX + 1, &scan, &fixture->error));
    while (scan_next(scan, &batch, &fixture->error) == KURS_OK) {
        first_us[*blocks] = batch.time_us[0];
        nodes += *blocks == 0 || tree_level(batch.time_us[0]) > 0;
        ++*blocks;
    }
    scan_close(scan);
    kurs_snapshot_close(snapshot);
    return nodes;
}

static void a_tree_shrinks_when_the_block_that_starts_its_second_node_goes_away(void **state)
{
    static struct tick ticks[POINTS_MAX];
    struct fixture *fixture = *state;
    int64_t first_us[POINTS_MAX / 1000];
    size_t met = 0;
    for (size_t shift = 0; shift < SHIFTS; shift++) { /* other times have other hashes, so other trees */
        size_t count = 10000, blocks;
        random_state = 1;
        for (size_t i = 0; i < count; i++) {
            ticks[i] = (struct tick) {(int64_t)(shift * 7919 + i * 10), (int64_t)(110000 + below(1000)), i};
        }
        import(fixture, ticks, count, 0);
        size_t nodes = node_count(fixture, first_us, &blocks);
        size_t second = 1;
        while (second < blocks && tree_level(first_us[second]) == 0) {
            second++;
        }
        if (nodes == 2 && second >= 2) { /* a point in the block before and one in it move the border between them */
            struct tick late[] = {{first_us[second] - 5, 1, 0}, {first_us[second] + 5, 1, 1}};
            import(fixture, late, 2, 0);
            met += node_count(fixture, first_us, &blocks) == 1;
        }
        fixture_verify(fixture);
        drop(fixture);
    }
    assert_true(met > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(late_points_among_ties_of_many_blocks_are_sorted, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_tree_shrinks_when_the_block_that_starts_its_second_node_goes_away,
                                        fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
