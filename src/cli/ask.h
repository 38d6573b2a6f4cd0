/* ask.h: what a question is about: pairs, ranges, periods, from arguments and options to the library's values. Every
 * command that takes these reads them here, which is what makes them mean the same everywhere. */
#ifndef KURS_CLI_ASK_H
#define KURS_CLI_ASK_H

#include "cli/cli.h"

#define ASK_STALE_DAYS 7 /* a start observed earlier than this before it was asked for is flagged in tables */

/* The routes of the arguments in their order; without any, every series by name. *routes is owned by the caller (free),
 * set only on KURS_OK, *count >= 1. KURS_ENODATA for an empty store. */
enum kurs_status ask_routes(struct cli *cli, struct kurs_route **routes, size_t *count);

/* answer(cli, route, context) for each of these routes; the first failure ends it. KURS_ENODATA
 * where no answer had data, which they tell by cli->answered. */
enum kurs_status ask_each_route(struct cli *cli, void *context,
                                enum kurs_status (*answer)(struct cli *cli, const struct kurs_route *route,
                                                           void *context));

/* The text of `option` as a time: the unit it names, [*from_us, *until_us). Untouched when the option is not given.
 * Dates of daily series belong to no zone, so --tz counts only for instants. */
enum kurs_status ask_time(struct cli *cli, enum option option, enum kurs_kind kind, int64_t *from_us,
                          int64_t *until_us);

/* The instant --at asks for: a time of day as it stands, the last of a day, month or year; `otherwise` without it. */
enum kurs_status ask_at(struct cli *cli, enum kurs_kind kind, int64_t otherwise_us, int64_t *at_us);

struct ask_range {
    int64_t from_us, until_us; /* KURS_TIME_MIN and KURS_TIME_MAX + 1 where open */
    bool has_from;             /* a start was asked for, by --from or --last */
};
/* --from, --to, --last for one route (--last counts back from --to, or from the route's newest point, so that it means
 * the same for a history that ended). KURS_EARGUMENT for --from with --last, or an end before the start. */
enum kurs_status ask_range(struct cli *cli, const struct kurs_route *route, struct ask_range *range);
bool ask_has_range(const struct cli *cli);

/* The error for a range whose --to (or now, for commands whose ranges end there) comes before its --from. Returns KURS_EARGUMENT. */
enum kurs_status ask_backwards(struct cli *cli);

/* Nothing known of a route at `at_us` (or only what --max-age rules out): said now, with exit status 1, if the pair was
 * named; of all pairs some may well begin later. */
void ask_report_missing(struct cli *cli, const struct kurs_route *route, int64_t at_us, bool too_old);

/* `status`; where that is KURS_OK but no pair had anything to answer with (cli->answered), KURS_ENODATA. */
enum kurs_status ask_answered(struct cli *cli, enum kurs_status status);

/* The text of `option` (or `otherwise`) as a calendar period. */
enum kurs_status ask_period(struct cli *cli, enum option option, const char *otherwise, struct kurs_span *period);
/* The name of the period of a route that starts at `from_us`. In a daily series hours and minutes have no meaning: what
 * falls into one is a date and is named so. */
void ask_period_name(const struct cli *cli, const struct kurs_route *route, struct kurs_span period, int64_t from_us,
                     char text[KURS_TIME_SIZE]);

/* --windows, or the usual ones: names cut at commas. More than `windows_max`, empty and over-long ones are refused;
 * what the names mean is the library's to say. */
enum kurs_status ask_windows(struct cli *cli, char windows[][KURS_WINDOW_SIZE], size_t windows_max, size_t *count);

/* Whether --max-age rules out what was observed then. Daily times compare as dates. */
bool ask_too_old(const struct cli *cli, enum kurs_kind kind, int64_t asked_us, int64_t observed_us);

/* --on-conflict, or replace. */
enum kurs_status ask_conflict(struct cli *cli, enum kurs_conflict *on_conflict);

/* What is explained is text to read: KURS_EARGUMENT for --explain with a --format. */
enum kurs_status ask_explain(struct cli *cli);

/* --decimals, or `otherwise`. */
int ask_decimals(const struct cli *cli, int otherwise);
/* "cannot use --FIRST with --SECOND: WHY" where both are given, else KURS_OK. */
enum kurs_status ask_apart(struct cli *cli, enum option first, enum option second, const char *why);
/* "cannot use --OPTION 'TEXT': it must be WANTED". */
enum kurs_status ask_bad_value(struct cli *cli, enum option option, const char *wanted);
/* A whole number 0..max. */
bool ask_whole(const char *text, unsigned max, unsigned *number);

#endif
