/* help.h: help made from the tables. */
#ifndef KURS_CLI_HELP_H
#define KURS_CLI_HELP_H

#include "cli/cli.h"

/* The usage line, every command with its summary, and how pairs and times are written. Whether it all came out is the
 * caller's to check. */
void help_overview(FILE *out);
/* Usage, details, options and example of one command; lines up to 80 columns, but for examples. */
void help_command(FILE *out, const struct command *command);

#endif
