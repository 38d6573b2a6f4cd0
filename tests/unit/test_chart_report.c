/* What a report says of series made for it, and the pages it writes. */
#include "chart/report.h"
#include "query_fixture.h"

#include <ctype.h>
#include <math.h>

static char path_entry[] = "PATH=/usr/local/bin:/usr/bin:/bin";
static char *const environment[] = {path_entry, NULL};
static const struct run_settings settings = {.environment = environment};
static const struct kurs_span month = {1, KURS_MONTH}, quarter = {1, KURS_QUARTER}, day = {1, KURS_DAY},
                              week = {1, KURS_WEEK};

/* The numbers of one series without its pictures; release_pair. */
static void gather(struct fixture *fixture, const char *points, struct kurs_span by, struct report_pair *pair)
{
    static struct kurs_route route;
    struct report_request request = {.route_count = 1, .from_us = KURS_TIME_MIN, .until_us = KURS_TIME_MAX};
    struct report report = {.request = &request, .by = by};
    struct kurs_error error;
    fixture_add_text(fixture, "AAA/BBB", KURS_DAILY, points);
    route = fixture_route(fixture, "AAA/BBB");
    *pair = (struct report_pair) {.route = &route};
    assert_int_equal(kurs_stats(fixture->snapshot, &route, KURS_TIME_MIN, KURS_TIME_MAX, NULL, &pair->stats, &error),
                     KURS_OK);
    assert_int_equal(report_facts(fixture->snapshot, &report, pair, &error), KURS_OK);
    assert_int_equal(report_periods(fixture->snapshot, &report, pair, &error), KURS_OK);
}

static void release_pair(struct fixture *fixture, struct report_pair *pair)
{
    free(pair->periods);
    free(pair->grid.cells);
    fixture_close(fixture);
}

static void check_cell(const struct report_pair *pair, int year, size_t column, const char *expected)
{
    const struct report_grid *grid = &pair->grid;
    char text[CAPTION_NUMBER_SIZE];
    assert_true(year >= grid->first_year && year < grid->first_year + (int)grid->years && column <= grid->columns);
    report_cell(&grid->cells[(size_t)(year - grid->first_year) * (grid->columns + 1) + column], 1, text);
    assert_string_equal(text, expected);
}

static void a_period_behind_an_empty_one_has_no_change(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture,
           "2023-11-20 0.8 2023-12-29 1.0 2024-01-31 1.1 2024-02-15 1.21 2024-05-10 2 2024-06-10 1.8 2024-12-01 3 "
           "2025-12-31 6 2026-01-02 9",
           month, &pair);
    assert_int_equal(pair.grid.columns, 12);
    assert_true(pair.holes);
    check_cell(&pair, 2023, 11, "25.0");
    check_cell(&pair, 2024, 0, "10.0");
    check_cell(&pair, 2024, 1, "10.0");
    check_cell(&pair, 2024, 2, ""); /* no rate in March */
    check_cell(&pair, 2024, 4, ""); /* none in April to compare May with */
    check_cell(&pair, 2024, 5,
               "\xE2\x88\x92"
               "10.0");
    check_cell(&pair, 2024, 12, "200"); /* the year is measured by itself, from December */
    check_cell(&pair, 2025, 11, "");
    check_cell(&pair, 2025, 12, "100");
    check_cell(&pair, 2026, 0, "50.0");
    check_cell(&pair, 2026, 12, "50.0");
    release_pair(&fixture, &pair);
}

static void a_year_whose_start_lies_in_a_hole_has_no_change(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture, "2023-01-05 1 2023-02-05 2 2024-03-05 4 2024-04-05 5 2024-12-05 5 2025-01-05 10", month, &pair);
    check_cell(&pair, 2023, 12, "");
    check_cell(&pair, 2024, 12, "");
    check_cell(&pair, 2025, 12, "100");
    release_pair(&fixture, &pair);
}

static void weekends_are_no_holes(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    /* Friday, Monday, then Tuesday of the week after next */
    gather(&fixture, "2025-01-03 1 2025-01-06 1.1 2025-01-21 1.2 2025-01-22 1.5", day, &pair);
    assert_int_equal(pair.period_count, 3);
    assert_true(pair.periods[0].change.known);
    assert_false(pair.periods[1].change.known);
    assert_true(pair.periods[2].change.known);
    assert_true(pair.holes);
    char text[CAPTION_NUMBER_SIZE];
    report_period_percent(&pair.periods[0].change, text);
    assert_string_equal(text, "+10.00%");
    report_period_percent(&pair.periods[1].change, text);
    assert_string_equal(text, "");
    release_pair(&fixture, &pair);
}

