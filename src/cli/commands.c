/* commands.c: finding commands in the one list. */
#include "cli/commands.h"
#include "cli/suggest.h"

#include <string.h>

const struct command *const COMMANDS[] = {
#define COMMAND_ADDRESS(name) &COMMAND_##name,
    COMMAND_LIST(COMMAND_ADDRESS)
#undef COMMAND_ADDRESS
        NULL,
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        if (strcmp(COMMANDS[i]->name, name) == 0) {
            return COMMANDS[i];
        }
    }
    return NULL;
}

enum kurs_status command_unknown(struct cli *cli, const char *verb, const char *name)
{
    struct suggestion suggestion = {.word = name};
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        suggest_offer(&suggestion, COMMANDS[i]->name);
    }
    cli_what(cli, KURS_EARGUMENT, "cannot %s '%s'", verb, name);
    cli_why(cli, KURS_EARGUMENT, "kurs has no such command");
    return suggestion.best != NULL ? cli_hint(cli, KURS_EARGUMENT, "did you mean 'kurs %s'?", suggestion.best)
                                   : cli_hint(cli, KURS_EARGUMENT, "'kurs help' lists them");
}

bool command_takes(const struct command *command, enum option option)
{
    for (const struct option_use *use = command->options; use->option != OPT_END; use++) {
        if (use->option == option) {
            return true;
        }
    }
    return option_is_common(option);
}
