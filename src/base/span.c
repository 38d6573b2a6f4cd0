/* span.c: spans and periods as users write them. Owns the two small grammars; knows nothing of time. "m" means months
 * in a span of history ("3m") and minutes in a bar length ("5m"), as charting tools have it; the caller says which. */
#include "kurs.h"

#include <string.h>

#define SPAN_COUNT_MAX    99999 /* days: 273 years; keeps every sum in range */
#define PERIOD_MINUTE_MAX 90
#define PERIOD_HOUR_MAX   48

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

static enum kurs_status parse_history(char letter, struct kurs_span *span)
{
    static const struct {
        char letter;
        enum kurs_unit unit;
    } units[] = {{'d', KURS_DAY}, {'w', KURS_WEEK}, {'m', KURS_MONTH}, {'y', KURS_YEAR}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (letter == units[i].letter) {
            span->unit = units[i].unit;
            return KURS_OK;
        }
    }
    return KURS_EARGUMENT;
}

static enum kurs_status parse_bar(char letter, struct kurs_span *span)
{
    if (letter == 'm' && span->count <= PERIOD_MINUTE_MAX) {
        span->unit = KURS_MINUTE;
        return KURS_OK;
    }
    if (letter == 'h' && span->count <= PERIOD_HOUR_MAX) {
        span->unit = KURS_HOUR;
        return KURS_OK;
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
    enum kurs_status status = periods ? parse_bar(unit[0], &parsed) : parse_history(unit[0], &parsed);
    if (status == KURS_OK) {
        *span = parsed;
    }
    return status;
}
