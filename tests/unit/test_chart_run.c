/* Running a program: what it says, how it ends, and that nothing is left of it. */
#include "chart/run.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

static char path_entry[] = "PATH=/usr/local/bin:/usr/bin:/bin";
static char *const environment[] = {path_entry, NULL};

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum kurs_status run_sh(const char *script, const char *input, size_t input_bytes, int seconds, char **output,
                               size_t *length, struct kurs_error *error)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    struct run_settings settings = {
        .program = "/bin/sh", .environment = environment, .seconds = seconds, .clock_ms = clock_ms};
    return run_program(&settings, arguments, input, input_bytes, output, length, error);
}

static size_t open_descriptors(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return count;
}

static void large_input_and_output_do_not_deadlock(void **state)
{
    (void)state;
    size_t size = 4u << 20, length = 0;
    char *input = malloc(size), *output = NULL;
    assert_non_null(input);
    memset(input, 'x', size);
    assert_int_equal(run_sh("cat; cat >&2 /dev/null", input, size, 0, &output, &length, NULL), KURS_OK);
    assert_int_equal(length, size);
    assert_memory_equal(output, input, size);
    free(output);
    /* much on stderr before anything is read */
    assert_int_equal(run_sh("head -c 300000 /dev/zero >&2; cat", input, size, 0, &output, &length, NULL), KURS_OK);
    assert_int_equal(length, size);
    free(output);
    free(input);
}

static void a_failure_comes_with_the_programs_own_words(void **state)
{
    (void)state;
    char *output = NULL;
    size_t length = 0;
    struct kurs_error error;
    assert_int_equal(run_sh("echo 'line 3: no such terminal' >&2; exit 1", "", 0, 0, &output, &length, &error),
                     KURS_EIO);
    assert_non_null(strstr(error.why, "line 3: no such terminal"));
    assert_int_equal(run_sh("kill -9 $$", "", 0, 0, &output, &length, &error), KURS_EIO);
    assert_non_null(strstr(error.why, "signal 9"));
    assert_int_equal(run_sh("exit 0", "", 0, 0, &output, &length, &error), KURS_EIO);
    assert_non_null(strstr(error.why, "no picture"));
    assert_null(output);
}

static void a_program_that_is_not_there_is_named_with_how_to_get_it(void **state)
{
    (void)state;
    const char *const arguments[] = {"gnuplot", NULL};
    struct run_settings settings = {.program = "/nonexistent/gnuplot", .environment = environment};
    char *output = NULL;
    size_t length = 0;
    struct kurs_error error;
    assert_int_equal(run_program(&settings, arguments, "", 0, &output, &length, &error), KURS_EIO);
    assert_non_null(strstr(error.why, "/nonexistent/gnuplot"));
    assert_non_null(strstr(error.hint, "install"));
}

static void a_hanging_program_is_killed_with_its_children(void **state)
{
    (void)state;
    char *output = NULL;
    size_t length = 0;
    struct kurs_error error;
    assert_int_equal(run_sh("sleep 100 & sleep 100", "", 0, 1, &output, &length, &error), KURS_EIO);
    assert_non_null(strstr(error.why, "within 1 seconds"));
    assert_true(waitpid(-1, NULL, WNOHANG) < 0); /* no child is left to wait for */
}

static void a_program_that_does_not_read_is_no_signal_to_us(void **state)
{
    (void)state;
    size_t size = 4u << 20, length = 0;
    char *input = calloc(1, size), *output = NULL;
    assert_non_null(input);
    assert_int_equal(run_sh("exec <&-; echo done", input, size, 0, &output, &length, NULL), KURS_OK);
    assert_string_equal(output, "done\n");
    free(output);
    free(input);
}

static void no_descriptor_is_left_open(void **state)
{
    (void)state;
    size_t before = open_descriptors(), length = 0;
    char *output = NULL;
    struct kurs_error error;
    assert_int_equal(run_sh("echo x", "", 0, 0, &output, &length, &error), KURS_OK);
    free(output);
    assert_int_equal(run_sh("exit 3", "", 0, 0, &output, &length, &error), KURS_EIO);
    assert_int_equal(open_descriptors(), before);
}

static void a_started_program_waits_for_its_input(void **state)
{
    (void)state;
    const char *const arguments[] = {"cat", NULL};
    struct run_settings settings = {.program = "cat", .environment = environment};
    struct run run;
    char *output = NULL;
    size_t length = 0;
    assert_int_equal(run_start(&settings, arguments, &run, NULL), KURS_OK);
    assert_int_equal(run_finish(&settings, &run, "late", 4, &output, &length, NULL), KURS_OK);
    assert_string_equal(output, "late");
    free(output);
}

static void a_cancelled_program_leaves_nothing(void **state)
{
    (void)state;
    size_t before = open_descriptors();
    const char *const arguments[] = {"sleep", "1000", NULL};
    struct run_settings settings = {.program = "sleep", .environment = environment};
    struct run run;
    assert_int_equal(run_start(&settings, arguments, &run, NULL), KURS_OK);
    run_cancel(&run);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left, not even an ended one */
    assert_int_equal(open_descriptors(), before);
}

static void the_environment_is_ours(void **state)
{
    (void)state;
    static char secret[] = "SECRET=1", gnuterm[] = "GNUTERM=x11";
    char *const own[] = {path_entry, secret, gnuterm, NULL};
    const char *const arguments[] = {"env", NULL};
    struct run_settings settings = {.program = "env", .environment = own};
    char *output = NULL;
    size_t length = 0;
    assert_int_equal(run_program(&settings, arguments, "", 0, &output, &length, NULL), KURS_OK);
    assert_null(strstr(output, "SECRET"));
    assert_null(strstr(output, "GNUTERM"));
    assert_non_null(strstr(output, "LC_ALL=C.UTF-8"));
    free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_input_and_output_do_not_deadlock),
        cmocka_unit_test(a_failure_comes_with_the_programs_own_words),
        cmocka_unit_test(a_program_that_is_not_there_is_named_with_how_to_get_it),
        cmocka_unit_test(a_hanging_program_is_killed_with_its_children),
        cmocka_unit_test(a_program_that_does_not_read_is_no_signal_to_us),
        cmocka_unit_test(no_descriptor_is_left_open),
        cmocka_unit_test(a_started_program_waits_for_its_input),
        cmocka_unit_test(a_cancelled_program_leaves_nothing),
        cmocka_unit_test(the_environment_is_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
