/* calendar.h: the fields of an instant on a zone's calendar, for labels. Periods and steps are kurs_period_of and
 * kurs_time_add; this only takes an instant apart. */
#ifndef KURS_CHART_CALENDAR_H
#define KURS_CHART_CALENDAR_H

#include "kurs.h"

struct calendar {
    int year, month, day; /* month and day from 1 */
    int hour, minute, second, microsecond;
    int weekday; /* 0 Monday .. 6 Sunday */
};
/* `zone` NULL is UTC. */
struct calendar calendar_of(int64_t time_us, const struct kurs_zone *zone);

/* A point on an axis of weekdays, in days: Monday to Friday are one wide each, Saturday and Sunday nothing. Grows with
 * time; 0 is 1970-01-01T00:00 in the zone. */
double calendar_weekdays(int64_t time_us, const struct kurs_zone *zone);

#endif
