/* loose.c: see loose.h. Sorting is a stable radix sort of (time, index) pairs, skipped where the points came ascending;
 * runs are merged through a heap. An external merge sort was chosen over merging each run into the store: every block is
 * then rewritten once, and equal times keep their order of arrival however the input was cut into runs. */
#include "store/loose.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "store/file.h"

#define POINTS_LEAST 256
#define READ_POINTS  4096 /* of a run held in memory while merging */
#define RADIX_BITS   11
#define RADIX_SIZE   (1U << RADIX_BITS)
#define SIGN_BIT     (UINT64_C(1) << 63)

static enum kurs_status no_memory(struct kurs_error *error)
{
    return error_system(error, ENOMEM, "cannot hold the points");
}

/* ---- Gathering ---- */

static void points_release(struct loose_points *points)
{
    free(points->time_us);
    free(points->coefficient);
    free(points->exponent);
    free(points->row);
    *points = (struct loose_points) {0};
}

static bool grow(void **array, size_t count, size_t size)
{
    void *grown = realloc(*array, count * size);
    *array = grown == NULL ? *array : grown;
    return grown != NULL;
}

static bool points_grow(struct loose_points *points, size_t count)
{
    void *time_us = points->time_us, *coefficient = points->coefficient;
    void *exponent = points->exponent, *row = points->row;
    bool grown = grow(&time_us, count, sizeof *points->time_us) &&
                 grow(&coefficient, count, sizeof *points->coefficient) &&
                 grow(&exponent, count, sizeof *points->exponent) && grow(&row, count, sizeof *points->row);
    *points = (struct loose_points) {time_us, coefficient, exponent, row};
    return grown;
}

static void points_copy(const struct loose_points *to, size_t at, const struct loose_points *from, size_t start,
                        size_t count)
{
    memcpy(to->time_us + at, from->time_us + start, count * sizeof *to->time_us);
    memcpy(to->coefficient + at, from->coefficient + start, count * sizeof *to->coefficient);
    memcpy(to->exponent + at, from->exponent + start, count * sizeof *to->exponent);
    memcpy(to->row + at, from->row + start, count * sizeof *to->row);
}

void loose_release(struct loose *loose)
{
    points_release(&loose->points);
    free(loose->runs);
    *loose = (struct loose) {0};
}

void loose_spill_release(struct loose_spill *spill)
{
    if (spill->opened) {
        close(spill->fd);
    }
    *spill = (struct loose_spill) {0};
}

enum kurs_status loose_add(struct loose *loose, size_t count, const int64_t *time_us, const int64_t *coefficient,
                           const int8_t *exponent, const uint64_t *row, struct kurs_error *error)
{
    if (count > UINT32_MAX - loose->count) {
        return error_what(error, KURS_ELIMIT, "too many points out of order");
    }
    if (loose->count + count > loose->capacity) {
        size_t capacity = loose->capacity == 0 ? POINTS_LEAST : loose->capacity;
        while (capacity < loose->count + count) {
            capacity += capacity / 2;
        }
        if (!points_grow(&loose->points, capacity)) {
            return no_memory(error);
        }
        loose->capacity = capacity;
    }
    const struct loose_points *points = &loose->points;
    size_t at = loose->count;
    memcpy(points->time_us + at, time_us, count * sizeof *time_us);
    memcpy(points->coefficient + at, coefficient, count * sizeof *coefficient);
    memcpy(points->exponent + at, exponent, count * sizeof *exponent);
    memcpy(points->row + at, row, count * sizeof *row);
    for (size_t i = at == 0 ? 1 : at; i < at + count; i++) {
        loose->unsorted |= points->time_us[i] < points->time_us[i - 1];
    }
    loose->count += count;
    return KURS_OK;
}

/* ---- Sorting ---- */

struct sort_item {
    uint64_t key; /* the time with its sign flipped, less the lowest */
    uint32_t index;
};
_Static_assert(2 * sizeof(struct sort_item) == LOOSE_SORT_POINT_BYTES, "scratch space as promised");

