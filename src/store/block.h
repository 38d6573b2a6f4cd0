/* block.h: a run of points of one series as bytes: what one LMDB overflow page holds.
 *
 * Owns the on-disk form of points and nothing else: it does not know series names, keys, LMDB or the summary tree.
 * The idea: mini-blocks of 256 points whose columns are deltas from a minimum, in units of their common divisor,
 * bit-packed; the directory at the head lets a lookup decode one mini-block. Dropped: aggregates of each mini-block
 * (12 bytes each, 3 % of the size): folding all of a block of ticks takes 6 us, and a range has two edges.
 *
 * All numbers little-endian. "varint" is LEB128 (7 bits a byte, low first), "zigzag" maps 0 -1 1 -2 … to 0 1 2 3 …
 *
 *   block     offset  size
 *             0       4      CRC32C of everything behind it
 *             4       1      BLOCK_FORMAT
 *             5       1      flags: BLOCK_WIDE_TIMES | BLOCK_MIXED_EXPONENTS
 *             6       2      count of points, 1 … BLOCK_POINTS_MAX
 *             8       8      time of the first point, us
 *             16      1      size of the head: where the directory starts
 *             17      …      varints; values stand at the finest exponent, times count clocks from the first:
 *                              clock in us (divides every time of head and directory), last time, low time, high time,
 *                              lowest import id, highest - lowest, first - lowest, finest exponent (zigzag),
 *                              low value, high - low, first - low, last - low,
 *                              sum - count * low (its low 64 bits, its high 64 bits);
 *                            and with BLOCK_MIXED_EXPONENTS 4 bytes: published exponent - finest of first, last, low,
 *                            high
 *             head    t*(m-1) directory: first times of mini-blocks 1 … m-1 in clocks from the block's first;
 *                            m = ceil(count / BLOCK_MINI_POINTS), t = 4, or 8 with BLOCK_WIDE_TIMES
 *             …       2*(m-1) where in the block mini-blocks 1 … m-1 start; number 0 starts behind this
 *             …       …      mini-blocks of 256 points, the last of 1 … 256
 *
 *   mini-block        1      exponents (0: all that of the block's first point; 1: all one other; 2: as small as
 *                            trailing zeros allow, but at most 0; 3: a column)
 *                            | imports << 2 (0: all that of the block's first point; 1: a column; 2: differences)
 *                     …      zigzag varint: exponent of the values here, unless exponents = 0
 *                     …      varint: first value
 *                     …      column of differences of times, us
 *                     …      column of differences of values
 *                     …      exponents 3: column of published exponents - that of the values
 *                     …      imports 1: column of ids; imports 2: varint first id, column of differences
 *
 *   column            1      width 0 … 63 | form << 6 (0: packed; 1: patches; 2: unary; 3: digits)
 *                     …      zigzag varint: minimum; varint: unit >= 1
 *                     …      patches: 1 byte count, 1 byte size of each (1 … 8), positions of a byte, then highs
 *                     …      unary: 1 byte size, then bits, low first: high[i] zeros and a one for each number
 *                     …      digits: bytes of `width` (3 or 5) digits as bits.h draws them; else
 *                            packed words as bits.h draws them; over 32 bits: the low 32 of all, then the rest
 *
 *   Number i is minimum + unit * (packed[i] + (high[i] << width)). In a column of differences number 0 holds the
 *   place of the first value, which has none, with packed = high = 0.
 */
#ifndef KURS_STORE_BLOCK_H
#define KURS_STORE_BLOCK_H

#include "kurs.h"
#include "store/summary.h"

#define BLOCK_FORMAT      1
#define BLOCK_BYTES_MAX   4080  /* what an LMDB overflow page of 4,096 bytes carries */
#define BLOCK_BYTES_MIN   512   /* smallest capacity to encode into: a block of one row of 8 always fits */
#define BLOCK_POINTS_MAX  16384 /* bounds the buffers of those who decode; reached only by nearly constant series */
#define BLOCK_MINI_POINTS 256
#define BLOCK_MINIS_MAX   (BLOCK_POINTS_MAX / BLOCK_MINI_POINTS)

/* Points to encode, in columns. Times strictly ascending within KURS_TIME_MIN … MAX, coefficients 1 … 10^18 - 1,
 * exponents -32 … 32: promised by the caller, seen by block_check(…, BLOCK_DEEP). exponent or import_id may be NULL:
 * then all are exponent_all, import_all. */
struct block_input {
    const int64_t *time_us;
    const int64_t *coefficient;
    const int8_t *exponent;
    const uint32_t *import_id;
    int8_t exponent_all;
    uint32_t import_all;
};

