/* Time zones: the system's files read, local times that are skipped or come twice, years past the table, and bytes that
 * are no zone. Expected instants are from the tz database as Python's zoneinfo reads it. */
#include "unit/unit.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/zone.h"

static struct kurs_zone *zone_of(const char *name)
{
    struct kurs_zone *zone = NULL;
    struct kurs_error error = {0};
    assert_int_equal(kurs_zone_open(name, &zone, &error), KURS_OK);
    assert_non_null(zone);
    return zone;
}

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return calendar_days_from_civil(year, month, day) * KURS_DAY_US + hour * KURS_HOUR_US + minute * KURS_MINUTE_US;
}

static void utc_is_always_there(void **state)
{
    (void)state;
    struct kurs_zone *zone = zone_of("UTC");
    assert_int_equal(kurs_zone_offset_us(zone, utc(2025, 7, 1, 0, 0)), 0);
    assert_int_equal(kurs_zone_to_utc(zone, 12345), 12345);
    assert_int_equal(kurs_zone_offset_us(NULL, 5), 0);
    assert_int_equal(kurs_zone_to_utc(NULL, 12345), 12345);
    kurs_zone_close(zone);
    kurs_zone_close(NULL);
}

static void unknown_zones_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "Nowhere/Here",
        "Europe",
        "europe/berlin",
        "/etc/passwd",
        "../../../etc/passwd",
        "Europe/../UTC",
        "Europe//Berlin",
        "Europe/Berlin/",
        "Europe/Berlin ",
        "zone.tab",
        "leapseconds",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct kurs_zone *zone = (struct kurs_zone *)&zone, *before = zone;
        struct kurs_error error = {0};
        assert_int_equal(kurs_zone_open(names[i], &zone, &error), KURS_EARGUMENT);
        assert_ptr_equal(zone, before);
        assert_int_equal(error.status, KURS_EARGUMENT);
        assert_non_null(strstr(error.what, names[i]));
        assert_true(error.why[0] && error.hint[0]);
    }
}

struct offset_case {
    const char *zone;
    int year, month, day, hour, minute; /* UTC */
    int offset_minutes;
};

static void offsets_are_those_of_the_tz_database(void **state)
{
    (void)state;
    static const struct offset_case cases[] = {
        {"Europe/Berlin", 2025, 3, 30, 0, 59, 60},        {"Europe/Berlin", 2025, 3, 30, 1, 0, 120},
        {"Europe/Berlin", 2025, 10, 26, 0, 59, 120},      {"Europe/Berlin", 2025, 10, 26, 1, 0, 60},
        {"Europe/Berlin", 2099, 7, 1, 0, 0, 120},         {"Europe/Berlin", 2099, 3, 29, 0, 59, 60},
        {"Europe/Berlin", 2099, 3, 29, 1, 0, 120},        {"America/New_York", 2025, 3, 9, 6, 59, -300},
        {"America/New_York", 2025, 3, 9, 7, 0, -240},     {"America/New_York", 2060, 11, 7, 5, 59, -240},
        {"America/New_York", 2060, 11, 7, 6, 0, -300},    {"Asia/Tashkent", 1985, 7, 1, 0, 0, 420},
        {"Asia/Tashkent", 2025, 7, 1, 0, 0, 300},         {"Asia/Tashkent", 9999, 7, 1, 0, 0, 300},
        {"Australia/Lord_Howe", 2025, 4, 5, 14, 59, 660}, {"Australia/Lord_Howe", 2025, 4, 5, 15, 0, 630},
        {"Australia/Lord_Howe", 2050, 1, 1, 0, 0, 660},   {"Australia/Lord_Howe", 2050, 7, 1, 0, 0, 630},
        {"Africa/Casablanca", 2025, 3, 1, 12, 0, 0},      {"Africa/Casablanca", 2025, 7, 1, 12, 0, 60},
        {"Pacific/Apia", 2011, 12, 30, 9, 59, -600},      {"Pacific/Apia", 2011, 12, 30, 10, 0, 840},
        {"Europe/Dublin", 2025, 1, 1, 0, 0, 0},           {"Europe/Dublin", 2090, 7, 1, 0, 0, 60},
        {"America/Nuuk", 2050, 7, 1, 0, 0, -60},          {"Asia/Kathmandu", 2025, 1, 1, 0, 0, 345},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct offset_case *c = &cases[i];
        struct kurs_zone *zone = zone_of(c->zone);
        int64_t at_us = utc(c->year, c->month, c->day, c->hour, c->minute);
        assert_int_equal(kurs_zone_offset_us(zone, at_us), c->offset_minutes * KURS_MINUTE_US);
        kurs_zone_close(zone);
    }
}

