/* file.h: what is known of a store file before it is mapped. Reads the few bytes itself, because LMDB would map the file
 * first and a page behind its end then ends the process with SIGBUS. Private to src/store. */
#ifndef KURS_STORE_FILE_H
#define KURS_STORE_FILE_H

#include <stddef.h>

#include "kurs.h"

/* KURS_OK for a file that LMDB can open and whose every page in use is there; KURS_ENODATA if there is none;
 * KURS_EFORMAT for anything else (with the reason), KURS_EBUSY on a network file system. */
enum kurs_status file_check(const char *path, struct kurs_error *error);
/* Makes the folders above `path`. */
enum kurs_status file_make_folders(const char *path, struct kurs_error *error);
/* path and suffix joined on the heap; NULL when out of memory. */
char *file_beside(const char *path, const char *suffix);

#endif
