/* publishers.h: what publishers' series codes and layouts say that their files do not: data, from
 * tables/series.tsv, letters.tsv and publishers.tsv. Pure lookups. */
#ifndef KURS_INGEST_PUBLISHERS_H
#define KURS_INGEST_PUBLISHERS_H

#include "kurs.h"

/* A series code understood. base or quote may be "" (a code such as TP.DK.USD.A has both). */
struct series_code {
    char base[KURS_CODE_SIZE], quote[KURS_CODE_SIZE];
    char label[8]; /* "bid", "ask", "" */
    int64_t units; /* 0 = not said */
    bool index;    /* a code of something that is no rate */
    bool cash;
};
/* False when (text, length) is the code of no line. Cost: a few microseconds. */
bool series_find(const char *text, size_t length, struct series_code *code);

/* A publisher's convention. Strings are static, "" where not said. */
struct publisher {
    const char *publisher, *where, *words, *base, *quote, *units, *order, *columns;
};
/* The first publisher whose words stand in the folded name or text (see fold.h; longer texts may be folded piecewise).
 * NULL when none. */
const struct publisher *publisher_find(const char *folded_name, const char *folded_text);

#endif
