/* save.h: a file written whole or not at all. */
#ifndef KURS_CHART_SAVE_H
#define KURS_CHART_SAVE_H

#include "kurs.h"

/* Writes to a temporary in the same folder and renames it over `path`; nothing is left on failure. KURS_EIO, KURS_ENOSPACE,
 * KURS_EACCESS with the system's words. */
enum kurs_status save_bytes(const char *path, const char *bytes, size_t length, struct kurs_error *error);

#endif
