/* run.c: what stands around every command: checks of options and arguments, the options that mean the same everywhere,
 * store and snapshot, the output file, and in the end the error line, the check that all was written, and the exit
 * status. Knows no command by name.
 *
 * -o FILE is written beside FILE and renamed, so that a reader never sees half of it. A closed pipe on stdout ends the
 * program quietly, as a pipe's reader expects. */
#include "cli/run.h"
#include "cli/commands.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE    4096 /* PATH_MAX on Linux; longer ones are refused */
#define DECIMALS_MAX 18   /* KURS_PERCENT_DECIMALS_MAX, and the digits of a rate */

_Static_assert(DECIMALS_MAX == KURS_PERCENT_DECIMALS_MAX, "one limit for --decimals");

/* Paths that live as long as the command. */
struct paths {
    char store[PATH_SIZE];
    char temporary[PATH_SIZE]; /* "" while there is none */
    const char *output;        /* -o, or NULL */
};

static enum kurs_status check_options(struct cli *cli)
{
    const struct command *command = cli->command;
    for (size_t i = 0; i < cli->options.given_count; i++) {
        enum option option = cli->options.given[i].option;
        if (!command_takes(command, option)) {
            cli_what(cli, KURS_EARGUMENT, "cannot use option '--%s'", OPTIONS[option].name);
            cli_why(cli, KURS_EARGUMENT, "'kurs %s' has no such option", command->name);
            return cli_hint(cli, KURS_EARGUMENT, "kurs %s --help lists the ones it has", command->name);
        }
    }
    size_t count = cli->argument_count;
    if (count < command->arguments_min || count > command->arguments_max) {
        cli_what(cli, KURS_EARGUMENT, "cannot run '%s'", command->name);
        if (count < command->arguments_min) {
            cli_why(cli, KURS_EARGUMENT, "an argument is missing");
        } else {
            cli_why(cli, KURS_EARGUMENT, "argument '%s' is one too many", cli->arguments[command->arguments_max]);
        }
        return cli_hint(cli, KURS_EARGUMENT, "usage: kurs %s [options] %s", command->name, command->arguments);
    }
    return KURS_OK;
}

/* A whole number 0 .. max. */
static bool parse_whole(const char *text, unsigned max, unsigned *number)
{
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || value > max) {
        return false;
    }
    *number = (unsigned)value;
    return true;
}

static enum kurs_status bad_value(struct cli *cli, enum option option, const char *wanted)
{
    cli_what(cli, KURS_EARGUMENT, "cannot use --%s '%s'", OPTIONS[option].name, option_text(&cli->options, option));
    return cli_why(cli, KURS_EARGUMENT, "it must be %s", wanted);
}

static enum kurs_status read_style(struct cli *cli, const struct environment *environment)
{
    const char *format = option_text(&cli->options, OPT_FORMAT);
    if (format != NULL && !(cli->command->flags & COMMAND_OWN_FORMAT)) {
        return bad_value(cli, OPT_FORMAT, "table, csv, json or markdown");
    }
    const char *decimals = option_text(&cli->options, OPT_DECIMALS);
    unsigned number = 0;
    if (decimals != NULL && !parse_whole(decimals, DECIMALS_MAX, &number)) {
        return bad_value(cli, OPT_DECIMALS, "a whole number from 0 to 18");
    }
    cli->decimals = decimals != NULL ? (int)number : -1;
    bool to_terminal = environment->out_terminal && !option_given(&cli->options, OPT_OUTPUT);
    cli->style.color = to_terminal && !environment->no_color && !option_given(&cli->options, OPT_NO_COLOR);
    if (environment->columns == NULL || !parse_whole(environment->columns, 100000, &cli->style.width)) {
        cli->style.width = to_terminal ? environment->terminal_width : 0;
    }
    cli->terminal = to_terminal;
    cli->err_terminal = environment->err_terminal;
    cli->quiet = option_given(&cli->options, OPT_QUIET);
    return KURS_OK;
}

static enum kurs_status open_output(struct cli *cli, struct paths *paths)
{
    cli->out = stdout;
    paths->output = cli->command->flags & COMMAND_OWN_OUTPUT ? NULL : option_text(&cli->options, OPT_OUTPUT);
    if (paths->output == NULL) {
        return KURS_OK;
    }
    int length = snprintf(paths->temporary, PATH_SIZE, "%s.part-%ld", paths->output, (long)getpid());
    if (length < 0 || length >= PATH_SIZE) {
        paths->temporary[0] = '\0';
        return bad_value(cli, OPT_OUTPUT, "a shorter path");
    }
    cli->out = fopen(paths->temporary, "w");
    if (cli->out == NULL) {
        int reason = errno;
        paths->temporary[0] = '\0';
        cli_what(cli, KURS_EIO, "cannot write '%s'", paths->output);
        return cli_why(cli, KURS_EIO, "%s", strerror(reason));
    }
    return KURS_OK;
}

static bool reader_is_gone(int descriptor)
{
    struct pollfd state = {.fd = descriptor, .events = POLLOUT};
    return poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0;
}

/* Flushes and puts the output in place; `status` is the command's own. */
static enum kurs_status finish_output(struct cli *cli, struct paths *paths, enum kurs_status status)
{
    FILE *out = cli->out == NULL ? stdout : cli->out;
    bool failed = fflush(out) != 0;
    int reason = errno;
    failed = failed || ferror(out);
    if (failed && out == stdout && reader_is_gone(STDOUT_FILENO)) {
        cli->reader_gone = true;
        return status;
    }
    if (paths->temporary[0] != '\0') {
        failed = fclose(out) != 0 || failed;
        if (status == KURS_OK && !failed && rename(paths->temporary, paths->output) == 0) {
            return KURS_OK;
        }
        reason = status == KURS_OK && !failed ? errno : reason;
        failed = true;
        unlink(paths->temporary);
    }
    if (!failed || (status != KURS_OK && status != KURS_EIO)) {
        return status;
    }
    cli_what(cli, KURS_EIO, "cannot write '%s'", paths->output != NULL ? paths->output : "standard output");
    return cli_why(cli, KURS_EIO, "%s", strerror(reason));
}

static enum kurs_status prepare(struct cli *cli, const struct environment *environment, struct paths *paths)
{
    enum kurs_status status = check_options(cli);
    if (status == KURS_OK) {
        status = read_style(cli, environment);
    }
    return status == KURS_OK ? open_output(cli, paths) : status;
}

int run_command(struct cli *cli, const struct environment *environment)
{
    struct paths paths;
    paths.store[0] = paths.temporary[0] = '\0';
    paths.output = NULL;
    cli->arguments = cli->options.arguments + 1;
    cli->argument_count = cli->options.argument_count - 1;
    enum kurs_status status = prepare(cli, environment, &paths);
    if (status == KURS_OK) {
        status = cli->command->run(cli);
    }
    status = finish_output(cli, &paths, status);
    if (cli->reader_gone) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    if (status != KURS_OK) {
        cli_report(cli);
    }
    return cli->exit_status;
}
