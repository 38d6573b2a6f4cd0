/* environment.c: surroundings to values. The only file that reads clocks, the environment and the size of the terminal:
 * behind it all is repeatable, and a test puts in its own. */
#include "cli/environment.h"

#include "kurs.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char **environ; /* POSIX declares it in no header */

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

static int64_t clock_us(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * KURS_SECOND_US + now.tv_nsec / 1000;
}

static int64_t clock_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct environment environment_read(void)
{
    const char *term = variable("TERM");
    struct environment environment = {
        .store = variable("KURS_STORE"),
        .data_home = variable("XDG_DATA_HOME"),
        .home = variable("HOME"),
        .columns = variable("COLUMNS"),
        .temporary = variable("TMPDIR"),
        .no_color = variable("NO_COLOR") != NULL || (term != NULL && strcmp(term, "dumb") == 0),
        .multiplexer = variable("TMUX") != NULL || variable("STY") != NULL,
        .out_terminal = isatty(STDOUT_FILENO) == 1,
        .err_terminal = isatty(STDERR_FILENO) == 1,
        .clock_us = clock_us,
        .clock_ms = clock_ms,
        .variables = environ,
    };
    if (!environment.out_terminal || ioctl(STDOUT_FILENO, TIOCGWINSZ, &environment.window) != 0) {
        environment.window = (struct winsize) {.ws_col = 0};
    }
    return environment;
}
