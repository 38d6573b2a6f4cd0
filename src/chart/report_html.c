/* report_html.c: owns the page. Plain HTML with its style inside; everything that comes from outside is escaped. It reads
 * on a phone (what is wide scrolls in its own frame), by a screen reader (headings, captions, scopes, alt texts with the
 * numbers) and on A4, where a pair with thirty years of months is one page. */
#include "chart/report.h"
#include "chart/theme.h"
#include "chart/tidy.h"
#include "chart/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAT_STEPS   10  /* shades of a rise, and of a fall */
#define CONTRAST     4.5 /* of text, as WCAG 2 AA asks */
#define LIST_COLUMNS 12  /* periods from which on their list stands in columns */
#define NONE         "\xE2\x80\x93"

static const char style[] =
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 'Liberation Sans',Arial,Helvetica,"
    "sans-serif;-webkit-text-size-adjust:100%}\n"
    "main{max-width:920px;margin:0 auto;padding:24px 20px 48px}\n"
    "h1{font-size:30px;line-height:1.2;margin:0 0 4px;overflow-wrap:anywhere}\n"
    "h2{font-size:21px;line-height:1.25;margin:44px 0 2px;padding-top:14px;border-top:1px solid var(--rule);"
    "overflow-wrap:anywhere}\n"
    "h3{font-size:16px;margin:22px 0 4px}caption h3{margin:12px 0 4px;color:var(--ink);white-space:nowrap}\n"
    "small{font-size:14px;font-weight:normal;color:var(--text);margin-left:6px}\n"
    "p{margin:8px 0;max-width:42em;overflow-wrap:anywhere}\n"
    "a{color:inherit;text-decoration-color:var(--text);text-underline-offset:2px}\n"
    ".lead,.note,figcaption,caption,dt,dd span{color:var(--text)}\n"
    ".note,figcaption{font-size:14px}.note{margin:4px 0}\n"
    "figure{margin:8px 0 0}\n"
    ".plot{margin:2px -17px 0;overflow-x:auto;direction:rtl}\n" /* scrolled, it begins at the newest value */
    ".plot svg{direction:ltr;display:block;width:100%;min-width:560px;height:auto}\n"
    ".scroll{overflow-x:auto;margin:8px 0}\n"
    "table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}\n"
    "caption{text-align:left;padding:4px 0}\n"
    "th,td{padding:5px 9px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule)}\n"
    "thead th{color:var(--text);font-weight:normal;border-bottom-color:var(--ink)}\n"
    "th[scope=row],th.left,td.left{text-align:left}\n"
    "th[scope=row]{position:sticky;left:0;background:var(--ground)}\n"
    ".up{color:var(--up)}.down{color:var(--down)}\n"
    ".heat{width:100%}.heat td{text-align:center;border:1px solid var(--ground);padding:4px 5px}\n"
    ".heat th{padding:4px 5px;border:0}.heat thead th{text-align:center}.heat td:last-child{border-left-width:6px}\n"
    ".columns{columns:15em;column-gap:24px}.columns table{width:100%}\n"
    "dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:10px 16px;margin:12px 0}\n"
    "dt{font-size:13px}dd{margin:0;font-variant-numeric:tabular-nums}dd span{display:block;font-size:13px}\n"
    "@page{size:A4;margin:10mm 15mm 12mm;@bottom-right{content:counter(page) ' / ' counter(pages);"
    "font:8pt 'Liberation Sans',Arial,sans-serif;color:#676C75}}\n"
    "@media print{body{font-size:10.5pt;line-height:1.4}main{max-width:none;padding:0}\n"
    "h1{font-size:20pt}h2{font-size:14pt;margin-top:14pt;padding-top:8pt}h3,caption h3{font-size:10.5pt;margin:7pt 0 "
    "0}small{font-size:9pt}\n"
    "figure,dl,tr,thead,.keep,.whole{break-inside:avoid}h2,h3,caption{break-after:avoid}\n"
    ".plot,.scroll{overflow:visible}.plot{margin:0}.plot svg{min-width:0}figure{margin-top:3pt}.scroll{margin:3pt 0}\n"
    "figcaption,.note{font-size:9pt}table{font-size:8.5pt}th,td{padding:2pt 4pt}\n"
    ".heat{font-size:7.5pt;line-height:1.15}.heat td,.heat th{padding:.5pt 2pt}\n"
    "dl{grid-template-columns:repeat(5,1fr);gap:4pt 8pt;margin:4pt 0}dt,dd span{font-size:8pt;line-height:1.25}\n"
    "dd{font-size:9.5pt}a{text-decoration:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

