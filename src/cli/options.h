/* options.h: every option of the program, once. A name means the same in each command that takes it, because there is
 * no second place to say otherwise; a command only lists the ones it takes (and may put its own words to them).
 * Parsing knows nothing of commands: it splits argv into options and arguments. */
#ifndef KURS_CLI_OPTIONS_H
#define KURS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* X(id, name, letter, value or NULL for a switch, help) */
#define OPTION_LIST(X)                                                                                              \
    /* of every command */                                                                                          \
    X(STORE, "store", 0, "FILE", "the store (else $KURS_STORE, else the one in your data folder)")                  \
    X(NOW, "now", 0, "T", "pretend it is T (tests, reproducible reports)")                                          \
    X(QUIET, "quiet", 'q', NULL, "say nothing on stderr but errors")                                                \
    X(HELP, "help", 'h', NULL, "show this help")                                                                    \
    X(VERSION, "version", 'V', NULL, "show the version")                                                            \
    /* of a range */                                                                                                \
    X(FROM, "from", 0, "T", "start, at the beginning of the unit named: 2025, 2025-12, 2025-12-12, -30d ...")       \
    X(TO, "to", 0, "T", "end, through the unit named (default: the newest point)")                                  \
    X(LAST, "last", 0, "SPAN", "the last 30d, 6w, 3m or 1y before --to, or before the pair's newest point")         \
    X(AT, "at", 0, "T", "as of T: a time of day, or the end of a day, month or year")                               \
    X(TZ, "tz", 0, "ZONE", "time zone of times and periods, e.g. Asia/Bishkek (default UTC)")                       \
    /* of a question */                                                                                             \
    X(VIA, "via", 0, "CODE", "the currency that cross rates go through (default USD, then EUR)")                    \
    X(AS_KNOWN, "as-known", 0, "T", "answer as the store did at T")                                                 \
    X(MAX_AGE, "max-age", 0, "SPAN",                                                                                \
      "leave out answers observed more than 7d, 6w, 3m or 1y before they are asked for")                            \
    X(EXPLAIN, "explain", 0, NULL, "show the arithmetic: values, times, series, formula")                           \
    X(WINDOWS, "windows", 0, "LIST", "windows: counts of d, w, m and y, ytd, max (default 1d,1w,1m,3m,6m,ytd,1y)")  \
    X(CONVENTION, "convention", 0, "NAME",                                                                          \
      "lengths of windows: calendar (default) or tradingview (30, 90, 180, 365 days)")                              \
    X(BY, "by", 0, "PERIOD", "each day, week, month, quarter or year (or 4h, 15m) against the one before")          \
    X(COMPARE, "compare", 0, "@A,@B", "two sources of each pair side by side")                                      \
    X(EVERY, "every", 0, "PERIOD",                                                                                  \
      "length of a bar: day, week, month, quarter, year, 1h ... 24h, or minutes 1m ... 90m")                        \
    /* of output */                                                                                                 \
    X(FORMAT, "format", 'f', "NAME", "table (default), csv, json or markdown")                                      \
    X(OUTPUT, "output", 'o', "FILE", "write to FILE, whole or not at all")                                          \
    X(DECIMALS, "decimals", 0, "N", "decimals of percentages and statistics, or of rates where there are none")     \
    X(NO_COLOR, "no-color", 0, NULL, "no colours on a terminal")                                                    \
    X(WIDE, "wide", 0, NULL, "one row a time, one column a pair")                                                   \
    /* of import */                                                                                                 \
    X(LAYOUT, "layout", 0, "NAME", "rows, transposed, ticker, ledger or beancount, e.g. ticker")                    \
    X(PAIR, "pair", 0, "PAIR", "the pair of every rate in the file, e.g. USD/IDR")                                  \
    X(BASE, "base", 0, "CODE", "the base of every rate, e.g. EUR for units of each currency per euro")              \
    X(QUOTE, "quote", 0, "CODE", "the quote of every rate, e.g. BGN for prices in leva")                            \
    X(LABEL, "label", 0, "NAME", "store as PAIR@NAME, apart from other sources, e.g. ecb")                          \
    X(PRICE, "price", 0, "NAME", "of a tick take only bid, ask or mid, e.g. mid")                                   \
    X(COLUMN, "column", 0, "NAME", "of an OHLC file the column to take, e.g. open (default close)")                 \
    X(TIME_COLUMN, "time-column", 0, "NAME", "the column of times, e.g. 'Pub Time'")                                \
    X(VALUE_COLUMN, "value-column", 0, "NAME", "the column of rates, e.g. 'Middle Rate'")                           \
    X(DATE_FORMAT, "date-format", 0, "PATTERN", "how dates are written, e.g. DD/MM/YYYY")                           \
    X(DATE, "date", 0, "DATE", "the date of a file whose rows have only times, e.g. 2014-05-08")                    \
    X(DECIMAL, "decimal", 0, "MARK", "decimal mark: . or ,")                                                        \
    X(THOUSANDS, "thousands", 0, "MARK", "thousands mark, e.g. ' '")                                                \
    X(DELIMITER, "delimiter", 0, "MARK", "field delimiter: , ; | tab or space, e.g. ';'")                           \
    X(ENCODING, "encoding", 0, "NAME", "character set, e.g. windows-1251")                                          \
    X(NOMINAL, "nominal", 0, "N", "rates are for N units of base, e.g. 100, or stand beside a column of that name") \
    X(SKIP, "skip", 0, "LINES", "lines before the header, e.g. 4")                                                  \
    X(ON_CONFLICT, "on-conflict", 0, "RULE",                                                                        \
      "another value is stored: replace (default; it is kept in revisions), keep, fail")                            \
    X(STRICT, "strict", 0, NULL, "one row rejected: nothing is imported")                                           \
    X(DRY_RUN, "dry-run", 0, NULL, "say what would be understood and done, write nothing")                          \
    X(REJECTS, "rejects", 0, "FILE", "keep every rejected row: line, byte, reason, the row")                        \
    X(THREADS, "threads", 0, "N", "threads to parse with, of which 6 are of use (default: the processors)")         \
    X(FOLLOW, "follow", 0, NULL, "an endless input: commit at least every second")                                  \
    /* of chart and report */                                                                                       \
    X(TYPE, "type", 0, "NAME", "line (default), candle, change, heatmap, drawdown or band")                         \
    X(REBASE, "rebase", 0, NULL, "every pair starts at 100")                                                        \
    X(LOG, "log", 0, NULL, "logarithmic scale")                                                                     \
    X(SIZE, "size", 0, "WxH", "size in pixels (default 960x540)")                                                   \
    X(SCALE, "scale", 0, "N", "pixels for one (png)")                                                               \
    X(TITLE, "title", 0, "TEXT", "title")                                                                           \
    X(SUBTITLE, "subtitle", 0, "TEXT", "subtitle")                                                                  \
    X(SOURCE, "source", 0, "TEXT", "source line below")                                                             \
    X(MARK, "mark", 0, "DATE:TEXT", "mark a date; may be repeated")                                                 \
    X(BAND, "band", 0, "FROM..TO:TEXT", "shade a stretch of time; may be repeated")                                 \
    X(GAP, "gap", 0, "SPAN", "break lines where data is missing for longer (10d, 4h, 3m for months), or none")      \
    X(WEEKDAYS, "weekdays", 0, NULL, "give Saturdays and Sundays no room")                                          \
    X(PANELS, "panels", 0, NULL, "a plot for each pair")                                                            \
    X(FONT, "font", 0, "NAME", "font family (default Liberation Sans, as Arial)")                                   \
    X(INTRO, "intro", 0, "FILE", "text to begin the report with; blank lines part paragraphs")                      \
    X(THEME, "theme", 0, "NAME", "light (default) or dark")                                                         \
    X(SCRIPT, "script", 0, NULL, "write the gnuplot script with its data instead")                                  \
    /* of care */                                                                                                   \
    X(YES, "yes", 0, NULL, "do not ask")

