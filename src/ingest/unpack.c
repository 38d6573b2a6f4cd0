/* unpack.c: .zst, .xz and .zip through libarchive, streaming, and .gz through gunzip.c. Owns which file of a .zip is the
 * data. Without libarchive every packed input is refused with the way out; one build flag, two bodies.
 *
 * libarchive is loaded when the first packed file comes, since it draws in 20 more libraries, which took 3 ms of every
 * command that never unpacks anything. It stays loaded: some of those libraries do not survive being taken out. */
#include "ingest/unpack.h"

#include "base/error.h"

#include <string.h>

bool unpack_is_packed(const char *bytes, size_t count)
{
    static const struct {
        const char *magic;
        size_t bytes;
    } known[] = {{"\x1F\x8B", 2},
                 {"\x28\xB5\x2F\xFD", 4},
                 {"\xFD"
                  "7zXZ",
                  5},
                 {"PK\x03\x04", 4}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (count >= known[i].bytes && memcmp(bytes, known[i].magic, known[i].bytes) == 0) {
            return true;
        }
    }
    return false;
}

#ifdef KURS_HAVE_ARCHIVE

#include "ingest/gunzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <strings.h>

#define LIBRARY "libarchive.so.13" /* of all its versions 3 */

/* What is called of it, by its own names and types. */
#define EACH_CALL(C)                     \
    C(archive_entry_pathname)            \
    C(archive_error_string)              \
    C(archive_format)                    \
    C(archive_read_data)                 \
    C(archive_read_free)                 \
    C(archive_read_new)                  \
    C(archive_read_next_header)          \
    C(archive_read_open)                 \
    C(archive_read_support_filter_xz)    \
    C(archive_read_support_filter_zstd)  \
    C(archive_read_support_format_empty) \
    C(archive_read_support_format_raw)   \
    C(archive_read_support_format_zip_streamable)

struct library {
#define AS_MEMBER(call) __typeof__(&call) call;
    EACH_CALL(AS_MEMBER)
};

struct unpack {
    struct gunzip *gunzip; /* or else */
    struct library library;
    struct archive *archive;
    unpack_more *more;
    void *context;
    const char *first; /* what `more` gave when the kind was told by it; NULL once used */
    size_t first_bytes;
    bool unseen; /* the first file was taken without knowing the others */
    char name[UNPACK_NAME_SIZE];
};

/* POSIX has dlsym give functions as object pointers of the same size. */
bool unpack_find_call(void *library, const char *name, void *call)
{
    void *found = dlsym(library, name);
    memcpy(call, &found, sizeof found);
    return found != NULL;
}

static enum kurs_status load(struct library *library, struct kurs_error *error)
{
    void *handle = dlopen(LIBRARY, RTLD_NOW);
    bool good = handle != NULL;
#define FIND(call) good = good && unpack_find_call(handle, #call, &library->call);
    EACH_CALL(FIND)
    if (!good) {
        const char *text = dlerror();
        error_what(error, KURS_EREFUSED, "cannot unpack");
        error_why(error, KURS_EREFUSED, "%s", text ? text : LIBRARY " lacks what is needed");
        return error_hint(error, KURS_EREFUSED, "unpack it first, or install libarchive");
    }
    return KURS_OK;
}

static la_ssize_t feed(struct archive *archive, void *context, const void **buffer)
{
    (void)archive;
    struct unpack *unpack = context;
    const char *bytes = unpack->first;
    ptrdiff_t count = (ptrdiff_t)unpack->first_bytes;
    unpack->first = NULL;
    if (!bytes) {
        count = unpack->more(unpack->context, &bytes);
    }
    *buffer = bytes;
    return (la_ssize_t)count;
}

static enum kurs_status refuse(struct unpack *unpack, struct kurs_error *error)
{
    const char *text = unpack->library.archive_error_string(unpack->archive);
    error_what(error, KURS_EREFUSED, "cannot unpack");
    return error_why(error, KURS_EREFUSED, "%s", text ? text : "it is damaged");
}

static enum kurs_status start_archive(struct unpack *unpack, struct kurs_error *error)
{
    const struct library *library = &unpack->library;
    enum kurs_status status = load(&unpack->library, error);
    if (status != KURS_OK) {
        return status;
    }
    struct archive *archive = unpack->archive = library->archive_read_new();
    if (!archive) {
        return error_what(error, KURS_ENOMEM, "cannot unpack");
    }
    library->archive_read_support_filter_zstd(archive);
    library->archive_read_support_filter_xz(archive);
    library->archive_read_support_format_zip_streamable(archive);
    library->archive_read_support_format_raw(archive);
    library->archive_read_support_format_empty(archive);
    return library->archive_read_open(archive, unpack, NULL, feed, NULL) == ARCHIVE_OK ? KURS_OK
                                                                                       : refuse(unpack, error);
}

static enum kurs_status start(unpack_more *more, void *context, struct unpack **unpack, struct kurs_error *error)
{
    struct unpack *made = calloc(1, sizeof *made);
    if (!made) {
        return error_what(error, KURS_ENOMEM, "cannot unpack");
    }
    made->more = more;
    made->context = context;
    ptrdiff_t count = more(context, &made->first);
    if (count < 0) {
        free(made);
        return error_why(error, KURS_EREFUSED, "it cannot be read");
    }
    made->first_bytes = (size_t)count;
    enum kurs_status status = gunzip_is_packed(made->first, made->first_bytes)
                                  ? gunzip_open(more, context, made->first, made->first_bytes, &made->gunzip, error)
                                  : start_archive(made, error);
    if (status != KURS_OK) {
        unpack_close(made);
        return status;
    }
    *unpack = made;
    return KURS_OK;
}

