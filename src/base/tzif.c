/* tzif.c: reads the bytes of a compiled time zone (RFC 8536) and the POSIX TZ text in its footer. Owns the format and
 * its checks; knows no files and no look-ups. Every count is checked against the bytes there before anything is read,
 * so the function is safe on any input (it is fuzzed). Only version 2 and later is read: the 32-bit first part is
 * stepped over, and version 1 files have not been made since 2005. */
#include "base/zone.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

#define HEADER_BYTES      44
#define TYPE_BYTES        6 /* offset 4, is DST 1, name index 1 */
#define LEAP_BYTES_V1     8
#define TIME_BYTES_V1     4
#define TIME_BYTES_V2     8
#define COUNT_MAX         65536 /* no count of a file within ZONE_BYTES_MAX can be larger */
#define RULE_HOURS_MAX    167   /* of a change, after midnight: RFC 8536 section 3.3.1 */
#define OFFSET_HOURS_MAX  24
#define RULE_DEFAULT_TIME 7200 /* 02:00:00 */

struct reader {
    const uint8_t *data;
    size_t left;
};

/* The next `bytes` bytes, or NULL if there are fewer. */
static const uint8_t *take(struct reader *reader, size_t bytes)
{
    if (bytes > reader->left) {
        return NULL;
    }
    const uint8_t *taken = reader->data;
    reader->data += bytes;
    reader->left -= bytes;
    return taken;
}

struct counts {
    uint8_t version;
    size_t is_ut, is_standard, leap, time, type, name;
};

static bool read_header(struct reader *reader, struct counts *counts)
{
    const uint8_t *header = take(reader, HEADER_BYTES);
    if (!header || memcmp(header, "TZif", 4) != 0) {
        return false;
    }
    size_t *const fields[] = {&counts->is_ut, &counts->is_standard, &counts->leap,
                              &counts->time,  &counts->type,        &counts->name};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        *fields[i] = bytes_load_be32(header + 20 + 4 * i);
        if (*fields[i] > COUNT_MAX) {
            return false;
        }
    }
    counts->version = header[4];
    return true;
}

static bool skip_version_1(struct reader *reader, const struct counts *counts)
{
    size_t bytes = counts->time * (TIME_BYTES_V1 + 1) + counts->type * TYPE_BYTES + counts->name +
                   counts->leap * LEAP_BYTES_V1 + counts->is_standard + counts->is_ut;
    return take(reader, bytes) != NULL;
}

/* ---- The footer: POSIX TZ text ----------------------------------------------------------------------------- */

/* The parsers below read from *text on and move it behind what they read. The text is NUL-terminated. */

static bool skip_zone_name(const char **text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (**text == '<') {
        const char *end = strchr(*text, '>');
        if (!end) {
            return false;
        }
        *text = end + 1;
        return true;
    }
    size_t length = strspn(*text, letters);
    *text += length;
    return length >= 3;
}

static bool read_number(const char **text, int min, int max, int *number)
{
    int value = 0;
    const char *at = *text;
    for (; *at >= '0' && *at <= '9'; at++) {
        value = value * 10 + (*at - '0');
        if (value > max) {
            return false;
        }
    }
    if (at == *text || value < min) {
        return false;
    }
    *text = at;
    *number = value;
    return true;
}

/* "[+-]hh[:mm[:ss]]" in seconds. */
static bool read_hours(const char **text, int hours_max, int32_t *seconds)
{
    bool negative = **text == '-';
    if (**text == '-' || **text == '+') {
        ++*text;
    }
    int part[3] = {0}; /* hours, minutes, seconds */
    if (!read_number(text, 0, hours_max, &part[0])) {
        return false;
    }
    for (int i = 1; i < 3 && **text == ':'; i++) {
        ++*text;
        if (!read_number(text, 0, 59, &part[i])) {
            return false;
        }
    }
    int32_t total = part[0] * 3600 + part[1] * 60 + part[2];
    *seconds = negative ? -total : total;
    return true;
}

/* ",M3.5.0/2", ",J60", ",59/-1:30" */
static bool read_rule_date(const char **text, struct zone_rule_date *date)
{
    int month = 0, week = 0, day = 0;
    if (*(*text)++ != ',') {
        return false;
    }
    if (**text == 'M') {
        ++*text;
        if (!read_number(text, 1, 12, &month) || *(*text)++ != '.' || !read_number(text, 1, 5, &week) ||
            *(*text)++ != '.' || !read_number(text, 0, 6, &day)) {
            return false;
        }
        date->form = ZONE_RULE_WEEKDAY;
    } else if (**text == 'J') {
        ++*text;
        if (!read_number(text, 1, 365, &day)) {
            return false;
        }
        date->form = ZONE_RULE_JULIAN;
    } else {
        if (!read_number(text, 0, 365, &day)) {
            return false;
        }
        date->form = ZONE_RULE_DAY;
    }
    date->month = (int8_t)month;
    date->week = (int8_t)week;
    date->day = (int16_t)day;
    date->time_s = RULE_DEFAULT_TIME;
    if (**text != '/') {
        return true;
    }
    ++*text;
    return read_hours(text, RULE_HOURS_MAX, &date->time_s);
}

