/* follow.h: an endless stream, committed at least every second. */
#ifndef KURS_INGEST_FOLLOW_H
#define KURS_INGEST_FOLLOW_H

#include "ingest/parallel.h"

struct follow_options {
    void *clock_context;
    int64_t (*clock_us)(void *context); /* NULL: commit whenever the stream pauses */
    /* Makes durable what was taken so far; called with the context of parallel_options. */
    enum kurs_status (*commit)(void *context, struct kurs_error *error);
};

/* As parallel_run, on one thread, whole lines as they arrive. Returns when the stream ends; what came since the last
 * commit is then for the caller to commit. */
enum kurs_status follow_run(const struct parallel_options *options, const struct follow_options *follow,
                            struct kurs_error *error);

#endif
