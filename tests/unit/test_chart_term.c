/* Charts of characters: whatever the window, they fit it and say what they must. */
#include "chart/canvas.h"
#include "chart/term.h"
#include "query_fixture.h"

static char path_entry[] = "PATH=/usr/local/bin:/usr/bin:/bin";
static char *const environment[] = {path_entry, NULL};
static const struct run_settings settings = {.environment = environment};

static struct fixture fixture;
static struct kurs_route routes[3];

/* WLK/USD: two years of weekdays, up and down. RED/USD: a fall to a millionth. ONE/USD: a point. */
static int fill_store(void **state)
{
    (void)state;
    static struct kurs_point points[520];
    fixture_open(&fixture);
    for (int i = 0; i < 520; i++) {
        int64_t day = at("2023-01-02") / KURS_DAY_US + i / 5 * 7 + i % 5;
        points[i] = (struct kurs_point) {day * KURS_DAY_US, {110000 + (i * 7919) % 997 + 20 * i, -5}};
    }
    fixture_add(&fixture, "WLK/USD", KURS_DAILY, points, 520);
    fixture_add_text(&fixture, "RED/USD", KURS_DAILY,
                     "2023-01-02 1234567.5 2023-06-01 1334567.5 2023-06-02 1.3345 2024-02-01 1.25");
    fixture_add_text(&fixture, "ONE/USD", KURS_DAILY, "2023-05-05 3.14");
    routes[0] = fixture_route(&fixture, "WLK/USD");
    routes[1] = fixture_route(&fixture, "RED/USD");
    routes[2] = fixture_route(&fixture, "ONE/USD");
    return 0;
}

static int close_store(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static struct chart_request request_of(enum chart_type type, size_t first, size_t count)
{
    return (struct chart_request) {.type = type,
                                   .routes = routes + first,
                                   .route_count = count,
                                   .from_us = KURS_TIME_MIN,
                                   .until_us = KURS_TIME_MAX};
}

static char *draw(const struct chart_request *request, unsigned columns, unsigned rows, bool color)
{
    char *text = NULL;
    size_t length = 0;
    struct kurs_error error;
    enum kurs_status status = chart_terminal(fixture.snapshot, request, &(struct term_window) {columns, rows, color},
                                             &settings, &text, &length, &error);
    if (status != KURS_OK) {
        fail_msg("%u x %u: %s: %s", columns, rows, error.what, error.why);
    }
    assert_int_equal(strlen(text), length);
    return text;
}

/* The widest line, escape sequences left out, and how many there are. */
static void measure(const char *text, unsigned *widest, unsigned *lines)
{
    unsigned width = 0;
    *widest = *lines = 0;
    for (; *text != '\0'; text++) {
        if (*text == '\033') {
            text = strchr(text, 'm');
            assert_non_null(text);
        } else if (*text == '\n') {
            *widest = width > *widest ? width : *widest;
            width = 0;
            ++*lines;
        } else {
            width += ((unsigned char)*text & 0xC0) != 0x80;
        }
    }
}

static void check_fits(enum chart_type type, size_t first, size_t count, const char *last)
{
    static const unsigned sizes[][2] = {{56, 16}, {60, 20}, {80, 24}, {120, 40}, {200, 50}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes * 2; i++) {
        const unsigned *size = sizes[i / 2];
        struct chart_request request = request_of(type, first, count);
        unsigned widest, lines;
        char *text = draw(&request, size[0], size[1], i % 2);
        measure(text, &widest, &lines);
        if (widest > size[0] || lines + 1 > size[1] || lines + 3 < size[1] || strstr(text, last) == NULL) {
            fail_msg("%u x %u: %u wide, %u lines:\n%s", size[0], size[1], widest, lines, text);
        }
        assert_int_equal(strstr(text, "\033[") != NULL, i % 2);
        free(text);
    }
}

static void charts_fill_their_window_and_no_more(void **state)
{
    (void)state;
    check_fits(CHART_LINE, 0, 1, "1.2071 +9.7%");
    check_fits(CHART_LINE, 0, 2, "WLK/USD +9.7%");
    check_fits(CHART_LINE, 2, 1, "3.14");
    check_fits(CHART_DRAWDOWN, 0, 1, "%");
    check_fits(CHART_BAND, 0, 1, "1.2071 +9.7%");
    check_fits(CHART_CANDLE, 0, 1, "1.2071 +9.7%");
    check_fits(CHART_CHANGE, 0, 1, "%");
}

static void months_stand_in_rows_of_years(void **state)
{
    (void)state;
    static const unsigned columns[] = {56, 80, 120};
    for (size_t i = 0; i < sizeof columns / sizeof *columns * 2; i++) {
        struct chart_request request = request_of(CHART_HEATMAP, 0, 1);
        unsigned widest, lines;
        char *text = draw(&request, columns[i / 2], 24, i % 2);
        measure(text, &widest, &lines);
        assert_true(widest <= columns[i / 2]);
        assert_non_null(strstr(text, "\n2023"));
        assert_non_null(strstr(text, "\n2024"));
        assert_int_equal(strstr(text, "Year") != NULL, columns[i / 2] >= 80);
        free(text);
    }
}

static void panels_stand_below_each_other(void **state)
{
    (void)state;
    struct chart_request request = request_of(CHART_LINE, 0, 3);
    request.panels = true;
    char *text = draw(&request, 80, 40, false);
    const char *walk = strstr(text, "WLK/USD"), *red = strstr(text, "RED/USD"), *one = strstr(text, "ONE/USD");
    assert_true(walk != NULL && red != NULL && one != NULL && walk < red && red < one);
    free(text);
}

static void what_does_not_fit_is_said(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    struct kurs_error error;
    const struct term_window window = {80, 24, true};
    struct chart_request request = request_of(CHART_CANDLE, 0, 1);
    request.every = (struct kurs_span) {1, KURS_WEEK};
    assert_int_equal(chart_terminal(fixture.snapshot, &request, &window, &settings, &text, &length, &error),
                     KURS_ELIMIT);
    assert_string_equal(error.why, "104 bars in 62 columns");
    request = request_of(CHART_CANDLE, 0, 2);
    assert_int_equal(chart_terminal(fixture.snapshot, &request, &window, &settings, &text, &length, &error),
                     KURS_ELIMIT);
    assert_non_null(strstr(error.hint, "--panels"));
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(charts_fill_their_window_and_no_more),
        cmocka_unit_test(months_stand_in_rows_of_years),
        cmocka_unit_test(panels_stand_below_each_other),
        cmocka_unit_test(what_does_not_fit_is_said),
    };
    return cmocka_run_group_tests(tests, fill_store, close_store);
}
