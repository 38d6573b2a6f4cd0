/* tables.h: what the world's publishers call things: currencies, countries, months, column heads, missing values.
 * The tables are the readable files of src/ingest/tables/, made into sorted arrays at build time by
 * scripts/gen_tables.c; adding a name or a publisher is adding it there. Pure lookups, UTF-8 in, any case and accents
 * (see fold.h). Cost of each: one fold and one binary search, under a microsecond. */
#ifndef KURS_INGEST_TABLES_H
#define KURS_INGEST_TABLES_H

#include "kurs.h"

/* What a text names. A country of the euro names its old currency up to `until_us` and `code` from then on; for all
 * else `before` is "". */
struct currency_match {
    const char *code;   /* "USD"; static */
    const char *before; /* "DEM" for Germany */
    int64_t until_us;   /* first instant of `code` when `before` is set */
    bool by_country;    /* the text was a country, not a currency */
};

/* The whole of (text, length) is a code ("usd"), a name in any language ("Dólar americano", "U.S. dollar", "100 Swiss
 * francs", "Euro(1)"), a symbol ("$", "US$") or a country ("Germany", "DEU"). False when it is none; *match is then
 * untouched. "¥" alone is not known: it is two currencies'. */
bool currency_find(const char *text, size_t length, struct currency_match *match);
/* Only a code of the tables (ISO 4217, present and retired, and the usual crypto codes), any case. NULL when none. */
const char *currency_code(const char *text, size_t length);
/* Only a name of two or more letters in any language; no code, country or symbol. NULL when none. */
const char *currency_name(const char *text, size_t length);
/* Only a symbol ("$", "A$", "€"), exactly as written. NULL when none. */
const char *currency_symbol(const char *text, size_t length);

/* A month's name or abbreviation at the start of text, longest first; *used bytes of it (a dot behind an abbreviation
 * included). False when there is none. */
bool month_find(const char *text, size_t length, int *month, size_t *used);

/* The whole cell is a mark that says "no value" ("N/A", ".", "null"; empty counts). */
bool missing_find(const char *text, size_t length);

/* What a word of a column head says about the column. X(NAME, name in headers.tsv). */
#define HEADER_WORD_LIST(X)     \
    X(DATE, "date")             \
    X(TIME, "time")             \
    X(LATE_DATE, "late_date")   \
    X(YEAR, "year")             \
    X(MONTH, "month")           \
    X(DAY, "day")               \
    X(PAIR, "pair")             \
    X(BASE, "base")             \
    X(QUOTE, "quote")           \
    X(CURRENCY, "currency")     \
    X(COUNTRY, "country")       \
    X(UNITS, "units")           \
    X(POWER, "units_power")     \
    X(VALUE, "value")           \
    X(OPEN, "open")             \
    X(HIGH, "high")             \
    X(LOW, "low")               \
    X(CLOSE, "close")           \
    X(ADJUSTED, "adjusted")     \
    X(BID, "bid")               \
    X(ASK, "ask")               \
    X(MID, "mid")               \
    X(CASH, "cash")             \
    X(INVERSE, "inverse")       \
    X(CONVENTION, "convention") \
    X(VOLUME, "volume")         \
    X(CHANGE, "change")         \
    X(INDEX, "index")           \
    X(SPREAD, "spread")         \
    X(NUMBER, "number")         \
    X(FLAG, "flag")

enum header_word {
#define HEADER_WORD_ENUM(name, text) WORD_##name,
    HEADER_WORD_LIST(HEADER_WORD_ENUM)
#undef HEADER_WORD_ENUM
        WORD_COUNT
};

/* A set of words: bit WORD_x. */
typedef uint32_t header_words;
#define WORD_BIT(word) ((header_words)1 << (word))

#define HEADER_FOREIGN 64 /* added to the word in the table: the phrase is of another language than English */

/* The head as a whole is a phrase of another language than English. */
bool header_is_foreign(const char *text, size_t length);
/* All words said by a head: the phrase as a whole if the table has it, else every longest phrase in it ("Cash Buying
 * Rate": cash, bid, value). */
header_words header_find(const char *text, size_t length);

#endif
