/* report_md.c: owns the Markdown of a report and the pictures beside it. Tables are GitHub's; texts from outside have
 * their markup characters escaped. */
#include "chart/fail.h"
#include "chart/report.h"
#include "chart/words.h"

#include <ctype.h>
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

/* A file name as a link: what is not letter, digit or plain mark is a percent code. */
static void link_to(const char *text, FILE *file)
{
    for (; *text != '\0'; text++) {
        bool plain = isalnum((unsigned char)*text) || strchr("-._~@", *text) != NULL;
        fprintf(file, plain ? "%c" : "%%%02X", (unsigned char)*text);
    }
}

/* "-kgs-usd.svg", "-drawdown.kgs-usd.svg": codes have no dot, so that no pair is called as another's drawdown. */
static void suffix_of(const struct report_pair *pair, bool drawdown, char text[2 * KURS_NAME_SIZE])
{
    char slug[KURS_NAME_SIZE];
    report_slug(pair, slug);
    snprintf(text, 2 * KURS_NAME_SIZE, "-%s%s.svg", drawdown ? "drawdown." : "", slug);
}

static void picture(const char *alt, const char *stem, const char *suffix, FILE *file)
{
    fputs("![", file);
    escape(alt, file);
    fputs("](", file);
    link_to(stem, file);
    link_to(suffix, file);
    fputs(")\n\n", file);
}

static void performance_row(const struct report *report, const struct report_pair *pair, FILE *file)
{
    char rate[CAPTION_NUMBER_SIZE], date[CAPTION_NUMBER_SIZE], percent[CAPTION_NUMBER_SIZE];
    caption_rate(pair->stats.summary.last.rate, rate);
    caption_day(pair->stats.summary.last.time_us, report_zone(report, pair), date);
    fprintf(file, "| %s | %s | %s |", pair->route->name, rate, date);
    for (size_t w = 0; w < report->request->window_count; w++) {
        report_window(&pair->windows[w], percent);
        putc(' ', file);
        escape(percent, file); /* a stale one has a star */
        fputs(" |", file);
    }
    putc('\n', file);
}

static void performance(const struct report *report, const char *stem, FILE *file)
{
    bool stale = false;
    fputs("## Changes\n\n| Pair | Last | Date |", file);
    for (size_t w = 0; w < report->request->window_count; w++) {
        char name[CAPTION_NUMBER_SIZE];
        report_window_name(report->request->windows[w], name);
        fprintf(file, " %s |", name);
    }
    fputs("\n|:--|--:|--:|", file);
    for (size_t w = 0; w < report->request->window_count; w++) {
        fputs("--:|", file);
    }
    putc('\n', file);
    for (size_t i = 0; i < report->pair_count; i++) {
        performance_row(report, &report->pairs[i], file);
        for (size_t w = 0; w < report->request->window_count; w++) {
            stale = stale || report_stale(&report->pairs[i].windows[w]);
        }
    }
    fputs(stale ? "\n\\" REPORT_STALE_NOTE "\n\n" : "\n", file);
    if (report->overview.svg != NULL) {
        escape(report->overview_unit, file);
        fputs("\n\n", file);
        picture(report->overview.alt, stem, "-overview.svg", file);
    } else if (report->pair_count > 1) {
        fprintf(file, "%s\n\n", report->overview_unit);
    }
}

static void grid_table(const struct report_pair *pair, FILE *file)
{
    const struct report_grid *grid = &pair->grid;
    int decimals = report_decimals(pair);
    fputs("| Year |", file);
    for (size_t column = 0; column <= grid->columns; column++) {
        fprintf(file, " %s |", report_column(grid, column));
    }
    fputs("\n|:--|", file);
    for (size_t column = 0; column <= grid->columns; column++) {
        fputs("--:|", file);
    }
    for (size_t y = 0; y < grid->years; y++) {
        const struct report_change *row = &grid->cells[y * (grid->columns + 1)];
        fprintf(file, "\n| %d |", grid->first_year + (int)y);
        for (size_t column = 0; column <= grid->columns; column++) {
            char text[CAPTION_NUMBER_SIZE];
            report_cell(&row[column], decimals, text);
            fprintf(file, " %s |", text);
        }
    }
    fputs("\n\n", file);
}

static void period_table(const struct report_pair *pair, FILE *file)
{
    char percent[CAPTION_NUMBER_SIZE];
    fputs("| Period | Change |\n|:--|--:|\n", file);
    for (size_t i = pair->period_count; i-- > 0;) {
        report_period_percent(&pair->periods[i].change, percent);
        fprintf(file, "| %s | %s |\n", pair->periods[i].name, percent);
    }
    putc('\n', file);
}

