/* parallel.c: chunks of whole lines over threads. Owns cutting the text, the ring of chunks, and putting a row back
 * together whose quotes are open where the text was cut.
 *
 * The calling thread reads the input and takes results in order; between the two it parses like its helpers, so N
 * threads are busy and none waits for another's turn. The text is cut at line ends without looking at quotes: should a
 * chunk end inside a quoted field, its last row is put before the next chunk and that one parsed again, which costs
 * only where it happens. Tracking quotes while cutting would cost every file a serial pass.
 *
 *   ring:   taken ... | done | parsing | filled ... | free
 *                     ^take            ^parse       ^fill      sequence numbers, slot = number % slot_count */
#include "ingest/parallel.h"

#include "base/error.h"
#include "ingest/lines.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)512 * 1024)
#define ROOM_BYTES  (2 * ROW_BYTES_MAX + 2 * CHUNK_BYTES) /* a row put before, a row cut off behind, a chunk */

enum slot_state { SLOT_FREE, SLOT_FILLED, SLOT_PARSING, SLOT_DONE };

struct slot {
    enum slot_state state;
    char *room;
    size_t start, bytes; /* the chunk in it */
    bool last;
    struct batch batch;
    size_t consumed;
    enum kurs_status status;
};

struct parallel {
    const struct parallel_options *options;
    struct slot *slots;
    size_t slot_count;
    pthread_mutex_t lock;
    pthread_cond_t filled, done;
    uint64_t fill, parse, take; /* next number to be filled, parsed, taken */
    bool stop;
    /* only of the calling thread: */
    bool end;    /* the last chunk is filled */
    char *carry; /* behind the last line end so far */
    size_t carry_bytes;
    struct parallel_origin origin;
    struct reader *reader;
};

static struct slot *slot_of(struct parallel *parallel, uint64_t number)
{
    return &parallel->slots[number % parallel->slot_count];
}

/* ---- parsing: any thread ---- */

static void parse_slot(struct slot *slot, struct reader *reader)
{
    batch_clear(&slot->batch);
    slot->status =
        reader_parse(reader, slot->room + slot->start, slot->bytes, slot->last, &slot->batch, &slot->consumed);
}

static void finish_slot(struct parallel *parallel, struct slot *slot)
{
    pthread_mutex_lock(&parallel->lock);
    slot->state = SLOT_DONE;
    pthread_cond_signal(&parallel->done);
    pthread_mutex_unlock(&parallel->lock);
}

/* The next filled chunk, now ours to parse. NULL if there is none (wait: until there is one or it is over). */
static struct slot *claim_slot(struct parallel *parallel, bool wait)
{
    struct slot *slot = NULL;
    pthread_mutex_lock(&parallel->lock);
    while (wait && !parallel->stop && parallel->parse == parallel->fill) {
        pthread_cond_wait(&parallel->filled, &parallel->lock);
    }
    if (!parallel->stop && parallel->parse < parallel->fill) {
        slot = slot_of(parallel, parallel->parse++);
        slot->state = SLOT_PARSING;
    }
    pthread_mutex_unlock(&parallel->lock);
    return slot;
}

struct helper {
    struct parallel *parallel;
    struct reader *reader;
    pthread_t thread;
    bool started;
};

static void *help(void *context)
{
    struct helper *helper = context;
    for (struct slot *slot; (slot = claim_slot(helper->parallel, true)) != NULL;) {
        parse_slot(slot, helper->reader);
        finish_slot(helper->parallel, slot);
    }
    return NULL;
}

/* ---- filling ---- */

static const char *name_of(const struct parallel *parallel)
{
    return input_head(parallel->options->input)->name;
}

/* Text into the room until a chunk of whole lines is there or the text ends. */
static enum kurs_status fill_room(struct parallel *parallel, struct slot *slot, struct kurs_error *error)
{
    char *text = slot->room + ROW_BYTES_MAX;
    size_t have = parallel->carry_bytes, lines = 0;
    memcpy(text, parallel->carry, have);
    while (lines == 0 && !parallel->end) {
        size_t wanted = have < CHUNK_BYTES ? CHUNK_BYTES : have + CHUNK_BYTES;
        if (have > ROW_BYTES_MAX) { /* chunks before it may not be parsed yet */
            return reader_row_too_long(name_of(parallel), "near", parallel->origin.lines + 1, error);
        }
        while (have < wanted && !parallel->end) {
            size_t count = 0;
            enum kurs_status status =
                input_read(parallel->options->input, text + have, wanted - have + 16, &count, error);
            if (status != KURS_OK && status != KURS_END) {
                return status;
            }
            have += count;
            parallel->end = status == KURS_END;
        }
        lines = parallel->end ? have : lines_whole(text, have);
    }
    slot->start = ROW_BYTES_MAX;
    slot->bytes = lines;
    slot->last = parallel->end;
    parallel->carry_bytes = have - lines;
    memcpy(parallel->carry, text + lines, parallel->carry_bytes);
    return KURS_OK;
}

