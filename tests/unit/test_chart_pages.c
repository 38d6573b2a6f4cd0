/* What a reader could be misled by: lines that start or end apart, weekends, and texts that do not fit. */
#include "chart_fixture.h"

static void rebased_lines_are_100_on_the_first_day_that_all_have(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "LAT/USD", "GAP/USD");
    struct frame frame;
    struct scene scene;
    request.rebase = true;
    load(&request, &frame);
    assert_true(frame.first_us == at("2019-07-15")); /* LAT/USD begins in the hole of GAP/USD */
    assert_false(frame.apart);
    for (size_t i = 0; i < 3; i++) {
        assert_true(frame.series[i].points[0].time_us == frame.first_us);
        assert_true(fabs(frame.series[i].points[0].value - 100) < 1e-9);
    }
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "15 Jul 2019 = 100, to 29 Dec 2023"));
    scene_release(&scene);
}

static void rebased_lines_without_a_common_day_start_at_their_own(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "ODD/USD", "EVE/USD", NULL);
    struct frame frame;
    struct scene scene;
    request.rebase = true;
    load(&request, &frame);
    assert_true(fabs(frame.series[0].points[0].value - 100) < 1e-9);
    assert_true(fabs(frame.series[1].points[0].value - 100) < 1e-9);
    assert_true(frame.series[0].points[0].time_us != frame.series[1].points[0].time_us);
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "= 100"));
    scene_release(&scene);
}

static void rebasing_pairs_of_different_times_is_refused(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "FIR/USD", "SEC/USD", NULL);
    struct scene scene;
    struct kurs_error error = {.status = KURS_OK};
    request.rebase = true;
    assert_int_equal(chart_scene(fixture.snapshot, &request, &scene, &error), KURS_ENODATA);
    assert_string_equal(error.why, "one of the pairs ends before another begins");
    assert_non_null(strstr(error.hint, "--rebase"));
    scene_release(&scene);
}

/* Lines over the plot: only leaders are. */
static double longest_front_line(const struct scene *scene)
{
    double longest = 0;
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct scene_line *line = &scene->lines[i];
        longest = line->front ? fmax(longest, hypot(line->x2 - line->x1, line->y2 - line->y1)) : longest;
    }
    return longest;
}

static void a_line_that_ends_early_is_labelled_where_it_ends(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
    struct scene scene;
    draw(&request, &scene);
    const struct scene_text *label = find(&scene, "OLD/USD, 30 Jun 2021"), *other = find(&scene, "NEW/USD");
    assert_non_null(label);
    assert_non_null(other);
    double end_x = scene_x(&scene.axes[0], (double)at("2021-06-30") / 1e6);
    assert_true(label->x > end_x && label->x < end_x + 20);
    assert_true(label->x + caption_width(label->text, label->font_px, true) < scene.axes[0].right);
    assert_true(other->x > scene.axes[0].right);
    assert_true(longest_front_line(&scene) < 60);
    scene_release(&scene);
}

static void an_early_label_without_room_stands_beside_the_plot_with_its_date(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
    struct scene scene;
    request.width_px = 300;
    request.height_px = 300;
    request.from_us = at("2021-01-01");
    request.until_us = at("2021-10-01");
    draw(&request, &scene);
    const struct scene_text *label = find(&scene, "OLD/USD, 30 Jun 2021");
    assert_non_null(label);
    assert_true(label->x > scene.axes[0].right);
    assert_true(label->x + caption_width(label->text, label->font_px, true) <= scene.width);
    assert_true(longest_front_line(&scene) < 60); /* no leader through the plot */
    scene_release(&scene);
}

