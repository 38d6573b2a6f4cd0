/* talk.c: what goes to stderr: errors in the one shape, and remarks. File names and cells of files are strangers' text:
 * control characters in them never reach the terminal. */
#include "cli/cli.h"
#include "output/width.h"

#include <stdarg.h>
#include <stdio.h>

#define LINE_SIZE 8192 /* a path and a sentence about it; longer lines are cut */

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

static void write_line(const char *text)
{
    text_put(text, stderr);
    putc('\n', stderr);
}

void cli_report(struct cli *cli)
{
    const struct kurs_error *error = &cli->error;
    char line[LINE_SIZE];
    snprintf(line, sizeof line, "kurs: %s: %s", error->what, error->why);
    write_line(line);
    if (error->hint[0] != '\0') {
        snprintf(line, sizeof line, "hint: %s", error->hint);
        write_line(line);
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
    char line[LINE_SIZE];
    va_list values;
    va_start(values, format);
    put_text(line, sizeof line, format, values);
    va_end(values);
    write_line(line);
}