static void element(const char *tag, const char *text, FILE *file)
{
    fprintf(file, "<%s>", tag);
    tidy_escape(text, file);
    fprintf(file, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

/* Relative luminance, from L*. */
static double luminance(uint32_t rgb)
{
    double lightness = theme_lightness(rgb);
    return lightness > 8 ? pow((lightness + 16) / 116, 3) : lightness / 903.3;
}

static double contrast(uint32_t a, uint32_t b)
{
    double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

/* `rgb` brought so near to the ink that it can be read as text on the page. */
static uint32_t readable(const struct theme *theme, uint32_t rgb)
{
    uint32_t text = rgb;
    for (double part = 0; part < 1 && contrast(text, theme->background) < CONTRAST; part += 0.02) {
        text = theme_mix(rgb, theme->ink, part);
    }
    return text;
}

/* ".u1" to ".u10" for rises, ".d1" … for falls, ".n" for none. */
static void heat_styles(const struct theme *theme, FILE *file)
{
    const uint32_t inks[] = {0xFFFFFF, 0x000000}; /* one of the two has 4.58 on any ground */
    fprintf(file, ".n{background:#%06X}\n", theme->neutral);
    for (int step = 1; step <= HEAT_STEPS; step++) {
        for (int down = 0; down < 2; down++) {
            double part = 0.08 + 0.92 * (step - 0.5) / (HEAT_STEPS - 0.5);
            uint32_t rgb = theme_mix(theme->neutral, down ? theme->down : theme->up, part);
            uint32_t ink = inks[contrast(inks[1], rgb) > contrast(inks[0], rgb)];
            fprintf(file, ".%c%d{background:#%06X;color:#%06X}", down ? 'd' : 'u', step, rgb, ink);
        }
        putc('\n', file);
    }
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
            "color-scheme:%s}\n%s",
            theme->background, theme->ink, theme->text, theme->grid, readable(theme, theme->up),
            readable(theme, theme->down), report->request->dark ? "dark" : "light", style);
    heat_styles(theme, file);
    fputs("</style>\n</head>\n<body>\n<main>\n", file);
}

/* Blank lines part paragraphs. */
static void paragraphs(const char *text, FILE *file)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
        if (strspn(text, " \t\n") < length) {
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

static void figure(const char *name, const char *unit, const struct report_picture *picture, FILE *file)
{
    fputs("<figure>\n", file);
    if (unit[0] != '\0') {
        element("figcaption", unit, file);
    }
    fprintf(file, "<div class=\"plot\" role=\"group\" aria-label=\"%s\" tabindex=\"0\">\n", name);
    fwrite(picture->svg, 1, picture->length, file);
    fputs("</div>\n</figure>\n", file);
}

static void open_table(const char *name, const char *frame, const char *type, FILE *file)
{
    fprintf(file, "<div class=\"scroll%s\" role=\"group\" aria-label=\"%s\" tabindex=\"0\">\n<table%s>\n<caption>",
            frame, name, type);
}

static const char *direction(const char *percent)
{
    bool rise = percent[0] == '+', fall = percent[0] != '\0' && !rise && percent[0] != '0';
    return rise ? " class=\"up\"" : fall ? " class=\"down\"" : "";
}

static void percent_cell(const char *percent, FILE *file)
{
    fprintf(file, "<td%s>%s</td>", direction(percent), percent[0] != '\0' ? percent : NONE);
}

static void performance_row(const struct report *report, const struct report_pair *pair, FILE *file)
{
    char rate[CAPTION_NUMBER_SIZE], date[CAPTION_NUMBER_SIZE], percent[CAPTION_NUMBER_SIZE], slug[KURS_NAME_SIZE];
    const struct kurs_point *last = &pair->stats.summary.last;
    caption_rate(last->rate, rate);
    caption_day(last->time_us, report_zone(report, pair), date);
    report_slug(pair, slug);
    fprintf(file, "<tr><th scope=\"row\"><a href=\"#%s\">%s</a></th><td>%s</td><td>%s</td>", slug, pair->route->name,
            rate, date);
    for (size_t w = 0; w < report->request->window_count; w++) {
        report_window(&pair->windows[w], percent);
        percent_cell(percent, file);
    }
    fputs("</tr>\n", file);
}

static void performance_table(const struct report *report, FILE *file)
{
    bool stale = false;
    open_table("Changes", report->pair_count <= CHART_LINES_MAX ? " keep" : "", "", file); /* fits a page */
    fputs("Percent change to the last rate of each pair</caption>\n<thead><tr><th scope=\"col\" class=\"left\">Pair"
          "</th><th scope=\"col\">Last</th><th scope=\"col\">Date</th>",
          file);
    for (size_t w = 0; w < report->request->window_count; w++) {
        char name[CAPTION_NUMBER_SIZE];
        report_window_name(report->request->windows[w], name);
        fprintf(file, "<th scope=\"col\">%s</th>", name);
    }
    fputs("</tr></thead>\n<tbody>\n", file);
    for (size_t i = 0; i < report->pair_count; i++) {
        performance_row(report, &report->pairs[i], file);
        for (size_t w = 0; w < report->request->window_count; w++) {
            stale = stale || report_stale(&report->pairs[i].windows[w]);
        }
    }
    fputs("</tbody>\n</table>\n</div>\n", file);
    if (stale) {
        fputs("<p class=\"note\">" REPORT_STALE_NOTE "</p>\n", file);
    }
}

static void performance(const struct report *report, FILE *file)
{
    fputs("<section>\n<h2>Changes</h2>\n", file);
    performance_table(report, file);
    if (report->overview.svg != NULL) {
        figure("Chart of all pairs", report->overview_unit, &report->overview, file);
    } else if (report->pair_count > 1) {
        element("p class=\"note\"", report->overview_unit, file);
    }
    fputs("</section>\n", file);
}

static void facts(const struct report_pair *pair, FILE *file)
{
    fputs("<dl>\n", file);
    for (size_t i = 0; i < pair->fact_count; i++) {
        const struct report_fact *fact = &pair->facts[i];
        fprintf(file, "<div><dt>%s</dt><dd>%s", fact->name, fact->value);
        if (fact->when[0] != '\0') {
            fprintf(file, " <span>%s</span>", fact->when);
        }
        fputs("</dd></div>\n", file);
    }
    fputs("</dl>\n", file);
}

static void heat_cell(const struct report_change *change, double full, int decimals, FILE *file)
{
    char text[CAPTION_NUMBER_SIZE];
    if (!change->known) {
        fputs("<td></td>", file);
        return;
    }
    report_cell(change, decimals, text);
    int step = (int)ceil(fmin(1, fabs(change->percent) / full) * HEAT_STEPS);
    if (step == 0) {
        fprintf(file, "<td class=\"n\">%s</td>", text);
    } else {
        fprintf(file, "<td class=\"%c%d\">%s</td>", change->percent < 0 ? 'd' : 'u', step, text);
    }
}

static double full_colour(const struct report_pair *pair)
{
    double sizes[CHART_BARS_MAX] = {0};
    size_t count = 0;
    for (size_t i = 0; i < pair->period_count; i++) {
        if (pair->periods[i].change.known) {
            sizes[count++] = fabs(pair->periods[i].change.percent);
        }
    }
    return theme_full(sizes, count);
}

/* Opens the table of a pair's periods; its caption is the heading. */
static void open_periods(const struct report *report, const struct report_pair *pair, const char *frame,
                         const char *type, const char *unit, FILE *file)
{
    char period[CAPTION_NUMBER_SIZE], heading[CAPTION_NUMBER_SIZE], name[CAPTION_SIZE];
    words_period(report->by, period);
    report_heading(report, pair, heading);
    snprintf(name, sizeof name, "%s, %s", heading, pair->route->name);
    open_table(name, frame, type, file);
    fprintf(file, "<h3>%s <small>%schange on the %s before</small></h3></caption>\n", heading, unit, period);
}

static void grid_table(const struct report *report, const struct report_pair *pair, FILE *file)
{
    const size_t years_page = 60; /* rows that fit a printed page of their own */
    const struct report_grid *grid = &pair->grid;
    double full = full_colour(pair);
    int decimals = report_decimals(pair);
    open_periods(report, pair, grid->years <= years_page ? " whole" : "", " class=\"heat\"", "% ", file);
    fputs("<thead><tr><th scope=\"col\">Year</th>", file);
    for (size_t column = 0; column <= grid->columns; column++) {
        fprintf(file, "<th scope=\"col\">%s</th>", report_column(grid, column));
    }
    fputs("</tr></thead>\n<tbody>\n", file);
    for (size_t y = 0; y < grid->years; y++) {
        const struct report_change *row = &grid->cells[y * (grid->columns + 1)];
        fprintf(file, "<tr><th scope=\"row\">%d</th>", grid->first_year + (int)y);
        for (size_t column = 0; column <= grid->columns; column++) {
            double whole = column == grid->columns ? 3 : 1; /* years change more */
            heat_cell(&row[column], full * whole, decimals, file);
        }
        fputs("</tr>\n", file);
    }
    fputs("</tbody>\n</table>\n</div>\n", file);
}

static void period_table(const struct report *report, const struct report_pair *pair, FILE *file)
{
    open_periods(report, pair, pair->period_count >= LIST_COLUMNS ? " columns" : "", "", "", file);
    fputs(
        "<thead><tr><th scope=\"col\" class=\"left\">Period</th><th scope=\"col\">Change</th></tr></thead>\n<tbody>\n",
        file);
    for (size_t i = pair->period_count; i-- > 0;) {
        char percent[CAPTION_NUMBER_SIZE];
        report_period_percent(&pair->periods[i].change, percent);
        fprintf(file, "<tr><th scope=\"row\">%s</th>", pair->periods[i].name);
        percent_cell(percent, file);
        fputs("</tr>\n", file);
    }
    fputs("</tbody>\n</table>\n</div>\n", file);
}

static void pair_section(const struct report *report, const struct report_pair *pair, FILE *file)
{
    char slug[KURS_NAME_SIZE], name[2 * KURS_NAME_SIZE];
    report_slug(pair, slug);
    fprintf(file, "<section id=\"%s\"%s>\n", slug, report->pair_count > 1 ? " class=\"keep\"" : "");
    element("h2", pair->route->name, file);
    snprintf(name, sizeof name, "Chart of %s", pair->route->name);
    figure(name, pair->unit, &pair->line, file);
    facts(pair, file);
    if (pair->jump[0] != '\0') {
        element("p class=\"note\"", pair->jump, file);
    }
    if (pair->drawdown.svg != NULL) {
        fputs("<h3>Drawdown <small>% below the highest rate so far</small></h3>\n", file);
        snprintf(name, sizeof name, "Drawdown of %s", pair->route->name);
        figure(name, "", &pair->drawdown, file);
    }
    if (pair->grid.cells != NULL) {
        grid_table(report, pair, file);
    } else if (pair->period_count > 0) {
        period_table(report, pair, file);
    }
    fputs("</section>\n", file);
}

static void source_list(const struct report *report, FILE *file)
{
    /* an import is not tied to pairs, so the files are not said to be the source of these */
    fputs(report->request->source != NULL ? "<p>Source: " : "<p>Files imported into the store: ", file);
    char clean[CAPTION_SIZE];
    if (report->request->source != NULL) {
        caption_clean(report->request->source, clean);
        tidy_escape(clean, file);
    }
    for (size_t i = 0; i < report->source_count && report->request->source == NULL; i++) {
        caption_clean(report->sources[i], clean);
        fputs(i > 0 ? ", " : "", file);
        tidy_escape(clean, file);
    }
    if (report->source_more > 0 && report->request->source == NULL) {
        fprintf(file, " and %zu more", report->source_more);
    }
    fputs(".</p>\n", file);
}

static void observations(const struct report *report, FILE *file)
{
    open_table("Observations used", "", "", file);
    fputs("Observations used</caption>\n<thead><tr><th scope=\"col\" class=\"left\">Pair</th>"
          "<th scope=\"col\">First</th><th scope=\"col\">Last</th><th scope=\"col\">Points</th>"
          "<th scope=\"col\" class=\"left\">Rates</th></tr></thead>\n<tbody>\n",
          file);
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct report_pair *pair = &report->pairs[i];
        struct report_used used;
        report_used(report, pair, &used);
        fprintf(file, "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td class=\"left\">%s</td></tr>\n",
                pair->route->name, used.first, used.last, used.points, used.rule);
    }
    fputs("</tbody>\n</table>\n</div>\n", file);
}

static void sources(const struct report *report, FILE *file)
{
    char notes[REPORT_NOTES][CAPTION_SIZE];
    size_t count = report_notes(report, notes);
    fputs("<section class=\"keep\">\n<h2>Sources and notes</h2>\n", file);
    if (report->source_count > 0 || report->request->source != NULL) {
        source_list(report, file);
    }
    observations(report, file);
    for (size_t i = 0; i < count; i++) {
        element("p class=\"note\"", notes[i], file);
    }
    fputs("</section>\n</main>\n</body>\n</html>\n", file);
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
