/* save.c: owns writing beside and renaming over, so that no reader sees half a file. */
#include "chart/save.h"

#include "chart/fail.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 4096 /* PATH_MAX on Linux */

static enum kurs_status failed(const char *path, int reason, struct kurs_error *error)
{
    char what[sizeof error->what];
    enum kurs_status status = reason == ENOSPC || reason == EDQUOT                     ? KURS_ENOSPACE
                              : reason == EACCES || reason == EPERM || reason == EROFS ? KURS_EACCESS
                              : reason == ENOMEM                                       ? KURS_ENOMEM
                                                                                       : KURS_EIO;
    snprintf(what, sizeof what, "cannot write '%.200s'", path);
    return chart_fail(error, status, "", what, "%s", strerror(reason));
}

/* 0, or why not; nothing is left then. */
static int write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return errno;
    }
    int reason = fwrite(bytes, 1, length, file) == length ? 0 : errno;
    reason = fclose(file) != 0 && reason == 0 ? errno : reason;
    if (reason != 0) {
        unlink(path);
    }
    return reason;
}

enum kurs_status save_add(struct save_set *set, const char *path, const char *bytes, size_t length,
                          struct kurs_error *error)
{
    char temporary[PATH_SIZE];
    int needed = snprintf(temporary, sizeof temporary, "%s.part-%ld", path, (long)getpid());
    if (needed < 0 || (size_t)needed >= sizeof temporary) {
        return failed(path, ENAMETOOLONG, error);
    }
    struct save_file *grown = realloc(set->files, (set->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return failed(path, ENOMEM, error);
    }
    set->files = grown;
    struct save_file file = {strdup(path), strdup(temporary)};
    bool memory = file.path != NULL && file.temporary != NULL;
    int reason = memory ? write_file(temporary, bytes, length) : ENOMEM;
    if (reason != 0) {
        free(file.path);
        free(file.temporary);
        return failed(path, reason, error);
    }
    set->files[set->count++] = file;
    return KURS_OK;
}

enum kurs_status save_name(struct save_set *set, struct kurs_error *error)
{
    for (; set->named < set->count; set->named++) {
        const struct save_file *file = &set->files[set->named];
        if (rename(file->temporary, file->path) != 0) {
            return failed(file->path, errno, error);
        }
    }
    return KURS_OK;
}

void save_release(struct save_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        if (i >= set->named) {
            unlink(set->files[i].temporary);
        }
        free(set->files[i].path);
        free(set->files[i].temporary);
    }
    free(set->files);
    *set = (struct save_set) {.count = 0};
}
