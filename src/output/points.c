/* points.c: a row is prefix, time, middle, rate, suffix; formats differ only in these texts and in how a time looks.
 * Dropped: one function a format, which repeated the digit writing four times. */
#include "output/points.h"

#include "output/behind.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A row: two fixed texts with a name each, a time, a rate. */
#define PIECE_SIZE 128
#define ROW_MAX    (3 * PIECE_SIZE + KURS_TIME_SIZE + KURS_DECIMAL_SIZE + 32)
#define STAMP_SIZE 17 /* "2025-12-12T10:00:" */
#define COPY_BYTES 32 /* a constant length is a few moves; a variable one is a call */

_Static_assert(ROW_MAX <= BEHIND_EXTRA, "a row may begin where BEHIND_BYTES end");

struct piece {
    char text[PIECE_SIZE];
    size_t length;
};

struct points {
    struct behind *behind;
    enum points_format format;
    enum kurs_kind kind;
    struct piece first_prefix, prefix, middle, suffix;
    bool any; /* a row was written: JSON puts commas between */
    /* The newest time's date and minute, formatted. */
    int64_t day, minute; /* counted from 1970; INT64_MIN at first */
    char stamp[STAMP_SIZE + 1];
    char *buffer;
    size_t used;
};

static const char *const NAMES[POINTS_FORMATS] = {"csv", "json", "ledger", "beancount"};

bool points_format_parse(const char *text, enum points_format *format)
{
    for (int i = 0; i < POINTS_FORMATS; i++) {
        if (strcmp(text, NAMES[i]) == 0) {
            *format = (enum points_format)i;
            return true;
        }
    }
    return false;
}

static void append(struct points *points, const char *text)
{
    size_t length = strlen(text);
    memcpy(points->buffer + points->used, text, length);
    points->used += length;
}

struct points *points_open(FILE *out, enum points_format format)
{
    struct points *points = malloc(sizeof *points);
    if (points == NULL) {
        return NULL;
    }
    points->behind = behind_open(out);
    if (points->behind == NULL) {
        free(points);
        return NULL;
    }
    points->buffer = behind_buffer(points->behind);
    points->format = format;
    points->any = false;
    points->used = 0;
    points->day = points->minute = INT64_MIN;
    append(points, format == POINTS_CSV ? "time,pair,rate\n" : format == POINTS_JSON ? "[" : "");
    return points;
}

static enum kurs_status flush(struct points *points)
{
    enum kurs_status status = behind_write(points->behind, points->used);
    points->buffer = behind_buffer(points->behind);
    points->used = 0;
    return status;
}

static void set_piece(struct piece *piece, const char *before, const char *name, const char *after)
{
    int length = snprintf(piece->text, sizeof piece->text, "%s%s%s", before, name, after);
    assert(length >= 0 && (size_t)length < sizeof piece->text);
    piece->length = (size_t)length;
}

/* A commodity of ledger: names with digits stand in quotes. */
static void quote_commodity(const char *code, char quoted[KURS_CODE_SIZE + 2])
{
    bool plain = strpbrk(code, "0123456789") == NULL;
    snprintf(quoted, KURS_CODE_SIZE + 2, plain ? "%s" : "\"%s\"", code);
}

static void set_price_pieces(struct points *points, const struct kurs_name *name)
{
    char base[KURS_CODE_SIZE + 2], quote[KURS_CODE_SIZE + 2];
    bool ledger = points->format == POINTS_LEDGER;
    if (ledger) {
        quote_commodity(name->base, base);
        quote_commodity(name->quote, quote);
    } else {
        snprintf(base, sizeof base, "%s", name->base);
        snprintf(quote, sizeof quote, "%s", name->quote);
    }
    set_piece(&points->prefix, ledger ? "P " : "", "", "");
    set_piece(&points->middle, ledger ? " " : " price ", base, " ");
    set_piece(&points->suffix, " ", quote, "\n");
}

enum kurs_status points_series(struct points *points, const char *name, enum kurs_kind kind)
{
    struct kurs_name parts;
    enum kurs_status status = kurs_name_parse(name, &parts, NULL);
    if (status != KURS_OK) {
        return status;
    }
    if (points->format == POINTS_BEANCOUNT && kind != KURS_DAILY) {
        return KURS_EKIND;
    }
    points->kind = kind;
    points->minute = INT64_MIN; /* the stamp looks otherwise in the other kind */
    switch (points->format) {
    case POINTS_JSON:
        set_piece(&points->prefix, ",\n{\"time\":\"", "", "");
        set_piece(&points->middle, "\",\"pair\":\"", name, "\",\"rate\":\"");
        set_piece(&points->suffix, "\"}", "", "");
        break;
    case POINTS_LEDGER:
    case POINTS_BEANCOUNT:
        set_price_pieces(points, &parts);
        break;
    case POINTS_CSV:
    case POINTS_FORMATS:
        set_piece(&points->prefix, "", "", "");
        set_piece(&points->middle, ",", name, ",");
        set_piece(&points->suffix, "\n", "", "");
        break;
    }
    points->first_prefix = points->prefix;
    if (points->format == POINTS_JSON) { /* without its comma */
        set_piece(&points->first_prefix, points->prefix.text + 1, "", "");
    }
    return KURS_OK;
}

