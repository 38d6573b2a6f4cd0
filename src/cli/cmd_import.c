/* cmd_import.c: kurs import: files to points. */
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/import_account.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define SKIP_MAX    1000000 /* lines */
#define THREADS_MAX 256

static const struct option_use OPTIONS_IMPORT[] = {
    {OPT_AT, "the date of text that has none, such as ticker lines"},
    {OPT_ON_CONFLICT, NULL},
    {OPT_STRICT, NULL},
    {OPT_DRY_RUN, NULL},
    {OPT_REJECTS, NULL},
    {OPT_THREADS, NULL},
    {OPT_FOLLOW, NULL},
    {OPT_LAYOUT, NULL},
    {OPT_PAIR, NULL},
    {OPT_BASE, NULL},
    {OPT_QUOTE, NULL},
    {OPT_LABEL, NULL},
    {OPT_PRICE, NULL},
    {OPT_COLUMN, NULL},
    {OPT_TIME_COLUMN, NULL},
    {OPT_VALUE_COLUMN, NULL},
    {OPT_DATE_FORMAT, NULL},
    {OPT_DATE, NULL},
    {OPT_TZ, "time zone of times without one (default UTC)"},
    {OPT_DECIMAL, NULL},
    {OPT_THOUSANDS, NULL},
    {OPT_DELIMITER, NULL},
    {OPT_ENCODING, NULL},
    {OPT_NOMINAL, NULL},
    {OPT_SKIP, NULL},
    OPTIONS_END,
};

static enum kurs_status read_numbers(struct cli *cli, struct kurs_import_options *options)
{
    const char *skip = option_text(&cli->options, OPT_SKIP), *threads = option_text(&cli->options, OPT_THREADS);
    unsigned lines = 0;
    if (skip != NULL && !ask_whole(skip, SKIP_MAX, &lines)) {
        return ask_bad_value(cli, OPT_SKIP, "a number of lines");
    }
    options->skip_lines = skip != NULL ? (int)lines : -1;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    options->threads = processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (unsigned)processors;
    if (threads != NULL && (!ask_whole(threads, THREADS_MAX, &options->threads) || options->threads == 0)) {
        return ask_bad_value(cli, OPT_THREADS, "a number from 1 to 256");
    }
    options->at_us = INT64_MIN;
    return ask_time(cli, OPT_AT, KURS_DAILY, &options->at_us, NULL);
}

static enum kurs_status read_options(struct cli *cli, struct kurs_import_options *options)
{
    const struct option_values *given = &cli->options;
    *options = (struct kurs_import_options) {
        .layout = option_text(given, OPT_LAYOUT),
        .pair = option_text(given, OPT_PAIR),
        .base = option_text(given, OPT_BASE),
        .quote = option_text(given, OPT_QUOTE),
        .label = option_text(given, OPT_LABEL),
        .price = option_text(given, OPT_PRICE),
        .column = option_text(given, OPT_COLUMN),
        .time_column = option_text(given, OPT_TIME_COLUMN),
        .value_column = option_text(given, OPT_VALUE_COLUMN),
        .date_format = option_text(given, OPT_DATE_FORMAT),
        .date = option_text(given, OPT_DATE),
        .tz = option_text(given, OPT_TZ),
        .decimal = option_text(given, OPT_DECIMAL),
        .thousands = option_text(given, OPT_THOUSANDS),
        .delimiter = option_text(given, OPT_DELIMITER),
        .encoding = option_text(given, OPT_ENCODING),
        .nominal = option_text(given, OPT_NOMINAL),
        .strict = option_given(given, OPT_STRICT),
        .dry_run = option_given(given, OPT_DRY_RUN),
        .follow = option_given(given, OPT_FOLLOW),
        .now_us = cli->now_us,
    };
    enum kurs_status status = ask_conflict(cli, &options->on_conflict);
    return status == KURS_OK ? read_numbers(cli, options) : status;
}

/* What would leave an empty store behind: options that fit no file, and no file that is there. */
static enum kurs_status check(struct cli *cli)
{
    struct kurs_import_options options;
    enum kurs_status status = read_options(cli, &options);
    status = status == KURS_OK ? kurs_import_check(&options, &cli->error) : status;
    if (status != KURS_OK) {
        return status;
    }
    for (size_t i = 0; i < cli->argument_count; i++) {
        if (strcmp(cli->arguments[i], "-") == 0 || access(cli->arguments[i], R_OK) == 0) {
            return KURS_OK; /* of the others it is said in their turn */
        }
    }
    int reason = errno;
    cli_what(cli, KURS_EIO, "cannot open '%s'", cli->arguments[cli->argument_count - 1]);
    return cli_why(cli, KURS_EIO, "%s", strerror(reason));
}

/* One file; a refused one is reported and the next goes on. */
static void import_file(struct cli *cli, const char *file, struct kurs_import_options *options,
                        struct import_rejects *rejects)
{
    bool is_stdin = strcmp(file, "-") == 0;
    struct import_account account = {.cli = cli, .name = is_stdin ? "stdin" : file, .rejects = rejects};
    struct kurs_counts counts = {0};
    import_account_attach(&account, options);
    enum kurs_status status =
        kurs_import(cli->store, is_stdin ? NULL : file, STDIN_FILENO, account.name, options, &counts, &cli->error);
    import_account_finish(&account, status, &counts);
    if (status != KURS_OK) {
        cli_report(cli);
    }
}

static enum kurs_status run(struct cli *cli)
{
    struct kurs_import_options options;
    struct import_rejects rejects, *wanted = NULL;
    const char *path = option_text(&cli->options, OPT_REJECTS);
    enum kurs_status status = read_options(cli, &options);
    if (status == KURS_OK && path != NULL) {
        status = import_rejects_open(cli, path, &rejects);
        wanted = &rejects;
    }
    if (status != KURS_OK) {
        return status;
    }
    for (size_t i = 0; i < cli->argument_count; i++) {
        import_file(cli, cli->arguments[i], &options, wanted);
    }
    return wanted != NULL ? import_rejects_close(cli, wanted) : KURS_OK;
}

const struct command COMMAND_IMPORT = {
    .name = "import",
    .arguments = "FILE...",
    .summary = "read rate files of any kind into the store (- is stdin)",
    .example = "kurs import eurofxref-hist.csv\nkurs import ticks.csv --label dukascopy --dry-run",
    .details = "The layout, delimiter, number and date forms, pair, direction and units are\n"
               "found in the file and said in one line; --dry-run explains them and names the\n"
               "options that pin them. A file is imported whole or not at all. What the file\n"
               "cannot settle is asked for, never guessed. Exit status: 0 done, 3 done with rows\n"
               "rejected, 1 refused or a decision is needed.",
    .options = OPTIONS_IMPORT,
    .flags = COMMAND_CREATES | COMMAND_OWN_ZONE,
    .arguments_min = 1,
    .arguments_max = ARGUMENTS_ANY,
    .check = check,
    .run = run,
};
