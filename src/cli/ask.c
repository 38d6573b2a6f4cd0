/* ask.c: arguments and options to the library's values. Knows what options mean, never what a command does with them.
 */
#include "cli/ask.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define WINDOWS_USUAL "1d,1w,1m,3m,6m,ytd,1y"
#define ROUTES_MAX    100000 /* ten times every pair of the ISO currencies with USD, EUR and 50 sources */

/* One more route at the end of a growing array; NULL (and *routes still owned) when memory ends. */
static struct kurs_route *append_route(struct kurs_route **routes, size_t *count, size_t *room)
{
    if (*count == *room) {
        size_t wanted = *room == 0 ? 16 : *room * 2;
        struct kurs_route *bigger = wanted > ROUTES_MAX * 2 ? NULL : realloc(*routes, wanted * sizeof **routes);
        if (bigger == NULL) {
            return NULL;
        }
        *routes = bigger;
        *room = wanted;
    }
    return &(*routes)[(*count)++];
}

static enum kurs_status add_route(struct cli *cli, const char *name, struct kurs_route **routes, size_t *count,
                                  size_t *room)
{
    struct kurs_route *route = append_route(routes, count, room);
    if (route == NULL) {
        return cli_what(cli, KURS_ENOMEM, "cannot list the pairs");
    }
    return kurs_route_find(cli->snapshot, name, option_text(&cli->options, OPT_VIA), route, &cli->error);
}

static enum kurs_status every_route(struct cli *cli, struct kurs_route **routes, size_t *count, size_t *room)
{
    struct kurs_series series = {.name = ""};
    for (;;) {
        char after[KURS_NAME_SIZE];
        memcpy(after, series.name, sizeof after);
        enum kurs_status status = kurs_series_next(cli->snapshot, after, &series, &cli->error);
        if (status == KURS_END) {
            return KURS_OK;
        }
        if (status == KURS_OK) {
            status = add_route(cli, series.name, routes, count, room);
        }
        if (status != KURS_OK) {
            return status;
        }
    }
}

enum kurs_status ask_routes(struct cli *cli, struct kurs_route **routes, size_t *count)
{
    struct kurs_route *found = NULL;
    size_t found_count = 0, room = 0;
    enum kurs_status status = KURS_OK;
    if (cli->argument_count == 0) {
        status = every_route(cli, &found, &found_count, &room);
    }
    for (size_t i = 0; status == KURS_OK && i < cli->argument_count; i++) {
        status = add_route(cli, cli->arguments[i], &found, &found_count, &room);
    }
    if (status == KURS_OK && found_count == 0) {
        cli_what(cli, KURS_ENODATA, "cannot answer from '%s'", cli->store_path);
        bool known = option_given(&cli->options, OPT_AS_KNOWN);
        cli_why(cli, KURS_ENODATA, known ? "it held no series then" : "it holds no series");
        status = cli_hint(cli, KURS_ENODATA,
                          known ? "'kurs imports' lists when it was written" : "start one with: kurs import FILE");
    }
    if (status != KURS_OK) {
        free(found);
        return status;
    }
    *routes = found;
    *count = found_count;
    return KURS_OK;
}

enum kurs_status ask_each_route(struct cli *cli, void *context,
                                enum kurs_status (*answer)(struct cli *cli, const struct kurs_route *route,
                                                           void *context))
{
    struct kurs_route *routes;
    size_t count;
    enum kurs_status status = ask_routes(cli, &routes, &count);
    if (status != KURS_OK) {
        return status;
    }
    for (size_t i = 0; status == KURS_OK && i < count; i++) {
        status = answer(cli, &routes[i], context);
    }
    free(routes);
    return ask_answered(cli, status);
}

enum kurs_status ask_time(struct cli *cli, enum option option, enum kurs_kind kind, int64_t *from_us, int64_t *until_us)
{
    const char *text = option_text(&cli->options, option);
    if (text == NULL) {
        return KURS_OK;
    }
    const struct kurs_zone *zone = kind == KURS_DAILY ? NULL : cli->zone;
    enum kurs_status status = kurs_time_parse(text, cli->now_us, zone, from_us, until_us, &cli->error);
    if (status != KURS_OK) { /* why and hint are the library's; it cannot know which option it was */
        snprintf(cli->error.what, sizeof cli->error.what, "cannot use --%s '%s'", OPTIONS[option].name, text);
    }
    return status;
}

