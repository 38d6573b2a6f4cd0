/* lines.h: physical lines of a text, the same for both halves of ingest. Pure.
 *
 * A line ends with LF, with any run of CRs before LF (CR LF, CR CR LF), or with a CR that no LF follows. */
#ifndef KURS_INGEST_LINES_H
#define KURS_INGEST_LINES_H

#include <stddef.h>

/* The first line of (text, bytes): returns its length without its end; *next is where the one behind it starts
 * (== bytes when there is none). Cost: one or two memchr. */
size_t line_read(const char *text, size_t bytes, size_t *next);

/* Up to which byte (text, bytes) is made of whole lines: just behind the last line end that more text cannot change; 0
 * if there is none. */
size_t lines_whole(const char *text, size_t bytes);

#endif
