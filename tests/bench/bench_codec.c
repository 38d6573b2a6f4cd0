/* bench_codec.c: bytes a point, and encode, decode and lookup speed of blocks on generated series; fixed seed.
 * Prints a line a series. Processor time, the best of several passes. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/block.h"

#define POINTS     300000
#define PASSES     12
#define LOOKUPS    100000
#define BLOCKS_MAX 20000

static int64_t time_us[POINTS], coefficient[POINTS];
static int8_t exponent[POINTS];
static uint8_t blocks[BLOCKS_MAX][BLOCK_BYTES_MAX];
static size_t block_bytes[BLOCKS_MAX], block_count;
static int64_t out_time[BLOCK_POINTS_MAX], out_coefficient[BLOCK_POINTS_MAX];
static int8_t out_exponent[BLOCK_POINTS_MAX];

static uint64_t state = 88172645463325252;

static uint64_t random_bits(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static double random_unit(void)
{
    return ((double)(random_bits() >> 11) + 0.5) / 9007199254740992.0;
}

static double random_normal(void)
{
    return sqrt(-2 * log(random_unit())) * cos(6.283185307179586 * random_unit());
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- Series ------------------------------------------------------------------------------------------------- */

static void fixed_exponent(int value)
{
    memset(exponent, value, sizeof exponent);
}

static void ticks(double gap_ms, int64_t unit_us, int steps)
{
    int64_t at_us = INT64_C(1700000000000000), rate = 108000;
    for (size_t i = 0; i < POINTS; i++) {
        at_us += unit_us * (1 + (int64_t)(-gap_ms * log(random_unit())));
        rate += steps == 2 ? (random_bits() & 1 ? 1 : -1) : (int64_t)(random_bits() % 3) - 1;
        rate = rate < 1000 ? 1000 : rate;
        time_us[i] = at_us;
        coefficient[i] = rate;
    }
    fixed_exponent(-5);
}

static void make_ticks(void)
{
    ticks(500, 1000, 2);
}

static void make_ticks_still(void)
{
    ticks(342, 1000, 3);
}

static void make_ticks_us(void)
{
    ticks(342000, 1, 3);
}

static void make_short(void)
{
    ticks(500, 1000, 2);
    for (size_t i = 0; i < POINTS; i++) {
        while (coefficient[i] % 10 == 0) {
            coefficient[i] /= 10;
            exponent[i]++;
        }
    }
}

/* Weekdays of 3,800 years. */
static void make_daily(void)
{
    double rate = 11345;
    for (size_t i = 0; i < POINTS; i++) {
        int64_t weekday = (int64_t)i;
        rate *= exp(0.006 * random_normal());
        rate = rate < 2000 ? 3000 : rate > 90000 ? 60000 : rate;
        time_us[i] = (weekday / 5 * 7 + weekday % 5) * KURS_DAY_US;
        coefficient[i] = (int64_t)rate;
    }
    fixed_exponent(-4);
}

static void bars(int holes)
{
    double rate = 108000;
    int64_t minute = 24000000;
    for (size_t i = 0; i < POINTS; i++) {
        minute += 1 + (holes && random_bits() % 150 == 0 ? (int64_t)(random_bits() % 5) : 0);
        minute += holes && i % 7200 == 7199 ? 2880 : 0;
        rate += 12 * random_normal();
        rate = rate < 50000 ? 50000 : rate;
        time_us[i] = minute * KURS_MINUTE_US;
        coefficient[i] = (int64_t)rate;
    }
    fixed_exponent(-5);
}

static void make_bars(void)
{
    bars(0);
}

static void make_bars_holes(void)
{
    bars(1);
}

static void make_peg(void)
{
    for (size_t i = 0; i < POINTS; i++) {
        time_us[i] = (int64_t)i * KURS_HOUR_US / 60;
        coefficient[i] = 36725 + (i % 5000 == 0);
    }
    fixed_exponent(-4);
}

static void make_noise(void)
{
    for (size_t i = 0; i < POINTS; i++) {
        time_us[i] = (int64_t)i * 1000000007 + (int64_t)(random_bits() % 1000000000);
        coefficient[i] = 1 + (int64_t)(random_bits() % UINT64_C(999999999999999999));
    }
    fixed_exponent(-17);
}

/* ---- Measuring ---------------------------------------------------------------------------------------------- */

static double encode_all(void)
{
    double start = seconds();
    block_count = 0;
    for (size_t done = 0; done < POINTS;) {
        struct block_input points = {
            .time_us = time_us + done, .coefficient = coefficient + done, .exponent = exponent + done, .import_all = 1};
        size_t taken;
        block_bytes[block_count] = block_encode(blocks[block_count], BLOCK_BYTES_MAX, &points, POINTS - done, &taken);
        block_count++;
        done += taken;
    }
    return seconds() - start;
}

