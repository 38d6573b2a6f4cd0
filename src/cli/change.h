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

/* The question from the options. KURS_EARGUMENT, with the options named, for values that are none and for two that ask
 * for different things; *question is then undefined. */
enum kurs_status change_read_question(struct cli *cli, struct change_question *question);
/* The change of one route over its range, or over window number `window` of the question (not read for ranges; periods
 * are not measured here). KURS_OK also where an end is not known; and what reading returns. */
enum kurs_status change_measure(struct cli *cli, const struct change_question *question, const struct kurs_route *route,
                                size_t window, struct kurs_change *change);
/* A row of the answer: the change with what --max-age and staleness do to it. `part` is the window's or period's name,
 * NULL for a range. The row borrows all three pointers. */
struct change_row change_row_of(const struct cli *cli, const struct change_question *question,
                                const struct kurs_route *route, const char *part, const struct kurs_change *change);

/* Answers the whole command for the two labels of --compare: a row for each pair named and window, or range, written to
 * cli->out. KURS_EARGUMENT for other than two labels, or no pair; KURS_ENODATA as ask_answered; and what reading
 * returns. */
enum kurs_status change_compare(struct cli *cli, const struct change_question *question);
/* One change, as change_measure found it, in words on cli->out: the values that counted, when, and the formula. Fails
 * only as reading does; the runner checks the stream. */
enum kurs_status change_explain(struct cli *cli, const struct change_question *question, const struct kurs_route *route,
                                const char *part, const struct kurs_change *change);

#endif