enum kurs_status ask_at(struct cli *cli, enum kurs_kind kind, int64_t otherwise_us, int64_t *at_us)
{
    int64_t from_us = otherwise_us, until_us = otherwise_us + 1;
    enum kurs_status status = ask_time(cli, OPT_AT, kind, &from_us, &until_us);
    if (status == KURS_OK) {
        *at_us = until_us - from_us <= KURS_MINUTE_US ? from_us : until_us - 1;
    }
    return status;
}

bool ask_has_range(const struct cli *cli)
{
    return option_given(&cli->options, OPT_FROM) || option_given(&cli->options, OPT_TO) ||
           option_given(&cli->options, OPT_LAST);
}

/* The time of a point at that instant: in a daily series the start of its date. */
static int64_t point_time_us(enum kurs_kind kind, int64_t time_us)
{
    int64_t of_day_us = (time_us % KURS_DAY_US + KURS_DAY_US) % KURS_DAY_US;
    return kind == KURS_DAILY ? time_us - of_day_us : time_us;
}

/* --last back from `until_us`, or from the newest point when that is open. */
static enum kurs_status start_of_last(struct cli *cli, const struct kurs_route *route, struct ask_range *range)
{
    struct kurs_span span;
    if (kurs_span_parse(option_text(&cli->options, OPT_LAST), false, &span) != KURS_OK) {
        return ask_bad_value(cli, OPT_LAST, "a span such as 30d, 6w, 3m or 1y");
    }
    int64_t end_us = point_time_us(route->kind, range->until_us - 1);
    if (range->until_us > KURS_TIME_MAX) {
        struct kurs_asof newest;
        enum kurs_status status = kurs_asof(cli->snapshot, route, KURS_TIME_MAX, &newest, &cli->error);
        if (status == KURS_END) {
            return KURS_OK; /* nothing known: the open range says the same */
        }
        if (status != KURS_OK) {
            return status;
        }
        end_us = newest.observed_us;
    }
    range->from_us = kurs_time_add(end_us, span, -1, route->kind == KURS_DAILY ? NULL : cli->zone);
    range->has_from = true;
    return KURS_OK;
}

enum kurs_status ask_range(struct cli *cli, const struct kurs_route *route, struct ask_range *range)
{
    struct ask_range asked = {.from_us = KURS_TIME_MIN, .until_us = KURS_TIME_MAX + 1};
    asked.has_from = option_given(&cli->options, OPT_FROM);
    if (asked.has_from && option_given(&cli->options, OPT_LAST)) {
        cli_what(cli, KURS_EARGUMENT, "cannot use --from with --last");
        return cli_why(cli, KURS_EARGUMENT, "both name the start");
    }
    enum kurs_status status = ask_time(cli, OPT_FROM, route->kind, &asked.from_us, NULL);
    if (status == KURS_OK) {
        status = ask_time(cli, OPT_TO, route->kind, NULL, &asked.until_us);
    }
    if (status == KURS_OK && option_given(&cli->options, OPT_LAST)) {
        status = start_of_last(cli, route, &asked);
    }
    if (status != KURS_OK) {
        return status;
    }
    if (asked.from_us >= asked.until_us) {
        return ask_backwards(cli);
    }
    *range = asked;
    return KURS_OK;
}

enum kurs_status ask_backwards(struct cli *cli)
{
    const char *from = option_text(&cli->options, OPT_FROM), *to = option_text(&cli->options, OPT_TO);
    if (to == NULL) {
        cli_what(cli, KURS_EARGUMENT, "cannot use --from '%s'", from);
        return cli_why(cli, KURS_EARGUMENT, "it is later than the end, which is now");
    }
    cli_what(cli, KURS_EARGUMENT, "cannot use --from '%s' with --to '%s'", from, to);
    return cli_why(cli, KURS_EARGUMENT, "the range ends before it starts");
}

void ask_report_missing(struct cli *cli, const struct kurs_route *route, int64_t at_us, bool too_old)
{
    if (cli->argument_count == 0) {
        return;
    }
    char time[KURS_TIME_SIZE];
    cli->answered = true;
    kurs_time_format(at_us, route->kind, time);
    cli_what(cli, KURS_ENODATA, "no rate of '%s' at %s", route->name, time);
    if (too_old) {
        cli_why(cli, KURS_ENODATA, "the newest one is older than --max-age allows");
    } else {
        cli_why(cli, KURS_ENODATA, "the series starts later");
        cli_hint(cli, KURS_ENODATA, "'kurs pairs' shows when each series starts");
    }
    cli_report(cli);
}

