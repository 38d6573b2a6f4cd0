/* sniff_stamp.c owns the shapes of dates. It knows the pattern language of date.h and no file.
 * The idea: a text is walked once, writing the pattern as it goes; only the order of day, month and year is left open,
 * so a text gives a few patterns and date_read judges them over the column. A fixed list of known patterns was the
 * alternative: publishers combine separators, names and times too freely for one. */
#include "ingest/sniff_stamp.h"

#include <string.h>

#include "ingest/ascii.h"
#include "ingest/tables.h"

struct walk {
    const char *text;
    size_t length, at;
    bool loose;
    bool short_part; /* a day, month or hour of one digit was met */
    char *out;       /* DATE_FORMAT_SIZE bytes, or NULL to only look */
    size_t out_length;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static void put(struct walk *walk, const char *text, size_t length)
{
    if (length >= DATE_FORMAT_SIZE - walk->out_length)
        length = DATE_FORMAT_SIZE - 1 - walk->out_length;
    memcpy(walk->out + walk->out_length, text, length);
    walk->out_length += length;
    walk->out[walk->out_length] = 0;
}

static void put_text(struct walk *walk, const char *text)
{
    put(walk, text, strlen(text));
}

static size_t digits_at(const struct walk *walk, size_t at)
{
    size_t count = 0;
    while (at + count < walk->length && ascii_is_digit(walk->text[at + count]))
        count++;
    return count;
}

static int number_at(const struct walk *walk, size_t at, size_t digits)
{
    int number = 0;
    for (size_t i = 0; i < digits && i < 8; i++)
        number = number * 10 + (walk->text[at + i] - '0');
    return number;
}

static char peek(const struct walk *walk)
{
    return walk->at < walk->length ? walk->text[walk->at] : 0;
}

/* Characters that stand for themselves: separators, and letters in quotes so that they are no part of a pattern. */
static void put_literal(struct walk *walk, const char *text, size_t length)
{
    bool letters = false;
    for (size_t i = 0; i < length; i++)
        letters |= is_letter(text[i]);
    if (letters)
        put(walk, "'", 1);
    put(walk, text, length);
    if (letters)
        put(walk, "'", 1);
}

/* One separator ("-", "/", ".", " ", ", ", "年", " de ") between parts of a date; spaces around it may be lost. */
static bool take_separator(struct walk *walk)
{
    size_t from = walk->at;
    static const char *const words[] = {" de ",    " d'",     " г. ",   "\u5e74", "\u6708",
                                        "\ub144 ", "\uc6d4 ", "\ub144", "\uc6d4"};
    bool may_be_word = peek(walk) == ' ' || (unsigned char)peek(walk) >= 0x80;
    for (size_t i = 0; i < sizeof words / sizeof words[0] && may_be_word; i++) {
        size_t bytes = strlen(words[i]);
        if (walk->length - from > bytes && memcmp(walk->text + from, words[i], bytes) == 0) {
            put_literal(walk, words[i], bytes);
            walk->at += bytes;
            return true;
        }
    }
    char c = peek(walk);
    if (!c || !strchr("-/. ,_", c))
        return false;
    walk->at++;
    if (c == ' ' && peek(walk) && strchr("-/,", peek(walk)))
        c = walk->text[walk->at++];
    put(walk, &c, 1);
    if (peek(walk) == ' ') {
        if (c == ',' || c == '.')
            put(walk, " ", 1);
        while (peek(walk) == ' ')
            walk->at++;
    }
    return walk->at < walk->length;
}

static void put_part(struct walk *walk, char part, size_t digits)
{
    put(walk, &part, 1);
    walk->short_part |= digits == 1;
    if (!walk->loose && digits == 2)
        put(walk, &part, 1);
}

static bool take_month_name(struct walk *walk)
{
    int month;
    size_t used;
    if (!month_find(walk->text + walk->at, walk->length - walk->at, &month, &used))
        return false;
    put_text(walk, "Mon");
    walk->at += used;
    return true;
}

/* "02.01.2022.", "2024.01.02." */
static void take_final_dot(struct walk *walk)
{
    if (peek(walk) != '.' || (walk->at + 1 < walk->length && walk->text[walk->at + 1] != ' '))
        return;
    put(walk, ".", 1);
    walk->at++;
}

static bool take_year(struct walk *walk, bool must_be_long)
{
    size_t digits = digits_at(walk, walk->at);
    int year = number_at(walk, walk->at, digits);
    if (digits == 4 ? year < 1000 || year > 2999 : digits != 2 || must_be_long)
        return false;
    put_text(walk, digits == 4 ? "YYYY" : "YY");
    walk->at += digits;
    if (digits == 4)
        take_final_dot(walk);
    return true;
}

/* ":MM[:SS[.fff]]" behind the hour. */
static void take_minutes(struct walk *walk)
{
    walk->at += 3;
    put_text(walk, ":MM");
    if (peek(walk) != ':' || digits_at(walk, walk->at + 1) != 2)
        return;
    walk->at += 3;
    put_text(walk, ":SS");
    char c = peek(walk);
    size_t digits = c == '.' || c == ',' || c == ':' ? digits_at(walk, walk->at + 1) : 0;
    if (digits > 0) {
        put(walk, &c, 1);
        put_text(walk, "fff");
        walk->at += 1 + digits;
    }
}

/* A time of day: "9:30", "09:30:00.123", "093000", "0930", "093000123"; glued digits only where a date stands before. */
static bool take_clock(struct walk *walk, bool behind_date)
{
    size_t digits = digits_at(walk, walk->at);
    if ((digits == 1 || digits == 2) && walk->at + digits < walk->length && walk->text[walk->at + digits] == ':' &&
        digits_at(walk, walk->at + digits + 1) == 2) {
        put_part(walk, 'H', digits);
        walk->at += digits;
        take_minutes(walk);
        return true;
    }
    if (!behind_date || digits == 0)
        return false;
    if (digits == 9) {
        put_text(walk, "hhmmssfff");
    } else if (digits == 4) {
        put_text(walk, "HHMM");
    } else if (digits <= 6) {
        put_text(walk, "hhmmss");
    } else {
        return false;
    }
    walk->at += digits;
    if (peek(walk) == '.' && digits == 6 && digits_at(walk, walk->at + 1) > 0) {
        put_text(walk, ".fff");
        walk->at += 1 + digits_at(walk, walk->at + 1);
    }
    return true;
}

static bool starts(const struct walk *walk, const char *word)
{
    size_t bytes = strlen(word);
    return walk->length - walk->at >= bytes && strncmp(walk->text + walk->at, word, bytes) == 0;
}

/* " AM", "Z", "+01:00", " GMT+0100", " Uhr" ... up to the end. */
static bool take_clock_end(struct walk *walk)
{
    bool space = peek(walk) == ' ';
    while (peek(walk) == ' ')
        walk->at++;
    if (starts(walk, "AM") || starts(walk, "PM") || starts(walk, "am") || starts(walk, "pm")) {
        put_text(walk, space ? " AMPM" : "AMPM");
        walk->at += 2;
        space = peek(walk) == ' ';
        while (peek(walk) == ' ')
            walk->at++;
    }
    if (walk->at == walk->length)
        return true;
    bool zone = starts(walk, "Z") || starts(walk, "UTC") || starts(walk, "GMT") ||
                ((peek(walk) == '+' || peek(walk) == '-') && digits_at(walk, walk->at + 1) >= 2);
    put_text(walk, space ? " " : "");
    put_text(walk, zone ? "Z" : "*");
    return zone || (space && is_letter(peek(walk)));
}

/* What stands between a date and its time. */
static bool take_time(struct walk *walk)
{
    if (walk->at == walk->length)
        return true;
    char c = peek(walk);
    size_t from = walk->at;
    if (c == 'Z' && walk->at + 1 == walk->length) {
        put_text(walk, "Z");
        return true;
    }
    bool comma = c == ',' && walk->at + 1 < walk->length && walk->text[walk->at + 1] == ' ';
    if (c == 'T' || c == '_' || comma || c == '-' || c == ':') {
        put_literal(walk, &c, 1);
        walk->at++;
    }
    if (peek(walk) == ' ') {
        put(walk, " ", 1);
        while (peek(walk) == ' ')
            walk->at++;
    }
    if (walk->at == from)
        return false;
    return take_clock(walk, true) && take_clock_end(walk);
}

/* Behind "1-2 digits, separator": the rest of a day-first or month-first date. */
static bool walk_small_first(struct walk *walk, size_t first, int order)
{
    /* order: 0 day first, 1 month first, 2 year first */
    size_t second = digits_at(walk, walk->at);
    (void)first;
    if (second == 0 || second > 2)
        return false;
    put_part(walk, order == 0 ? 'M' : order == 1 ? 'D' : 'M', second);
    walk->at += second;
    if (!take_separator(walk))
        return false;
    size_t third = digits_at(walk, walk->at);
    if (order == 2) {
        if (third == 0 || third > 2)
            return false;
        put_part(walk, 'D', third);
        walk->at += third;
        return true;
    }
    return take_year(walk, false);
}

/* A date that starts with one or two digits. */
static bool walk_day(struct walk *walk, int order)
{
    size_t digits = digits_at(walk, walk->at);
    size_t mark = walk->out_length;
    if (order == 2 && digits != 2)
        return false;
    if (order == 2)
        put_text(walk, "YY");
    else
        put_part(walk, order == 0 ? 'D' : 'M', digits);
    walk->at += digits;
    size_t glued = walk->at;
    bool parted = take_separator(walk);
    if (is_letter(peek(walk)) && order == 0) { /* 13 April 2026, 03-Jan-23, 05Jan2023 */
        if (!parted)
            walk->out_length = mark + (size_t)(walk->loose || digits == 1 ? 1 : 2);
        if (!take_month_name(walk))
            return false;
        take_separator(walk);
        return take_year(walk, false);
    }
    if (!parted || walk->at == glued)
        return false;
    if (digits_at(walk, walk->at) == 4 && order == 1) /* 03/2024; 3.2024 is a number */
        return strchr("/-", walk->text[glued]) && take_year(walk, true) && walk->at == walk->length;
    return walk_small_first(walk, digits, order);
}

/* A literal of three bytes such as the signs for month and day, if it stands here. */
static bool take_sign(struct walk *walk, const char *const signs[2])
{
    for (int i = 0; i < 2; i++) {
        if (!starts(walk, signs[i]))
            continue;
        put_literal(walk, signs[i], strlen(signs[i]));
        walk->at += strlen(signs[i]);
        return true;
    }
    return false;
}

static bool take_part(struct walk *walk, char part)
{
    size_t digits = digits_at(walk, walk->at);
    if (digits == 0 || digits > 2)
        return false;
    put_part(walk, part, digits);
    walk->at += digits;
    return true;
}

/* "M07[D08]", "Q4" behind a year; false when neither stands here. */
static bool take_period(struct walk *walk)
{
    char c = peek(walk);
    if ((c == 'Q' || c == 'q') && digits_at(walk, walk->at + 1) == 1) {
        put_text(walk, "Qn");
        walk->at += 2;
        return true;
    }
    if ((c != 'M' && c != 'm') || digits_at(walk, walk->at + 1) != 2)
        return false;
    put_literal(walk, &c, 1);
    put_text(walk, "MM");
    walk->at += 3;
    if (peek(walk) == 'D' && digits_at(walk, walk->at + 1) == 2) {
        put_text(walk, "'D'DD");
        walk->at += 3;
    }
    return true;
}

/* The rest of a date behind its year of four digits. */
static bool walk_year(struct walk *walk)
{
    static const char *const month_signs[2] = {"\u6708", "\uc6d4"}, *const day_signs[2] = {"\u65e5", "\uc77c"};
    put_text(walk, "YYYY");
    walk->at += 4;
    if (take_period(walk))
        return walk->at == walk->length;
    if (!take_separator(walk))
        return false;
    if (take_period(walk))
        return walk->at == walk->length;
    if (is_letter(peek(walk))) { /* 2023-Jan-05, 2020 Jan */
        if (!take_month_name(walk))
            return false;
        if (walk->at == walk->length)
            return true;
        take_separator(walk);
        return take_part(walk, 'D');
    }
    if (!take_part(walk, 'M'))
        return false;
    if (walk->at == walk->length) /* 2003-01; 2003.1 and 2003,1 are numbers */
        return walk->text[4] != '.' && walk->text[4] != ',';
    if (!take_separator(walk))
        return take_sign(walk, month_signs) && walk->at == walk->length;
    if (!take_part(walk, 'D'))
        return false;
    take_sign(walk, day_signs);
    take_final_dot(walk);
    return true;
}

/* A date that starts with a month's name: March 02, 2026; Mar-24; Mar 2020. */
static bool walk_month_name(struct walk *walk)
{
    if (!take_month_name(walk))
        return false;
    take_separator(walk);
    size_t digits = digits_at(walk, walk->at);
    if (digits == 4)
        return take_year(walk, true);
    if (digits == 0 || digits > 2)
        return false;
    size_t mark = walk->at, out_mark = walk->out_length;
    put_part(walk, 'D', digits);
    walk->at += digits;
    if (walk->at < walk->length && take_separator(walk) && take_year(walk, false))
        return true;
    walk->at = mark; /* Mar-24 */
    walk->out_length = out_mark;
    walk->out[out_mark] = 0;
    return take_year(walk, false);
}

/* A weekday's name before the date: "Fri, ", "Friday ". */
static void take_weekday(struct walk *walk)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    size_t letters = 0;
    while (letters < walk->length && is_letter(walk->text[letters]))
        letters++;
    if (letters < 3 || letters == walk->length)
        return;
    for (int i = 0; i < 7; i++) {
        bool same = true;
        for (int k = 0; k < 3; k++)
            same &= (walk->text[k] | 0x20) == days[i][k];
        if (!same)
            continue;
        put_text(walk, "Day");
        walk->at = letters;
        char c = peek(walk);
        if (c == ',' || c == '.') {
            put(walk, &c, 1);
            walk->at++;
        }
        if (peek(walk) == ' ')
            put(walk, " ", 1);
        while (peek(walk) == ' ')
            walk->at++;
        return;
    }
}

