/* closes.c: the last point of each calendar day. Days come from kurs_period_of, once a day and not once a point: within
 * a run the end of the day is searched for. There is never a close for a day without points. */
#include "query/closes.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/times.h"

#define CLOSES_FIRST_COUNT 512

void closes_doubles(const struct kurs_batch *batch, size_t from, size_t count, double *rate)
{
    for (size_t i = 0; i < count; i++) {
        int64_t coefficient = batch->coefficient[from + i];
        int exponent = batch->exponent[from + i];
        if (coefficient <= DECIMAL_DOUBLE_EXACT_MAX && exponent <= 0 && exponent >= -DECIMAL_DOUBLE_POW10_MAX) {
            rate[i] =
                (double)coefficient / decimal_double_pow10[-exponent]; /* both exact, so the quotient is the nearest */
        } else {
            rate[i] = kurs_decimal_double((struct kurs_decimal) {coefficient, (int8_t)exponent});
        }
    }
}

static enum kurs_status grow(struct closes *closes)
{
    size_t capacity = closes->capacity > 0 ? closes->capacity * 2 : CLOSES_FIRST_COUNT;
    struct close *items = realloc(closes->items, capacity * sizeof *items);
    if (items == NULL) {
        return KURS_ENOMEM;
    }
    closes->items = items;
    closes->capacity = capacity;
    return KURS_OK;
}

/* The day of time_us becomes the last item's. */
static enum kurs_status start_day(struct closes *closes, int64_t time_us)
{
    if (closes->count == closes->capacity) {
        enum kurs_status status = grow(closes);
        if (status != KURS_OK) {
            return status;
        }
    }
    int64_t from_us;
    kurs_period_of(time_us, (struct kurs_span) {1, KURS_DAY}, closes->zone, &from_us, &closes->until_us);
    int64_t local_us = time_us + kurs_zone_offset_us(closes->zone, time_us);
    closes->items[closes->count++] = (struct close) {.date = calendar_floor_div(local_us, KURS_DAY_US)};
    return KURS_OK;
}

enum kurs_status closes_add(struct closes *closes, const int64_t *time_us, const double *rate, size_t count)
{
    size_t i = 0;
    while (i < count) {
        if (closes->count == 0 || time_us[i] >= closes->until_us) {
            enum kurs_status status = start_day(closes, time_us[i]);
            if (status != KURS_OK) {
                return status;
            }
        }
        i = times_find(time_us, i, count, closes->until_us);
        struct close *close = &closes->items[closes->count - 1];
        close->time_us = time_us[i - 1];
        close->rate = rate[i - 1];
    }
    return KURS_OK;
}

void closes_release(struct closes *closes)
{
    free(closes->items);
    memset(closes, 0, sizeof *closes);
}
