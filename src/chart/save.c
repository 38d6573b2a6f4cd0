/* save.c: owns the one function of save.h. */
#include "chart/save.h"

#include "chart/fail.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 4096 /* PATH_MAX on Linux */

static enum kurs_status failed(const char *path, int reason, struct kurs_error *error)
{
    char what[sizeof error->what];
    enum kurs_status status = reason == ENOSPC || reason == EDQUOT                     ? KURS_ENOSPACE
                              : reason == EACCES || reason == EPERM || reason == EROFS ? KURS_EACCESS
                                                                                       : KURS_EIO;
    snprintf(what, sizeof what, "cannot write '%.200s'", path);
    return chart_fail(error, status, "", what, "%s", strerror(reason));
}

enum kurs_status save_bytes(const char *path, const char *bytes, size_t length, struct kurs_error *error)
{
    char temporary[PATH_SIZE];
    int needed = snprintf(temporary, sizeof temporary, "%s.part-%ld", path, (long)getpid());
    if (needed < 0 || (size_t)needed >= sizeof temporary) {
        return failed(path, ENAMETOOLONG, error);
    }
    FILE *file = fopen(temporary, "w");
    if (file == NULL) {
        return failed(path, errno, error);
    }
    int reason = fwrite(bytes, 1, length, file) == length ? 0 : errno;
    reason = fclose(file) != 0 && reason == 0 ? errno : reason;
    reason = reason == 0 && rename(temporary, path) != 0 ? errno : reason;
    if (reason != 0) {
        unlink(temporary);
        return failed(path, reason, error);
    }
    return KURS_OK;
}
