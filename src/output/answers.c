/* answers.c: a table of columns and a list of cells for each answer. Nothing is computed here but text: the notes of
 * tables and the difference of two percentages. */
#include "output/answers.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MEAN_DIGITS  10 /* significant ones of a time-weighted mean: as many as a derived rate has */

/* ---- pairs */

static const struct column PAIRS[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL},        {"kind", NULL, COLUMN_TEXT, IN_ALL},
    {"points", NULL, COLUMN_COUNT, IN_ALL},     {"first", NULL, COLUMN_TIME, IN_ALL},
    {"last", NULL, COLUMN_TIME, IN_ALL},        {"rate", NULL, COLUMN_RATE, IN_ALL},
    {"history", NULL, COLUMN_TEXT, TABLE_ONLY}, {"bytes", NULL, COLUMN_COUNT, IN_ALL},
};

struct sheet *answer_pairs_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, PAIRS, COUNT(PAIRS), style);
}

void answer_pair(struct sheet *sheet, const struct kurs_series *series, const char *spark)
{
    sheet_text(sheet, series->name);
    sheet_text(sheet, series->kind == KURS_DAILY ? "daily" : "instant");
    sheet_count(sheet, series->points);
    sheet_time(sheet, series->first.time_us, series->kind);
    sheet_time(sheet, series->last.time_us, series->kind);
    sheet_rate(sheet, series->last.rate);
    sheet_text(sheet, spark);
    sheet_count(sheet, series->bytes);
}

/* ---- get */

static const struct column ASOF[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL}, {"asked", NULL, COLUMN_TIME, IN_ALL}, {"observed", NULL, COLUMN_TIME, IN_ALL},
    {"rate", NULL, COLUMN_RATE, IN_ALL}, {"age", NULL, COLUMN_TEXT, IN_ALL},   {"rule", NULL, COLUMN_TEXT, IN_ALL},
};

struct sheet *answer_asof_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, ASOF, COUNT(ASOF), style);
}

void answer_asof(struct sheet *sheet, const struct kurs_route *route, int64_t asked_us, const struct kurs_asof *asof,
                 int decimals)
{
    sheet_text(sheet, route->name);
    sheet_time(sheet, asked_us, route->kind);
    if (asof == NULL) {
        for (int i = 0; i < 4; i++) {
            sheet_empty(sheet);
        }
        return;
    }
    char rule[KURS_NAME_SIZE];
    sheet_time(sheet, asof->observed_us, route->kind);
    sheet_rate_to(sheet, asof->rate, decimals);
    sheet_age(sheet, asof->age_us, route->kind);
    sheet_text(sheet, kurs_asof_rule(route, asof, rule));
}

/* ---- change */

#define CHANGE_COLUMNS                                                                                            \
    {"from", NULL, COLUMN_TIME, IN_ALL}, {"start", NULL, COLUMN_RATE, IN_ALL}, {"to", NULL, COLUMN_TIME, IN_ALL}, \
        {"end", NULL, COLUMN_RATE, IN_ALL}, {"change", NULL, COLUMN_CHANGE, IN_ALL},                              \
        {"percent", "%", COLUMN_CHANGE, IN_ALL},                                                                  \
    {                                                                                                             \
        "note", "", COLUMN_TEXT, TABLE_ONLY                                                                       \
    }

static const struct column CHANGE[][9] = {
    [CHANGE_RANGE] = {{"pair", NULL, COLUMN_TEXT, IN_ALL}, CHANGE_COLUMNS},
    [CHANGE_WINDOW] = {{"pair", NULL, COLUMN_TEXT, IN_ALL}, {"window", NULL, COLUMN_TEXT, IN_ALL}, CHANGE_COLUMNS},
    [CHANGE_PERIOD] = {{"pair", NULL, COLUMN_TEXT, IN_ALL}, {"period", NULL, COLUMN_TEXT, IN_ALL}, CHANGE_COLUMNS},
};

struct sheet *answer_change_open(FILE *out, const struct sheet_style *style, enum change_shape shape)
{
    return sheet_open(out, CHANGE[shape], shape == CHANGE_RANGE ? 8 : 9, style);
}

