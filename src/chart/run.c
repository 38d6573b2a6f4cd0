/* run.c: owns processes. Refuses to know what is run. The one idea: three pipes and one poll loop, so that a program
 * that writes before it has read all cannot deadlock with us; temporary files for input and output were the
 * alternative, and leave something behind when we are killed. */
#include "chart/run.h"

#include "chart/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS_MAX       2048 /* bytes of standard error kept */
#define ENVIRONMENT_MAX 16

static volatile pid_t running; /* the program that has not ended, and its group; 0: none */

struct reading {
    char *bytes;
    size_t count, capacity;
    char words[WORDS_MAX + 1];
    size_t word_count;
    bool too_long, no_memory;
};

static void close_end(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static void close_all(struct run *run)
{
    close_end(&run->in);
    close_end(&run->out);
    close_end(&run->err);
}

/* The names a program needs to find its fonts and itself; nothing else of ours can change its picture. */
static void pass_environment(char *const *from, char *to[ENVIRONMENT_MAX])
{
    static const char *const names[] = {
        "PATH=",      "HOME=", "TMPDIR=", "XDG_CACHE_HOME=", "FONTCONFIG_PATH=", "FONTCONFIG_FILE=", "LD_LIBRARY_PATH=",
        "GDFONTPATH="};
    static char locale[] = "LC_ALL=C.UTF-8", zone[] = "TZ=UTC";
    size_t count = 0;
    for (size_t i = 0; from != NULL && from[i] != NULL; i++) {
        for (size_t n = 0; n < sizeof names / sizeof *names && count + 4 < ENVIRONMENT_MAX; n++) {
            if (strncmp(from[i], names[n], strlen(names[n])) == 0) {
                to[count++] = from[i];
            }
        }
    }
    to[count++] = locale;
    to[count++] = zone;
    to[count] = NULL;
}

/* pipe() whose ends no other child inherits. */
static int make_pipe(int ends[2])
{
    if (pipe(ends) != 0) {
        return errno;
    }
    for (int i = 0; i < 2; i++) {
        if (fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0) {
            return errno;
        }
    }
    return 0;
}

static int spawn(const char *program, const char *const arguments[], char *const environment[], int pipes[3][2],
                 pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed != 0) {
        return failed;
    }
    failed = posix_spawnattr_init(&attributes);
    if (failed != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return failed;
    }
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0); /* its own group, so that killing it takes its children along */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    for (int fd = 0; fd < 3 && failed == 0; fd++) {
        failed = posix_spawn_file_actions_adddup2(&actions, pipes[fd][fd == 0 ? 0 : 1], fd);
    }
    if (failed == 0) {
        failed = posix_spawnp(pid, program, &actions, &attributes, (char *const *)(uintptr_t)arguments, environment);
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

/* As spawn, with no signal before the child is noted. */
static int spawn_noted(const char *program, const char *const arguments[], char *const environment[], int pipes[3][2],
                       pid_t *pid)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = spawn(program, arguments, environment, pipes, pid);
    if (failed == 0) {
        running = *pid;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

void run_kill(void)
{
    pid_t pid = running;
    if (pid > 0) {
        kill(-pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
}

/* Starts the program; 0 or an errno. On failure nothing is open. */
static int start(const char *program, const char *const arguments[], char *const environment[], struct run *run)
{
    int pipes[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    int failed = 0;
    for (int i = 0; i < 3 && failed == 0; i++) {
        failed = make_pipe(pipes[i]);
    }
    if (failed == 0) {
        failed = spawn_noted(program, arguments, environment, pipes, &run->pid);
    }
    close_end(&pipes[0][0]);
    close_end(&pipes[1][1]);
    close_end(&pipes[2][1]);
    run->in = pipes[0][1];
    run->out = pipes[1][0];
    run->err = pipes[2][0];
    if (failed == 0 && fcntl(run->in, F_SETFL, O_NONBLOCK) != 0) {
        failed = errno;
        run_kill();
        running = 0;
    }
    if (failed != 0) {
        close_all(run);
    }
    return failed;
}

static void read_output(int *fd, struct reading *reading)
{
    const size_t chunk = 65536;
    if (reading->capacity - reading->count < chunk) {
        size_t capacity = reading->capacity * 2 + 2 * chunk;
        char *grown = realloc(reading->bytes, capacity);
        reading->no_memory = grown == NULL;
        if (grown == NULL) {
            return;
        }
        reading->bytes = grown;
        reading->capacity = capacity;
    }
    ssize_t got = read(*fd, reading->bytes + reading->count, reading->capacity - reading->count - 1);
    if (got > 0) {
        reading->count += (size_t)got;
        reading->too_long = reading->count > RUN_OUTPUT_MAX;
    } else if (got == 0 || errno != EINTR) {
        close_end(fd);
    }
}

static void read_words(int *fd, struct reading *reading)
{
    char rest[512]; /* read on when full, or the program would stop in its write */
    bool full = reading->word_count == WORDS_MAX;
    char *to = full ? rest : reading->words + reading->word_count;
    ssize_t got = read(*fd, to, full ? sizeof rest : WORDS_MAX - reading->word_count);
    if (got > 0) {
        reading->word_count += full ? 0 : (size_t)got;
    } else if (got == 0 || errno != EINTR) {
        close_end(fd);
    }
}

/* When to give up. */
struct deadline {
    int64_t (*clock_ms)(void);
    int64_t at_ms;
};

static struct deadline deadline_after(const struct run_settings *settings, int seconds)
{
    struct deadline deadline = {.clock_ms = settings->clock_ms};
    if (deadline.clock_ms != NULL) {
        deadline.at_ms = deadline.clock_ms() + (int64_t)seconds * 1000;
    }
    return deadline;
}

/* Milliseconds left for poll: 0 when the time is over, -1 without a limit. */
static int left_ms(const struct deadline *deadline)
{
    if (deadline->clock_ms == NULL) {
        return -1;
    }
    int64_t left = deadline->at_ms - deadline->clock_ms();
    return left <= 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}

/* Feeds and reads until both outputs are closed; false when the time is over. */
static bool exchange(struct run *run, const char *input, size_t input_bytes, const struct deadline *deadline,
                     struct reading *reading)
{
    size_t written = 0;
    while (run->out >= 0 || run->err >= 0) {
        if (written == input_bytes) {
            close_end(&run->in);
        }
        int left = left_ms(deadline);
        struct pollfd polls[3] = {{run->in, POLLOUT, 0}, {run->out, POLLIN, 0}, {run->err, POLLIN, 0}};
        int ready = left != 0 ? poll(polls, 3, left) : 0;
        if (ready == 0) {
            return false;
        }
        if (ready < 0) {
            continue; /* EINTR; the deadline ends it */
        }
        if (polls[0].revents != 0) {
            ssize_t put = write(run->in, input + written, input_bytes - written);
            if (put > 0) {
                written += (size_t)put;
            } else if (put < 0 && errno != EAGAIN && errno != EINTR) {
                close_end(&run->in); /* it reads no more; its exit says why */
            }
        }
        if (polls[1].revents != 0) {
            read_output(&run->out, reading);
        }
        if (polls[2].revents != 0) {
            read_words(&run->err, reading);
        }
        if (reading->too_long || reading->no_memory) {
            return true;
        }
    }
    return true;
}

/* Waits until it ends, or kills it when the time is over or `at_once`; false for the latter. A program may close its
 * outputs and go on. */
static bool reap(pid_t pid, bool at_once, const struct deadline *deadline, int *status)
{
    struct timespec pause = {.tv_nsec = 20000}; /* doubled up to 1.3 ms */
    for (;;) {
        pid_t done = waitpid(pid, status, WNOHANG);
        if (done == pid || (done < 0 && errno != EINTR)) {
            running = 0;
            return true;
        }
        if (at_once || left_ms(deadline) == 0) {
            kill(-pid, SIGKILL);
            while (waitpid(pid, status, 0) < 0 && errno == EINTR) {
            }
            running = 0;
            return false;
        }
        nanosleep(&pause, NULL);
        pause.tv_nsec *= pause.tv_nsec < 1000000 ? 2 : 1;
    }
}

/* The program's own words on one line, at most `most` lines of them. */
static void one_line(const struct reading *reading, char text[WORDS_MAX + 1])
{
    size_t length = 0;
    for (size_t i = 0; i < reading->word_count; i++) {
        unsigned char c = (unsigned char)reading->words[i];
        bool space = c <= ' ' || c == 0x7F;
        if (!space) {
            text[length++] = (char)c;
        } else if (length > 0 && text[length - 1] != ' ') {
            text[length++] = ' ';
        }
    }
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    text[length] = '\0';
}

static enum kurs_status judge(const char *program, int seconds, bool in_time, int status, const struct reading *reading,
                              struct kurs_error *error)
{
    char words[WORDS_MAX + 1];
    one_line(reading, words);
    if (reading->no_memory) {
        return chart_fail(error, KURS_ENOMEM, "", "cannot draw", "no memory for the picture");
    }
    if (reading->too_long) {
        return chart_fail(error, KURS_ELIMIT, "", "cannot draw", "'%s' wrote more than %zu MiB", program,
                          RUN_OUTPUT_MAX >> 20);
    }
    if (!in_time) {
        return chart_fail(error, KURS_EIO, "", "cannot draw", "'%s' did not end within %d seconds and was stopped%s%s",
                          program, seconds, words[0] != '\0' ? ": " : "", words);
    }
    if (WIFSIGNALED(status)) {
        return chart_fail(error, KURS_EIO, "", "cannot draw", "'%s' was ended by signal %d%s%s", program,
                          WTERMSIG(status), words[0] != '\0' ? ": " : "", words);
    }
    if (WEXITSTATUS(status) != 0) {
        return chart_fail(error, KURS_EIO, "", "cannot draw", "'%s' failed: %s", program,
                          words[0] != '\0' ? words : "it gave no reason");
    }
    return KURS_OK;
}

enum kurs_status run_start(const struct run_settings *settings, const char *const arguments[], struct run *run,
                           struct kurs_error *error)
{
    char *environment[ENVIRONMENT_MAX];
    pass_environment(settings->environment, environment);
    *run = (struct run) {.program = settings->program != NULL ? settings->program : "gnuplot"};
    int failed = start(run->program, arguments, environment, run);
    if (failed == 0) {
        return KURS_OK;
    }
    return chart_fail(error, KURS_EIO, failed == ENOENT ? "install gnuplot 5.4 or newer (Debian: gnuplot-nox)" : "",
                      "cannot draw", "cannot start '%s': %s", run->program, strerror(failed));
}

void run_cancel(struct run *run)
{
    int ended;
    close_all(run);
    reap(run->pid, true, &(struct deadline) {.clock_ms = NULL}, &ended);
}

enum kurs_status run_finish(const struct run_settings *settings, struct run *run, const char *input, size_t input_bytes,
                            char **output, size_t *length, struct kurs_error *error)
{
    int seconds = settings->seconds > 0 ? settings->seconds : RUN_SECONDS_MAX, ended = 0;
    struct deadline deadline = deadline_after(settings, seconds);
    struct reading reading = {.bytes = NULL};
    sigset_t pipe_signal, before;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);

    bool in_time = exchange(run, input, input_bytes, &deadline, &reading);
    bool enough = !in_time || reading.too_long || reading.no_memory;
    close_all(run);
    in_time = reap(run->pid, enough, &deadline, &ended) && in_time;
    enum kurs_status status = judge(run->program, seconds, in_time, ended, &reading, error);

    /* a SIGPIPE of ours is still pending where the child left early: take it before the mask goes back */
    sigtimedwait(&pipe_signal, NULL, &(struct timespec) {0});
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (status != KURS_OK || reading.count == 0) {
        free(reading.bytes);
        return status != KURS_OK ? status
                                 : chart_fail(error, KURS_EIO, "", "cannot draw", "'%s' gave no picture", run->program);
    }
    reading.bytes[reading.count] = '\0';
    *output = reading.bytes;
    *length = reading.count;
    return KURS_OK;
}

enum kurs_status run_program(const struct run_settings *settings, const char *const arguments[], const char *input,
                             size_t input_bytes, char **output, size_t *length, struct kurs_error *error)
{
    struct run run;
    enum kurs_status status = run_start(settings, arguments, &run, error);
    return status == KURS_OK ? run_finish(settings, &run, input, input_bytes, output, length, error) : status;
}
