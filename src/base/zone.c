/* zone.c: local time at an instant, and back. Owns the look-ups in a zone's transitions and its yearly rule, and
 * finding the zone's file; tzif.c reads the bytes. The one idea: time is cut into intervals of one offset each, and a
 * local time is sought by walking the few intervals around it; gaps and repeats then need no case of their own.
 *
 * Base does no I/O but here: a zone is a value with a name, and its file is the only place that defines it. Compiling a
 * copy of the tz database in was dropped (it ages; the system updates its own), and so were tzset and localtime_r: they
 * depend on the process-wide TZ and are not safe with several zones in several threads. */
#include "base/zone.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/error.h"

#define ZONEINFO        "/usr/share/zoneinfo"
#define ZONE_NAME_MAX   64 /* the longest in use has 32 */
#define SECONDS_PER_DAY 86400

/* ---- Intervals of one offset ------------------------------------------------------------------------------- */

/* [from_s, until_s) has one offset. Neighbours may have the same. */
struct interval {
    int64_t from_s, until_s;
    int32_t offset_s;
};

static int64_t rule_day(const struct zone_rule_date *date, int year)
{
    int64_t new_year = calendar_days_from_civil(year, 1, 1);
    if (date->form == ZONE_RULE_DAY) {
        return new_year + date->day;
    }
    if (date->form == ZONE_RULE_JULIAN) {
        bool past_leap_day = date->day >= 60 && calendar_month_days(year, 2) == 29;
        return new_year + date->day - 1 + past_leap_day;
    }
    int64_t first = calendar_days_from_civil(year, date->month, 1);
    int monday_based = (date->day + 6) % 7;
    int64_t day = first + (monday_based - calendar_weekday(first) + 7) % 7 + (date->week - 1) * 7;
    return day >= first + calendar_month_days(year, date->month) ? day - 7 : day;
}

/* The interval of the yearly rule that holds time_s. */
static struct interval rule_interval(const struct zone_rule *rule, int64_t time_s)
{
    struct interval interval = {INT64_MIN, INT64_MAX, rule->standard_s};
    if (!rule->has_dst) {
        return interval;
    }
    int year = calendar_civil_from_days(calendar_floor_div(time_s, SECONDS_PER_DAY)).year;
    for (int y = year - 1; y <= year + 1; y++) { /* rule times may reach a week into the neighbouring years */
        const struct zone_transition change[2] = {
            {rule_day(&rule->dst_from, y) * SECONDS_PER_DAY + rule->dst_from.time_s - rule->standard_s, rule->dst_s},
            {rule_day(&rule->dst_until, y) * SECONDS_PER_DAY + rule->dst_until.time_s - rule->dst_s, rule->standard_s},
        };
        for (int i = 0; i < 2; i++) {
            if (change[i].from_s > time_s) {
                interval.until_s = change[i].from_s < interval.until_s ? change[i].from_s : interval.until_s;
            } else if (change[i].from_s >= interval.from_s) {
                interval.from_s = change[i].from_s;
                interval.offset_s = change[i].offset_s;
            }
        }
    }
    return interval;
}

/* Index of the last transition at or before time_s, or -1. */
static ptrdiff_t last_transition(const struct kurs_zone *zone, int64_t time_s)
{
    size_t low = 0, high = zone->count; /* transitions before low are <= time_s, those from high on are later */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->transition[middle].from_s <= time_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (ptrdiff_t)low - 1;
}

static struct interval interval_at(const struct kurs_zone *zone, int64_t time_s)
{
    struct interval interval = {INT64_MIN, INT64_MAX, zone->first_offset_s};
    ptrdiff_t index = last_transition(zone, time_s);
    size_t next = (size_t)(index + 1);
    if (index >= 0) {
        interval.from_s = zone->transition[index].from_s;
        interval.offset_s = zone->transition[index].offset_s;
    }
    if (next < zone->count) {
        interval.until_s = zone->transition[next].from_s;
    } else if (zone->rule.known) {
        struct interval ruled = rule_interval(&zone->rule, time_s);
        interval.from_s = ruled.from_s > interval.from_s ? ruled.from_s : interval.from_s;
        interval.until_s = ruled.until_s;
        interval.offset_s = ruled.offset_s;
    }
    return interval;
}

/* ---- Local time -------------------------------------------------------------------------------------------- */

/* Local times asked for are within a few days of the years 1..9999; the rest is cut off there to keep sums in range. */
static int64_t clamp_local_us(int64_t local_us)
{
    const int64_t margin_us = 400 * KURS_DAY_US;
    return local_us < KURS_TIME_MIN - margin_us   ? KURS_TIME_MIN - margin_us
           : local_us > KURS_TIME_MAX + margin_us ? KURS_TIME_MAX + margin_us
                                                  : local_us;
}

