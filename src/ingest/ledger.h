/* ledger.h: price directives of plain-text accounting. Pure.
 *
 *   P 2021-01-01 [00:00:00] $ ¥6.531700      ledger, hledger     1 "$" costs 6.5317 "¥"
 *   2024-01-03 price EUR   1.09417570 USD    beancount           1 EUR costs 1.09417570 USD */
#ifndef KURS_INGEST_LEDGER_H
#define KURS_INGEST_LEDGER_H

#include "kurs.h"

#define LEDGER_COMMODITY_SIZE 40

enum ledger_line {
    LEDGER_PRICE,
    LEDGER_OTHER, /* a comment, another directive, a blank line */
    LEDGER_BAD    /* a price directive that cannot be read */
};

/* Commodities as written, quotes gone ("$", "EUR", "RBF556"); what they mean is the caller's to decide. */
struct ledger_price {
    char base[LEDGER_COMMODITY_SIZE], quote[LEDGER_COMMODITY_SIZE];
    struct kurs_decimal rate; /* coefficient 0: a price of zero */
    int64_t time_us;          /* as written */
    bool has_time;
};

enum ledger_line ledger_read(const char *line, size_t length, struct ledger_price *price);
enum ledger_line beancount_read(const char *line, size_t length, struct ledger_price *price);

#endif
