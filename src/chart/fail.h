/* fail.h: filling the caller's struct kurs_error; the library's own helper is not part of kurs.h. */
#ifndef KURS_CHART_FAIL_H
#define KURS_CHART_FAIL_H

#include "kurs.h"

/* Sets all fields of *error (which may be NULL), `why` from the format; returns `status`. */
enum kurs_status chart_fail(struct kurs_error *error, enum kurs_status status, const char *hint, const char *what,
                            const char *why, ...) __attribute__((format(printf, 5, 6)));

#endif