static void assert_to_utc(const char *name, int64_t local_us, int64_t expected_us)
{
    struct kurs_zone *zone = zone_of(name);
    assert_int_equal(kurs_zone_to_utc(zone, local_us), expected_us);
    kurs_zone_close(zone);
}

static void a_skipped_time_is_read_with_the_offset_before(void **state)
{
    (void)state;
    assert_to_utc("Europe/Berlin", utc(2025, 3, 30, 2, 30), utc(2025, 3, 30, 1, 30));        /* shown as 03:30 */
    assert_to_utc("America/New_York", utc(2025, 3, 9, 2, 0), utc(2025, 3, 9, 7, 0));         /* 03:00 */
    assert_to_utc("Australia/Lord_Howe", utc(2025, 10, 5, 2, 15), utc(2025, 10, 4, 15, 45)); /* 02:45 */
    assert_to_utc("Pacific/Apia", utc(2011, 12, 30, 12, 0), utc(2011, 12, 30, 22, 0));       /* the 31st, 12:00 */
    assert_to_utc("Europe/Berlin", utc(2099, 3, 29, 2, 30), utc(2099, 3, 29, 1, 30));
}

static void a_repeated_time_is_the_first(void **state)
{
    (void)state;
    assert_to_utc("Europe/Berlin", utc(2025, 10, 26, 2, 30), utc(2025, 10, 26, 0, 30));
    assert_to_utc("America/New_York", utc(2025, 11, 2, 1, 30), utc(2025, 11, 2, 5, 30));
    assert_to_utc("Australia/Lord_Howe", utc(2025, 4, 6, 1, 45), utc(2025, 4, 5, 14, 45));
    assert_to_utc("Africa/Casablanca", utc(2025, 2, 23, 2, 30), utc(2025, 2, 23, 1, 30));
    assert_to_utc("Europe/Berlin", utc(2099, 10, 25, 2, 59), utc(2099, 10, 25, 0, 59));
}

static void a_skipped_midnight_starts_its_day_at_the_change(void **state)
{
    (void)state;
    struct kurs_zone *zone = zone_of("America/Sao_Paulo"); /* 2018-11-04 00:00 became 01:00 */
    assert_int_equal(zone_local_start_us(zone, utc(2018, 11, 4, 0, 0)), utc(2018, 11, 4, 3, 0));
    assert_int_equal(zone_local_start_us(zone, utc(2018, 11, 4, 0, 59)), utc(2018, 11, 4, 3, 0));
    assert_int_equal(zone_local_start_us(zone, utc(2018, 11, 4, 1, 1)), utc(2018, 11, 4, 3, 1));
    kurs_zone_close(zone);
}

/* Local to UTC and back over a century, near and far from every change: the offset found is the one in force. */
static void local_times_lead_back_to_themselves(void **state)
{
    (void)state;
    static const char *const names[] = {"Europe/Berlin", "America/New_York",    "Asia/Tashkent",
                                        "Europe/Dublin", "Australia/Lord_Howe", "Africa/Casablanca",
                                        "Pacific/Apia",  "America/St_Johns"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        struct kurs_zone *zone = zone_of(names[n]);
        int64_t previous_start_us = INT64_MIN;
        for (int64_t t = utc(1960, 1, 1, 0, 0); t < utc(2100, 1, 1, 0, 0);
             t += 7 * KURS_HOUR_US + 11 * KURS_MINUTE_US) {
            int64_t local_us = t + kurs_zone_offset_us(zone, t);
            int64_t back_us = kurs_zone_to_utc(zone, local_us);
            int64_t start_us = zone_local_start_us(zone, t);
            assert_true(back_us <= t); /* the first, if there are two */
            assert_int_equal(back_us + kurs_zone_offset_us(zone, back_us), local_us);
            assert_true(start_us + kurs_zone_offset_us(zone, start_us) >= t);
            assert_true(start_us - 1 + kurs_zone_offset_us(zone, start_us - 1) < t);
            assert_true(start_us >= previous_start_us);
            previous_start_us = start_us;
        }
        kurs_zone_close(zone);
    }
}

