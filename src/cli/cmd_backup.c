/* cmd_backup.c: kurs backup. */
#include "cli/commands.h"

static const struct option_use OPTIONS_BACKUP[] = {OPTIONS_END};

static enum kurs_status run(struct cli *cli)
{
    enum kurs_status status = kurs_store_backup(cli->store, cli->arguments[0], &cli->error);
    if (status == KURS_OK) {
        cli_say(cli, "%s: a copy of %s", cli->arguments[0], cli->store_path);
    }
    return status;
}

const struct command COMMAND_BACKUP = {
    .name = "backup",
    .arguments = "FILE",
    .summary = "copy the store to FILE while it is in use",
    .example = "kurs backup kurs-2025-12-12.kurs",
    .details = "The copy is a store of its own, consistent and compact. FILE must not exist.",
    .options = OPTIONS_BACKUP,
    .flags = COMMAND_READS,
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
