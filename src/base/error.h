/* error.h: filling the caller's struct kurs_error where a failure happens, once. All accept a NULL error. */
#ifndef KURS_BASE_ERROR_H
#define KURS_BASE_ERROR_H

#include "kurs.h"

/* Starts an error: sets status and `what` ("cannot open 'x'"), `why` to the status text, hint to "". Over-long text is
 * cut with "…" at a character boundary. Returns `status`, so that `return error_what(...)` reads well. */
enum kurs_status error_what(struct kurs_error *error, enum kurs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Replaces `why`, `hint` of an error begun with error_what. Return its status. */
enum kurs_status error_why(struct kurs_error *error, enum kurs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum kurs_status error_hint(struct kurs_error *error, enum kurs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The status and `why` of a failed system call. ENOSPC, EDQUOT: ENOSPACE; EACCES, EPERM, EROFS: EACCESS; ENOMEM:
 * ENOMEM; ENOENT: ENODATA; else EIO. */
enum kurs_status error_system(struct kurs_error *error, int system_errno, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