static void quarters_make_a_grid_and_weeks_a_list(void **state)
{
    (void)state;
    static const char points[] = "2024-02-01 1 2024-05-01 2 2024-08-01 3 2024-11-01 4 2025-02-01 5";
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture, points, quarter, &pair);
    assert_int_equal(pair.grid.columns, 4);
    check_cell(&pair, 2024, 0, "");
    check_cell(&pair, 2024, 1, "100");
    check_cell(&pair, 2024, 3, "33.3");
    check_cell(&pair, 2025, 0, "25.0");
    assert_string_equal(report_column(&pair.grid, 3), "Q4");
    release_pair(&fixture, &pair);
    fixture_open(&fixture);
    gather(&fixture, points, week, &pair);
    assert_null(pair.grid.cells);
    assert_int_equal(pair.period_count, 0); /* none is known: each stands alone */
    release_pair(&fixture, &pair);
}

static void years_before_the_first_change_are_left_out(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture, "2023-12-29 1.0 2024-01-31 1.1 2025-07-01 2", month, &pair);
    assert_int_equal(pair.grid.first_year, 2024);
    assert_int_equal(pair.grid.years, 1);
    release_pair(&fixture, &pair);
}

static void cells_are_rounded_once_from_exact_ratios(void **state)
{
    (void)state;
    static const struct {
        const char *over, *under, *text;
        int decimals;
    } cases[] = {
        {"1.0025", "1", "0.3", 1},
        {"0.9975", "1",
         "\xE2\x88\x92"
         "0.3",
         1},
        {"1.00249999", "1", "0.2", 1},
        {"0.9999", "1",
         "\xE2\x88\x92"
         "0.0",
         1},
        {"1.00005", "1", "0.01", 2},
        {"1", "1", "0.0", 1},
        {"2", "1", "100", 1},
        {"1.9999", "1", "100.0", 1},
        {"13.5", "1", "1,250", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report_change change = {.known = true,
                                       .ratio = {{rate_of(cases[i].over), {1, 0}}, {rate_of(cases[i].under), {1, 0}}}};
        change.percent = kurs_percent_double(&change.ratio);
        char text[CAPTION_NUMBER_SIZE];
        report_cell(&change, cases[i].decimals, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void windows_are_named_in_words(void **state)
{
    (void)state;
    static const char *const names[][2] = {{"1d", "1 day"},      {"2w", "2 weeks"},   {"1m", "1 month"},
                                           {"11m", "11 months"}, {"10y", "10 years"}, {"ytd", "YTD"},
                                           {"max", "all"}};
    char text[CAPTION_NUMBER_SIZE];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        report_window_name(names[i][0], text);
        assert_string_equal(text, names[i][1]);
    }
}

static const struct report_fact *fact_of(const struct report_pair *pair, const char *name)
{
    for (size_t i = 0; i < pair->fact_count; i++) {
        if (strcmp(pair->facts[i].name, name) == 0) {
            return &pair->facts[i];
        }
    }
    fail_msg("there is no '%s'", name);
    return NULL;
}

static void a_change_a_year_needs_a_year(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture, "2024-01-02 1 2024-12-01 2", month, &pair);
    assert_string_equal(fact_of(&pair, "Change")->value, "+100.0%");
    assert_string_equal(fact_of(&pair, "Change a year")->value, "\xE2\x80\x93");
    assert_string_equal(fact_of(&pair, "Change a year")->when, "under a year");
    release_pair(&fixture, &pair);
    fixture_open(&fixture);
    gather(&fixture, "2024-01-02 1 2024-12-31 2", month, &pair);
    assert_string_equal(fact_of(&pair, "Change a year")->when, "");
    assert_string_equal(fact_of(&pair, "Largest rise")->value, "+100.0%");
    assert_string_equal(fact_of(&pair, "Largest fall")->value, "\xE2\x80\x93"); /* it never fell */
    release_pair(&fixture, &pair);
}

static void of_one_point_only_the_rate_is_said(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture, "2024-01-02 1.50", month, &pair);
    assert_int_equal(pair.fact_count, 1);
    assert_string_equal(fact_of(&pair, "Last")->value, "1.50");
    assert_int_equal(pair.period_count, 0);
    release_pair(&fixture, &pair);
}

static void a_rise_over_a_hole_names_both_closes(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture, "2024-01-02 10 2024-01-03 9 2024-06-03 18 2024-06-04 17", month, &pair);
    assert_string_equal(fact_of(&pair, "Largest rise")->value, "+100.0%");
    assert_string_equal(fact_of(&pair, "Largest rise")->when, "3 Jun 2024, against 3 Jan 2024");
    assert_string_equal(fact_of(&pair, "Largest fall")->when, "3 Jan 2024");
    assert_string_equal(pair.jump, "");
    release_pair(&fixture, &pair);
}

