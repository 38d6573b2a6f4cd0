/* run.h: running one command: what stands around every run() happens here, once. */
#ifndef KURS_CLI_RUN_H
#define KURS_CLI_RUN_H

#include "cli/cli.h"
#include "cli/environment.h"

/* Checks cli->options against cli->command, opens what its flags ask for, runs it, finishes its output. Reports every
 * failure itself and returns the exit status. cli->command and cli->options are set, the rest zeroed; released here. */
int run_command(struct cli *cli, const struct environment *environment);
/* Ends what was printed on stdout without a command (help, the version), in the same way. */
int run_stdout_end(struct cli *cli);

#endif
