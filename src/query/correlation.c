/* correlation.c: how two rates move together. Both are reduced to daily closes, the dates only one of them has are
 * left out, and returns run from one common date to the next, so that the two returns of a pair always cover the same
 * span. Pairing each series' own returns by date was dropped: after a gap they would cover different spans. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "query/closes.h"
#include "query/derive.h"

#define CORRELATION_POINTS      1024 /* converted to doubles at a time */
#define CORRELATION_RETURNS_MIN 3

static enum kurs_status read_closes(struct closes *closes, struct kurs_snapshot *snapshot,
                                    const struct kurs_route *route, int64_t from_us, int64_t until_us,
                                    struct kurs_error *error)
{
    struct kurs_cursor *cursor;
    enum kurs_status status = kurs_cursor_open(snapshot, route, from_us, until_us, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_batch batch;
    while (status == KURS_OK && (status = kurs_cursor_next(cursor, &batch, error)) == KURS_OK) {
        for (size_t i = 0; i < batch.count && status == KURS_OK; i += CORRELATION_POINTS) {
            double rate[CORRELATION_POINTS];
            size_t count = batch.count - i < CORRELATION_POINTS ? batch.count - i : CORRELATION_POINTS;
            closes_doubles(&batch, i, count, rate);
            status = closes_add(closes, batch.time_us + i, rate, count);
        }
    }
    kurs_cursor_close(cursor);
    if (status == KURS_ENOMEM) {
        return error_what(error, status, "cannot gather the closes of '%s'", route->name);
    }
    return status == KURS_END ? KURS_OK : status;
}

/* Running means and co-moments of pairs of returns (Welford). */
struct moments {
    uint64_t count;
    double mean_a, mean_b, aa, bb, ab;
};

static void moments_add(struct moments *moments, double a, double b)
{
    moments->count++;
    double distance_a = a - moments->mean_a;
    double distance_b = b - moments->mean_b;
    moments->mean_a += distance_a / (double)moments->count;
    moments->mean_b += distance_b / (double)moments->count;
    moments->aa += distance_a * (a - moments->mean_a);
    moments->bb += distance_b * (b - moments->mean_b);
    moments->ab += distance_a * (b - moments->mean_b);
}

static struct moments common_returns(const struct closes *a, const struct closes *b)
{
    struct moments moments = {.count = 0};
    const struct close *before_a = NULL;
    const struct close *before_b = NULL;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        const struct close *now_a = &a->items[i];
        const struct close *now_b = &b->items[j];
        i += now_a->date <= now_b->date;
        j += now_b->date <= now_a->date;
        if (now_a->date == now_b->date) {
            if (before_a != NULL) {
                moments_add(&moments, log(now_a->rate / before_a->rate), log(now_b->rate / before_b->rate));
            }
            before_a = now_a;
            before_b = now_b;
        }
    }
    return moments;
}

enum kurs_status kurs_correlation(struct kurs_snapshot *snapshot, const struct kurs_route *a,
                                  const struct kurs_route *b, int64_t from_us, int64_t until_us,
                                  const struct kurs_zone *zone, double *correlation, uint64_t *returns,
                                  struct kurs_error *error)
{
    struct closes closes_a = {.zone = derive_zone(a, zone)};
    struct closes closes_b = {.zone = derive_zone(b, zone)};
    enum kurs_status status = read_closes(&closes_a, snapshot, a, from_us, until_us, error);
    if (status == KURS_OK) {
        status = read_closes(&closes_b, snapshot, b, from_us, until_us, error);
    }
    if (status == KURS_OK) {
        struct moments moments = common_returns(&closes_a, &closes_b);
        bool enough = moments.count >= CORRELATION_RETURNS_MIN && moments.aa > 0 && moments.bb > 0;
        *correlation = enough ? moments.ab / sqrt(moments.aa * moments.bb) : NAN;
        *returns = moments.count;
    }
    closes_release(&closes_a);
    closes_release(&closes_b);
    return status;
}