/* "CET-1CEST,M3.5.0,M10.5.0/3"; POSIX counts offsets west of Greenwich. */
static bool read_rule(const char *text, struct zone_rule *rule)
{
    int32_t west_s;
    if (!skip_zone_name(&text) || !read_hours(&text, OFFSET_HOURS_MAX, &west_s)) {
        return false;
    }
    rule->known = true;
    rule->standard_s = -west_s;
    if (*text == '\0') {
        return true;
    }
    if (!skip_zone_name(&text)) {
        return false;
    }
    rule->has_dst = true;
    rule->dst_s = rule->standard_s + 3600;
    if (*text != ',') {
        if (!read_hours(&text, OFFSET_HOURS_MAX, &west_s)) {
            return false;
        }
        rule->dst_s = -west_s;
    }
    return read_rule_date(&text, &rule->dst_from) && read_rule_date(&text, &rule->dst_until) && *text == '\0';
}

/* "\n" text "\n"; an empty text leaves the rule unknown. */
static bool read_footer(struct reader *reader, struct zone_rule *rule)
{
    char text[256]; /* real ones have under 60 */
    const uint8_t *start = take(reader, 1);
    const uint8_t *end = start ? memchr(reader->data, '\n', reader->left) : NULL;
    if (!end || *start != '\n' || (size_t)(end - reader->data) >= sizeof text) {
        return false;
    }
    size_t length = (size_t)(end - reader->data);
    memcpy(text, reader->data, length);
    text[length] = '\0';
    return length == 0 || (strlen(text) == length && read_rule(text, rule));
}

/* ---- The table --------------------------------------------------------------------------------------------- */

/* The table's parts as they lie in the file. */
struct table {
    const uint8_t *times, *type_of_time, *types;
};

static bool take_table(struct reader *reader, const struct counts *counts, struct table *table)
{
    if (counts->type == 0 || counts->time > ZONE_TRANSITIONS_MAX || counts->leap != 0) {
        return false;
    }
    table->times = take(reader, counts->time * TIME_BYTES_V2);
    table->type_of_time = table->times ? take(reader, counts->time) : NULL;
    table->types = table->type_of_time ? take(reader, counts->type * TYPE_BYTES) : NULL;
    return table->types && take(reader, counts->name + counts->is_standard + counts->is_ut);
}

static bool read_offset(const struct table *table, const struct counts *counts, size_t type, int32_t *offset_s)
{
    if (type >= counts->type) {
        return false;
    }
    *offset_s = (int32_t)bytes_load_be32(table->types + type * TYPE_BYTES);
    return *offset_s > -ZONE_OFFSET_MAX_S && *offset_s < ZONE_OFFSET_MAX_S;
}

static bool fill_transitions(const struct table *table, const struct counts *counts, struct kurs_zone *zone)
{
    if (!read_offset(table, counts, 0, &zone->first_offset_s)) {
        return false;
    }
    for (size_t i = 0; i < counts->time; i++) {
        struct zone_transition *transition = &zone->transition[i];
        transition->from_s = (int64_t)bytes_load_be64(table->times + i * TIME_BYTES_V2);
        if (!read_offset(table, counts, table->type_of_time[i], &transition->offset_s) ||
            (i > 0 && transition->from_s <= transition[-1].from_s)) {
            return false;
        }
    }
    zone->count = counts->time;
    return true;
}

enum kurs_status zone_decode(const uint8_t *data, size_t size, struct kurs_zone **zone)
{
    struct reader reader = {data, size};
    struct counts counts;
    struct table table;
    if (!read_header(&reader, &counts) || counts.version < '2' || !skip_version_1(&reader, &counts) ||
        !read_header(&reader, &counts) || !take_table(&reader, &counts, &table)) {
        return KURS_EFORMAT;
    }
    struct kurs_zone *decoded = calloc(1, sizeof *decoded + counts.time * sizeof decoded->transition[0]);
    if (!decoded) {
        return KURS_ENOMEM;
    }
    if (!fill_transitions(&table, &counts, decoded) || !read_footer(&reader, &decoded->rule)) {
        free(decoded);
        return KURS_EFORMAT;
    }
    *zone = decoded;
    return KURS_OK;
}
