/* report.h: a page about some pairs: what is covered, a table of changes, a rebased chart, a part for each pair, and
 * where it comes from. Gathered once, written as HTML or as Markdown. */
#ifndef KURS_CHART_REPORT_H
#define KURS_CHART_REPORT_H

#include "chart/chart.h"

#define REPORT_WINDOWS_MAX 12
#define REPORT_SOURCES_MAX 12 /* import files named; more are counted */

struct report_request {
    const struct kurs_route *routes;
    size_t route_count; /* 1 .. CHART_LINES_MAX */
    int64_t from_us, until_us;
    const struct kurs_zone *zone;
    const char *zone_name;
    const char *title;          /* NULL: written from the data */
    const char *intro;          /* paragraphs parted by blank lines, or NULL */
    const char *source;         /* NULL: the files the data was imported from */
    const char *const *windows; /* names as kurs_change_window takes them */
    size_t window_count;
    struct kurs_span by; /* periods of the change table of each pair; months become years by months */
    const char *font;
    bool dark;
};

struct report_picture {
    char *svg;
    size_t length;
    double width, height;
    char alt[2 * CAPTION_SIZE];
};

struct report_period {
    int64_t from_us;
    char name[KURS_TIME_SIZE];
    double percent;
};

struct report_pair {
    const struct kurs_route *route;
    struct kurs_stats stats;
    struct kurs_change windows[REPORT_WINDOWS_MAX];
    struct report_period *periods;
    size_t period_count;
    bool sparse;                          /* closes are days apart: no volatility that compares with others */
    struct report_picture line, drawdown; /* drawdown.svg NULL where the series has one point */
};

struct report {
    const struct report_request *request;
    char title[CAPTION_SIZE], range[CAPTION_SIZE], as_of[CAPTION_NUMBER_SIZE];
    struct report_pair *pairs;
    size_t pair_count;
    struct report_picture overview; /* svg NULL for one pair, and for pairs without a day in common */
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
/* Writes the pictures beside `path` (its stem names them), each whole or not at all. */
enum kurs_status report_md_pictures(const struct report *report, const char *path, struct kurs_error *error);

/* ---- for the two writers ---- */

/* "+2.25%" from the exact ratio, two decimals; "" when not known. */
void report_percent(const struct kurs_change *change, char text[CAPTION_NUMBER_SIZE]);
/* The years by months of a pair: *first_year and how many. False when its periods are no months. */
bool report_years(const struct report *report, const struct report_pair *pair, int *first_year, size_t *years);
/* The change of a month, or of the whole year for month 0; false where there is none. */
bool report_month(const struct report *report, const struct report_pair *pair, int year, int month, double *percent);

#define REPORT_FACTS 10
struct report_fact {
    char name[CAPTION_NUMBER_SIZE], value[2 * CAPTION_NUMBER_SIZE];
};
/* Low, high, mean, drawdown and so on of a pair; how many of facts[] were filled. */
size_t report_facts(const struct report *report, const struct report_pair *pair,
                    struct report_fact facts[REPORT_FACTS]);
/* "direct", "inverse of USD/KGS", "via USD: KGS/USD and KZT/USD". */
void report_rule(const struct kurs_route *route, char text[CAPTION_SIZE]);

#endif
