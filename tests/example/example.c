/* example.c: libkurs from a C program, start to end: open a store, add and import rates, ask what the rate was and how
 * much it changed, and draw bars. Uses nothing but kurs.h.
 *
 *     cc example.c $(pkg-config --cflags --libs kurs) -o example && ./example rates.kurs [FILE.csv]
 */
#include <kurs.h>
#include <string.h>

/* The one place that reports failures: what failed, why, and what to do next. */
static int fail(const struct kurs_error *error)
{
    fprintf(stderr, "example: %s: %s\n", error->what, error->why);
    if (error->hint[0] != '\0') {
        fprintf(stderr, "example: %s\n", error->hint);
    }
    return kurs_status_exit(error->status);
}

/* Five days of som and tenge, as a central bank would publish them. */
static enum kurs_status add_rates(struct kurs_store *store, int64_t now_us, struct kurs_error *error)
{
    static const struct {
        const char *pair, *date, *rate;
    } rates[] = {
        {"KGS/USD", "2025-12-08", "0.01143"}, {"KZT/USD", "2025-12-08", "0.00193"},
        {"KGS/USD", "2025-12-09", "0.01140"}, {"KZT/USD", "2025-12-09", "0.00191"},
        {"KGS/USD", "2025-12-10", "0.01142"}, {"KGS/USD", "2025-12-12", "0.01144"},
        {"KZT/USD", "2025-12-12", "0.00192"},
    };
    enum kurs_status status = KURS_OK;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0] && status == KURS_OK; i++) {
        struct kurs_name name;
        struct kurs_point point;
        status = kurs_name_parse(rates[i].pair, &name, error);
        if (status == KURS_OK) { /* dates of a daily series: their midnight in UTC, so no zone */
            status = kurs_time_parse(rates[i].date, now_us, NULL, &point.time_us, NULL, error);
        }
        if (status == KURS_OK) { /* decimals are exact: 0.01140 keeps its last zero */
            status = kurs_decimal_parse(rates[i].rate, strlen(rates[i].rate), &point.rate);
        }
        if (status == KURS_OK) { /* durable when it returns; the same point again changes nothing */
            status = kurs_point_add(store, &name, KURS_DAILY, point, KURS_REPLACE, now_us, NULL, error);
        }
    }
    return status;
}

/* The rate in force, and what it is made of. */
static enum kurs_status print_rate(struct kurs_snapshot *snapshot, const char *name, int64_t at_us,
                                   struct kurs_error *error)
{
    struct kurs_route route; /* which stored series answer: itself, its inverse, or two through a common currency */
    struct kurs_asof asof;
    enum kurs_status status = kurs_route_find(snapshot, name, NULL, &route, error);
    if (status == KURS_OK) {
        status = kurs_asof(snapshot, &route, at_us, &asof, error);
    }
    if (status == KURS_OK) {
        char rate[KURS_DECIMAL_SIZE];
        char observed[KURS_TIME_SIZE];
        char rule[KURS_NAME_SIZE];
        kurs_decimal_format(asof.rate, rate);
        kurs_time_format(asof.observed_us, route.kind, observed);
        printf("%s = %s, observed %s (%s)\n", route.name, rate, observed, kurs_asof_rule(&route, &asof, rule));
    } else if (status == KURS_END) {
        printf("%s has no rate that early\n", name);
        status = KURS_OK;
    }
    return status;
}

/* How much it changed over a window that ends at the newest point. */
static enum kurs_status print_change(struct kurs_snapshot *snapshot, const char *name, const char *window,
                                     struct kurs_error *error)
{
    struct kurs_route route;
    struct kurs_change change;
    enum kurs_status status = kurs_route_find(snapshot, name, NULL, &route, error);
    if (status == KURS_OK) {
        status = kurs_change_window(snapshot, &route, window, KURS_TIME_MAX, KURS_CALENDAR, NULL, &change, error);
    }
    if (status == KURS_OK && change.known) { /* false: the series begins later, and nothing is made up */
        char percent[KURS_PERCENT_SIZE];
        char from[KURS_TIME_SIZE];
        char to[KURS_TIME_SIZE];
        kurs_percent_format(&change.ratio, 2, percent); /* exact, rounded once, here */
        kurs_time_format(change.start.time_us, route.kind, from);
        kurs_time_format(change.end.time_us, route.kind, to);
        printf("%s %s: %s%% (%s to %s)\n", route.name, window, percent, from, to);
    }
    return status;
}

