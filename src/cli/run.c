/* run.c: what stands around every command: checks of options and arguments, the options that mean the same everywhere,
 * store and snapshot, the output file, and in the end the error line, the check that all was written, and the exit
 * status. Knows no command by name.
 *
 * -o FILE is written beside FILE and renamed, so that a reader never sees half of it. A closed pipe on stdout ends the
 * program quietly, as a pipe's reader expects. */
#include "cli/run.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "output/save.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE    4096 /* PATH_MAX on Linux; longer ones are refused */
#define DECIMALS_MAX 18   /* KURS_PERCENT_DECIMALS_MAX, and the digits of a rate */

_Static_assert(DECIMALS_MAX == KURS_PERCENT_DECIMALS_MAX, "one limit for --decimals");

/* Paths that live as long as the command. */
struct paths {
    char store[PATH_SIZE];
    char scratch[PATH_SIZE - 16]; /* folder of a store that only a dry run sees, "" while there is none */
    struct save save;             /* of -o */
};

static enum kurs_status check_options(struct cli *cli)
{
    const struct command *command = cli->command;
    for (size_t i = 0; i < cli->options.given_count; i++) {
        enum option option = cli->options.given[i].option;
        if (!command_takes(command, option)) {
            cli_what(cli, KURS_EARGUMENT, "cannot use option '--%s'", OPTIONS[option].name);
            cli_why(cli, KURS_EARGUMENT, "'kurs %s' has no such option", command->name);
            return cli_hint(cli, KURS_EARGUMENT, "'kurs %s --help' lists the ones it has", command->name);
        }
    }
    size_t count = cli->argument_count;
    if (count < command->arguments_min || count > command->arguments_max) {
        cli_what(cli, KURS_EARGUMENT, "cannot run '%s'", command->name);
        if (count < command->arguments_min) {
            cli_why(cli, KURS_EARGUMENT, "an argument is missing");
        } else {
            cli_why(cli, KURS_EARGUMENT, "argument '%s' is one too many", cli->arguments[command->arguments_max]);
        }
        return cli_hint(cli, KURS_EARGUMENT, "usage: kurs %s [options]%s%s", command->name,
                        *command->arguments != '\0' ? " " : "", command->arguments);
    }
    return KURS_OK;
}

static enum kurs_status read_style(struct cli *cli, const struct environment *environment)
{
    const char *format = option_text(&cli->options, OPT_FORMAT);
    if (format != NULL && !(cli->command->flags & COMMAND_OWN_FORMAT) &&
        !sheet_format_parse(format, &cli->style.format)) {
        return ask_bad_value(cli, OPT_FORMAT, "table, csv, json or markdown");
    }
    const char *decimals = option_text(&cli->options, OPT_DECIMALS);
    unsigned number = 0;
    if (decimals != NULL && !ask_whole(decimals, DECIMALS_MAX, &number)) {
        return ask_bad_value(cli, OPT_DECIMALS, "a whole number from 0 to 18");
    }
    cli->decimals = decimals != NULL ? (int)number : -1;
    bool to_terminal = environment->out_terminal && !option_given(&cli->options, OPT_OUTPUT);
    cli->style.color = to_terminal && !environment->no_color && !option_given(&cli->options, OPT_NO_COLOR);
    if (environment->columns == NULL || !ask_whole(environment->columns, 100000, &cli->columns)) {
        cli->columns = environment->window.ws_col;
    }
    cli->style.width = to_terminal ? cli->columns : 0; /* a file is the same wherever it was made */
    cli->window = environment->window;
    cli->terminal = to_terminal;
    cli->multiplexer = environment->multiplexer;
    cli->variables = environment->variables;
    cli->err_terminal = environment->err_terminal;
    cli->quiet = option_given(&cli->options, OPT_QUIET);
    return KURS_OK;
}

static enum kurs_status read_times(struct cli *cli, const struct environment *environment)
{
    cli->clock_us = environment->clock_us;
    cli->clock_ms = environment->clock_ms;
    cli->now_us = cli->clock_us();
    const char *zone = option_text(&cli->options, OPT_TZ);
    if (zone != NULL && !(cli->command->flags & COMMAND_OWN_ZONE)) {
        enum kurs_status status = kurs_zone_open(zone, &cli->zone, &cli->error);
        if (status != KURS_OK) {
            return status;
        }
    }
    enum kurs_status status = ask_time(cli, OPT_NOW, KURS_INSTANT, &cli->now_us, NULL);
    if (status != KURS_OK) {
        return status;
    }
    const char *max_age = option_text(&cli->options, OPT_MAX_AGE);
    if (max_age != NULL && kurs_span_parse(max_age, false, &cli->max_age) != KURS_OK) {
        return ask_bad_value(cli, OPT_MAX_AGE, "a span such as 7d, 6w, 3m or 1y");
    }
    cli->has_max_age = max_age != NULL;
    return KURS_OK;
}

