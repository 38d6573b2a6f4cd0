/* store.c: opening, creating and closing the file behind a handle. Owns the list of files this process has open;
 * knows nothing of what the tables hold. A new file is made under a temporary name and given its own once it is whole,
 * so that no half-made store is ever seen; creating in place would leave one after a crash. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/env.h"
#include "store/file.h"
#include "store/upgrade.h"

#define OPEN_TRIES 10 /* another process may put a compacted file in its place each time */

/* ---- The files this process has open: LMDB's locks break when one is opened twice ---- */

static struct kurs_store *open_stores;
static pthread_mutex_t open_stores_lock = PTHREAD_MUTEX_INITIALIZER;

static enum kurs_status claim_file(struct kurs_store *store, struct kurs_error *error)
{
    struct stat about;
    if (stat(store->path, &about) != 0) {
        return error_system(error, errno, "cannot open '%s'", store->path);
    }
    store->device = about.st_dev;
    store->inode = about.st_ino;
    pthread_mutex_lock(&open_stores_lock);
    const struct kurs_store *other = open_stores;
    while (other != NULL && (other->device != store->device || other->inode != store->inode)) {
        other = other->next_open;
    }
    if (other == NULL) {
        store->next_open = open_stores;
        open_stores = store;
    }
    pthread_mutex_unlock(&open_stores_lock);
    if (other != NULL) {
        error_what(error, KURS_EBUSY, "cannot open '%s'", store->path);
        return error_why(error, KURS_EBUSY, "it is already open in this process");
    }
    return KURS_OK;
}

static void give_up_file(struct kurs_store *store)
{
    pthread_mutex_lock(&open_stores_lock);
    struct kurs_store **link = &open_stores;
    while (*link != NULL && *link != store) {
        link = &(*link)->next_open;
    }
    if (*link != NULL) {
        *link = store->next_open;
    }
    pthread_mutex_unlock(&open_stores_lock);
}

/* ---- Format version ---- */

static enum kurs_status other_format(const struct kurs_store *store, uint32_t version, struct kurs_error *error)
{
    bool newer = version > STORE_FORMAT_VERSION;
    enum kurs_status status = newer ? KURS_ENEWER : KURS_EFORMAT;
    error_what(error, status, "cannot open '%s'", store->path);
    error_why(error, status,
              newer ? "its format is %u, this program knows up to %d" : "its format is %u, today's is %d",
              (unsigned)version, STORE_FORMAT_VERSION);
    return error_hint(error, status,
                      newer ? "use a newer kurs" : "any command that writes brings it up to date: kurs compact");
}

/* A store of an older format is brought up to date if it may be written. */
static enum kurs_status check_format(struct kurs_store *store, struct kurs_error *error)
{
    MDB_txn *txn;
    uint32_t version;
    enum kurs_status status = env_begin(store, false, &txn, error);
    if (status != KURS_OK) {
        return status;
    }
    status = upgrade_version(store, txn, &version, error);
    env_abort(store, txn);
    if (status != KURS_OK || version == STORE_FORMAT_VERSION) {
        return status;
    }
    return version < STORE_FORMAT_VERSION && store->writable ? upgrade_store(store, error)
                                                             : other_format(store, version, error);
}

/* ---- Creation ---- */

static enum kurs_status fill_new(struct kurs_store *store, int64_t now_us, struct kurs_error *error)
{
    MDB_txn *txn;
    enum kurs_status status = env_begin(store, true, &txn, error);
    if (status != KURS_OK) {
        return status;
    }
    status = env_create_tables(store, txn, error);
    if (status == KURS_OK) {
        status = upgrade_note(store, txn, now_us, error);
    }
    if (status != KURS_OK) {
        env_abort(store, txn);
        return status;
    }
    return env_commit(store, txn, error);
}

/* Makes the file under the maker's temporary name and gives it its own. */
static enum kurs_status make_and_publish(struct kurs_store *maker, const char *path, int64_t now_us,
                                         struct kurs_error *error)
{
    enum kurs_status status = env_create(maker, error);
    if (status == KURS_OK) {
        status = fill_new(maker, now_us, error);
    }
    env_close(maker);
    int failed = status == KURS_OK ? file_publish(maker->path, path) : 0;
    return failed == 0 || failed == EEXIST ? status : error_system(error, failed, "cannot create '%s'", path);
}

