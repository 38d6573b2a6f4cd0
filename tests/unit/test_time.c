/* Times and spans as text. */
#include "unit/unit.h"

#include "base/calendar.h"

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return calendar_days_from_civil(year, month, day) * KURS_DAY_US + hour * KURS_HOUR_US + minute * KURS_MINUTE_US;
}

#define NOW (utc(2025, 12, 12, 20, 30) + 295123) /* 2025-12-13 01:30 in Tashkent */

static void assert_parses(const char *text, const char *zone_name, int64_t from_us, int64_t until_us)
{
    struct kurs_zone *zone = NULL;
    struct kurs_error error = {0};
    int64_t from = 7, until = 7;
    if (zone_name) {
        assert_int_equal(kurs_zone_open(zone_name, &zone, NULL), KURS_OK);
    }
    assert_int_equal(kurs_time_parse(text, NOW, zone, &from, &until, &error), KURS_OK);
    assert_int_equal(from, from_us);
    assert_int_equal(until, until_us);
    kurs_zone_close(zone);
}

static void assert_refused(const char *text, enum kurs_status status)
{
    struct kurs_error error = {0};
    int64_t from = 7, until = 7;
    assert_int_equal(kurs_time_parse(text, NOW, NULL, &from, &until, &error), status);
    assert_int_equal(error.status, status);
    assert_non_null(strstr(error.what, text));
    assert_true(error.hint[0] != '\0');
    assert_int_equal(from, 7);
    assert_int_equal(until, 7);
    assert_int_equal(kurs_time_parse(text, NOW, NULL, NULL, NULL, NULL), status);
}

static void a_text_names_its_whole_unit(void **state)
{
    (void)state;
    int64_t minute = utc(2025, 12, 12, 10, 0), second = minute + 5 * KURS_SECOND_US;
    assert_parses("2025", NULL, utc(2025, 1, 1, 0, 0), utc(2026, 1, 1, 0, 0));
    assert_parses("2025-12", NULL, utc(2025, 12, 1, 0, 0), utc(2026, 1, 1, 0, 0));
    assert_parses("2024-02", NULL, utc(2024, 2, 1, 0, 0), utc(2024, 3, 1, 0, 0));
    assert_parses("2025-12-12", NULL, utc(2025, 12, 12, 0, 0), utc(2025, 12, 13, 0, 0));
    assert_parses("2024-02-29", NULL, utc(2024, 2, 29, 0, 0), utc(2024, 3, 1, 0, 0));
    assert_parses("2025-12-12T10:00", NULL, minute, minute + KURS_MINUTE_US);
    assert_parses("2025-12-12 10:00", NULL, minute, minute + KURS_MINUTE_US);
    assert_parses("2025-12-12T10:00:05", NULL, second, second + KURS_SECOND_US);
    assert_parses("2025-12-12T10:00:05.2", NULL, second + 200000, second + 300000);
    assert_parses("2025-12-12T10:00:05.295", NULL, second + 295000, second + 296000);
    assert_parses("2025-12-12T10:00:05.295001", NULL, second + 295001, second + 295002);
    assert_parses("1969-12-31T23:59:59.999999", NULL, -1, 0);
}

static void offsets_shift_to_utc(void **state)
{
    (void)state;
    int64_t minute = utc(2025, 12, 12, 10, 0);
    assert_parses("2025-12-12T10:00Z", "Asia/Tashkent", minute, minute + KURS_MINUTE_US);
    assert_parses("2025-12-12T15:00+05:00", NULL, minute, minute + KURS_MINUTE_US);
    assert_parses("2025-12-12T04:30-05:30", NULL, minute, minute + KURS_MINUTE_US);
    assert_parses("2025-12-13T00:30:00.000000+14:30", NULL, minute, minute + 1);
}

static void without_an_offset_times_are_local(void **state)
{
    (void)state;
    int64_t minute = utc(2025, 12, 12, 5, 0);
    assert_parses("2025-12-12T10:00", "Asia/Tashkent", minute, minute + KURS_MINUTE_US);
    assert_parses("2025-12-12", "Asia/Tashkent", utc(2025, 12, 11, 19, 0), utc(2025, 12, 12, 19, 0));
    assert_parses("2025", "Europe/Berlin", utc(2024, 12, 31, 23, 0), utc(2025, 12, 31, 23, 0));
    assert_parses("2025-07", "Europe/Berlin", utc(2025, 6, 30, 22, 0), utc(2025, 7, 31, 22, 0));
    assert_parses("2025-03-30", "Europe/Berlin", utc(2025, 3, 29, 23, 0), utc(2025, 3, 30, 22, 0));  /* 23 hours */
    assert_parses("2011-12-30", "Pacific/Apia", utc(2011, 12, 30, 10, 0), utc(2011, 12, 30, 10, 0)); /* no such day */
}

