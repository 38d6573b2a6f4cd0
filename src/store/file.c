/* file.c: see file.h. Owns names: what may be opened under one, how a file gets its own, and that folders remember it.
 * What is in the file is known by pages.c and LMDB. */
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

#include "base/error.h"
#include "store/pages.h"

/* f_type of file systems whose locks or shared maps do not reach over the network (statfs(2)). */
static const uint32_t network_types[] = {
    0x6969,     /* NFS */
    0x517B,     /* SMB */
    0xFF534D42, /* CIFS */
    0xFE534D42, /* SMB2 */
    0x01021997, /* 9P */
    0x00C36400, /* Ceph */
    0x5346414F, /* AFS */
    0x73757245, /* Coda */
    0x0BD00BD0, /* Lustre */
};

static enum kurs_status check_network(int fd, const char *path, struct kurs_error *error)
{
#ifdef __linux__
    struct statfs fs;
    if (fstatfs(fd, &fs) != 0) {
        return error_system(error, errno, "cannot open '%s'", path);
    }
    for (size_t i = 0; i < sizeof network_types / sizeof network_types[0]; i++) {
        if ((uint32_t)fs.f_type == network_types[i]) {
            error_what(error, KURS_EBUSY, "cannot open '%s'", path);
            error_why(error, KURS_EBUSY, "it lies on a network file system, where locks do not protect it");
            return error_hint(error, KURS_EBUSY, "keep the store on a local disk");
        }
    }
#else
    (void)fd, (void)path, (void)error, (void)network_types;
#endif
    return KURS_OK;
}

static enum kurs_status check_descriptor(int fd, const char *path, struct kurs_error *error)
{
    struct stat about;
    if (fstat(fd, &about) != 0) {
        return error_system(error, errno, "cannot open '%s'", path);
    }
    if (!S_ISREG(about.st_mode)) {
        error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
        return error_why(error, KURS_EFORMAT, S_ISDIR(about.st_mode) ? "it is a folder" : "it is no regular file");
    }
    enum kurs_status status = check_network(fd, path, error);
    return status == KURS_OK ? pages_check(fd, path, error) : status;
}

enum kurs_status file_check(const char *path, struct kurs_error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* not to wait for the writer of a FIFO */
    if (fd < 0) {
        return error_system(error, errno, "cannot open '%s'", path);
    }
    enum kurs_status status = check_descriptor(fd, path, error);
    close(fd);
    return status;
}

enum kurs_status file_make_folders(const char *path, struct kurs_error *error)
{
    char *folder = strdup(path);
    if (folder == NULL) {
        return error_system(error, ENOMEM, "cannot create '%s'", path);
    }
    enum kurs_status status = KURS_OK;
    for (char *slash = strchr(folder + 1, '/'); slash != NULL && status == KURS_OK; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0777) == 0) {
            status = file_sync_folder(folder, error);
        } else if (errno != EEXIST) {
            status = error_system(error, errno, "cannot create the folder of '%s'", path);
        }
        *slash = '/';
    }
    free(folder);
    return status;
}

char *file_beside(const char *path, const char *suffix)
{
    size_t size = strlen(path) + strlen(suffix) + 1;
    char *joined = malloc(size);
    if (joined != NULL) {
        snprintf(joined, size, "%s%s", path, suffix);
    }
    return joined;
}

int file_reserve_lock(const char *path, mode_t mode, off_t bytes)
{
    char *name = file_beside(path, "-lock");
    struct stat about;
    int fd = name == NULL ? -1 : open(name, O_RDWR | O_CREAT | O_CLOEXEC, mode);
    int failed = 0;
    if (fd >= 0 && fstat(fd, &about) == 0 && about.st_size < bytes) {
        failed = posix_fallocate(fd, 0, bytes);
    }
    if (fd >= 0) {
        close(fd);
    }
    free(name);
    return failed == ENOSPC ? ENOSPC : 0;
}

enum kurs_status file_sync_folder(const char *path, struct kurs_error *error)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    if (folder == NULL) {
        return error_system(error, ENOMEM, "cannot write '%s'", path);
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    free(folder);
    bool impossible = failed == EINVAL || failed == EACCES; /* no such thing here, or a folder one may not read */
    return failed == 0 || impossible ? KURS_OK : error_system(error, failed, "cannot write '%s'", path);
}

int file_publish(const char *temporary, const char *path)
{
    struct stat about;
    int failed = link(temporary, path) == 0 ? 0 : errno;
    if (failed == EPERM || failed == EOPNOTSUPP || failed == ENOSYS) {
        failed = lstat(path, &about) == 0 ? EEXIST : rename(temporary, path) == 0 ? 0 : errno;
    }
    unlink(temporary);
    return failed;
}
