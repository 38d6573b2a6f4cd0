/* file.h: a store's file under its name: whether it can be opened at all (a page behind its end would end the process
 * with SIGBUS once LMDB has mapped it), and how new ones are named, durably. Private to src/store. */
#ifndef KURS_STORE_FILE_H
#define KURS_STORE_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "kurs.h"

/* KURS_OK for a file that LMDB can open and whose every page in use is there; KURS_ENODATA if there is none;
 * KURS_EFORMAT for anything else (with the reason), KURS_EBUSY on a network file system. */
enum kurs_status file_check(const char *path, struct kurs_error *error) __attribute__((warn_unused_result));
/* Makes the folders above `path`, durably. */
enum kurs_status file_make_folders(const char *path, struct kurs_error *error) __attribute__((warn_unused_result));
/* Flushes the folder that holds `path`, so that a new or renamed name survives a crash. */
enum kurs_status file_sync_folder(const char *path, struct kurs_error *error) __attribute__((warn_unused_result));
/* Gives a whole file the name `path` unless there is one: 0, EEXIST or another errno; the temporary name is gone either
 * way. By a link, which never replaces a file; on file systems without links (FAT) by looking first and renaming. */
int file_publish(const char *temporary, const char *path);
/* Takes the disk space of a lock file of `bytes` bytes that is not there yet. LMDB leaves it sparse and writes through a
 * map: on a full disk that ends the process with SIGBUS. ENOSPC, or 0: whatever else is wrong, opening says so. Only
 * while this process does not have the store open: closing a descriptor of the file gives up its locks. */
int file_reserve_lock(const char *path, mode_t mode, off_t bytes);
/* path and suffix joined on the heap; NULL when out of memory. */
char *file_beside(const char *path, const char *suffix);

#endif
