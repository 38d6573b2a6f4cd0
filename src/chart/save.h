/* save.h: files written whole or not at all, several together. */
#ifndef KURS_CHART_SAVE_H
#define KURS_CHART_SAVE_H

#include "kurs.h"

/* Files that are written but have no name yet. Zero it; release it, which removes what was not named. */
struct save_set {
    struct save_file {
        char *path, *temporary;
    } * files;
    size_t count, named;
};

/* Writes to a temporary beside `path`. KURS_EIO, KURS_ENOSPACE, KURS_EACCESS with the system's words, KURS_ENOMEM; the
 * set is then as before. */
enum kurs_status save_add(struct save_set *set, const char *path, const char *bytes, size_t length,
                          struct kurs_error *error);
/* Renames each over its path, in the order they were added; stops at the first that fails. */
enum kurs_status save_name(struct save_set *set, struct kurs_error *error);
void save_release(struct save_set *set);

#endif
