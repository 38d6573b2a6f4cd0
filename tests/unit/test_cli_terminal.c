/* The program in a terminal that this test plays: it holds the other end of a pseudo-terminal, answers or keeps silent,
 * and looks at what it is shown, at what is left for the next reader, and at the modes. */
#include "cli/commands.h"
#include "cli/environment.h"
#include "cli/run.h"
#include "cli/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define KITTY_ASK    "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\"
#define ASK          "\033[c"
#define LATER        "next <later>"
#define DEADLINE_MS  20000 /* a test that hangs fails */
#define OUTPUT_BYTES (1 << 22)

static int64_t clock_ms(void)
{
    struct timespec now = {0};
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct screen {
    int master;
    pid_t child;
    char *output;
    size_t length;
};

/* The child returns from here; its standard streams are the terminal. */
static bool open_screen(struct screen *screen)
{
    const struct winsize size = {.ws_row = 24, .ws_col = 80, .ws_xpixel = 800, .ws_ypixel = 480};
    *screen = (struct screen) {.master = -1, .output = calloc(1, OUTPUT_BYTES)};
    assert_non_null(screen->output);
    fflush(stdout); /* or the child shows it once more */
    screen->child = forkpty(&screen->master, NULL, NULL, &size);
    assert_true(screen->child >= 0);
    return screen->child != 0;
}

/* Reads until `until` has been shown, or to the end of all output if it is NULL. */
static void watch(struct screen *screen, const char *until)
{
    while (until == NULL || strstr(screen->output, until) == NULL) {
        struct pollfd ready = {.fd = screen->master, .events = POLLIN};
        assert_int_equal(poll(&ready, 1, DEADLINE_MS), 1);
        ssize_t got = read(screen->master, screen->output + screen->length, OUTPUT_BYTES - 1 - screen->length);
        if (got <= 0) {
            assert_null(until);
            return;
        }
        screen->length += (size_t)got;
        screen->output[screen->length] = '\0';
    }
}

static void type(struct screen *screen, const char *text)
{
    assert_int_equal(write(screen->master, text, strlen(text)), strlen(text));
}

static int close_screen(struct screen *screen)
{
    int status = 0;
    struct termios modes;
    assert_int_equal(tcgetattr(screen->master, &modes), 0);
    assert_int_equal(modes.c_lflag & (ICANON | ECHO), ICANON | ECHO);
    assert_int_equal(waitpid(screen->child, &status, 0), screen->child);
    close(screen->master);
    free(screen->output);
    return status;
}

/* In the child: asks, then prints what it found and the line that is typed next. */
static void ask_and_read_on(bool ask_kitty, int wait_ms)
{
    static const char *const names[] = {"CHARACTERS", "SIXEL", "KITTY"};
    char line[64] = "";
    enum terminal_graphics graphics = terminal_graphics(STDIN_FILENO, STDOUT_FILENO, ask_kitty, clock_ms, wait_ms);
    printf("found %s\n", names[graphics]);
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        printf("next <%s>\n", line);
    }
    fflush(stdout);
    _exit(0);
}

/* The terminal is asked `question` and answers `answer`; what the user then types is read as `next`. */
static void check_answer(bool ask_kitty, int wait_ms, const char *question, const char *answer, const char *found,
                         const char *next)
{
    struct screen screen;
    if (!open_screen(&screen)) {
        ask_and_read_on(ask_kitty, wait_ms);
    }
    watch(&screen, question);
    type(&screen, answer);
    watch(&screen, found);
    type(&screen, "later\n");
    watch(&screen, next);
    assert_true(strstr(screen.output, KITTY_ASK) == NULL || ask_kitty);
    assert_int_equal(close_screen(&screen), 0);
}

static void the_best_way_the_terminal_names_is_taken(void **state)
{
    (void)state;
    check_answer(true, DEADLINE_MS, KITTY_ASK ASK, "\033_Gi=31;OK\033\\\033[?62;4c", "found KITTY", LATER);
    check_answer(true, DEADLINE_MS, KITTY_ASK ASK, "\033[?62;4;22c", "found SIXEL", LATER);
    check_answer(true, DEADLINE_MS, KITTY_ASK ASK, "\033[?62;22c", "found CHARACTERS", LATER);
    check_answer(true, DEADLINE_MS, KITTY_ASK ASK, "\033_Gi=31;EINVAL:c\033\\\033[?6c", "found CHARACTERS", LATER);
    check_answer(false, DEADLINE_MS, ASK, "\033[?62;4c", "found SIXEL", LATER);
}

