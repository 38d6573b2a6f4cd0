/* pages.c: see pages.h. Owns what is known here of LMDB's file layout (data version 1, in the byte order and word size
 * of the machine that wrote it; offsets in a page):
 *
 *     page   0 number[8]  8 pad[2]  10 flags[2]  12 lower[2]  14 upper[2]
 *     meta   16 magic[4]  20 version[4]  24 address[8]  32 map size[8]  40 free table[48]  88 main table[48]
 *            136 last page[8]  144 transaction[8]                                    (pages 0 and 1)
 *     table  0 pad[4] (free table: the page size)  4 flags[2]  6 depth[2]  8 counts[32]  40 root[8]
 *     others from 16 to lower: offsets[2 each] of nodes: 0 low[2]  2 high[2]  4 flags[2]  6 key size[2]  8 key, data
 *            branch: low, high, flags are the page below; leaf: low, high are the size of the data, which is a page
 *            number (flag 1: long data) or a table (flag 2)
 *
 *            overflow: 12 count of pages[4]  16 the data
 *
 * The newer meta page names the last page allocated. A file that reaches it is whole. One that ends before may be whole
 * too (LMDB does not write pages that one transaction allocates and frees again), so then every page in use is looked
 * up, as for a verification. Trusting LMDB was dropped: it maps first and reads behind the end, and a page that makes no
 * sense ends the process by an assertion or worse. */
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
#define AT_LOWER         12
#define AT_UPPER         14
#define AT_NODES         16
#define AT_MAGIC         16
#define AT_VERSION       20
#define AT_FREE          40
#define AT_MAIN          88
#define AT_LAST_PAGE     136
#define AT_TRANSACTION   144
#define TABLE_ROOT       40
#define TABLE_BYTES      48
#define NODE_HEAD        8
#define FLAG_BRANCH      0x01
#define FLAG_LEAF        0x02
#define FLAG_OVERFLOW    0x04
#define FLAG_META        0x08
#define NODE_LONG        0x01
#define NODE_TABLE       0x02
#define NO_PAGE          UINT64_MAX
#define PAGE_BYTES_LEAST 256
#define PAGE_BYTES_MOST  32768 /* LMDB's MAX_PAGESIZE */
#define DEPTH_MAX        33    /* LMDB's CURSOR_STACK, and a table within the main table */

struct meta {
    uint32_t page_bytes;
    uint64_t free_root, main_root;
    uint64_t last_page;
    uint64_t transaction;
};

