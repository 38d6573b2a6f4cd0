/* Columns of points that grow, and the memory they may hold. */
#include "unit.h"

#include "ingest/batch.h"

static void columns_keep_their_points_as_they_grow(void **state)
{
    (void)state;
    struct batch batch = {0};
    for (int i = 0; i < 1000; i++) {
        struct kurs_decimal rate = {1000 + i, (int8_t) - (i % 30)};
        assert_int_equal(batch_point(&batch, 3, i * KURS_SECOND_US, rate, (uint64_t)i + 7), KURS_OK);
        assert_int_equal(batch_point(&batch, 1, i, rate, 1), KURS_OK);
    }
    const struct batch_column *column = &batch.column[3];
    assert_int_equal(column->count, 1000);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(column->time_us[i], i * KURS_SECOND_US);
        assert_int_equal(column->coefficient[i], 1000 + i);
        assert_int_equal(column->exponent[i], -(i % 30));
        assert_int_equal(column->line[i], i + 7);
    }
    assert_int_equal(batch.used_count, 2);
    assert_int_equal(batch.used[0], 3);
    batch_release(&batch);
}

/* Two chunks a thread are in memory at once; what was many series in one must not stay for all of them. */
static void many_series_of_few_points_take_little_and_keep_none(void **state)
{
    (void)state;
    enum { SERIES = 60000 };
    struct batch batch = {0};
    for (uint32_t i = 0; i < SERIES; i++) {
        assert_int_equal(batch_point(&batch, i, 0, (struct kurs_decimal) {1, 0}, 1), KURS_OK);
    }
    assert_true(batch.bytes < (size_t)SERIES * 200);
    batch_clear(&batch);
    assert_int_equal(batch.bytes, 0);
    assert_int_equal(batch.used_count, 0);
    assert_int_equal(batch_point(&batch, 5, 0, (struct kurs_decimal) {1, 0}, 1), KURS_OK);
    size_t bytes = batch.bytes;
    batch_clear(&batch);
    assert_int_equal(batch.bytes, bytes);
    assert_int_equal(batch.column[5].count, 0);
    batch_release(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_keep_their_points_as_they_grow),
        cmocka_unit_test(many_series_of_few_points_take_little_and_keep_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
