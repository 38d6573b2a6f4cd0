/* ticker.c: ticker lines and date lines in any text. Owns the shape "BASE/QUOTE = number" and what a line that is only
 * a date looks like; ignores all else, markup included. The slash is searched for first: prose hardly has any, and tables
 * of pairs, which have many, have no sign of equality behind them. */
#include "ingest/ticker.h"

#include "ingest/date.h"
#include "ingest/lines.h"
#include "ingest/number.h"
#include "ingest/tables.h"

#include <string.h>

#define DATE_LINE_BYTES_MAX 160 /* of markup and all; a longer line is prose */
#define NUMBER_BYTES_MAX    48

static bool is_code_part(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80);
}

/* The bytes of a blank at `at`: space, tab, no-break space or its entity. */
static size_t blank_bytes(const char *at, const char *end)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE2\x80\xAF", "&nbsp;", "&#160;"};
    if (at < end && (*at == ' ' || *at == '\t')) {
        return 1;
    }
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        size_t bytes = strlen(wide[i]);
        if ((size_t)(end - at) >= bytes && memcmp(at, wide[i], bytes) == 0) {
            return bytes;
        }
    }
    return 0;
}

static const char *skip_blanks(const char *at, const char *end)
{
    for (size_t bytes; (bytes = blank_bytes(at, end)) > 0;) {
        at += bytes;
    }
    return at;
}

/* ---- quotes ---- */

/* A currency's code that ends at the slash, or starts behind it. */
static const char *code_before(const char *text, const char *slash)
{
    const char *from = slash;
    while (from > text && is_code_part(from[-1])) {
        from--;
    }
    bool inside_word = from > text && ((from[-1] >= 'a' && from[-1] <= 'z') || from[-1] == '/');
    return inside_word || slash == from ? NULL : currency_code(from, (size_t)(slash - from));
}

static const char *code_behind(const char *slash, const char *end, const char **behind)
{
    const char *to = slash + 1;
    while (to < end && is_code_part(*to)) {
        to++;
    }
    *behind = to;
    return to == slash + 1 ? NULL : currency_code(slash + 1, (size_t)(to - slash - 1));
}

/* The number behind "=", up to a blank, a tag or whatever else cannot be of one. */
static const char *read_rate(const char *at, const char *end, struct kurs_decimal *rate)
{
    const char *from = at;
    while (at < end && ((*at >= '0' && *at <= '9') || *at == '.' || *at == ',')) {
        at++;
    }
    while (at > from && (at[-1] == '.' || at[-1] == ',')) {
        at--; /* the sentence's */
    }
    *rate = (struct kurs_decimal) {0, 0};
    if (at == from || at - from > NUMBER_BYTES_MAX) {
        return NULL;
    }
    struct kurs_decimal value;
    if (number_read_alone(from, (size_t)(at - from), &value) == NUMBER_VALUE) {
        *rate = value;
    }
    return at;
}

bool ticker_find(const char *text, size_t length, struct ticker_quote *quote, size_t *next)
{
    const char *end = text + length, *sign = text; /* of equality, at or behind the slash */
    for (const char *slash = text; (slash = memchr(slash, '/', (size_t)(end - slash))) != NULL; slash++) {
        if (sign <= slash && !(sign = memchr(slash, '=', (size_t)(end - slash)))) {
            return false;
        }
        const char *behind, *base = code_before(text, slash), *against = code_behind(slash, end, &behind);
        if (!base || !against || strcmp(base, against) == 0) {
            continue;
        }
        const char *equals = skip_blanks(behind, end);
        if (equals == end || *equals != '=') {
            continue;
        }
        struct ticker_quote made = {.name = {.label = ""}};
        const char *stop = read_rate(skip_blanks(equals + 1, end), end, &made.rate);
        if (stop) {
            memcpy(made.name.base, base, strlen(base) + 1);
            memcpy(made.name.quote, against, strlen(against) + 1);
            *quote = made;
            *next = (size_t)(stop - text);
            return true;
        }
    }
    return false;
}

/* ---- date lines ---- */

/* The line without markup, entities and commas, blanks made one; returns its length, SIZE_MAX when it is too long. */
static size_t plain_line(const char *line, size_t length, char plain[DATE_LINE_BYTES_MAX])
{
    const char *at = line, *end = line + length;
    size_t bytes = 0;
    if (length > DATE_LINE_BYTES_MAX) {
        return SIZE_MAX;
    }
    while (at < end) {
        size_t blank = blank_bytes(at, end);
        const char *close = *at == '<' ? memchr(at, '>', (size_t)(end - at)) : NULL;
        if (close || blank || *at == ',') {
            at = close ? close + 1 : at + (blank ? blank : 1);
            if (bytes > 0 && plain[bytes - 1] != ' ') {
                plain[bytes++] = ' ';
            }
        } else {
            plain[bytes++] = *at++;
        }
    }
    while (bytes > 0 && (plain[bytes - 1] == ' ' || plain[bytes - 1] == '.')) {
        bytes--;
    }
    return bytes;
}

