/* generate.c: the data of `make bench`, from a fixed seed: the same bytes on every machine.
 *
 *   generate ticks ROWS          time,pair,rate of one pair: steps of -1, 0, +1 in the fifth decimal, exponential gaps
 * of 342 ms on average (entropy 1.43 bytes a tick) generate eight ROWS          the same over eight pairs, one chosen
 * at random each time generate shuffled ROWS       the ticks in random order generate daily               30 years of
 * business days x 40 currencies, wide, newest first, N/A cells
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MEAN_GAP_MS 342.0
#define START_S     INT64_C(1704067200) /* 2024-01-01T00:00:00Z */

static const char *const pairs[8] = {"EUR/USD", "GBP/USD", "USD/JPY", "USD/CHF",
                                     "AUD/USD", "USD/CAD", "NZD/USD", "EUR/GBP"};

static uint64_t state = UINT64_C(0x9E3779B97F4A7C15);

/* xorshift64*, Vigna 2016 */
static uint64_t random_bits(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(2685821657736338717);
}

static double random_unit(void)
{
    return ((double)(random_bits() >> 11) + 0.5) / 9007199254740992.0;
}

static int64_t gap_ms(void)
{
    int64_t gap = (int64_t)(-MEAN_GAP_MS * log(random_unit()));
    return gap < 1 ? 1 : gap;
}

struct tick {
    int64_t time_ms;
    int32_t pips; /* 1/100000 */
    int32_t pair;
};

static void print_tick(const struct tick *tick)
{
    static int64_t day = -1;
    static char date[16];
    int64_t seconds = START_S + tick->time_ms / 1000;
    if (seconds / 86400 != day) {
        day = seconds / 86400;
        time_t midnight = (time_t)(day * 86400);
        struct tm civil;
        if (gmtime_r(&midnight, &civil) == NULL || strftime(date, sizeof date, "%Y-%m-%d", &civil) == 0) {
            exit(1);
        }
    }
    int second = (int)(seconds % 86400);
    printf("%sT%02d:%02d:%02d.%03dZ,%s,%d.%05d\n", date, second / 3600, second / 60 % 60, second % 60,
           (int)(tick->time_ms % 1000), pairs[tick->pair], tick->pips / 100000, tick->pips % 100000);
}

static void generate_ticks(size_t rows, size_t pair_count, int shuffled)
{
    int32_t pips[8];
    struct tick *ticks = shuffled ? malloc(rows * sizeof *ticks) : NULL;
    struct tick tick = {0, 0, 0};
    for (size_t i = 0; i < 8; i++) {
        pips[i] = 110000 + (int32_t)i * 1000;
    }
    for (size_t i = 0; i < rows; i++) {
        tick.time_ms += gap_ms();
        tick.pair = pair_count > 1 ? (int32_t)(random_bits() >> 61) : 0;
        pips[tick.pair] += (int32_t)(random_bits() % 3) - 1;
        tick.pips = pips[tick.pair];
        if (ticks == NULL) {
            print_tick(&tick);
        } else {
            ticks[i] = tick;
        }
    }
    for (size_t left = ticks == NULL ? 0 : rows; left > 0; left--) {
        size_t pick = (size_t)(random_bits() % left);
        print_tick(&ticks[pick]);
        ticks[pick] = ticks[left - 1];
    }
    free(ticks);
}

static void generate_daily(void)
{
    static const char *const codes[40] = {"USD", "JPY", "BGN", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF", "LTL",
                                          "LVL", "MTL", "PLN", "ROL", "RON", "SEK", "SIT", "SKK", "CHF", "ISK",
                                          "NOK", "HRK", "RUB", "TRL", "TRY", "AUD", "BRL", "CAD", "CNY", "HKD",
                                          "IDR", "ILS", "INR", "KRW", "MXN", "MYR", "NZD", "PHP", "SGD", "THB"};
    double rate[40];
    printf("Date");
    for (int c = 0; c < 40; c++) {
        rate[c] = 0.5 + 3.0 * (double)(c + 1);
        printf(",%s", codes[c]);
    }
    puts("");
    for (int64_t day = 20000; day > 20000 - 30 * 365; day--) {
        if ((day + 3) % 7 >= 5) {
            continue; /* 1970-01-01 was a Thursday */
        }
        time_t midnight = (time_t)(day * 86400);
        struct tm civil;
        char date[16];
        if (gmtime_r(&midnight, &civil) == NULL || strftime(date, sizeof date, "%Y-%m-%d", &civil) == 0) {
            exit(1);
        }
        printf("%s", date);
        for (int c = 0; c < 40; c++) {
            rate[c] *= 1.0 + 0.005 * (random_unit() - 0.5);
            printf(c % 9 == 8 && day < 15000 ? ",N/A" : ",%.4f", rate[c]);
        }
        puts("");
    }
}

int main(int argc, char **argv)
{
    size_t rows = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : 0;
    static char buffer[1 << 20];
    if (setvbuf(stdout, buffer, _IOFBF, sizeof buffer) != 0) {
        return 1;
    }
    if (argc > 1 && strcmp(argv[1], "daily") == 0) {
        generate_daily();
    } else if (argc > 2) {
        puts("time,pair,rate");
        generate_ticks(rows, strcmp(argv[1], "eight") == 0 ? 8 : 1, strcmp(argv[1], "shuffled") == 0);
    } else {
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
