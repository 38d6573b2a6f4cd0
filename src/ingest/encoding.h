/* encoding.h: conversion of a text to UTF-8. Pure but for iconv's own state. */
#ifndef KURS_INGEST_ENCODING_H
#define KURS_INGEST_ENCODING_H

#include "kurs.h"

bool encoding_is_utf8(const char *name); /* or ASCII: nothing to convert */

struct encoding; /* a conversion to UTF-8 under way */
/* KURS_EARGUMENT for a name iconv does not know. */
enum kurs_status encoding_open(const char *name, struct encoding **encoding, struct kurs_error *error);
void encoding_close(struct encoding *encoding); /* NULL is allowed */
#define ENCODING_ROOM_MIN 16                    /* bytes that hold any one character, so that a call always gets on */
/* Converts from (in, in_bytes) into (out, capacity), capacity >= ENCODING_ROOM_MIN; says how much of each was used. What
 * is no character becomes U+FFFD; a character cut off at the end of `in` is left for the next call unless `last`. */
void encoding_convert(struct encoding *encoding, const char *in, size_t in_bytes, bool last, char *out, size_t capacity,
                      size_t *in_used, size_t *out_used);

#endif
