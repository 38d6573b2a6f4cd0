/* sniff_spoken.h: the words of pairs that texts (sniff_subject.c) and file names (sniff_name.c) share. */
#ifndef KURS_INGEST_SNIFF_SPOKEN_H
#define KURS_INGEST_SNIFF_SPOKEN_H

#include "ingest/publishers.h"
#include "ingest/sniff_subject.h"

/* A code of the tables, or another spelling of one in capitals (XBT, RMB, YEN, SDR); NULL if it is none. */
const char *spoken_code(const char *text, size_t length);
/* "EURUSD", "BTCUSDT": two codes glued; sets both only when true. */
bool spoken_glued(const char *word, size_t length, const char **base, const char **quote);
/* "to", in any of the languages. */
bool spoken_is_to(const char *word, size_t length);
/* 1, 10, 100 …: what publishers quote rates for. */
bool spoken_is_units(int64_t number);
/* The pair and, if units > 0, how many of base the value is for. */
void spoken_set(struct spoken *subject, const char *base, const char *quote, int64_t units);
void spoken_from_series(const struct series_code *code, struct spoken *subject);

#endif
