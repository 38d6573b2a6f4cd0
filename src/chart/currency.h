/* currency.h: what codes are called in a sentence. */
#ifndef KURS_CHART_CURRENCY_H
#define KURS_CHART_CURRENCY_H

struct currency {
    const char *code;
    const char *name;   /* "US dollar" */
    const char *plural; /* "US dollars" */
    const char *unit;   /* "dollar": one of it, where the country is said already */
};
/* NULL for a code without an entry; charts then print the code. */
const struct currency *currency_wording(const char *code);

#endif