static void relative_texts_count_from_now(void **state)
{
    (void)state;
    assert_parses("now", "Asia/Tashkent", NOW, NOW + 1);
    assert_parses("today", NULL, utc(2025, 12, 12, 0, 0), utc(2025, 12, 13, 0, 0));
    assert_parses("today", "Asia/Tashkent", utc(2025, 12, 12, 19, 0), utc(2025, 12, 13, 19, 0));
    assert_parses("-30d", NULL, NOW - 30 * KURS_DAY_US, NOW - 30 * KURS_DAY_US + 1);
    assert_parses("-6w", NULL, NOW - 42 * KURS_DAY_US, NOW - 42 * KURS_DAY_US + 1);
    assert_parses("-3m", NULL, utc(2025, 9, 12, 20, 30) + 295123, utc(2025, 9, 12, 20, 30) + 295124);
    assert_parses("-1y", NULL, utc(2024, 12, 12, 20, 30) + 295123, utc(2024, 12, 12, 20, 30) + 295124);
}

static void the_calendar_ends_cleanly(void **state)
{
    (void)state;
    assert_parses("0001", NULL, KURS_TIME_MIN, utc(2, 1, 1, 0, 0));
    assert_parses("9999", NULL, utc(9999, 1, 1, 0, 0), KURS_TIME_MAX + 1);
    assert_parses("9999-12-31", NULL, utc(9999, 12, 31, 0, 0), KURS_TIME_MAX + 1);
    assert_parses("9999-12-31T23:59:59.999999Z", NULL, KURS_TIME_MAX, KURS_TIME_MAX + 1);
    assert_parses("0001-01-01", "Asia/Tashkent", KURS_TIME_MIN,
                  utc(1, 1, 2, 0, 0) - (4 * 3600 + 37 * 60 + 11) * KURS_SECOND_US); /* local mean time */
    assert_refused("0000", KURS_ERANGE);
    assert_refused("0000-12-31", KURS_ERANGE);
    assert_refused("0001-01-01T00:00+05:00", KURS_ERANGE);
    assert_refused("9999-12-31T23:59-00:01", KURS_ERANGE);
    assert_refused("-3000y", KURS_ERANGE);
}

static void other_texts_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "25",
                                        "202",
                                        "20255",
                                        "10000",
                                        "2025-",
                                        "2025-1",
                                        "2025-13",
                                        "2025-00",
                                        "2025-12-",
                                        "2025-12-1",
                                        "2025-02-29",
                                        "2025-04-31",
                                        "2025-12-00",
                                        "2025/12/12",
                                        "12.12.2025",
                                        "2025-12-12T",
                                        "2025-12-12T10",
                                        "2025-12-12T1:00",
                                        "2025-12-12T24:00",
                                        "2025-12-12T10:60",
                                        "2025-12-12T10:00:60",
                                        "2025-12-12T10:00:00.",
                                        "2025-12-12T10:00:00.1234567",
                                        "2025-12-12T10:00.5",
                                        "2025-12-12T10:00z",
                                        "2025-12-12T10:00ZZ",
                                        "2025-12-12T10:00+5",
                                        "2025-12-12T10:00+05",
                                        "2025-12-12T10:00+0500",
                                        "2025-12-12T10:00+24:00",
                                        "2025-12-12  10:00",
                                        "2025-12-12Z",
                                        " 2025",
                                        "2025 ",
                                        "Now",
                                        "yesterday",
                                        "30d",
                                        "-30",
                                        "-0d",
                                        "--1d",
                                        "-1h",
                                        "-1day",
                                        "-999999999999d"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_refused(texts[i], KURS_EARGUMENT);
    }
}

static void assert_prints(int64_t time_us, enum kurs_kind kind, const char *expected)
{
    char text[KURS_TIME_SIZE];
    assert_int_equal(kurs_time_format(time_us, kind, text), strlen(expected));
    assert_string_equal(text, expected);
}

