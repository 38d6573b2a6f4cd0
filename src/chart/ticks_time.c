/* ticks_time.c: owns the ticks of date axes. The one idea: a list of calendar steps from fine to coarse, and the first
 * one whose labels stand apart wins. Labels are as short as they can be ("Apr", "17", "10:00"); what they belong to
 * stands under the first tick and wherever it changes. */
#include "chart/calendar.h"
#include "chart/ticks.h"

#include <stdio.h>
#include <string.h>

enum level { LEVEL_SECOND, LEVEL_MINUTE, LEVEL_DAY, LEVEL_MONTH, LEVEL_YEAR };

struct date_step {
    enum level level;
    int32_t count;
    int64_t about_us; /* length of a step, for a first estimate */
};

#define MILLISECOND_US INT64_C(1000)
#define MONTH_US       (KURS_DAY_US * 30)
#define YEAR_US        (KURS_DAY_US * 365)

/* Seconds and below step by about_us itself. */
static const struct date_step steps[] = {
    {LEVEL_SECOND, 1, 10 * MILLISECOND_US},
    {LEVEL_SECOND, 1, 50 * MILLISECOND_US},
    {LEVEL_SECOND, 1, 100 * MILLISECOND_US},
    {LEVEL_SECOND, 1, 500 * MILLISECOND_US},
    {LEVEL_SECOND, 1, KURS_SECOND_US},
    {LEVEL_SECOND, 1, 5 * KURS_SECOND_US},
    {LEVEL_SECOND, 1, 10 * KURS_SECOND_US},
    {LEVEL_SECOND, 1, 30 * KURS_SECOND_US},
    {LEVEL_MINUTE, 1, KURS_MINUTE_US},
    {LEVEL_MINUTE, 2, 2 * KURS_MINUTE_US},
    {LEVEL_MINUTE, 5, 5 * KURS_MINUTE_US},
    {LEVEL_MINUTE, 10, 10 * KURS_MINUTE_US},
    {LEVEL_MINUTE, 15, 15 * KURS_MINUTE_US},
    {LEVEL_MINUTE, 30, 30 * KURS_MINUTE_US},
    {LEVEL_MINUTE, 60, KURS_HOUR_US},
    {LEVEL_MINUTE, 120, 2 * KURS_HOUR_US},
    {LEVEL_MINUTE, 180, 3 * KURS_HOUR_US},
    {LEVEL_MINUTE, 360, 6 * KURS_HOUR_US},
    {LEVEL_MINUTE, 720, 12 * KURS_HOUR_US},
    {LEVEL_DAY, 1, KURS_DAY_US},
    {LEVEL_DAY, 2, 2 * KURS_DAY_US},
    {LEVEL_DAY, 7, 7 * KURS_DAY_US},
    {LEVEL_MONTH, 1, MONTH_US},
    {LEVEL_MONTH, 2, 2 * MONTH_US},
    {LEVEL_MONTH, 3, 3 * MONTH_US},
    {LEVEL_MONTH, 6, 6 * MONTH_US},
    {LEVEL_YEAR, 1, YEAR_US},
    {LEVEL_YEAR, 2, 2 * YEAR_US},
    {LEVEL_YEAR, 5, 5 * YEAR_US},
    {LEVEL_YEAR, 10, 10 * YEAR_US},
    {LEVEL_YEAR, 20, 20 * YEAR_US},
    {LEVEL_YEAR, 50, 50 * YEAR_US},
    {LEVEL_YEAR, 100, 100 * YEAR_US},
    {LEVEL_YEAR, 200, 200 * YEAR_US},
    {LEVEL_YEAR, 500, 500 * YEAR_US},
    {LEVEL_YEAR, 1000, 1000 * YEAR_US},
    {LEVEL_YEAR, 2000, 2000 * YEAR_US},
};

/* The unit that is walked to find the ticks of a level, and whether the start of one of them is a tick. */
static struct kurs_span walked(const struct date_step *step)
{
    if (step->level == LEVEL_MINUTE) {
        return (struct kurs_span) {step->count, KURS_MINUTE};
    }
    if (step->level == LEVEL_DAY) {
        return (struct kurs_span) {1, step->count >= 7 ? KURS_WEEK : KURS_DAY};
    }
    return (struct kurs_span) {1, step->level == LEVEL_MONTH ? KURS_MONTH : KURS_YEAR};
}

static bool is_tick(const struct date_step *step, int64_t at_us, const struct time_axis *axis)
{
    struct calendar at = calendar_of(at_us, axis->zone);
    if (axis->weekdays && step->level <= LEVEL_DAY) { /* a month that begins on a Sunday has its tick on Monday */
        int64_t shift_us = step->level < LEVEL_DAY ? axis->weekend_us : 0;
        if (calendar_of(at_us + shift_us, axis->zone).weekday >= 5) {
            return false;
        }
    }
    switch (step->level) {
    case LEVEL_SECOND:
    case LEVEL_MINUTE:
        return true;
    case LEVEL_DAY:
        return step->count != 2 || (at.day % 2 == 1 && at.day < 31); /* a week begins where it was walked to */
    case LEVEL_MONTH:
        return (at.month - 1) % step->count == 0;
    case LEVEL_YEAR:
        return at.year % step->count == 0;
    }
    return false;
}