static void a_redenomination_is_warned_of(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_pair pair;
    fixture_open(&fixture);
    gather(&fixture, "2004-12-30 1340000 2004-12-31 1350000 2005-01-03 1.35 2005-01-04 1.36", month, &pair);
    assert_non_null(strstr(pair.jump, "On 3 Jan 2005 the rate falls about 1,000,000-fold."));
    release_pair(&fixture, &pair);
    fixture_open(&fixture);
    gather(&fixture, "2004-12-30 1.0 2005-01-03 19.9 2005-01-04 1.36", month, &pair);
    assert_string_equal(pair.jump, "");
    release_pair(&fixture, &pair);
}

/* ---- pages ---- */

static void gather_report(struct fixture *fixture, const struct report_request *request, struct report *report)
{
    struct kurs_error error;
    enum kurs_status status = report_gather(fixture->snapshot, request, &settings, report, &error);
    if (status != KURS_OK) {
        fail_msg("%s: %s", error.what, error.why);
    }
}

static char *written(const struct report *report, bool html)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    assert_non_null(file);
    if (html) {
        report_html(report, file);
    } else {
        report_md(report, "a b%?<c>:", file);
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(strlen(text), length);
    return text;
}

/* EUR/USD in 2024 and 2025, with a cross and an inverse; routes[3]. */
static struct report_request open_request(struct fixture *fixture, struct kurs_route *routes)
{
    static const char *const windows[] = {"1d", "1y"};
    fixture_open(fixture);
    fixture_add_text(fixture, "EUR/USD", KURS_DAILY,
                     "2024-03-01 1.10 2024-04-01 1.12 2024-05-01 1.11 2025-01-02 1.05 2025-02-03 1.04 2025-03-03 1.08");
    fixture_add_text(fixture, "GBP/USD", KURS_DAILY, "2024-03-01 1.30 2024-04-01 1.31 2025-03-03 1.28");
    routes[0] = fixture_route(fixture, "EUR/USD");
    routes[1] = fixture_route(fixture, "USD/GBP");
    routes[2] = fixture_route(fixture, "EUR/GBP");
    return (struct report_request) {.routes = routes,
                                    .route_count = 3,
                                    .from_us = KURS_TIME_MIN,
                                    .until_us = KURS_TIME_MAX,
                                    .title = "A <b>title</b> & \"more\"",
                                    .intro = "First <i>one</i>.\n\nSecond.",
                                    .source = "made <up>",
                                    .windows = windows,
                                    .window_count = 2,
                                    .by = month};
}

static void a_page_is_without_script_and_the_same_twice(void **state)
{
    (void)state;
    struct fixture fixture;
    struct kurs_route routes[3];
    struct report_request request = open_request(&fixture, routes);
    char *page[2];
    for (int i = 0; i < 2; i++) {
        struct report report;
        gather_report(&fixture, &request, &report);
        page[i] = written(&report, true);
        report_release(&report);
    }
    assert_string_equal(page[0], page[1]);
    static const char *const missing[] = {"<script", "<b>", "<i>", "src=", "url(", "@import", "href=\"h", ">. US"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        assert_null(strstr(page[0], missing[i]));
    }
    static const char *const there[] = {"<p>First &lt;i&gt;one&lt;/i&gt;.</p>\n<p>Second.</p>",
                                        "made &lt;up&gt;",
                                        "derived, inverse of GBP/USD",
                                        "derived via USD from EUR/USD and GBP/USD",
                                        "<a href=\"#eur-usd\">EUR/USD</a>",
                                        "<section id=\"eur-usd\"",
                                        "aria-label=\"EUR/USD. US dollars per euro",
                                        "The rate at the start was more than 7 days old"};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
        if (strstr(page[0], there[i]) == NULL) {
            fail_msg("'%s' is missing", there[i]);
        }
    }
    assert_string_equal(page[0] + strlen(page[0]) - 8, "</html>\n");
    free(page[0]);
    free(page[1]);
    fixture_close(&fixture);
}

