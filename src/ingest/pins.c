/* pins.c: the pins, checked. Owns what each option of an import may say and which of them contradict each other; knows
 * nothing of any file. The one idea: all of them are read before the file is opened, so that a slip of the pen is told
 * as what it is, whatever the file holds. Checking each where it is used was dropped: an ambiguous file then asked its
 * question first, and pins that a file had no use for were never looked at. */
#include "ingest/pins.h"

#include "base/error.h"
#include "ingest/date.h"
#include "ingest/encoding.h"
#include "ingest/input.h"

#include <string.h>

#define NOMINAL_MAX INT64_C(1000000000) /* no publisher quotes for more; the units of a row multiply it */

struct word {
    const char *text;
    char mark;
};

static char find_word(const struct word *words, const char *text)
{
    for (; words->text; words++) {
        if (strcmp(words->text, text) == 0) {
            return words->mark;
        }
    }
    return 0;
}

char pins_delimiter(const char *text)
{
    static const struct word words[] = {{"tab", '\t'}, {"\\t", '\t'},  {"\t", '\t'}, {"comma", ','},
                                        {",", ','},    {"pipe", '|'},  {"|", '|'},   {"semicolon", ';'},
                                        {";", ';'},    {"space", ' '}, {" ", ' '},   {NULL, 0}};
    return find_word(words, text);
}

char pins_mark(const char *text)
{
    static const struct word words[] = {{"dot", '.'}, {"point", '.'}, {".", '.'}, {"comma", ','},
                                        {",", ','},   {"space", ' '}, {" ", ' '}, {"apostrophe", '\''},
                                        {"'", '\''},  {NULL, 0}};
    return find_word(words, text);
}

bool pins_is_bar(const char *column)
{
    static const struct word words[] = {{"open", 1}, {"high", 1}, {"low", 1}, {"close", 1}, {NULL, 0}};
    return find_word(words, column) != 0;
}

static enum kurs_status refuse(struct kurs_error *error, const char *option, const char *text, const char *wanted)
{
    error_what(error, KURS_EARGUMENT, "cannot use --%s '%s'", option, text);
    return error_why(error, KURS_EARGUMENT, "it must be %s", wanted);
}

static enum kurs_status contradict(struct kurs_error *error, const char *one, const char *other, const char *why)
{
    error_what(error, KURS_EARGUMENT, "cannot use --%s with --%s", one, other);
    return error_why(error, KURS_EARGUMENT, "%s", why);
}

/* ---- names ---- */

/* A code alone, read as kurs_name_parse reads one beside another. */
static enum kurs_status read_code(const char *option, const char *text, char code[KURS_CODE_SIZE],
                                  struct kurs_error *error)
{
    char pair[KURS_NAME_SIZE];
    struct kurs_name name;
    int length = snprintf(pair, sizeof pair, "%s/%s", text, strcmp(text, "AA") == 0 ? "BB" : "AA");
    if (length >= (int)sizeof pair || strpbrk(text, "/-_@") || kurs_name_parse(pair, &name, NULL) != KURS_OK) {
        return refuse(error, option, text, "a code of 2 to 10 letters or digits");
    }
    memcpy(code, name.base, sizeof name.base);
    return KURS_OK;
}

static enum kurs_status read_label(struct pins *pins, struct kurs_error *error)
{
    const char *text = pins->options.label;
    char pair[KURS_NAME_SIZE];
    struct kurs_name name;
    if (!text || !*text) {
        return KURS_OK;
    }
    int length = snprintf(pair, sizeof pair, "AAA/BBB@%s", text);
    if (length >= (int)sizeof pair || kurs_name_parse(pair, &name, NULL) != KURS_OK) {
        return refuse(error, "label", text, "1 to 32 of a-z, 0-9, '.', '_' and '-'");
    }
    memcpy(pins->label, name.label, sizeof name.label);
    pins->options.label = pins->label;
    return KURS_OK;
}

