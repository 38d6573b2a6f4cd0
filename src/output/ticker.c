/* ticker.c: the ticker's line. */
#include "output/ticker.h"

#include <string.h>

void ticker_percent(const struct kurs_ratio *ratio, char text[KURS_PERCENT_SIZE])
{
    size_t length = kurs_percent_format(ratio, TICKER_PERCENT_DECIMALS, text);
    while (length > 0 && text[length - 1] == '0' && strchr(text, '.') != NULL) {
        text[--length] = '\0';
    }
    if (length > 0 && text[length - 1] == '.') {
        text[--length] = '\0';
    }
}

void ticker_line(FILE *out, const char *name, struct kurs_decimal rate, int decimals, const char *percent)
{
    char text[KURS_DECIMAL_SIZE];
    kurs_decimal_format(kurs_decimal_round(rate, decimals), text);
    if (percent == NULL || *percent == '\0') {
        fprintf(out, "• %s = %s\n", name, text);
    } else {
        fprintf(out, "• %s = %s %s%%\n", name, text, percent);
    }
}
