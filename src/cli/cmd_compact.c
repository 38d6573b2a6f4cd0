/* cmd_compact.c: kurs compact. */
#include "cli/commands.h"

#include <inttypes.h>

static const struct option_use OPTIONS_COMPACT[] = {OPTIONS_END};

static enum kurs_status run(struct cli *cli)
{
    uint64_t before = 0, after = 0;
    enum kurs_status status = kurs_store_compact(cli->store, &before, &after, &cli->error);
    if (status == KURS_OK) {
        cli->store = NULL; /* the library closed it */
        cli_say(cli, "%s: %" PRIu64 " bytes, %" PRIu64 " before", cli->store_path, after, before);
    }
    return status;
}

const struct command COMMAND_COMPACT = {
    .name = "compact",
    .arguments = "",
    .summary = "give the space of what was replaced or dropped back",
    .example = "kurs compact",
    .options = OPTIONS_COMPACT,
    .flags = COMMAND_WRITES,
    .run = run,
};