static enum kurs_status read_sides(struct pins *pins, struct kurs_error *error)
{
    struct kurs_import_options *options = &pins->options;
    enum kurs_status status = options->base ? read_code("base", options->base, pins->base, error) : KURS_OK;
    if (status == KURS_OK && options->quote) {
        status = read_code("quote", options->quote, pins->quote, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    if (options->base && options->quote && strcmp(pins->base, pins->quote) == 0) {
        return contradict(error, "base", "quote", "both are the same currency");
    }
    options->base = options->base ? pins->base : NULL;
    options->quote = options->quote ? pins->quote : NULL;
    return KURS_OK;
}

/* After the sides and the label: it must not contradict them. */
static enum kurs_status read_pair(struct pins *pins, struct kurs_error *error)
{
    struct kurs_import_options *options = &pins->options;
    struct kurs_name name;
    if (!options->pair) {
        return KURS_OK;
    }
    if (kurs_name_parse(options->pair, &name, NULL) != KURS_OK) {
        return refuse(error, "pair", options->pair, "two different codes of 2 to 10 letters or digits: EUR/USD");
    }
    if (options->base && strcmp(name.base, pins->base) != 0) {
        return contradict(error, "pair", "base", "they name different bases");
    }
    if (options->quote && strcmp(name.quote, pins->quote) != 0) {
        return contradict(error, "pair", "quote", "they name different quotes");
    }
    if (name.label[0] && pins->label[0] && strcmp(name.label, pins->label) != 0) {
        return contradict(error, "pair", "label", "they name different labels");
    }
    if (name.label[0]) {
        memcpy(pins->label, name.label, sizeof name.label);
        options->label = pins->label;
        name.label[0] = '\0';
    }
    kurs_name_format(&name, pins->pair);
    options->pair = pins->pair;
    options->base = options->quote = NULL;
    return KURS_OK;
}

/* ---- columns and layout ---- */

static enum kurs_status check_words(const struct kurs_import_options *options, struct kurs_error *error)
{
    static const struct word layouts[] = {{"long", 1},  {"wide", 1},   {"transposed", 1}, {"single", 1},    {"ohlc", 1},
                                          {"ticks", 1}, {"ticker", 1}, {"ledger", 1},     {"beancount", 1}, {NULL, 0}};
    static const struct word prices[] = {{"bid", 1}, {"ask", 1}, {"mid", 1}, {NULL, 0}};
    if (options->layout && !find_word(layouts, options->layout)) {
        return refuse(error, "layout", options->layout,
                      "long, wide, transposed, single, ohlc, ticks, ticker, ledger or beancount");
    }
    if (options->price && !find_word(prices, options->price)) {
        return refuse(error, "price", options->price, "bid, ask or mid");
    }
    return KURS_OK;
}

static enum kurs_status check_nominal(const char *text, struct kurs_error *error)
{
    int64_t units = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && units <= NOMINAL_MAX; at++) {
        units = units * 10 + (*at - '0');
    }
    return *at == '\0' && units > 0 && units <= NOMINAL_MAX
               ? KURS_OK
               : refuse(error, "nominal", text, "a whole number from 1 to 1000000000");
}

/* ---- times ---- */

static enum kurs_status check_times(const struct kurs_import_options *options, struct kurs_error *error)
{
    int64_t time_us;
    struct date_format format;
    struct kurs_error reason = {0};
    if (options->date && kurs_time_parse(options->date, options->now_us, NULL, &time_us, NULL, NULL) != KURS_OK) {
        return refuse(error, "date", options->date, "a date that exists, written YYYY-MM-DD");
    }
    if (options->date && options->at_us != INT64_MIN) {
        return contradict(error, "date", "at", "both give the date of rows without one");
    }
    if (options->date_format && date_format_compile(options->date_format, &format, &reason) != KURS_OK) {
        error_what(error, KURS_EARGUMENT, "cannot use --date-format '%s'", options->date_format);
        error_why(error, KURS_EARGUMENT, "%s", reason.why);
        return error_hint(error, KURS_EARGUMENT, "write it like YYYY-MM-DD, DD.MM.YYYY HH:MM:SS or epoch-ms");
    }
    if (options->tz) {
        struct kurs_zone *zone = NULL;
        if (kurs_zone_open(options->tz, &zone, &reason) != KURS_OK) {
            return refuse(error, "tz", options->tz, "a time zone of this system, such as Asia/Almaty or UTC");
        }
        kurs_zone_close(zone);
    }
    return KURS_OK;
}

/* ---- bytes and marks ---- */

static enum kurs_status check_encoding(const char *name, struct kurs_error *error)
{
    static const char wanted[] = "one that iconv knows, such as UTF-8, CP1251 or UTF-16LE";
    struct encoding *encoding = NULL;
    if (encoding_is_utf8(name)) {
        return KURS_OK;
    }
    if (strlen(name) >= INPUT_ENCODING_SIZE || !*name || encoding_open(name, &encoding, NULL) != KURS_OK) {
        return refuse(error, "encoding", name, wanted);
    }
    encoding_close(encoding);
    return KURS_OK;
}

static enum kurs_status check_marks(const struct kurs_import_options *options, struct kurs_error *error)
{
    const char *decimal = options->decimal, *thousands = options->thousands, *delimiter = options->delimiter;
    bool none = thousands && (strcmp(thousands, "none") == 0 || !*thousands);
    if (delimiter && !pins_delimiter(delimiter)) {
        return refuse(error, "delimiter", delimiter, ", ; | tab or space");
    }
    if (decimal && pins_mark(decimal) != '.' && pins_mark(decimal) != ',') {
        return refuse(error, "decimal", decimal, ". or ,");
    }
    if (thousands && !none && !pins_mark(thousands)) {
        return refuse(error, "thousands", thousands, ", . ' space or none");
    }
    if (decimal && thousands && pins_mark(decimal) == pins_mark(thousands)) {
        return contradict(error, "decimal", "thousands", "one mark cannot be both");
    }
    return KURS_OK;
}

enum kurs_status pins_read(const struct kurs_import_options *options, struct pins *pins, struct kurs_error *error)
{
    *pins = (struct pins) {.options = *options};
    if (options->follow && (options->dry_run || options->strict)) {
        return contradict(error, "follow", options->dry_run ? "dry-run" : "strict",
                          "what has been followed is committed every second");
    }
    enum kurs_status status = check_words(options, error);
    status = status == KURS_OK ? read_label(pins, error) : status;
    status = status == KURS_OK ? read_sides(pins, error) : status;
    status = status == KURS_OK ? read_pair(pins, error) : status;
    status = status == KURS_OK && options->nominal ? check_nominal(options->nominal, error) : status;
    status = status == KURS_OK ? check_times(options, error) : status;
    status = status == KURS_OK && options->encoding ? check_encoding(options->encoding, error) : status;
    return status == KURS_OK ? check_marks(options, error) : status;
}
