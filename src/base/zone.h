/* zone.h: the inside of struct kurs_zone, shared by the reader of its bytes (tzif.c) and the look-ups (zone.c). All
 * inner times are whole seconds, names end in _s: that is what zone files hold. */
#ifndef KURS_BASE_ZONE_H
#define KURS_BASE_ZONE_H

#include "kurs.h"

#define ZONE_OFFSET_MAX_S    (26 * 3600) /* |local - UTC| stays below: RFC 8536 section 3.2 */
#define ZONE_TRANSITIONS_MAX 4096        /* real files have under 300 */
#define ZONE_BYTES_MAX       65536       /* real files have under 4 KiB */

/* A yearly date of a POSIX TZ rule, at time_s seconds after local midnight (may lie on another day). */
struct zone_rule_date {
    enum { ZONE_RULE_JULIAN = 1, ZONE_RULE_DAY, ZONE_RULE_WEEKDAY } form; /* Jn, n, Mm.w.d */
    int16_t day;  /* Jn: 1..365 without 29 February; n: 0..365; Mm.w.d: weekday, 0 Sunday */
    int8_t month; /* Mm.w.d */
    int8_t week;  /* Mm.w.d: 1..4, 5 the last */
    int32_t time_s;
};

/* What holds after the last transition. */
struct zone_rule {
    bool known;
    bool has_dst;
    int32_t standard_s, dst_s; /* local - UTC */
    struct zone_rule_date dst_from, dst_until;
};

struct zone_transition {
    int64_t from_s;   /* UTC */
    int32_t offset_s; /* local - UTC from then on */
};

struct kurs_zone {
    int32_t first_offset_s; /* before the first transition */
    struct zone_rule rule;
    size_t count;
    struct zone_transition transition[]; /* ascending */
};

/* A zone from the bytes of a TZif file (RFC 8536, version 2 and later, without leap seconds). KURS_EFORMAT for anything
 * else, KURS_ENOMEM. Safe on any bytes. Free with kurs_zone_close. */
enum kurs_status zone_decode(const uint8_t *data, size_t size, struct kurs_zone **zone);

/* The first instant whose local time is at or past local_us: the moment of the change if the time is skipped (where
 * kurs_zone_to_utc gives a later one), the first if it occurs twice. Never falls as local_us rises. */
int64_t zone_local_start_us(const struct kurs_zone *zone, int64_t local_us);

#endif
