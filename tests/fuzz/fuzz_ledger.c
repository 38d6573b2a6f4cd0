/* fuzz_ledger.c: any bytes as a price directive of ledger and beancount. */
#include "ingest/ledger.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(enum ledger_line line, const struct ledger_price *price)
{
    if (line == LEDGER_PRICE && (price->rate.coefficient < 0 || price->base[0] == '\0' || price->quote[0] == '\0' ||
                                 strlen(price->base) >= LEDGER_COMMODITY_SIZE || price->time_us < KURS_TIME_MIN)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ledger_price price;
    check(ledger_read((const char *)data, size, &price), &price);
    check(beancount_read((const char *)data, size, &price), &price);
    return 0;
}
