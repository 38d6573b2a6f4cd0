/* save.c: owns output files: the temporary, the rename, and what must not be renamed over. */
#include "output/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum kurs_status failed(const char *path, int reason, struct kurs_error *error)
{
    enum kurs_status status = reason == ENOSPC || reason == EDQUOT                     ? KURS_ENOSPACE
                              : reason == EACCES || reason == EPERM || reason == EROFS ? KURS_EACCESS
                              : reason == ENOMEM                                       ? KURS_ENOMEM
                                                                                       : KURS_EIO;
    if (error != NULL) {
        *error = (struct kurs_error) {.status = status};
        snprintf(error->what, sizeof error->what, "cannot write '%.200s'", path);
        snprintf(error->why, sizeof error->why, "%s", strerror(reason));
    }
    return status;
}

static bool copy_path(char to[SAVE_PATH_SIZE], const char *path)
{
    return snprintf(to, SAVE_PATH_SIZE, "%s", path) < SAVE_PATH_SIZE;
}

/* Creates a temporary beside the target, under a name that nothing has: what others put there first, a link above all,
 * is left alone. Its descriptor, or -1 with errno. */
static int create_temporary(struct save *save, mode_t mode)
{
    const int names_most = 100; /* more than are left behind by processes that were killed */
    int fd = -1;
    for (int n = 1; n <= names_most; n++) {
        int needed = snprintf(save->temporary, SAVE_PATH_SIZE, "%s.part-%ld.%d", save->target, (long)getpid(), n);
        if (needed < 0 || needed >= SAVE_PATH_SIZE) {
            errno = ENAMETOOLONG;
            break;
        }
        fd = open(save->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) {
            break;
        }
    }
    if (fd < 0) {
        save->temporary[0] = '\0'; /* not ours to remove */
    }
    return fd;
}

/* Opens the temporary, with the permissions of what it replaces from its first byte on; 0 or an errno. */
static int open_temporary(struct save *save, const struct stat *replaced)
{
    char *real = replaced != NULL ? realpath(save->target, NULL) : NULL;
    bool fits = real == NULL || copy_path(save->target, real);
    free(real);
    if (!fits) {
        return ENAMETOOLONG;
    }
    int fd = create_temporary(save, replaced != NULL ? 0600 : 0666);
    if (fd < 0) {
        return errno;
    }
    if (replaced != NULL) {
        (void)!fchmod(fd, replaced->st_mode & 0777); /* where it cannot be, it stays its owner's */
    }
    save->file = fdopen(fd, "w");
    int reason = save->file == NULL ? errno : 0;
    if (reason != 0) {
        close(fd);
        save_abandon(save);
    }
    return reason;
}

enum kurs_status save_open(const char *path, struct save *save, struct kurs_error *error)
{
    struct stat about;
    save->file = NULL;
    save->temporary[0] = '\0';
    if (!copy_path(save->target, path)) {
        return failed(path, ENAMETOOLONG, error);
    }
    bool exists = stat(path, &about) == 0;
    int reason;
    if (exists && S_ISDIR(about.st_mode)) {
        reason = EISDIR;
    } else if (exists && !S_ISREG(about.st_mode)) {
        save->file = fopen(path, "w");
        reason = save->file == NULL ? errno : 0;
    } else {
        reason = open_temporary(save, exists ? &about : NULL);
    }
    return reason == 0 ? KURS_OK : failed(path, reason, error);
}

void save_abandon(struct save *save)
{
    if (save->file != NULL) {
        fclose(save->file);
        save->file = NULL;
    }
    if (save->temporary[0] != '\0') {
        unlink(save->temporary);
        save->temporary[0] = '\0';
    }
}

enum kurs_status save_close(struct save *save, struct kurs_error *error)
{
    int reason = ferror(save->file) == 0 ? 0 : errno != 0 ? errno : EIO;
    if (fclose(save->file) != 0 && reason == 0) {
        reason = errno;
    }
    save->file = NULL;
    if (reason != 0) {
        save_abandon(save);
        return failed(save->target, reason, error);
    }
    return KURS_OK;
}

enum kurs_status save_name(struct save *save, struct kurs_error *error)
{
    if (save->temporary[0] != '\0' && rename(save->temporary, save->target) != 0) {
        int reason = errno;
        save_abandon(save);
        return failed(save->target, reason, error);
    }
    save->temporary[0] = '\0';
    return KURS_OK;
}

enum kurs_status save_set_add(struct save_set *set, const char *path, const char *bytes, size_t length,
                              struct kurs_error *error)
{
    struct save *grown = realloc(set->files, (set->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return failed(path, ENOMEM, error);
    }
    set->files = grown;
    struct save *save = &set->files[set->count];
    enum kurs_status status = save_open(path, save, error);
    if (status == KURS_OK) {
        fwrite(bytes, 1, length, save->file); /* save_close looks at the stream */
        status = save_close(save, error);
    }
    set->count += status == KURS_OK;
    return status;
}

enum kurs_status save_set_name(struct save_set *set, struct kurs_error *error)
{
    enum kurs_status status = KURS_OK;
    for (; status == KURS_OK && set->named < set->count; set->named += status == KURS_OK) {
        status = save_name(&set->files[set->named], error);
    }
    return status;
}

void save_set_release(struct save_set *set)
{
    for (size_t i = set->named; i < set->count; i++) {
        save_abandon(&set->files[i]);
    }
    free(set->files);
    *set = (struct save_set) {.count = 0};
}
