/* terminal.c: owns asking the terminal. The alternative, guessing by $TERM, is wrong inside tmux and over ssh. */
#include "cli/terminal.h"

#include "chart/graphics.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define ANSWER_SIZE 512 /* longer than any terminal's list of attributes, with keys typed meanwhile */

/* Both ends of one terminal, which is ours to read: a process in the background would be stopped. */
static bool may_ask(int in_fd, int out_fd)
{
    struct stat in, out;
    return isatty(in_fd) == 1 && isatty(out_fd) == 1 && fstat(in_fd, &in) == 0 && fstat(out_fd, &out) == 0 &&
           in.st_rdev == out.st_rdev && tcgetpgrp(in_fd) == getpgrp();
}

/* Whether `fd` is ready for `events` by `until_ms` of the clock. */
static bool is_ready(int fd, short events, int64_t (*clock_ms)(void), int64_t until_ms)
{
    struct pollfd state = {.fd = fd, .events = events};
    int64_t left_ms;
    do {
        left_ms = until_ms - clock_ms();
        if (poll(&state, 1, left_ms > 0 ? (int)left_ms : 0) != 0) {
            return (state.revents & events) != 0;
        }
    } while (left_ms > 0);
    return false;
}

/* The terminal passes on keys one by one, and echoes none. One that was stopped (^S) is not written to: that would wait
 * until it goes on, deaf to signals. */
static struct graphics_answer ask(int in_fd, int out_fd, bool ask_kitty, int64_t (*clock_ms)(void), int wait_ms)
{
    const char *question = ask_kitty ? GRAPHICS_ASK_KITTY GRAPHICS_ASK : GRAPHICS_ASK;
    char bytes[ANSWER_SIZE];
    size_t length = 0, asked = strlen(question);
    struct graphics_answer answer = {.whole = false};
    int64_t now_ms = clock_ms(), until_ms = now_ms + wait_ms;
    if (is_ready(in_fd, POLLIN, clock_ms, now_ms) || !is_ready(out_fd, POLLOUT, clock_ms, until_ms) ||
        write(out_fd, question, asked) != (ssize_t)asked) {
        return answer;
    }
    /* byte by byte: what is typed behind the answer is left for whoever reads next */
    while (!answer.whole && length < sizeof bytes && is_ready(in_fd, POLLIN, clock_ms, until_ms) &&
           read(in_fd, bytes + length, 1) == 1) {
        answer = graphics_answer(bytes, ++length);
    }
    return answer;
}

enum terminal_graphics terminal_graphics(int in_fd, int out_fd, bool ask_kitty, int64_t (*clock_ms)(void), int wait_ms)
{
    struct termios before, raw;
    struct graphics_answer answer = {.whole = false};
    sigset_t all, mask;
    if (!may_ask(in_fd, out_fd) || tcgetattr(in_fd, &before) != 0) {
        return TERMINAL_CHARACTERS;
    }
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &mask);
    if (tcsetattr(in_fd, TCSANOW, &raw) == 0) {
        answer = ask(in_fd, out_fd, ask_kitty, clock_ms, wait_ms);
        tcsetattr(in_fd, TCSANOW, &before);
    }
    sigprocmask(SIG_SETMASK, &mask, NULL);
    return !answer.whole  ? TERMINAL_CHARACTERS
           : answer.kitty ? TERMINAL_KITTY
           : answer.sixel ? TERMINAL_SIXEL
                          : TERMINAL_CHARACTERS;
}
