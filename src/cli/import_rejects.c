/* import_rejects.c: see import_rejects.h. Owns that the file is no other that matters. */
#include "cli/import_rejects.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct column REJECTS[] = {
    {"file", NULL, COLUMN_TEXT, IN_ALL},   {"line", NULL, COLUMN_COUNT, IN_ALL}, {"byte", NULL, COLUMN_COUNT, IN_ALL},
    {"reason", NULL, COLUMN_TEXT, IN_ALL}, {"row", NULL, COLUMN_TEXT, IN_ALL},
};

/* Opening it would empty what is to be read. */
static enum kurs_status check_path(struct cli *cli, const char *path)
{
    struct stat wanted, other;
    if (stat(path, &wanted) != 0 || !S_ISREG(wanted.st_mode)) {
        return KURS_OK;
    }
    const char *reason = cli_is_store(cli, path) ? "it is the store, or its lock" : NULL;
    for (size_t i = 0; i < cli->argument_count; i++) {
        bool is_stdin = strcmp(cli->arguments[i], "-") == 0;
        int missing = is_stdin ? fstat(STDIN_FILENO, &other) : stat(cli->arguments[i], &other);
        if (missing == 0 && cli_same_file(&wanted, &other)) {
            reason = "it is a file to be imported";
        }
    }
    if (reason == NULL) {
        return KURS_OK;
    }
    cli_what(cli, KURS_EARGUMENT, "cannot write rejects to '%s'", path);
    return cli_why(cli, KURS_EARGUMENT, "%s", reason);
}

enum kurs_status import_rejects_open(struct cli *cli, const char *path, struct import_rejects *rejects)
{
    static const struct sheet_style style = {.format = SHEET_CSV};
    enum kurs_status status = check_path(cli, path);
    if (status != KURS_OK) {
        return status;
    }
    *rejects = (struct import_rejects) {.path = path, .file = fopen(path, "w")};
    if (rejects->file == NULL) {
        int reason = errno;
        cli_what(cli, KURS_EIO, "cannot write '%s'", path);
        return cli_why(cli, KURS_EIO, "%s", strerror(reason));
    }
    rejects->sheet = sheet_open(rejects->file, REJECTS, sizeof REJECTS / sizeof REJECTS[0], &style);
    return KURS_OK;
}

void import_rejects_add(struct import_rejects *rejects, const char *name, const struct kurs_reject *reject,
                        const char *row)
{
    sheet_text(rejects->sheet, name);
    sheet_count(rejects->sheet, reject->line);
    sheet_count(rejects->sheet, reject->byte);
    sheet_text(rejects->sheet, reject->reason);
    sheet_text(rejects->sheet, row);
}

enum kurs_status import_rejects_close(struct cli *cli, struct import_rejects *rejects)
{
    enum kurs_status closed = sheet_close(rejects->sheet);
    int reason = errno;
    if (fclose(rejects->file) != 0 && closed == KURS_OK) {
        closed = KURS_EIO;
        reason = errno;
    }
    if (closed == KURS_OK) {
        return closed;
    }
    cli_what(cli, closed, "cannot write '%s'", rejects->path);
    return closed == KURS_EIO ? cli_why(cli, closed, "%s", strerror(reason)) : closed;
}
