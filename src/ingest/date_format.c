/* date_format.c: patterns of dates to ops. Owns the pattern language of date.h. A pattern becomes a short list of ops,
 * each for one part of a stamp; reading by them is date.c's, and at once, where they allow it, date_fixed.c's. */
#include "ingest/date.h"

#include "base/error.h"
#include "ingest/date_ops.h"

#include <string.h>

static const struct {
    char text[8];
    unsigned char op;
} TOKENS[] = {
    /* longest first where one starts another */
    {"hhmmss", OP_CLOCK}, {"YYYY", OP_YEAR4}, {"AMPM", OP_AMPM}, {"Mon", OP_MONTH_NAME}, {"Day", OP_WEEKDAY},
    {"fff", OP_FRACTION}, {"YY", OP_YEAR2},   {"MM", OP_MONTH2}, {"DD", OP_DAY2},        {"HH", OP_HOUR2},
    {"SS", OP_SECOND},    {"Qn", OP_QUARTER}, {"M", OP_MONTH},   {"D", OP_DAY},          {"H", OP_HOUR},
    {"Z", OP_OFFSET},     {"*", OP_REST},     {" ", OP_SPACE},
};

static const struct {
    const char *text;
    unsigned char op;
} WORDS[] = {
    {"epoch-s", OP_EPOCH_S},   {"epoch-ms", OP_EPOCH_MS},   {"epoch-us", OP_EPOCH_US},
    {"epoch-ns", OP_EPOCH_NS}, {"ms-of-day", OP_MS_OF_DAY}, {"excel", OP_EXCEL},
};

static void append_op(struct date_format *format, unsigned char op, char literal)
{
    format->op[format->op_count] = op;
    format->literal[format->op_count] = (unsigned char)literal;
    format->op_count++;
}

/* MM is minutes directly behind the hour, with at most one mark between. */
static bool behind_hour(const struct date_format *format)
{
    int at = format->op_count - 1;
    if (at > 0 && format->op[at] == OP_LITERAL) {
        at--;
    }
    return at >= 0 && (format->op[at] == OP_HOUR || format->op[at] == OP_HOUR2);
}

/* Compiles one part of the pattern; returns its length in the pattern, 0 when a quote is not closed. */
static size_t compile_token(const char *pattern, struct date_format *format)
{
    if (*pattern == '\'') {
        const char *end = strchr(pattern + 1, '\'');
        if (!end) {
            return 0;
        }
        for (const char *c = pattern + 1; c < end; c++) {
            append_op(format, OP_LITERAL, *c);
        }
        return (size_t)(end - pattern) + 1;
    }
    for (size_t i = 0; i < sizeof TOKENS / sizeof TOKENS[0]; i++) {
        if (*pattern != TOKENS[i].text[0]) {
            continue;
        }
        size_t length = strlen(TOKENS[i].text);
        if (strncmp(pattern, TOKENS[i].text, length) == 0) {
            unsigned char op = TOKENS[i].op == OP_MONTH2 && behind_hour(format) ? OP_MINUTE : TOKENS[i].op;
            append_op(format, op, ' ');
            return length;
        }
    }
    append_op(format, OP_LITERAL, *pattern);
    return 1;
}

static bool has_op(const struct date_format *format, unsigned char from, unsigned char to)
{
    for (int i = 0; i < format->op_count; i++) {
        if (format->op[i] >= from && format->op[i] <= to) {
            return true;
        }
    }
    return false;
}

/* The leading ops that make a whole date of fixed width. */
static void find_day(struct date_format *format)
{
    size_t bytes = 0;
    unsigned seen = 0;
    for (int i = 0; i < format->op_count; i++) {
        switch (format->op[i]) {
        case OP_YEAR4:
            bytes += 4;
            seen |= 1;
            break;
        case OP_MONTH2:
            bytes += 2;
            seen |= 2;
            break;
        case OP_DAY2:
            bytes += 2;
            seen |= 4;
            break;
        case OP_LITERAL:
            bytes += 1;
            break;
        default:
            return;
        }
        if (seen == 7 && bytes <= DATE_DAY_BYTES_MAX) {
            format->day_ops = i + 1;
            format->day_bytes = bytes;
            return;
        }
    }
}

enum kurs_status date_format_compile(const char *pattern, struct date_format *format, struct kurs_error *error)
{
    struct date_format made = {.day_us = 0};
    size_t length = strlen(pattern);
    if (length == 0 || length >= DATE_FORMAT_SIZE) {
        error_what(error, KURS_EARGUMENT, "date format '%s'", pattern);
        return error_why(error, KURS_EARGUMENT, length ? "longer than %d characters" : "empty", DATE_FORMAT_SIZE - 1);
    }
    memcpy(made.pattern, pattern, length + 1);
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(pattern, WORDS[i].text) == 0) {
            append_op(&made, WORDS[i].op, ' ');
            made.has_time = true;
            *format = made;
            return KURS_OK;
        }
    }
    for (const char *c = pattern; *c;) {
        size_t used = compile_token(c, &made);
        if (used == 0) {
            error_what(error, KURS_EARGUMENT, "date format '%s'", pattern);
            return error_why(error, KURS_EARGUMENT, "a quote is not closed");
        }
        c += used;
    }
    if (!has_op(&made, OP_YEAR4, OP_YEAR2)) {
        error_what(error, KURS_EARGUMENT, "date format '%s'", pattern);
        error_why(error, KURS_EARGUMENT, "it has no year");
        return error_hint(error, KURS_EARGUMENT, "write it like YYYY-MM-DD, DD.MM.YYYY HH:MM:SS or epoch-ms");
    }
    made.has_time = has_op(&made, OP_HOUR2, OP_CLOCK);
    find_day(&made);
    *format = made;
    return KURS_OK;
}
