/* file.c: see file.h. Owns names: what may be opened under one, how a file gets its own, that folders remember it, and
 * who may have it open while it is replaced. What is in the file is known by pages.c and LMDB. */
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

#include "base/error.h"
#include "store/pages.h"

#define GATE_AT       ((off_t)1 << 30) /* behind the bytes LMDB locks: 0, and one for each number of a process */
#define GATE_PAUSE_NS 10000000         /* compacting 15 MB takes some 85 ms */
#define GATE_TRIES    1000             /* 10 s in all */

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
    if (about.st_size == 0) { /* replacing it would have to keep its owner and mode, and whoever fills it meanwhile */
        error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
        error_why(error, KURS_EFORMAT, "it is empty");
        return error_hint(error, KURS_EFORMAT, "remove it: 'kurs import' and 'kurs add' make a new one");
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

/* ---- The gate: who has the store open, who compacts it ---- */

static int open_lock(const char *path, mode_t mode, int *failed)
{
    char *name = file_beside(path, "-lock");
    int fd = name == NULL ? -1 : open(name, O_RDWR | O_CREAT | O_CLOEXEC, mode);
    *failed = name == NULL ? ENOMEM : fd < 0 ? errno : 0;
    free(name);
    return fd;
}

static int reserve(int fd, off_t bytes)
{
    struct stat about;
    bool is_short = fstat(fd, &about) == 0 && about.st_size < bytes;
    return is_short && posix_fallocate(fd, 0, bytes) == ENOSPC ? ENOSPC : 0;
}

/* EBUSY when that takes too long. */
static int pass_gate(int fd)
{
    struct flock gate = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = GATE_AT, .l_len = 1};
    const struct timespec pause = {.tv_nsec = GATE_PAUSE_NS};
    for (int i = 0; i < GATE_TRIES; i++) {
        if (fcntl(fd, F_SETLK, &gate) == 0) {
            return 0;
        }
        if (errno != EACCES && errno != EAGAIN) {
            return errno;
        }
        nanosleep(&pause, NULL);
    }
    return EBUSY;
}

enum kurs_status file_enter(const char *path, mode_t mode, off_t lock_bytes, int *gate, struct kurs_error *error)
{
    int failed;
    *gate = open_lock(path, mode, &failed);
    if (failed == EROFS) {
        return KURS_OK;
    }
    failed = failed == 0 ? reserve(*gate, lock_bytes) : failed;
    failed = failed == 0 ? pass_gate(*gate) : failed;
    if (failed == 0) {
        return KURS_OK;
    }
    file_leave(*gate);
    if (failed != EBUSY) {
        return error_system(error, failed, "cannot open '%s'", path);
    }
    error_what(error, KURS_EBUSY, "cannot open '%s'", path);
    error_why(error, KURS_EBUSY, "another kurs is compacting it");
    return error_hint(error, KURS_EBUSY, "try again when it is done");
}

enum kurs_status file_enter_alone(const char *path, mode_t mode, int *gate, struct kurs_error *error)
{
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET}; /* LMDB's bytes and the gate */
    int failed;
    *gate = open_lock(path, mode, &failed);
    if (failed == 0 && fcntl(*gate, F_SETLK, &all) == 0) {
        return KURS_OK;
    }
    bool is_open = failed == 0 && (errno == EACCES || errno == EAGAIN);
    failed = failed == 0 ? errno : failed;
    file_leave(*gate);
    if (!is_open) {
        return error_system(error, failed, "cannot compact '%s'", path);
    }
    error_what(error, KURS_EBUSY, "cannot compact '%s'", path);
    error_why(error, KURS_EBUSY, "another process has it open");
    return error_hint(error, KURS_EBUSY, "try again when it is done");
}

void file_leave(int gate)
{
    if (gate >= 0) {
        close(gate);
    }
}

void file_remove_compacted(const char *path)
{
    char *name = file_beside(path, FILE_COMPACTED);
    if (name != NULL) {
        unlink(name); /* what cannot be removed is in the way of the next compaction, which says so */
    }
    free(name);
}