static enum kurs_status fill_slot(struct parallel *parallel, struct kurs_error *error)
{
    struct slot *slot = slot_of(parallel, parallel->fill);
    if (!slot->room && !(slot->room = malloc(ROOM_BYTES))) {
        return error_what(error, KURS_ENOMEM, "cannot read '%s'", name_of(parallel));
    }
    enum kurs_status status = fill_room(parallel, slot, error);
    if (status == KURS_OK) {
        pthread_mutex_lock(&parallel->lock);
        slot->state = SLOT_FILLED;
        parallel->fill++;
        pthread_cond_signal(&parallel->filled);
        pthread_mutex_unlock(&parallel->lock);
    }
    return status;
}

/* Past the preamble. */
static enum kurs_status skip_bytes(struct parallel *parallel, uint64_t left, struct kurs_error *error)
{
    while (left > 0) {
        size_t count = 0, wanted = left < CHUNK_BYTES ? (size_t)left : CHUNK_BYTES;
        enum kurs_status status =
            input_read(parallel->options->input, parallel->carry, wanted < 16 ? 16 : wanted, &count, error);
        if (status != KURS_OK) {
            return status == KURS_END ? KURS_OK : status;
        }
        if (count > left) { /* asked for more than was wanted: the rest is data */
            parallel->carry_bytes = count - (size_t)left;
            memmove(parallel->carry, parallel->carry + left, parallel->carry_bytes);
            count = (size_t)left;
        }
        left -= count;
    }
    return KURS_OK;
}

/* ---- taking ---- */

/* The row whose quotes are open at the end of `slot` goes before the next chunk, which is parsed (again). */
static enum kurs_status join_open_row(struct parallel *parallel, struct slot *slot, struct kurs_error *error)
{
    size_t open = slot->bytes - slot->consumed;
    enum kurs_status status = parallel->fill == parallel->take + 1 ? fill_slot(parallel, error) : KURS_OK;
    if (status != KURS_OK) {
        return status;
    }
    struct slot *next = slot_of(parallel, parallel->take + 1);
    pthread_mutex_lock(&parallel->lock);
    if (next->state == SLOT_FILLED) { /* then it is the next to be parsed: all before it are */
        parallel->parse++;
        next->state = SLOT_PARSING;
    } else {
        while (next->state != SLOT_DONE) {
            pthread_cond_wait(&parallel->done, &parallel->lock);
        }
    }
    pthread_mutex_unlock(&parallel->lock);
    if (open > next->start) {
        return reader_row_too_long(name_of(parallel), "on", parallel->origin.lines + 1, error);
    }
    next->start -= open;
    next->bytes += open;
    memcpy(next->room + next->start, slot->room + slot->start + slot->consumed, open);
    parse_slot(next, parallel->reader);
    finish_slot(parallel, next);
    return KURS_OK;
}

static enum kurs_status take_slot(struct parallel *parallel, struct kurs_error *error)
{
    const struct parallel_options *options = parallel->options;
    struct slot *slot = slot_of(parallel, parallel->take);
    if (slot->status != KURS_OK) {
        return reader_failed(slot->status, &slot->batch, name_of(parallel), parallel->origin.lines, error);
    }
    enum kurs_status status = options->take(options->context, &slot->batch, parallel->origin, error);
    parallel->origin.lines += slot->batch.lines;
    parallel->origin.bytes += slot->consumed;
    if (status == KURS_OK && slot->consumed < slot->bytes) {
        status = join_open_row(parallel, slot, error);
    }
    slot->state = SLOT_FREE;
    parallel->take++;
    return status;
}

/* ---- the calling thread ---- */