static double decode_all(void)
{
    double start = seconds();
    const struct block_output output = {out_time, out_coefficient, out_exponent, NULL};
    for (size_t k = 0; k < block_count; k++) {
        struct block block;
        size_t count;
        if (block_open(&block, blocks[k], block_bytes[k]) != KURS_OK ||
            block_decode(&block, 0, block.mini_count, &output, &count) != KURS_OK) {
            exit(1);
        }
    }
    return seconds() - start;
}

static double check_all(enum block_depth depth)
{
    double start = seconds();
    for (size_t k = 0; k < block_count; k++) {
        const char *fault;
        if (block_check(blocks[k], block_bytes[k], depth, &fault) != KURS_OK) {
            fprintf(stderr, "bench_codec: %s\n", fault);
            exit(1);
        }
    }
    return seconds() - start;
}

static double look_up(void)
{
    double start = seconds();
    for (size_t k = 0; k < LOOKUPS; k++) {
        struct block block;
        struct block_point found;
        size_t chosen = random_bits() % block_count;
        if (block_open(&block, blocks[chosen], block_bytes[chosen]) != KURS_OK) {
            exit(1);
        }
        uint64_t span = (uint64_t)(block.last_us - block.first_us) + 1;
        if (block_asof(&block, block.first_us + (int64_t)(random_bits() % span), &found) != KURS_OK) {
            exit(1);
        }
    }
    return seconds() - start;
}

static double fold_all(void)
{
    double start = seconds();
    for (size_t k = 0; k < block_count; k++) {
        struct block block;
        struct summary summary;
        if (block_open(&block, blocks[k], block_bytes[k]) != KURS_OK ||
            block_fold(&block, block.first_us + 1, block.last_us, &summary) != KURS_OK) {
            exit(1);
        }
    }
    return seconds() - start;
}

#define BEST(variable, call)                                             \
    for (int pass = 0; pass < PASSES; pass++) {                          \
        double taken_s = call;                                           \
        variable = pass == 0 || taken_s < variable ? taken_s : variable; \
    }

static void measure(const char *name, void (*make)(void), double floor_bytes)
{
    double encode_s = 0, decode_s = 0, quick_s = 0, deep_s = 0, asof_s = 0, fold_s = 0, bytes = 0;
    make();
    BEST(encode_s, encode_all())
    BEST(decode_s, decode_all())
    BEST(quick_s, check_all(BLOCK_QUICK))
    BEST(deep_s, check_all(BLOCK_DEEP))
    BEST(asof_s, look_up())
    BEST(fold_s, fold_all())
    for (size_t k = 0; k < block_count; k++) {
        bytes += (double)block_bytes[k];
    }
    printf("%-28s %6.3f", name, bytes / POINTS);
    if (floor_bytes > 0) {
        printf(" %6.3f", floor_bytes);
    } else {
        printf(" %6s", "");
    }
    printf(" %8.0f %8.1f %8.2f %8.0f %8.2f %8.1f %8.2f\n", (double)POINTS / (double)block_count,
           POINTS / encode_s / 1e6, POINTS / decode_s / 1e9, asof_s / LOOKUPS * 1e9,
           quick_s / (double)block_count * 1e6, deep_s / POINTS * 1e9, fold_s / (double)block_count * 1e6);
}

int main(void)
{
    const double gap_bits = log2(exp(1) * 500);
    printf("%-28s %6s %6s %8s %8s %8s %8s %8s %8s %8s\n", "series", "bytes", "floor", "points", "encode", "decode",
           "as-of", "check", "deep", "fold");
    printf("%-28s %6s %6s %8s %8s %8s %8s %8s %8s %8s\n", "", "/point", "/point", "/block", "M/s", "G/s", "ns",
           "us/block", "ns/point", "us/block");
    measure("ticks, +-1, ms", make_ticks, (1 + gap_bits) / 8);
    measure("ticks, -1 0 1, ms", make_ticks_still, (log2(3) + log2(exp(1) * 342)) / 8);
    measure("ticks, -1 0 1, us", make_ticks_us, (log2(3) + log2(exp(1) * 342000)) / 8);
    measure("ticks, trailing zeros cut", make_short, (1 + gap_bits) / 8);
    measure("daily, 0.6 % a day", make_daily, 0);
    measure("minute bars, regular", make_bars, log2(12 * 4.1327) / 8);
    measure("minute bars, with holes", make_bars_holes, 0);
    measure("peg, regular", make_peg, 0);
    measure("noise of 18 digits", make_noise, (log2(1e18) + 30) / 8);
    return 0;
}
