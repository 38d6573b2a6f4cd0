/* care.c: copies of a store (kurs.h): backup beside readers and writers, compaction in place. Owns the order of steps
 * that leaves either the old file or the new one under the name, whole; the copying itself is LMDB's. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/env.h"
#include "store/file.h"

/* A temporary file beside `path` with the permissions of the store's. That of a compaction, of which there is one at a
 * time, has a name of its own, so that the next one finds it if this one is killed. */
static enum kurs_status open_temporary(const char *path, bool compacted, mode_t mode, char **name, int *fd,
                                       struct kurs_error *error)
{
    *name = file_beside(path, compacted ? FILE_COMPACTED : "-copy-XXXXXX");
    if (*name == NULL) {
        return error_system(error, ENOMEM, "cannot write '%s'", path);
    }
    *fd = compacted ? open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : mkstemp(*name);
    if (*fd >= 0 && fchmod(*fd, mode) == 0) {
        return KURS_OK;
    }
    enum kurs_status status = error_system(error, errno, "cannot write '%s'", path);
    if (*fd >= 0) {
        close(*fd);
        unlink(*name);
    }
    free(*name);
    return status == KURS_ENODATA ? error_hint(error, status, "its folder is not there") : status;
}

/* Writes a compact copy of the environment to the descriptor, durably. */
static enum kurs_status copy_to(const struct kurs_store *store, int fd, const char *path, struct kurs_error *error)
{
    int rc = mdb_env_copyfd2(store->env, fd, MDB_CP_COMPACT);
    if (rc == 0 && fsync(fd) != 0) {
        rc = errno;
    }
    return rc == 0 ? KURS_OK : env_error(error, rc, "cannot write '%s'", path);
}

static enum kurs_status refuse_existing(const char *path, struct kurs_error *error)
{
    error_what(error, KURS_EREFUSED, "cannot write '%s'", path);
    error_why(error, KURS_EREFUSED, "it is there already");
    return error_hint(error, KURS_EREFUSED, "name a new file, or remove that one first");
}

enum kurs_status kurs_store_backup(struct kurs_store *store, const char *path, struct kurs_error *error)
{
    struct stat about;
    MDB_txn *hold; /* keeps the map in place while LMDB copies; LMDB trusts the heads of long values then too */
    char *name;
    int fd;
    if (lstat(path, &about) == 0) {
        return refuse_existing(path, error);
    }
    if (stat(store->path, &about) != 0) {
        return error_system(error, errno, "cannot read '%s'", store->path);
    }
    enum kurs_status status = env_begin_checked(store, PAGES_ALL, &hold, error);
    if (status != KURS_OK) {
        return status;
    }
    status = open_temporary(path, false, about.st_mode & 0777, &name, &fd, error);
    if (status != KURS_OK) {
        env_abort(store, hold);
        return status;
    }
    status = copy_to(store, fd, path, error);
    env_abort(store, hold);
    close(fd);
    if (status == KURS_OK) {
        int failed = file_publish(name, path);
        status = failed == 0        ? KURS_OK
                 : failed == EEXIST ? refuse_existing(path, error)
                                    : error_system(error, failed, "cannot write '%s'", path);
    } else {
        unlink(name);
    }
    free(name);
    return status == KURS_OK ? file_sync_folder(path, error) : status;
}

/* ---- Compaction ---- */

static enum kurs_status replace_file(const struct kurs_store *store, mode_t mode, struct kurs_error *error)
{
    struct kurs_store alone = {.path = store->path, .alone = true};
    char *name;
    int fd;
    file_remove_compacted(store->path);
    enum kurs_status status = open_temporary(store->path, true, mode, &name, &fd, error);
    if (status != KURS_OK) {
        return status;
    }
    status = env_create(&alone, error);
    if (status == KURS_OK) {
        status = copy_to(&alone, fd, store->path, error);
    }
    env_close(&alone);
    close(fd);
    if (status == KURS_OK && rename(name, store->path) != 0) {
        status = error_system(error, errno, "cannot compact '%s'", store->path);
    }
    if (status != KURS_OK) {
        unlink(name);
    }
    free(name);
    return status == KURS_OK ? file_sync_folder(store->path, error) : status;
}

/* Copying, LMDB trusts the heads of long values too. */
static enum kurs_status check_pages(struct kurs_store *store, struct kurs_error *error)
{
    MDB_txn *txn;
    enum kurs_status status = env_begin_checked(store, PAGES_ALL, &txn, error);
    if (status == KURS_OK) {
        env_abort(store, txn);
    }
    return status;
}

enum kurs_status kurs_store_compact(struct kurs_store *store, uint64_t *bytes_before, uint64_t *bytes_after,
                                    struct kurs_error *error)
{
    struct stat before, after;
    int gate;
    pthread_mutex_lock(&store->lock);
    bool busy = store->active > 0;
    pthread_mutex_unlock(&store->lock);
    if (busy || !store->writable) {
        enum kurs_status status = busy ? KURS_EBUSY : KURS_EACCESS;
        error_what(error, status, "cannot compact '%s'", store->path);
        return error_why(error, status, busy ? "it is being read or written" : "it was opened to read");
    }
    if (stat(store->path, &before) != 0) {
        return error_system(error, errno, "cannot compact '%s'", store->path);
    }
    enum kurs_status status = check_pages(store, error);
    if (status != KURS_OK) {
        return status;
    }
    env_close(store);
    status = file_enter_alone(store->path, ENV_FILE_MODE, &gate, error);
    if (status == KURS_OK) {
        status = replace_file(store, before.st_mode & 0777, error);
        file_leave(gate);
    }
    if (status == KURS_OK && stat(store->path, &after) != 0) {
        status = error_system(error, errno, "cannot compact '%s'", store->path);
    }
    if (status != KURS_OK) {
        enum kurs_status reopened = env_open(store, NULL); /* else it can only be closed */
        (void)reopened;
        return status;
    }
    *bytes_before = (uint64_t)before.st_size;
    *bytes_after = (uint64_t)after.st_size;
    kurs_store_close(store);
    return KURS_OK;
}