/* Open, high, low and close of each week that has points. */
static enum kurs_status print_weeks(struct kurs_snapshot *snapshot, const char *name, struct kurs_error *error)
{
    struct kurs_span week = {1, KURS_WEEK};
    struct kurs_route route;
    struct kurs_bars *bars;
    enum kurs_status status = kurs_route_find(snapshot, name, NULL, &route, error);
    if (status == KURS_OK) {
        status = kurs_bars_open(snapshot, &route, week, NULL, KURS_TIME_MIN, KURS_TIME_MAX, &bars, error);
    }
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_bar bar;
    while ((status = kurs_bars_next(bars, &bar, error)) == KURS_OK) {
        const struct kurs_decimal rates[] = {bar.summary.first.rate, bar.summary.high.rate, bar.summary.low.rate,
                                             bar.summary.last.rate};
        char period[KURS_TIME_SIZE];
        kurs_period_format(bar.period_from_us, week, NULL, period);
        printf("%s %s:", route.name, period);
        for (int i = 0; i < 4; i++) {
            char rate[KURS_DECIMAL_SIZE];
            kurs_decimal_format(rates[i], rate);
            printf(" %s", rate);
        }
        printf("\n");
    }
    kurs_bars_close(bars);
    return status == KURS_END ? KURS_OK : status;
}

static enum kurs_status run(const char *path, const char *csv, struct kurs_error *error)
{
    const int64_t now_us = INT64_C(1765540800) * KURS_SECOND_US; /* the library never reads the clock: you say */
    struct kurs_store *store;
    struct kurs_snapshot *snapshot = NULL;
    enum kurs_status status = kurs_store_open(path, KURS_OPEN_CREATE, now_us, &store, error);
    if (status != KURS_OK) {
        return status;
    }
    status = add_rates(store, now_us, error);
    if (status == KURS_OK && csv != NULL) {
        struct kurs_import_options options = {.skip_lines = -1, .now_us = now_us, .at_us = INT64_MIN};
        struct kurs_counts counts;
        status = kurs_import(store, csv, -1, csv, &options, &counts, error);
        if (status == KURS_OK) {
            printf("%s: %llu rates are new\n", csv, (unsigned long long)counts.added);
        }
    }
    if (status == KURS_OK) { /* everything below is read from one moment's state of the store */
        status = kurs_snapshot_open(store, KURS_KNOWN_LATEST, &snapshot, error);
    }
    if (status == KURS_OK) {
        status = print_rate(snapshot, "KGS/USD", now_us, error);
    }
    if (status == KURS_OK) {
        status = print_rate(snapshot, "USD/KGS", now_us, error); /* not stored: the inverse */
    }
    if (status == KURS_OK) {
        status = print_rate(snapshot, "KGS/KZT", now_us, error); /* not stored: through USD */
    }
    if (status == KURS_OK) {
        status = print_change(snapshot, "KGS/USD", "3d", error);
    }
    if (status == KURS_OK) {
        status = print_weeks(snapshot, "KGS/USD", error);
    }
    kurs_snapshot_close(snapshot);
    kurs_store_close(store);
    return status;
}

int main(int argc, char **argv)
{
    struct kurs_error error;
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: example STORE.kurs [FILE.csv]\n");
        return 2;
    }
    return run(argv[1], argc == 3 ? argv[2] : NULL, &error) == KURS_OK ? 0 : fail(&error);
}
