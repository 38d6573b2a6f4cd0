/* commands.c: finding commands in the one list. */
#include "cli/commands.h"

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

bool command_takes(const struct command *command, enum option option)
{
    for (const struct option_use *use = command->options; use->option != OPT_END; use++) {
        if (use->option == option) {
            return true;
        }
    }
    return option_is_common(option);
}
