/* account.h: what an import tells its caller: rejects in the file's order, footers, warnings. Calling thread only. */
#ifndef KURS_INGEST_ACCOUNT_H
#define KURS_INGEST_ACCOUNT_H

#include "ingest/batch.h"
#include "ingest/input.h"
#include "ingest/parallel.h"

struct account;
enum kurs_status account_new(const struct kurs_import_options *options, struct account **account);
void account_free(struct account *account); /* NULL is allowed */

/* A batch's rejects and notes. Rows without a date at the end of all that has been seen wait until data follows, and the
 * rejects behind them with them. */
enum kurs_status account_batch(struct account *account, const struct batch *batch, struct parallel_origin origin);
/* All batches were there: rows still waiting for data are the footer. */
void account_end(struct account *account);
/* Another value for a date, found by the writer, by lines. */
void account_duplicate(struct account *account, const char *name, int64_t time_us, uint64_t line_first,
                       uint64_t line_later);
/* A point whose series has the other kind of times. */
void account_other_kind(struct account *account, const char *name, uint64_t line);
/* Whether the first line of a duplicate is not known; then all points of the text go by account_seen once more. */
bool account_seeks_lines(struct account *account);
void account_seen(struct account *account, const char *name, const struct batch_column *column, uint64_t lines_before);
/* Tells these two with their rows, read again from the input where it can be. */
enum kurs_status account_tell_late(struct account *account, struct input *input, struct kurs_error *error);
/* At last: the footer and the warnings. */
void account_finish(struct account *account);

void account_note(const struct account *account, enum kurs_note note, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Cells so far; duplicates are not among the rejected. */
uint64_t account_blank(const struct account *account);
uint64_t account_rejected(const struct account *account);
uint64_t account_identical(const struct account *account);
/* The first reject as "line 17: 'x' is no number", "" if there was none. */
const char *account_first_reject(const struct account *account);

#endif
