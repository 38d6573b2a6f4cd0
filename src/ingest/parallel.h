/* parallel.h: a text to batches, in order, over several threads. */
#ifndef KURS_INGEST_PARALLEL_H
#define KURS_INGEST_PARALLEL_H

#include "ingest/input.h"
#include "ingest/reader.h"

/* One thread writes, and reading a row costs twice as much as writing it, six times in the slowest forms: more threads
 * would wait. Two chunks a thread stay under 256 MiB with it, whatever is in them. More asked for is taken for this. */
#define PARALLEL_THREADS_MAX 6

/* Where a batch starts in the text: lines and bytes before it. */
struct parallel_origin {
    uint64_t lines, bytes;
};

struct parallel_options {
    struct input *input; /* at its start */
    struct rows_rules rules;
    struct names *names;
    unsigned threads; /* this one and threads - 1 helpers; 0 is 1 */
    void *context;
    /* Each batch in the text's order, by the calling thread. May change the batch. Anything but KURS_OK ends it all. */
    enum kurs_status (*take)(void *context, struct batch *batch, struct parallel_origin origin,
                             struct kurs_error *error);
};

/* Reads from the plan's first data row to the end. The first failure, in the text's order, is returned. */
enum kurs_status parallel_run(const struct parallel_options *options, struct kurs_error *error);

#endif
