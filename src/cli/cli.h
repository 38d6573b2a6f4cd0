/* cli.h: the frame every command stands in: what it declares (struct command), what it is given (struct cli), and the
 * one way to fail. The only layer with argv, clocks and an environment; they are read in main.c and environment.c and
 * reach commands as values.
 *
 * A command is a table of options, one library call and one output call. The runner has opened the store and the
 * snapshot, parsed the options that mean the same everywhere, and afterwards prints the error, checks that the output
 * was written and chooses the exit status. */
#ifndef KURS_CLI_CLI_H
#define KURS_CLI_CLI_H

#include "cli/options.h"
#include "kurs.h"
#include "output/sheet.h"

#include <sys/ioctl.h>

struct cli;
struct stat;

enum command_flags {
    COMMAND_READS = 1,      /* cli->store open for reading, cli->snapshot open (at --as-known) */
    COMMAND_WRITES = 2,     /* cli->store open for writing; a missing one is an error */
    COMMAND_CREATES = 4,    /* the same, but a missing store is made */
    COMMAND_OWN_FORMAT = 8, /* -f names formats of the command's own; cli->style.format is not parsed from it */
    COMMAND_OWN_ZONE = 16   /* --tz is a text the command passes on; cli->zone stays NULL */
};

struct command {
    const char *name;
    const char *arguments;            /* as in the usage line: "PAIR..." */
    const char *summary;              /* one line of `kurs help` */
    const char *example;              /* lines of a transcript, each starting with "kurs" */
    const char *details;              /* paragraphs for --help, lines up to 80 columns, or NULL */
    const struct option_use *options; /* ended by OPT_END; the options of every command are not listed */
    unsigned flags;                   /* of enum command_flags */
    size_t arguments_min, arguments_max;
    enum kurs_status (*check)(struct cli *cli); /* before a store is opened, and perhaps made; NULL: nothing to check */
    enum kurs_status (*run)(struct cli *cli);
};

#define ARGUMENTS_ANY SIZE_MAX

/* What a command is given. Its own memory is the runner's; everything stays valid until run() returns. */
struct cli {
    const struct command *command;
    struct option_values options; /* see option_text, option_given */
    char **arguments;             /* those after the command's name */
    size_t argument_count;
    int64_t now_us;            /* the clock, or --now */
    int64_t (*clock_us)(void); /* for how long something takes, never for what is written */
    int64_t (*clock_ms)(void); /* for how long to wait: it only goes forward */
    char *const *variables;    /* environ, for programs that are run */
    FILE *out;                 /* stdout, or the temporary of -o */
    struct sheet_style style;  /* -f, terminal width, colour */
    int decimals;              /* --decimals, or -1 */
    bool has_max_age;          /* --max-age */
    struct kurs_span max_age;
    struct kurs_zone *zone; /* --tz, or NULL = UTC */
    const char *store_path; /* never NULL once a store was needed */
    struct kurs_store *store;
    struct kurs_snapshot *snapshot;
    bool quiet;              /* -q */
    bool terminal;           /* stdout is a terminal */
    struct winsize window;   /* its size; 0 if it is none, or does not tell */
    unsigned columns;        /* COLUMNS, else those of the window; 0 where neither is known */
    bool multiplexer;        /* tmux or screen stands before it */
    bool err_terminal;       /* stderr is a terminal: progress may be shown */
    int exit_status;         /* of parts that failed or rejected while the command went on; see cli_worsen */
    bool answered;           /* some answer had data, or it was said that there is none; see ask_answered */
    bool reader_gone;        /* the runner's: stdout is a pipe nobody reads */
    struct kurs_error error; /* filled by whoever fails; the runner prints it */
};

/* Filling cli->error, in the shape of the library's own: what failed (subject quoted), why, and the next step.
 * cli_what starts (why = the status' text, hint = ""); all return `status`. */
enum kurs_status cli_what(struct cli *cli, enum kurs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum kurs_status cli_why(struct cli *cli, enum kurs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum kurs_status cli_hint(struct cli *cli, enum kurs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Prints cli->error now and remembers its exit status: for commands that go on to their next argument. */
void cli_report(struct cli *cli);
/* Keeps the worse of two exit statuses: 4 (store or I/O) over 2, 1 and 3. */
void cli_worsen(struct cli *cli, int exit_status);
/* Whether the two are one file, whatever it is called. */
bool cli_same_file(const struct stat *a, const struct stat *b);
/* Whether `path` names the command's store or its lock, which nothing but the store may write. */
bool cli_is_store(const struct cli *cli, const char *path);
/* A line of talk on stderr; nothing when -q. */
void cli_say(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ends an answer: after a failure (`status`) it is discarded, else closed, and a failure of that becomes cli->error. */
enum kurs_status cli_close_sheet(struct cli *cli, struct sheet *sheet, enum kurs_status status);

#define EXIT_REJECTED 3 /* imported, with rows rejected; the others come from kurs_status_exit */

#endif