static bool has_start(const struct change_row *row)
{
    return row->change->known && !row->emptied;
}

static void push_point(struct sheet *sheet, bool known, const struct kurs_point *point, enum kurs_kind kind)
{
    if (known) {
        sheet_time(sheet, point->time_us, kind);
        sheet_rate(sheet, point->rate);
    } else {
        sheet_empty(sheet);
        sheet_empty(sheet);
    }
}

/* from, start, to, end */
static void push_ends(struct sheet *sheet, const struct change_row *row)
{
    const struct kurs_change *change = row->change;
    push_point(sheet, has_start(row), &change->start, row->route->kind);
    push_point(sheet, change->ended, &change->end, row->route->kind);
}

static void push_percent(struct sheet *sheet, const struct change_row *row)
{
    if (has_start(row)) {
        sheet_percent(sheet, &row->change->ratio, row->decimals);
    } else {
        sheet_empty(sheet);
    }
}

static void push_note(struct sheet *sheet, const struct change_row *row)
{
    char note[48] = "";
    if (row->change->known && row->change->start_age_us > row->stale_us) {
        snprintf(note, sizeof note, "start %" PRId64 "d stale", row->change->start_age_us / KURS_DAY_US);
    }
    sheet_text(sheet, note);
}

void answer_change(struct sheet *sheet, const struct change_row *row)
{
    sheet_text(sheet, row->route->name);
    if (row->part != NULL) {
        sheet_text(sheet, row->part);
    }
    push_ends(sheet, row);
    if (has_start(row)) {
        sheet_rate(sheet, row->change->difference);
    } else {
        sheet_empty(sheet);
    }
    push_percent(sheet, row);
    push_note(sheet, row);
}

/* ---- change --compare */

static const struct column COMPARE[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL},
    {"window", NULL, COLUMN_TEXT, IN_ALL},
    {"first", NULL, COLUMN_TEXT, IN_ALL},
    {"first_from", "from", COLUMN_TIME, IN_ALL},
    {"first_start", "start", COLUMN_RATE, IN_ALL},
    {"first_to", "to", COLUMN_TIME, IN_ALL},
    {"first_end", "end", COLUMN_RATE, IN_ALL},
    {"first_percent", "%", COLUMN_CHANGE, IN_ALL},
    {"second", NULL, COLUMN_TEXT, IN_ALL},
    {"second_from", "from", COLUMN_TIME, IN_ALL},
    {"second_start", "start", COLUMN_RATE, IN_ALL},
    {"second_to", "to", COLUMN_TIME, IN_ALL},
    {"second_end", "end", COLUMN_RATE, IN_ALL},
    {"second_percent", "%", COLUMN_CHANGE, IN_ALL},
    {"difference", "difference %", COLUMN_CHANGE, IN_ALL},
};

struct sheet *answer_compare_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, COMPARE, COUNT(COMPARE), style);
}

/* The difference of the two percentages as printed, in percentage points. */
static bool percent_difference(const struct change_row rows[2], struct kurs_decimal *difference)
{
    struct kurs_decimal percent[2];
    for (int i = 0; i < 2; i++) {
        char text[KURS_PERCENT_SIZE];
        size_t length = has_start(&rows[i]) ? kurs_percent_format(&rows[i].change->ratio, rows[i].decimals, text) : 0;
        if (length == 0 || kurs_decimal_parse(text, length, &percent[i]) != KURS_OK) {
            return false;
        }
    }
    return kurs_decimal_subtract(percent[0], percent[1], difference) == KURS_OK;
}

static const char *label_of(const struct kurs_route *route)
{
    const char *label = strchr(route->leg[0], '@');
    return label != NULL ? label : "";
}

