/* run.h: one program run to its end, without a shell: bytes in, bytes out, its own words when it fails. */
#ifndef KURS_CHART_RUN_H
#define KURS_CHART_RUN_H

#include "kurs.h"

#define RUN_OUTPUT_MAX  ((size_t)256 << 20) /* bytes of a picture; beyond it the program is stopped */
#define RUN_SECONDS_MAX 60                  /* gnuplot draws the largest chart in under two */

struct run_settings {
    const char *program;       /* looked up on PATH when it has no slash; NULL: "gnuplot" */
    char *const *environment;  /* of the caller (environ); a few names of it are passed on */
    int seconds;               /* until it is killed; 0: RUN_SECONDS_MAX */
    int64_t (*clock_ms)(void); /* milliseconds that only go forward; NULL: no limit of time */
};

/* Runs `program` with `arguments` (NULL-ended, [0] is its name), gives it `input`, collects its standard output in
 * *output (free it; it has a NUL behind *length). KURS_EIO with the reason: not found (the hint says how to install
 * it), exit status or signal with the first lines of its standard error, no end within the time (killed and waited
 * for), more than RUN_OUTPUT_MAX bytes. No file is made, no process and descriptor is left. Not for threads that change
 * signal masks: SIGPIPE is blocked while it runs. */
enum kurs_status run_program(const struct run_settings *settings, const char *const arguments[], const char *input,
                             size_t input_bytes, char **output, size_t *length, struct kurs_error *error);

#endif