static void a_silent_terminal_is_not_waited_for(void **state)
{
    (void)state;
    check_answer(true, 10, KITTY_ASK ASK, "", "found CHARACTERS", LATER);
    check_answer(true, 10, KITTY_ASK ASK, "\033[?62;4", "found CHARACTERS",
                 "later>"); /* without its end, in time or not */
}

static void a_flood_of_keys_ends_the_question(void **state)
{
    (void)state;
    char flood[513];
    memset(flood, 'x', sizeof flood - 1);
    flood[sizeof flood - 1] = '\0';
    check_answer(true, DEADLINE_MS, KITTY_ASK ASK, flood, "found CHARACTERS", LATER);
}

static void keys_typed_ahead_are_left_and_nothing_is_asked(void **state)
{
    (void)state;
    struct screen screen;
    if (!open_screen(&screen)) {
        char go;
        if (read(STDIN_FILENO, &go, 1) == 1) { /* the line is there; the rest of it is typed ahead */
            ask_and_read_on(true, DEADLINE_MS);
        }
        _exit(1);
    }
    type(&screen, "!ahead\n");
    watch(&screen, "next <ahead>");
    assert_non_null(strstr(screen.output, "found CHARACTERS"));
    assert_null(strstr(screen.output, ASK));
    assert_int_equal(close_screen(&screen), 0);
}

static void a_signal_ends_it_with_the_modes_put_back(void **state)
{
    (void)state;
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct screen screen;
        if (!open_screen(&screen)) {
            ask_and_read_on(true, DEADLINE_MS);
        }
        watch(&screen, ASK);
        assert_int_equal(kill(screen.child, numbers[i]), 0);
        type(&screen, "\033[?62;22c");
        watch(&screen, NULL);
        assert_null(strstr(screen.output, "found"));
        int status = close_screen(&screen);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == numbers[i]);
    }
}

static void a_stopped_terminal_is_not_waited_for(void **state)
{
    (void)state;
    struct screen screen;
    if (!open_screen(&screen)) {
        tcflow(STDOUT_FILENO, TCOOFF);
        enum terminal_graphics graphics = terminal_graphics(STDIN_FILENO, STDOUT_FILENO, true, clock_ms, 10);
        tcflow(STDOUT_FILENO, TCOON);
        puts(graphics == TERMINAL_CHARACTERS ? "found CHARACTERS" : "found more");
        fflush(stdout);
        _exit(0);
    }
    watch(&screen, "found CHARACTERS");
    watch(&screen, NULL);
    assert_null(strstr(screen.output, ASK));
    assert_int_equal(close_screen(&screen), 0);
}

static void only_a_terminal_read_and_written_is_asked(void **state)
{
    (void)state;
    struct screen screen;
    if (!open_screen(&screen)) {
        int ends[2], other, null = open("/dev/null", O_RDWR);
        if (null < 0 || pipe(ends) != 0 || openpty(&other, &ends[1], NULL, NULL, NULL) != 0) {
            _exit(1);
        }
        bool asked = terminal_graphics(null, STDOUT_FILENO, true, clock_ms, DEADLINE_MS) != TERMINAL_CHARACTERS ||
                     terminal_graphics(ends[0], STDOUT_FILENO, true, clock_ms, DEADLINE_MS) != TERMINAL_CHARACTERS ||
                     terminal_graphics(STDIN_FILENO, null, true, clock_ms, DEADLINE_MS) != TERMINAL_CHARACTERS ||
                     terminal_graphics(ends[1], STDOUT_FILENO, true, clock_ms, DEADLINE_MS) != TERMINAL_CHARACTERS;
        _exit(asked);
    }
    watch(&screen, NULL);
    assert_int_equal(screen.length, 0);
    assert_int_equal(close_screen(&screen), 0);
}

static void a_process_in_the_background_does_not_ask(void **state)
{
    (void)state;
    struct screen screen;
    if (!open_screen(&screen)) {
        pid_t child = fork();
        if (child == 0) {
            setpgid(0, 0);
            _exit(terminal_graphics(STDIN_FILENO, STDOUT_FILENO, true, clock_ms, DEADLINE_MS) != TERMINAL_CHARACTERS);
        }
        int status = -1;
        _exit(waitpid(child, &status, WUNTRACED) != child || status != 0);
    }
    watch(&screen, NULL);
    assert_int_equal(screen.length, 0);
    assert_int_equal(close_screen(&screen), 0);
}

/* ---- the whole program ---- */

static char folder[] = "/tmp/kurs-test-XXXXXX";
static char store[64];

