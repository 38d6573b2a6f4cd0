/* pages.h: LMDB's pages read without mapping them, to tell a whole file from one cut short or damaged. Private to
 * src/store. */
#ifndef KURS_STORE_PAGES_H
#define KURS_STORE_PAGES_H

#include "kurs.h"

/* KURS_OK when (fd) is an LMDB file of this machine's layout and holds every page in use. KURS_EFORMAT otherwise.
 * Cost: two small reads; more only if the file ends before its last page. */
enum kurs_status pages_check(int fd, const char *path, struct kurs_error *error) __attribute__((warn_unused_result));

/* How much is looked at: what LMDB trusts as it reads; as it writes, which is the list of free pages too; everything,
 * which is the heads of long values too. The first two leave the leaves out of tables with over PAGES_LEAVES_MAX. */
enum pages_depth { PAGES_TO_READ, PAGES_TO_WRITE, PAGES_ALL };
#define PAGES_LEAVES_MAX \
    128 /* of a table of some 40 million points; opening is to take no longer however large the store */

/* Looks at the pages that the state after `transaction` uses, which a read transaction must hold: numbers, kinds,
 * bounds and the order of keys, so that LMDB neither leaves its pages nor meets its assertions; not at values. KURS_END
 * when two commits went by and it is not to be found any more; KURS_ECORRUPT, KURS_EFORMAT. Cost: a read of 4 KiB for each
 * page of the trees (~1 us); of 16 bytes for each long value. */
enum kurs_status pages_verify(int fd, uint64_t transaction, enum pages_depth depth, const char *path,
                              struct kurs_error *error) __attribute__((warn_unused_result));

/* Whether the pages that hold a value may be overwritten or freed: LMDB then trusts their head, which no checksum
 * covers. The value lies in the map, where nothing is written; within a leaf it always may. */
bool pages_may_be_freed(const void *value, size_t bytes, size_t page_bytes);
/* Where the map begins that a short value lies in. NULL if that cannot be told. */
const uint8_t *pages_map_start(const void *value, size_t page_bytes);

#endif
