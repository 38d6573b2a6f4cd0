/* run.h: running one command: what stands around every run() happens here, once. */
#ifndef KURS_CLI_RUN_H
#define KURS_CLI_RUN_H

#include "cli/cli.h"

/* What the surroundings say; read in main.c only. NULL or 0 where they say nothing. */
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

/* Checks cli->options against cli->command, opens what its flags ask for, runs it, finishes its output. Reports every
 * failure itself and returns the exit status. cli->command and cli->options are set, the rest zeroed; released here. */
int run_command(struct cli *cli, const struct environment *environment);
/* Ends what was printed on stdout without a command (help, the version), in the same way. */
int run_stdout_end(struct cli *cli);

#endif
