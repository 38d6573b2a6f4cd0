/* report_facts.c: owns the words and figures of a report: what is said of each pair, how numbers read, and the notes. */
#include "chart/report.h"
#include "chart/words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#define MINUS     "\xE2\x88\x92"
#define YEAR_US   (350 * KURS_DAY_US) /* a year of working days; shorter ranges have no yearly rate of change */
#define JUMP_FROM 20.0                /* times, between two closes: as imports warn */

static struct report_fact *add_fact(struct report_pair *pair, const char *name)
{
    struct report_fact *fact = &pair->facts[pair->fact_count++];
    *fact = (struct report_fact) {.name = name, .value = "\xE2\x80\x93"};
    return fact;
}

static void add_rate(const struct report *report, struct report_pair *pair, const char *name, struct kurs_point point)
{
    struct report_fact *fact = add_fact(pair, name);
    caption_rate(point.rate, fact->value);
    caption_date(point.time_us, pair->route->kind, report_zone(report, pair), fact->when);
}

/* The largest rise or fall between two closes: of the second, and of the first too where days lie between. `sign` 1 or
 * -1: a smallest fall is no rise. */
static enum kurs_status add_extreme(struct kurs_snapshot *snapshot, const struct report *report,
                                    struct report_pair *pair, const char *name, int sign, double percent,
                                    int64_t close_us, struct kurs_error *error)
{
    const struct kurs_zone *zone = report_zone(report, pair);
    struct report_fact *fact = add_fact(pair, name);
    if (!(percent * sign > 0)) {
        return KURS_OK;
    }
    char day[CAPTION_NUMBER_SIZE], before[CAPTION_NUMBER_SIZE];
    int64_t from_us, until_us;
    struct kurs_asof asof;
    caption_percent(percent, fact->value);
    caption_day(close_us, zone, day);
    snprintf(fact->when, sizeof fact->when, "%s", day);
    kurs_period_of(close_us, (struct kurs_span) {1, KURS_DAY}, zone, &from_us, &until_us);
    enum kurs_status status = kurs_asof(snapshot, pair->route, from_us - 1, &asof, error);
    if (status == KURS_OK && !pair->sparse && from_us - asof.observed_us > REPORT_STALE_US) {
        caption_day(asof.observed_us, zone, before);
        snprintf(fact->when, sizeof fact->when, "%.80s, against %.80s", day, before);
    }
    return status == KURS_END ? KURS_OK : status;
}

static void add_yearly(struct report_pair *pair)
{
    const struct kurs_stats *stats = &pair->stats;
    struct report_fact *fact = add_fact(pair, "Change a year");
    if (stats->summary.last.time_us - stats->summary.first.time_us < YEAR_US) {
        snprintf(fact->when, sizeof fact->when, "under a year");
    } else {
        caption_percent(stats->cagr, fact->value);
    }
    fact = add_fact(pair, "Volatility a year");
    char number[CAPTION_NUMBER_SIZE];
    if (pair->sparse) {
        snprintf(fact->when, sizeof fact->when, "rates over 3 days apart");
    } else if (caption_percent(stats->volatility, number) > 0) {
        snprintf(fact->value, sizeof fact->value, "%s", number + (number[0] == '+'));
    }
}

/* A redenomination looks like a crash; only the reader can tell. */
static void warn_of_jump(const struct report *report, struct report_pair *pair)
{
    const struct kurs_stats *stats = &pair->stats;
    double rise = 1 + stats->best_day / 100, fall = 1 / (1 + stats->worst_day / 100);
    bool up = rise >= JUMP_FROM, down = fall >= JUMP_FROM;
    if (up || down) {
        char date[CAPTION_NUMBER_SIZE], factor[CAPTION_NUMBER_SIZE];
        bool larger = up && (!down || rise > fall);
        caption_day(larger ? stats->best_day_us : stats->worst_day_us, report_zone(report, pair), date);
        caption_number(larger ? rise : fall, 0, factor);
        snprintf(pair->jump, sizeof pair->jump,
                 "On %.80s the rate %s about %.80s-fold. That looks like a redenomination, or an error in the data: "
                 "what is measured across that day is no change in value.",
                 date, larger ? "rises" : "falls", factor);
    }
}

