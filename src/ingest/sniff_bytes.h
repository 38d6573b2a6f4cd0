/* sniff_bytes.h: the first step of sniffing: which encoding the bytes are in. Pure. */
#ifndef KURS_INGEST_SNIFF_BYTES_H
#define KURS_INGEST_SNIFF_BYTES_H

#include <stddef.h>

/* An iconv name (static) for the first `bytes` of a file; *bom_bytes is the length of a byte-order mark at its start.
 * A mark decides; then zeros in every other byte (UTF-16); then valid UTF-8 (a character cut by the end of the window
 * is allowed). Else the code page under which most cells are words the tables know, and if none is, CP1251 where the
 * bytes beyond ASCII stand in runs, CP1252 where they stand alone. Cost: a few decodings of the first 16 KiB that hold
 * such bytes. */
const char *bytes_encoding(const char *data, size_t bytes, size_t *bom_bytes);

#endif
