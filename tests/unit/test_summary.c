/* test_summary.c: summaries are a monoid, exact until 127 bits do not hold the sum. */
#include "unit/unit.h"

#include "store/summary.h"

#define SEED 7

static uint64_t random_state = SEED;

static uint64_t random_below(uint64_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state % limit;
}

static struct kurs_point point(int64_t time_us, int64_t coefficient, int exponent)
{
    return (struct kurs_point) {time_us, {coefficient, (int8_t)exponent}};
}

static struct summary summary_of(const struct kurs_point *points, size_t from, size_t until)
{
    struct summary summary = {0};
    for (size_t i = from; i < until; i++) {
        summary_add_point(&summary, points[i]);
    }
    return summary;
}

static void joining_in_any_grouping_gives_the_same(void **state)
{
    (void)state;
    struct kurs_point points[60];
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < 60; i++) {
            points[i] = point(i, 1 + (int64_t)random_below(UINT64_C(999999999999999999)), (int)random_below(20) - 10);
        }
        size_t a = random_below(61), b = a + random_below(61 - a);
        struct summary whole = summary_of(points, 0, 60), left = summary_of(points, 0, a);
        struct summary middle = summary_of(points, a, b), right = summary_of(points, b, 60), late = middle;
        summary_join(&late, &right);
        struct summary one = left, other = left;
        summary_join(&one, &middle);
        summary_join(&one, &right);
        summary_join(&other, &late);
        assert_true(summary_equal(&one, &whole));
        assert_true(summary_equal(&other, &whole));
    }
}

static void an_empty_run_changes_nothing(void **state)
{
    (void)state;
    const struct kurs_point points[] = {point(1, 110, -2), point(2, 11, -1)};
    struct summary some = summary_of(points, 0, 2), empty = {0}, joined = some;
    summary_join(&joined, &empty);
    assert_true(summary_equal(&joined, &some));
    summary_join(&empty, &some);
    assert_true(summary_equal(&empty, &some));
    assert_false(summary_equal(&some, &(struct summary) {0}));
}

static void low_and_high_are_the_earliest_of_equals(void **state)
{
    (void)state;
    const struct kurs_point points[] = {point(1, 15, -1), point(2, 110, -2), point(3, 11, -1),
                                        point(4, 2, 0),   point(5, 20, -1),  point(6, 15, -1)};
    struct summary summary = summary_of(points, 0, 6);
    assert_int_equal(summary.low.time_us, 2);
    assert_int_equal(summary.low.rate.coefficient, 110);
    assert_int_equal(summary.high.time_us, 4);
    assert_int_equal(summary.first.time_us, 1);
    assert_int_equal(summary.last.time_us, 6);
    assert_int_equal(summary.sum_exponent, -2);
    assert_int_equal(summary.sum_low, 920);
    assert_int_equal(summary.sum_high, 0);
}

static void sums_pass_64_bits_exactly(void **state)
{
    (void)state;
    struct summary summary = {0};
    for (int i = 0; i < 1000; i++) {
        summary_add_point(&summary, point(i, INT64_C(999999999999999999), -18));
    }
    /* 10^21 - 1000 = 54 * 2^64 + 3875820019684211736 */
    assert_int_equal(summary.sum_high, 54);
    assert_int_equal(summary.sum_low, UINT64_C(3875820019684211736));
    assert_int_equal(summary.sum_exponent, -18);
}

static void sums_over_127_bits_become_coarser_and_round(void **state)
{
    (void)state;
    struct summary summary = {0}, other = {0};
    summary_add_point(&summary, point(1, INT64_C(999999999999999999), 32)); /* scaled up to 37 or 38 digits */
    summary_add_point(&summary, point(2, 5, -32));                          /* far below half of the last digit */
    int fine = summary.sum_exponent;
    assert_in_range(fine, 12, 14);
    assert_int_equal(summary.count, 2);
    assert_int_equal(summary.low.rate.exponent, -32);
    summary_add_point(&other, point(3, 5, fine - 1)); /* half of the last digit: away from zero */
    uint64_t before = summary.sum_low;
    summary_join(&summary, &other);
    assert_int_equal(summary.sum_low, before + 1);
    assert_int_equal(summary.sum_exponent, fine);
    other = (struct summary) {0};
    summary_add_point(&other, point(4, 4, fine - 1));
    summary_join(&summary, &other);
    assert_int_equal(summary.sum_low, before + 1);
}

static void sums_that_outgrow_127_bits_lose_digits_not_magnitude(void **state)
{
    (void)state;
    struct summary summary = {0}, small = {0};
    summary_add_point(&summary, point(0, INT64_C(999999999999999999), 20));
    summary_add_point(&small, point(1, 1, 0));
    summary_join(&summary, &small);
    assert_int_equal(summary.sum_exponent, 1); /* 10^38 is over 2^126 */
    for (int i = 2; i < 200; i++) {
        struct summary next = {0};
        summary_add_point(&next, point(i, INT64_C(999999999999999999), 20));
        summary_join(&summary, &next);
    }
    struct kurs_decimal average = summary_mean(&summary, 0);
    assert_int_equal(average.exponent, 20);
    assert_int_equal(average.coefficient, INT64_C(994999999999999999)); /* 199 of 200 points */
}

static void assert_mean(const struct summary *summary, int decimals, int64_t coefficient, int exponent)
{
    struct kurs_decimal mean = summary_mean(summary, decimals);
    assert_int_equal(mean.coefficient, coefficient);
    assert_int_equal(mean.exponent, exponent);
}

static void means_round_once_half_away_from_zero(void **state)
{
    (void)state;
    const struct kurs_point points[] = {point(1, 1, 0), point(2, 2, 0), point(3, 2, 0), point(4, 125, -3)};
    struct summary two = summary_of(points, 0, 2), three = summary_of(points, 0, 3);
    struct summary fine = summary_of(points, 3, 4);
    assert_mean(&two, 0, 2, 0); /* 1.5 */
    assert_mean(&two, 1, 15, -1);
    assert_mean(&two, 4, 15000, -4);
    assert_mean(&three, 2, 167, -2); /* 1.666… */
    assert_mean(&three, 40, INT64_C(166666666666666667), -17);
    assert_mean(&fine, 2, 13, -2); /* 0.125 */
    assert_mean(&fine, 1, 1, -1);
    assert_mean(&fine, 0, 0, 0);
}

static void means_keep_at_most_18_digits(void **state)
{
    (void)state;
    const int64_t largest = INT64_C(999999999999999999);
    const struct kurs_point points[] = {point(1, largest, 0), point(2, largest - 1, 0), point(3, largest, 5)};
    struct summary two = summary_of(points, 0, 2), one = summary_of(points, 2, 3);
    assert_mean(&two, 2, largest, 0); /* …998.5 */
    assert_mean(&one, 2, largest, 5);
    const struct kurs_point odd[] = {point(1, largest, -18), point(2, 1, -17)};
    struct summary both = summary_of(odd, 0, 2);
    assert_mean(&both, 20, INT64_C(500000000000000005), -18); /* 0.5000000000000000045 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joining_in_any_grouping_gives_the_same),
        cmocka_unit_test(an_empty_run_changes_nothing),
        cmocka_unit_test(low_and_high_are_the_earliest_of_equals),
        cmocka_unit_test(sums_pass_64_bits_exactly),
        cmocka_unit_test(sums_over_127_bits_become_coarser_and_round),
        cmocka_unit_test(sums_that_outgrow_127_bits_lose_digits_not_magnitude),
        cmocka_unit_test(means_round_once_half_away_from_zero),
        cmocka_unit_test(means_keep_at_most_18_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
