/* span.c: spans and periods as users write them. Owns the two small grammars; knows nothing of time. "m" means months
 * in a span of history ("3m") and minutes in a bar length ("5m"), as charting tools have it; the caller says which. */
#include "kurs.h"

#include <string.h>

#define SPAN_COUNT_MAX    99999 /* days: 273 years; keeps every sum in range */
#define PERIOD_MINUTE_MAX 90
#define PERIOD_HOUR_MAX   24 /* a bar ends with its day */

/* "30" of "30d": 1..SPAN_COUNT_MAX without leading zeros. Returns the first character behind it, NULL if none. */
static const char *read_count(const char *text, int32_t *count)
{
    int32_t value = 0;
    if (*text == '0') {
        return NULL;
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        value = value * 10 + (*text - '0');
        if (value > SPAN_COUNT_MAX) {
            return NULL;
        }
    }
    *count = value;
    return value > 0 ? text : NULL;
}

/* What a letter means, and how many of it make sense. */
struct letter {
    char letter;
    enum kurs_unit unit;
    int32_t count_max;
};

static const struct letter SPANS[] = {
    {'d', KURS_DAY, SPAN_COUNT_MAX},
    {'w', KURS_WEEK, SPAN_COUNT_MAX},
    {'m', KURS_MONTH, SPAN_COUNT_MAX},
    {'y', KURS_YEAR, SPAN_COUNT_MAX},
};

static const struct letter PERIODS[] = {
    {'m', KURS_MINUTE, PERIOD_MINUTE_MAX},
    {'h', KURS_HOUR, PERIOD_HOUR_MAX},
    {'d', KURS_DAY, 1}, /* from days on periods are those of the calendar, one at a time */
    {'w', KURS_WEEK, 1},
    {'y', KURS_YEAR, 1},
};

static enum kurs_status set_unit(const struct letter *letters, size_t count, char letter, struct kurs_span *span)
{
    for (size_t i = 0; i < count; i++) {
        if (letters[i].letter == letter && span->count <= letters[i].count_max) {
            span->unit = letters[i].unit;
            return KURS_OK;
        }
    }
    return KURS_EARGUMENT;
}

enum kurs_status kurs_span_parse(const char *text, bool periods, struct kurs_span *span)
{
    static const struct {
        const char *word;
        enum kurs_unit unit;
    } words[] = {
        {"day", KURS_DAY}, {"week", KURS_WEEK}, {"month", KURS_MONTH}, {"quarter", KURS_QUARTER}, {"year", KURS_YEAR},
    };
    for (size_t i = 0; periods && i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i].word) == 0) {
            *span = (struct kurs_span) {1, words[i].unit};
            return KURS_OK;
        }
    }
    struct kurs_span parsed = {0};
    const char *unit = read_count(text, &parsed.count);
    if (!unit || unit[0] == '\0' || unit[1] != '\0') {
        return KURS_EARGUMENT;
    }
    enum kurs_status status = periods ? set_unit(PERIODS, sizeof PERIODS / sizeof *PERIODS, unit[0], &parsed)
                                      : set_unit(SPANS, sizeof SPANS / sizeof *SPANS, unit[0], &parsed);
    if (status == KURS_OK) {
        *span = parsed;
    }
    return status;
}
