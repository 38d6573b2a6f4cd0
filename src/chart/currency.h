/* currency.h: what codes are called in a sentence. */
#ifndef KURS_CHART_CURRENCY_H
#define KURS_CHART_CURRENCY_H

struct currency {
    const char *code;
    const char *name;   /* "US dollar" */
    const char *plural; /* "US dollars" */
    const char *
        unit; /* one of it behind "per": "som"; in full where several countries have one, but for "dollar" and "pound" */
};
/* NULL for a code without an entry; charts then print the code. */
const struct currency *currency_wording(const char *code);

#endif
