/* Scenes drawn by gnuplot: strings stay strings, pictures are the same twice, SVG is fit for a page. */
#include "chart/chart.h"
#include "chart/tidy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path_entry[] = "PATH=/usr/local/bin:/usr/bin:/bin";
static char home_entry[] = "HOME=/nonexistent";
static char *const environment[] = {path_entry, home_entry, NULL};
static const struct run_settings settings = {.environment = environment};

/* Each would run a command, end the string, change the font or break a line if it left its quotes. %s is a file that
 * must not come to be. */
static const char *const hostile[] = {
    "`touch %s`",
    "'.system(\"touch %s\").'",
    "'; system('touch %s'); #",
    "\"; system(\"touch %s\"); \"",
    "''.system(\"touch %s\").''",
    "x\nsystem('touch %s')\n",
    "x\r!touch %s\r\n",
    "@macro $HOME ${HOME} %s",
    "{/Bold=40 x} ^{2} _a &{x} ~a{.8-}",
    "100%% %d %n %s %%n %*d",
    "\\n\\t\\042\\\\ \\",
    "''''",
    "'1'2\"3\"4`5`6@7$8{9}0",
    "\xC3(\xFF\xFE\xED\xA0\x80",
    "</text><script>alert(1)</script><text>",
    "]]><!-- & &amp; \" '",
    "\x01\x02\x1B[31m\x7F",
    ("\xE2\x80\xAE"
     "abc"),
    "END",
    "$plot1 << END",
    "# comment",
};

static void make_scene(struct scene *scene, const char *font)
{
    scene_init(scene, 400, 240, 0xFFFFFF, font);
    scene_box(scene, 40, 40, 100, 100, 0xEEEEEE);
    scene_line(scene, 40, 200, 360, 200, 1, 0x333333, false);
    scene_dot(scene, 360, 100, 3, 0x1F5FA8, 0xFFFFFF);
    scene_axes(scene, &(struct scene_axes) {40, 20, 360, 200, 0, 10, 0, 4, false, 0, 0});
    scene_plot(scene, &(struct scene_plot) {.form = SCENE_PLOT_LINE, .rgb = 0x1F5FA8, .width_px = 2, .dash = ""});
    for (int i = 0; i <= 10; i++) {
        scene_row(scene, &(struct scene_row) {.value = {i, i % 4, 0, 0}, .starts = i == 5});
    }
    scene_plot(scene, &(struct scene_plot) {.form = SCENE_PLOT_BAR, .fill = 0xD2571B, .width_px = 1, .dash = ""});
    scene_row(scene, &(struct scene_row) {.value = {1, 2, 0, 3}});
    scene_plot(scene, &(struct scene_plot) {.form = SCENE_PLOT_AREA, .fill = 0xDDDDDD, .width_px = 1, .dash = ""});
}

