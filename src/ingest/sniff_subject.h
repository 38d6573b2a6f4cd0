/* sniff_subject.h: which pair a text speaks of: a column's head, a title, a series code, a file name. Pure.
 * The direction is taken only from what states it (a code, "A$1=USD", "per", a pair of codes); two names side by side
 * state none. */
#ifndef KURS_INGEST_SNIFF_SUBJECT_H
#define KURS_INGEST_SNIFF_SUBJECT_H

#include "kurs.h"

struct spoken {
    char base[KURS_CODE_SIZE], quote[KURS_CODE_SIZE]; /* the sides that are known */
    char one[KURS_CODE_SIZE];    /* a currency whose side is not known; only when neither base nor quote is */
    int64_t units;               /* of base (or of `one`) the value is for; 0 = not said */
    char label[KURS_LABEL_SIZE]; /* of "EUR/USD@ecb"; "bid" or "ask" when a code says it */
    bool index, cash;            /* a code of an index; of cash rates */
    bool country;                /* `one` was named by its country */
};

/* False when the text speaks of no currency; *subject is then zeroed. */
bool subject_parse(const char *text, size_t length, struct spoken *subject);
/* How many units the value is for, by a text that names no currency: "per 100", "100 units", "(100)"; else 0. */
int64_t subject_units(const char *text, size_t length);
/* For how many units a note says that currency `code` is quoted, where it lists several: "JPY, HUF and IDR are quoted per
 * 100 units"; else 0. `code` NULL: any of them. */
int64_t subject_units_listed(const char *text, size_t length, const char *code);
/* subject_parse for a file name, where codes may be in lower case, glued to a period ("EURUSD1440") or parted by anything. */
bool subject_parse_name(const char *name, struct spoken *subject);

/* "EUR/USD@" with what can be no label behind it: without one the rates would be another source's. */
bool subject_is_mislabelled(const char *text, size_t length);

/* Both sides are known. */
bool subject_is_pair(const struct spoken *subject);

#endif