static void changes(const struct report *report, const struct report_pair *pair, FILE *file)
{
    char heading[CAPTION_NUMBER_SIZE], period[CAPTION_NUMBER_SIZE];
    report_heading(report, pair, heading);
    words_period(report->by, period);
    fprintf(file, "### %s\n\nChange on the %s before%s\n\n", heading, period, pair->grid.cells != NULL ? ", %" : "");
    pair->grid.cells != NULL ? grid_table(pair, file) : period_table(pair, file);
}

static void pair_section(const struct report *report, const struct report_pair *pair, const char *stem, FILE *file)
{
    char suffix[2 * KURS_NAME_SIZE];
    fprintf(file, "## %s\n\n", pair->route->name);
    escape(pair->unit, file);
    fputs("\n\n", file);
    suffix_of(pair, false, suffix);
    picture(pair->line.alt, stem, suffix, file);
    for (size_t i = 0; i < pair->fact_count; i++) {
        const struct report_fact *fact = &pair->facts[i];
        fprintf(file, "* %s: %s%s%s%s\n", fact->name, fact->value, fact->when[0] != '\0' ? " (" : "", fact->when,
                fact->when[0] != '\0' ? ")" : "");
    }
    putc('\n', file);
    if (pair->jump[0] != '\0') {
        fprintf(file, "%s\n\n", pair->jump);
    }
    if (pair->drawdown.svg != NULL) {
        fputs("### Drawdown\n\nBelow the highest rate so far, %\n\n", file);
        suffix_of(pair, true, suffix);
        picture(pair->drawdown.alt, stem, suffix, file);
    }
    if (pair->period_count > 0) {
        changes(report, pair, file);
    }
}

static void source_list(const struct report *report, FILE *file)
{
    char clean[CAPTION_SIZE];
    if (report->request->source != NULL) {
        caption_clean(report->request->source, clean);
        fputs("Source: ", file);
        escape(clean, file);
        fputs("\n\n", file);
        return;
    }
    fputs(report->source_count > 0 ? "Files imported into the store:\n\n" : "", file);
    for (size_t i = 0; i < report->source_count; i++) {
        caption_clean(report->sources[i], clean);
        fputs("* ", file);
        escape(clean, file);
        putc('\n', file);
    }
    if (report->source_more > 0) {
        fprintf(file, "* and %zu more\n", report->source_more);
    }
    putc('\n', file);
}

static void sources(const struct report *report, FILE *file)
{
    char notes[REPORT_NOTES][CAPTION_SIZE];
    size_t count = report_notes(report, notes);
    fputs("## Sources and notes\n\n", file);
    source_list(report, file);
    fputs("| Pair | First | Last | Points | Rates |\n|:--|--:|--:|--:|:--|\n", file);
    for (size_t i = 0; i < report->pair_count; i++) {
        const struct report_pair *pair = &report->pairs[i];
        struct report_used used;
        report_used(report, pair, &used);
        fprintf(file, "| %s | %s | %s | %s | %s |\n", pair->route->name, used.first, used.last, used.points, used.rule);
    }
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "\n%s\n", notes[i]);
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

/* Whom the pictures of a report are handed to, and the path of its page. */
struct taker {
    const char *path;
    report_take *take;
    void *context;
};

static enum kurs_status hand_over(const struct taker *taker, const char *suffix, const struct report_picture *shown,
                                  struct kurs_error *error)
{
    char beside[PATH_SIZE];
    const char *path = taker->path;
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t stem = dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - path) : strlen(path);
    if (shown->svg == NULL) {
        return KURS_OK;
    }
    if (stem + strlen(suffix) >= sizeof beside) {
        return chart_fail(error, KURS_ELIMIT, "", "cannot write the report", "its path is too long");
    }
    snprintf(beside, sizeof beside, "%.*s%s", (int)stem, path, suffix);
    return taker->take(taker->context, beside, shown->svg, shown->length, error);
}

enum kurs_status report_md_pictures(const struct report *report, const char *path, report_take *take, void *context,
                                    struct kurs_error *error)
{
    struct taker taker = {path, take, context};
    enum kurs_status status = hand_over(&taker, "-overview.svg", &report->overview, error);
    for (size_t i = 0; i < report->pair_count && status == KURS_OK; i++) {
        char suffix[2 * KURS_NAME_SIZE];
        suffix_of(&report->pairs[i], false, suffix);
        status = hand_over(&taker, suffix, &report->pairs[i].line, error);
        suffix_of(&report->pairs[i], true, suffix);
        status = status == KURS_OK ? hand_over(&taker, suffix, &report->pairs[i].drawdown, error) : status;
    }
    return status;
}