static void markdown_escapes_texts_and_links(void **state)
{
    (void)state;
    struct fixture fixture;
    struct kurs_route routes[3];
    struct report_request request = open_request(&fixture, routes);
    struct report report;
    gather_report(&fixture, &request, &report);
    char *page = written(&report, false);
    assert_non_null(strstr(page, "# A \\<b\\>title\\</b\\> & \"more\"\n"));
    assert_non_null(strstr(page, "](a%20b%25%3F%3Cc%3E%3A-drawdown.eur-usd.svg)"));
    assert_non_null(strstr(page, "First <i>one</i>.")); /* the intro is Markdown */
    assert_non_null(strstr(page, "%\\* |"));
    free(page);
    report_release(&report);
    fixture_close(&fixture);
}

static void short_reports_are_by_day(void **state)
{
    (void)state;
    static const struct {
        const char *points;
        enum kurs_unit unit;
    } cases[] = {{"2025-01-01 1 2025-04-03 2", KURS_DAY}, {"2025-01-01 1 2025-04-04 2", KURS_MONTH}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        struct kurs_route routes[3];
        struct report_request request = open_request(&fixture, routes);
        struct report report;
        fixture_add_text(&fixture, "AAA/BBB", KURS_DAILY, cases[i].points);
        routes[0] = fixture_route(&fixture, "AAA/BBB");
        request.route_count = 1;
        request.by = (struct kurs_span) {0, KURS_DAY};
        gather_report(&fixture, &request, &report);
        assert_int_equal(report.by.unit, cases[i].unit);
        report_release(&report);
        fixture_close(&fixture);
    }
}

/* Their names stand apart, though all end at 100; one more, and the page says why there is no chart. */
static void as_many_lines_as_can_be_told_apart_share_a_chart(void **state)
{
    (void)state;
    struct fixture fixture;
    struct kurs_route routes[CHART_LINES_MAX + 1];
    struct report_request request = open_request(&fixture, routes);
    struct report report;
    fixture_add_text(&fixture, "AAA/BBB", KURS_DAILY, "2024-03-01 1");
    for (size_t i = 0; i <= CHART_LINES_MAX; i++) {
        routes[i] = fixture_route(&fixture, "AAA/BBB");
    }
    for (size_t more = 0; more < 2; more++) {
        request.route_count = CHART_LINES_MAX + more;
        gather_report(&fixture, &request, &report);
        assert_int_equal(report.overview.svg == NULL, more);
        assert_int_equal(strstr(report.overview_unit, "There is no chart") != NULL, more);
        report_release(&report);
    }
    fixture_close(&fixture);
}

static void a_date_is_no_midnight_beside_instants(void **state)
{
    (void)state;
    struct fixture fixture;
    struct kurs_route routes[3];
    struct report_request request = open_request(&fixture, routes);
    struct report report;
    fixture_add_text(&fixture, "AAA/BBB", KURS_INSTANT, "2025-01-01T10:00:00Z 1 2025-01-01T11:00:00Z 2");
    routes[1] = fixture_route(&fixture, "AAA/BBB");
    request.route_count = 2;
    gather_report(&fixture, &request, &report);
    assert_string_equal(report.as_of, "3 Mar 2025");
    report_release(&report);
    fixture_close(&fixture);
}

