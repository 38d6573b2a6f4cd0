/* batch.h: what reading one chunk of text gave: points in columns by series, rejects, counts. Filled by one thread,
 * handed to the one that writes. Lines and bytes are relative to the chunk. Memory is kept from chunk to chunk, unless
 * it is much: of many series a chunk has a few points each, others the next. */
#ifndef KURS_INGEST_BATCH_H
#define KURS_INGEST_BATCH_H

#include "kurs.h"

#define BATCH_REASON_SIZE 128

struct batch_column {
    size_t count, room;
    int64_t *time_us; /* and behind it, in the same memory: */
    int64_t *coefficient;
    uint64_t *line;
    int8_t *exponent;
    uint64_t jump_line; /* of the first value over 20 times or under 1/20 of the one before; 0 none */
};

/* Where a row stands. */
struct batch_place {
    uint64_t line, byte; /* from the start of the chunk, lines from 1 */
    const char *raw;     /* in the chunk's text */
    size_t raw_bytes;
    uint64_t quote_from, quote_until; /* lines of a quoted cell over several; from 0: none; until 0: never closed */
};

struct batch_reject {
    struct batch_place place;
    uint64_t cells; /* that could have been points */
    bool footer;    /* holds no data: only a reject if data follows */
    char reason[BATCH_REASON_SIZE];
};

struct batch {
    struct batch_column *column; /* by series id */
    uint32_t column_room;
    size_t bytes;   /* of memory in the columns and rejects */
    uint32_t *used; /* ids with points, in the order met */
    uint32_t used_count, used_room;
    struct batch_reject *reject;
    size_t reject_count, reject_room;
    uint64_t blank, identical;             /* cells */
    uint64_t last_data_line;               /* of the last row that had a date; 0 none */
    uint64_t lines;                        /* physical lines read */
    uint64_t long_line;                    /* where a row starts that is over ROW_BYTES_MAX; 0 none */
    uint64_t mid_outside;                  /* mids outside their bid and ask */
    uint64_t mid_line;                     /* the first of them */
    uint64_t no_rate;                      /* cells of indices and securities left out */
    char no_rate_name[KURS_CODE_SIZE * 4]; /* the first of them */
};

void batch_clear(struct batch *batch); /* empties, keeps memory of a usual size */
void batch_release(struct batch *batch);
enum kurs_status batch_make_room(struct batch *batch, uint32_t id); /* for one more point of series id */
/* In the header, as every value of a file goes through it. */
static inline enum kurs_status batch_point(struct batch *batch, uint32_t id, int64_t time_us, struct kurs_decimal rate,
                                           uint64_t line)
{
    if (id >= batch->column_room || batch->column[id].count == 0 || batch->column[id].count == batch->column[id].room) {
        enum kurs_status status = batch_make_room(batch, id);
        if (status != KURS_OK) {
            return status;
        }
    }
    struct batch_column *column = &batch->column[id];
    size_t at = column->count++;
    column->time_us[at] = time_us;
    column->coefficient[at] = rate.coefficient;
    column->exponent[at] = rate.exponent;
    column->line[at] = line;
    return KURS_OK;
}
enum kurs_status batch_reject(struct batch *batch, const struct batch_place *place, uint64_t cells, bool footer,
                              const char *format, ...) __attribute__((format(printf, 5, 6)));
void batch_no_rate(struct batch *batch, const char *name, size_t length, uint64_t cells);
void batch_find_jumps(struct batch *batch); /* at the end: each column's first */
/* a is over 20 times b or under 1/20 of it. */
bool batch_is_jump(struct kurs_decimal a, struct kurs_decimal b);

#endif