static void radix_pass(const struct sort_item *from, struct sort_item *to, size_t count, unsigned shift)
{
    size_t place[RADIX_SIZE] = {0};
    for (size_t i = 0; i < count; i++) {
        place[from[i].key >> shift & (RADIX_SIZE - 1)]++;
    }
    size_t sum = 0;
    for (size_t digit = 0; digit < RADIX_SIZE; digit++) {
        size_t here = place[digit];
        place[digit] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++) {
        to[place[from[i].key >> shift & (RADIX_SIZE - 1)]++] = from[i];
    }
}

/* The order of the points by time, stable, in *items (of two arrays of `count`, the other of which is free then). */
static struct sort_item *sort_order(const int64_t *time_us, size_t count, struct sort_item *items,
                                    struct sort_item *other)
{
    int64_t low = time_us[0], high = time_us[0];
    for (size_t i = 1; i < count; i++) {
        low = time_us[i] < low ? time_us[i] : low;
        high = time_us[i] > high ? time_us[i] : high;
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct sort_item) {(uint64_t)time_us[i] - (uint64_t)low, (uint32_t)i};
    }
    uint64_t span = (uint64_t)high - (uint64_t)low;
    for (unsigned shift = 0; shift < 64 && span >> shift != 0; shift += RADIX_BITS) {
        radix_pass(items, other, count, shift);
        struct sort_item *sorted = other;
        other = items;
        items = sorted;
    }
    return items;
}

static enum kurs_status sort_points(struct loose *loose, struct kurs_error *error)
{
    if (!loose->unsorted) {
        return KURS_OK;
    }
    size_t count = loose->count;
    struct sort_item *first = malloc(count * sizeof *first);
    struct sort_item *second = malloc(count * sizeof *second);
    if (first == NULL || second == NULL) {
        free(first);
        free(second);
        return no_memory(error);
    }
    const struct loose_points *points = &loose->points;
    const struct sort_item *order = sort_order(points->time_us, count, first, second);
    void *column = order == first ? second : first; /* each column is put in order through it */
    int64_t *numbers = column;
    for (size_t i = 0; i < count; i++) {
        numbers[i] = points->time_us[order[i].index];
    }
    memcpy(points->time_us, numbers, count * sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        numbers[i] = points->coefficient[order[i].index];
    }
    memcpy(points->coefficient, numbers, count * sizeof *numbers);
    int8_t *exponents = column;
    for (size_t i = 0; i < count; i++) {
        exponents[i] = points->exponent[order[i].index];
    }
    memcpy(points->exponent, exponents, count * sizeof *exponents);
    uint64_t *rows = column;
    for (size_t i = 0; i < count; i++) {
        rows[i] = points->row[order[i].index];
    }
    memcpy(points->row, rows, count * sizeof *rows);
    loose->unsorted = false;
    free(first);
    free(second);
    return KURS_OK;
}

/* ---- Spilling ---- */

static enum kurs_status open_spill(struct loose_spill *spill, const char *path, struct kurs_error *error)
{
    char *name = file_beside(path, "-sort-XXXXXX");
    if (name == NULL) {
        return no_memory(error);
    }
    spill->fd = mkstemp(name);
    enum kurs_status status = KURS_OK;
    if (spill->fd < 0) {
        status = error_system(error, errno, "cannot create a temporary file beside '%s'", path);
    } else {
        unlink(name);
        spill->opened = true;
    }
    free(name);
    return status;
}

static enum kurs_status write_column(struct loose_spill *spill, const void *column, size_t bytes,
                                     struct kurs_error *error)
{
    const char *at = column;
    while (bytes > 0) {
        ssize_t written = pwrite(spill->fd, at, bytes, (off_t)spill->bytes);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return error_system(error, written < 0 ? errno : ENOSPC, "cannot write a temporary file");
        }
        at += written;
        bytes -= (size_t)written;
        spill->bytes += written;
    }
    return KURS_OK;
}

