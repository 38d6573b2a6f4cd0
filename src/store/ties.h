/* ties.h: what points of one import in one series, written in order, were moved by because they shared an instant. Kept
 * so that a point that comes late finds its place among them by the times the file gave. A few bytes a tie; in bounded
 * memory, after which late points are refused. Private to src/store. */
#ifndef KURS_STORE_TIES_H
#define KURS_STORE_TIES_H

#include "base/bytes.h"
#include "kurs.h"

#define TIES_BYTES_MAX ((size_t)32 << 20) /* about 6 million ties of a series */

struct ties { /* zeroed: none */
    struct buffer
        log; /* groups: zigzag varint original - the last group's, varint first slot - original, varint count */
    int64_t logged_us; /* original of the last group in the log */
    /* the group that is still growing, if count > 0: points that share an original time, in slots 1 us apart */
    int64_t original_us, slot_us;
    uint64_t count;
    bool lost; /* there were more than fit */
};

void ties_release(struct ties *ties);
/* A point of `original_us` was given `slot_us`; its group, if it is the first of it noted, starts at first_slot_us. */
enum kurs_status ties_add(struct ties *ties, int64_t original_us, int64_t first_slot_us, int64_t slot_us)
    __attribute__((warn_unused_result));

/* Reads the groups back, for ascending slots. */
struct ties_reader {
    const struct ties *ties;
    size_t at;
    int64_t original_us, slot_us;
    uint64_t count;
    bool ended; /* at the growing group */
};
void ties_reader_init(struct ties_reader *reader, const struct ties *ties);
/* The time the file gave for the point in that slot. Slots must ascend from call to call. */
int64_t ties_original(struct ties_reader *reader, int64_t slot_us);

#endif