/* "12th" to "12". */
static size_t drop_ordinals(char *text, size_t bytes)
{
    size_t to = 0;
    for (size_t i = 0; i < bytes; i++) {
        bool digit = i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9';
        bool ends = i + 2 == bytes || (i + 2 < bytes && !is_letter(text[i + 2]));
        if (digit && ends &&
            (memcmp(text + i, "st", 2) == 0 || memcmp(text + i, "nd", 2) == 0 || memcmp(text + i, "rd", 2) == 0 ||
             memcmp(text + i, "th", 2) == 0)) {
            i++;
        } else {
            text[to++] = text[i];
        }
    }
    return to;
}

static bool starts_with(const char *text, size_t bytes, const char *word)
{
    size_t length = strlen(word);
    if (bytes < length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
        if (c != word[i]) {
            return false;
        }
    }
    return true;
}

/* Words and marks that introduce a date, and the word "year" behind one, taken off both ends. */
static void strip_words(const char **text, size_t *bytes)
{
    static const char *const before[] = {
        "date",         "as of",        "updated",     "published", "rates",       "exchange",    "currency", "on ",
        "for ",         "at ",          "дата",        "Дата",      "курсы валют", "Курсы валют", "на ",      "На ",
        "sana",         "tarih",        ":",           "-",         "|",           "*",           "#",        " ",
        "\xE2\x80\xA2", "\xE2\x80\x94", "\xE2\x80\x93"};
    static const char *const behind[] = {" г", " года", " г.", "года", "г", " yil", " year", " ", ":", ";", "|"};
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
            if (starts_with(*text, *bytes, before[i])) {
                *text += strlen(before[i]);
                *bytes -= strlen(before[i]);
                again = true;
            }
        }
        for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
            size_t length = strlen(behind[i]);
            if (*bytes > length && memcmp(*text + *bytes - length, behind[i], length) == 0) {
                *bytes -= length;
                again = true;
            }
        }
    }
}

static bool read_as(const char *pattern, const char *text, size_t bytes, struct date_value *value)
{
    struct date_format format;
    return date_format_compile(pattern, &format, NULL) == KURS_OK && date_read(&format, text, bytes, value);
}

/* A date whose order is plain, perhaps with a weekday before and a time of day behind. */
static bool read_plain_date(const char *text, size_t bytes, struct date_value *value)
{
    static const char *const dates[] = {"YYYY-M-D",   "YYYY/M/D",   "YYYY.M.D",  "D.M.YYYY",
                                        "D Mon YYYY", "Mon D YYYY", "D-Mon-YYYY"};
    static const char *const days[] = {"", "Day "};
    static const char *const times[] = {"", " HH:MM Z", " HH:MM:SS Z", "THH:MM:SS.fffZ", " HH:MM:SS.fffZ"};
    for (size_t day = 0; day < 2; day++) {
        for (size_t date = 0; date < sizeof dates / sizeof dates[0]; date++) {
            for (size_t time = 0; time < sizeof times / sizeof times[0]; time++) {
                char pattern[DATE_FORMAT_SIZE];
                (void)snprintf(pattern, sizeof pattern, "%s%s%s", days[day], dates[date], times[time]);
                if (read_as(pattern, text, bytes, value)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* 12/13/2025 or 13/12/2025: only where one order is impossible or both are the same day. */
static bool read_slashed_date(const char *text, size_t bytes, struct date_value *value)
{
    static const char *const patterns[][2] = {{"D/M/YYYY", "M/D/YYYY"}, {"D-M-YYYY", "M-D-YYYY"}};
    for (size_t i = 0; i < 2; i++) {
        struct date_value day_first, month_first;
        bool is_day = read_as(patterns[i][0], text, bytes, &day_first);
        bool is_month = read_as(patterns[i][1], text, bytes, &month_first);
        if (is_day != is_month || (is_day && day_first.local_us == month_first.local_us)) {
            *value = is_day ? day_first : month_first;
            return true;
        }
    }
    return false;
}

bool ticker_date_line(const char *line, size_t length, int64_t *time_us, enum kurs_kind *kind)
{
    char plain[DATE_LINE_BYTES_MAX];
    size_t bytes = plain_line(line, length, plain);
    int digits = 0;
    for (size_t i = 0; bytes != SIZE_MAX && i < bytes; i++) {
        digits += plain[i] >= '0' && plain[i] <= '9';
    }
    if (digits < 5) { /* the year and a day */
        return false;
    }
    bytes = drop_ordinals(plain, bytes);
    const char *text = plain;
    strip_words(&text, &bytes);
    struct date_value value;
    if (!read_plain_date(text, bytes, &value) && !read_slashed_date(text, bytes, &value)) {
        return false;
    }
    *time_us = value.local_us - (value.has_offset ? value.offset_us : 0);
    *kind = value.has_time ? KURS_INSTANT : KURS_DAILY;
    return true;
}

size_t ticker_recognise(const char *text, size_t bytes, size_t most, bool *dated, int64_t *time_us,
                        enum kurs_kind *kind)
{
    size_t found = 0, used;
    struct ticker_quote quote;
    *dated = false;
    for (size_t at = 0; found < most && ticker_find(text + at, bytes - at, &quote, &used); at += used) {
        found++;
    }
    /* only now: looking at every line of a long file for a date takes long */
    for (size_t at = 0, next; found > 0 && !*dated && at < bytes; at += next) {
        size_t length = line_read(text + at, bytes - at, &next);
        *dated = ticker_date_line(text + at, length, time_us, kind);
    }
    return found;
}
