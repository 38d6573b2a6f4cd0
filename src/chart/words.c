/* words.c: owns titles, subtitles, notes and labels. Refuses to know where they stand. */
#include "chart/words.h"

#include "chart/currency.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#define SOURCE_BYTES_MAX 320 /* leaves room for the facts behind it */
#define DASH             " \xE2\x80\x93 "
#define DOT              " \xC2\xB7 "

/* Appends to `text`, as far as it goes; caption_clean cuts what is too long for a chart anyway. */
static void append(char text[CAPTION_SIZE], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void append(char text[CAPTION_SIZE], const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, CAPTION_SIZE - length, format, arguments);
    va_end(arguments);
}

static struct kurs_name name_of(const char *pair)
{
    struct kurs_name name = {.base = ""};
    if (kurs_name_parse(pair, &name, NULL) != KURS_OK) {
        return (struct kurs_name) {.base = ""};
    }
    return name;
}

static const char *currency_name(const char *code)
{
    const struct currency *currency = currency_wording(code);
    return currency != NULL ? currency->name : code;
}

static const char *currency_plural(const char *code)
{
    const struct currency *currency = currency_wording(code);
    return currency != NULL ? currency->plural : code;
}

static const char *currency_unit(const char *code)
{
    const struct currency *currency = currency_wording(code);
    return currency != NULL ? currency->unit : code;
}

/* The first letter of a sentence; names that are no proper names stand in the table in lower case. */
static void capital(char *text)
{
    if (*text >= 'a' && *text <= 'z') {
        *text = (char)(*text - 'a' + 'A');
    }
}

/* "the US dollar", "the euro". */
static void the_currency(const char *code, char text[CAPTION_SIZE])
{
    snprintf(text, CAPTION_SIZE, "%s%s", currency_wording(code) != NULL ? "the " : "", currency_name(code));
}

static bool same_base(const struct frame *frame)
{
    struct kurs_name first = name_of(frame->series[0].route->name);
    for (size_t i = 1; i < frame->count; i++) {
        if (strcmp(name_of(frame->series[i].route->name).base, first.base) != 0) {
            return false;
        }
    }
    return true;
}

static bool same_quote(const struct frame *frame)
{
    struct kurs_name first = name_of(frame->series[0].route->name);
    for (size_t i = 1; i < frame->count; i++) {
        if (strcmp(name_of(frame->series[i].route->name).quote, first.quote) != 0) {
            return false;
        }
    }
    return true;
}

/* "A, B and C" of the bases (or quotes) of few series, a count of many. */
static void list_currencies(const struct frame *frame, bool quotes, char text[CAPTION_SIZE])
{
    const size_t listed_most = 3;
    text[0] = '\0';
    if (frame->count > listed_most) {
        static const char *const numbers[] = {"four", "five", "six", "seven", "eight", "nine", "ten"};
        size_t above = frame->count - listed_most - 1;
        if (above < sizeof numbers / sizeof *numbers) {
            append(text, "%s currencies", numbers[above]);
        } else {
            append(text, "%zu currencies", frame->count);
        }
        return;
    }
    for (size_t i = 0; i < frame->count; i++) {
        struct kurs_name name = name_of(frame->series[i].route->name);
        append(text, "%s%s",
               i == 0                 ? ""
               : i + 1 < frame->count ? ", "
                                      : " and ",
               currency_name(quotes ? name.quote : name.base));
    }
}

void words_title(const struct chart_request *request, const struct frame *frame, char text[CAPTION_SIZE])
{
    if (request->title != NULL) {
        caption_clean(request->title, text);
        return;
    }
    struct kurs_name first = name_of(frame->series[0].route->name);
    char list[CAPTION_SIZE], other[CAPTION_SIZE];
    text[0] = '\0';
    if (same_base(frame)) {
        the_currency(first.quote, other);
        append(text, "%s against ", currency_name(first.base));
        if (same_quote(frame)) {
            append(text, "%s", other);
        } else {
            list_currencies(frame, true, list);
            append(text, "%s%s", strncmp(other, "the ", 4) == 0 && frame->count <= 3 ? "the " : "", list);
        }
    } else if (same_quote(frame)) {
        list_currencies(frame, false, list);
        the_currency(first.quote, other);
        append(text, frame->count > 3 ? "%s against %s" : "%s", list, other);
    } else {
        for (size_t i = 0; i < frame->count && i < 3; i++) {
            append(text, "%s%s", i == 0 ? "" : ", ", frame->series[i].route->name);
        }
        if (frame->count > 3) {
            append(text, " and %zu more", frame->count - 3);
        }
    }
    capital(text);
}

void words_unit(const char *pair, char text[CAPTION_SIZE])
{
    struct kurs_name name = name_of(pair);
    snprintf(text, CAPTION_SIZE, "%s per %s", currency_plural(name.quote), currency_unit(name.base));
    capital(text);
}

