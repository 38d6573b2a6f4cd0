/* summarize.c: what a range of a route adds up to. A stored series answers from the summary tree, whatever its length;
 * derived rates are read through, since a mean of inverses is not the inverse of a mean. */
#include "query/fold.h"
#include "store/scan.h"

static enum kurs_status fold_scan(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                                  int64_t until_us, struct summary *summary, struct kurs_error *error)
{
    struct kurs_cursor *cursor;
    enum kurs_status status = kurs_cursor_open(snapshot, route, from_us, until_us, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_batch batch;
    while ((status = kurs_cursor_next(cursor, &batch, error)) == KURS_OK) {
        summary_add_columns(summary, &batch, 0, batch.count);
    }
    kurs_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

enum kurs_status kurs_summarize(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                                int64_t until_us, struct kurs_summary *summary, struct kurs_error *error)
{
    struct summary folded = {.count = 0};
    enum kurs_status status = route->rule == KURS_DIRECT
                                  ? scan_fold(snapshot, route->leg[0], from_us, until_us, &folded, error)
                                  : fold_scan(snapshot, route, from_us, until_us, &folded, error);
    if (status == KURS_OK) {
        *summary = fold_public(&folded);
    }
    return status;
}