static enum kurs_status add_run(struct loose *loose, struct loose_run run, struct kurs_error *error)
{
    if (loose->run_count == loose->run_capacity) {
        size_t capacity = loose->run_capacity == 0 ? 8 : 2 * loose->run_capacity;
        struct loose_run *grown = realloc(loose->runs, capacity * sizeof *grown);
        if (grown == NULL) {
            return no_memory(error);
        }
        loose->runs = grown;
        loose->run_capacity = capacity;
    }
    loose->runs[loose->run_count++] = run;
    return KURS_OK;
}

enum kurs_status loose_spill(struct loose *loose, struct loose_spill *spill, const char *path, struct kurs_error *error)
{
    enum kurs_status status = spill->opened ? KURS_OK : open_spill(spill, path, error);
    if (status == KURS_OK) {
        status = sort_points(loose, error);
    }
    if (status == KURS_OK) {
        status = add_run(loose, (struct loose_run) {spill->bytes, loose->count}, error);
    }
    const struct loose_points *points = &loose->points;
    size_t count = loose->count;
    if (status == KURS_OK) {
        status = write_column(spill, points->time_us, count * sizeof *points->time_us, error);
    }
    if (status == KURS_OK) {
        status = write_column(spill, points->coefficient, count * sizeof *points->coefficient, error);
    }
    if (status == KURS_OK) {
        status = write_column(spill, points->exponent, count * sizeof *points->exponent, error);
    }
    if (status == KURS_OK) {
        status = write_column(spill, points->row, count * sizeof *points->row, error);
    }
    points_release(&loose->points);
    loose->count = loose->capacity = 0;
    return status;
}

/* ---- Reading back ---- */

struct source {
    struct loose_points points; /* of the run read last; borrowed for the points in memory, else owned */
    size_t index, count;
    const struct loose_run *run; /* NULL: in memory */
    size_t read;                 /* points of the run read so far */
};

struct loose_reader {
    int fd;
    struct source *sources; /* owned; in order of arrival */
    size_t source_count;
    size_t *heap; /* owned; sources with points left, least (time, source) first */
    size_t heap_count;
    struct loose_points batch; /* owned */
};

static enum kurs_status read_column(int fd, void *column, size_t bytes, int64_t offset, struct kurs_error *error)
{
    char *at = column;
    while (bytes > 0) {
        ssize_t got = pread(fd, at, bytes, (off_t)offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return error_system(error, got < 0 ? errno : EIO, "cannot read a temporary file");
        }
        at += got;
        bytes -= (size_t)got;
        offset += got;
    }
    return KURS_OK;
}

/* Reads on in a source's run; leaves count 0 at its end. */
static enum kurs_status fill_source(int fd, struct source *source, struct kurs_error *error)
{
    source->index = source->count = 0;
    if (source->run == NULL || source->read == source->run->count) {
        return KURS_OK;
    }
    int64_t total = (int64_t)source->run->count, offset = source->run->offset, done = (int64_t)source->read;
    size_t count = source->run->count - source->read;
    count = count < READ_POINTS ? count : READ_POINTS;
    enum kurs_status status = read_column(fd, source->points.time_us, count * 8, offset + 8 * done, error);
    if (status == KURS_OK) {
        status = read_column(fd, source->points.coefficient, count * 8, offset + 8 * total + 8 * done, error);
    }
    if (status == KURS_OK) {
        status = read_column(fd, source->points.exponent, count, offset + 16 * total + done, error);
    }
    if (status == KURS_OK) {
        status = read_column(fd, source->points.row, count * 8, offset + 17 * total + 8 * done, error);
    }
    if (status == KURS_OK) {
        source->count = count;
        source->read += count;
    }
    return status;
}

static bool before(const struct loose_reader *reader, size_t a, size_t b)
{
    const struct source *left = &reader->sources[a], *right = &reader->sources[b];
    int64_t left_us = left->points.time_us[left->index], right_us = right->points.time_us[right->index];
    return left_us != right_us ? left_us < right_us : a < b;
}

static void sift_down(struct loose_reader *reader, size_t at)
{
    for (;;) {
        size_t least = at, left = 2 * at + 1;
        for (size_t child = left; child <= left + 1 && child < reader->heap_count; child++) {
            if (before(reader, reader->heap[child], reader->heap[least])) {
                least = child;
            }
        }
        if (least == at) {
            return;
        }
        size_t moved = reader->heap[at];
        reader->heap[at] = reader->heap[least];
        reader->heap[least] = moved;
        at = least;
    }
}