static void any_instant_has_an_offset(void **state)
{
    (void)state;
    static const int64_t times[] = {INT64_MIN, KURS_TIME_MIN, -1, 0, KURS_TIME_MAX, INT64_MAX};
    struct kurs_zone *zone = zone_of("Europe/Berlin");
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        assert_true(kurs_zone_offset_us(zone, times[i]) >= 53 * KURS_MINUTE_US);
        assert_true(kurs_zone_offset_us(zone, times[i]) <= 2 * KURS_HOUR_US);
        (void)kurs_zone_to_utc(zone, times[i]);
    }
    kurs_zone_close(zone);
}

/* ---- Bytes ------------------------------------------------------------------------------------------------- */

/* A zone file of one type and `footer`, without transitions. Returns its size. */
static size_t make_file(uint8_t data[256], uint32_t offset_s, const char *footer)
{
    static const uint8_t header[44] = {'T', 'Z', 'i', 'f', '2'};
    size_t size = 0;
    for (int part = 0; part < 2; part++) {
        memcpy(data + size, header, 44);
        data[size + 39] = 1; /* types */
        data[size + 43] = 4; /* name bytes */
        size += 44;
        uint8_t type[10] = {(uint8_t)(offset_s >> 24),
                            (uint8_t)(offset_s >> 16),
                            (uint8_t)(offset_s >> 8),
                            (uint8_t)offset_s,
                            0,
                            0,
                            'X',
                            'X',
                            'X',
                            0};
        memcpy(data + size, type, 10);
        size += 10;
    }
    return size + (size_t)snprintf((char *)data + size, 256 - size, "\n%s\n", footer);
}

static int64_t footer_offset_s(const char *footer, int64_t at_us)
{
    uint8_t data[256];
    struct kurs_zone *zone = NULL;
    assert_int_equal(zone_decode(data, make_file(data, 60, footer), &zone), KURS_OK);
    int64_t offset_us = kurs_zone_offset_us(zone, at_us);
    kurs_zone_close(zone);
    return offset_us / KURS_SECOND_US;
}

static void every_form_of_footer_is_followed(void **state)
{
    (void)state;
    int64_t july = utc(2024, 7, 1, 0, 0), january = utc(2024, 1, 15, 0, 0);
    assert_int_equal(footer_offset_s("", july), 60);
    assert_int_equal(footer_offset_s("EST5", july), -5 * 3600);
    assert_int_equal(footer_offset_s("<+0530>-5:30", july), 19800);
    assert_int_equal(footer_offset_s("ABC-1:02:03", july), 3723);
    assert_int_equal(footer_offset_s("CET-1CEST,M3.5.0,M10.5.0/3", july), 7200);
    assert_int_equal(footer_offset_s("CET-1CEST,M3.5.0,M10.5.0/3", january), 3600);
    assert_int_equal(footer_offset_s("AEST-10AEDT,M10.1.0,M4.1.0/3", january), 11 * 3600); /* the south */
    assert_int_equal(footer_offset_s("IST-1GMT0,M10.5.0,M3.5.0/1", january), 0);           /* the other way round */
    assert_int_equal(footer_offset_s("XXX3EDT4,0/0,J365/23", july), -4 * 3600);            /* always "summer" */
    assert_int_equal(footer_offset_s("XXX3EDT4,0/0,J365/23", utc(2024, 1, 1, 4, 0)), -4 * 3600);
    assert_int_equal(footer_offset_s("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", utc(2024, 3, 31, 0, 59)), -7200);
    assert_int_equal(footer_offset_s("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", utc(2024, 3, 31, 1, 0)), -3600);
    /* J60 is 1 March in every year; day 59 is 29 February in a leap year */
    assert_int_equal(footer_offset_s("AAA0BBB,J60/0,J300", utc(2024, 2, 29, 23, 59)), 0);
    assert_int_equal(footer_offset_s("AAA0BBB,J60/0,J300", utc(2024, 3, 1, 0, 0)), 3600);
    assert_int_equal(footer_offset_s("AAA0BBB,59/0,300", utc(2024, 2, 29, 0, 0)), 3600);
    assert_int_equal(footer_offset_s("AAA0BBB,59/0,300", utc(2023, 2, 28, 23, 59)), 0);
}

