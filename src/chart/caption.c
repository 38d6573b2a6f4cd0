/* caption.c: owns how strings and numbers of a chart read and how wide they are. Refuses to know where they are put.
 * The widths come from a table, so that a layout needs no font at hand and is the same on every machine; asking gnuplot
 * or fontconfig was the alternative, and would make margins differ from one computer to the next. */
#include "chart/caption.h"

#include "chart/calendar.h"

#include <math.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define ELLIPSIS    "\xE2\x80\xA6"
#define DOT         "\xC2\xB7"
#define DASH        "\xE2\x80\x93"
#define MINUS       "\xE2\x88\x92"

/* Advance widths of ASCII 32..126 in 1/1000 em. */
static const uint16_t regular_width[95] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
static const uint16_t bold_width[95] = {278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
                                        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
                                        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
                                        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
                                        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
                                        611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584};

size_t caption_character(const char *text, uint32_t *code)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *byte = (const unsigned char *)text;
    size_t length = byte[0] < 0x80 ? 1 : byte[0] >> 5 == 6 ? 2 : byte[0] >> 4 == 14 ? 3 : byte[0] >> 3 == 30 ? 4 : 0;
    if (length < 2) {
        *code = byte[0];
        return length;
    }
    uint32_t value = byte[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((byte[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (byte[i] & 0x3Fu);
    }
    bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    *code = value;
    return value < least[length] || value > 0x10FFFF || surrogate ? 0 : length;
}

/* C0, DEL and C1, line separators, and the marks that reorder text: none belongs in one line of a chart. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF ||
           (code & 0xFFFE) == 0xFFFE;
}

size_t caption_clean(const char *from, char to[CAPTION_SIZE])
{
    size_t length = 0;
    while (*from != '\0') {
        uint32_t code;
        size_t bytes = caption_character(from, &code);
        const char *source = bytes == 0 ? REPLACEMENT : from;
        size_t out = bytes == 0 ? strlen(REPLACEMENT) : bytes;
        from += bytes == 0 ? 1 : bytes;
        if (bytes > 0 && is_control(code)) {
            if (length == 0 || to[length - 1] == ' ') {
                continue;
            }
            source = " ";
            out = 1;
        }
        if (length + out + strlen(ELLIPSIS) >= CAPTION_SIZE) {
            memcpy(to + length, ELLIPSIS, strlen(ELLIPSIS));
            length += strlen(ELLIPSIS);
            break;
        }
        memcpy(to + length, source, out);
        length += out;
    }
    to[length] = '\0';
    return length;
}

void caption_cut(char text[CAPTION_SIZE], size_t most)
{
    if (strlen(text) <= most) {
        return;
    }
    size_t length = most - strlen(ELLIPSIS);
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
        length--;
    }
    memcpy(text + length, ELLIPSIS, sizeof ELLIPSIS);
}

static double character_width(uint32_t code, bool bold)
{
    if (code >= 32 && code < 127) {
        return (bold ? bold_width : regular_width)[code - 32] / 1000.0;
    }
    if (code < 0x2000) {
        return bold ? 0.70 : 0.64; /* Latin, Greek, Cyrillic: a little over their mean */
    }
    return code == 0x2013 || code == 0x2212 ? 0.584 : 1.0;
}

double caption_width(const char *text, double font_px, bool bold)
{
    double ems = 0;
    while (*text != '\0') {
        uint32_t code;
        size_t bytes = caption_character(text, &code);
        ems += character_width(bytes == 0 ? 0xFFFD : code, bold);
        text += bytes == 0 ? 1 : bytes;
    }
    return ems * font_px;
}

/* Bytes of `text` that fit `width_px`. */
static size_t fitting(const char *text, double font_px, bool bold, double width_px)
{
    size_t length = 0;
    double width = 0;
    while (text[length] != '\0') {
        uint32_t code;
        size_t bytes = caption_character(text + length, &code);
        width += character_width(bytes == 0 ? 0xFFFD : code, bold) * font_px;
        if (width > width_px) {
            break;
        }
        length += bytes == 0 ? 1 : bytes;
    }
    return length;
}

void caption_fit(char text[CAPTION_SIZE], double font_px, bool bold, double width_px)
{
    if (caption_width(text, font_px, bold) <= width_px) {
        return;
    }
    size_t length = fitting(text, font_px, bold, width_px - caption_width(ELLIPSIS, font_px, bold));
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    if (length + sizeof ELLIPSIS <= CAPTION_SIZE) {
        memcpy(text + length, ELLIPSIS, sizeof ELLIPSIS);
    }
}

/* The last space in text[least, length] behind `mark` ("": any); 0: none. */
static size_t last_space(const char *text, size_t least, size_t length, const char *mark)
{
    size_t before = strlen(mark);
    for (size_t end = length; end > 0 && end >= least; end--) {
        if (text[end] == ' ' && end >= before && memcmp(text + end - before, mark, before) == 0) {
            return end;
        }
    }
    return 0;
}