static void panels_take_more_columns_where_the_page_is_flat(void **state)
{
    (void)state;
    static const struct {
        double width, height;
        size_t columns;
    } cases[] = {{960, 0, 3}, {480, 0, 1}, {480, 640, 1}, {480, 320, 2}, {640, 240, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", "LAT/USD");
        struct scene scene;
        request.panels = true;
        request.width_px = cases[i].width;
        request.height_px = cases[i].height;
        draw(&request, &scene);
        size_t columns = 1;
        while (columns < scene.axes_count && scene.axes[columns].top == scene.axes[0].top) {
            columns++;
        }
        assert_int_equal(columns, cases[i].columns);
        scene_release(&scene);
    }
}

static void an_intraday_weekday_axis_cuts_the_weekend_of_the_market(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "MIN/USD", NULL, NULL);
    struct frame frame;
    request.weekdays = true;
    load(&request, &frame);
    assert_true(frame.weekend_us == 2 * KURS_HOUR_US);
    double friday = frame_x(&request, &frame, at("2025-10-10T22:00"));
    double sunday = frame_x(&request, &frame, at("2025-10-12T22:00"));
    assert_true(fabs(sunday - friday) < 1e-9);
    assert_true(frame_x(&request, &frame, at("2025-10-12T23:00")) > sunday + 0.04);
    for (size_t i = 1; i < frame.series[0].point_count; i++) {
        assert_false(frame.series[0].points[i].starts);
    }
    frame_release(&frame);
    struct kurs_zone *tokyo = NULL; /* where that market closes at seven on Saturday */
    assert_int_equal(kurs_zone_open("Asia/Tokyo", &tokyo, NULL), KURS_OK);
    request.zone = tokyo;
    load(&request, &frame);
    assert_in_range(-frame.weekend_us / KURS_MINUTE_US, 6 * 60 + 30, 7 * 60);
    friday = frame_x(&request, &frame, at("2025-10-10T22:00"));
    sunday = frame_x(&request, &frame, at("2025-10-12T22:00"));
    assert_true(sunday >= friday && sunday < friday + 0.03);
    frame_release(&frame);
    kurs_zone_close(tokyo);
}

