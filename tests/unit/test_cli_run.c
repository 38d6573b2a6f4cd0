/* Commands run in surroundings of the test's own: another clock, other programs on PATH. */
#include "cli/commands.h"
#include "cli/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/kurs-test-XXXXXX";

static const char *in_folder(const char *name, char path[64])
{
    snprintf(path, 64, "%s/%s", folder, name);
    return path;
}

static int64_t noon_us(void)
{
    return 1767355200 * KURS_SECOND_US; /* 2026-01-02T12:00:00Z */
}

/* Every look at it finds that two seconds have passed. */
static int64_t seconds_us(void)
{
    static int64_t now_us;
    return now_us = (now_us == 0 ? noon_us() : now_us) + 2 * KURS_SECOND_US;
}

/* Every look at it finds that an hour has passed. */
static int64_t hours_ms(void)
{
    static int64_t now_ms;
    return now_ms += 3600000;
}

/* Runs the command of `line`, words with single blanks; what it says on stderr is left in the file `said`. */
static int run(const struct environment *environment, const char *line)
{
    char path[64], words[256], *argv[16] = {words};
    int argc = 1;
    snprintf(words, sizeof words, "kurs %s", line);
    for (char *blank = strchr(words, ' '); blank != NULL; blank = strchr(blank + 1, ' ')) {
        *blank = '\0';
        argv[argc++] = blank + 1;
    }
    struct cli cli = {.command = NULL};
    int kept = dup(STDERR_FILENO);
    assert_true(kept >= 0);
    assert_non_null(freopen(in_folder("said", path), "w", stderr));
    assert_int_equal(options_parse(argc, argv, &cli.options), PARSE_OK);
    cli.command = command_find(cli.options.arguments[0]);
    int status = run_command(&cli, environment);
    options_release(&cli.options);
    fflush(stderr);
    assert_int_equal(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    close(kept);
    return status;
}

static void read_said(char *text, size_t size)
{
    char path[64];
    FILE *file = fopen(in_folder("said", path), "r");
    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"gnuplot", "said", "s.kurs", "s.kurs-lock"};
    char path[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(in_folder(names[i], path));
    }
    return rmdir(folder);
}

static void a_gnuplot_that_hangs_is_an_error(void **state)
{
    (void)state;
    char path[64], store[64], picture[64], chart[128], variable[80], said[400];
    FILE *file = fopen(in_folder("gnuplot", path), "w");
    assert_non_null(file);
    fputs("#!/bin/sh\nexec /bin/sleep 1000\n", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0700), 0);
    in_folder("s.kurs", store);
    in_folder("a.svg", picture);
    snprintf(variable, sizeof variable, "PATH=%s", folder);
    char *variables[] = {variable, NULL};
    struct environment environment = {
        .store = store, .clock_us = noon_us, .clock_ms = hours_ms, .variables = variables};
    snprintf(chart, sizeof chart, "chart EUR/USD -o %s", picture);
    assert_int_equal(run(&environment, "add EUR/USD 1.1 2025-01-01"), 0);
    assert_int_equal(run(&environment, chart), 4);
    assert_int_equal(access(picture, F_OK), -1);
    read_said(said, sizeof said);
    assert_non_null(strstr(said, "did not end within 60 seconds"));
}

static void the_name_of_a_file_gives_no_orders_in_the_progress_bar(void **state)
{
    (void)state;
    char store[64], path[64], line[128], said[2000];
    FILE *file = fopen(in_folder("a\033]0;b\a.csv", path), "w");
    assert_non_null(file);
    fputs("date,EUR/USD\n2025-02-03,1.1\n2025-02-04,1.2\n", file);
    assert_int_equal(fclose(file), 0);
    struct environment environment = {
        .store = in_folder("s.kurs", store), .clock_us = seconds_us, .clock_ms = hours_ms, .err_terminal = true};
    snprintf(line, sizeof line, "import %s", path);
    assert_int_equal(run(&environment, line), 0);
    assert_int_equal(unlink(path), 0);
    read_said(said, sizeof said);
    assert_non_null(strstr(said, "rows/s"));
    assert_null(strstr(said, "\033]"));
    assert_null(strchr(said, '\a'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gnuplot_that_hangs_is_an_error),
        cmocka_unit_test(the_name_of_a_file_gives_no_orders_in_the_progress_bar),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
