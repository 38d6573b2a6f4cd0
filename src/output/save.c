/* save.c: owns output files: the temporary, the rename, and what must not be renamed over. */
#include "output/save.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MOST 40 /* as Linux follows */

static struct save *volatile unnamed; /* the files with a temporary */

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

/* Tries names beside the target until one is new: what others put there first, a link above all, is left alone. The
 * descriptor, or -1 with errno. */
static int create_temporary(struct save *save, mode_t mode)
{
    const int names_most = 100; /* more than processes that were killed leave behind under one number */
    for (int n = 1; n <= names_most; n++) {
        int needed = snprintf(save->temporary, SAVE_PATH_SIZE, "%s.part-%ld.%d", save->target, (long)getpid(), n);
        if (needed < 0 || needed >= SAVE_PATH_SIZE) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(save->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

/* Creates the temporary and lists it, with no signal between the two. */
static int list_temporary(struct save *save, mode_t mode)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int fd = create_temporary(save, mode), reason = errno;
    if (fd >= 0) {
        save->next = unnamed;
        unnamed = save;
    } else {
        save->temporary[0] = '\0'; /* not ours to remove */
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = reason;
    return fd;
}

/* One write each: a signal finds the list whole before it and behind it. */
static void unlist(struct save *save)
{
    for (struct save *volatile *at = &unnamed; *at != NULL; at = &(*at)->next) {
        if (*at == save) {
            *at = save->next;
            break;
        }
    }
    save->temporary[0] = '\0';
}

void save_remove_all(void)
{
    for (struct save *save = unnamed; save != NULL; save = save->next) {
        unlink(save->temporary);
    }
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
    int fd = list_temporary(save, replaced != NULL ? 0600 : 0666);
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

/* To what the path names in the end, where links to links end in nothing; 0 or an errno. */
static int follow_links(char path[SAVE_PATH_SIZE])
{
    char named[SAVE_PATH_SIZE], whole[2 * SAVE_PATH_SIZE];
    for (int hop = 0; hop < LINKS_MOST; hop++) {
        ssize_t length = readlink(path, named, sizeof named - 1);
        if (length < 0) {
            return errno == EINVAL || errno == ENOENT ? 0 : errno; /* no link */
        }
        named[length] = '\0';
        const char *slash = named[0] == '/' ? NULL : strrchr(path, '/');
        snprintf(whole, sizeof whole, "%.*s%s", slash == NULL ? 0 : (int)(slash + 1 - path), path, named);
        if (!copy_path(path, whole)) {
            return ENAMETOOLONG;
        }
    }
    return ELOOP;
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
    int reason = exists ? 0 : follow_links(save->target);
    if (exists && S_ISDIR(about.st_mode)) {
        reason = EISDIR;
    } else if (exists && !S_ISREG(about.st_mode)) {
        save->file = fopen(path, "w");
        reason = save->file == NULL ? errno : 0;
    } else if (reason == 0) {
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
        unlist(save);
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
    unlist(save);
    return KURS_OK;
}

enum kurs_status save_set_add(struct save_set *set, const char *path, const char *bytes, size_t length,
                              struct kurs_error *error)
{
    struct save **grown = realloc(set->files, (set->count + 1) * sizeof(struct save *));
    struct save *save = malloc(sizeof *save);
    set->files = grown != NULL ? grown : set->files;
    if (grown == NULL || save == NULL) {
        free(save);
        return failed(path, ENOMEM, error);
    }
    enum kurs_status status = save_open(path, save, error);
    if (status == KURS_OK) {
        fwrite(bytes, 1, length, save->file); /* save_close looks at the stream */
        status = save_close(save, error);
    }
    if (status != KURS_OK) {
        free(save);
        return status;
    }
    set->files[set->count++] = save;
    return KURS_OK;
}

enum kurs_status save_set_name(struct save_set *set, struct kurs_error *error)
{
    enum kurs_status status = KURS_OK;
    for (; status == KURS_OK && set->named < set->count; set->named += status == KURS_OK) {
        status = save_name(set->files[set->named], error);
    }
    return status;
}

void save_set_release(struct save_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        save_abandon(set->files[i]); /* nothing where it is named */
        free(set->files[i]);
    }
    free(set->files);
    *set = (struct save_set) {.count = 0};
}
