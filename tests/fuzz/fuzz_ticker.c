/* fuzz_ticker.c: any bytes as a text with ticker and date lines: what is found lies within it and within the limits. */
#include "ingest/ticker.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct ticker_quote quote;
    size_t found = 0, used, counted;
    for (size_t at = 0; ticker_find(text + at, size - at, &quote, &used); at += used, found++) {
        require(used > 0 && used <= size - at && quote.rate.coefficient >= 0);
        require(strcmp(quote.name.base, quote.name.quote) != 0);
    }
    bool dated;
    int64_t time_us = 0;
    enum kurs_kind kind;
    counted = ticker_recognise(text, size, SIZE_MAX, &dated, &time_us, &kind);
    require(counted == found);
    require(!dated || (time_us >= KURS_TIME_MIN - KURS_DAY_US && time_us <= KURS_TIME_MAX + KURS_DAY_US));
    return 0;
}