enum option {
    OPT_END, /* ends a command's list */
#define OPTION_ENUM(id, name, letter, value, help) OPT_##id,
    OPTION_LIST(OPTION_ENUM)
#undef OPTION_ENUM
        OPT_COUNT
};

struct option_spec {
    const char *name;
    char letter;
    const char *value; /* NULL: a switch */
    const char *help;
};
extern const struct option_spec OPTIONS[OPT_COUNT]; /* [OPT_END] is unused */

/* One line of a command's table. */
struct option_use {
    enum option option;
    const char *help; /* NULL: the common words */
};

/* Groups that commands take together. */
#define OPTIONS_RANGE                 \
    {OPT_FROM, NULL}, {OPT_TO, NULL}, \
    {                                 \
        OPT_LAST, NULL                \
    }
#define OPTIONS_QUERY                \
    {OPT_TZ, NULL}, {OPT_VIA, NULL}, \
    {                                \
        OPT_AS_KNOWN, NULL           \
    }
#define OPTIONS_OUTPUT                      \
    {OPT_FORMAT, NULL}, {OPT_OUTPUT, NULL}, \
    {                                       \
        OPT_NO_COLOR, NULL                  \
    }
#define OPTIONS_END   \
    {                 \
        OPT_END, NULL \
    }

/* argv taken apart. Texts are argv's own. */
struct option_values {
    struct {
        enum option option;
        const char *text; /* "" for a switch */
    } * given;            /* in the order given; owned */
    size_t given_count;
    char **arguments; /* owned array: [0] is the command, the rest its arguments */
    size_t argument_count;
    char culprit[48]; /* after a fault: the option as given, without its value */
};

enum parse_fault { PARSE_OK, PARSE_UNKNOWN, PARSE_NO_VALUE, PARSE_SURPLUS, PARSE_NO_MEMORY };
/* Options may stand anywhere: --name VALUE, --name=VALUE, -f VALUE, -fVALUE; -- ends them; "-" and "-1.5" are
 * arguments. Parsing stops at the first fault, what came before it is kept. Free with options_release in every case. */
enum parse_fault options_parse(int argc, char **argv, struct option_values *values);
void options_release(struct option_values *values);

bool option_given(const struct option_values *values, enum option option);
/* The last text given, or NULL. */
const char *option_text(const struct option_values *values, enum option option);
/* Repeated options: start with *position 0; NULL ends. */
const char *option_each(const struct option_values *values, enum option option, size_t *position);

bool option_is_common(enum option option); /* taken by every command */

#endif
