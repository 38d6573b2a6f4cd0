/* error.c: fills the caller's struct kurs_error. Owns how texts are cut and how errno becomes a status; knows nothing
 * of who failed. The one idea: text is formatted aside and then copied, so an error may quote fields of itself or of an
 * error it replaces. A global "last error" was dropped: it is neither thread-safe nor clear about its lifetime. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#define ELLIPSIS      "\xE2\x80\xA6" /* "…" in UTF-8 */
#define ELLIPSIS_SIZE (sizeof ELLIPSIS - 1)

/* The largest boundary between UTF-8 characters that is <= `length`. Bytes that are no UTF-8 count one each. */
static size_t character_boundary(const char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 3 && ((unsigned char)text[start] & 0xC0) == 0x80) {
        start--;
    }
    return (unsigned char)text[start] >= 0xC0 ? start : length;
}

/* Formats into (text, size); what does not fit is cut with "…". */
static void format_cut(char *text, size_t size, const char *format, va_list arguments)
{
    int length = vsnprintf(text, size, format, arguments);
    if (length < 0) {
        text[0] = '\0'; /* the C library could not format it: say nothing rather than garbage */
    } else if ((size_t)length >= size) {
        size_t cut = character_boundary(text, size - 1 - ELLIPSIS_SIZE);
        memcpy(text + cut, ELLIPSIS, ELLIPSIS_SIZE + 1);
    }
}

static void begin(struct kurs_error *error, enum kurs_status status, const char *what)
{
    error->status = status;
    memcpy(error->what, what, strlen(what) + 1);
    snprintf(error->why, sizeof error->why, "%s", kurs_status_text(status));
    error->hint[0] = '\0';
}

enum kurs_status error_what(struct kurs_error *error, enum kurs_status status, const char *format, ...)
{
    if (error) {
        char text[sizeof error->what];
        va_list arguments;
        va_start(arguments, format);
        format_cut(text, sizeof text, format, arguments);
        va_end(arguments);
        begin(error, status, text);
    }
    return status;
}

enum kurs_status error_why(struct kurs_error *error, enum kurs_status status, const char *format, ...)
{
    if (error) {
        char text[sizeof error->why];
        va_list arguments;
        va_start(arguments, format);
        format_cut(text, sizeof text, format, arguments);
        va_end(arguments);
        memcpy(error->why, text, strlen(text) + 1);
        error->status = status;
    }
    return status;
}

enum kurs_status error_hint(struct kurs_error *error, enum kurs_status status, const char *format, ...)
{
    if (error) {
        char text[sizeof error->hint];
        va_list arguments;
        va_start(arguments, format);
        format_cut(text, sizeof text, format, arguments);
        va_end(arguments);
        memcpy(error->hint, text, strlen(text) + 1);
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
        char text[sizeof error->what];
        va_list arguments;
        va_start(arguments, format);
        format_cut(text, sizeof text, format, arguments);
        va_end(arguments);
        begin(error, status, text);
        if (strerror_r(system_errno, error->why, sizeof error->why) != 0) {
            snprintf(error->why, sizeof error->why, "system error %d", system_errno);
        }
    }
    return status;
}
