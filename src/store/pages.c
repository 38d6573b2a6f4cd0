/* pages.c: see pages.h. Owns what is known here of LMDB's file layout (data version 1, in the byte order and word size
 * of the machine that wrote it; offsets in a page):
 *
 *     page   0 number[8]  8 pad[2]  10 flags[2]  12 lower[2]  14 upper[2]
 *     meta   16 magic[4]  20 version[4]  24 address[8]  32 map size[8]  40 free table[48]  88 main table[48]
 *            136 last page[8]  144 transaction[8]                                    (pages 0 and 1)
 *     table  0 pad[4] (free table: the page size)  4 flags[2]  6 depth[2]  8 branches[8]  16 leaves[8]  24 counts[16]
 *            40 root[8]
 *     others from 16 to lower: offsets[2 each] of nodes: 0 low[2]  2 high[2]  4 flags[2]  6 key size[2]  8 key, data
 *            branch: low, high, flags are the page below; leaf: low, high are the size of the data, which is a page
 *            number (flag 1: long data) or a table (flag 2)
 *
 *            overflow: 12 count of pages[4]  16 the data
 *     nodes lie close together from upper to the page's end, each at an even place; keys ascend, but for the first of a
 *     branch, which is not looked at. The free table: 8-byte transactions -> count[8], as many or more page numbers[8
 *     each], descending.
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
#define TABLE_FLAGS      4
#define TABLE_DEPTH      6
#define TABLE_LEAVES     16
#define TABLE_ROOT       40
#define TABLE_BYTES      48
#define NODE_HEAD        8
#define FLAG_BRANCH      0x01
#define FLAG_LEAF        0x02
#define FLAG_OVERFLOW    0x04
#define FLAG_META        0x08
#define NODE_LONG        0x01
#define NODE_TABLE       0x02
#define INTEGER_KEYS     0x08 /* flags of the free table, in whose high byte those of the environment stand */
#define NO_PAGE          UINT64_MAX
#define FIRST_PAGE       2 /* behind the meta pages */
#define PAGE_BYTES_LEAST 256
#define PAGE_BYTES_MOST  32768 /* LMDB's MAX_PAGESIZE */
#define DEPTH_MAX        32    /* LMDB's CURSOR_STACK */
#define KEY_BYTES_MOST   511   /* LMDB's MDB_MAXKEYSIZE */

struct table {
    uint16_t flags, depth; /* depth: pages from the root to a leaf */
    uint64_t leaves, root;
};

