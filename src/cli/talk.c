/* talk.c: what goes to stderr: errors in the one shape, and remarks. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

/* Long subjects are cut: the texts of an error are for reading, never parsed back. */
static void put_text(char *text, size_t size, const char *format, va_list values)
{
    if (vsnprintf(text, size, format, values) < 0) {
        text[0] = '\0';
    }
}

enum kurs_status cli_what(struct cli *cli, enum kurs_status status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    put_text(cli->error.what, sizeof cli->error.what, format, values);
    va_end(values);
    cli->error.status = status;
    snprintf(cli->error.why, sizeof cli->error.why, "%s", kurs_status_text(status));
    cli->error.hint[0] = '\0';
    return status;
}

enum kurs_status cli_why(struct cli *cli, enum kurs_status status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    put_text(cli->error.why, sizeof cli->error.why, format, values);
    va_end(values);
    return status;
}

enum kurs_status cli_hint(struct cli *cli, enum kurs_status status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    put_text(cli->error.hint, sizeof cli->error.hint, format, values);
    va_end(values);
    return status;
}

void cli_report(struct cli *cli)
{
    const struct kurs_error *error = &cli->error;
    fprintf(stderr, "kurs: %s: %s\n", error->what, error->why);
    if (error->hint[0] != '\0') {
        fprintf(stderr, "hint: %s\n", error->hint);
    }
    cli_worsen(cli, kurs_status_exit(error->status));
}

void cli_worsen(struct cli *cli, int exit_status)
{
    static const int RANK[] = {0, 2, 3, 1, 4}; /* by exit status: done, rejected, refused, usage, store */
    if (RANK[exit_status] > RANK[cli->exit_status]) {
        cli->exit_status = exit_status;
    }
}

void cli_say(const struct cli *cli, const char *format, ...)
{
    if (cli->quiet) {
        return;
    }
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    putc('\n', stderr);
}