/* --store, else KURS_STORE, else kurs/history.kurs in the user's data folder. */
static enum kurs_status find_store(struct cli *cli, const struct environment *environment, struct paths *paths)
{
    const char *given = option_text(&cli->options, OPT_STORE);
    int length;
    if (given == NULL) {
        given = environment->store;
    }
    if (given != NULL) {
        length = snprintf(paths->store, PATH_SIZE, "%s", given);
    } else if (environment->data_home != NULL) {
        length = snprintf(paths->store, PATH_SIZE, "%s/kurs/history.kurs", environment->data_home);
    } else if (environment->home != NULL) {
        length = snprintf(paths->store, PATH_SIZE, "%s/.local/share/kurs/history.kurs", environment->home);
    } else {
        cli_what(cli, KURS_EARGUMENT, "cannot choose a store");
        cli_why(cli, KURS_EARGUMENT, "neither KURS_STORE, XDG_DATA_HOME nor HOME is set");
        return cli_hint(cli, KURS_EARGUMENT, "name one with --store FILE");
    }
    if (length < 0 || length >= PATH_SIZE || paths->store[0] == '\0') {
        cli_what(cli, KURS_EARGUMENT, "cannot use store '%s'", given);
        return cli_why(cli, KURS_EARGUMENT, "its path is empty or longer than %d bytes", PATH_SIZE - 1);
    }
    cli->store_path = paths->store;
    return KURS_OK;
}

/* A dry run writes nothing: if there is no store yet, it tries its hand on one that is thrown away. What else is wrong
 * with the path is met, and said, where it is opened. */
static enum kurs_status use_scratch_store(struct cli *cli, const struct environment *environment, struct paths *paths)
{
    struct stat state;
    if (!option_given(&cli->options, OPT_DRY_RUN) || stat(cli->store_path, &state) == 0 || errno != ENOENT) {
        return KURS_OK;
    }
    const char *folder = environment->temporary != NULL ? environment->temporary : "/tmp";
    int length = snprintf(paths->scratch, sizeof paths->scratch, "%s/kurs-XXXXXX", folder);
    bool fits = length >= 0 && length < (int)sizeof paths->scratch;
    if (!fits || mkdtemp(paths->scratch) == NULL) {
        int reason = fits ? errno : ENAMETOOLONG;
        paths->scratch[0] = '\0';
        cli_what(cli, KURS_EIO, "cannot make a temporary folder in '%s'", folder);
        cli_why(cli, KURS_EIO, "%s", strerror(reason));
        return cli_hint(cli, KURS_EIO, "TMPDIR names another");
    }
    snprintf(paths->store, PATH_SIZE, "%s/dry.kurs", paths->scratch);
    return KURS_OK;
}

static void remove_scratch_store(const struct paths *paths)
{
    char lock[PATH_SIZE + 8];
    if (paths->scratch[0] != '\0') {
        snprintf(lock, sizeof lock, "%s-lock", paths->store);
        unlink(paths->store);
        unlink(lock);
        rmdir(paths->scratch);
    }
}

static enum kurs_status open_store(struct cli *cli, const struct environment *environment, struct paths *paths)
{
    unsigned needs = cli->command->flags & (COMMAND_READS | COMMAND_WRITES | COMMAND_CREATES);
    if (needs == 0) {
        return KURS_OK;
    }
    enum kurs_status status = find_store(cli, environment, paths);
    if (status == KURS_OK) {
        status = use_scratch_store(cli, environment, paths);
    }
    if (status != KURS_OK) {
        return status;
    }
    enum kurs_open_flags flags = needs & COMMAND_CREATES  ? KURS_OPEN_CREATE
                                 : needs & COMMAND_WRITES ? KURS_OPEN_WRITE
                                                          : KURS_OPEN_READ;
    status = kurs_store_open(cli->store_path, flags, cli->now_us, &cli->store, &cli->error);
    if (status == KURS_ENODATA && cli->error.hint[0] == '\0') {
        return cli_hint(cli, status, "start one with: kurs import FILE (or name another with --store)");
    }
    if (status != KURS_OK || !(needs & COMMAND_READS)) {
        return status;
    }
    int64_t until_us = KURS_KNOWN_LATEST;
    status = ask_time(cli, OPT_AS_KNOWN, KURS_INSTANT, NULL, &until_us);
    if (status != KURS_OK) {
        return status;
    }
    int64_t known_us = until_us == KURS_KNOWN_LATEST ? KURS_KNOWN_LATEST : until_us - 1;
    return kurs_snapshot_open(cli->store, known_us, &cli->snapshot, &cli->error);
}

