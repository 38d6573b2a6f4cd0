/* commands.h: the one list of commands. Help, completion, "did you mean" and dispatch all read it. */
#ifndef KURS_CLI_COMMANDS_H
#define KURS_CLI_COMMANDS_H

#include "cli/cli.h"

/* X(NAME): COMMAND_NAME is defined in cmd_name.c. In the order of `kurs help`. To add one: write that file and name it
 * here. */
/* clang-format off */
#define COMMAND_LIST(X) \
    X(IMPORT) \
    X(ADD) \
    X(PAIRS) \
    X(GET) \
    X(CHANGE) \
    X(OHLC) \
    X(STATS) \
    X(CORRELATION) \
    X(TICKER) \
    X(EXPORT) \
    X(CHART) \
    X(REPORT) \
    X(REVISIONS) \
    X(IMPORTS) \
    X(DIFF) \
    X(VERIFY) \
    X(BACKUP) \
    X(COMPACT) \
    X(DROP) \
    X(HELP) \
    X(COMPLETION)
/* clang-format on */

#define COMMAND_EXTERN(name) extern const struct command COMMAND_##name;
COMMAND_LIST(COMMAND_EXTERN)
#undef COMMAND_EXTERN

/* The same, ended by NULL. */
extern const struct command *const COMMANDS[];
const struct command *command_find(const char *name); /* NULL if there is none */
/* The error "cannot VERB 'NAME'" for a name that command_find does not know; hints at the nearest that it does. */
enum kurs_status command_unknown(struct cli *cli, const char *verb, const char *name);
bool command_takes(const struct command *command, enum option option);

#endif
