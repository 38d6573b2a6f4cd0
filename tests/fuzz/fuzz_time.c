/* Any text through kurs_time_parse, in UTC and in zones of every kind, and through kurs_span_parse: what is taken lies in
 * the calendar, prints, and reads back; spans add up within bounds and their periods hold the instant. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "kurs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW_US INT64_C(1765571400295123)

static struct kurs_zone *zones[4]; /* [0] stays NULL: UTC */

static void open_zones(void)
{
    static const char *const names[] = {"Europe/Berlin", "Pacific/Apia", "America/St_Johns"};
    for (size_t i = 0; i < 3 && !zones[i + 1]; i++) {
        enum kurs_status status = kurs_zone_open(names[i], &zones[i + 1], NULL);
        assert(status == KURS_OK);
    }
}

static void check_range(int64_t from_us, int64_t until_us)
{
    char text[KURS_TIME_SIZE];
    int64_t again_us;
    assert(from_us >= KURS_TIME_MIN);
    assert(until_us <= KURS_TIME_MAX + 1);
    assert(from_us <= until_us); /* equal for a day that a zone skipped */
    if (from_us <= KURS_TIME_MAX) {
        size_t length = kurs_time_format(from_us, KURS_INSTANT, text);
        assert(length == strlen(text));
        enum kurs_status status = kurs_time_parse(text, NOW_US, NULL, &again_us, NULL, NULL);
        assert(status == KURS_OK);
        assert(again_us == from_us);
    }
}

static void check_span(struct kurs_span span, const struct kurs_zone *zone, int64_t time_us)
{
    int64_t sum_us = kurs_time_add(time_us, span, -1, zone);
    assert(sum_us >= KURS_TIME_MIN);
    assert(sum_us <= time_us);
    int64_t from_us, until_us;
    char text[KURS_TIME_SIZE];
    if (span.unit <= KURS_HOUR || span.count == 1) {
        kurs_period_of(sum_us, span, zone, &from_us, &until_us);
        assert(from_us <= sum_us);
        assert(sum_us < until_us);
        size_t length = kurs_period_format(from_us, span, zone, text);
        assert(length == strlen(text));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    open_zones();
    char *text = malloc(size + 1);
    assert(text);
    memcpy(text, data, size);
    text[size] = '\0';
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        int64_t from_us = NOW_US, until_us;
        struct kurs_error error;
        enum kurs_status status = kurs_time_parse(text, NOW_US, zones[i], &from_us, &until_us, &error);
        if (status == KURS_OK) {
            check_range(from_us, until_us);
        } else {
            assert(status == error.status);
            assert(error.what[0]);
        }
        for (int periods = 0; periods < 2; periods++) {
            struct kurs_span span;
            if (kurs_span_parse(text, periods != 0, &span) == KURS_OK) {
                check_span(span, zones[i], NOW_US);
            }
        }
    }
    free(text);
    return 0;
}