static void percentages_in_panels_share_a_scale_and_rates_do_not(void **state)
{
    (void)state;
    static const struct {
        enum chart_type type;
        bool rebase, shared;
    } cases[] = {{CHART_LINE, false, false},
                 {CHART_LINE, true, true},
                 {CHART_CHANGE, false, true},
                 {CHART_DRAWDOWN, false, true},
                 {CHART_CANDLE, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(cases[i].type, routes, "NEW/USD", "OLD/USD", NULL);
        struct scene scene;
        request.panels = true;
        request.rebase = cases[i].rebase;
        draw(&request, &scene);
        assert_int_equal(scene.axes_count, 2);
        bool same = scene.axes[0].y_low == scene.axes[1].y_low && scene.axes[0].y_high == scene.axes[1].y_high;
        assert_int_equal(same, cases[i].shared);
        assert_int_equal(find(&scene, "scales differ") == NULL, cases[i].shared);
        scene_release(&scene);
    }
}

static void texts_too_long_are_cut_and_keep_the_facts(void **state)
{
    (void)state;
    char text[301];
    memset(text, 'x', 300);
    text[300] = '\0';
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", NULL, NULL);
    struct chart_note mark = {at("2021"), at("2021"), text}, band = {at("2022"), at("2023"), text};
    request.title = request.subtitle = request.source = text;
    request.marks = &mark;
    request.bands = &band;
    request.mark_count = request.band_count = 1;
    for (double width = 320; width <= 1280; width *= 2) {
        struct scene scene;
        request.width_px = width;
        draw(&request, &scene);
        for (size_t i = 0; i < scene.text_count; i++) {
            const struct scene_text *item = &scene.texts[i];
            double wide = caption_width(item->text, item->font_px, item->bold);
            double left = item->align == SCENE_LEFT    ? item->x
                          : item->align == SCENE_RIGHT ? item->x - wide
                                                       : item->x - wide / 2;
            assert_true(left >= 0 && left + wide <= scene.width);
        }
        assert_non_null(find(&scene, "Last observation 29 Dec 2023"));
        assert_non_null(find(&scene, "xx\xE2\x80\xA6"));
        scene_release(&scene);
    }
}

static void marks_and_bands_are_drawn_or_refused_never_dropped(void **state)
{
    (void)state;
    static const struct {
        enum chart_type type;
        bool panels;
        const char *mark, *band;
        size_t texts; /* of each; 0: refused */
    } cases[] = {
        {CHART_LINE, false, "2021-05-05", "2021-07-01", 1},  {CHART_LINE, true, "2021-05-05", "2021-07-01", 2},
        {CHART_LINE, false, "2018-05-05", "2021-07-01", 0},  {CHART_LINE, false, "2021-05-05", "2017-07-01", 0},
        {CHART_CANDLE, true, "2021-05-05", "2021-07-01", 2}, {CHART_HEATMAP, false, "2021-05-05", "2021-07-01", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_route routes[3];
        const char *second = cases[i].type == CHART_HEATMAP ? NULL : "OLD/USD";
        struct chart_request request = request_of(cases[i].type, routes, "NEW/USD", second, NULL);
        int64_t mark_us = at(cases[i].mark), band_us = at(cases[i].band);
        struct chart_note mark = {mark_us, mark_us, "a mark"}, band = {band_us, band_us + 90 * KURS_DAY_US, "a band"};
        struct scene scene;
        struct kurs_error error = {.status = KURS_OK};
        request.panels = cases[i].panels;
        request.marks = &mark;
        request.bands = &band;
        request.mark_count = request.band_count = 1;
        enum kurs_status status = chart_scene(fixture.snapshot, &request, &scene, &error);
        assert_int_equal(status, cases[i].texts > 0 ? KURS_OK : KURS_EARGUMENT);
        size_t marks = 0, bands = 0;
        for (size_t t = 0; t < scene.text_count; t++) {
            marks += strcmp(scene.texts[t].text, "a mark") == 0;
            bands += strcmp(scene.texts[t].text, "a band") == 0;
        }
        assert_true(marks == cases[i].texts && bands == cases[i].texts);
        assert_int_equal(scene.box_count, cases[i].texts); /* the shade of a band */
        scene_release(&scene);
    }
}

/* Whether a vertical line at `x` goes through `y`. */
static bool has_line(const struct scene *scene, double x, double y)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct scene_line *line = &scene->lines[i];
        if (line->x1 == line->x2 && fabs(line->x1 - x) < 0.01 && fmin(line->y1, line->y2) <= y &&
            y <= fmax(line->y1, line->y2)) {
            return true;
        }
    }
    return false;
}

static const struct scene_text *text_of(const struct scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        if (strcmp(scene->texts[i].text, text) == 0) {
            return &scene->texts[i];
        }
    }
    fail();
    return NULL;
}

static void the_line_of_a_mark_reaches_its_text_and_crosses_no_other(void **state)
{
    (void)state;
    enum { MARKS = 5 };
    struct chart_note marks[MARKS] = {{0, 0, "Tariffs announced"},
                                      {0, 0, "Rate decision"},
                                      {0, 0, "Elections held"},
                                      {0, 0, "Budget passed at last"},
                                      {0, 0, "Strike"}};
    static const char *const dates[] = {"2023-02-01", "2023-03-10", "2023-04-20", "2023-12-01", "2023-11-10"};
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", NULL, NULL);
    request.from_us = at("2023");
    request.marks = marks;
    request.mark_count = MARKS;
    for (size_t i = 0; i < MARKS; i++) {
        marks[i].from_us = marks[i].until_us = at(dates[i]);
    }
    for (double width = 400; width <= 1000; width += 100) {
        struct scene scene;
        request.width_px = width;
        draw(&request, &scene);
        for (size_t i = 0; i < MARKS; i++) {
            double x = scene_x(&scene.axes[0], (double)marks[i].from_us / KURS_SECOND_US);
            const struct scene_text *own = text_of(&scene, marks[i].text);
            for (double y = own->y + own->font_px * 0.7; y < scene.axes[0].bottom; y++) {
                assert_true(has_line(&scene, x, y));
            }
            for (size_t k = 0; k < MARKS; k++) {
                const struct scene_text *other = text_of(&scene, marks[k].text);
                double half = caption_width(other->text, other->font_px, false) / 2;
                assert_false(fabs(other->x - x) < half && has_line(&scene, x, other->y));
            }
        }
        scene_release(&scene);
    }
}