/* Relative luminance of sRGB, by its definition. */
static double luminance(unsigned rgb)
{
    const double weight[3] = {0.0722, 0.7152, 0.2126};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (rgb >> 8 * i & 0xFF) / 255.0;
        sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(unsigned a, unsigned b)
{
    double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

static void texts_stand_out_from_their_ground(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        struct fixture fixture;
        struct kurs_route routes[3];
        struct report_request request = open_request(&fixture, routes);
        struct report report;
        unsigned ground, ink, text, rule, up, down, back, front, count = 0;
        request.route_count = 1;
        request.dark = dark;
        gather_report(&fixture, &request, &report);
        char *page = written(&report, true);
        const char *root = strstr(page, ":root{");
        assert_non_null(root);
        assert_int_equal(sscanf(root, ":root{--ground:#%x;--ink:#%x;--text:#%x;--rule:#%x;--up:#%x;--down:#%x", &ground,
                                &ink, &text, &rule, &up, &down),
                         6);
        assert_true(contrast(ink, ground) >= 4.5 && contrast(text, ground) >= 4.5);
        assert_true(contrast(up, ground) >= 4.5 && contrast(down, ground) >= 4.5);
        for (const char *at = root; (at = strstr(at, "{background:#")) != NULL; at++) {
            if (sscanf(at, "{background:#%x;color:#%x}", &back, &front) == 2) {
                assert_true(contrast(back, front) >= 4.5);
                count++;
            }
        }
        assert_int_equal(count, 20);
        free(page);
        report_release(&report);
        fixture_close(&fixture);
    }
}

/* ---- files ---- */

struct taken {
    char paths[8][64];
    size_t count;
};

static enum kurs_status take(void *context, const char *path, const char *bytes, size_t length,
                             struct kurs_error *error)
{
    (void)error;
    struct taken *taken = context;
    assert_true(taken->count < 8 && length > 0 && bytes[0] == '<');
    snprintf(taken->paths[taken->count++], sizeof taken->paths[0], "%s", path);
    return KURS_OK;
}

static enum kurs_status refuse(void *context, const char *path, const char *bytes, size_t length,
                               struct kurs_error *error)
{
    take(context, path, bytes, length, error);
    return KURS_ENOSPACE;
}

static void no_picture_is_called_as_another(void **state)
{
    (void)state;
    struct fixture fixture;
    struct kurs_route routes[3];
    struct report_request request = open_request(&fixture, routes);
    struct report report;
    struct taken taken = {.count = 0}, refused = {.count = 0};
    struct kurs_error error;
    fixture_add_text(&fixture, "EUR/USD@drawdown", KURS_DAILY, "2024-03-01 1.10 2025-03-01 1.20");
    routes[1] = fixture_route(&fixture, "EUR/USD@drawdown");
    request.route_count = 2;
    gather_report(&fixture, &request, &report);
    assert_int_equal(report_md_pictures(&report, "out/r.md", take, &taken, &error), KURS_OK);
    assert_int_equal(taken.count, 5); /* the overview, two lines, two drawdowns */
    for (size_t i = 0; i < taken.count; i++) {
        assert_memory_equal(taken.paths[i], "out/r-", 6);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(taken.paths[i], taken.paths[k]);
        }
    }
    assert_int_equal(report_md_pictures(&report, "out/r.md", refuse, &refused, &error), KURS_ENOSPACE);
    assert_int_equal(refused.count, 1);
    report_release(&report);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_behind_an_empty_one_has_no_change),
        cmocka_unit_test(a_year_whose_start_lies_in_a_hole_has_no_change),
        cmocka_unit_test(weekends_are_no_holes),
        cmocka_unit_test(quarters_make_a_grid_and_weeks_a_list),
        cmocka_unit_test(years_before_the_first_change_are_left_out),
        cmocka_unit_test(cells_are_rounded_once_from_exact_ratios),
        cmocka_unit_test(windows_are_named_in_words),
        cmocka_unit_test(a_change_a_year_needs_a_year),
        cmocka_unit_test(of_one_point_only_the_rate_is_said),
        cmocka_unit_test(a_rise_over_a_hole_names_both_closes),
        cmocka_unit_test(a_redenomination_is_warned_of),
        cmocka_unit_test(a_page_is_without_script_and_the_same_twice),
        cmocka_unit_test(markdown_escapes_texts_and_links),
        cmocka_unit_test(short_reports_are_by_day),
        cmocka_unit_test(as_many_lines_as_can_be_told_apart_share_a_chart),
        cmocka_unit_test(a_date_is_no_midnight_beside_instants),
        cmocka_unit_test(texts_stand_out_from_their_ground),
        cmocka_unit_test(no_picture_is_called_as_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