/* Short pieces are copied whole words at a time, past their end: a row's room is always there. */
static char *put_piece(char *to, const struct piece *piece)
{
    memcpy(to, piece->text, COPY_BYTES);
    if (piece->length > COPY_BYTES) {
        memcpy(to + COPY_BYTES, piece->text + COPY_BYTES, piece->length - COPY_BYTES);
    }
    return to + piece->length;
}

static const char PAIRS_OF_DIGITS[201] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
    "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

static void put_two(char *to, unsigned number)
{
    memcpy(to, PAIRS_OF_DIGITS + 2 * number, 2);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Sets the stamp to this day and minute. */
static void set_stamp(struct points *points, int64_t time_us, int64_t minute)
{
    int64_t day = floor_divide(time_us, KURS_DAY_US);
    if (day != points->day) {
        char date[KURS_TIME_SIZE];
        kurs_time_format(day * KURS_DAY_US, KURS_DAILY, date);
        memcpy(points->stamp, date, 10);
        points->day = day;
    }
    unsigned of_day = (unsigned)(minute - day * (KURS_DAY_US / KURS_MINUTE_US));
    points->stamp[10] = points->format == POINTS_LEDGER ? ' ' : 'T';
    put_two(points->stamp + 11, of_day / 60);
    points->stamp[13] = ':';
    put_two(points->stamp + 14, of_day % 60);
    points->stamp[16] = ':';
    points->minute = minute;
}

/* The fraction of a second with no, 3 or 6 digits, as kurs_time_format writes it. */
static char *put_fraction(char *to, unsigned us)
{
    if (us == 0) {
        return to;
    }
    *to++ = '.';
    put_two(to, us / 10000);
    if (us % 1000 == 0) {
        to[2] = (char)('0' + us / 1000 % 10);
        return to + 3;
    }
    put_two(to + 2, us / 100 % 100);
    put_two(to + 4, us % 100);
    return to + 6;
}

static char *put_time(struct points *points, char *to, int64_t time_us)
{
    int64_t minute = floor_divide(time_us, KURS_MINUTE_US);
    if (minute != points->minute) {
        set_stamp(points, time_us, minute);
    }
    if (points->kind == KURS_DAILY) {
        memcpy(to, points->stamp, 10);
        return to + 10;
    }
    unsigned us = (unsigned)(time_us - minute * KURS_MINUTE_US);
    memcpy(to, points->stamp, STAMP_SIZE);
    put_two(to + STAMP_SIZE, us / 1000000);
    to += STAMP_SIZE + 2;
    if (points->format != POINTS_LEDGER) {
        to = put_fraction(to, us % 1000000);
        *to++ = 'Z';
    }
    return to;
}

/* The last `count` digits of number at `to`, zeros in front; returns those before them. */
static uint64_t put_digits(char *to, size_t count, uint64_t number)
{
    for (; count >= 2; count -= 2) {
        put_two(to + count - 2, (unsigned)(number % 100));
        number /= 100;
    }
    if (count > 0) {
        *to = (char)('0' + number % 10);
        number /= 10;
    }
    return number;
}

/* The decimal of kurs_decimal_format; the common shapes by hand, each digit written where it belongs: reading back what
 * was just written, to move it, stalls. */
static char *put_rate(char *to, int64_t coefficient, int8_t exponent)
{
    if (coefficient <= 0 || exponent > 0 || exponent < -KURS_DIGITS_MAX) {
        return to + kurs_decimal_format((struct kurs_decimal) {coefficient, exponent}, to);
    }
    size_t decimals = (size_t)-exponent, count = 1;
    for (int64_t limit = 10; limit <= coefficient && count < KURS_DIGITS_MAX; limit *= 10) {
        count++;
    }
    size_t whole = count > decimals ? count - decimals : 1;
    uint64_t rest = put_digits(to + whole + 1, decimals, (uint64_t)coefficient);
    put_digits(to, whole, rest);
    if (decimals == 0) {
        return to + whole;
    }
    to[whole] = '.';
    return to + whole + 1 + decimals;
}

enum kurs_status points_write(struct points *points, const struct kurs_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        char *to = points->buffer + points->used;
        to = put_piece(to, points->any ? &points->prefix : &points->first_prefix);
        to = put_time(points, to, batch->time_us[i]);
        to = put_piece(to, &points->middle);
        to = put_rate(to, batch->coefficient[i], batch->exponent[i]);
        to = put_piece(to, &points->suffix);
        points->used = (size_t)(to - points->buffer);
        points->any = true;
        if (points->used >= BEHIND_BYTES && flush(points) != KURS_OK) {
            return KURS_EIO;
        }
    }
    return KURS_OK;
}

enum kurs_status points_close(struct points *points)
{
    if (points == NULL) {
        return KURS_ENOMEM;
    }
    if (points->format == POINTS_JSON) {
        append(points, points->any ? "\n]\n" : "]\n");
    }
    enum kurs_status status = flush(points);
    enum kurs_status closed = behind_close(points->behind);
    free(points);
    return status == KURS_OK ? closed : status;
}
