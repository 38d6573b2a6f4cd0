/* fail.c: owns the one function of fail.h. */
#include "chart/fail.h"

#include <stdarg.h>

enum kurs_status chart_fail(struct kurs_error *error, enum kurs_status status, const char *hint, const char *what,
                            const char *why, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, why);
        error->status = status;
        snprintf(error->what, sizeof error->what, "%s", what);
        snprintf(error->hint, sizeof error->hint, "%s", hint);
        vsnprintf(error->why, sizeof error->why, why, arguments);
        va_end(arguments);
    }
    return status;
}
