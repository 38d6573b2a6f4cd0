/* cursor.c: all points of a route, in order. A direct route hands through the runs of the store's scan untouched; an
 * inverse turns them over; a cross merges two scans, with a point wherever either leg moves and both are known, so it
 * has the value an as-of at that time gives. Resampling the legs to common times was dropped: it would lose points. */
#include <stdlib.h>

#include "base/error.h"
#include "query/derive.h"
#include "store/scan.h"

#define CURSOR_POINTS 1024 /* derived at a time: 17 KiB, which stays in the first cache */

struct kurs_cursor {
    struct kurs_route route;
    struct scan *scan[2];
    struct kurs_batch run[2]; /* borrowed from scan[i] */
    size_t position[2];       /* of the next point in run[i] */
    bool ended[2];
    struct kurs_point leg[2]; /* the newest consumed point of each leg */
    bool known[2];
    int64_t time_us[CURSOR_POINTS];
    int64_t coefficient[CURSOR_POINTS];
    int8_t exponent[CURSOR_POINTS];
};

static enum kurs_status open_legs(struct kurs_cursor *cursor, struct kurs_snapshot *snapshot, int64_t from_us,
                                  int64_t until_us, struct kurs_error *error)
{
    int leg_count = cursor->route.rule == KURS_CROSS ? 2 : 1;
    for (int i = 0; i < leg_count; i++) {
        const char *name = cursor->route.leg[i];
        enum kurs_status status = scan_open(snapshot, name, from_us, until_us, &cursor->scan[i], error);
        if (status != KURS_OK) {
            return status;
        }
        if (leg_count == 2 && from_us > KURS_TIME_MIN) {
            status = scan_asof(snapshot, name, from_us - 1, &cursor->leg[i], error);
            if (status < 0) {
                return status;
            }
            cursor->known[i] = status == KURS_OK;
        }
    }
    return KURS_OK;
}

enum kurs_status kurs_cursor_open(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                                  int64_t until_us, struct kurs_cursor **cursor, struct kurs_error *error)
{
    struct kurs_cursor *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return error_what(error, KURS_ENOMEM, "cannot read '%s'", route->name);
    }
    opened->route = *route;
    enum kurs_status status = open_legs(opened, snapshot, from_us, until_us, error);
    if (status != KURS_OK) {
        kurs_cursor_close(opened);
        return status;
    }
    *cursor = opened;
    return KURS_OK;
}

void kurs_cursor_close(struct kurs_cursor *cursor)
{
    if (cursor != NULL) {
        scan_close(cursor->scan[0]);
        scan_close(cursor->scan[1]);
        free(cursor);
    }
}

/* Makes run[i] hold an unconsumed point, or ended[i] true. */
static enum kurs_status refill(struct kurs_cursor *cursor, int i, struct kurs_error *error)
{
    if (cursor->ended[i] || cursor->position[i] < cursor->run[i].count) {
        return KURS_OK;
    }
    enum kurs_status status = scan_next(cursor->scan[i], &cursor->run[i], error);
    cursor->position[i] = 0;
    if (status == KURS_END) {
        cursor->ended[i] = true;
        return KURS_OK;
    }
    return status;
}

/* Consumes the next point of leg i. */
static void take(struct kurs_cursor *cursor, int i)
{
    const struct kurs_batch *run = &cursor->run[i];
    size_t position = cursor->position[i]++;
    cursor->leg[i].time_us = run->time_us[position];
    cursor->leg[i].rate.coefficient = run->coefficient[position];
    cursor->leg[i].rate.exponent = run->exponent[position];
    cursor->known[i] = true;
}

/* Consumes the next instant at which a leg has a point; *time_us is it. KURS_END when both have ended. */
static enum kurs_status step(struct kurs_cursor *cursor, int64_t *time_us, struct kurs_error *error)
{
    int64_t next_us = INT64_MAX;
    int leg_count = cursor->route.rule == KURS_CROSS ? 2 : 1;
    for (int i = 0; i < leg_count; i++) {
        enum kurs_status status = refill(cursor, i, error);
        if (status != KURS_OK) {
            return status;
        }
        if (!cursor->ended[i] && cursor->run[i].time_us[cursor->position[i]] < next_us) {
            next_us = cursor->run[i].time_us[cursor->position[i]];
        }
    }
    if (next_us == INT64_MAX) {
        return KURS_END;
    }
    for (int i = 0; i < leg_count; i++) {
        if (!cursor->ended[i] && cursor->run[i].time_us[cursor->position[i]] == next_us) {
            take(cursor, i);
        }
    }
    *time_us = next_us;
    return KURS_OK;
}

static enum kurs_status derive_points(struct kurs_cursor *cursor, struct kurs_batch *batch, struct kurs_error *error)
{
    bool cross = cursor->route.rule == KURS_CROSS;
    size_t count = 0;
    while (count < CURSOR_POINTS) {
        int64_t time_us;
        enum kurs_status status = step(cursor, &time_us, error);
        if (status == KURS_END) {
            break;
        }
        if (status != KURS_OK) {
            return status;
        }
        if (cross && !(cursor->known[0] && cursor->known[1])) {
            continue;
        }
        struct kurs_decimal rate;
        status = derive_rate(&cursor->route, cursor->leg, &rate, error);
        if (status != KURS_OK) {
            return status;
        }
        cursor->time_us[count] = time_us;
        cursor->coefficient[count] = rate.coefficient;
        cursor->exponent[count] = rate.exponent;
        count++;
    }
    if (count == 0) {
        return KURS_END;
    }
    *batch = (struct kurs_batch) {count, cursor->time_us, cursor->coefficient, cursor->exponent};
    return KURS_OK;
}

enum kurs_status kurs_cursor_next(struct kurs_cursor *cursor, struct kurs_batch *batch, struct kurs_error *error)
{
    if (cursor->route.rule == KURS_DIRECT) {
        return scan_next(cursor->scan[0], batch, error);
    }
    return derive_points(cursor, batch, error);
}
