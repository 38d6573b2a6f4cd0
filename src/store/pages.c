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
 * The newer meta page names the last page allocated. A file that reaches it is whole. One that ends before may be whole
 * too (LMDB does not write pages that one transaction allocates and frees again), so then every page in use is looked
 * up. Trusting LMDB was dropped: it maps first and reads behind the end. */
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

static bool tree_is_there(int fd, uint64_t root, uint32_t page_bytes, uint64_t page_count, int depth);

/* What a leaf node refers to outside its page. */
static bool node_is_there(int fd, const uint8_t *page, size_t at, uint32_t page_bytes, uint64_t page_count, int depth)
{
    uint16_t flags = load_u16(page + at + 4);
    size_t data = at + NODE_HEAD + load_u16(page + at + 6);
    if ((flags & NODE_LONG) != 0 && data + 8 <= page_bytes) {
        uint64_t size = load_u16(page + at) | (uint64_t)load_u16(page + at + 2) << 16;
        uint64_t pages = (AT_NODES + size + page_bytes - 1) / page_bytes, first = load_u64(page + data);
        return first < page_count && pages <= page_count - first;
    }
    if ((flags & NODE_TABLE) != 0 && data + TABLE_BYTES <= page_bytes) {
        return tree_is_there(fd, load_u64(page + data + TABLE_ROOT), page_bytes, page_count, depth);
    }
    return (flags & (NODE_LONG | NODE_TABLE)) == 0;
}

static bool tree_is_there(int fd, uint64_t root, uint32_t page_bytes, uint64_t page_count, int depth)
{
    uint8_t page[PAGE_BYTES_MOST];
    if (root == NO_PAGE) {
        return true;
    }
    if (depth == 0 || root >= page_count ||
        pread(fd, page, page_bytes, (off_t)(root * page_bytes)) != (ssize_t)page_bytes) {
        return false;
    }
    uint16_t flags = load_u16(page + AT_FLAGS), lower = load_u16(page + AT_LOWER);
    if ((flags & (FLAG_BRANCH | FLAG_LEAF)) == 0 || lower < AT_NODES || lower > page_bytes) {
        return false;
    }
    bool there = true;
    for (size_t i = AT_NODES; i + 2 <= lower && there; i += 2) {
        size_t at = load_u16(page + i);
        if (at + NODE_HEAD > page_bytes) {
            return false;
        }
        if ((flags & FLAG_BRANCH) != 0) {
            uint64_t below =
                load_u16(page + at) | (uint64_t)load_u16(page + at + 2) << 16 | (uint64_t)load_u16(page + at + 4) << 32;
            there = tree_is_there(fd, below, page_bytes, page_count, depth - 1);
        } else {
            there = node_is_there(fd, page, at, page_bytes, page_count, depth - 1);
        }
    }
    return there;
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
    uint64_t page_count = (uint64_t)about.st_size / meta.page_bytes;
    if (page_count > meta.last_page || (tree_is_there(fd, meta.free_root, meta.page_bytes, page_count, DEPTH_MAX) &&
                                        tree_is_there(fd, meta.main_root, meta.page_bytes, page_count, DEPTH_MAX))) {
        return KURS_OK;
    }
    error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
    error_why(error, KURS_EFORMAT, "it was cut short: %lld bytes are there, pages in use lie behind them",
              (long long)about.st_size);
    return error_hint(error, KURS_EFORMAT, "restore it from a backup");
}
