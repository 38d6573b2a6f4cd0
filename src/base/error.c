/* error.c: fills the caller's struct kurs_error. Owns how texts are cut and how errno becomes a status; knows nothing
 * of who failed. The one idea: text is formatted aside and then copied, so an error may quote fields of itself or of an
 * error it replaces. A global "last error" was dropped: it is neither thread-safe nor clear about its lifetime. */
#include "base/error.h"

#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#define ERROR_FIELD_SIZE sizeof(((struct kurs_error *)0)->why) /* the longest of them */

/* Formats into the field (text, size) of an error; what does not fit is cut with "…". */
static void replace(char *field, size_t size, const char *format, va_list arguments)
{
    char text[ERROR_FIELD_SIZE];
    assert(size <= sizeof text);
    int length = vsnprintf(text, size, format, arguments);
    if (length < 0) {
        text[0] = '\0'; /* the C library could not format it: say nothing rather than garbage */
    } else if ((size_t)length >= size) {
        size_t cut = text_boundary(text, size - 1 - TEXT_ELLIPSIS_SIZE);
        memcpy(text + cut, TEXT_ELLIPSIS, TEXT_ELLIPSIS_SIZE + 1);
    }
    memcpy(field, text, strlen(text) + 1);
}

static void begin(struct kurs_error *error, enum kurs_status status)
{
    error->status = status;
    snprintf(error->why, sizeof error->why, "%s", kurs_status_text(status));
    error->hint[0] = '\0';
}

enum kurs_status error_what(struct kurs_error *error, enum kurs_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        replace(error->what, sizeof error->what, format, arguments);
        va_end(arguments);
        begin(error, status);
    }
    return status;
}

enum kurs_status error_why(struct kurs_error *error, enum kurs_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        replace(error->why, sizeof error->why, format, arguments);
        va_end(arguments);
        error->status = status;
    }
    return status;
}

enum kurs_status error_hint(struct kurs_error *error, enum kurs_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        replace(error->hint, sizeof error->hint, format, arguments);
        va_end(arguments);
        error->status = status;
    }
    return status;
}

static enum kurs_status status_of_errno(int system_errno)
{
    switch (system_errno) {
    case ENOSPC:
    case EDQUOT:
        return KURS_ENOSPACE;
    case EACCES:
    case EPERM:
    case EROFS:
        return KURS_EACCESS;
    case ENOMEM:
        return KURS_ENOMEM;
    case ENOENT:
        return KURS_ENODATA;
    default:
        return KURS_EIO;
    }
}

enum kurs_status error_system(struct kurs_error *error, int system_errno, const char *format, ...)
{
    enum kurs_status status = status_of_errno(system_errno);
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        replace(error->what, sizeof error->what, format, arguments);
        va_end(arguments);
        begin(error, status);
        if (strerror_r(system_errno, error->why, sizeof error->why) != 0) {
            snprintf(error->why, sizeof error->why, "system error %d", system_errno);
        }
    }
    return status;
}
