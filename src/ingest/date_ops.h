/* date_ops.h: what a date pattern is compiled to: the parts that date.c reads one by one and date_fixed.c at once. */
#ifndef KURS_INGEST_DATE_OPS_H
#define KURS_INGEST_DATE_OPS_H

enum date_op {
    OP_END,
    OP_YEAR4,
    OP_YEAR2,
    OP_MONTH2,
    OP_MONTH,
    OP_MONTH_NAME,
    OP_DAY2,
    OP_DAY,
    OP_WEEKDAY,
    OP_QUARTER,
    OP_HOUR2,
    OP_HOUR,
    OP_MINUTE,
    OP_SECOND,
    OP_FRACTION,
    OP_CLOCK, /* hhmmss */
    OP_AMPM,
    OP_OFFSET,
    OP_REST,
    OP_LITERAL,
    OP_SPACE,
    OP_EPOCH_S,
    OP_EPOCH_MS,
    OP_EPOCH_US,
    OP_EPOCH_NS,
    OP_MS_OF_DAY,
    OP_EXCEL
};

#endif