void answer_compare(struct sheet *sheet, const char *part, const struct change_row rows[2])
{
    char pair[KURS_NAME_SIZE];
    snprintf(pair, sizeof pair, "%.*s", (int)strcspn(rows[0].route->name, "@"), rows[0].route->name);
    sheet_text(sheet, pair);
    sheet_text(sheet, part);
    for (int i = 0; i < 2; i++) {
        sheet_text(sheet, label_of(rows[i].route));
        push_ends(sheet, &rows[i]);
        push_percent(sheet, &rows[i]);
    }
    struct kurs_decimal difference;
    if (percent_difference(rows, &difference)) {
        sheet_rate(sheet, difference);
    } else {
        sheet_empty(sheet);
    }
}

/* ---- ohlc */

static const struct column BARS[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL}, {"period", NULL, COLUMN_TEXT, IN_ALL},  {"open", NULL, COLUMN_RATE, IN_ALL},
    {"high", NULL, COLUMN_RATE, IN_ALL}, {"low", NULL, COLUMN_RATE, IN_ALL},     {"close", NULL, COLUMN_RATE, IN_ALL},
    {"mean", NULL, COLUMN_RATE, IN_ALL}, {"points", NULL, COLUMN_COUNT, IN_ALL},
};

struct sheet *answer_bars_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, BARS, COUNT(BARS), style);
}

void answer_bar(struct sheet *sheet, const struct kurs_route *route, const char *period, const struct kurs_bar *bar,
                int decimals)
{
    sheet_text(sheet, route->name);
    sheet_text(sheet, period);
    sheet_rate_to(sheet, bar->summary.first.rate, decimals);
    sheet_rate_to(sheet, bar->summary.high.rate, decimals);
    sheet_rate_to(sheet, bar->summary.low.rate, decimals);
    sheet_rate_to(sheet, bar->summary.last.rate, decimals);
    sheet_rate_to(sheet, bar->summary.mean, decimals);
    sheet_count(sheet, bar->summary.count);
}

/* ---- stats */

static const struct column STATS[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL},
    {"from", NULL, COLUMN_TIME, IN_ALL},
    {"to", NULL, COLUMN_TIME, IN_ALL},
    {"points", NULL, COLUMN_COUNT, IN_ALL},
    {"first", NULL, COLUMN_RATE, IN_ALL},
    {"last", NULL, COLUMN_RATE, IN_ALL},
    {"low", NULL, COLUMN_RATE, IN_ALL},
    {"low_time", "low on", COLUMN_TIME, IN_ALL},
    {"high", NULL, COLUMN_RATE, IN_ALL},
    {"high_time", "high on", COLUMN_TIME, IN_ALL},
    {"mean", NULL, COLUMN_RATE, IN_ALL},
    {"time_weighted_mean", "time-weighted mean", COLUMN_NUMBER, NOT_CSV},
    {"percent", "change %", COLUMN_CHANGE, IN_ALL},
    {"cagr", "cagr %", COLUMN_NUMBER, IN_ALL},
    {"volatility", "volatility %", COLUMN_NUMBER, IN_ALL},
    {"drawdown", "drawdown %", COLUMN_NUMBER, IN_ALL},
    {"drawdown_from", "drawdown from", COLUMN_TIME, IN_ALL},
    {"drawdown_to", "drawdown to", COLUMN_TIME, IN_ALL},
    {"best_day", "best day %", COLUMN_NUMBER, NOT_CSV},
    {"best_day_time", "best day on", COLUMN_TIME, NOT_CSV},
    {"worst_day", "worst day %", COLUMN_NUMBER, NOT_CSV},
    {"worst_day_time", "worst day on", COLUMN_TIME, NOT_CSV},
};

struct sheet *answer_stats_open(FILE *out, const struct sheet_style *style)
{
    struct sheet_style tall = *style;
    tall.tall = true;
    return sheet_open(out, STATS, COUNT(STATS), &tall);
}

/* A statistic and the times it belongs to, which are unknown with it. */
static void push_timed(struct sheet *sheet, double number, int decimals, const int64_t *times_us, size_t count,
                       enum kurs_kind kind)
{
    sheet_number(sheet, number, decimals);
    for (size_t i = 0; i < count; i++) {
        if (isfinite(number)) {
            sheet_time(sheet, times_us[i], kind);
        } else {
            sheet_empty(sheet);
        }
    }
}

