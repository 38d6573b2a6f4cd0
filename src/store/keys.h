/* keys.h: the keys of every table. A key can be read in an mdb_dump and sorts as its parts do:
 *
 *     meta                 word
 *     series               name
 *     blocks               name 00 time[8]
 *     summary              name 00 level[1] time[8]
 *     revisions            name 00 time[8] sequence[4]
 *     imports              id[4]
 *
 * Numbers are big-endian; times have their sign bit flipped, so that years before 1970 come first. Names hold no zero
 * byte, so no series' keys mix with those of a name that begins with it. Pure values. */
#ifndef KURS_STORE_KEYS_H
#define KURS_STORE_KEYS_H

#include "kurs.h"

#define BEFORE_ALL (KURS_TIME_MIN - 1) /* instants before and behind every point */
#define BEHIND_ALL (KURS_TIME_MAX + 1)

#define KEY_BYTES_MAX (KURS_NAME_SIZE + 1 + 8 + 4)

struct key {
    uint8_t bytes[KEY_BYTES_MAX];
    size_t size;
};

/* `name` is at most KURS_NAME_SIZE - 1 bytes. */
struct key key_series(const char *name);
struct key key_block(const char *name, int64_t first_us);
struct key key_summary(const char *name, int level, int64_t first_us);
struct key key_revision(const char *name, int64_t time_us, uint32_t sequence);
struct key key_import(uint32_t id);

/* The name a key begins with; false if it is not of the shape above (`tail` bytes behind the zero byte). */
bool key_name(const void *bytes, size_t size, size_t tail, char name[KURS_NAME_SIZE]);
/* Whether a key belongs to `name` and has `tail` bytes behind the zero byte. */
bool key_is_of(const void *bytes, size_t size, const char *name, size_t tail);
/* The time `tail` bytes before the end of the key; its sequence number (the last four bytes). */
int64_t key_time(const void *bytes, size_t size, size_t tail);
uint32_t key_sequence(const void *bytes, size_t size);

#define KEY_BLOCK_TAIL    8
#define KEY_SUMMARY_TAIL  9
#define KEY_REVISION_TAIL 12

#endif
