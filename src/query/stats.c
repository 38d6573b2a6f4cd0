/* stats.c: the statistics of a range. The points stream by once, and everything that needs each of them (drawdown,
 * time-weighted mean, closes) is gathered on the way; the exact part comes from the summary tree when the route is
 * direct. Sampled volatility and drawdown were dropped: they would not be the numbers anyone can check. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "query/closes.h"
#include "query/derive.h"
#include "query/fold.h"

#define STATS_POINTS 1024 /* converted to doubles at a time */
#define TRADING_DAYS 252.0
#define DAYS_IN_YEAR 365.25
#define PERCENT      100.0
#define RETURNS_MIN  2 /* for a sample standard deviation */

/* What has been seen of the path so far. */
struct path {
    bool started;
    double peak, trough; /* the running peak and the lowest rate since */
    int64_t peak_us;
    double drawdown; /* lowest trough/peak - 1 */
    int64_t drawdown_from_us, drawdown_to_us;
    double weighted; /* sum of rate * microseconds it was the newest */
    double last;
    int64_t first_us, last_us;
};

static void path_start(struct path *path, int64_t time_us, double rate)
{
    *path = (struct path) {
        .started = true,
        .peak = rate,
        .trough = rate,
        .peak_us = time_us,
        .drawdown_from_us = time_us,
        .drawdown_to_us = time_us,
        .last = rate,
        .first_us = time_us,
        .last_us = time_us,
    };
}

static void path_add(struct path *path, const int64_t *time_us, const double *rate, size_t count)
{
    double weighted = 0; /* summed apart: small sums lose less */
    for (size_t i = 0; i < count; i++) {
        weighted += path->last * (double)(time_us[i] - path->last_us);
        path->last = rate[i];
        path->last_us = time_us[i];
        if (rate[i] > path->peak) {
            path->peak = rate[i];
            path->trough = rate[i];
            path->peak_us = time_us[i];
        } else if (rate[i] < path->trough) {
            path->trough = rate[i];
            double fall = rate[i] / path->peak - 1;
            if (fall < path->drawdown) {
                path->drawdown = fall;
                path->drawdown_from_us = path->peak_us;
                path->drawdown_to_us = time_us[i];
            }
        }
    }
    path->weighted += weighted;
}

/* sqrt(252) * sample standard deviation of log returns, and the best and worst of the returns. */
static void add_returns(const struct closes *closes, struct kurs_stats *stats)
{
    double mean = 0; /* of the log returns so far; squares: of their distances to it (Welford 1962) */
    double squares = 0;
    for (size_t i = 1; i < closes->count; i++) {
        double growth = closes->items[i].rate / closes->items[i - 1].rate;
        double percent = (growth - 1) * PERCENT;
        double distance = log(growth) - mean;
        mean += distance / (double)i;
        squares += distance * (log(growth) - mean);
        if (i == 1 || percent > stats->best_day) {
            stats->best_day = percent;
            stats->best_day_us = closes->items[i].time_us;
        }
        if (i == 1 || percent < stats->worst_day) {
            stats->worst_day = percent;
            stats->worst_day_us = closes->items[i].time_us;
        }
    }
    size_t returns = closes->count > 0 ? closes->count - 1 : 0;
    if (returns >= RETURNS_MIN) {
        double variance = squares / (double)(returns - 1);
        stats->volatility = sqrt(TRADING_DAYS * variance) * PERCENT;
    }
}

static void add_path(const struct path *path, struct kurs_stats *stats)
{
    double days = (double)(path->last_us - path->first_us) / (double)KURS_DAY_US;
    stats->time_weighted_mean = path->last;
    if (days > 0) {
        stats->time_weighted_mean = path->weighted / (double)(path->last_us - path->first_us);
        double growth = kurs_percent_double(&stats->ratio) / PERCENT + 1;
        double yearly = (pow(growth, DAYS_IN_YEAR / days) - 1) * PERCENT;
        stats->cagr = isfinite(yearly) ? yearly : NAN; /* a minute's ticks compounded over a year overflow */
    }
    stats->drawdown = path->drawdown * PERCENT;
    stats->drawdown_from_us = path->drawdown_from_us;
    stats->drawdown_to_us = path->drawdown_to_us;
}

struct gathering {
    struct path path;
    struct closes closes;
    struct summary summary; /* derived routes only */
};

static enum kurs_status gather(struct gathering *all, struct kurs_snapshot *snapshot, const struct kurs_route *route,
                               int64_t from_us, int64_t until_us, struct kurs_error *error)
{
    struct kurs_cursor *cursor;
    enum kurs_status status = kurs_cursor_open(snapshot, route, from_us, until_us, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_batch batch;
    while (status == KURS_OK && (status = kurs_cursor_next(cursor, &batch, error)) == KURS_OK) {
        if (route->rule != KURS_DIRECT) {
            summary_add_columns(&all->summary, &batch, 0, batch.count);
        }
        for (size_t i = 0; i < batch.count && status == KURS_OK; i += STATS_POINTS) {
            double rate[STATS_POINTS];
            size_t count = batch.count - i < STATS_POINTS ? batch.count - i : STATS_POINTS;
            closes_doubles(&batch, i, count, rate);
            if (!all->path.started) {
                path_start(&all->path, batch.time_us[0], rate[0]);
            }
            path_add(&all->path, batch.time_us + i, rate, count);
            if (closes_add(&all->closes, batch.time_us + i, rate, count) != KURS_OK) {
                status = error_what(error, KURS_ENOMEM, "cannot gather the closes of '%s'", route->name);
            }
        }
    }
    kurs_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

/* last/first from the stored points, so that the percent is exact. */
static enum kurs_status exact_ratio(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                    struct kurs_stats *stats, struct kurs_error *error)
{
    struct kurs_asof first;
    struct kurs_asof last;
    enum kurs_status status = kurs_asof(snapshot, route, stats->summary.first.time_us, &first, error);
    if (status == KURS_OK) {
        status = kurs_asof(snapshot, route, stats->summary.last.time_us, &last, error);
    }
    if (status == KURS_OK) {
        stats->ratio = derive_ratio(route, first.leg, last.leg);
    }
    return status;
}

enum kurs_status kurs_stats(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t from_us,
                            int64_t until_us, const struct kurs_zone *zone, struct kurs_stats *stats,
                            struct kurs_error *error)
{
    struct gathering all;
    memset(&all, 0, sizeof all);
    all.closes.zone = derive_zone(route, zone);
    struct kurs_stats found;
    memset(&found, 0, sizeof found);
    found.time_weighted_mean = found.cagr = found.volatility = found.drawdown = found.best_day = found.worst_day = NAN;

    enum kurs_status status = gather(&all, snapshot, route, from_us, until_us, error);
    if (status == KURS_OK && route->rule == KURS_DIRECT) {
        status = kurs_summarize(snapshot, route, from_us, until_us, &found.summary, error);
    } else if (status == KURS_OK) {
        found.summary = fold_public(&all.summary);
    }
    if (status == KURS_OK && found.summary.count > 0) {
        status = exact_ratio(snapshot, route, &found, error);
    }
    if (status == KURS_OK) {
        if (found.summary.count > 0) {
            add_path(&all.path, &found);
            add_returns(&all.closes, &found);
        }
        *stats = found;
    }
    closes_release(&all.closes);
    return status;
}
