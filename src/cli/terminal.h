/* terminal.h: what the terminal at hand can do beyond characters. */
#ifndef KURS_CLI_TERMINAL_H
#define KURS_CLI_TERMINAL_H

#include <stdbool.h>

/* Whether the terminal that is `fd` says it draws sixel graphics: it is asked for its device attributes (DA1, of which 4
 * is sixel) and given `wait_ms` to answer. Its modes are put back. False for what is no terminal or does not answer. */
bool terminal_draws_sixel(int fd, int wait_ms);

#endif