/* Decimals that show MEAN_DIGITS significant digits of `number`, however small. */
static int mean_decimals(double number)
{
    int decimals = MEAN_DIGITS - 1 - (number > 0 && isfinite(number) ? (int)floor(log10(number)) : 0);
    return decimals < 0 ? 0 : decimals;
}

void answer_stats(struct sheet *sheet, const struct kurs_route *route, const struct kurs_stats *stats, int decimals)
{
    const struct kurs_summary *summary = &stats->summary;
    sheet_text(sheet, route->name);
    if (summary->count == 0) {
        sheet_empty(sheet);
        sheet_empty(sheet);
        sheet_count(sheet, 0);
        for (size_t i = 4; i < COUNT(STATS); i++) {
            sheet_empty(sheet);
        }
        return;
    }
    sheet_time(sheet, summary->first.time_us, route->kind);
    sheet_time(sheet, summary->last.time_us, route->kind);
    sheet_count(sheet, summary->count);
    sheet_rate(sheet, summary->first.rate);
    sheet_rate(sheet, summary->last.rate);
    sheet_rate(sheet, summary->low.rate);
    sheet_time(sheet, summary->low.time_us, route->kind);
    sheet_rate(sheet, summary->high.rate);
    sheet_time(sheet, summary->high.time_us, route->kind);
    sheet_rate(sheet, summary->mean);
    sheet_number(sheet, stats->time_weighted_mean, mean_decimals(stats->time_weighted_mean));
    sheet_percent(sheet, &stats->ratio, decimals);
    sheet_number(sheet, stats->cagr, decimals);
    sheet_number(sheet, stats->volatility, decimals);
    const int64_t drawdown_us[2] = {stats->drawdown_from_us, stats->drawdown_to_us};
    push_timed(sheet, stats->drawdown, decimals, drawdown_us, 2, route->kind);
    push_timed(sheet, stats->best_day, decimals, &stats->best_day_us, 1, route->kind);
    push_timed(sheet, stats->worst_day, decimals, &stats->worst_day_us, 1, route->kind);
}

/* ---- ticker */

static const struct column TICKER[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL},
    {"time", NULL, COLUMN_TIME, IN_ALL},
    {"rate", NULL, COLUMN_RATE, IN_ALL},
    {"percent", "%", COLUMN_CHANGE, IN_ALL},
};

struct sheet *answer_ticker_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, TICKER, COUNT(TICKER), style);
}

/* ---- imports, revisions, diff */

static const struct column IMPORTS[] = {
    {"id", NULL, COLUMN_COUNT, IN_ALL},       {"when", NULL, COLUMN_TIME, IN_ALL},
    {"source", NULL, COLUMN_TEXT, IN_ALL},    {"bytes", NULL, COLUMN_COUNT, IN_ALL},
    {"crc32c", NULL, COLUMN_TEXT, IN_ALL},    {"rows", NULL, COLUMN_COUNT, IN_ALL},
    {"added", "new", COLUMN_COUNT, IN_ALL},   {"identical", NULL, COLUMN_COUNT, IN_ALL},
    {"replaced", NULL, COLUMN_COUNT, IN_ALL}, {"kept", NULL, COLUMN_COUNT, IN_ALL},
    {"blank", NULL, COLUMN_COUNT, IN_ALL},    {"rejected", NULL, COLUMN_COUNT, IN_ALL},
    {"format", NULL, COLUMN_TEXT, IN_ALL},
};

struct sheet *answer_imports_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, IMPORTS, COUNT(IMPORTS), style);
}

void answer_import(struct sheet *sheet, const struct kurs_import_record *record)
{
    char checksum[12];
    snprintf(checksum, sizeof checksum, "%08" PRIx32, record->crc32c);
    sheet_count(sheet, record->id);
    sheet_time(sheet, record->when_us, KURS_INSTANT);
    sheet_text(sheet, record->source);
    sheet_count(sheet, record->bytes);
    sheet_text(sheet, checksum);
    sheet_count(sheet, record->counts.rows);
    sheet_count(sheet, record->counts.added);
    sheet_count(sheet, record->counts.identical);
    sheet_count(sheet, record->counts.replaced);
    sheet_count(sheet, record->counts.kept);
    sheet_count(sheet, record->counts.blank);
    sheet_count(sheet, record->counts.rejected);
    sheet_text(sheet, record->format);
}

