/* ledger.c: price directives of ledger, hledger and beancount. Owns their grammar as their manuals give it; commodities
 * are handed over as written. */
#include "ingest/ledger.h"

#include "ingest/ascii.h"
#include "ingest/date.h"
#include "ingest/number.h"

#include <string.h>

#define NUMBER_BYTES_MAX 64
#define DATE_BYTES_MAX   10 /* 2024-01-03 */

/* What is left of a line. */
struct rest {
    const char *at, *end;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_spaces(struct rest *rest)
{
    while (rest->at < rest->end && is_space(*rest->at)) {
        rest->at++;
    }
}

static struct rest read_word(struct rest *rest)
{
    skip_spaces(rest);
    struct rest word = {rest->at, rest->at};
    while (word.end < rest->end && !is_space(*word.end)) {
        word.end++;
    }
    rest->at = word.end;
    return word;
}

static size_t length_of(struct rest word)
{
    return (size_t)(word.end - word.at);
}

static bool is_number_part(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-' || c == '+';
}

/* "RBF556" in quotes, or the bytes up to a space or a digit. */
static bool read_commodity(struct rest *rest, char name[LEDGER_COMMODITY_SIZE], bool stop_at_number)
{
    skip_spaces(rest);
    const char *from = rest->at, *to;
    if (from < rest->end && *from == '"') {
        from++;
        to = memchr(from, '"', (size_t)(rest->end - from));
        if (!to) {
            return false;
        }
        rest->at = to + 1;
    } else {
        to = from;
        while (to < rest->end && !is_space(*to) && !(stop_at_number && is_number_part(*to))) {
            to++;
        }
        rest->at = to;
    }
    size_t bytes = (size_t)(to - from);
    if (bytes == 0 || bytes >= LEDGER_COMMODITY_SIZE || memchr(from, 0, bytes)) {
        return false;
    }
    memcpy(name, from, bytes);
    name[bytes] = '\0';
    return true;
}

static bool read_number(struct rest *rest, struct kurs_decimal *rate)
{
    skip_spaces(rest);
    const char *from = rest->at;
    while (rest->at < rest->end && is_number_part(*rest->at)) {
        rest->at++;
    }
    size_t bytes = (size_t)(rest->at - from);
    *rate = (struct kurs_decimal) {0, 0};
    if (bytes == 0 || bytes >= NUMBER_BYTES_MAX) {
        return false;
    }
    enum number_cell kind = number_read_alone(from, bytes, rate);
    return kind == NUMBER_VALUE || kind == NUMBER_BLANK;
}

/* A number of least..most digits off the front of a word. */
static bool read_digits(struct rest *word, size_t least, size_t most, int *number)
{
    size_t count = 0;
    for (*number = 0; count < most && word->at < word->end && ascii_is_digit(*word->at); count++) {
        *number = *number * 10 + (*word->at++ - '0');
    }
    return count >= least;
}

static bool read_mark(struct rest *word, char mark)
{
    bool found = word->at < word->end && *word->at == mark;
    word->at += found;
    return found;
}

/* "2021-01-31", "2021/1/31", "2021.1.31" */
static bool read_date(struct rest word, int64_t *time_us)
{
    int year, month, day;
    if (!read_digits(&word, 4, 4, &year) || word.at == word.end) {
        return false;
    }
    char mark = *word.at;
    return (mark == '-' || mark == '/' || mark == '.') && read_mark(&word, mark) && read_digits(&word, 1, 2, &month) &&
           read_mark(&word, mark) && read_digits(&word, 1, 2, &day) && word.at == word.end &&
           date_day_us(year, month, day, time_us);
}

/* "00:00:00", "10:30": adds it to the date. */
static bool read_clock(struct rest word, int64_t *time_us)
{
    int hour, minute, second = 0;
    if (!read_digits(&word, 2, 2, &hour) || !read_mark(&word, ':') || !read_digits(&word, 2, 2, &minute)) {
        return false;
    }
    if (word.at < word.end && (!read_mark(&word, ':') || !read_digits(&word, 2, 2, &second))) {
        return false;
    }
    if (word.at < word.end || hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    *time_us += hour * KURS_HOUR_US + minute * KURS_MINUTE_US + second * KURS_SECOND_US;
    return true;
}

static bool at_end(struct rest *rest)
{
    skip_spaces(rest);
    return rest->at == rest->end || *rest->at == ';' || *rest->at == '#';
}

/* "¥6.53", "$ 6.53", "6.53 CNY", "\"CNY\" 6.53". */
static bool read_amount(struct rest *rest, struct ledger_price *price)
{
    skip_spaces(rest);
    bool number_first = rest->at < rest->end && is_number_part(*rest->at);
    if (number_first) {
        return read_number(rest, &price->rate) && read_commodity(rest, price->quote, true);
    }
    return read_commodity(rest, price->quote, true) && read_number(rest, &price->rate);
}

enum ledger_line ledger_read(const char *line, size_t length, struct ledger_price *price)
{
    struct rest rest = {line, line + length};
    struct ledger_price made = {.has_time = false};
    if (length < 2 || line[0] != 'P' || !is_space(line[1])) {
        return LEDGER_OTHER;
    }
    rest.at++;
    if (!read_date(read_word(&rest), &made.time_us)) {
        return LEDGER_BAD;
    }
    struct rest before = rest, word = read_word(&rest);
    if (length_of(word) > 2 && word.at[0] >= '0' && word.at[0] <= '9' && memchr(word.at, ':', length_of(word))) {
        if (!read_clock(word, &made.time_us)) {
            return LEDGER_BAD;
        }
        made.has_time = true;
    } else {
        rest = before;
    }
    if (!read_commodity(&rest, made.base, false) || !read_amount(&rest, &made) || !at_end(&rest)) {
        return LEDGER_BAD;
    }
    *price = made;
    return LEDGER_PRICE;
}

enum ledger_line beancount_read(const char *line, size_t length, struct ledger_price *price)
{
    struct rest rest = {line, line + length};
    struct ledger_price made = {.has_time = false};
    if (length == 0 || line[0] < '0' || line[0] > '9') {
        return LEDGER_OTHER;
    }
    struct rest head = {line, line + (length <= DATE_BYTES_MAX ? length : DATE_BYTES_MAX + 1)};
    struct rest date = read_word(&head);
    if (length_of(date) > DATE_BYTES_MAX) {
        return LEDGER_OTHER; /* as the rows of most tables */
    }
    rest.at = date.end;
    struct rest word = read_word(&rest);
    if (length_of(word) != 5 || memcmp(word.at, "price", 5) != 0) {
        return LEDGER_OTHER;
    }
    if (!read_date(date, &made.time_us) || !read_commodity(&rest, made.base, false) ||
        !read_number(&rest, &made.rate) || !read_commodity(&rest, made.quote, false) || !at_end(&rest)) {
        return LEDGER_BAD;
    }
    *price = made;
    return LEDGER_PRICE;
}