static int make_store(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(store, sizeof store, "%s/s.kurs", folder);
    static const char *const points[][2] = {{"2025-01-01", "1.10"}, {"2025-03-01", "1.20"}, {"2025-06-01", "1.15"}};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        pid_t child = fork();
        if (child == 0) {
            execl(PROGRAM, "kurs", "--store", store, "-q", "add", "EUR/USD", points[i][1], points[i][0], (char *)NULL);
            _exit(127);
        }
        int status = -1;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
    return 0;
}

static int remove_store(void **state)
{
    (void)state;
    char lock[80];
    snprintf(lock, sizeof lock, "%s-lock", store);
    return unlink(store) != 0 || unlink(lock) != 0 || rmdir(folder) != 0;
}

/* A terminal that answers is waited for, however busy the machine is: no time passes. */
static int64_t still_ms(void)
{
    return 0;
}

static int run_chart(char *option)
{
    char *argv[] = {(char[]) {"kurs"}, (char[]) {"--store"}, store, (char[]) {"chart"}, (char[]) {"EUR/USD"}, option};
    struct environment environment = environment_read();
    struct cli cli = {.command = NULL};
    environment.clock_ms = still_ms;
    if (options_parse(sizeof argv / sizeof *argv, argv, &cli.options) != PARSE_OK) {
        return 127;
    }
    cli.command = command_find(cli.options.arguments[0]);
    return run_command(&cli, &environment);
}

/* `kurs chart` with one more variable in its environment. `answer` NULL: it must not ask. */
static void check_chart(const char *name, const char *value, const char *option, const char *answer,
                        const char *const shown[], const char *hidden)
{
    struct screen screen;
    if (!open_screen(&screen)) {
        setenv("TERM", "xterm-256color", 1);
        unsetenv("TMUX");
        unsetenv("STY");
        unsetenv("NO_COLOR");
        setenv(name, value, 1);
        char copy[16];
        snprintf(copy, sizeof copy, "%s", option);
        _exit(run_chart(copy));
    }
    if (answer != NULL) {
        watch(&screen, ASK);
        type(&screen, answer);
    }
    watch(&screen, NULL);
    for (size_t i = 0; shown[i] != NULL; i++) {
        if (strstr(screen.output, shown[i]) == NULL) {
            fail_msg("'%s' is not in: %.500s", shown[i], screen.output);
        }
    }
    if (strstr(screen.output, hidden) != NULL) {
        fail_msg("'%s' is in: %.500s", hidden, screen.output);
    }
    assert_int_equal(close_screen(&screen), 0);
}

static void charts_are_drawn_as_the_terminal_says(void **state)
{
    (void)state;
    static const char *const kitty[] = {"\033_Ga=T,f=100,q=2,m=1;iVBORw0KGgo", "\033_Gm=0;", "\033\\\r\n", NULL};
    static const char *const sixel[] = {"\033P", "\"1;1;800;", NULL};
    static const char *const words[] = {"Euro against the US dollar", "1.15 +4.5%", "EUR/USD", NULL};
    check_chart("LANG", "C", "--log", "\033_Gi=31;OK\033\\\033[?62;4c", kitty, "Euro");
    check_chart("LANG", "C", "--log", "\033[?62;4c", sixel, "Euro");
    check_chart("LANG", "C", "--log", "\033[?62c", words, "\033P");
    check_chart("TMUX", "/tmp/tmux-0/default,1,0", "--log", "\033[?1;2;4c", sixel, KITTY_ASK);
    check_chart("STY", "1.pts-0.host", "--log", "\033[?1;2c", words, KITTY_ASK);
    check_chart("TERM", "dumb", "--log", NULL, words, "\033");
    check_chart("NO_COLOR", "1", "--log", NULL, words, "\033");
    check_chart("LANG", "C", "--no-color", NULL, words, "\033");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_way_the_terminal_names_is_taken),
        cmocka_unit_test(a_silent_terminal_is_not_waited_for),
        cmocka_unit_test(a_flood_of_keys_ends_the_question),
        cmocka_unit_test(keys_typed_ahead_are_left_and_nothing_is_asked),
        cmocka_unit_test(a_signal_ends_it_with_the_modes_put_back),
        cmocka_unit_test(a_stopped_terminal_is_not_waited_for),
        cmocka_unit_test(only_a_terminal_read_and_written_is_asked),
        cmocka_unit_test(a_process_in_the_background_does_not_ask),
        cmocka_unit_test_setup_teardown(charts_are_drawn_as_the_terminal_says, make_store, remove_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
