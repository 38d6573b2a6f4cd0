/* intro.h: the text of --intro. */
#ifndef KURS_CLI_INTRO_H
#define KURS_CLI_INTRO_H

#include "cli/cli.h"

/* The file of --intro, its line ends made \n; free(*intro), NULL when none is given. KURS_EIO; KURS_EARGUMENT for what
 * is no UTF-8 text or over 64 KiB. */
enum kurs_status intro_read(struct cli *cli, char **intro);

#endif