int64_t kurs_zone_offset_us(const struct kurs_zone *zone, int64_t time_us)
{
    if (!zone) {
        return 0;
    }
    int64_t time_s = calendar_floor_div(clamp_local_us(time_us), KURS_SECOND_US);
    return interval_at(zone, time_s).offset_s * KURS_SECOND_US;
}

/* The first instant that shows local_us. A skipped one: the moment of the change, or read with the offset before it. */
static int64_t find_local(const struct kurs_zone *zone, int64_t local_us, bool skip_to_change)
{
    local_us = clamp_local_us(local_us);
    int64_t local_s = calendar_floor_div(local_us, KURS_SECOND_US);
    int64_t fraction_us = calendar_floor_mod(local_us, KURS_SECOND_US);
    struct interval interval = interval_at(zone, local_s - ZONE_OFFSET_MAX_S); /* shows an earlier time for sure */
    for (;;) {
        int64_t time_s = local_s - interval.offset_s;
        if (time_s < interval.until_s) {
            return time_s * KURS_SECOND_US + fraction_us;
        }
        struct interval next = interval_at(zone, interval.until_s);
        assert(next.from_s == interval.until_s);
        if (local_s - next.offset_s < next.from_s) { /* skipped */
            return skip_to_change ? next.from_s * KURS_SECOND_US : time_s * KURS_SECOND_US + fraction_us;
        }
        interval = next;
    }
}

int64_t kurs_zone_to_utc(const struct kurs_zone *zone, int64_t local_us)
{
    return zone ? find_local(zone, local_us, false) : local_us;
}

int64_t zone_local_start_us(const struct kurs_zone *zone, int64_t local_us)
{
    return zone ? find_local(zone, local_us, true) : local_us;
}

/* ---- Opening ----------------------------------------------------------------------------------------------- */

/* Letters, digits, '_', '+', '-' and single inner slashes: nothing that could leave the zoneinfo folder. */
static bool is_zone_name(const char *name)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    size_t length = strlen(name);
    return length > 0 && length <= ZONE_NAME_MAX && strspn(name, allowed) == length && name[0] != '/' &&
           name[length - 1] != '/' && !strstr(name, "//");
}

static enum kurs_status refuse(struct kurs_error *error, const char *name, const char *why)
{
    enum kurs_status status = error_what(error, KURS_EARGUMENT, "unknown time zone: '%s'", name);
    error_why(error, status, "%s", why);
    return error_hint(error, status, "use an IANA name such as UTC, Asia/Bishkek or Europe/Berlin");
}

static enum kurs_status zone_utc(struct kurs_zone **zone)
{
    struct kurs_zone *utc = calloc(1, sizeof *utc);
    if (!utc) {
        return KURS_ENOMEM;
    }
    *zone = utc;
    return KURS_OK;
}

/* Reads a whole file of at most ZONE_BYTES_MAX. *size is 0 for one that cannot be read (a folder) or is longer. */
static enum kurs_status read_zone_file(const char *path, uint8_t **data, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return errno == ENOMEM ? KURS_ENOMEM : KURS_ENODATA;
    }
    uint8_t *bytes = malloc(ZONE_BYTES_MAX + 1);
    if (!bytes) {
        fclose(file);
        return KURS_ENOMEM;
    }
    size_t length = fread(bytes, 1, ZONE_BYTES_MAX + 1, file);
    bool whole = !ferror(file) && length <= ZONE_BYTES_MAX;
    fclose(file);
    *data = bytes;
    *size = whole ? length : 0;
    return KURS_OK;
}

enum kurs_status kurs_zone_open(const char *name, struct kurs_zone **zone, struct kurs_error *error)
{
    enum kurs_status status;
    if (strcmp(name, "UTC") == 0) {
        status = zone_utc(zone);
    } else if (!is_zone_name(name)) {
        return refuse(error, name, "not a zone name");
    } else {
        char path[sizeof ZONEINFO + 1 + ZONE_NAME_MAX];
        uint8_t *data = NULL;
        size_t size = 0;
        snprintf(path, sizeof path, "%s/%s", ZONEINFO, name);
        status = read_zone_file(path, &data, &size);
        if (status == KURS_OK) {
            status = zone_decode(data, size, zone);
        }
        free(data);
    }
    if (status == KURS_ENODATA && access(ZONEINFO, F_OK) != 0) {
        status = refuse(error, name, "there is no " ZONEINFO " on this machine");
        return error_hint(error, status, "install the tzdata package, or use UTC");
    }
    if (status == KURS_ENODATA) {
        return refuse(error, name, "no such zone in " ZONEINFO);
    }
    if (status == KURS_EFORMAT) {
        return refuse(error, name, "its file is not a time zone in the form of RFC 8536 without leap seconds");
    }
    return status == KURS_OK ? status : error_what(error, status, "cannot open time zone '%s'", name);
}

void kurs_zone_close(struct kurs_zone *zone)
{
    free(zone);
}