static void strings_cannot_leave_their_quotes(void **state)
{
    (void)state;
    char folder[] = "/tmp/kurs-chart-XXXXXX", witness[64];
    assert_non_null(mkdtemp(folder));
    snprintf(witness, sizeof witness, "%s/ran", folder);
    struct scene scene;
    make_scene(&scene, "Liberation Sans");
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        char text[512];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        if (i < 7) {
            snprintf(text, sizeof text, hostile[i], witness);
        } else {
            snprintf(text, sizeof text, "%s", hostile[i]);
        }
#pragma GCC diagnostic pop
        scene_text(&scene, 10, 10 + 10 * (double)i, SCENE_LEFT, 10, i % 2 == 0, 0, text);
    }
    size_t texts = scene.text_count;
    for (int output = CHART_SVG; output <= CHART_PDF; output++) {
        char *bytes = NULL;
        size_t length = 0;
        struct kurs_error error;
        enum kurs_status status =
            chart_render(&scene, (enum chart_output)output, 1, &settings, &bytes, &length, &error);
        if (status != KURS_OK) {
            fail_msg("%s: %s", error.what, error.why);
        }
        if (output == CHART_SVG) {
            size_t found = 0;
            for (const char *at = bytes; (at = strstr(at, "<text>")) != NULL; at++) {
                found++;
            }
            assert_int_equal(found, texts);
            assert_null(strstr(bytes, "<script"));
            assert_null(strstr(bytes, "]]>"));
            assert_non_null(strstr(bytes, "system(\"touch"));
            assert_non_null(strstr(bytes, "{/Bold=40 x} ^{2} _a &amp;{x} ~a{.8-}"));
            assert_non_null(strstr(bytes, "100%% %d %n %s %%n %*d"));
            assert_non_null(strstr(bytes, "\\n\\t\\042\\\\ \\"));
            assert_non_null(strstr(bytes, "'1'2\"3\"4`5`6@7$8{9}0"));
            assert_non_null(strstr(bytes, "@macro $HOME ${HOME} %s"));
        }
        free(bytes);
    }
    scene_release(&scene);
    assert_int_not_equal(access(witness, F_OK), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void the_same_scene_gives_the_same_bytes(void **state)
{
    (void)state;
    struct scene scene;
    make_scene(&scene, "Liberation Sans");
    scene.dated_us = INT64_C(1765497600000000); /* 2025-12-12 */
    scene_text(&scene, 20, 20, SCENE_LEFT, 12, true, 0x111111, "Kyrgyz som");
    for (int output = CHART_SVG; output <= CHART_PDF; output++) {
        char *bytes[2] = {NULL, NULL};
        size_t length[2] = {0, 0};
        for (int i = 0; i < 2; i++) {
            assert_int_equal(chart_render(&scene, (enum chart_output)output, 1, &settings, &bytes[i], &length[i], NULL),
                             KURS_OK);
        }
        assert_int_equal(length[0], length[1]);
        assert_memory_equal(bytes[0], bytes[1], length[0]);
        if (output == CHART_PDF) {
            const char key[] = "/CreationDate (D:20251212000000";
            bool dated = false;
            for (size_t i = 0; i + sizeof key <= length[0] && !dated; i++) {
                dated = memcmp(bytes[0] + i, key, sizeof key - 1) == 0;
            }
            assert_true(dated);
        }
        free(bytes[0]);
        free(bytes[1]);
    }
    scene_release(&scene);
}

static void svg_is_fit_for_a_page(void **state)
{
    (void)state;
    struct scene scene;
    char *bytes = NULL;
    size_t length = 0;
    make_scene(&scene, "My Font");
    snprintf(scene.heading, sizeof scene.heading, "A \"title\" & <more>");
    snprintf(scene.summary, sizeof scene.summary, "EUR/USD: from 1 to 2.");
    scene_text(&scene, 20, 20, SCENE_LEFT, 12, true, 0x111111, "Bold");
    assert_int_equal(chart_render(&scene, CHART_SVG, 1, &settings, &bytes, &length, NULL), KURS_OK);
    assert_int_equal(strncmp(bytes, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\"", 51), 0);
    assert_non_null(strstr(bytes, "role=\"img\" aria-label=\"A &quot;title&quot; &amp; &lt;more&gt;. EUR/USD"));
    assert_non_null(strstr(bytes, "font-family=\"'My Font', 'Liberation Sans', Arial, Helvetica, sans-serif\""));
    assert_non_null(strstr(bytes, "font-weight=\"bold\""));
    assert_null(strstr(bytes, " id="));
    assert_null(strstr(bytes, "href"));
    assert_null(strstr(bytes, "gnuplot"));
    assert_string_equal(bytes + length - 7, "</svg>\n");
    free(bytes);
    scene_release(&scene);
}

/* What kurs chart --script writes is run by hand, without our changes to the SVG. */
static void the_raw_svg_is_bold_where_the_picture_is(void **state)
{
    (void)state;
    struct scene scene;
    char *script = NULL, *raw = NULL;
    size_t length = 0, raw_length = 0;
    const char *const arguments[] = {"gnuplot", "-d", "/dev/stdin", NULL};
    make_scene(&scene, "My Font");
    scene_text(&scene, 20, 20, SCENE_LEFT, 12, true, 0x111111, "Bold");
    scene_text(&scene, 20, 60, SCENE_LEFT, 12, false, 0x111111, "Plain");
    FILE *file = open_memstream(&script, &length);
    assert_non_null(file);
    script_write(&scene, CHART_SVG, 1, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(run_program(&settings, arguments, script, length, &raw, &raw_length, NULL), KURS_OK);
    assert_non_null(strstr(raw, "font-family=\"My Font\" font-weight=\"bold\" font-size=\"12.00\""));
    assert_non_null(strstr(raw, "font-family=\"My Font\" font-size=\"12.00\""));
    free(script);
    free(raw);
    scene_release(&scene);
}

static void gnuplots_own_words_come_with_its_failure(void **state)
{
    (void)state;
    struct scene scene;
    char *bytes = NULL;
    size_t length = 0;
    struct kurs_error error;
    make_scene(&scene, "Liberation Sans");
    scene.plots[0].dash = "no_such_variable";
    assert_int_equal(chart_render(&scene, CHART_SVG, 1, &settings, &bytes, &length, &error), KURS_EIO);
    assert_non_null(strstr(error.why, "undefined variable: no_such_variable"));
    assert_null(bytes);
    scene_release(&scene);
}

static void a_line_cut_in_its_font_is_not_read_on(void **state)
{
    (void)state;
    static const char cut[] = "<svg>\n<g id=\"gnuplot_canvas\">\n<g transform=\"x\" font-family=\"";
    struct scene scene = {.width = 1, .height = 1};
    struct kurs_error error;
    char *raw = malloc(sizeof cut - 1), *bytes = NULL; /* so that a sanitizer sees its end */
    size_t length = 0;
    assert_non_null(raw);
    memcpy(raw, cut, sizeof cut - 1);
    assert_int_equal(tidy_svg(&scene, raw, sizeof cut - 1, &bytes, &length, &error), KURS_EIO);
    assert_null(bytes);
    free(raw);
}

static void plots_and_lists_of_any_length_are_kept(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 400, 240, 0, "x");
    scene_axes(&scene, &(struct scene_axes) {.right = 1});
    scene_plot(&scene, &(struct scene_plot) {.form = SCENE_PLOT_LINE, .dash = ""});
    for (size_t i = 0; i < 5000; i++) {
        scene_row(&scene, &(struct scene_row) {.value = {(double)i, 0, 0, 0}});
    }
    assert_false(scene.failed);
    assert_int_equal(scene.plots[0].row_count, 5000);
    for (size_t i = 0; i < 5000; i++) {
        assert_true(scene.rows[i].value[0] == (double)i);
    }
    for (size_t i = 0; i <= SCENE_ITEMS_MAX; i++) {
        scene_box(&scene, 0, 0, 1, 1, 0);
    }
    assert_true(scene.failed);
    scene_release(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_cannot_leave_their_quotes),
        cmocka_unit_test(the_same_scene_gives_the_same_bytes),
        cmocka_unit_test(svg_is_fit_for_a_page),
        cmocka_unit_test(the_raw_svg_is_bold_where_the_picture_is),
        cmocka_unit_test(gnuplots_own_words_come_with_its_failure),
        cmocka_unit_test(a_line_cut_in_its_font_is_not_read_on),
        cmocka_unit_test(plots_and_lists_of_any_length_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
