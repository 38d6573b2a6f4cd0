/* file.h: a store's file under its name: whether it can be opened at all (a page behind its end would end the process
 * with SIGBUS once LMDB has mapped it), how new ones are named, durably, and the gate before it. Private to src/store. */
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

/* The gate, a byte of the lock file: shared by all that have the store open, taken alone by a compaction. LMDB's own lock
 * does not do: one who waits for it joins those who were there before, and goes on from their last transaction, of which
 * the compacted file knows nothing.
 *
 * Enter before LMDB opens the file, leave after it closed it (either closes the lock file, which gives up this process's
 * locks on it): until then no compaction replaces it. Waits for one up to 10 s, then KURS_EBUSY. Takes the disk space of
 * the lock file too, of `lock_bytes` bytes: LMDB leaves it sparse and writes through a map, which on a full disk ends the
 * process with SIGBUS. *gate = -1 on a file system that can only be read: there is nobody to wait for. */
enum kurs_status file_enter(const char *path, mode_t mode, off_t lock_bytes, int *gate, struct kurs_error *error)
    __attribute__((warn_unused_result));
/* At once, or KURS_EBUSY when another process has the store open; this one must have closed it. */
enum kurs_status file_enter_alone(const char *path, mode_t mode, int *gate, struct kurs_error *error)
    __attribute__((warn_unused_result));
void file_leave(int gate); /* -1 is allowed */

#define FILE_COMPACTED "-compacting" /* suffix of the file a compaction writes */
/* Removes what a killed compaction left, if anything: only from within the gate, where no other is under way. */
void file_remove_compacted(const char *path);

/* path and suffix joined on the heap; NULL when out of memory. */
char *file_beside(const char *path, const char *suffix);

#endif