static void other_footers_are_refused(void **state)
{
    (void)state;
    static const char *const footers[] = {"X",
                                          "EST",
                                          "ES5",
                                          "EST25",
                                          "EST5:60",
                                          "<EST5",
                                          "EST5EDT",
                                          "EST5EDT,M3.2.0",
                                          "EST5EDT,M13.2.0,M11.1.0",
                                          "EST5EDT,M3.6.0,M11.1.0",
                                          "EST5EDT,M3.2.7,M11.1.0",
                                          "EST5EDT,J0,J300",
                                          "EST5EDT,J366,J300",
                                          "EST5EDT,366,300",
                                          "EST5EDT,M3.2.0/168,M11.1.0",
                                          "EST5EDT,M3.2.0,M11.1.0x",
                                          "EST99999999999999"};
    for (size_t i = 0; i < sizeof footers / sizeof *footers; i++) {
        uint8_t data[256];
        struct kurs_zone *zone = NULL;
        assert_int_equal(zone_decode(data, make_file(data, 0, footers[i]), &zone), KURS_EFORMAT);
        assert_null(zone);
    }
}

static size_t read_system_zone(const char *name, uint8_t *data, size_t capacity)
{
    char path[128];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(data, 1, capacity, file);
    fclose(file);
    assert_true(size > 0 && size < capacity);
    return size;
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    static uint8_t data[ZONE_BYTES_MAX];
    size_t size = read_system_zone("Europe/Berlin", data, sizeof data);
    for (size_t length = 0; length < size; length++) {
        struct kurs_zone *zone = NULL;
        uint8_t *exact = malloc(length + 1); /* so that a sanitizer sees a read past the end */
        memcpy(exact, data, length);
        assert_int_equal(zone_decode(exact, length, &zone), KURS_EFORMAT);
        free(exact);
    }
}

static void any_changed_bit_gives_a_zone_or_a_refusal(void **state)
{
    (void)state;
    static uint8_t data[ZONE_BYTES_MAX];
    size_t size = read_system_zone("Australia/Lord_Howe", data, sizeof data);
    size_t refused = 0;
    for (size_t bit = 0; bit < size * 8; bit++) {
        struct kurs_zone *zone = NULL;
        data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (zone_decode(data, size, &zone) == KURS_OK) {
            int64_t offset_us = kurs_zone_offset_us(zone, utc(2025, 7, 1, 0, 0));
            assert_true(offset_us > -ZONE_OFFSET_MAX_S * KURS_SECOND_US);
            assert_true(offset_us < ZONE_OFFSET_MAX_S * KURS_SECOND_US);
        } else {
            refused++;
        }
        kurs_zone_close(zone);
        data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    assert_true(refused > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utc_is_always_there),
        cmocka_unit_test(unknown_zones_are_refused),
        cmocka_unit_test(offsets_are_those_of_the_tz_database),
        cmocka_unit_test(a_skipped_time_is_read_with_the_offset_before),
        cmocka_unit_test(a_repeated_time_is_the_first),
        cmocka_unit_test(a_skipped_midnight_starts_its_day_at_the_change),
        cmocka_unit_test(local_times_lead_back_to_themselves),
        cmocka_unit_test(any_instant_has_an_offset),
        cmocka_unit_test(every_form_of_footer_is_followed),
        cmocka_unit_test(other_footers_are_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(any_changed_bit_gives_a_zone_or_a_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
