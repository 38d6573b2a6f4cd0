/* environment.h: what the program's surroundings say, as values. */
#ifndef KURS_CLI_ENVIRONMENT_H
#define KURS_CLI_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/ioctl.h>

/* NULL or 0 where they say nothing. Texts are the environment's own. */
struct environment {
    const char *store, *data_home, *home; /* KURS_STORE, XDG_DATA_HOME, HOME */
    const char *columns, *temporary;      /* COLUMNS, TMPDIR */
    bool no_color;                        /* NO_COLOR is set and not empty, or TERM is dumb */
    bool multiplexer;                     /* TMUX or STY is set: tmux or screen stands before the terminal */
    bool out_terminal, err_terminal;
    struct winsize window;     /* of stdout, 0 if it is no terminal */
    int64_t (*clock_us)(void); /* microseconds since 1970 */
    int64_t (*clock_ms)(void); /* milliseconds that only go forward */
    char *const *variables;    /* environ */
};

struct environment environment_read(void);

#endif