static const struct column REVISIONS[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL},        {"time", NULL, COLUMN_TIME, IN_ALL},
    {"sequence", NULL, COLUMN_COUNT, IN_ALL},   {"old", NULL, COLUMN_RATE, IN_ALL},
    {"new", NULL, COLUMN_RATE, IN_ALL},         {"when", NULL, COLUMN_TIME, IN_ALL},
    {"old_import", NULL, COLUMN_COUNT, IN_ALL}, {"new_import", NULL, COLUMN_COUNT, IN_ALL},
};

struct sheet *answer_revisions_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, REVISIONS, COUNT(REVISIONS), style);
}

void answer_revision(struct sheet *sheet, const struct kurs_revision *revision, enum kurs_kind kind)
{
    sheet_text(sheet, revision->name);
    sheet_time(sheet, revision->time_us, kind);
    sheet_count(sheet, revision->sequence);
    sheet_rate(sheet, revision->old_rate);
    sheet_rate(sheet, revision->new_rate);
    sheet_time(sheet, revision->when_us, KURS_INSTANT);
    sheet_count(sheet, revision->old_import);
    sheet_count(sheet, revision->new_import);
}

static const struct column RESTATED[] = {
    {"pair", NULL, COLUMN_TEXT, IN_ALL},     {"time", NULL, COLUMN_TIME, IN_ALL},
    {"old", NULL, COLUMN_RATE, IN_ALL},      {"new", NULL, COLUMN_RATE, IN_ALL},
    {"change", NULL, COLUMN_CHANGE, IN_ALL}, {"percent", "%", COLUMN_CHANGE, IN_ALL},
    {"when", NULL, COLUMN_TIME, IN_ALL},     {"import", NULL, COLUMN_COUNT, IN_ALL},
};

struct sheet *answer_restated_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, RESTATED, COUNT(RESTATED), style);
}

void answer_restated(struct sheet *sheet, const struct kurs_restated *restated, enum kurs_kind kind, int decimals)
{
    const struct kurs_ratio ratio = {.over = {restated->new_rate, {1, 0}}, .under = {restated->old_rate, {1, 0}}};
    struct kurs_decimal change;
    sheet_text(sheet, restated->name);
    sheet_time(sheet, restated->time_us, kind);
    sheet_rate(sheet, restated->old_rate);
    sheet_rate(sheet, restated->new_rate);
    if (kurs_decimal_subtract(restated->new_rate, restated->old_rate, &change) == KURS_OK) {
        sheet_rate(sheet, change);
    } else {
        sheet_empty(sheet);
    }
    sheet_percent(sheet, &ratio, decimals);
    sheet_time(sheet, restated->when_us, KURS_INSTANT);
    sheet_count(sheet, restated->new_import);
}

/* ---- verify */

static const struct column VERIFY[] = {
    {"series", NULL, COLUMN_COUNT, IN_ALL},    {"blocks", NULL, COLUMN_COUNT, IN_ALL},
    {"points", NULL, COLUMN_COUNT, IN_ALL},    {"summaries", NULL, COLUMN_COUNT, IN_ALL},
    {"revisions", NULL, COLUMN_COUNT, IN_ALL}, {"imports", NULL, COLUMN_COUNT, IN_ALL},
};

struct sheet *answer_verify_open(FILE *out, const struct sheet_style *style)
{
    return sheet_open(out, VERIFY, COUNT(VERIFY), style);
}

void answer_verify(struct sheet *sheet, const struct kurs_verify_report *report)
{
    sheet_count(sheet, report->series);
    sheet_count(sheet, report->blocks);
    sheet_count(sheet, report->points);
    sheet_count(sheet, report->summaries);
    sheet_count(sheet, report->revisions);
    sheet_count(sheet, report->imports);
}
