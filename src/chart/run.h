/* run.h: one program run to its end, without a shell: bytes in, bytes out, its own words when it fails. */
#ifndef KURS_CHART_RUN_H
#define KURS_CHART_RUN_H

#include "kurs.h"

#include <sys/types.h>

#define RUN_OUTPUT_MAX  ((size_t)256 << 20) /* bytes of a picture; beyond it the program is stopped */
#define RUN_SECONDS_MAX 60                  /* gnuplot draws the largest chart in under two */

struct run_settings {
    const char *program;       /* looked up on PATH when it has no slash; NULL: "gnuplot" */
    char *const *environment;  /* of the caller (environ); a few names of it are passed on */
    int seconds;               /* until it is killed; 0: RUN_SECONDS_MAX */
    int64_t (*clock_ms)(void); /* milliseconds that only go forward; NULL: no limit of time */
};

/* A program that was started. Private fields. */
struct run {
    const char *program;
    pid_t pid;
    int in, out, err; /* our ends; -1 when closed */
};

/* One at a time in a process. Starts `program` with `arguments` (NULL-ended, [0] is its name), which then waits for its input: what takes it time to
 * load passes while the caller makes that. End it by run_finish or run_cancel. KURS_EIO with the reason when it is not
 * found (the hint says how to install it) or cannot start: then there is nothing to end. */
enum kurs_status run_start(const struct run_settings *settings, const char *const arguments[], struct run *run,
                           struct kurs_error *error);
/* Gives it `input`, collects its standard output in *output (free it; it has a NUL behind *length), and waits for its
 * end. KURS_EIO with the reason: exit status or signal with the first lines of its standard error, no end within the
 * time (killed and waited for), more than RUN_OUTPUT_MAX bytes. No file is made, no process and descriptor is left. Not
 * for threads that change signal masks: SIGPIPE is blocked meanwhile. */
enum kurs_status run_finish(const struct run_settings *settings, struct run *run, const char *input, size_t input_bytes,
                            char **output, size_t *length, struct kurs_error *error);
/* Kills it and waits for its end. */
void run_cancel(struct run *run);
/* Kills what runs, if anything does. For a signal handler that ends the process, in the thread that started it. */
void run_kill(void);

/* Both at once, for an input that is ready. */
enum kurs_status run_program(const struct run_settings *settings, const char *const arguments[], const char *input,
                             size_t input_bytes, char **output, size_t *length, struct kurs_error *error);

#endif