size_t caption_line(const char *text, double font_px, bool bold, double width_px)
{
    size_t length = fitting(text, font_px, bold, width_px);
    if (text[length] == '\0') {
        return length;
    }
    size_t full_enough = length * 3 / 5; /* to end where a sentence breaks best */
    size_t end = last_space(text, full_enough, length, ",");
    end = end > 0 ? end : last_space(text, full_enough, length, DOT);
    end = end > 0 ? end : last_space(text, full_enough, length, DASH);
    end = end > 0 ? end : last_space(text, 0, length, "");
    if (end > 0 || length > 0) {
        return end > 0 ? end : length;
    }
    uint32_t code;
    size_t bytes = caption_character(text, &code);
    return bytes == 0 ? 1 : bytes;
}

/* Thousands separators into plain digits "[-]12960.50". */
static size_t group(const char *plain, char text[CAPTION_NUMBER_SIZE])
{
    size_t length = 0;
    if (*plain == '-') {
        memcpy(text, MINUS, strlen(MINUS));
        length = strlen(MINUS);
        plain++;
    }
    size_t whole = strcspn(plain, ".");
    for (size_t i = 0; plain[i] != '\0' && length + 2 < CAPTION_NUMBER_SIZE; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) {
            text[length++] = ',';
        }
        text[length++] = plain[i];
    }
    text[length] = '\0';
    return length;
}

/* "9.5e31" */
static size_t powers(double value, char text[CAPTION_NUMBER_SIZE])
{
    char plain[32];
    snprintf(plain, sizeof plain, "%.6g", fabs(value));
    size_t mantissa = strcspn(plain, "+");
    int length = snprintf(text, CAPTION_NUMBER_SIZE, "%s%.*s%s", value < 0 ? MINUS : "", (int)mantissa, plain,
                          plain[mantissa] == '+' ? plain + mantissa + 1 : "");
    return length < 0 ? 0 : (size_t)length;
}

size_t caption_number(double value, int decimals, char text[CAPTION_NUMBER_SIZE])
{
    const double whole_most = 1e18; /* digits that can be counted, and that a double nearly has */
    char plain[CAPTION_NUMBER_SIZE];
    decimals = decimals < 0 ? 0 : decimals > 40 ? 40 : decimals;
    if (fabs(value) > whole_most) {
        return powers(value, text);
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, value);
    return group(plain, text);
}

size_t caption_rate_among(struct kurs_decimal rate, double spread, char text[CAPTION_NUMBER_SIZE])
{
    const int digits = 5, decimals_least = 2;
    const double whole_from = 1e5; /* hundredths of 100,000 are no news */
    int published = rate.exponent < 0 ? -rate.exponent : 0;
    double value = kurs_decimal_double(rate);
    int decimals = value > 0 ? digits - 1 - (int)floor(log10(value)) : 0;
    decimals = value >= whole_from ? 0 : decimals < decimals_least ? decimals_least : decimals;
    int fine = spread > 0 ? 2 - (int)floor(log10(spread)) : 0;
    decimals = decimals < fine ? fine : decimals;
    if (decimals < published) {
        rate = kurs_decimal_round(rate, decimals);
    }
    char plain[KURS_DECIMAL_SIZE];
    kurs_decimal_format(rate, plain);
    return group(plain, text);
}

size_t caption_rate(struct kurs_decimal rate, char text[CAPTION_NUMBER_SIZE])
{
    return caption_rate_among(rate, 0, text);
}

size_t caption_percent(double percent, char text[CAPTION_NUMBER_SIZE])
{
    text[0] = '\0';
    if (!isfinite(percent)) {
        return 0;
    }
    double size = fabs(percent);
    int decimals = size < 0.995 ? 2 : size < 999.95 ? 1 : 0;
    for (double left = 100 + percent; percent < 0 && left > 0 && left < 0.5 * pow(10, -decimals) && decimals < 8;) {
        decimals++;
    }
    char number[CAPTION_NUMBER_SIZE];
    caption_number(percent, decimals, number);
    int length = snprintf(text, CAPTION_NUMBER_SIZE, "%s%.90s%%", percent > 0 ? "+" : "", number);
    return length < 0 ? 0 : (size_t)length;
}

size_t caption_day(int64_t time_us, const struct kurs_zone *zone, char text[CAPTION_NUMBER_SIZE])
{
    struct calendar at = calendar_of(time_us, zone);
    int length = snprintf(text, CAPTION_NUMBER_SIZE, "%d %s %d", at.day, caption_month(at.month), at.year);
    return length < 0 ? 0 : (size_t)length;
}

size_t caption_date(int64_t time_us, enum kurs_kind kind, const struct kurs_zone *zone, char text[CAPTION_NUMBER_SIZE])
{
    if (kind == KURS_DAILY) {
        return caption_day(time_us, NULL, text);
    }
    struct calendar at = calendar_of(time_us, zone);
    size_t length = caption_day(time_us, zone, text);
    int more = snprintf(text + length, CAPTION_NUMBER_SIZE - length, ", %02d:%02d", at.hour, at.minute);
    return length + (more < 0 ? 0 : (size_t)more);
}

const char *caption_month(int month)
{
    static const char names[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return month >= 1 && month <= 12 ? names[month - 1] : "";
}