/* To the next regular file. KURS_END behind the last. */
static enum kurs_status next_file(struct unpack *unpack, struct kurs_error *error)
{
    struct archive_entry *entry;
    for (;;) {
        int result = unpack->library.archive_read_next_header(unpack->archive, &entry);
        if (result == ARCHIVE_EOF) {
            return KURS_END;
        }
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            return refuse(unpack, error);
        }
        if (unpack->library.archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW) {
            return KURS_OK;
        }
        const char *path = unpack->library.archive_entry_pathname(entry);
        size_t length = path ? strlen(path) : 0;
        if (length > 0 && path[length - 1] != '/') {
            const char *slash = strrchr(path, '/');
            const char *name = slash ? slash + 1 : path;
            size_t bytes = strnlen(name, UNPACK_NAME_SIZE - 1);
            memcpy(unpack->name, name, bytes);
            unpack->name[bytes] = '\0';
            return KURS_OK;
        }
    }
}

static bool is_csv(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcasecmp(name + length - 4, ".csv") == 0;
}

enum kurs_status unpack_find(unpack_more *more, void *context, int *index, int *count, struct kurs_error *error)
{
    struct unpack *unpack = NULL;
    enum kurs_status status = start(more, context, &unpack, error);
    int files = 0, tables = 0, table = 0;
    if (status == KURS_OK && unpack->gunzip) {
        files = 1;
        status = KURS_END;
    }
    while (status == KURS_OK && (status = next_file(unpack, error)) == KURS_OK) {
        if (is_csv(unpack->name)) {
            table = files;
            tables++;
        }
        files++;
    }
    unpack_close(unpack);
    if (status != KURS_END) {
        return status;
    }
    if (files != 1 && tables != 1) {
        error_what(error, KURS_EREFUSED, "cannot unpack");
        error_why(error, KURS_EREFUSED, files ? "it holds %d files" : "it is empty", files);
        return error_hint(error, KURS_EREFUSED, "%s", files ? "unpack it and import the files" : "");
    }
    *index = files == 1 ? 0 : table;
    *count = files;
    return KURS_OK;
}

enum kurs_status unpack_open(unpack_more *more, void *context, int index, struct unpack **unpack,
                             struct kurs_error *error)
{
    struct unpack *made = NULL;
    enum kurs_status status = start(more, context, &made, error);
    for (int i = 0; status == KURS_OK && !made->gunzip && i <= (index < 0 ? 0 : index); i++) {
        status = next_file(made, error);
    }
    if (status != KURS_OK) {
        unpack_close(made);
        if (status == KURS_END) {
            error_what(error, KURS_EREFUSED, "cannot unpack");
            return error_why(error, KURS_EREFUSED, "it is empty");
        }
        return status;
    }
    made->unseen = index < 0;
    *unpack = made;
    return KURS_OK;
}

const char *unpack_name(const struct unpack *unpack)
{
    return unpack->name;
}

enum kurs_status unpack_read(struct unpack *unpack, char *bytes, size_t capacity, size_t *count,
                             struct kurs_error *error)
{
    if (unpack->gunzip) {
        return gunzip_read(unpack->gunzip, bytes, capacity, count, error);
    }
    la_ssize_t got = unpack->library.archive_read_data(unpack->archive, bytes, capacity);
    if (got < 0) {
        return refuse(unpack, error);
    }
    if (got > 0) {
        *count = (size_t)got;
        return KURS_OK;
    }
    if (unpack->unseen && unpack->library.archive_format(unpack->archive) != ARCHIVE_FORMAT_RAW) {
        enum kurs_status status = next_file(unpack, error);
        if (status == KURS_OK) {
            error_what(error, KURS_EREFUSED, "cannot unpack");
            error_why(error, KURS_EREFUSED, "it holds several files");
            return error_hint(error, KURS_EREFUSED, "unpack it and import the files");
        }
        return status;
    }
    return KURS_END;
}

void unpack_close(struct unpack *unpack)
{
    if (unpack) {
        gunzip_close(unpack->gunzip);
        if (unpack->archive) {
            unpack->library.archive_read_free(unpack->archive);
        }
        free(unpack);
    }
}

#else

static enum kurs_status refuse(struct kurs_error *error)
{
    error_what(error, KURS_EREFUSED, "cannot unpack");
    error_why(error, KURS_EREFUSED, "kurs was built without libarchive");
    return error_hint(error, KURS_EREFUSED, "unpack it first, or build kurs where libarchive is installed");
}

enum kurs_status unpack_find(unpack_more *more, void *context, int *index, int *count, struct kurs_error *error)
{
    (void)more, (void)context, (void)index, (void)count;
    return refuse(error);
}

enum kurs_status unpack_open(unpack_more *more, void *context, int index, struct unpack **unpack,
                             struct kurs_error *error)
{
    (void)more, (void)context, (void)index, (void)unpack;
    return refuse(error);
}

const char *unpack_name(const struct unpack *unpack)
{
    (void)unpack;
    return "";
}

enum kurs_status unpack_read(struct unpack *unpack, char *bytes, size_t capacity, size_t *count,
                             struct kurs_error *error)
{
    (void)unpack, (void)bytes, (void)capacity, (void)count;
    return refuse(error);
}

void unpack_close(struct unpack *unpack)
{
    (void)unpack;
}

#endif
