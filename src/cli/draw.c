/* draw.c: options to chart requests. Knows what options mean, nothing of how anything is drawn. */
#include "cli/draw.h"

#include "cli/ask.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MONTHS_MAX 12 /* of --gap: whoever writes 90m means minutes, which --every knows and spans do not */

struct run_settings draw_settings(const struct cli *cli)
{
    return (struct run_settings) {.environment = cli->variables, .clock_ms = cli->clock_ms};
}

void draw_release(struct draw_memory *memory)
{
    free(memory->routes);
    for (size_t i = 0; i < CHART_NOTES_MAX; i++) {
        free((char *)(uintptr_t)memory->marks[i].text);
        free((char *)(uintptr_t)memory->bands[i].text);
    }
    *memory = (struct draw_memory) {.routes = NULL};
}

static enum kurs_status read_type(struct cli *cli, enum chart_type *type)
{
    static const struct {
        const char *name;
        enum chart_type type;
    } types[] = {{"line", CHART_LINE},       {"change", CHART_CHANGE},     {"candle", CHART_CANDLE},
                 {"heatmap", CHART_HEATMAP}, {"drawdown", CHART_DRAWDOWN}, {"band", CHART_BAND}};
    const char *text = option_text(&cli->options, OPT_TYPE);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(text != NULL ? text : "line", types[i].name) == 0) {
            *type = types[i].type;
            return KURS_OK;
        }
    }
    return ask_bad_value(cli, OPT_TYPE, "line, candle, change, heatmap, drawdown or band");
}

/* A number of pixels up to `end`; false for anything else. */
static bool read_side(const char *text, const char *end, double *side)
{
    char digits[8];
    unsigned number;
    size_t length = (size_t)(end - text);
    if (length == 0 || length >= sizeof digits) {
        return false;
    }
    memcpy(digits, text, length);
    digits[length] = '\0';
    if (!ask_whole(digits, CHART_PX_MOST, &number) || number < CHART_PX_LEAST) {
        return false;
    }
    *side = number;
    return true;
}

static enum kurs_status read_size(struct cli *cli, struct chart_request *request)
{
    const char *text = option_text(&cli->options, OPT_SIZE);
    const char *cross = text == NULL ? NULL : strchr(text, 'x');
    if (text != NULL && (cross == NULL || !read_side(text, cross, &request->width_px) ||
                         !read_side(cross + 1, text + strlen(text), &request->height_px))) {
        return ask_bad_value(cli, OPT_SIZE, "two sides of 160 to 8000 pixels, such as 960x540");
    }
    text = option_text(&cli->options, OPT_SCALE);
    if (text != NULL) {
        char *end;
        request->scale = strtod(text, &end);
        if (end == text || *end != '\0' || !(request->scale >= 0.5 && request->scale <= CHART_SCALE_MOST)) {
            return ask_bad_value(cli, OPT_SCALE, "a number from 0.5 to 4");
        }
    }
    return KURS_OK;
}

static enum kurs_status read_theme(struct cli *cli, struct chart_request *request)
{
    const char *text = option_text(&cli->options, OPT_THEME);
    request->dark = text != NULL && strcmp(text, "dark") == 0;
    if (text != NULL && !request->dark && strcmp(text, "light") != 0) {
        return ask_bad_value(cli, OPT_THEME, "light or dark");
    }
    return KURS_OK;
}

static enum kurs_status read_periods(struct cli *cli, struct chart_request *request)
{
    const char *text = option_text(&cli->options, OPT_GAP);
    struct kurs_span span;
    if (text != NULL && strcmp(text, "none") == 0) {
        request->gap_us = INT64_MAX;
    } else if (text != NULL) {
        bool span_of_time =
            kurs_span_parse(text, false, &span) == KURS_OK || kurs_span_parse(text, true, &span) == KURS_OK;
        if (!span_of_time || (span.unit == KURS_MONTH && span.count > MONTHS_MAX)) {
            return ask_bad_value(cli, OPT_GAP, "a span such as 10d, 4h or 3m (months, up to 12), or none");
        }
        request->gap_us = kurs_time_add(0, span, 1, NULL);
    }
    return option_given(&cli->options, OPT_EVERY) ? ask_period(cli, OPT_EVERY, "", &request->every) : KURS_OK;
}

/* A copy of what stands before `end`, read as a time. */
static bool read_time(struct cli *cli, const char *text, const char *end, const struct kurs_zone *zone,
                      int64_t *from_us, int64_t *until_us)
{
    char part[64];
    size_t length = (size_t)(end - text);
    if (length >= sizeof part) {
        return false;
    }
    memcpy(part, text, length);
    part[length] = '\0';
    return kurs_time_parse(part, cli->now_us, zone, from_us, until_us, NULL) == KURS_OK;
}

/* TIME:TEXT, where the time may have colons: the first that makes one ends it. */
static bool read_note(struct cli *cli, const char *text, const struct kurs_zone *zone, int64_t *from_us,
                      int64_t *until_us, struct chart_note *note)
{
    for (const char *colon = strchr(text, ':'); colon != NULL; colon = strchr(colon + 1, ':')) {
        if (read_time(cli, text, colon, zone, from_us, until_us)) {
            note->text = strdup(colon + 1);
            return note->text != NULL;
        }
    }
    return false;
}

