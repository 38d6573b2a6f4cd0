/* main.c: the program's entry: surroundings to values, argv to a command. The only file that reads clocks, the
 * environment and the size of the terminal. */
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/run.h"
#include "cli/suggest.h"

#include <fcntl.h>
#include <signal.h>
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

static struct environment read_environment(void)
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

static enum kurs_status unknown_option(struct cli *cli)
{
    const char *given = cli->options.culprit;
    struct suggestion suggestion = {.word = given[1] == '-' ? given + 2 : ""};
    for (int i = OPT_END + 1; i < OPT_COUNT; i++) {
        if (cli->command == NULL || command_takes(cli->command, (enum option)i)) {
            suggest_offer(&suggestion, OPTIONS[i].name);
        }
    }
    cli_what(cli, KURS_EARGUMENT, "cannot use option '%s'", given);
    if (cli->command != NULL) {
        cli_why(cli, KURS_EARGUMENT, "'kurs %s' has no such option", cli->command->name);
    } else {
        cli_why(cli, KURS_EARGUMENT, "no command of kurs has such an option");
    }
    if (suggestion.best != NULL) {
        return cli_hint(cli, KURS_EARGUMENT, "did you mean '--%s'?", suggestion.best);
    }
    return cli_hint(cli, KURS_EARGUMENT, "'kurs %s --help' lists the ones it has",
                    cli->command != NULL ? cli->command->name : "COMMAND");
}

static enum kurs_status explain_fault(struct cli *cli, enum parse_fault fault)
{
    switch (fault) {
    case PARSE_UNKNOWN:
        return unknown_option(cli);
    case PARSE_NO_VALUE:
        cli_what(cli, KURS_EARGUMENT, "cannot use option '%s'", cli->options.culprit);
        return cli_why(cli, KURS_EARGUMENT, "its value is missing");
    case PARSE_SURPLUS:
        cli_what(cli, KURS_EARGUMENT, "cannot use option '%s'", cli->options.culprit);
        return cli_why(cli, KURS_EARGUMENT, "it takes no value");
    case PARSE_NO_MEMORY:
    case PARSE_OK:
        break;
    }
    return cli_what(cli, KURS_ENOMEM, "cannot read the command line");
}

/* Dispatches: -h and --version first, then the command. Returns the exit status. */
static int dispatch(struct cli *cli, enum parse_fault fault, const struct environment *environment)
{
    const char *name = cli->options.argument_count > 0 ? cli->options.arguments[0] : NULL;
    cli->command = name != NULL ? command_find(name) : NULL;
    if (fault != PARSE_OK) {
        explain_fault(cli, fault);
    } else if (option_given(&cli->options, OPT_VERSION)) {
        printf("kurs %s\n", KURS_VERSION);
        return run_stdout_end(cli);
    } else if (option_given(&cli->options, OPT_HELP) && (cli->command != NULL || name == NULL)) {
        cli->command != NULL ? help_command(stdout, cli->command) : help_overview(stdout);
        return run_stdout_end(cli);
    } else if (cli->command != NULL) {
        return run_command(cli, environment);
    } else if (name == NULL) {
        help_overview(stderr);
        return kurs_status_exit(KURS_EARGUMENT);
    } else {
        command_unknown(cli, "run", name);
    }
    cli_report(cli);
    return cli->exit_status;
}

/* The number of a standard stream that is closed would go to the next file opened, the store, and talk into that. It is
 * taken by one that cannot be read, or written, either. */
static bool hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        int useless = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", useless) != fd) {
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    if (!hold_standard_streams()) {
        return kurs_status_exit(KURS_EIO); /* with nowhere to say it */
    }
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, met where it happens; so is a file too large */
    signal(SIGXFSZ, SIG_IGN);
    struct environment environment = read_environment();
    struct cli cli = {0};
    enum parse_fault fault = options_parse(argc, argv, &cli.options);
    int exit_status = dispatch(&cli, fault, &environment);
    options_release(&cli.options);
    return exit_status;
}