/* Encodes as many leading points as fit `capacity` (BLOCK_BYTES_MIN … BLOCK_BYTES_MAX), at least one
 * (a row of 8 or 32 bytes may stay unused); fewer if the next would need over 62 bits at the block's finest exponent.
 * Returns the size of the block; *taken (>= 1) says how many points it took. The bytes depend on nothing but the
 * arguments. count >= 1. Cost: ~25 ns a point. Never fails. */
size_t block_encode(uint8_t *block, size_t capacity, const struct block_input *points, size_t count, size_t *taken);

/* How much of untrusted bytes is looked at. QUICK: checksum, head and directory; what decodes a block so checked (or
 * not checked at all) stays within its bounds and returns KURS_ECORRUPT for forms that make no sense. That what it
 * decodes are rates at ascending times then rests on the checksum alone: whoever writes a wrong block with a right
 * checksum is not found out before DEEP, which decodes everything: times ascend, every value is a rate, and the head
 * says what they add up to. (Looking at every point as it is decoded was dropped: a scan then takes over half as long again.) */
enum block_depth { BLOCK_QUICK, BLOCK_DEEP };

/* The same check before commit and after read. KURS_OK; KURS_ENEWER for an unknown format; else KURS_ECORRUPT.
 * *fault (NULL is allowed) is a static text that says what is wrong. QUICK ~0.6 us, DEEP ~7 ns a point. */
enum kurs_status block_check(const uint8_t *bytes, size_t size, enum block_depth depth, const char **fault)
    __attribute__((warn_unused_result));

/* A view of an encoded block: borrows the bytes, owns nothing, needs no release. Read the fields, do not set them. */
struct block {
    const uint8_t *bytes;
    size_t size;
    size_t count;
    size_t mini_count; /* ceil(count / BLOCK_MINI_POINTS) */
    int64_t first_us, last_us;
    uint32_t import_low, import_high; /* equal: all points are of that import */
    int8_t exponent;                  /* the finest */
    bool exponent_same;               /* and the published exponent of every point */
    struct summary summary;           /* of all its points */
    /* private: */
    uint32_t import_first; /* of the first point */
    bool wide_times;
    uint64_t clock_us;
    size_t directory, offsets, minis; /* where they start */
};
/* Reads head and directory without the checksum. KURS_ECORRUPT, KURS_ENEWER: *block is then of no use. ~50 ns. */
enum kurs_status block_open(struct block *block, const uint8_t *bytes, size_t size) __attribute__((warn_unused_result));
/* Both: as block_check (but for `fault`, which is not NULL) and block_open. */
enum kurs_status block_open_checked(struct block *block, const uint8_t *bytes, size_t size, enum block_depth depth,
                                    const char **fault) __attribute__((warn_unused_result));

/* Where to decode to: each array holds at least the points asked for; NULL for a column that is not wanted. */
struct block_output {
    int64_t *time_us;
    int64_t *coefficient;
    int8_t *exponent;    /* always written, also if block.exponent_same */
    uint32_t *import_id; /* likewise */
};
/* Decodes mini-blocks [from, until), i.e. points from * BLOCK_MINI_POINTS and on; (0, block.mini_count) is all.
 * *count points were written. KURS_ECORRUPT: the arrays hold garbage, nothing beyond them was touched.
 * Cost: ~1.4 ns a point for time, rate and digits. */
enum kurs_status block_decode(const struct block *block, size_t from, size_t until, const struct block_output *output,
                              size_t *count) __attribute__((warn_unused_result));
/* The mini-block that holds the newest point with time <= at_us; 0 if all are later. */
size_t block_mini(const struct block *block, int64_t at_us);

struct block_point {
    struct kurs_point point;
    uint32_t import_id;
    size_t index; /* in the block */
};
/* Newest point with time <= at_us. KURS_END if the block starts later. Decodes one mini-block. */
enum kurs_status block_asof(const struct block *block, int64_t at_us, struct block_point *found)
    __attribute__((warn_unused_result));
/* Oldest point with time >= from_us. KURS_END if the block ends earlier. Decodes one mini-block, seldom two. */
enum kurs_status block_from(const struct block *block, int64_t from_us, struct block_point *found)
    __attribute__((warn_unused_result));
/* What the points with from_us <= time < until_us add up to; count 0 if none. Decodes only mini-blocks that overlap. */
enum kurs_status block_fold(const struct block *block, int64_t from_us, int64_t until_us, struct summary *summary)
    __attribute__((warn_unused_result));

#endif
