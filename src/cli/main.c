/* main.c: the program's entry: argv to a command. */
#include "cli/commands.h"
#include "cli/environment.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/run.h"
#include "cli/suggest.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

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
        cli_why(cli, KURS_EARGUMENT, "its value is missing");
        return cli_hint(cli, KURS_EARGUMENT, "'kurs %s --help' says what it takes",
                        cli->command != NULL ? cli->command->name : "COMMAND");
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
    interrupt_install();
    struct environment environment = environment_read();
    struct cli cli = {0};
    enum parse_fault fault = options_parse(argc, argv, &cli.options);
    int exit_status = dispatch(&cli, fault, &environment);
    options_release(&cli.options);
    return exit_status;
}
