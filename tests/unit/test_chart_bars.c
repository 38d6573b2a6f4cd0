/* Bars, candles and heat maps: which periods have one, and whether they can be read. */
#include "chart_fixture.h"

static void a_change_on_an_empty_period_has_no_bar_and_the_note_says_so(void **state)
{
    (void)state;
    static const char *const months[] = {"2020-02", "2020-03", "2022-08", "2022-09", "2023-02", "2023-03"};
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CHANGE, routes, "HOL/USD", NULL, NULL);
    struct frame frame;
    struct scene scene;
    request.every = (struct kurs_span) {1, KURS_MONTH};
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 6);
    assert_int_equal(frame.series[0].left_out, 2);
    for (size_t i = 0; i < 6; i++) {
        assert_true(frame.series[0].bars[i].from_us == at(months[i]));
    }
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "No bar where the month before has no rate"));
    scene_release(&scene);
    request.from_us = at("2023-02-01"); /* the close before the range counts */
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 2);
    assert_int_equal(frame.series[0].left_out, 0);
    frame_release(&frame);
    draw(&request, &scene);
    assert_null(find(&scene, "No bar"));
    scene_release(&scene);
}

static void a_year_of_the_heat_map_is_a_change_on_the_year_before(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_HEATMAP, routes, "HOL/USD", NULL, NULL);
    struct frame frame;
    struct scene scene;
    struct kurs_change change;
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 6);
    assert_int_equal(frame.series[0].year_count, 1);
    assert_true(frame.series[0].years[0].from_us == at("2023"));
    assert_int_equal(frame.series[0].left_out, 3); /* two months and 2022 */
    assert_int_equal(kurs_change_range(fixture.snapshot, &routes[0], at("2023"), KURS_TIME_MAX, &change, NULL),
                     KURS_OK);
    assert_true(fabs(frame.series[0].years[0].percent - kurs_percent_double(&change.ratio)) < 1e-9);
    frame_release(&frame);
    draw(&request, &scene);
    assert_non_null(find(&scene, "Blank: no rate in the month or year before"));
    scene_release(&scene);
    request = request_of(CHART_HEATMAP, routes, "NEW/USD", NULL, NULL);
    draw(&request, &scene);
    assert_null(find(&scene, "Blank"));
    scene_release(&scene);
}

static void the_first_period_is_a_whole_one_wherever_the_range_begins(void **state)
{
    (void)state;
    static const enum chart_type types[] = {CHART_CHANGE, CHART_CANDLE};
    for (size_t i = 0; i < 2; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(types[i], routes, "NEW/USD", NULL, NULL);
        struct frame whole, within;
        request.every = (struct kurs_span) {1, KURS_MONTH};
        request.from_us = at("2023-05-01");
        load(&request, &whole);
        request.from_us = at("2023-05-17");
        load(&request, &within);
        assert_int_equal(whole.series[0].bar_count, 8);
        assert_int_equal(within.series[0].bar_count, 8);
        assert_memory_equal(whole.series[0].bars, within.series[0].bars, sizeof whole.series[0].bars[0]);
        frame_release(&whole);
        frame_release(&within);
    }
}

static void a_monday_changes_on_the_friday_before(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CHANGE, routes, "NEW/USD", NULL, NULL);
    struct frame frame;
    request.every = (struct kurs_span) {1, KURS_DAY};
    request.from_us = at("2023-05-01");
    request.until_us = at("2023-06-01");
    load(&request, &frame);
    assert_int_equal(frame.series[0].bar_count, 23); /* the weekdays of May */
    assert_int_equal(frame.series[0].left_out, 0);
    frame_release(&frame);
}

static void values_of_bars_stand_clear_of_bar_and_axis(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CHANGE, routes, "NEW/USD", NULL, NULL);
    struct frame frame;
    request.every = (struct kurs_span) {1, KURS_QUARTER};
    load(&request, &frame);
    for (double height = 240; height <= 960; height += 60) {
        struct scene scene;
        request.height_px = height;
        draw(&request, &scene);
        const struct scene_axes *axes = &scene.axes[0];
        for (size_t i = 0; i < frame.series[0].bar_count; i++) {
            double percent = frame.series[0].bars[i].percent;
            const struct scene_text *label = &scene.texts[scene.text_count - frame.series[0].bar_count + i];
            char value[CAPTION_NUMBER_SIZE];
            caption_percent(percent, value);
            assert_string_equal(label->text, value);
            double end = scene_y(axes, percent), half = label->font_px / 2;
            assert_true(percent < 0 ? label->y - half >= end : label->y + half <= end);
            assert_true(label->y - half >= axes->top - 1 && label->y + half <= axes->bottom + 1);
        }
        scene_release(&scene);
    }
    frame_release(&frame);
}

static void of_many_bars_the_last_has_its_value_beside_it(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CHANGE, routes, "NEW/USD", NULL, NULL);
    struct frame frame;
    struct scene scene;
    char value[CAPTION_NUMBER_SIZE];
    request.every = (struct kurs_span) {1, KURS_MONTH};
    load(&request, &frame);
    double percent = frame.series[0].bars[frame.series[0].bar_count - 1].percent;
    caption_percent(percent, value);
    frame_release(&frame);
    draw(&request, &scene);
    const struct scene_text *label = find(&scene, value);
    assert_non_null(label);
    assert_true(label->x > scene.axes[0].right);
    assert_true(fabs(label->y - scene_y(&scene.axes[0], percent)) < 1);
    scene_release(&scene);
}

