/* calendar.h: the proleptic Gregorian calendar as day numbers, for everything that reads or writes dates. Pure values,
 * any thread. Days count from 1970-01-01, negative before. Months and days count from 1. */
#ifndef KURS_BASE_CALENDAR_H
#define KURS_BASE_CALENDAR_H

#include "kurs.h"

#define CALENDAR_YEAR_MIN 1
#define CALENDAR_YEAR_MAX 9999

struct calendar_date {
    int year, month, day;
};

/* Any year within int; month 1..12. The day may lie outside its month: day 0 is the last of the month before. */
int64_t calendar_days_from_civil(int year, int month, int day);
/* Inverse of it, for days within +-10^9 years. Cost: a few multiplications, no loop. */
struct calendar_date calendar_civil_from_days(int64_t days);

int calendar_month_days(int year, int month);        /* 28..31 */
int calendar_weekday(int64_t days);                  /* 0 Monday .. 6 Sunday */
bool calendar_is_date(int year, int month, int day); /* exists, in the years 1..9999 */

/* Quotient rounded down and remainder >= 0, for a positive divisor. */
static inline int64_t calendar_floor_div(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

static inline int64_t calendar_floor_mod(int64_t value, int64_t divisor)
{
    int64_t rest = value % divisor;
    return rest < 0 ? rest + divisor : rest;
}

/* The nearest time within KURS_TIME_MIN..MAX. */
static inline int64_t calendar_clamp_us(int64_t time_us)
{
    return time_us < KURS_TIME_MIN ? KURS_TIME_MIN : time_us > KURS_TIME_MAX ? KURS_TIME_MAX : time_us;
}

#endif
