/* save.h: files written whole or not at all, one or several together. That holds for processes that are ended, not for a
 * loss of power: to wait for the disk takes an export of 400 MiB from 0.15 s to 0.75 s in its writes alone, and what is
 * lost can be exported again. */
#ifndef KURS_OUTPUT_SAVE_H
#define KURS_OUTPUT_SAVE_H

#include "kurs.h"

#define SAVE_PATH_SIZE 4096 /* PATH_MAX on Linux; longer ones are refused */

/* A file being written, which stays where it is in memory until it is named or abandoned: `file` is a temporary beside what a path names in the end (through links, which stay), to be
 * renamed over it with its permissions. What is no regular file (a device, a pipe) is written as it stands. */
struct save {
    FILE *file; /* NULL: closed */
    char target[SAVE_PATH_SIZE];
    char temporary[SAVE_PATH_SIZE]; /* "": there is none, or no more */
    struct save *volatile next;     /* of those with a temporary */
};

/* KURS_EIO, KURS_ENOSPACE, KURS_EACCESS with the system's words; then there is nothing to end. */
enum kurs_status save_open(const char *path, struct save *save, struct kurs_error *error);
/* Closes a file that is written; it still has no name. Fails as save_open does, and removes it, if not all that was
 * written arrived (errno says why, if the stream failed earlier). */
enum kurs_status save_close(struct save *save, struct kurs_error *error);
/* Renames a closed file over its target; on failure removes it. */
enum kurs_status save_name(struct save *save, struct kurs_error *error);
/* Leaves no trace of a file that has no name yet, open or closed. */
void save_abandon(struct save *save);
/* Removes the temporaries of all files that have no name yet. For a signal handler that ends the process, in the thread
 * that opened them. */
void save_remove_all(void);

/* Files that are written but have no name yet. Zero it; release it, which removes what was not named. */
struct save_set {
    struct save **files;
    size_t count, named;
};

/* Writes and closes one more. Fails as above, or with KURS_ENOMEM; the set is then as before. */
enum kurs_status save_set_add(struct save_set *set, const char *path, const char *bytes, size_t length,
                              struct kurs_error *error);
/* Names each, in the order they were added; stops at the first that fails. */
enum kurs_status save_set_name(struct save_set *set, struct kurs_error *error);
void save_set_release(struct save_set *set);

#endif