enum kurs_status report_facts(struct kurs_snapshot *snapshot, const struct report *report, struct report_pair *pair,
                              struct kurs_error *error)
{
    const struct kurs_stats *stats = &pair->stats;
    const struct kurs_summary *summary = &stats->summary;
    add_rate(report, pair, "Last", summary->last);
    if (summary->count == 1) {
        return KURS_OK; /* of one point there is nothing more to say */
    }
    caption_percent(kurs_percent_double(&stats->ratio), add_fact(pair, "Change")->value);
    add_rate(report, pair, "High", summary->high);
    add_rate(report, pair, "Low", summary->low);
    caption_rate(summary->mean, add_fact(pair, "Mean")->value);
    add_yearly(pair);
    struct report_fact *fact = add_fact(pair, "Deepest drawdown");
    caption_percent(stats->drawdown, fact->value);
    if (stats->drawdown < 0) {
        caption_day(stats->drawdown_to_us, report_zone(report, pair), fact->when);
    }
    warn_of_jump(report, pair);
    enum kurs_status status =
        add_extreme(snapshot, report, pair, "Largest rise", 1, stats->best_day, stats->best_day_us, error);
    return status == KURS_OK
               ? add_extreme(snapshot, report, pair, "Largest fall", -1, stats->worst_day, stats->worst_day_us, error)
               : status;
}

/* ---- how numbers read ---- */

bool report_stale(const struct kurs_change *change)
{
    return change->known && change->start_age_us > REPORT_STALE_US;
}

/* "+2.25%" of "2.25", "0.00%" of no change, with `star` behind it. */
static void signed_percent(const struct kurs_ratio *ratio, const char *star, char text[CAPTION_NUMBER_SIZE])
{
    char plain[KURS_PERCENT_SIZE];
    text[0] = '\0';
    if (kurs_percent_format(ratio, 2, plain) > 0) {
        bool fall = plain[0] == '-';
        const char *sign = fall ? MINUS : kurs_percent_double(ratio) > 0 ? "+" : "";
        snprintf(text, CAPTION_NUMBER_SIZE, "%s%.80s%%%s", sign, plain + fall, star);
    }
}

void report_window(const struct kurs_change *change, char text[CAPTION_NUMBER_SIZE])
{
    text[0] = '\0';
    if (change->known) {
        signed_percent(&change->ratio, report_stale(change) ? "*" : "", text);
    }
}

void report_window_name(const char *window, char text[CAPTION_NUMBER_SIZE])
{
    static const char *const units[] = {"day", "week", "month", "year"};
    size_t digits = strspn(window, "0123456789");
    const char *unit = digits > 0 && window[digits] != '\0' ? strchr("dwmy", window[digits]) : NULL;
    if (unit != NULL) {
        bool one = digits == 1 && window[0] == '1';
        snprintf(text, CAPTION_NUMBER_SIZE, "%.*s %s%s", (int)digits, window, units[unit - "dwmy"], one ? "" : "s");
    } else {
        snprintf(text, CAPTION_NUMBER_SIZE, "%s", strcmp(window, "ytd") == 0 ? "YTD" : "all");
    }
}

void report_period_percent(const struct report_change *change, char text[CAPTION_NUMBER_SIZE])
{
    text[0] = '\0';
    if (change->known) {
        signed_percent(&change->ratio, "", text);
    }
}

void report_cell(const struct report_change *change, int decimals, char text[CAPTION_NUMBER_SIZE])
{
    const double whole_from = 100;
    char plain[KURS_PERCENT_SIZE];
    text[0] = '\0';
    if (change->known && fabs(change->percent) >= whole_from) {
        caption_number(change->percent, 0, text);
    } else if (change->known && kurs_percent_format(&change->ratio, decimals, plain) > 0) {
        bool fall = plain[0] == '-';
        snprintf(text, CAPTION_NUMBER_SIZE, "%s%.80s", fall ? MINUS : "", plain + fall);
    }
}

int report_decimals(const struct report_pair *pair)
{
    for (size_t i = 0; i < pair->period_count; i++) {
        if (pair->periods[i].change.known && fabs(pair->periods[i].change.percent) >= 1) {
            return 1;
        }
    }
    return 2;
}