static enum kurs_status read_marks(struct cli *cli, const struct kurs_zone *zone, struct draw_memory *memory,
                                   struct chart_request *request)
{
    size_t position = 0;
    const char *text;
    while ((text = option_each(&cli->options, OPT_MARK, &position)) != NULL) {
        struct chart_note *note = &memory->marks[request->mark_count];
        if (request->mark_count == CHART_NOTES_MAX || !read_note(cli, text, zone, &note->from_us, NULL, note)) {
            return ask_bad_value(cli, OPT_MARK, "DATE:TEXT, at most 32 times");
        }
        note->until_us = note->from_us;
        request->mark_count++;
    }
    position = 0;
    while ((text = option_each(&cli->options, OPT_BAND, &position)) != NULL) {
        struct chart_note *note = &memory->bands[request->band_count];
        const char *dots = strstr(text, "..");
        if (request->band_count == CHART_NOTES_MAX || dots == NULL ||
            !read_time(cli, text, dots, zone, &note->from_us, NULL) ||
            !read_note(cli, dots + 2, zone, NULL, &note->until_us, note) || note->until_us <= note->from_us) {
            return ask_bad_value(cli, OPT_BAND, "FROM..TO:TEXT, FROM before TO, at most 32 times");
        }
        request->band_count++;
    }
    request->marks = memory->marks;
    request->bands = memory->bands;
    return KURS_OK;
}

/* One range for all pairs. --last counts back from the newest point of them all. */
static enum kurs_status read_range(struct cli *cli, struct chart_request *request)
{
    request->from_us = KURS_TIME_MIN;
    request->until_us = KURS_TIME_MIN;
    for (size_t i = 0; i < request->route_count; i++) {
        struct ask_range range;
        enum kurs_status status = ask_range(cli, &request->routes[i], &range);
        if (status != KURS_OK) {
            return status;
        }
        request->from_us = range.from_us > request->from_us ? range.from_us : request->from_us;
        request->until_us = range.until_us > request->until_us ? range.until_us : request->until_us;
    }
    return KURS_OK;
}

enum kurs_status draw_request(struct cli *cli, struct draw_memory *memory, struct chart_request *request)
{
    const struct option_values *options = &cli->options;
    *request = (struct chart_request) {
        .zone = cli->zone,
        .zone_name = option_text(options, OPT_TZ),
        .rebase = option_given(options, OPT_REBASE),
        .log_scale = option_given(options, OPT_LOG),
        .weekdays = option_given(options, OPT_WEEKDAYS),
        .panels = option_given(options, OPT_PANELS),
        .font = option_text(options, OPT_FONT),
        .title = option_text(options, OPT_TITLE),
        .subtitle = option_text(options, OPT_SUBTITLE),
        .source = option_text(options, OPT_SOURCE),
    };
    enum kurs_status status = ask_routes(cli, &memory->routes, &request->route_count);
    if (status != KURS_OK) {
        return status;
    }
    request->routes = memory->routes;
    const struct kurs_zone *zone = NULL; /* that of the date axis: of days, unless one series has times of day */
    for (size_t i = 0; i < request->route_count; i++) {
        zone = request->routes[i].kind == KURS_INSTANT ? cli->zone : zone;
    }
    status = read_range(cli, request);
    status = status == KURS_OK ? read_type(cli, &request->type) : status;
    status = status == KURS_OK ? draw_fits(cli, request->type) : status;
    status = status == KURS_OK ? read_size(cli, request) : status;
    status = status == KURS_OK ? read_theme(cli, request) : status;
    status = status == KURS_OK ? read_periods(cli, request) : status;
    return status == KURS_OK ? read_marks(cli, zone, memory, request) : status;
}

static const struct {
    const char *name;
    enum chart_output output;
} outputs[] = {{"svg", CHART_SVG}, {"png", CHART_PNG}, {"pdf", CHART_PDF}};

/* svg, png or pdf in any case; -1 for others. */
static int find_output(const char *name)
{
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        if (strcasecmp(name, outputs[i].name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

enum kurs_status draw_output(struct cli *cli, enum chart_output *output, bool *found)
{
    const char *format = option_text(&cli->options, OPT_FORMAT), *path = option_text(&cli->options, OPT_OUTPUT);
    const char *dot = path == NULL ? NULL : strrchr(path, '.');
    int by_format = format != NULL ? find_output(format) : -1, by_suffix = dot != NULL ? find_output(dot + 1) : -1;
    if (format != NULL && by_format < 0) {
        return ask_bad_value(cli, OPT_FORMAT, "svg, png or pdf");
    }
    if (by_format >= 0 && by_suffix >= 0 && by_format != by_suffix && !option_given(&cli->options, OPT_SCRIPT)) {
        return ask_bad_value(cli, OPT_FORMAT, "that of the suffix of --output; give one of the two");
    }
    if (by_suffix >= 0 && option_given(&cli->options, OPT_SCRIPT)) {
        return ask_bad_value(cli, OPT_OUTPUT, "a name for a script, such as chart.gp; -f says what it draws");
    }
    int chosen = by_format >= 0 ? by_format : by_suffix;
    *found = chosen >= 0;
    *output = *found ? outputs[chosen].output : *output;
    return KURS_OK;
}