static void unit_of_all(const struct frame *frame, char text[CAPTION_SIZE])
{
    struct kurs_name first = name_of(frame->series[0].route->name);
    text[0] = '\0';
    if (same_base(frame) && same_quote(frame)) {
        words_unit(frame->series[0].route->name, text);
    } else if (same_quote(frame)) {
        append(text, "%s per unit of each", currency_plural(first.quote));
    } else if (same_base(frame)) {
        append(text, "units of each per %s", currency_unit(first.base));
    } else {
        append(text, "units of the second currency per unit of the first");
    }
    capital(text);
}

static const char *const unit_names[] = {"minute", "hour", "day", "week", "month", "quarter", "year"};

void words_period(struct kurs_span span, char text[CAPTION_NUMBER_SIZE])
{
    if (span.count == 1) {
        snprintf(text, CAPTION_NUMBER_SIZE, "%s", unit_names[span.unit]);
    } else {
        snprintf(text, CAPTION_NUMBER_SIZE, "%d %ss", (int)span.count, unit_names[span.unit]);
    }
}

void words_periodic(struct kurs_span span, char text[CAPTION_NUMBER_SIZE])
{
    static const char *const each[] = {"one-minute", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly"};
    if (span.count == 1) {
        snprintf(text, CAPTION_NUMBER_SIZE, "%s", each[span.unit]);
    } else {
        snprintf(text, CAPTION_NUMBER_SIZE, "%d-%s", (int)span.count, unit_names[span.unit]);
    }
}

void words_range(int64_t first_us, int64_t last_us, enum kurs_kind kind, const struct kurs_zone *zone,
                 char text[CAPTION_SIZE])
{
    const int64_t times_shown_us = 14 * KURS_DAY_US; /* a longer range needs no time of day */
    bool days = kind == KURS_DAILY || last_us - first_us > times_shown_us;
    char first[CAPTION_NUMBER_SIZE], last[CAPTION_NUMBER_SIZE];
    if (days) {
        caption_day(first_us, kind == KURS_DAILY ? NULL : zone, first);
        caption_day(last_us, kind == KURS_DAILY ? NULL : zone, last);
    } else {
        caption_date(first_us, kind, zone, first);
        caption_date(last_us, kind, zone, last);
    }
    char *time = strstr(last, ", ");
    bool same_day = time != NULL && strncmp(first, last, (size_t)(time - last) + 2) == 0;
    if (same_day && strcmp(first, last) != 0) {
        snprintf(text, CAPTION_SIZE, "%s" DASH "%s", first, time + 2);
    } else if (strcmp(first, last) == 0) {
        snprintf(text, CAPTION_SIZE, "%s", first);
    } else {
        snprintf(text, CAPTION_SIZE, "%s" DASH "%s", first, last);
    }
}

bool words_one_scale(const struct chart_request *request, const struct frame *frame)
{
    return request->rebase || frame->type == CHART_CHANGE || frame->type == CHART_DRAWDOWN;
}

void words_subtitle(const struct chart_request *request, const struct frame *frame, char text[CAPTION_SIZE])
{
    if (request->subtitle != NULL) {
        caption_clean(request->subtitle, text);
        return;
    }
    char unit[CAPTION_SIZE], range[CAPTION_SIZE], period[CAPTION_NUMBER_SIZE], periodic[CAPTION_NUMBER_SIZE];
    unit_of_all(frame, unit);
    words_range(frame->first_us, frame->last_us, frame->kind, frame->zone, range);
    words_period(frame->every, period);
    words_periodic(frame->every, periodic);
    text[0] = '\0';
    switch (frame->type) {
    case CHART_LINE:
        if (request->rebase) {
            char start[CAPTION_NUMBER_SIZE];
            caption_date(frame->first_us, frame->kind, frame->zone, start);
            append(text, "%s, %s = 100, to ", unit, frame->apart ? "first point of each" : start);
            caption_date(frame->last_us, frame->kind, frame->zone, range);
        } else {
            append(text, "%s, ", unit);
        }
        append(text, "%s", range);
        append(text, "%s", request->log_scale ? ", log scale" : "");
        break;
    case CHART_BAND:
        append(text, "%s, with the low and high of each %s, %s", unit, period, range);
        break;
    case CHART_CANDLE:
        append(text, "%s, %s open, high, low and close (hollow: up, filled: down), %s", unit, periodic, range);
        break;
    case CHART_CHANGE:
    case CHART_HEATMAP:
        append(text, "%s, change on the %s before, %%, %s", unit, period, range);
        break;
    case CHART_DRAWDOWN:
        append(text, "%s, %% below the highest so far, %s", unit, range);
        break;
    }
    bool panels = frame->count > 1 && (request->panels || frame->type == CHART_CANDLE || frame->type == CHART_BAND);
    append(text, "%s", panels && !words_one_scale(request, frame) ? ", scales differ" : "");
}

void words_source(const struct chart_request *request, char text[CAPTION_SIZE])
{
    char source[CAPTION_SIZE];
    text[0] = '\0';
    if (request->source != NULL && caption_clean(request->source, source) > 0) {
        append(text, "Source: %s", source);
        caption_cut(text, SOURCE_BYTES_MAX);
    }
}

void words_note(const struct chart_request *request, const struct frame *frame, char text[CAPTION_SIZE])
{
    char date[CAPTION_NUMBER_SIZE], drawn[CAPTION_NUMBER_SIZE], total[CAPTION_NUMBER_SIZE];
    words_source(request, text);
    append(text, "%s", text[0] != '\0' ? DOT : "");
    if (frame->count == 1) {
        append(text, "%s" DOT, frame->series[0].route->name);
    }
    caption_date(frame->last_us, frame->kind, frame->zone, date);
    append(text, "Last observation %s", date);
    if (frame->kind == KURS_INSTANT) {
        append(text, DOT "Times in %.40s", request->zone_name != NULL ? request->zone_name : "UTC");
    }
    bool reduced = false, derived = false, left_out = false;
    for (size_t i = 0; i < frame->count; i++) {
        reduced |= frame->series[i].reduced;
        left_out |= frame->series[i].left_out > 0;
        derived |= frame->series[i].route->rule != KURS_DIRECT;
    }
    if (derived) {
        append(text, DOT "%s", frame->count == 1 ? "Derived rate" : "Some rates are derived");
    }
    if (left_out && frame->type == CHART_HEATMAP) {
        append(text, DOT "Blank: no rate in the month or year before");
    } else if (left_out) {
        words_period(frame->every, date);
        append(text, DOT "No bar where the %s before has no rate", date);
    }
    if (reduced) {
        caption_number((double)frame->points_drawn, 0, drawn);
        caption_number((double)frame->points_total, 0, total);
        append(text, DOT "%s of %s points drawn", drawn, total);
    }
}

void words_rate(const struct frame_series *series, struct kurs_decimal rate, char text[CAPTION_NUMBER_SIZE])
{
    const struct kurs_summary *summary = &series->summary;
    caption_rate_among(rate, kurs_decimal_double(summary->high.rate) - kurs_decimal_double(summary->low.rate), text);
}

void words_end(const struct frame *frame, const struct frame_series *series, char name[CAPTION_NUMBER_SIZE],
               char value[CAPTION_NUMBER_SIZE], char change[CAPTION_NUMBER_SIZE])
{
    name[0] = change[0] = '\0';
    if (frame->count > 1) {
        snprintf(name, CAPTION_NUMBER_SIZE, "%s", series->route->name);
        if (frame_ends_early(frame, series)) { /* its value is none of today */
            char date[CAPTION_NUMBER_SIZE];
            size_t length = strlen(name);
            caption_date(series->summary.last.time_us, frame->kind, frame->zone, date);
            snprintf(name + length, CAPTION_NUMBER_SIZE - length, ", %s", date);
        }
    }
    if (frame->type == CHART_CHANGE) {
        caption_percent(series->bars[series->bar_count - 1].percent, value);
        return;
    }
    if (frame->type == CHART_DRAWDOWN) {
        caption_percent(series->points[series->point_count - 1].value, value);
        return;
    }
    words_rate(series, series->summary.last.rate, value);
    if (series->summary.count > 1) {
        caption_percent(series->percent, change);
    }
}

void words_summary(const struct chart_request *request, const struct frame *frame, char text[2 * CAPTION_SIZE])
{
    char subtitle[CAPTION_SIZE];
    struct chart_request plain = *request;
    plain.subtitle = NULL;
    words_subtitle(&plain, frame, subtitle);
    size_t size = 2 * CAPTION_SIZE, length = (size_t)snprintf(text, size, "%s.", subtitle);
    for (size_t i = 0; i < frame->count && length + CAPTION_SIZE / 2 < size; i++) {
        const struct frame_series *series = &frame->series[i];
        char first[CAPTION_NUMBER_SIZE], last[CAPTION_NUMBER_SIZE], low[CAPTION_NUMBER_SIZE], high[CAPTION_NUMBER_SIZE];
        char percent[CAPTION_NUMBER_SIZE];
        words_rate(series, series->summary.first.rate, first);
        words_rate(series, series->summary.last.rate, last);
        words_rate(series, series->summary.low.rate, low);
        words_rate(series, series->summary.high.rate, high);
        caption_percent(series->percent, percent);
        length += (size_t)snprintf(text + length, size - length, " %s: from %s to %s (%s), low %s, high %s.",
                                   series->route->name, first, last, percent, low, high);
        if (frame->type == CHART_DRAWDOWN && length + CAPTION_SIZE / 2 < size) {
            caption_percent(series->drawdown, percent);
            caption_day(series->drawdown_us, frame->zone, last);
            length += (size_t)snprintf(text + length, size - length, " Deepest: %s on %s.", percent, last);
        }
    }
}
