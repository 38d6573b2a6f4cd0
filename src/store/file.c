/* file.c: see file.h. Owns the little that must be known of LMDB's own layout: its two meta pages. The newer of them
 * names the last page in use; a file that ends before it was cut short. Trusting LMDB to find out was dropped: it maps
 * first and reads behind the end. */
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
    int failed = 0;
    for (char *slash = strchr(folder + 1, '/'); slash != NULL && failed == 0; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
            failed = errno;
        }
        *slash = '/';
    }
    free(folder);
    return failed == 0 ? KURS_OK : error_system(error, failed, "cannot create the folder of '%s'", path);
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