static void times_print_as_needed(void **state)
{
    (void)state;
    int64_t t = utc(2025, 12, 12, 10, 0);
    assert_prints(t, KURS_DAILY, "2025-12-12");
    assert_prints(t, KURS_INSTANT, "2025-12-12T10:00:00Z");
    assert_prints(t + 295000, KURS_INSTANT, "2025-12-12T10:00:00.295Z");
    assert_prints(t + 295001, KURS_INSTANT, "2025-12-12T10:00:00.295001Z");
    assert_prints(t + 1, KURS_INSTANT, "2025-12-12T10:00:00.000001Z");
    assert_prints(-1, KURS_INSTANT, "1969-12-31T23:59:59.999999Z");
    assert_prints(KURS_TIME_MIN, KURS_INSTANT, "0001-01-01T00:00:00Z");
    assert_prints(KURS_TIME_MAX, KURS_INSTANT, "9999-12-31T23:59:59.999999Z");
    assert_prints(KURS_TIME_MIN, KURS_DAILY, "0001-01-01");
    assert_prints(KURS_TIME_MAX, KURS_DAILY, "9999-12-31");
}

static void printed_times_read_back(void **state)
{
    (void)state;
    for (int64_t t = KURS_TIME_MIN; t < KURS_TIME_MAX - INT64_C(31556952123457); t += INT64_C(31556952123457)) {
        char text[KURS_TIME_SIZE];
        int64_t from_us;
        kurs_time_format(t, KURS_INSTANT, text);
        assert_int_equal(kurs_time_parse(text, NOW, NULL, &from_us, NULL, NULL), KURS_OK);
        assert_int_equal(from_us, t);
    }
}

/* ---- Spans ------------------------------------------------------------------------------------------------- */

static void assert_span(const char *text, bool periods, int32_t count, enum kurs_unit unit)
{
    struct kurs_span span = {0};
    assert_int_equal(kurs_span_parse(text, periods, &span), KURS_OK);
    assert_int_equal(span.count, count);
    assert_int_equal(span.unit, unit);
}

static void spans_of_history_are_days_weeks_months_years(void **state)
{
    (void)state;
    assert_span("30d", false, 30, KURS_DAY);
    assert_span("6w", false, 6, KURS_WEEK);
    assert_span("3m", false, 3, KURS_MONTH);
    assert_span("1y", false, 1, KURS_YEAR);
    assert_span("99999d", false, 99999, KURS_DAY);
}

static void periods_are_words_or_bar_lengths(void **state)
{
    (void)state;
    assert_span("day", true, 1, KURS_DAY);
    assert_span("week", true, 1, KURS_WEEK);
    assert_span("month", true, 1, KURS_MONTH);
    assert_span("quarter", true, 1, KURS_QUARTER);
    assert_span("year", true, 1, KURS_YEAR);
    assert_span("1m", true, 1, KURS_MINUTE);
    assert_span("90m", true, 90, KURS_MINUTE);
    assert_span("1h", true, 1, KURS_HOUR);
    assert_span("24h", true, 24, KURS_HOUR);
    assert_span("1d", true, 1, KURS_DAY);
    assert_span("1w", true, 1, KURS_WEEK);
    assert_span("1y", true, 1, KURS_YEAR);
}

static void other_spans_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool periods;
    } cases[] = {{"", false},
                 {"d", false},
                 {"0d", false},
                 {"01d", false},
                 {"-1d", false},
                 {"1", false},
                 {"1dd", false},
                 {"1D", false},
                 {"1h", false},
                 {"day", false},
                 {" 1d", false},
                 {"100000d", false},
                 {"99999999999d", false},
                 {"", true},
                 {"91m", true},
                 {"25h", true},
                 {"0m", true},
                 {"days", true},
                 {"1s", true},
                 {"Day", true},
                 {"2d", true},
                 {"2w", true},
                 {"2y", true},
                 {"1q", true},
                 {"1M", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_span span = {77, KURS_WEEK};
        assert_int_equal(kurs_span_parse(cases[i].text, cases[i].periods, &span), KURS_EARGUMENT);
        assert_int_equal(span.count, 77);
        assert_int_equal(span.unit, KURS_WEEK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_names_its_whole_unit),
        cmocka_unit_test(offsets_shift_to_utc),
        cmocka_unit_test(without_an_offset_times_are_local),
        cmocka_unit_test(relative_texts_count_from_now),
        cmocka_unit_test(the_calendar_ends_cleanly),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(times_print_as_needed),
        cmocka_unit_test(printed_times_read_back),
        cmocka_unit_test(spans_of_history_are_days_weeks_months_years),
        cmocka_unit_test(periods_are_words_or_bar_lengths),
        cmocka_unit_test(other_spans_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
