/* ticker.h: lines such as "• KGS/USD = 0.01144 0%" anywhere in a text, HTML too, and the date lines among them. Pure.
 */
#ifndef KURS_INGEST_TICKER_H
#define KURS_INGEST_TICKER_H

#include "kurs.h"

struct ticker_quote {
    struct kurs_name name;
    struct kurs_decimal rate;
};

/* The first "BASE/QUOTE = number" of (text, length) and where the text behind it starts. Both codes must be currencies.
 * Returns false if there is none. A number that is no rate (0, text) gives rate.coefficient 0. */
bool ticker_find(const char *text, size_t length, struct ticker_quote *quote, size_t *next);

/* A line that is a date and nothing else, but for markup, a weekday, a word such as "Date:" and a time of day:
 * "12 December 2025", "Friday, 12.12.2025 10:00", "<p>2025-12-12</p>". A day and month that could be either way round
 * are no date. Sets the time (UTC as written) and kind. */
bool ticker_date_line(const char *line, size_t length, int64_t *time_us, enum kurs_kind *kind);

/* Quotes in (text, bytes) counted up to `most`; *dated with the first date line, which then is *time_us of *kind. */
size_t ticker_recognise(const char *text, size_t bytes, size_t most, bool *dated, int64_t *time_us,
                        enum kurs_kind *kind);

#endif