static enum kurs_status open_sources(struct loose_reader *reader, struct loose *loose, struct kurs_error *error)
{
    for (size_t i = 0; i < loose->run_count; i++) {
        struct source *source = &reader->sources[reader->source_count++];
        source->run = &loose->runs[i];
        if (!points_grow(&source->points, READ_POINTS)) {
            return no_memory(error);
        }
        enum kurs_status status = fill_source(reader->fd, source, error);
        if (status != KURS_OK) {
            return status;
        }
    }
    if (loose->count > 0) {
        struct source *source = &reader->sources[reader->source_count++];
        source->points = loose->points;
        source->count = loose->count;
    }
    for (size_t i = 0; i < reader->source_count; i++) {
        reader->heap[reader->heap_count++] = i;
    }
    for (size_t i = reader->heap_count; i-- > 0;) {
        sift_down(reader, i);
    }
    return KURS_OK;
}

enum kurs_status loose_reader_open(struct loose *loose, const struct loose_spill *spill, struct loose_reader **reader,
                                   struct kurs_error *error)
{
    struct loose_reader *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return no_memory(error);
    }
    opened->fd = spill->fd;
    opened->sources = calloc(loose->run_count + 1, sizeof *opened->sources);
    opened->heap = calloc(loose->run_count + 1, sizeof *opened->heap);
    enum kurs_status status =
        opened->sources == NULL || opened->heap == NULL || !points_grow(&opened->batch, READ_POINTS)
            ? no_memory(error)
            : sort_points(loose, error);
    if (status == KURS_OK) {
        status = open_sources(opened, loose, error);
    }
    if (status != KURS_OK) {
        loose_reader_close(opened);
        return status;
    }
    *reader = opened;
    return KURS_OK;
}

/* One point from the least source to the batch. */
static enum kurs_status take_least(struct loose_reader *reader, size_t at, struct kurs_error *error)
{
    struct source *source = &reader->sources[reader->heap[0]];
    reader->batch.time_us[at] = source->points.time_us[source->index];
    reader->batch.coefficient[at] = source->points.coefficient[source->index];
    reader->batch.exponent[at] = source->points.exponent[source->index];
    reader->batch.row[at] = source->points.row[source->index];
    enum kurs_status status = KURS_OK;
    if (++source->index == source->count) {
        status = fill_source(reader->fd, source, error);
        if (source->count == 0) {
            reader->heap[0] = reader->heap[--reader->heap_count];
        }
    }
    sift_down(reader, 0);
    return status;
}

enum kurs_status loose_reader_next(struct loose_reader *reader, struct loose_points *batch, size_t *count,
                                   struct kurs_error *error)
{
    size_t filled = 0;
    if (reader->heap_count == 1) { /* the last source: no comparisons needed */
        struct source *source = &reader->sources[reader->heap[0]];
        filled = source->count - source->index;
        filled = filled < READ_POINTS ? filled : READ_POINTS;
        points_copy(&reader->batch, 0, &source->points, source->index, filled);
        source->index += filled;
        if (source->index == source->count) {
            enum kurs_status status = fill_source(reader->fd, source, error);
            if (status != KURS_OK) {
                return status;
            }
            reader->heap_count = source->count > 0 ? 1 : 0;
        }
    }
    while (filled < READ_POINTS && reader->heap_count > 1) {
        enum kurs_status status = take_least(reader, filled++, error);
        if (status != KURS_OK) {
            return status;
        }
    }
    if (filled == 0 && reader->heap_count == 0) {
        return KURS_END;
    }
    *batch = reader->batch;
    *count = filled;
    return KURS_OK;
}

void loose_reader_close(struct loose_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    for (size_t i = 0; reader->sources != NULL && i < reader->source_count; i++) {
        if (reader->sources[i].run != NULL) {
            points_release(&reader->sources[i].points);
        }
    }
    free(reader->sources);
    free(reader->heap);
    points_release(&reader->batch);
    free(reader);
}
