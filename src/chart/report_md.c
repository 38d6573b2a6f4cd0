/* report_md.c: owns the Markdown of a report and the pictures beside it. Tables are GitHub's; texts from outside have
 * their markup characters escaped. */
#include "chart/fail.h"
#include "chart/report.h"
#include "chart/save.h"
#include "chart/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 4096 /* PATH_MAX on Linux; longer ones are refused */

static void escape(const char *text, FILE *file)
{
    for (; *text != '\0'; text++) {
        if (strchr("\\`*_[]<>#|", *text) != NULL) {
            putc('\\', file);
        }
        putc(*text, file);
    }
}

/* "-kgs-usd" or "-eur-usd-dukascopy.bid": names hold only A-Z 0-9 / @ . _ -. */
static void suffix_of(const struct report_pair *pair, const char *what, char text[2 * KURS_NAME_SIZE])
{
    char name[KURS_NAME_SIZE];
    size_t i = 0;
    for (; pair->route->name[i] != '\0'; i++) {
        char c = pair->route->name[i];
        name[i] = c == '/' || c == '@' ? '-' : (char)tolower((unsigned char)c);
    }
    name[i] = '\0';
    snprintf(text, 2 * KURS_NAME_SIZE, "-%s%s.svg", name, what);
}

static void picture(const char *alt, const char *stem, const char *suffix, FILE *file)
{
    fputs("![", file);
    escape(alt, file);
    fputs("](<", file);
    for (const char *c = stem; *c != '\0'; c++) {
        if (*c == '<' || *c == '>' || *c == '\\') {
            putc('\\', file);
        }
        putc(*c == '\n' ? ' ' : *c, file);
    }
    fprintf(file, "%s>)\n\n", suffix);
}

static void performance(const struct report *report, const char *stem, FILE *file)
{
    fputs("## Changes\n\n| Pair | Last | Date |", file);
    for (size_t w = 0; w < report->request->window_count; w++) {
        fprintf(file, " %s |", report->request->windows[w]);
    }
    fputs("\n|:--|--:|--:|", file);
    for (size_t w = 0; w < report->request->window_count; w++) {
        fputs("--:|", file);
    }
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct report_pair *pair = &report->pairs[i];
        char rate[CAPTION_NUMBER_SIZE], date[CAPTION_NUMBER_SIZE], percent[CAPTION_NUMBER_SIZE];
        caption_rate(pair->stats.summary.last.rate, rate);
        caption_day(pair->stats.summary.last.time_us, pair->route->kind == KURS_DAILY ? NULL : report->request->zone,
                    date);
        fprintf(file, "\n| %s | %s | %s |", pair->route->name, rate, date);
        for (size_t w = 0; w < report->request->window_count; w++) {
            report_percent(&pair->windows[w], percent);
            fprintf(file, " %s |", percent);
        }
    }
    fputs("\n\n", file);
    if (report->overview.svg != NULL) {
        picture(report->overview.alt, stem, "-overview.svg", file);
    }
}

static void months(const struct report *report, const struct report_pair *pair, int first_year, size_t years,
                   FILE *file)
{
    fputs("Change on the month before, %\n\n| Year |", file);
    for (int month = 1; month <= 12; month++) {
        fprintf(file, " %s |", caption_month(month));
    }
    fputs(" Year |\n|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n", file);
    for (size_t y = 0; y < years; y++) {
        fprintf(file, "| %d |", first_year + (int)y);
        for (int month = 1; month <= 13; month++) { /* 13: the year */
            double percent;
            char text[CAPTION_NUMBER_SIZE] = "";
            if (report_month(report, pair, first_year + (int)y, month % 13, &percent)) {
                caption_number(percent, 1, text);
            }
            fprintf(file, " %s |", text);
        }
        putc('\n', file);
    }
    putc('\n', file);
}

static void periods(const struct report *report, const struct report_pair *pair, FILE *file)
{
    char period[CAPTION_NUMBER_SIZE], percent[CAPTION_NUMBER_SIZE];
    words_period(report->request->by, period);
    fprintf(file, "| Period | Change on the %s before |\n|:--|--:|\n", period);
    for (size_t i = pair->period_count; i-- > 0;) {
        caption_percent(pair->periods[i].percent, percent);
        fprintf(file, "| %s | %s |\n", pair->periods[i].name, percent);
    }
    putc('\n', file);
}

