/* follow.c: an endless stream. Owns when to commit: a second after the last time, or when the stream pauses that long. One
 * thread, because a stream that is followed is slower than any parser. */
#include "ingest/follow.h"

#include "base/error.h"
#include "ingest/lines.h"

#include <stdlib.h>
#include <string.h>

#define COMMIT_EVERY_US KURS_SECOND_US
#define ROOM_BYTES      (2 * ROW_BYTES_MAX)

struct stream {
    const struct parallel_options *options;
    const struct follow_options *follow;
    struct reader *reader;
    struct batch batch;
    char *text;
    size_t have;
    struct parallel_origin origin;
    uint64_t skip_bytes; /* of the preamble */
    bool pending;        /* taken and not committed */
    int64_t committed_us;
    int64_t until_us; /* of the rules: moves on with the clock, a stream goes on for days */
};

static int64_t now_us(const struct stream *stream)
{
    return stream->follow->clock_us ? stream->follow->clock_us(stream->follow->clock_context) : 0;
}

static enum kurs_status commit(struct stream *stream, struct kurs_error *error)
{
    stream->pending = false;
    stream->committed_us = now_us(stream);
    return stream->follow->commit(stream->options->context, error);
}

static void move_on(struct stream *stream)
{
    int64_t until_us = now_us(stream) + KURS_AHEAD_MAX_US;
    stream->until_us = until_us > stream->until_us ? until_us : stream->until_us;
}

/* The whole lines in hand. */
static enum kurs_status take_lines(struct stream *stream, bool last, struct kurs_error *error)
{
    const char *name = input_head(stream->options->input)->name;
    size_t skipped = stream->skip_bytes < stream->have ? (size_t)stream->skip_bytes : stream->have, consumed = 0;
    stream->skip_bytes -= skipped;
    char *text = stream->text + skipped;
    size_t left = stream->have - skipped, lines = last ? left : lines_whole(text, left);
    if (lines > 0 || last) {
        move_on(stream);
        batch_clear(&stream->batch);
        enum kurs_status status = reader_parse(stream->reader, text, lines, last, &stream->batch, &consumed);
        if (status != KURS_OK) {
            return reader_failed(status, &stream->batch, name, stream->origin.lines, error);
        }
        status = stream->options->take(stream->options->context, &stream->batch, stream->origin, error);
        if (status != KURS_OK) {
            return status;
        }
        stream->origin.lines += stream->batch.lines;
        stream->origin.bytes += consumed;
        stream->pending |= stream->batch.used_count > 0;
    }
    stream->have = left - consumed;
    memmove(stream->text, text + consumed, stream->have);
    if (stream->have > ROOM_BYTES - INPUT_READ_MIN) {
        return reader_row_too_long(name, "on", stream->origin.lines + 1, error);
    }
    return KURS_OK;
}

static enum kurs_status run(struct stream *stream, struct kurs_error *error)
{
    struct input *input = stream->options->input;
    enum kurs_status status = KURS_OK;
    stream->committed_us = now_us(stream);
    while (status == KURS_OK) {
        int64_t waited_us = now_us(stream) - stream->committed_us;
        int64_t left_us = waited_us < COMMIT_EVERY_US ? COMMIT_EVERY_US - waited_us : 0;
        bool quiet = stream->pending && !input_wait(input, stream->follow->clock_us ? left_us : 0);
        if (quiet || (stream->pending && left_us == 0 && stream->follow->clock_us)) {
            status = commit(stream, error);
            continue;
        }
        size_t count = 0;
        status = input_read(input, stream->text + stream->have, ROOM_BYTES - stream->have, &count, error);
        bool end = status == KURS_END;
        if (status == KURS_OK || end) {
            stream->have += count;
            enum kurs_status taken = take_lines(stream, end, error);
            status = taken == KURS_OK ? status : taken;
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

enum kurs_status follow_run(const struct parallel_options *options, const struct follow_options *follow,
                            struct kurs_error *error)
{
    const struct plan *plan = options->rules.plan;
    struct stream stream = {.options = options,
                            .follow = follow,
                            .origin = {plan->first_line - 1, plan->first_byte},
                            .skip_bytes = plan->first_byte,
                            .until_us = *options->rules.until_us};
    struct rows_rules rules = options->rules;
    rules.until_us = &stream.until_us;
    stream.text = malloc(ROOM_BYTES);
    enum kurs_status status = reader_new(&rules, options->names, &stream.reader, error);
    if (status == KURS_OK && !stream.text) {
        status = error_what(error, KURS_ENOMEM, "cannot read the stream");
    }
    status = status == KURS_OK ? run(&stream, error) : status;
    reader_free(stream.reader);
    batch_release(&stream.batch);
    free(stream.text);
    return status;
}