static void bars_that_run_together_are_refused_with_the_period_that_fits(void **state)
{
    (void)state;
    static const enum chart_type types[] = {CHART_CANDLE, CHART_CHANGE};
    for (size_t i = 0; i < 2; i++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(types[i], routes, "MIN/USD", NULL, NULL);
        struct scene scene;
        struct kurs_error error = {.status = KURS_OK};
        request.every = (struct kurs_span) {30, KURS_MINUTE};
        assert_int_equal(chart_scene(fixture.snapshot, &request, &scene, &error), KURS_ELIMIT);
        assert_non_null(strstr(error.hint, "choose --every 4h or longer"));
        scene_release(&scene);
        request.every = (struct kurs_span) {4, KURS_HOUR};
        draw(&request, &scene);
        scene_release(&scene);
        request.every.count = 0; /* what is chosen for the range always fits */
        for (double width = 240; width <= 1600; width += 170) {
            request.width_px = width;
            draw(&request, &scene);
            scene_release(&scene);
        }
    }
}

static void the_ticks_of_bars_are_those_of_their_axis(void **state)
{
    (void)state;
    static const enum chart_type types[] = {CHART_CHANGE, CHART_CANDLE};
    for (size_t t = 0; t < 2; t++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(types[t], routes, "HOL/USD", NULL, NULL);
        struct scene scene;
        request.every = (struct kurs_span) {1, KURS_MONTH};
        request.until_us = at("2023-01-01"); /* the last bar is September 2022: October has no tick */
        for (double width = 320; width <= 1600; width += 160) {
            request.width_px = width;
            draw(&request, &scene);
            const struct scene_axes *axes = &scene.axes[0];
            size_t ticks = 0;
            for (size_t i = 0; i < scene.line_count; i++) {
                const struct scene_line *line = &scene.lines[i];
                if (line->x1 == line->x2 && line->y1 == axes->bottom) {
                    assert_true(line->x1 >= axes->left - 0.01 && line->x1 <= axes->right + 0.01);
                    ticks++;
                }
            }
            assert_true(ticks >= 2);
            scene_release(&scene);
        }
    }
}

static void no_candle_of_a_weekday_axis_is_without_width(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "Asia/Tokyo", "America/New_York"};
    for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
        struct kurs_route routes[3];
        struct chart_request request = request_of(CHART_CANDLE, routes, "MIN/USD", NULL, NULL);
        struct frame frame;
        struct kurs_zone *zone = NULL;
        assert_int_equal(kurs_zone_open(zones[z], &zone, NULL), KURS_OK);
        request.zone = zone;
        request.weekdays = true;
        request.every = (struct kurs_span) {4, KURS_HOUR};
        load(&request, &frame);
        for (size_t i = 0; i < frame.series[0].bar_count; i++) {
            const struct frame_bar *bar = &frame.series[0].bars[i];
            double hours = (frame_x(&request, &frame, bar->until_us) - frame_x(&request, &frame, bar->from_us)) * 24;
            assert_true(hours > 0.4);
        }
        frame_release(&frame);
        kurs_zone_close(zone);
    }
}

static void a_candle_needs_two_rates(void **state)
{
    (void)state;
    struct kurs_route routes[3];
    struct chart_request request = request_of(CHART_CANDLE, routes, "NEW/USD", NULL, NULL);
    struct frame frame;
    struct kurs_error error = {.status = KURS_OK};
    request.from_us = at("2023-10-01");
    request.every = (struct kurs_span) {1, KURS_DAY};
    assert_int_equal(frame_load(fixture.snapshot, &request, 800, &frame, &error), KURS_EARGUMENT);
    assert_non_null(strstr(error.hint, "--every"));
    frame_release(&frame);
    request.every.count = 0;
    load(&request, &frame);
    assert_int_equal(frame.every.unit, KURS_WEEK);
    frame_release(&frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_on_an_empty_period_has_no_bar_and_the_note_says_so),
        cmocka_unit_test(a_year_of_the_heat_map_is_a_change_on_the_year_before),
        cmocka_unit_test(the_first_period_is_a_whole_one_wherever_the_range_begins),
        cmocka_unit_test(a_monday_changes_on_the_friday_before),
        cmocka_unit_test(values_of_bars_stand_clear_of_bar_and_axis),
        cmocka_unit_test(of_many_bars_the_last_has_its_value_beside_it),
        cmocka_unit_test(bars_that_run_together_are_refused_with_the_period_that_fits),
        cmocka_unit_test(the_ticks_of_bars_are_those_of_their_axis),
        cmocka_unit_test(no_candle_of_a_weekday_axis_is_without_width),
        cmocka_unit_test(a_candle_needs_two_rates),
    };
    return cmocka_run_group_tests(tests, fill_store, drop_store);
}
