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
        return command_unknown(cli, "explain", cli->arguments[0]);
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