/* The right edge of a text if its letters are `wider` than those of the font that was measured. */
static double right_edge(const struct scene_text *text, double wider)
{
    double width = caption_width(text->text, text->font_px, text->bold) * wider;
    return text->align == SCENE_LEFT ? text->x + width : text->align == SCENE_CENTER ? text->x + width / 2 : text->x;
}

static void letters_of_a_stand_in_font_stay_on_the_page(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", "LAT/USD");
    request.title = "A title of some length that nearly fills the whole line of the page, as titles will do at times";
    for (double width = 320; width <= 1600; width += 80) {
        struct scene scene;
        request.width_px = width;
        draw(&request, &scene);
        for (size_t i = 0; i < scene.text_count; i++) {
            assert_true(right_edge(&scene.texts[i], scene.texts[i].bold ? 1.22 : 1.14) <= width);
        }
        scene_release(&scene);
    }
}

static void long_names_are_cut_and_leave_room_for_the_plot(void **state)
{
    (void)state;
    static const char long_name[] = "VERYLONG10/CODE567890@a-source-with-a-long-name";
    for (int panels = 0; panels < 2; panels++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
        struct scene scene;
        strcpy(routes[0].name, long_name); /* what is read is in its leg */
        strcpy(routes[1].name, long_name);
        request.panels = panels == 1;
        request.width_px = 420;
        request.height_px = 320;
        draw(&request, &scene);
        const struct scene_text *label = find(&scene, "VERYLONG10/CODE56");
        assert_non_null(label);
        label = find(&scene, "\xE2\x80\xA6");
        assert_non_null(label);
        assert_true(right_edge(label, 1) <= scene.width);
        assert_true(scene.axes[0].right - scene.axes[0].left > 0.3 * scene.width);
        scene_release(&scene);
    }
}

static void a_font_of_unknown_widths_gets_more_room(void **state)
{
    (void)state;
    static const struct {
        const char *font;
        bool wider;
    } cases[] = {{"Liberation Sans", false}, {"Arial", false}, {"DejaVu Sans", true}, {"No Such Font", true}};
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_LINE, routes, "NEW/USD", "OLD/USD", NULL);
    struct scene usual, scene;
    draw(&request, &usual);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        request.font = cases[i].font;
        draw(&request, &scene);
        assert_int_equal(scene.axes[0].left > usual.axes[0].left, cases[i].wider);
        assert_int_equal(scene.axes[0].right < usual.axes[0].right, cases[i].wider);
        scene_release(&scene);
    }
    scene_release(&usual);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rebased_lines_are_100_on_the_first_day_that_all_have),
        cmocka_unit_test(rebased_lines_without_a_common_day_start_at_their_own),
        cmocka_unit_test(rebasing_pairs_of_different_times_is_refused),
        cmocka_unit_test(a_line_that_ends_early_is_labelled_where_it_ends),
        cmocka_unit_test(an_early_label_without_room_stands_beside_the_plot_with_its_date),
        cmocka_unit_test(panels_take_more_columns_where_the_page_is_flat),
        cmocka_unit_test(an_intraday_weekday_axis_cuts_the_weekend_of_the_market),
        cmocka_unit_test(percentages_in_panels_share_a_scale_and_rates_do_not),
        cmocka_unit_test(texts_too_long_are_cut_and_keep_the_facts),
        cmocka_unit_test(the_line_of_a_mark_reaches_its_text_and_crosses_no_other),
        cmocka_unit_test(marks_and_bands_are_drawn_or_refused_never_dropped),
        cmocka_unit_test(letters_of_a_stand_in_font_stay_on_the_page),
        cmocka_unit_test(long_names_are_cut_and_leave_room_for_the_plot),
        cmocka_unit_test(a_font_of_unknown_widths_gets_more_room),
    };
    return cmocka_run_group_tests(tests, fill_store, drop_store);
}
