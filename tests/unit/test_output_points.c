/* test_output_points.c: the hand-written digits of an export are those of the library's own formatting. */
#include "kurs.h"
#include "output/points.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define POINTS_MAX 20000 /* several buffers' worth */

static int64_t times[POINTS_MAX], coefficients[POINTS_MAX];
static int8_t exponents[POINTS_MAX];

static char *exported(enum points_format format, const char *name, enum kurs_kind kind, size_t count)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct points *points = points_open(out, format);
    struct kurs_batch batch = {count, times, coefficients, exponents};
    assert_non_null(points);
    assert_int_equal(points_series(points, name, kind), KURS_OK);
    assert_int_equal(points_write(points, &batch), KURS_OK);
    assert_int_equal(points_close(points), KURS_OK);
    fclose(out);
    return text;
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Random points over all years, digits and exponents; grains of 1 us, 1 ms, 1 s and near neighbours. */
static void fill(uint64_t seed, enum kurs_kind kind)
{
    static const int64_t grains[] = {1, 1000, 1000000, 60000000};
    for (size_t i = 0; i < POINTS_MAX; i++) {
        int64_t span = KURS_TIME_MAX - KURS_TIME_MIN;
        int64_t time = KURS_TIME_MIN + (int64_t)(next_random(&seed) % (uint64_t)span);
        if (i > 0 && next_random(&seed) % 2 == 0 && times[i - 1] < KURS_TIME_MAX - KURS_DAY_US) {
            time = times[i - 1] + (int64_t)(next_random(&seed) % (uint64_t)KURS_HOUR_US);
        }
        int64_t grain = kind == KURS_DAILY ? KURS_DAY_US : grains[next_random(&seed) % 4];
        int64_t rest = (time % grain + grain) % grain;
        times[i] = time - rest;
        int64_t limit = 1;
        for (uint64_t digits = next_random(&seed) % 19; digits > 0; digits--) {
            limit *= 10;
        }
        coefficients[i] = 1 + (int64_t)(next_random(&seed) % (uint64_t)limit) % 999999999999999999;
        exponents[i] = (int8_t)(next_random(&seed) % 4 == 0 ? (int)(next_random(&seed) % 65) - 32
                                                            : -(int)(next_random(&seed) % 19));
    }
}

static void csv_equals_the_library_s_own_texts(void **state)
{
    (void)state;
    for (int kind = KURS_DAILY; kind <= KURS_INSTANT; kind++) {
        fill(20251212, (enum kurs_kind)kind);
        char *text = exported(POINTS_CSV, "EUR/USD@bid", (enum kurs_kind)kind, POINTS_MAX), *at = text;
        assert_int_equal(strncmp(at, "time,pair,rate\n", 15), 0);
        at += 15;
        for (size_t i = 0; i < POINTS_MAX; i++) {
            char time[KURS_TIME_SIZE], rate[KURS_DECIMAL_SIZE], row[256];
            kurs_time_format(times[i], (enum kurs_kind)kind, time);
            kurs_decimal_format((struct kurs_decimal) {coefficients[i], exponents[i]}, rate);
            int length = snprintf(row, sizeof row, "%s,EUR/USD@bid,%s\n", time, rate);
            if (strncmp(at, row, (size_t)length) != 0) {
                fail_msg("row %zu: wanted %.*s got %.*s", i, length, row, length, at);
            }
            at += length;
        }
        assert_string_equal(at, "");
        free(text);
    }
}

static void set_two_points(void)
{
    times[0] = INT64_C(1765533600295000); /* 2025-12-12T10:00:00.295Z */
    times[1] = times[0] + 1;
    coefficients[0] = 110;
    coefficients[1] = 5;
    exponents[0] = -2;
    exponents[1] = 3;
}

static void json_is_one_array_with_commas_between(void **state)
{
    (void)state;
    set_two_points();
    char *text = exported(POINTS_JSON, "EUR/USD", KURS_INSTANT, 2);
    assert_string_equal(text, "[\n{\"time\":\"2025-12-12T10:00:00.295Z\",\"pair\":\"EUR/USD\",\"rate\":\"1.10\"},\n"
                              "{\"time\":\"2025-12-12T10:00:00.295001Z\",\"pair\":\"EUR/USD\",\"rate\":\"5000\"}\n]\n");
    free(text);
    text = exported(POINTS_JSON, "EUR/USD", KURS_INSTANT, 0);
    assert_string_equal(text, "[]\n");
    free(text);
}

static void price_lines_quote_digits_and_leave_labels_out(void **state)
{
    (void)state;
    set_two_points();
    char *text = exported(POINTS_LEDGER, "X2/USD@bid", KURS_INSTANT, 1);
    assert_string_equal(text, "P 2025-12-12 10:00:00 \"X2\" 1.10 USD\n");
    free(text);
    text = exported(POINTS_BEANCOUNT, "EUR/USD", KURS_DAILY, 1);
    assert_string_equal(text, "2025-12-12 price EUR 1.10 USD\n");
    free(text);
}

static void beancount_refuses_times_of_day(void **state)
{
    (void)state;
    struct points *points = points_open(stdout, POINTS_BEANCOUNT);
    assert_int_equal(points_series(points, "EUR/USD", KURS_INSTANT), KURS_EKIND);
    assert_int_equal(points_close(points), KURS_OK);
}

static void a_full_disk_stops_the_writing(void **state)
{
    (void)state;
    fill(1, KURS_INSTANT);
    FILE *out = fopen("/dev/full", "w");
    struct points *points = points_open(out, POINTS_CSV);
    struct kurs_batch batch = {POINTS_MAX, times, coefficients, exponents};
    assert_int_equal(points_series(points, "EUR/USD", KURS_INSTANT), KURS_OK);
    assert_int_equal(points_write(points, &batch), KURS_EIO);
    (void)!points_close(points);
    fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_equals_the_library_s_own_texts),
        cmocka_unit_test(json_is_one_array_with_commas_between),
        cmocka_unit_test(price_lines_quote_digits_and_leave_labels_out),
        cmocka_unit_test(beancount_refuses_times_of_day),
        cmocka_unit_test(a_full_disk_stops_the_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
