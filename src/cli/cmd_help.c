/* cmd_help.c: kurs help [COMMAND]. */
#include "cli/commands.h"
#include "cli/help.h"

static const struct option_use OPTIONS_HELP[] = {OPTIONS_END};

static enum kurs_status run(struct cli *cli)
{
    if (cli->argument_count == 0) {
        help_overview(cli->out);
        return KURS_OK;
    }
    const struct command *command = command_find(cli->arguments[0]);
    if (command == NULL) {
        cli_what(cli, KURS_EARGUMENT, "cannot explain '%s'", cli->arguments[0]);
        cli_why(cli, KURS_EARGUMENT, "kurs has no such command");
        return cli_hint(cli, KURS_EARGUMENT, "kurs help lists them");
    }
    help_command(cli->out, command);
    return KURS_OK;
}

const struct command COMMAND_HELP = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "list the commands, or explain one",
    .example = "kurs help change",
    .options = OPTIONS_HELP,
    .arguments_max = 1,
    .run = run,
};
