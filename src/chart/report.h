/* report.h: a page about some pairs: what is covered, a table of changes, a rebased chart, a part for each pair, and
 * where it comes from. Gathered once, written as HTML or as Markdown. */
#ifndef KURS_CHART_REPORT_H
#define KURS_CHART_REPORT_H

#include "chart/chart.h"

#define REPORT_WINDOWS_MAX 12
#define REPORT_SOURCES_MAX 12 /* import files named; more are counted */

struct report_request {
    const struct kurs_route *routes;
    size_t route_count; /* 1 .. CHART_SERIES_MAX */
    int64_t from_us, until_us;
    const struct kurs_zone *zone;
    const char *zone_name;
    const char *title;          /* NULL: written from the data */
    const char *intro;          /* paragraphs parted by blank lines, or NULL */
    const char *source;         /* NULL: the files the data was imported from */
    const char *const *windows; /* names as kurs_change_window takes them */
    size_t window_count;
    struct kurs_span
        by; /* periods of each pair's changes; count 0: days where all rates are within a quarter, else months */
    const char *font;
    bool dark;
};

struct report_picture {
    char *svg;
    size_t length;
    char alt[2 * CAPTION_SIZE];
};

/* A period against the one before it. Not known where there is no rate, where the series begins with it, and where the
 * period before has none: a change over years is none of a month. */
struct report_change {
    bool known;
    struct kurs_ratio ratio;
    double percent; /* of the ratio */
};
struct report_period {
    int64_t from_us;
    char name[KURS_TIME_SIZE];
    struct report_change change;
};
/* Years by months or quarters: `years` rows of `columns` cells and one of the whole year. */
struct report_grid {
    int first_year;
    size_t years, columns;
    struct report_change *cells; /* NULL: the periods are neither */
};

#define REPORT_FACTS 10
struct report_fact {
    const char *name;
    char value[CAPTION_NUMBER_SIZE], when[2 * CAPTION_NUMBER_SIZE]; /* when: a date, or why there is no value; or "" */
};

struct report_pair {
    const struct kurs_route *route;
    struct kurs_stats stats;
    struct kurs_change windows[REPORT_WINDOWS_MAX];
    struct report_period *periods; /* those with a rate, from the first known change to the last */
    size_t period_count;
    struct report_grid grid;
    bool holes;  /* a period is not known because the one before it has no rate */
    bool sparse; /* closes are days apart: no volatility that compares with others */
    struct report_fact facts[REPORT_FACTS];
    size_t fact_count;
    char unit[CAPTION_SIZE];              /* "US dollars per som, 2 Mar 2024 – 31 Dec 2025" */
    char jump[CAPTION_SIZE];              /* a warning of a change too large to be one of the market, or "" */
    struct report_picture line, drawdown; /* drawdown.svg NULL where the series has one point */
};

struct report {
    const struct report_request *request;
    char title[CAPTION_SIZE], range[CAPTION_SIZE], as_of[CAPTION_NUMBER_SIZE];
    struct kurs_span by; /* that of the request, or the one chosen */
    bool instants;       /* some times are of the day, in the zone */
    struct report_pair *pairs;
    size_t pair_count;
    struct report_picture overview;   /* svg NULL for one pair, too many, and pairs without a day in common */
    char overview_unit[CAPTION_SIZE]; /* what it shows, or why there is none */
    char sources[REPORT_SOURCES_MAX][KURS_SOURCE_SIZE];
    size_t source_count, source_more; /* named; imports that are not */
};

/* Reads and draws everything. Release also on failure. Fails as chart_draw does. */
enum kurs_status report_gather(struct kurs_snapshot *snapshot, const struct report_request *request,
                               const struct run_settings *settings, struct report *report, struct kurs_error *error);
void report_release(struct report *report);

/* One self-contained page: pictures inline, no script, nothing fetched. Check ferror(file). */
void report_html(const struct report *report, FILE *file);
/* Markdown that names its pictures `stem`-overview.svg, `stem`-kgs-usd.svg and so on: those of report_md_pictures. */
void report_md(const struct report *report, const char *stem, FILE *file);
/* Hands each picture to `take` with its path beside `path` (its stem names them); stops at the first that fails, and
 * returns its status. KURS_ELIMIT where a path is too long. */
typedef enum kurs_status report_take(void *context, const char *path, const char *bytes, size_t length,
                                     struct kurs_error *error);
enum kurs_status report_md_pictures(const struct report *report, const char *path, report_take *take, void *context,
                                    struct kurs_error *error);

/* ---- for the parts of a report ---- */

/* Facts and the warning of a pair whose stats are there. */
enum kurs_status report_facts(struct kurs_snapshot *snapshot, const struct report *report, struct report_pair *pair,
                              struct kurs_error *error);
/* The periods of a pair and, for months and quarters, their grid. */
enum kurs_status report_periods(struct kurs_snapshot *snapshot, const struct report *report, struct report_pair *pair,
                                struct kurs_error *error);
/* NULL for a daily series, whose dates belong to no zone. */
const struct kurs_zone *report_zone(const struct report *report, const struct report_pair *pair);

/* ---- for the two writers ---- */

/* "+2.25%" from the exact ratio, two decimals, with a star where the start is stale; "" when not known. */
void report_window(const struct kurs_change *change, char text[CAPTION_NUMBER_SIZE]);
bool report_stale(const struct kurs_change *change);
/* "1 month", "YTD", "all"; how a window's column is headed. */
void report_window_name(const char *window, char text[CAPTION_NUMBER_SIZE]);
/* "+2.25%"; "" when not known. */
void report_period_percent(const struct report_change *change, char text[CAPTION_NUMBER_SIZE]);
/* "2.3" with `decimals` from the exact ratio, none from 100; "" when not known. */
void report_cell(const struct report_change *change, int decimals, char text[CAPTION_NUMBER_SIZE]);
/* Decimals of a grid's cells: two where all changes are below one percent. */
int report_decimals(const struct report_pair *pair);
/* "Jan" or "Q1" of a grid's column, and "Jan–Dec" of its last. */
const char *report_column(const struct report_grid *grid, size_t column);
/* "Month by month", "Quarter by quarter", "Changes". */
void report_heading(const struct report *report, const struct report_pair *pair, char text[CAPTION_NUMBER_SIZE]);
/* "kgs-usd", "eur-usd@ecb": what names a pair in links and files. */
void report_slug(const struct report_pair *pair, char text[KURS_NAME_SIZE]);
/* What of a pair was used, in words. rule: "as published", "derived, inverse of USD/KGS", "derived via USD from KGS/USD
 * and KZT/USD". */
struct report_used {
    char first[CAPTION_NUMBER_SIZE], last[CAPTION_NUMBER_SIZE], points[CAPTION_NUMBER_SIZE];
    char rule[CAPTION_SIZE];
};
void report_used(const struct report *report, const struct report_pair *pair, struct report_used *used);
#define REPORT_STALE_US   (7 * KURS_DAY_US) /* of a start, as the tables of kurs change flag it */
#define REPORT_STALE_NOTE "* The rate at the start was more than 7 days old."
/* The sentences under the last table. */
#define REPORT_NOTES 10
size_t report_notes(const struct report *report, char notes[REPORT_NOTES][CAPTION_SIZE]);

#endif
