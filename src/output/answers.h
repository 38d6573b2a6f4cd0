/* answers.h: what the columns of each answer are, once for all four forms. The CSV headers are a stable contract
 * (DESIGN section 5); columns are never renamed or moved, new ones go to JSON and tables first.
 *
 * Each answer: open a sheet, push one row a call, sheet_close. A NULL sheet (out of memory) is carried to the close. */
#ifndef KURS_OUTPUT_ANSWERS_H
#define KURS_OUTPUT_ANSWERS_H

#include "kurs.h"
#include "output/sheet.h"

/* kurs pairs */
struct sheet *answer_pairs_open(FILE *out, const struct sheet_style *style);
void answer_pair(struct sheet *sheet, const struct kurs_series *series, const char *spark);

/* kurs get; asof NULL: nothing known, or too old */
struct sheet *answer_asof_open(FILE *out, const struct sheet_style *style);
void answer_asof(struct sheet *sheet, const struct kurs_route *route, int64_t asked_us, const struct kurs_asof *asof,
                 int decimals);

/* kurs change: over one range, over windows, or by periods (each row names its window or period) */
enum change_shape { CHANGE_RANGE, CHANGE_WINDOW, CHANGE_PERIOD };
struct sheet *answer_change_open(FILE *out, const struct sheet_style *style, enum change_shape shape);
/* `part` names the window or period, NULL for a range. `emptied`: the start is too old to be used. A start older than
 * stale_us is flagged in tables (of periods: the close before it). */
struct change_row {
    const struct kurs_route *route;
    const char *part;
    const struct kurs_change *change;
    bool emptied;
    int64_t stale_us;
    int decimals; /* of the percent */
};
void answer_change(struct sheet *sheet, const struct change_row *row);

/* kurs change --compare: two sources of a pair side by side */
struct sheet *answer_compare_open(FILE *out, const struct sheet_style *style);
void answer_compare(struct sheet *sheet, const char *part, const struct change_row rows[2]);

/* kurs ohlc */
struct sheet *answer_bars_open(FILE *out, const struct sheet_style *style);
void answer_bar(struct sheet *sheet, const struct kurs_route *route, const char *period, const struct kurs_bar *bar,
                int decimals);

/* kurs stats */
struct sheet *answer_stats_open(FILE *out, const struct sheet_style *style);
void answer_stats(struct sheet *sheet, const struct kurs_route *route, const struct kurs_stats *stats, int decimals);

/* kurs ticker, in other forms than its lines */
struct sheet *answer_ticker_open(FILE *out, const struct sheet_style *style);

/* kurs imports, revisions, diff */
struct sheet *answer_imports_open(FILE *out, const struct sheet_style *style);
void answer_import(struct sheet *sheet, const struct kurs_import_record *record);
struct sheet *answer_revisions_open(FILE *out, const struct sheet_style *style);
void answer_revision(struct sheet *sheet, const struct kurs_revision *revision, enum kurs_kind kind);
struct sheet *answer_restated_open(FILE *out, const struct sheet_style *style);
void answer_restated(struct sheet *sheet, const struct kurs_restated *restated, enum kurs_kind kind, int decimals);

/* kurs verify */
struct sheet *answer_verify_open(FILE *out, const struct sheet_style *style);
void answer_verify(struct sheet *sheet, const struct kurs_verify_report *report);

#endif