/* Makes a whole, empty store file at `path`; another may have appeared there meanwhile, which then stays. */
static enum kurs_status make_file(const char *path, int64_t now_us, struct kurs_error *error)
{
    struct kurs_store maker = {.path = file_beside(path, "-new-XXXXXX"), .writable = true};
    int fd = maker.path == NULL ? -1 : mkstemp(maker.path);
    int failed = maker.path == NULL ? ENOMEM : errno;
    char *lock = fd < 0 ? NULL : file_beside(maker.path, "-lock");
    if (fd >= 0) {
        close(fd);
        unlink(maker.path); /* only the name was wanted: LMDB makes the file with the mode the umask allows */
        failed = lock == NULL ? ENOMEM : 0;
    }
    enum kurs_status status = KURS_OK;
    if (failed != 0 || lock == NULL) {
        status = error_system(error, failed, "cannot create '%s'", path);
    } else {
        pthread_mutex_init(&maker.lock, NULL);
        status = make_and_publish(&maker, path, now_us, error);
        pthread_mutex_destroy(&maker.lock);
        unlink(maker.path);
        unlink(lock);
    }
    free(lock);
    free(maker.path);
    return status == KURS_OK ? file_sync_folder(path, error) : status;
}

/* ---- Open and close ---- */

static enum kurs_status create_if_missing(const char *path, int64_t now_us, struct kurs_error *error)
{
    struct stat about;
    if (lstat(path, &about) == 0 || errno != ENOENT) {
        return KURS_OK; /* whatever it is, opening it says so */
    }
    enum kurs_status status = file_make_folders(path, error);
    return status == KURS_OK ? make_file(path, now_us, error) : status;
}

/* Whether the file that was opened is the one claimed, and still has the name: a compaction replaces it. */
static bool is_in_place(const struct kurs_store *store)
{
    int fd;
    struct stat opened, named;
    return mdb_env_get_fd(store->env, &fd) == 0 && fstat(fd, &opened) == 0 && stat(store->path, &named) == 0 &&
           opened.st_dev == store->device && opened.st_ino == store->inode && named.st_dev == store->device &&
           named.st_ino == store->inode;
}

static enum kurs_status claim_and_open(struct kurs_store *store, struct kurs_error *error)
{
    enum kurs_status status = KURS_EBUSY;
    for (int i = 0; i < OPEN_TRIES; i++) {
        status = claim_file(store, error);
        if (status == KURS_OK) {
            status = file_check(store->path, error);
        }
        if (status == KURS_OK) {
            status = env_open(store, error);
        }
        if (status != KURS_OK || is_in_place(store)) {
            return status;
        }
        env_close(store);
        give_up_file(store);
    }
    error_what(error, KURS_EBUSY, "cannot open '%s'", store->path);
    return error_why(error, KURS_EBUSY, "it is being replaced again and again");
}

enum kurs_status kurs_store_open(const char *path, enum kurs_open_flags flags, int64_t now_us,
                                 struct kurs_store **store, struct kurs_error *error)
{
    assert(path != NULL);
    assert(store != NULL);
    struct kurs_store *opened = calloc(1, sizeof *opened);
    char *copy = strdup(path);
    if (opened == NULL || copy == NULL) {
        free(opened);
        free(copy);
        return error_system(error, ENOMEM, "cannot open '%s'", path);
    }
    opened->path = copy;
    opened->writable = (flags & KURS_OPEN_WRITE) != 0;
    pthread_mutex_init(&opened->lock, NULL);
    enum kurs_status status = KURS_OK;
    if (flags == KURS_OPEN_CREATE) {
        status = create_if_missing(path, now_us, error);
    }
    if (status == KURS_OK) {
        status = claim_and_open(opened, error);
    }
    if (status == KURS_OK && opened->writable) {
        file_remove_compacted(opened->path);
    }
    if (status == KURS_OK) {
        status = check_format(opened, error);
    }
    if (status != KURS_OK) {
        kurs_store_close(opened);
        return status;
    }
    *store = opened;
    return KURS_OK;
}

void kurs_store_close(struct kurs_store *store)
{
    if (store == NULL) {
        return;
    }
    assert(store->active == 0);
    env_close(store);
    give_up_file(store);
    pthread_mutex_destroy(&store->lock);
    free(store->path);
    free(store);
}