enum kurs_status ask_answered(struct cli *cli, enum kurs_status status)
{
    if (status != KURS_OK || cli->answered) {
        return status;
    }
    cli_what(cli, KURS_ENODATA, "cannot answer from '%s'", cli->store_path);
    if (cli->argument_count == 1) {
        cli_why(cli, KURS_ENODATA, "'%s' has no point in the range", cli->arguments[0]);
    } else {
        cli_why(cli, KURS_ENODATA, "no pair has a point in the range");
    }
    return cli_hint(cli, KURS_ENODATA, "'kurs pairs' shows when each series starts and ends");
}

enum kurs_status ask_period(struct cli *cli, enum option option, const char *otherwise, struct kurs_span *period)
{
    const char *text = option_text(&cli->options, option);
    if (kurs_span_parse(text != NULL ? text : otherwise, true, period) != KURS_OK) {
        return ask_bad_value(cli, option, "day, week, month, quarter or year, 1h to 24h, or minutes 1m to 90m");
    }
    return KURS_OK;
}

void ask_period_name(const struct cli *cli, const struct kurs_route *route, struct kurs_span period, int64_t from_us,
                     char text[KURS_TIME_SIZE])
{
    if (route->kind == KURS_DAILY && (period.unit == KURS_MINUTE || period.unit == KURS_HOUR)) {
        period = (struct kurs_span) {1, KURS_DAY};
    }
    kurs_period_format(from_us, period, route->kind == KURS_DAILY ? NULL : cli->zone, text);
}

enum kurs_status ask_windows(struct cli *cli, char windows[][KURS_WINDOW_SIZE], size_t windows_max, size_t *count)
{
    const char *list = option_text(&cli->options, OPT_WINDOWS);
    list = list != NULL ? list : WINDOWS_USUAL;
    size_t found = 0;
    for (;;) {
        size_t length = strcspn(list, ",");
        if (length == 0 || length >= KURS_WINDOW_SIZE) {
            return ask_bad_value(cli, OPT_WINDOWS, "names such as 1d,1w,1m,3m,6m,ytd,1y,max with commas between");
        }
        if (found == windows_max) {
            cli_what(cli, KURS_EARGUMENT, "cannot use --windows '%s'", option_text(&cli->options, OPT_WINDOWS));
            return cli_why(cli, KURS_EARGUMENT, "at most %zu at a time", windows_max);
        }
        char *window = windows[found++];
        memcpy(window, list, length);
        window[length] = '\0';
        if (list[length] == '\0') {
            *count = found;
            return KURS_OK;
        }
        list += length + 1;
    }
}

bool ask_too_old(const struct cli *cli, enum kurs_kind kind, int64_t asked_us, int64_t observed_us)
{
    if (!cli->has_max_age) {
        return false;
    }
    return observed_us < kurs_time_add(point_time_us(kind, asked_us), cli->max_age, -1, NULL);
}

enum kurs_status ask_conflict(struct cli *cli, enum kurs_conflict *on_conflict)
{
    static const struct {
        const char *name;
        enum kurs_conflict value;
    } RULES[] = {{"replace", KURS_REPLACE}, {"keep", KURS_KEEP}, {"fail", KURS_FAIL}};
    const char *text = option_text(&cli->options, OPT_ON_CONFLICT);
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++) {
        if (strcmp(text != NULL ? text : "replace", RULES[i].name) == 0) {
            *on_conflict = RULES[i].value;
            return KURS_OK;
        }
    }
    return ask_bad_value(cli, OPT_ON_CONFLICT, "replace, keep or fail");
}

enum kurs_status ask_explain(struct cli *cli)
{
    return ask_apart(cli, OPT_EXPLAIN, OPT_FORMAT, "the arithmetic is text to read");
}

int ask_decimals(const struct cli *cli, int otherwise)
{
    return cli->decimals >= 0 ? cli->decimals : otherwise;
}

enum kurs_status ask_apart(struct cli *cli, enum option first, enum option second, const char *why)
{
    if (!option_given(&cli->options, first) || !option_given(&cli->options, second)) {
        return KURS_OK;
    }
    cli_what(cli, KURS_EARGUMENT, "cannot use --%s with --%s", OPTIONS[first].name, OPTIONS[second].name);
    return cli_why(cli, KURS_EARGUMENT, "%s", why);
}

enum kurs_status ask_bad_value(struct cli *cli, enum option option, const char *wanted)
{
    cli_what(cli, KURS_EARGUMENT, "cannot use --%s '%s'", OPTIONS[option].name, option_text(&cli->options, option));
    return cli_why(cli, KURS_EARGUMENT, "it must be %s", wanted);
}

bool ask_whole(const char *text, unsigned max, unsigned *number)
{
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || value > max) {
        return false;
    }
    *number = (unsigned)value;
    return true;
}
