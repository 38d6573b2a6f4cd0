/* ticker.h: the line of a news ticker: "• KGS/USD = 0.01144 0%". `kurs import` reads such lines back. */
#ifndef KURS_OUTPUT_TICKER_H
#define KURS_OUTPUT_TICKER_H

#include "kurs.h"

#define TICKER_RATE_DECIMALS    5
#define TICKER_PERCENT_DECIMALS 2

/* The percent of a ticker: at most 2 decimals, trailing zeros dropped, the sign of a fall kept ("-0"). "" when out of
 * range. */
void ticker_percent(const struct kurs_ratio *ratio, char text[KURS_PERCENT_SIZE]);
/* `percent` NULL or "": nothing is known one day earlier, and the line ends with the rate. */
void ticker_line(FILE *out, const char *name, struct kurs_decimal rate, int decimals, const char *percent);

#endif
