/* report_output.c: owns the files of a report. The page itself goes to cli->out, which the runner names last. */
#include "cli/report_output.h"

#include "cli/ask.h"
#include "output/save.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool ends_in(const char *path, const char *suffix)
{
    size_t length = strlen(path), tail = strlen(suffix);
    return length > tail && strcasecmp(path + length - tail, suffix) == 0 && path[length - tail - 1] != '/';
}

static enum kurs_status add_picture(void *files, const char *path, const char *bytes, size_t length,
                                    struct kurs_error *error)
{
    return save_set_add(files, path, bytes, length, error);
}

/* The pictures get their names when all is written but the page, which the runner names last. */
static enum kurs_status write_markdown(struct cli *cli, const struct report *report, const char *path)
{
    const char *slash = strrchr(path, '/'), *file = slash == NULL ? path : slash + 1;
    char *stem = strndup(file, (size_t)(strrchr(file, '.') - file));
    struct save_set files = {.count = 0};
    if (stem == NULL) {
        return cli_what(cli, KURS_ENOMEM, "cannot make the report");
    }
    enum kurs_status status = report_md_pictures(report, path, add_picture, &files, &cli->error);
    if (status == KURS_OK) {
        report_md(report, stem, cli->out);
        if (fflush(cli->out) == 0 && ferror(cli->out) == 0) { /* else the runner says why */
            status = save_set_name(&files, &cli->error);
        }
    }
    save_set_release(&files);
    free(stem);
    return status;
}

enum kurs_status report_output_write(struct cli *cli, const struct report *report)
{
    const char *path = option_text(&cli->options, OPT_OUTPUT);
    if (path != NULL && ends_in(path, ".md")) {
        return write_markdown(cli, report, path);
    }
    report_html(report, cli->out);
    return KURS_OK;
}

enum kurs_status report_output_check(struct cli *cli)
{
    const char *path = option_text(&cli->options, OPT_OUTPUT);
    if (path != NULL && !ends_in(path, ".html") && !ends_in(path, ".htm") && !ends_in(path, ".md")) {
        return ask_bad_value(cli, OPT_OUTPUT, "a name that ends in .html or .md");
    }
    return KURS_OK;
}
