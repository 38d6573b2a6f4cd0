/* terminal.h: what the terminal at hand can do beyond characters. */
#ifndef KURS_CLI_TERMINAL_H
#define KURS_CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

enum terminal_graphics { TERMINAL_CHARACTERS, TERMINAL_SIXEL, TERMINAL_KITTY };

/* Which pictures the terminal says it draws; the better protocol where it knows both. It is asked through `out_fd` and
 * given `wait_ms` of `clock_ms` in all to answer through `in_fd`; `ask_kitty` false leaves kitty's protocol out
 * (multiplexers swallow the question or show it). CHARACTERS without a question where the two are not one terminal,
 * where this process is not in its foreground, where keys typed ahead wait, and where output is stopped. Its modes are
 * put back, also when a signal comes meanwhile, which is held until then. */
enum terminal_graphics terminal_graphics(int in_fd, int out_fd, bool ask_kitty, int64_t (*clock_ms)(void), int wait_ms);

#endif
