/* batch.c: columns of points that grow. Owns the memory of one chunk's result; knows nothing of files or stores. */
#include "ingest/batch.h"

#include "ingest/names.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define JUMP_RATIO  20
#define ROOM_FIRST  4                 /* points: with many series most have one or two in a chunk */
#define KEPT_BYTES  ((size_t)4 << 20) /* twice what a chunk of short cells fills */
#define POINT_BYTES (2 * sizeof(int64_t) + sizeof(uint64_t) + sizeof(int8_t))

void batch_clear(struct batch *batch)
{
    if (batch->bytes > KEPT_BYTES) {
        batch_release(batch);
    }
    for (uint32_t i = 0; i < batch->used_count; i++) {
        batch->column[batch->used[i]].count = 0;
        batch->column[batch->used[i]].jump_line = 0;
    }
    batch->used_count = 0;
    batch->reject_count = 0;
    batch->blank = batch->identical = 0;
    batch->last_data_line = batch->lines = batch->long_line = 0;
    batch->mid_outside = batch->mid_line = 0;
    batch->no_rate = 0;
    batch->no_rate_name[0] = '\0';
}

void batch_release(struct batch *batch)
{
    for (uint32_t i = 0; i < batch->column_room; i++) {
        free(batch->column[i].time_us);
    }
    free(batch->column);
    free(batch->used);
    free(batch->reject);
    memset(batch, 0, sizeof *batch);
}

/* The common case: the same number of decimals, far from overflow, and near each other. */
static bool is_near(struct kurs_decimal a, struct kurs_decimal b)
{
    const int64_t most = INT64_MAX / JUMP_RATIO;
    return a.exponent == b.exponent && a.coefficient < most && b.coefficient < most &&
           a.coefficient <= JUMP_RATIO * b.coefficient && b.coefficient <= JUMP_RATIO * a.coefficient;
}

bool batch_is_jump(struct kurs_decimal a, struct kurs_decimal b)
{
    if (is_near(a, b)) {
        return false;
    }
    struct kurs_decimal high = kurs_decimal_compare(a, b) > 0 ? a : b, low = kurs_decimal_compare(a, b) > 0 ? b : a;
    struct kurs_decimal ratio;
    enum kurs_status status = kurs_decimal_divide(high, low, KURS_DIGITS_MAX, &ratio);
    return status != KURS_OK || kurs_decimal_compare(ratio, (struct kurs_decimal) {JUMP_RATIO, 0}) > 0;
}

/* The four arrays in one piece: the widest first, so that each is aligned. */
static enum kurs_status grow_column(struct batch *batch, struct batch_column *column)
{
    size_t room = column->room ? 2 * column->room : ROOM_FIRST;
    int64_t *memory = malloc(room * POINT_BYTES);
    if (!memory) {
        return KURS_ENOMEM;
    }
    struct batch_column grown = *column;
    grown.room = room;
    grown.time_us = memory;
    grown.coefficient = grown.time_us + room;
    grown.line = (uint64_t *)(grown.coefficient + room);
    grown.exponent = (int8_t *)(grown.line + room);
    if (column->count > 0) {
        memcpy(grown.time_us, column->time_us, column->count * sizeof *grown.time_us);
        memcpy(grown.coefficient, column->coefficient, column->count * sizeof *grown.coefficient);
        memcpy(grown.line, column->line, column->count * sizeof *grown.line);
        memcpy(grown.exponent, column->exponent, column->count * sizeof *grown.exponent);
    }
    free(column->time_us);
    batch->bytes += (room - column->room) * POINT_BYTES;
    *column = grown;
    return KURS_OK;
}

static enum kurs_status grow_columns(struct batch *batch, uint32_t id)
{
    uint32_t room = batch->column_room ? batch->column_room : 16;
    while (room <= id) {
        room *= 2;
    }
    struct batch_column *column = realloc(batch->column, room * sizeof *column);
    if (!column) {
        return KURS_ENOMEM;
    }
    memset(column + batch->column_room, 0, (room - batch->column_room) * sizeof *column);
    batch->bytes += (room - batch->column_room) * sizeof *column;
    batch->column = column;
    batch->column_room = room;
    return KURS_OK;
}

static enum kurs_status note_used(struct batch *batch, uint32_t id)
{
    if (batch->used_count == batch->used_room) {
        uint32_t room = batch->used_room ? 2 * batch->used_room : 16;
        uint32_t *used = realloc(batch->used, room * sizeof *used);
        if (!used) {
            return KURS_ENOMEM;
        }
        batch->used = used;
        batch->used_room = room;
    }
    batch->used[batch->used_count++] = id;
    return KURS_OK;
}

enum kurs_status batch_make_room(struct batch *batch, uint32_t id)
{
    enum kurs_status status = id >= batch->column_room ? grow_columns(batch, id) : KURS_OK;
    if (status == KURS_OK && batch->column[id].count == batch->column[id].room) {
        status = grow_column(batch, &batch->column[id]);
    }
    if (status == KURS_OK && batch->column[id].count == 0) {
        status = note_used(batch, id);
    }
    return status;
}

/* The first of a column; most have none, which their lowest and highest value show. */
static uint64_t find_jump(const struct batch_column *column)
{
    int64_t low = column->coefficient[0], high = low;
    int8_t differ = 0;
    for (size_t i = 1; i < column->count; i++) {
        low = column->coefficient[i] < low ? column->coefficient[i] : low;
        high = column->coefficient[i] > high ? column->coefficient[i] : high;
        differ |= column->exponent[i] ^ column->exponent[0];
    }
    if (differ == 0 && is_near((struct kurs_decimal) {low, 0}, (struct kurs_decimal) {high, 0})) {
        return 0;
    }
    for (size_t i = 1; i < column->count; i++) {
        struct kurs_decimal before = {column->coefficient[i - 1], column->exponent[i - 1]};
        if (batch_is_jump((struct kurs_decimal) {column->coefficient[i], column->exponent[i]}, before)) {
            return column->line[i];
        }
    }
    return 0;
}

void batch_find_jumps(struct batch *batch)
{
    for (uint32_t i = 0; i < batch->used_count; i++) {
        struct batch_column *column = &batch->column[batch->used[i]];
        column->jump_line = find_jump(column);
    }
}

enum kurs_status batch_reject(struct batch *batch, const struct batch_place *place, uint64_t cells, bool footer,
                              const char *format, ...)
{
    if (batch->reject_count == batch->reject_room) {
        size_t room = batch->reject_room ? 2 * batch->reject_room : 16;
        struct batch_reject *grown = realloc(batch->reject, room * sizeof *grown);
        if (!grown) {
            return KURS_ENOMEM;
        }
        batch->bytes += (room - batch->reject_room) * sizeof *grown;
        batch->reject = grown;
        batch->reject_room = room;
    }
    struct batch_reject *reject = &batch->reject[batch->reject_count++];
    *reject = (struct batch_reject) {.place = *place, .cells = cells, .footer = footer};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reject->reason, sizeof reject->reason, format, arguments);
    va_end(arguments);
    return KURS_OK;
}

void batch_no_rate(struct batch *batch, const char *name, size_t length, uint64_t cells)
{
    if (batch->no_rate == 0) {
        size_t bytes = length < sizeof batch->no_rate_name ? length : sizeof batch->no_rate_name - 1;
        memcpy(batch->no_rate_name, name, bytes);
        batch->no_rate_name[bytes] = '\0';
    }
    batch->no_rate += cells;
}