/* ---- names ---- */

const char *report_column(const struct report_grid *grid, size_t column)
{
    static const char *const quarters[] = {"Q1", "Q2", "Q3", "Q4"};
    return column == grid->columns ? "Jan\xE2\x80\x93"
                                     "Dec"
           : grid->columns == 12   ? caption_month((int)column + 1)
                                   : quarters[column];
}

void report_heading(const struct report *report, const struct report_pair *pair, char text[CAPTION_NUMBER_SIZE])
{
    char period[CAPTION_NUMBER_SIZE];
    words_period(report->by, period);
    snprintf(text, CAPTION_NUMBER_SIZE, pair->grid.cells != NULL ? "%.40s by %.40s" : "Changes", period, period);
    text[0] = (char)toupper((unsigned char)text[0]);
}

void report_slug(const struct report_pair *pair, char text[KURS_NAME_SIZE])
{
    size_t i = 0;
    for (; pair->route->name[i] != '\0'; i++) {
        char c = pair->route->name[i];
        text[i] = c == '/' ? '-' : (char)tolower((unsigned char)c);
    }
    text[i] = '\0';
}

static void rule_text(const struct kurs_route *route, char text[CAPTION_SIZE])
{
    if (route->rule == KURS_CROSS) {
        snprintf(text, CAPTION_SIZE, "derived via %s from %s and %s", route->pivot, route->leg[0], route->leg[1]);
    } else if (route->rule == KURS_INVERSE) {
        snprintf(text, CAPTION_SIZE, "derived, inverse of %s", route->leg[0]);
    } else {
        snprintf(text, CAPTION_SIZE, "as published");
    }
}

void report_used(const struct report *report, const struct report_pair *pair, struct report_used *used)
{
    const struct kurs_summary *summary = &pair->stats.summary;
    const struct kurs_zone *zone = report_zone(report, pair);
    caption_date(summary->first.time_us, pair->route->kind, zone, used->first);
    caption_date(summary->last.time_us, pair->route->kind, zone, used->last);
    caption_number((double)summary->count, 0, used->points);
    rule_text(pair->route, used->rule);
}

/* ---- notes ---- */

/* What of the page needs a word of explanation. */
struct needs {
    bool derived, many, grids, holes;
};

static struct needs needs_of(const struct report *report)
{
    struct needs needs = {false, false, false, false};
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct report_pair *pair = &report->pairs[i];
        needs.derived = needs.derived || pair->route->rule != KURS_DIRECT;
        needs.many = needs.many || pair->stats.summary.count > 1;
        needs.grids = needs.grids || pair->grid.cells != NULL;
        needs.holes = needs.holes || pair->holes;
    }
    return needs;
}

size_t report_notes(const struct report *report, char notes[REPORT_NOTES][CAPTION_SIZE])
{
    struct needs needs = needs_of(report);
    size_t count = 0;
    char period[CAPTION_NUMBER_SIZE];
    words_period(report->by, period);
    snprintf(notes[count++], CAPTION_SIZE,
             "The table of changes compares the last rate with the newest one known at the start of each window; an "
             "empty cell means that the series begins later. Missing days are left missing.");
    if (needs.many) {
        snprintf(notes[count++], CAPTION_SIZE,
                 "Mean is that of the points. Change a year is compounded. Volatility is the standard deviation of the "
                 "log returns of daily closes, times the square root of 252. Drawdown is the fall below the highest "
                 "rate so far. The largest rise and fall are those from one close to the next.");
    }
    snprintf(notes[count++], CAPTION_SIZE, "Each %.60s is compared with the last rate before it%s.%s", period,
             needs.holes ? "; where the one before has no rate, the cell is empty" : "",
             needs.grids ? " Jan\xE2\x80\x93"
                           "Dec is the year against the last rate before it."
                         : "");
    if (needs.derived) {
        snprintf(notes[count++], CAPTION_SIZE,
                 "Derived rates are computed from those named, both as known at the time, to 10 significant digits.");
    }
    if (report->instants) {
        snprintf(notes[count++], CAPTION_SIZE, "Times of day are in %.60s.",
                 report->request->zone_name != NULL ? report->request->zone_name : "UTC");
    }
    return count;
}