static bool plausible_compact(const struct walk *walk, size_t at)
{
    int year = number_at(walk, at, 4), month = number_at(walk, at + 4, 2), day = number_at(walk, at + 6, 2);
    return year >= 1700 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool plausible_compact_day_first(const struct walk *walk, size_t at)
{
    int year = number_at(walk, at + 4, 4), month = number_at(walk, at + 2, 2), day = number_at(walk, at, 2);
    return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Dates in one run of digits. Behind 8 of them a time may follow. */
static bool walk_digits(struct walk *walk, size_t digits, int order)
{
    bool year_first = plausible_compact(walk, walk->at);
    if (digits == 14 && year_first) {
        put_text(walk, order == 0 ? "YYYYMMDDhhmmss" : "");
        walk->at += digits;
        return order == 0 && walk->at == walk->length;
    }
    if (digits == 12 && year_first) {
        put_text(walk, order == 0 ? "YYYYMMDDHHMM" : "");
        walk->at += digits;
        return order == 0 && walk->at == walk->length;
    }
    if (digits != 8)
        return false;
    if (order == 0 ? !year_first : order == 1 ? year_first || !plausible_compact_day_first(walk, walk->at) : true)
        return false;
    put_text(walk, order == 0 ? "YYYYMMDD" : "DDMMYYYY");
    walk->at += 8;
    return true;
}

/* One reading of the text; order says which of the open choices to take. */
static bool walk_once(struct walk *walk, int order)
{
    take_weekday(walk);
    size_t digits = digits_at(walk, walk->at);
    bool read;
    if (digits >= 8)
        read = walk_digits(walk, digits, order);
    else if (digits == 4)
        read = order == 0 && walk_year(walk);
    else if (digits == 1 || digits == 2)
        read = walk_day(walk, order);
    else
        read = digits == 0 && order == 0 && walk_month_name(walk);
    return read && take_time(walk);
}

/* Cells of digits alone, by their size. */
static enum stamp_shape shape_of_digits(const struct walk *walk)
{
    static const struct {
        size_t digits;
        int from, until; /* of the first ten digits' leading 4: 1990..2100 in seconds */
    } epochs[] = {{9, 6311, 9999}, {10, 1000, 4102}, {13, 1000, 4102}, {16, 1000, 4102}, {19, 1000, 4102}};
    if (walk->length == 5)
        return number_at(walk, 0, 5) >= 20000 && number_at(walk, 0, 5) < 60000 ? STAMP_SERIAL : STAMP_NONE;
    if (walk->length == 4) {
        int year = number_at(walk, 0, 4);
        return year >= 1700 && year <= 2100 ? STAMP_YEAR : STAMP_NONE;
    }
    if ((walk->length == 8 || walk->length == 12 || walk->length == 14) &&
        (plausible_compact(walk, 0) || (walk->length == 8 && plausible_compact_day_first(walk, 0))))
        return STAMP_COMPACT;
    for (size_t i = 0; i < sizeof epochs / sizeof epochs[0]; i++)
        if (walk->length == epochs[i].digits && number_at(walk, 0, 4) >= epochs[i].from &&
            number_at(walk, 0, 4) <= epochs[i].until)
            return STAMP_EPOCH;
    return STAMP_NONE;
}

/* "1585774800.123", "45000.0416666667": seconds and days may have a part of one behind. */
static enum stamp_shape shape_of_fraction(const struct walk *walk)
{
    struct walk whole = *walk;
    size_t mark = whole.length = digits_at(walk, 0);
    if ((mark != 5 && mark != 10) || walk->length < mark + 2 || (walk->text[mark] != '.' && walk->text[mark] != ',') ||
        digits_at(walk, mark + 1) != walk->length - mark - 1)
        return STAMP_NONE;
    return shape_of_digits(&whole);
}

static struct walk trimmed(const char *text, size_t length, char *out)
{
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    while (length > 0 && (*text == ' ' || *text == '\t'))
        text++, length--;
    return (struct walk) {.text = text, .length = length, .out = out};
}

enum stamp_shape stamp_shape(const char *text, size_t length)
{
    enum { STAMP_LENGTH_MAX = 48 }; /* "Wednesday, 30 September 2020 12:00:00.000 GMT+0100" and no more */
    char out[DATE_FORMAT_SIZE];
    struct walk walk = trimmed(text, length, out);
    if (walk.length == 0 || walk.length > STAMP_LENGTH_MAX)
        return STAMP_NONE;
    size_t digits = digits_at(&walk, 0);
    if (digits == walk.length)
        return shape_of_digits(&walk);
    if (digits == 0 && !is_letter(walk.text[0]))
        return STAMP_NONE;
    enum stamp_shape fraction = shape_of_fraction(&walk);
    if (fraction != STAMP_NONE)
        return fraction;
    if (digits > 0 && digits <= 2 && walk.text[digits] == ':')
        return take_clock(&walk, false) && take_clock_end(&walk) ? STAMP_TIME : STAMP_NONE;
    for (int order = 0; order < 3; order++) {
        struct walk again = walk;
        struct date_format format;
        struct date_value value;
        again.loose = true;
        out[0] = 0;
        if (!walk_once(&again, order) || date_format_compile(out, &format, NULL) != KURS_OK ||
            !date_read(&format, walk.text, walk.length, &value))
            continue;
        if (strstr(out, "Qn") || !strpbrk(out, "D"))
            return STAMP_MONTH;
        return digits == 8 ? STAMP_COMPACT : STAMP_DATE;
    }
    return STAMP_NONE;
}

static int epoch_pattern(size_t digits, char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE])
{
    const char *word = digits <= 10 ? "epoch-s" : digits <= 13 ? "epoch-ms" : digits <= 16 ? "epoch-us" : "epoch-ns";
    memcpy(pattern[0], word, strlen(word) + 1);
    return 1;
}

int stamp_patterns(const char *text, size_t length, bool loose, char pattern[STAMP_PATTERNS_MAX][DATE_FORMAT_SIZE])
{
    char out[DATE_FORMAT_SIZE];
    struct walk walk = trimmed(text, length, out);
    size_t digits = digits_at(&walk, 0);
    if (walk.length == 0)
        return 0;
    enum stamp_shape shape = digits == walk.length ? shape_of_digits(&walk) : shape_of_fraction(&walk);
    if (shape != STAMP_NONE || digits == walk.length) {
        if (shape == STAMP_EPOCH)
            return epoch_pattern(digits, pattern);
        if (shape == STAMP_SERIAL) {
            memcpy(pattern[0], "excel", 6);
            return 1;
        }
        if (shape == STAMP_YEAR) {
            memcpy(pattern[0], "YYYY", 5);
            return 1;
        }
        if (walk.length == 6) {
            memcpy(pattern[0], "YYYYMM", 7);
            memcpy(pattern[1], "YYMMDD", 7);
            return 2;
        }
    }
    int count = 0;
    for (int order = 0; order < 3; order++) {
        struct walk again = walk;
        again.loose = loose;
        out[0] = 0;
        if (walk_once(&again, order) && (loose || !again.short_part))
            memcpy(pattern[count++], out, DATE_FORMAT_SIZE);
    }
    return count;
}
