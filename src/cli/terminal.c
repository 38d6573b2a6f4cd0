/* terminal.c: owns asking the terminal. The alternative, guessing by $TERM, is wrong inside tmux and over ssh. */
#include "cli/terminal.h"

#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define ANSWER_SIZE 128 /* longer than any terminal's list of attributes */

/* "ESC [ ? 62 ; 4 ; 22 c": attribute 4 among the numbers after the first. */
static bool names_sixel(const char *answer)
{
    const char *start = strstr(answer, "\033[?");
    const char *end = start == NULL ? NULL : strchr(start, 'c');
    for (const char *at = start; end != NULL && (at = strchr(at, ';')) != NULL && at < end; at++) {
        if (at[1] == '4' && (at[2] == ';' || at[2] == 'c')) {
            return true;
        }
    }
    return false;
}

bool terminal_draws_sixel(int fd, int wait_ms)
{
    static const char question[] = "\033[c";
    struct termios before, raw;
    char answer[ANSWER_SIZE] = "";
    size_t length = 0;
    if (tcgetattr(fd, &before) != 0) {
        return false;
    }
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(fd, TCSADRAIN, &raw) != 0) {
        return false;
    }
    if (write(fd, question, sizeof question - 1) == (ssize_t)(sizeof question - 1)) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        while (length + 1 < sizeof answer && strchr(answer, 'c') == NULL && poll(&ready, 1, wait_ms) == 1 &&
               read(fd, answer + length, 1) == 1) {
            answer[++length] = '\0';
        }
    }
    tcsetattr(fd, TCSADRAIN, &before);
    return names_sixel(answer);
}