static void label_tick(const struct date_step *step, const struct calendar *at, char label[CAPTION_NUMBER_SIZE])
{
    switch (step->level) {
    case LEVEL_SECOND:
        if (step->about_us >= KURS_SECOND_US) {
            snprintf(label, CAPTION_NUMBER_SIZE, "%02d:%02d:%02d", at->hour, at->minute, at->second);
        } else {
            snprintf(label, CAPTION_NUMBER_SIZE, "%02d:%02d:%02d.%02d", at->hour, at->minute, at->second,
                     at->microsecond / 10000);
        }
        break;
    case LEVEL_MINUTE:
        snprintf(label, CAPTION_NUMBER_SIZE, "%02d:%02d", at->hour, at->minute);
        break;
    case LEVEL_DAY:
        snprintf(label, CAPTION_NUMBER_SIZE, "%d", at->day);
        break;
    case LEVEL_MONTH:
        snprintf(label, CAPTION_NUMBER_SIZE, "%s", caption_month(at->month));
        break;
    case LEVEL_YEAR:
        snprintf(label, CAPTION_NUMBER_SIZE, "%d", at->year);
        break;
    }
}

/* What a tick belongs to, when that differs from the tick before (NULL for the first). */
static void label_under(enum level level, const struct calendar *at, const struct calendar *before,
                        char under[CAPTION_NUMBER_SIZE])
{
    bool new_year = before == NULL || at->year != before->year;
    bool new_month = new_year || at->month != before->month;
    bool new_day = new_month || at->day != before->day;
    under[0] = '\0';
    if (level == LEVEL_MONTH && new_year) {
        snprintf(under, CAPTION_NUMBER_SIZE, "%d", at->year);
    } else if (level == LEVEL_DAY && new_month) {
        const char *month = caption_month(at->month);
        if (new_year) {
            snprintf(under, CAPTION_NUMBER_SIZE, "%s %d", month, at->year);
        } else {
            snprintf(under, CAPTION_NUMBER_SIZE, "%s", month);
        }
    } else if (level <= LEVEL_MINUTE && new_day) {
        snprintf(under, CAPTION_NUMBER_SIZE, "%d %s", at->day, caption_month(at->month));
    }
}

static void add_tick(const struct date_step *step, int64_t at_us, const struct kurs_zone *zone,
                     struct time_ticks *ticks)
{
    struct calendar at = calendar_of(at_us, zone), before = {0};
    size_t i = ticks->count++;
    if (i > 0) {
        before = calendar_of(ticks->at_us[i - 1], zone);
    }
    ticks->at_us[i] = at_us;
    label_tick(step, &at, ticks->label[i]);
    label_under(step->level, &at, i > 0 ? &before : NULL, ticks->under[i]);
    ticks->has_under |= ticks->under[i][0] != '\0';
}

/* Fills *ticks; false when more than `most` are needed. */
static bool fill(const struct date_step *step, const struct time_axis *axis, size_t most, struct time_ticks *ticks)
{
    const struct kurs_zone *zone = axis->zone;
    *ticks = (struct time_ticks) {.count = 0};
    struct kurs_span span = walked(step);
    int64_t at_us = axis->first_us, until_us;
    if (step->level == LEVEL_SECOND) {
        at_us = axis->first_us - ((axis->first_us % step->about_us) + step->about_us) % step->about_us;
    } else {
        kurs_period_of(axis->first_us, span, zone, &at_us, &until_us);
    }
    while (at_us <= axis->last_us) {
        if (at_us >= axis->first_us && is_tick(step, at_us, axis)) {
            if (ticks->count == most) {
                return false;
            }
            add_tick(step, at_us, zone, ticks);
        }
        int64_t before_us = at_us;
        if (step->level == LEVEL_SECOND) {
            at_us += step->about_us;
        } else {
            kurs_period_of(at_us, span, zone, &before_us, &until_us);
            at_us = until_us;
        }
        if (at_us <= before_us) {
            break;
        }
    }
    return true;
}

/* Room a label of the level needs, with the space to the next. */
static double label_px(const struct date_step *step, double font_px)
{
    static const char *const widest[] = {"00:00:00", "00:00", "00", "Aug", "0000"};
    double gap = step->level == LEVEL_YEAR ? 1.1 : step->level == LEVEL_DAY ? 2.8 : 1.4;
    return caption_width(widest[step->level], font_px, false) + gap * font_px;
}

/* The range is shorter than two ticks of any step: its ends say what it is. */
static void ends(const struct time_axis *axis, struct time_ticks *ticks)
{
    *ticks = (struct time_ticks) {.count = 0};
    int64_t at_us[2] = {axis->first_us, axis->last_us};
    for (size_t i = 0; i < 2; i++) {
        ticks->at_us[i] = at_us[i];
        caption_date(at_us[i], axis->kind, axis->zone, ticks->label[i]);
    }
    ticks->count = strcmp(ticks->label[0], ticks->label[1]) != 0 ? 2 : 1; /* a bar of one day has one date */
}

void ticks_time(const struct time_axis *axis, double width_px, double font_px, struct time_ticks *ticks)
{
    int64_t length_us = axis->last_us - axis->first_us;
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        const struct date_step *step = &steps[s];
        bool other_days = step->level == LEVEL_DAY && step->count == 2; /* every other one may be a weekend's */
        if ((axis->kind == KURS_DAILY && step->level < LEVEL_DAY) || (axis->weekdays && other_days) ||
            step->about_us < axis->least_us) {
            continue;
        }
        double room = width_px / label_px(step, font_px);
        size_t most = room >= TICKS_MAX ? TICKS_MAX : room < 2 ? 2 : (size_t)room;
        double about = (double)length_us / (double)step->about_us * (axis->weekdays ? 5.0 / 7 : 1);
        if (about <= (double)most + 2 && fill(step, axis, most, ticks) && ticks->count >= 2) {
            return;
        }
        if (about < 1 && ticks->count < 2) {
            break;
        }
    }
    ends(axis, ticks);
}
