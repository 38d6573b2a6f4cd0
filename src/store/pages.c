/* pages.c: see pages.h. Owns what is known here of LMDB's file layout (data version 1, in the byte order and word size
 * of the machine that wrote it):
 *
 *     page   0 pgno[8]  8 pad[2]  10 flags[2]  12 lower[2]  14 upper[2]   then, in pages 0 and 1:
 *     meta   16 magic[4]  20 version[4]  24 address[8]  32 map size[8]  40 free table[48]  88 main table[48]
 *            136 last page[8]  144 transaction[8]
 *     table  0 pad[4] (free table: the page size)  4 flags[2]  6 depth[2]  8 … 40 counts  40 root[8] */
#include "store/pages.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define META_BYTES       152
#define META_MAGIC       0xBEEFC0DEU
#define META_VERSION     1
#define AT_FLAGS         10
#define AT_MAGIC         16
#define AT_VERSION       20
#define AT_PAGE_BYTES    40
#define AT_LAST_PAGE     136
#define AT_TRANSACTION   144
#define FLAG_META        0x08
#define PAGE_BYTES_LEAST 256
#define PAGE_BYTES_MOST  32768 /* LMDB's MAX_PAGESIZE */

struct meta {
    uint32_t page_bytes;
    uint64_t last_page;
    uint64_t transaction;
};

static enum kurs_status not_a_store(const char *path, const char *why, struct kurs_error *error)
{
    error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
    return error_why(error, KURS_EFORMAT, "%s", why);
}

/* False when the page at `offset` is no meta page. Fields are in the machine's own order, so memcpy reads them. */
static bool read_meta(int fd, off_t offset, struct meta *meta)
{
    uint8_t page[META_BYTES];
    uint16_t flags;
    uint32_t magic, version;
    if (pread(fd, page, sizeof page, offset) != (ssize_t)sizeof page) {
        return false;
    }
    memcpy(&flags, page + AT_FLAGS, sizeof flags);
    memcpy(&magic, page + AT_MAGIC, sizeof magic);
    memcpy(&version, page + AT_VERSION, sizeof version);
    memcpy(&meta->page_bytes, page + AT_PAGE_BYTES, sizeof meta->page_bytes);
    memcpy(&meta->last_page, page + AT_LAST_PAGE, sizeof meta->last_page);
    memcpy(&meta->transaction, page + AT_TRANSACTION, sizeof meta->transaction);
    return (flags & FLAG_META) != 0 && magic == META_MAGIC && version == META_VERSION &&
           meta->page_bytes >= PAGE_BYTES_LEAST && meta->page_bytes <= PAGE_BYTES_MOST &&
           (meta->page_bytes & (meta->page_bytes - 1)) == 0;
}

enum kurs_status pages_check(int fd, const char *path, struct kurs_error *error)
{
    struct meta meta, second;
    if (!read_meta(fd, 0, &meta)) {
        return not_a_store(path, "it is no kurs store", error);
    }
    if (!read_meta(fd, (off_t)meta.page_bytes, &second) || second.page_bytes != meta.page_bytes) {
        return not_a_store(path, "it was cut short or overwritten: its second page is not there", error);
    }
    if (second.transaction > meta.transaction) {
        meta = second;
    }
    struct stat about;
    if (fstat(fd, &about) != 0) {
        return error_system(error, errno, "cannot open '%s'", path);
    }
    if ((uint64_t)about.st_size / meta.page_bytes <= meta.last_page) {
        error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
        error_why(error, KURS_EFORMAT, "it was cut short: %lld bytes of at least %llu are there",
                  (long long)about.st_size, (unsigned long long)(meta.last_page + 1) * meta.page_bytes);
        return error_hint(error, KURS_EFORMAT, "restore it from a backup");
    }
    return KURS_OK;
}
