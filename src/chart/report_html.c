/* report_html.c: owns the page. Plain HTML with its style inside; everything that comes from outside is escaped. It reads
 * on a phone (tables scroll in their own frame), by a screen reader (headings, captions, scopes, alt texts with the
 * numbers) and on A4 (no figure is split). */
#include "chart/layout.h"
#include "chart/report.h"
#include "chart/theme.h"
#include "chart/tidy.h"
#include "chart/words.h"

#include <math.h>
#include <string.h>

static const char style[] =
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 'Liberation Sans',Arial,Helvetica,"
    "sans-serif;-webkit-text-size-adjust:100%}\n"
    "main{max-width:920px;margin:0 auto;padding:24px 20px 48px}\n"
    "h1{font-size:30px;line-height:1.2;margin:0 0 4px}\n"
    "h2{font-size:21px;line-height:1.25;margin:44px 0 2px;padding-top:14px;border-top:1px solid var(--rule)}\n"
    "h3{font-size:16px;margin:24px 0 6px}\n"
    "p{margin:8px 0;max-width:42em}\n"
    ".lead,.note{color:var(--text)}\n"
    ".note{font-size:14px}\n"
    "figure{margin:10px -17px 0;overflow-x:auto;direction:rtl}\n" /* scrolled, it begins at the newest value */
    "figure svg{direction:ltr;display:block;width:100%;min-width:560px;height:auto}\n"
    ".scroll{overflow-x:auto;margin:8px 0}\n"
    "table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}\n"
    "caption{text-align:left;color:var(--text);padding:4px 0}\n"
    "th,td{padding:5px 9px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule)}\n"
    "thead th{color:var(--text);font-weight:normal;border-bottom-color:var(--ink)}\n"
    "th[scope=row],th.left,td.left{text-align:left}\n"
    "th[scope=row]{position:sticky;left:0;background:var(--ground)}\n"
    ".up{color:var(--up)}.down{color:var(--down)}\n"
    ".heat{width:100%}.heat td{text-align:center;border:1px solid var(--ground);padding:4px 5px}\n"
    ".heat th{padding:4px 5px;border:0}.heat thead th{text-align:center}\n"
    "dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:10px 20px;margin:16px 0}\n"
    "dt{font-size:13px;color:var(--text)}dd{margin:0;font-variant-numeric:tabular-nums}\n"
    "@media print{@page{size:A4;margin:15mm}body{font-size:11pt}main{max-width:none;padding:0}\n"
    "figure,dl,tr,thead,table{break-inside:avoid}figure{margin:8px 0 0}figure,.scroll{overflow:visible}figure "
    "svg{min-width:0}\n"
    "h2,h3,caption{break-after:avoid}.pair{break-before:page}h2{margin-top:0}\n"
    "table{font-size:9pt}th,td{padding:3px 5px}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

static void element(const char *tag, const char *text, FILE *file)
{
    fprintf(file, "<%s>", tag);
    tidy_escape(text, file);
    fprintf(file, "</%s>\n", tag);
}

static void head(const struct report *report, FILE *file)
{
    const struct theme *theme = theme_of(report->request->dark);
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
          "<meta name=\"generator\" content=\"kurs " KURS_VERSION "\">\n",
          file);
    element("title", report->title, file);
    fprintf(file,
            "<style>\n:root{--ground:#%06X;--ink:#%06X;--text:#%06X;--rule:#%06X;--up:#%06X;--down:#%06X;"
            "color-scheme:%s}\n%s</style>\n</head>\n<body>\n<main>\n",
            theme->background, theme->ink, theme->text, theme->grid, theme->up, theme->down,
            report->request->dark ? "dark" : "light", style);
}

/* Blank lines part paragraphs. */
static void paragraphs(const char *text, FILE *file)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
        if (strspn(text, " \t\r\n") < length) {
            fputs("<p>", file);
            for (size_t i = 0; i < length; i++) {
                char one[2] = {text[i], '\0'};
                tidy_escape(one, file);
            }
            fputs("</p>\n", file);
        }
        text += length + (end == NULL ? 0 : 2);
    }
}

static void opening(const struct report *report, FILE *file)
{
    fputs("<header>\n", file);
    element("h1", report->title, file);
    fprintf(file, "<p class=\"lead\">%zu %s, ", report->pair_count, report->pair_count == 1 ? "pair" : "pairs");
    tidy_escape(report->range, file);
    fputs(". As of ", file);
    tidy_escape(report->as_of, file);
    fputs(".</p>\n</header>\n", file);
    if (report->request->intro != NULL) {
        paragraphs(report->request->intro, file);
    }
}

static const char *direction(const char *percent)
{
    return percent[0] == '+' ? " class=\"up\"" : percent[0] != '\0' ? " class=\"down\"" : "";
}

