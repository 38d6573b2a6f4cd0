/* block_form.h: what the two halves of the block codec share: names for the bytes that block.h draws. */
#ifndef KURS_STORE_BLOCK_FORM_H
#define KURS_STORE_BLOCK_FORM_H

#include "base/decimal.h"
#include "store/block.h"

__extension__ typedef unsigned __int128 uint128;

#define BLOCK_AT_FORMAT  4
#define BLOCK_AT_FLAGS   5
#define BLOCK_AT_COUNT   6
#define BLOCK_AT_FIRST   8
#define BLOCK_AT_HEAD    16
#define BLOCK_AT_VARINTS 17

#define BLOCK_WIDE_TIMES      1
#define BLOCK_MIXED_EXPONENTS 2
#define BLOCK_FLAGS           (BLOCK_WIDE_TIMES | BLOCK_MIXED_EXPONENTS)

#define BLOCK_HEAD_MAX  (BLOCK_AT_VARINTS + 14 * 10 + 4)
#define BLOCK_FRONT_MAX (BLOCK_HEAD_MAX + BLOCK_MINIS_MAX * (8 + 2))

enum block_exponents {
    BLOCK_EXPONENTS_FIRST,    /* all that of the block's first point */
    BLOCK_EXPONENTS_OTHER,    /* all one other */
    BLOCK_EXPONENTS_SHORTEST, /* trailing zeros dropped */
    BLOCK_EXPONENTS_COLUMN
};
enum block_imports { BLOCK_IMPORTS_FIRST, BLOCK_IMPORTS_COLUMN, BLOCK_IMPORTS_STEPS };

#define BLOCK_VALUE_LIMIT (INT64_C(1) << 62)
#define BLOCK_SCALE_MAX   18 /* 10^18 < BLOCK_VALUE_LIMIT < 10^19 */

/* value * 10^exponent (value >= 0) with trailing zeros dropped while the exponent is below 0. Inline, as it is called for
 * every point of series without trailing zeros; unsigned, as then one multiplication tells whether 10 divides. */
static inline struct kurs_decimal block_drop_zeros(int64_t value, int exponent)
{
    uint64_t left = (uint64_t)value;
    while (left % 10 == 0 && exponent < 0 && left != 0) {
        left /= 10;
        exponent++;
    }
    return (struct kurs_decimal) {(int64_t)left, (int8_t)exponent};
}

#endif