bool cli_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool cli_is_store(const struct cli *cli, const char *path)
{
    char lock[PATH_SIZE + 8];
    struct stat wanted, other;
    if (cli->store_path == NULL || stat(path, &wanted) != 0) {
        return false;
    }
    snprintf(lock, sizeof lock, "%s-lock", cli->store_path);
    return (stat(cli->store_path, &other) == 0 && cli_same_file(&wanted, &other)) ||
           (stat(lock, &other) == 0 && cli_same_file(&wanted, &other));
}

static enum kurs_status open_output(struct cli *cli, struct paths *paths)
{
    const char *path = option_text(&cli->options, OPT_OUTPUT);
    cli->out = stdout;
    if (path == NULL) {
        return KURS_OK;
    }
    if (cli_is_store(cli, path)) {
        cli_what(cli, KURS_EARGUMENT, "cannot write to '%s'", path);
        cli_why(cli, KURS_EARGUMENT, "it is the store, or its lock");
        return cli_hint(cli, KURS_EARGUMENT, "name another file");
    }
    enum kurs_status status = save_open(path, &paths->save, &cli->error);
    cli->out = paths->save.file;
    return status;
}

static bool reader_is_gone(int descriptor)
{
    struct pollfd state = {.fd = descriptor, .events = POLLOUT};
    return poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0;
}

/* Sees that all was written; `status` is the command's own. */
static enum kurs_status finish_stdout(struct cli *cli, enum kurs_status status)
{
    bool failed = fflush(stdout) != 0;
    int reason = errno;
    failed = failed || ferror(stdout);
    if (failed && reader_is_gone(STDOUT_FILENO)) {
        cli->reader_gone = true;
        return status;
    }
    if (!failed || (status != KURS_OK && status != KURS_EIO)) {
        return status;
    }
    cli_what(cli, KURS_EIO, "cannot write to standard output");
    return cli_why(cli, KURS_EIO, "%s", strerror(reason));
}

/* The output goes in place if the command went well; its failure to be written says more than that of the command. */
static enum kurs_status finish_output(struct cli *cli, struct paths *paths, enum kurs_status status)
{
    if (paths->save.file == NULL) {
        return finish_stdout(cli, status);
    }
    if (status != KURS_OK && (status != KURS_EIO || !ferror(paths->save.file))) {
        save_abandon(&paths->save);
        return status;
    }
    status = save_close(&paths->save, &cli->error);
    return status == KURS_OK ? save_name(&paths->save, &cli->error) : status;
}

enum kurs_status cli_close_sheet(struct cli *cli, struct sheet *sheet, enum kurs_status status)
{
    if (status != KURS_OK) {
        sheet_discard(sheet);
        return status;
    }
    status = sheet_close(sheet);
    return status == KURS_OK ? status : cli_what(cli, status, "cannot write the answer");
}

static enum kurs_status prepare(struct cli *cli, const struct environment *environment, struct paths *paths)
{
    enum kurs_status status = check_options(cli);
    if (status == KURS_OK) {
        status = read_style(cli, environment);
    }
    if (status == KURS_OK) {
        status = read_times(cli, environment);
    }
    if (status == KURS_OK && cli->command->check != NULL) {
        status = cli->command->check(cli);
    }
    if (status == KURS_OK) {
        status = open_store(cli, environment, paths);
    }
    return status == KURS_OK ? open_output(cli, paths) : status;
}

/* The last word: none where the reader has gone, else the error. */
static int finish(struct cli *cli, enum kurs_status status)
{
    if (cli->reader_gone) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    if (status != KURS_OK) {
        cli_report(cli);
    }
    return cli->exit_status;
}

int run_stdout_end(struct cli *cli)
{
    return finish(cli, finish_stdout(cli, KURS_OK));
}

int run_command(struct cli *cli, const struct environment *environment)
{
    struct paths paths;
    paths.store[0] = paths.scratch[0] = '\0';
    paths.save.file = NULL;
    cli->arguments = cli->options.arguments + 1;
    cli->argument_count = cli->options.argument_count - 1;
    enum kurs_status status = prepare(cli, environment, &paths);
    if (status == KURS_OK) {
        status = cli->command->run(cli);
    }
    status = finish_output(cli, &paths, status);
    kurs_snapshot_close(cli->snapshot);
    kurs_store_close(cli->store);
    remove_scratch_store(&paths);
    kurs_zone_close(cli->zone);
    return finish(cli, status);
}