static void performance_row(const struct report *report, const struct report_pair *pair, FILE *file)
{
    char rate[CAPTION_NUMBER_SIZE], date[CAPTION_NUMBER_SIZE], percent[CAPTION_NUMBER_SIZE];
    const struct kurs_point *last = &pair->stats.summary.last;
    caption_rate(last->rate, rate);
    caption_day(last->time_us, pair->route->kind == KURS_DAILY ? NULL : report->request->zone, date);
    fprintf(file, "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td>", pair->route->name, rate, date);
    for (size_t w = 0; w < report->request->window_count; w++) {
        report_percent(&pair->windows[w], percent);
        fprintf(file, "<td%s>%s</td>", direction(percent), percent[0] != '\0' ? percent : "\xE2\x80\x93");
    }
    fputs("</tr>\n", file);
}

static void performance(const struct report *report, FILE *file)
{
    fputs("<section>\n<h2>Changes</h2>\n<div class=\"scroll\" role=\"region\" aria-label=\"Changes\" tabindex=\"0\">\n"
          "<table>\n<caption>Percent change to the last rate of each pair</caption>\n"
          "<thead><tr><th scope=\"col\" class=\"left\">Pair</th><th scope=\"col\">Last</th><th scope=\"col\">Date</th>",
          file);
    for (size_t w = 0; w < report->request->window_count; w++) {
        fprintf(file, "<th scope=\"col\">%s</th>", report->request->windows[w]);
    }
    fputs("</tr></thead>\n<tbody>\n", file);
    for (size_t i = 0; i < report->pair_count; i++) {
        performance_row(report, &report->pairs[i], file);
    }
    fputs("</tbody>\n</table>\n</div>\n", file);
    if (report->overview.svg != NULL) {
        fputs("<figure>\n", file);
        fwrite(report->overview.svg, 1, report->overview.length, file);
        fputs("</figure>\n", file);
    }
    fputs("</section>\n", file);
}

static void facts(const struct report *report, const struct report_pair *pair, FILE *file)
{
    struct report_fact list[REPORT_FACTS];
    size_t count = report_facts(report, pair, list);
    fputs("<dl>\n", file);
    for (size_t i = 0; i < count; i++) {
        fputs("<div>", file);
        fprintf(file, "<dt>%s</dt><dd>%s</dd></div>\n", list[i].name, list[i].value);
    }
    fputs("</dl>\n", file);
}

/* A cell coloured by its change; what has the full colour is the same as in heat map pictures. */
static void heat_cell(const struct theme *theme, bool known, double percent, double full, FILE *file)
{
    char text[CAPTION_NUMBER_SIZE];
    if (!known) {
        fputs("<td></td>", file);
        return;
    }
    caption_number(percent, fabs(percent) < 99.95 ? full < 1 ? 2 : 1 : 0, text);
    double size = fmin(1, fabs(percent) / full);
    uint32_t rgb = theme_mix(theme->neutral, percent < 0 ? theme->down : theme->up, 0.08 + 0.92 * size);
    rgb = size == 0 ? theme->neutral : rgb;
    fprintf(file, "<td style=\"background:#%06X;color:%s\">%s</td>", rgb,
            theme_lightness(rgb) < 58 ? "#FFFFFF" : "#121417", text);
}

static void heat_table(const struct report *report, const struct report_pair *pair, int first_year, size_t years,
                       FILE *file)
{
    const struct theme *theme = theme_of(report->request->dark);
    double most = 0.01;
    for (size_t i = 0; i < pair->period_count; i++) {
        most = fmax(most, fabs(pair->periods[i].percent));
    }
    double full = fmin(most, 8); /* one crash does not pale the rest */
    fputs("<table class=\"heat\">\n<caption>Change on the month before, %</caption>\n<thead><tr><th scope=\"col\">Year"
          "</th>",
          file);
    for (int month = 1; month <= 12; month++) {
        fprintf(file, "<th scope=\"col\">%s</th>", caption_month(month));
    }
    fputs("<th scope=\"col\">Year</th></tr></thead>\n<tbody>\n", file);
    for (size_t y = 0; y < years; y++) {
        int year = first_year + (int)y;
        double percent;
        fprintf(file, "<tr><th scope=\"row\">%d</th>", year);
        for (int month = 1; month <= 12; month++) {
            bool known = report_month(report, pair, year, month, &percent);
            heat_cell(theme, known, percent, full, file);
        }
        bool known = report_month(report, pair, year, 0, &percent);
        heat_cell(theme, known, percent, full * 3, file);
        fputs("</tr>\n", file);
    }
    fputs("</tbody>\n</table>\n", file);
}