static uint16_t load_u16(const uint8_t *at)
{
    uint16_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint32_t load_u32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint64_t load_u64(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static enum kurs_status not_a_store(const char *path, const char *why, struct kurs_error *error)
{
    error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
    return error_why(error, KURS_EFORMAT, "%s", why);
}

/* False when the page at `offset` is no meta page. */
static bool read_meta(int fd, off_t offset, struct meta *meta)
{
    uint8_t page[META_BYTES];
    if (pread(fd, page, sizeof page, offset) != (ssize_t)sizeof page) {
        return false;
    }
    *meta = (struct meta) {
        .page_bytes = load_u32(page + AT_FREE),
        .free_root = load_u64(page + AT_FREE + TABLE_ROOT),
        .main_root = load_u64(page + AT_MAIN + TABLE_ROOT),
        .last_page = load_u64(page + AT_LAST_PAGE),
        .transaction = load_u64(page + AT_TRANSACTION),
    };
    return (load_u16(page + AT_FLAGS) & FLAG_META) != 0 && load_u32(page + AT_MAGIC) == META_MAGIC &&
           load_u32(page + AT_VERSION) == META_VERSION && meta->page_bytes >= PAGE_BYTES_LEAST &&
           meta->page_bytes <= PAGE_BYTES_MOST && (meta->page_bytes & (meta->page_bytes - 1)) == 0;
}

/* ---- Every page in use ---- */

struct walk {
    int fd;
    uint32_t page_bytes;
    uint64_t page_count; /* in the file */
    uint64_t left;       /* pages still to be met at most: damage may have tied branches to rings */
    uint64_t bad_page;   /* where it stopped */
};

static bool tree_is_whole(struct walk *walk, uint64_t root, int depth);

/* The run of pages that holds a long value. */
static bool run_is_whole(struct walk *walk, uint64_t first, uint64_t bytes)
{
    uint8_t head[AT_NODES];
    uint64_t pages = (AT_NODES + bytes + walk->page_bytes - 1) / walk->page_bytes;
    walk->bad_page = first;
    return first < walk->page_count && pages <= walk->page_count - first &&
           pread(walk->fd, head, sizeof head, (off_t)(first * walk->page_bytes)) == (ssize_t)sizeof head &&
           load_u64(head) == first && load_u16(head + AT_FLAGS) == FLAG_OVERFLOW && load_u32(head + AT_LOWER) >= pages;
}

/* A node of a leaf lies within its page, and so does what it refers to within the file. */
static bool node_is_whole(struct walk *walk, const uint8_t *page, size_t at, int depth)
{
    uint16_t flags = load_u16(page + at + 4);
    size_t data = at + NODE_HEAD + load_u16(page + at + 6);
    uint64_t bytes = load_u16(page + at) | (uint64_t)load_u16(page + at + 2) << 16;
    uint64_t held = flags == NODE_LONG ? sizeof(uint64_t) : bytes;
    if (data > walk->page_bytes || held > walk->page_bytes - data) {
        return false;
    }
    switch (flags) {
    case 0:
        return true;
    case NODE_LONG:
        return run_is_whole(walk, load_u64(page + data), bytes);
    case NODE_TABLE:
        return bytes == TABLE_BYTES && tree_is_whole(walk, load_u64(page + data + TABLE_ROOT), depth);
    default:
        return false;
    }
}

static bool nodes_are_whole(struct walk *walk, const uint8_t *page, uint64_t number, int depth)
{
    bool branch = load_u16(page + AT_FLAGS) == FLAG_BRANCH;
    uint16_t lower = load_u16(page + AT_LOWER), upper = load_u16(page + AT_UPPER);
    if (lower < AT_NODES || lower % 2 != 0 || upper < lower || upper > walk->page_bytes ||
        (branch && lower == AT_NODES)) {
        return false;
    }
    for (size_t i = AT_NODES; i < lower; i += 2) {
        size_t at = load_u16(page + i);
        if (at < upper || at + NODE_HEAD > walk->page_bytes) {
            return false;
        }
        uint64_t below =
            load_u16(page + at) | (uint64_t)load_u16(page + at + 2) << 16 | (uint64_t)load_u16(page + at + 4) << 32;
        if (branch ? at + NODE_HEAD + load_u16(page + at + 6) > walk->page_bytes || !tree_is_whole(walk, below, depth)
                   : !node_is_whole(walk, page, at, depth)) {
            return false;
        }
        walk->bad_page = number;
    }
    return true;
}

static bool tree_is_whole(struct walk *walk, uint64_t root, int depth)
{
    uint8_t page[PAGE_BYTES_MOST];
    if (root == NO_PAGE) {
        return true;
    }
    walk->bad_page = root;
    if (depth == 0 || root >= walk->page_count || walk->left == 0 ||
        pread(walk->fd, page, walk->page_bytes, (off_t)(root * walk->page_bytes)) != (ssize_t)walk->page_bytes) {
        return false;
    }
    walk->left--;
    uint16_t flags = load_u16(page + AT_FLAGS);
    return load_u64(page) == root && (flags == FLAG_BRANCH || flags == FLAG_LEAF) &&
           nodes_are_whole(walk, page, root, depth - 1);
}

static enum kurs_status walk_pages(int fd, const struct meta *meta, uint64_t page_count, const char *path,
                                   struct kurs_error *error)
{
    struct walk walk = {.fd = fd, .page_bytes = meta->page_bytes, .page_count = page_count, .left = page_count};
    if (tree_is_whole(&walk, meta->free_root, DEPTH_MAX) && tree_is_whole(&walk, meta->main_root, DEPTH_MAX)) {
        return KURS_OK;
    }
    error_what(error, KURS_ECORRUPT, "cannot read '%s'", path);
    error_why(error, KURS_ECORRUPT, "its page %llu is damaged or not there", (unsigned long long)walk.bad_page);
    return error_hint(error, KURS_ECORRUPT, "restore it from a backup");
}

static enum kurs_status count_pages(int fd, const struct meta *meta, const char *path, uint64_t *page_count,
                                    struct kurs_error *error)
{
    struct stat about;
    if (fstat(fd, &about) != 0) {
        return error_system(error, errno, "cannot open '%s'", path);
    }
    *page_count = (uint64_t)about.st_size / meta->page_bytes;
    return KURS_OK;
}

enum kurs_status pages_verify(int fd, uint64_t transaction, const char *path, struct kurs_error *error)
{
    struct meta meta, second;
    uint64_t page_count = 0;
    if (!read_meta(fd, 0, &meta) || !read_meta(fd, (off_t)meta.page_bytes, &second)) {
        return not_a_store(path, "a page that tells where the others are is damaged", error);
    }
    meta = meta.transaction == transaction ? meta : second;
    if (meta.transaction != transaction) {
        return KURS_END;
    }
    enum kurs_status status = count_pages(fd, &meta, path, &page_count, error);
    return status == KURS_OK ? walk_pages(fd, &meta, page_count, path, error) : status;
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
    uint64_t page_count = 0;
    enum kurs_status status = count_pages(fd, &meta, path, &page_count, error);
    if (status != KURS_OK || page_count > meta.last_page || walk_pages(fd, &meta, page_count, path, NULL) == KURS_OK) {
        return status;
    }
    error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
    error_why(error, KURS_EFORMAT, "it was cut short: it ends after %llu pages, and pages in use are not there",
              (unsigned long long)page_count);
    return error_hint(error, KURS_EFORMAT, "restore it from a backup");
}
