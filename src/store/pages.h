/* pages.h: LMDB's pages read without mapping them, to tell a whole file from one cut short. Private to src/store. */
#ifndef KURS_STORE_PAGES_H
#define KURS_STORE_PAGES_H

#include "kurs.h"

/* KURS_OK when (fd) is an LMDB file of this machine's layout and holds every page in use. KURS_EFORMAT otherwise.
 * Cost: two small reads; more only if the file ends before its last page. */
enum kurs_status pages_check(int fd, const char *path, struct kurs_error *error);
/* Looks at every page that the state after `transaction` uses, which a read transaction must hold: numbers, kinds,
 * bounds, not contents. KURS_END when two commits went by and it is not to be found any more; KURS_ECORRUPT, KURS_EFORMAT.
 * Cost: a read of 4 KiB for each page of the trees, of 16 bytes for each long value. */
enum kurs_status pages_verify(int fd, uint64_t transaction, const char *path, struct kurs_error *error);

#endif