static void period_table(const struct report *report, const struct report_pair *pair, FILE *file)
{
    char period[CAPTION_NUMBER_SIZE];
    words_period(report->request->by, period);
    fprintf(file, "<table>\n<caption>Change on the %s before</caption>\n<thead><tr><th scope=\"col\" class=\"left\">",
            period);
    fputs("Period</th><th scope=\"col\">Change</th></tr></thead>\n<tbody>\n", file);
    for (size_t i = pair->period_count; i-- > 0;) {
        char percent[CAPTION_NUMBER_SIZE];
        caption_percent(pair->periods[i].percent, percent);
        fprintf(file, "<tr><th scope=\"row\">%s</th><td%s>%s</td></tr>\n", pair->periods[i].name, direction(percent),
                percent);
    }
    fputs("</tbody>\n</table>\n", file);
}

static void pair_section(const struct report *report, const struct report_pair *pair, FILE *file)
{
    int first_year;
    size_t years;
    fputs("<section class=\"pair\">\n", file);
    element("h2", pair->route->name, file);
    fputs("<figure>\n", file);
    fwrite(pair->line.svg, 1, pair->line.length, file);
    fputs("</figure>\n", file);
    facts(report, pair, file);
    if (pair->drawdown.svg != NULL) {
        fputs("<h3>Drawdown</h3>\n<figure>\n", file);
        fwrite(pair->drawdown.svg, 1, pair->drawdown.length, file);
        fputs("</figure>\n", file);
    }
    if (pair->period_count > 0) {
        fprintf(file,
                "<h3>Period by period</h3>\n<div class=\"scroll\" role=\"region\" aria-label=\"Changes of %s\" "
                "tabindex=\"0\">\n",
                pair->route->name);
        if (report_years(report, pair, &first_year, &years)) {
            heat_table(report, pair, first_year, years, file);
        } else {
            period_table(report, pair, file);
        }
        fputs("</div>\n", file);
    }
    fputs("</section>\n", file);
}

static void source_list(const struct report *report, FILE *file)
{
    /* an import is not tied to pairs, so the files are not said to be the source of these */
    fputs(report->request->source != NULL ? "<p>Source: " : "<p>Files imported into the store: ", file);
    if (report->request->source != NULL) {
        tidy_escape(report->request->source, file);
    }
    for (size_t i = 0; i < report->source_count && report->request->source == NULL; i++) {
        char clean[CAPTION_SIZE];
        caption_clean(report->sources[i], clean);
        fputs(i > 0 ? ", " : "", file);
        tidy_escape(clean, file);
    }
    if (report->source_more > 0 && report->request->source == NULL) {
        fprintf(file, " and %zu more", report->source_more);
    }
    fputs(".</p>\n", file);
}

static void sources(const struct report *report, FILE *file)
{
    fputs("<section>\n<h2>Sources and notes</h2>\n", file);
    if (report->source_count > 0 || report->request->source != NULL) {
        source_list(report, file);
    }
    fputs("<div class=\"scroll\" role=\"region\" aria-label=\"Observations\" tabindex=\"0\">\n<table>\n"
          "<caption>Observations used</caption>\n<thead><tr><th scope=\"col\" class=\"left\">Pair</th>"
          "<th scope=\"col\">First</th><th scope=\"col\">Last</th><th scope=\"col\">Points</th>"
          "<th scope=\"col\" class=\"left\">Rates</th></tr></thead>\n<tbody>\n",
          file);
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct report_pair *pair = &report->pairs[i];
        char first[KURS_TIME_SIZE], last[KURS_TIME_SIZE], points[CAPTION_NUMBER_SIZE], rule[CAPTION_SIZE];
        kurs_time_format(pair->stats.summary.first.time_us, pair->route->kind, first);
        kurs_time_format(pair->stats.summary.last.time_us, pair->route->kind, last);
        caption_number((double)pair->stats.summary.count, 0, points);
        report_rule(pair->route, rule);
        fprintf(file, "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td class=\"left\">%s</td></tr>\n",
                pair->route->name, first, last, points, rule);
    }
    fputs(
        "</tbody>\n</table>\n</div>\n<p class=\"note\">Changes compare the last rate with the newest one known at the "
        "start of each window; an empty cell means the series begins later. Missing days are left missing. "
        "Drawdown is the fall below the highest rate so far. Volatility is the standard deviation of daily log "
        "returns, times the square root of 252. Years in the table of months compound the months shown.</p>\n"
        "</section>\n</main>\n</body>\n</html>\n",
        file);
}

void report_html(const struct report *report, FILE *file)
{
    head(report, file);
    opening(report, file);
    performance(report, file);
    for (size_t i = 0; i < report->pair_count; i++) {
        pair_section(report, &report->pairs[i], file);
    }
    sources(report, file);
}