static bool oldest_is_done(struct parallel *parallel, bool wait)
{
    pthread_mutex_lock(&parallel->lock);
    struct slot *slot = slot_of(parallel, parallel->take);
    while (wait && slot->state == SLOT_PARSING) {
        pthread_cond_wait(&parallel->done, &parallel->lock);
    }
    bool done = parallel->take < parallel->fill && slot->state == SLOT_DONE;
    pthread_mutex_unlock(&parallel->lock);
    return done;
}

static uint64_t unparsed(struct parallel *parallel)
{
    pthread_mutex_lock(&parallel->lock);
    uint64_t count = parallel->fill - parallel->parse;
    pthread_mutex_unlock(&parallel->lock);
    return count;
}

static enum kurs_status run(struct parallel *parallel, unsigned threads, struct kurs_error *error)
{
    enum kurs_status status = KURS_OK;
    while (status == KURS_OK && !(parallel->end && parallel->take == parallel->fill)) {
        bool free_slot = parallel->fill - parallel->take < parallel->slot_count;
        if (oldest_is_done(parallel, false)) {
            status = take_slot(parallel, error);
        } else if (!parallel->end && free_slot && unparsed(parallel) < threads) {
            status = fill_slot(parallel, error);
        } else {
            struct slot *slot = claim_slot(parallel, false);
            if (slot) {
                parse_slot(slot, parallel->reader);
                finish_slot(parallel, slot);
            } else {
                oldest_is_done(parallel, true);
            }
        }
    }
    return status;
}

static unsigned start_helpers(struct parallel *parallel, struct helper *helpers, unsigned count)
{
    unsigned started = 0;
    for (unsigned i = 0; i < count; i++) {
        helpers[i].parallel = parallel;
        if (reader_new(&parallel->options->rules, parallel->options->names, &helpers[i].reader, NULL) == KURS_OK) {
            helpers[i].started = pthread_create(&helpers[i].thread, NULL, help, &helpers[i]) == 0;
            started += helpers[i].started;
        }
    }
    return started; /* fewer than asked for is slower, not wrong */
}

static void stop_helpers(struct parallel *parallel, struct helper *helpers, unsigned count)
{
    pthread_mutex_lock(&parallel->lock);
    parallel->stop = true;
    pthread_cond_broadcast(&parallel->filled);
    pthread_mutex_unlock(&parallel->lock);
    for (unsigned i = 0; i < count; i++) {
        if (helpers[i].started) {
            pthread_join(helpers[i].thread, NULL);
        }
        reader_free(helpers[i].reader);
    }
}

enum kurs_status parallel_run(const struct parallel_options *options, struct kurs_error *error)
{
    const struct plan *plan = options->rules.plan;
    unsigned threads = options->threads < 1 || reader_in_order(plan) ? 1 : options->threads;
    threads = threads > PARALLEL_THREADS_MAX ? PARALLEL_THREADS_MAX : threads;
    struct parallel parallel = {.options = options,
                                .slot_count = 2 * (size_t)threads + 1,
                                .origin = {plan->first_line - 1, plan->first_byte},
                                .lock = PTHREAD_MUTEX_INITIALIZER,
                                .filled = PTHREAD_COND_INITIALIZER,
                                .done = PTHREAD_COND_INITIALIZER};
    struct helper helpers[PARALLEL_THREADS_MAX] = {0};
    parallel.slots = calloc(parallel.slot_count, sizeof *parallel.slots);
    parallel.carry = malloc(ROOM_BYTES);
    enum kurs_status status = reader_new(&options->rules, options->names, &parallel.reader, error);
    if (status == KURS_OK && (!parallel.slots || !parallel.carry)) {
        status = error_what(error, KURS_ENOMEM, "cannot read '%s'", name_of(&parallel));
    }
    status = status == KURS_OK ? skip_bytes(&parallel, plan->first_byte, error) : status;
    if (status == KURS_OK) {
        unsigned helping = start_helpers(&parallel, helpers, threads - 1);
        status = run(&parallel, helping + 1, error);
        stop_helpers(&parallel, helpers, threads - 1);
    }
    for (size_t i = 0; parallel.slots && i < parallel.slot_count; i++) {
        free(parallel.slots[i].room);
        batch_release(&parallel.slots[i].batch);
    }
    free(parallel.slots);
    free(parallel.carry);
    reader_free(parallel.reader);
    return status;
}
