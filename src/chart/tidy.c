/* tidy.c: owns the changes to gnuplot's output. The one idea: its SVG is line by line, so lines are kept, changed or
 * dropped by how they begin; texts of the user are on lines of their own and are only kept. */
#include "chart/tidy.h"

#include "chart/calendar.h"
#include "chart/fail.h"

#include <stdlib.h>
#include <string.h>

void tidy_escape(const char *text, FILE *file)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        case '&':
            fputs("&amp;", file);
            break;
        case '"':
            fputs("&quot;", file);
            break;
        default:
            putc(*text, file);
        }
    }
}

struct line {
    const char *text;
    size_t length;
};

static bool next_line(const char **at, const char *end, struct line *line)
{
    if (*at == end) {
        return false;
    }
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    stop = stop == NULL ? end : stop;
    *line = (struct line) {*at, (size_t)(stop - *at)};
    *at = stop == end ? end : stop + 1;
    return true;
}

static bool begins(struct line line, const char *with)
{
    while (line.length > 0 && (*line.text == '\t' || *line.text == ' ')) {
        line.text++;
        line.length--;
    }
    return line.length >= strlen(with) && memcmp(line.text, with, strlen(with)) == 0;
}

static const char *find(struct line line, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= line.length; i++) {
        if (memcmp(line.text + i, what, length) == 0) {
            return line.text + i;
        }
    }
    return NULL;
}

static void root(const struct scene *scene, FILE *file)
{
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
            "role=\"img\" aria-label=\"",
            scene->width, scene->height, scene->width, scene->height);
    tidy_escape(scene->heading, file);
    fputs(". ", file);
    tidy_escape(scene->summary, file);
    fputs("\" font-family=\"", file);
    if (strcmp(scene->font, "Liberation Sans") != 0) {
        fprintf(file, "'%s', ", scene->font);
    }
    fputs("'Liberation Sans', Arial, Helvetica, sans-serif\">\n<title>", file);
    tidy_escape(scene->heading, file);
    fputs("</title>\n<desc>", file);
    tidy_escape(scene->summary, file);
    fputs("</desc>\n", file);
}

/* …<g … font-family="Name" …>, behind a path or alone, without the name: the root has it. */
static void text_group(struct line line, FILE *file)
{
    static const char attribute[] = " font-family=\"";
    const char *family = find(line, attribute), *end = line.text + line.length;
    const size_t opening = sizeof attribute - 1;
    const char *close = family == NULL ? NULL : memchr(family + opening, '"', (size_t)(end - family) - opening);
    if (close == NULL) {
        fwrite(line.text, 1, line.length, file);
        return;
    }
    fwrite(line.text, 1, (size_t)(family - line.text), file);
    fwrite(close + 1, 1, (size_t)(end - close) - 1, file);
}

/* A line as it is, but for "]]>", which XML forbids in text and gnuplot lets through. */
static void copy_line(struct line line, FILE *file)
{
    for (size_t i = 0; i < line.length; i++) {
        if (line.text[i] == '>' && i >= 2 && line.text[i - 1] == ']' && line.text[i - 2] == ']') {
            fputs("&gt;", file);
        } else {
            putc(line.text[i], file);
        }
    }
}

enum kurs_status tidy_svg(const struct scene *scene, const char *raw, size_t raw_length, char **bytes, size_t *length,
                          struct kurs_error *error)
{
    char *text = NULL;
    FILE *file = open_memstream(&text, length);
    if (file == NULL) {
        return chart_fail(error, KURS_ENOMEM, "", "cannot draw", "no memory for the picture");
    }
    const char *at = raw, *end = raw + raw_length;
    struct line line = {"", 0};
    bool canvas = false, drawn = false;
    while (!canvas && next_line(&at, end, &line)) {
        canvas = begins(line, "<g id=\"gnuplot_canvas\"");
    }
    root(scene, file);
    fputs("<g>\n", file);
    while (next_line(&at, end, &line)) {
        if (begins(line, "<defs>")) {
            while (next_line(&at, end, &line) && !begins(line, "</defs>")) {
            }
            continue;
        }
        const char *peek = at;
        struct line following = {"", 0};
        bool empty = begins(line, "<g fill=") && next_line(&peek, end, &following) && begins(following, "</g>");
        if (empty) {
            at = peek;
        } else if (begins(line, "<g id=")) {
            fputs("<g>\n", file); /* its id and title name gnuplot's plots, not ours */
        } else if (line.length > 0) {
            !begins(line, "<text>") && find(line, "<g transform=") != NULL ? text_group(line, file)
                                                                           : copy_line(line, file);
            putc('\n', file);
        }
        drawn = drawn || begins(line, "</svg>");
    }
    bool ok = ferror(file) == 0;
    ok = fclose(file) == 0 && ok;
    if (!ok || !canvas || !drawn) {
        free(text);
        return !ok ? chart_fail(error, KURS_ENOMEM, "", "cannot draw", "no memory for the picture")
                   : chart_fail(error, KURS_EIO, "kurs needs gnuplot 5.4 or newer, with its svg terminal",
                                "cannot draw", "what gnuplot gave is no whole SVG");
    }
    *bytes = text;
    return KURS_OK;
}

void tidy_pdf(const struct scene *scene, char *bytes, size_t length)
{
    static const char key[] = "/CreationDate (D:";
    const size_t digits = 14;
    struct calendar at = calendar_of(scene->dated_us, NULL);
    char date[64];
    snprintf(date, sizeof date, "%04d%02d%02d%02d%02d%02d", at.year, at.month, at.day, at.hour, at.minute, at.second);
    for (size_t i = 0; i + sizeof key + digits <= length; i++) {
        if (bytes[i] == '/' && memcmp(bytes + i, key, sizeof key - 1) == 0) {
            memcpy(bytes + i + sizeof key - 1, date, digits);
        }
    }
}