static void pair_section(const struct report *report, const struct report_pair *pair, const char *stem, FILE *file)
{
    char unit[CAPTION_SIZE], suffix[2 * KURS_NAME_SIZE];
    struct report_fact facts[REPORT_FACTS];
    int first_year;
    size_t years;
    words_unit(pair->route->name, unit);
    fprintf(file, "## %s\n\n", pair->route->name);
    escape(unit, file);
    fputs("\n\n", file);
    suffix_of(pair, "", suffix);
    picture(pair->line.alt, stem, suffix, file);
    size_t count = report_facts(report, pair, facts);
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "* %s: %s\n", facts[i].name, facts[i].value);
    }
    putc('\n', file);
    if (pair->drawdown.svg != NULL) {
        suffix_of(pair, "-drawdown", suffix);
        picture(pair->drawdown.alt, stem, suffix, file);
    }
    if (report_years(report, pair, &first_year, &years)) {
        months(report, pair, first_year, years, file);
    } else if (pair->period_count > 0) {
        periods(report, pair, file);
    }
}

static void sources(const struct report *report, FILE *file)
{
    fputs("## Sources and notes\n\n", file);
    if (report->request->source != NULL) {
        fputs("Source: ", file);
        escape(report->request->source, file);
        fputs("\n\n", file);
    } else if (report->source_count > 0) {
        fputs("Files imported into the store:\n\n", file);
    }
    for (size_t i = 0; i < report->source_count && report->request->source == NULL; i++) {
        char clean[CAPTION_SIZE];
        caption_clean(report->sources[i], clean);
        fputs("* ", file);
        escape(clean, file);
        putc('\n', file);
    }
    fputs("\n| Pair | First | Last | Points | Rates |\n|:--|:--|:--|--:|:--|\n", file);
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct report_pair *pair = &report->pairs[i];
        char first[KURS_TIME_SIZE], last[KURS_TIME_SIZE], points[CAPTION_NUMBER_SIZE], rule[CAPTION_SIZE];
        kurs_time_format(pair->stats.summary.first.time_us, pair->route->kind, first);
        kurs_time_format(pair->stats.summary.last.time_us, pair->route->kind, last);
        caption_number((double)pair->stats.summary.count, 0, points);
        report_rule(pair->route, rule);
        fprintf(file, "| %s | %s | %s | %s | %s |\n", pair->route->name, first, last, points, rule);
    }
}

void report_md(const struct report *report, const char *stem, FILE *file)
{
    fputs("# ", file);
    escape(report->title, file);
    fprintf(file, "\n\n%zu %s, %s. As of %s.\n\n", report->pair_count, report->pair_count == 1 ? "pair" : "pairs",
            report->range, report->as_of);
    if (report->request->intro != NULL) {
        fprintf(file, "%s\n\n", report->request->intro);
    }
    performance(report, stem, file);
    for (size_t i = 0; i < report->pair_count; i++) {
        pair_section(report, &report->pairs[i], stem, file);
    }
    sources(report, file);
}

static enum kurs_status save_beside(const char *path, const char *suffix, const struct report_picture *svg,
                                    struct kurs_error *error)
{
    char beside[PATH_SIZE];
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t stem = dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - path) : strlen(path);
    if (stem + strlen(suffix) >= sizeof beside) {
        return chart_fail(error, KURS_ELIMIT, "", "cannot write the report", "its path is too long");
    }
    snprintf(beside, sizeof beside, "%.*s%s", (int)stem, path, suffix);
    return save_bytes(beside, svg->svg, svg->length, error);
}

enum kurs_status report_md_pictures(const struct report *report, const char *path, struct kurs_error *error)
{
    enum kurs_status status = KURS_OK;
    if (report->overview.svg != NULL) {
        status = save_beside(path, "-overview.svg", &report->overview, error);
    }
    for (size_t i = 0; i < report->pair_count && status == KURS_OK; i++) {
        char suffix[2 * KURS_NAME_SIZE];
        suffix_of(&report->pairs[i], "", suffix);
        status = save_beside(path, suffix, &report->pairs[i].line, error);
        suffix_of(&report->pairs[i], "-drawdown", suffix);
        if (status == KURS_OK && report->pairs[i].drawdown.svg != NULL) {
            status = save_beside(path, suffix, &report->pairs[i].drawdown, error);
        }
    }
    return status;
}