struct meta {
    uint32_t page_bytes;
    struct table free, main;
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

static struct table load_table(const uint8_t *at)
{
    return (struct table) {load_u16(at + TABLE_FLAGS), load_u16(at + TABLE_DEPTH), load_u64(at + TABLE_LEAVES),
                           load_u64(at + TABLE_ROOT)};
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
        .free = load_table(page + AT_FREE),
        .main = load_table(page + AT_MAIN),
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
    enum pages_depth depth;
    uint32_t page_bytes;
    uint64_t allocated;  /* pages that ever were: the file may end before, if none behind its end is in use */
    uint64_t page_count; /* that may be in use */
    uint64_t left;       /* pages still to be met at most: damage may have tied branches to rings */
    uint64_t bad_page;   /* where it stopped */
};

/* A table on the way, from its first row to its last. */
struct tree {
    struct table table;
    bool is_free_list, with_leaves;
    const uint8_t *before; /* the key before, in the order of rows; NULL at first: in a page still held, or kept */
    size_t before_bytes;
    bool is_separator; /* it stands in a branch: a row may have the same */
    uint8_t kept[KEY_BYTES_MOST];
};

static bool tree_is_whole(struct walk *walk, struct table table, bool is_free_list);
static bool page_is_whole(struct walk *walk, struct tree *tree, uint64_t number, unsigned level);

/* The run of pages that holds a long value. */
static bool run_is_whole(struct walk *walk, uint64_t first, uint64_t bytes)
{
    uint8_t head[AT_NODES];
    uint64_t pages = (AT_NODES + bytes + walk->page_bytes - 1) / walk->page_bytes;
    if (first < FIRST_PAGE || first >= walk->page_count || pages > walk->page_count - first) {
        return false;
    }
    if (walk->depth < PAGES_ALL) {
        return true;
    }
    walk->bad_page = first;
    if (pread(walk->fd, head, sizeof head, (off_t)(first * walk->page_bytes)) != (ssize_t)sizeof head) {
        return false;
    }
    uint32_t held = load_u32(head + AT_LOWER);
    return load_u64(head) == first && load_u16(head + AT_FLAGS) == FLAG_OVERFLOW && held >= pages &&
           held <= walk->page_count - first;
}

/* Page numbers to be given out again; a long list is read in parts. */
static bool list_is_whole(const struct walk *walk, const uint8_t *data, uint64_t first, uint64_t bytes)
{
    uint8_t part[512 * sizeof(uint64_t)];
    uint64_t listed = 0, before = walk->allocated;
    for (uint64_t i = 0; i < bytes / sizeof(uint64_t) && i <= listed; i++) {
        size_t at = (i * sizeof(uint64_t)) % sizeof part;
        if (data == NULL && at == 0) {
            off_t place = (off_t)(first * walk->page_bytes + AT_NODES + i * sizeof(uint64_t));
            if (pread(walk->fd, part, sizeof part, place) < (ssize_t)sizeof(uint64_t)) {
                return false;
            }
        }
        uint64_t number = load_u64(data == NULL ? part + at : data + i * sizeof(uint64_t));
        if (i == 0) {
            listed = number;
        } else if (number < FIRST_PAGE || number >= before) {
            return false;
        } else {
            before = number;
        }
    }
    return bytes % sizeof(uint64_t) == 0 && listed < bytes / sizeof(uint64_t);
}

static int key_order(const struct tree *tree, const uint8_t *key, size_t bytes)
{
    if (tree->is_free_list) {
        uint64_t before = load_u64(tree->before), number = load_u64(key);
        return (number > before) - (number < before);
    }
    int order = memcmp(key, tree->before, bytes < tree->before_bytes ? bytes : tree->before_bytes);
    return order != 0 ? order : (bytes > tree->before_bytes) - (bytes < tree->before_bytes);
}

static bool key_follows(struct tree *tree, const uint8_t *key, size_t bytes, bool is_separator)
{
    if (bytes == 0 || (tree->is_free_list && bytes != sizeof(uint64_t))) {
        return false;
    }
    int order = tree->before == NULL ? 1 : key_order(tree, key, bytes);
    bool follows = order > 0 || (order == 0 && tree->is_separator);
    tree->before = key;
    tree->before_bytes = bytes;
    tree->is_separator = is_separator;
    return follows;
}

/* The page is about to be given up. */
static void keep_key(struct tree *tree)
{
    if (tree->before != NULL && tree->before != tree->kept) {
        memcpy(tree->kept, tree->before, tree->before_bytes);
        tree->before = tree->kept;
    }
}

/* What the data of a leaf's node refers to. */
static bool data_is_whole(struct walk *walk, const struct tree *tree, uint16_t flags, const uint8_t *data,
                          uint64_t bytes)
{
    switch (flags) {
    case 0:
        return !tree->is_free_list || list_is_whole(walk, data, 0, bytes);
    case NODE_LONG: {
        uint64_t first = load_u64(data);
        return run_is_whole(walk, first, bytes) && (!tree->is_free_list || list_is_whole(walk, NULL, first, bytes));
    }
    case NODE_TABLE:
        return !tree->is_free_list && bytes == TABLE_BYTES && tree_is_whole(walk, load_table(data), false);
    default:
        return false;
    }
}

/* The node at `at` and what it refers to; *size is what it takes of the page. */
static bool node_is_whole(struct walk *walk, struct tree *tree, const uint8_t *page, size_t at, unsigned level,
                          bool first, size_t *size)
{
    bool leaf = level == 1;
    uint64_t low = load_u16(page + at), high = load_u16(page + at + 2);
    uint16_t flags = load_u16(page + at + 4), key_bytes = load_u16(page + at + 6);
    uint64_t bytes = low | high << 16, held = !leaf ? 0 : flags == NODE_LONG ? sizeof(uint64_t) : bytes;
    size_t data = at + NODE_HEAD + key_bytes;
    if (key_bytes > KEY_BYTES_MOST || data > walk->page_bytes || held > walk->page_bytes - data ||
        ((leaf || !first) && !key_follows(tree, page + at + NODE_HEAD, key_bytes, !leaf))) {
        return false;
    }
    *size = (size_t)(NODE_HEAD + key_bytes + held + 1) / 2 * 2;
    return leaf ? data_is_whole(walk, tree, flags, page + data, bytes)
                : page_is_whole(walk, tree, bytes | (uint64_t)flags << 32, level - 1);
}

static bool nodes_are_whole(struct walk *walk, struct tree *tree, const uint8_t *page, uint64_t number, unsigned level)
{
    uint16_t lower = load_u16(page + AT_LOWER), upper = load_u16(page + AT_UPPER);
    size_t least = level > 1 && !tree->is_free_list ? 2 : 1, used = 0, size;
    if (lower < AT_NODES + 2 * least || lower % 2 != 0 || upper < lower || upper > walk->page_bytes) {
        return false;
    }
    for (size_t i = AT_NODES; i < lower; i += 2) {
        size_t at = load_u16(page + i);
        if (at < upper || at % 2 != 0 || at + NODE_HEAD > walk->page_bytes ||
            !node_is_whole(walk, tree, page, at, level, i == AT_NODES, &size)) {
            return false;
        }
        used += size;
        walk->bad_page = number;
    }
    keep_key(tree);
    return used == walk->page_bytes - upper;
}

/* `level`: 1 is a leaf. */
static bool page_is_whole(struct walk *walk, struct tree *tree, uint64_t number, unsigned level)
{
    uint8_t page[PAGE_BYTES_MOST];
    if (number < FIRST_PAGE || number >= walk->page_count) {
        return false;
    }
    if (level == 1 && !tree->with_leaves) {
        return true;
    }
    walk->bad_page = number;
    if (walk->left == 0 ||
        pread(walk->fd, page, walk->page_bytes, (off_t)(number * walk->page_bytes)) != (ssize_t)walk->page_bytes) {
        return false;
    }
    walk->left--;
    return load_u64(page) == number && load_u16(page + AT_FLAGS) == (level > 1 ? FLAG_BRANCH : FLAG_LEAF) &&
           nodes_are_whole(walk, tree, page, number, level);
}

static bool tree_is_whole(struct walk *walk, struct table table, bool is_free_list)
{
    struct tree tree = {.table = table, .is_free_list = is_free_list};
    tree.with_leaves = walk->depth == PAGES_ALL || table.leaves <= PAGES_LEAVES_MAX;
    if (table.root == NO_PAGE) {
        return true;
    }
    return (is_free_list ? (table.flags & 0xFF) == INTEGER_KEYS : table.flags == 0) && table.depth > 0 &&
           table.depth <= DEPTH_MAX && page_is_whole(walk, &tree, table.root, table.depth);
}

static enum kurs_status walk_pages(int fd, const struct meta *meta, uint64_t page_count, enum pages_depth depth,
                                   const char *path, struct kurs_error *error)
{
    struct walk walk = {.fd = fd, .depth = depth, .page_bytes = meta->page_bytes, .allocated = meta->last_page + 1};
    walk.page_count = walk.left = page_count < walk.allocated ? page_count : walk.allocated;
    if ((depth == PAGES_TO_READ || tree_is_whole(&walk, meta->free, true)) && tree_is_whole(&walk, meta->main, false)) {
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

/* The meta page of `transaction`; KURS_END if neither is. */
static enum kurs_status find_meta(int fd, uint64_t transaction, const char *path, struct meta *meta,
                                  struct kurs_error *error)
{
    struct meta second;
    if (!read_meta(fd, 0, meta) || !read_meta(fd, (off_t)meta->page_bytes, &second)) {
        return not_a_store(path, "a page that tells where the others are is damaged", error);
    }
    *meta = meta->transaction == transaction ? *meta : second;
    return meta->transaction == transaction ? KURS_OK : KURS_END;
}

enum kurs_status pages_verify(int fd, uint64_t transaction, enum pages_depth depth, const char *path,
                              struct kurs_error *error)
{
    struct meta meta, after;
    uint64_t page_count = 0;
    enum kurs_status status = find_meta(fd, transaction, path, &meta, error);
    if (status == KURS_OK) {
        status = count_pages(fd, &meta, path, &page_count, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    status = walk_pages(fd, &meta, page_count, depth, path, error);
    if (status != KURS_OK && find_meta(fd, transaction, path, &after, NULL) == KURS_END) {
        return KURS_END; /* it may have been read while it was overwritten */
    }
    return status;
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
    if (status != KURS_OK || page_count > meta.last_page ||
        walk_pages(fd, &meta, page_count, PAGES_ALL, path, NULL) == KURS_OK) {
        return status;
    }
    error_what(error, KURS_EFORMAT, "cannot open '%s'", path);
    error_why(error, KURS_EFORMAT, "it was cut short: it ends after %llu pages, and pages in use are not there",
              (unsigned long long)page_count);
    return error_hint(error, KURS_EFORMAT, "restore it from a backup");
}

bool pages_may_be_freed(const void *value, size_t bytes, size_t page_bytes)
{
    const uint8_t *head = (const uint8_t *)value - AT_NODES;
    if ((uintptr_t)head % page_bytes != 0) {
        return true;
    }
    return load_u16(head + AT_FLAGS) == FLAG_OVERFLOW &&
           load_u32(head + AT_LOWER) == (AT_NODES + bytes + page_bytes - 1) / page_bytes;
}

const uint8_t *pages_map_start(const void *value, size_t page_bytes)
{
    const uint8_t *page = (const uint8_t *)value - (uintptr_t)value % page_bytes;
    return load_u16(page + AT_FLAGS) == FLAG_LEAF ? page - load_u64(page) * page_bytes : NULL;
}
