/* help.h: help made from the tables. */
#ifndef KURS_CLI_HELP_H
#define KURS_CLI_HELP_H

#include "cli/cli.h"

void help_overview(FILE *out);
void help_command(FILE *out, const struct command *command);

#endif
