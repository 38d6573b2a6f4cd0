/* Any bytes as a zone file: refused, or a zone whose look-ups end, stay in range and tile time. */
#include <assert.h>

#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_at(const struct kurs_zone *zone, int64_t time_us)
{
    int64_t offset_us = kurs_zone_offset_us(zone, time_us);
    assert(offset_us > -ZONE_OFFSET_MAX_S * KURS_SECOND_US);
    assert(offset_us < ZONE_OFFSET_MAX_S * KURS_SECOND_US);
    int64_t back_us = kurs_zone_to_utc(zone, time_us + offset_us);
    assert(back_us <= time_us); /* the first that shows this local time */
    int64_t start_us = zone_local_start_us(zone, time_us);
    assert(start_us + kurs_zone_offset_us(zone, start_us) >= time_us);
    static const enum kurs_unit units[] = {KURS_HOUR, KURS_DAY, KURS_WEEK, KURS_MONTH, KURS_YEAR};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int64_t from_us, until_us;
        kurs_period_of(time_us, (struct kurs_span) {1, units[i]}, zone, &from_us, &until_us);
        assert(from_us <= time_us);
        assert(time_us < until_us);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct kurs_zone *zone;
    if (zone_decode(data, size, &zone) != KURS_OK) {
        return 0;
    }
    static const int64_t times_us[] = {KURS_TIME_MIN, -KURS_DAY_US, 0, INT64_C(1743296400000000), KURS_TIME_MAX};
    for (size_t i = 0; i < sizeof times_us / sizeof *times_us; i++) {
        check_at(zone, times_us[i]);
    }
    for (size_t i = 0; i < zone->count && i < 300; i++) {
        int64_t from_s = zone->transition[i].from_s;
        if (from_s > KURS_TIME_MIN / KURS_SECOND_US && from_s < KURS_TIME_MAX / KURS_SECOND_US) {
            check_at(zone, from_s * KURS_SECOND_US - 1);
            check_at(zone, from_s * KURS_SECOND_US);
        }
    }
    kurs_zone_close(zone);
    return 0;
}
