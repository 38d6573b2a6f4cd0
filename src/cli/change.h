/* change.h: the parts of `kurs change`, which has three shapes (range, windows, periods) and two dresses (--compare,
 * --explain). */
#ifndef KURS_CLI_CHANGE_H
#define KURS_CLI_CHANGE_H

#include "cli/ask.h"
#include "output/answers.h"

#define WINDOWS_MAX 32 /* more than a reader compares */

/* What is asked of every pair. */
struct change_question {
    enum change_shape shape;
    enum kurs_convention convention;
    char windows[WINDOWS_MAX][KURS_WINDOW_SIZE];
    size_t window_count;
    struct kurs_span period;
    int decimals;
};

enum kurs_status change_read_question(struct cli *cli, struct change_question *question);
/* The change of one route over its range, or over one window. */
enum kurs_status change_measure(struct cli *cli, const struct change_question *question, const struct kurs_route *route,
                                size_t window, struct kurs_change *change);
/* A row of the answer: the change with what --max-age and staleness do to it. */
struct change_row change_row_of(const struct cli *cli, const struct change_question *question,
                                const struct kurs_route *route, const char *part, const struct kurs_change *change);

enum kurs_status change_compare(struct cli *cli, const struct change_question *question);
/* One change in words. */
enum kurs_status change_explain(struct cli *cli, const struct change_question *question, const struct kurs_route *route,
                                const char *part, const struct kurs_change *change);

#endif
