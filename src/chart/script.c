/* script.c: owns the gnuplot of scenes: its terminals of pictures, objects and plot styles (term_plot.c has the one of
 * characters). Everything but the data is
 * put in screen coordinates that layout chose, so that svg, png and pdf look alike and nothing is left to gnuplot's own
 * margins. No file name is ever written into a script: gnuplot would take '|program' and '< program' as commands. */
#include "chart/script.h"

#include <string.h>

/* gnuplot counts font sizes in points of its own for each terminal; these make them pixels of the picture (measured on
 * 5.4: 14 came out 18.67 px high in png at 1; 9.33 pt in pdf at 0.5, where 14 px are 10.5 pt). */
#define PNG_FONTSCALE 0.75
#define PDF_FONTSCALE 0.5625
#define PDF_LINEWIDTH 1.5
/* Dashes come out in other sizes too (measured on 5.4: 14 at width 2.2 is 15.4 px in svg; 7.7 in png and 8.47 in pdf at 1,
 * in proportion to both factors). */
#define PNG_DASHLENGTH 2.0
#define PDF_DASHLENGTH (15.4 / 8.47)
#define PX_PER_INCH    96.0

/* Bytes that mean nothing to gnuplot, in or out of quotes; those from 0x80 on are parts of UTF-8 characters. */
static bool is_plain(unsigned char c)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c >= 0x80 || strchr(" .,-+:/()=", c) != NULL;
}

void script_quote(const char *text, FILE *file)
{
    char clean[CAPTION_SIZE];
    caption_clean(text, clean);
    putc('"', file);
    for (const char *c = clean; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (is_plain(byte)) {
            putc(byte, file);
        } else {
            /* gnuplot reads four digits where the first is 0, else three: a digit that follows stays itself */
            fprintf(file, byte < 0100 ? "\\0%03o" : "\\%03o", byte);
        }
    }
    putc('"', file);
}

/* A number as gnuplot reads it, free of needless digits. */
static void number(double value, FILE *file)
{
    fprintf(file, "%.15g", value);
}

static void terminal(const struct scene *scene, enum chart_output output, double scale, FILE *file)
{
    double width = scene->width, height = scene->height;
    switch (output) {
    case CHART_SVG:
        fprintf(file, "set terminal svg size %.0f,%.0f fixed noenhanced", width, height);
        break;
    case CHART_PNG:
        fprintf(file, "set terminal pngcairo size %.0f,%.0f noenhanced fontscale %g linewidth %g dashlength %g",
                width * scale, height * scale, PNG_FONTSCALE * scale, scale, PNG_DASHLENGTH);
        break;
    case CHART_PDF:
        fprintf(file, "set terminal pdfcairo size %gin,%gin noenhanced fontscale %g linewidth %g dashlength %g",
                width / PX_PER_INCH, height / PX_PER_INCH, PDF_FONTSCALE, PDF_LINEWIDTH, PDF_DASHLENGTH);
        break;
    case CHART_SIXEL:
        fprintf(file, "set terminal sixelgd size %.0f,%.0f truecolor noenhanced fontscale %g linewidth %g",
                width * scale, height * scale, PNG_FONTSCALE * scale, scale);
        break;
    }
    char font[CAPTION_SIZE + 16];
    snprintf(font, sizeof font, "%s,13", scene->font);
    fputs(" font ", file);
    script_quote(font, file);
    fprintf(file, "%s background '#%06X'\n", output == CHART_SIXEL ? "" : " rounded", scene->background);
}

static void screen(const struct scene *scene, double x, double y, FILE *file)
{
    fprintf(file, "screen %.6f,%.6f", x / scene->width, 1 - y / scene->height);
}

/* Bold type. The svg terminal knows no weight: it writes the name of the font into an attribute as it is, so the name
 * ends the attribute and adds the next. */
static const char *bold_of(enum chart_output output)
{
    return output == CHART_SVG ? "\" font-weight=\"bold" : ":Bold";
}

static void texts(const struct scene *scene, enum chart_output output, FILE *file)
{
    static const char *const align[] = {"left", "center", "right"};
    for (size_t i = 0; i < scene->text_count; i++) {
        const struct scene_text *text = &scene->texts[i];
        fputs("set label ", file);
        script_quote(text->text, file);
        fputs(" at ", file);
        screen(scene, text->x, text->y, file);
        char font[CAPTION_SIZE + 32];
        snprintf(font, sizeof font, "%s%s,%g", scene->font, text->bold ? bold_of(output) : "", text->font_px);
        fprintf(file, " %s front noenhanced font ", align[text->align]);
        script_quote(font, file);
        fprintf(file, " textcolor rgb '#%06X'\n", text->rgb);
    }
}

static void shapes(const struct scene *scene, FILE *file)
{
    for (size_t i = 0; i < scene->box_count; i++) {
        const struct scene_box *box = &scene->boxes[i];
        fputs("set object rectangle from ", file);
        screen(scene, box->x, box->y, file);
        fputs(" to ", file);
        screen(scene, box->x + box->width, box->y + box->height, file);
        fprintf(file, " back fillstyle solid 1 noborder fillcolor rgb '#%06X'\n", box->rgb);
    }
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct scene_line *line = &scene->lines[i];
        fputs("set arrow from ", file);
        screen(scene, line->x1, line->y1, file);
        fputs(" to ", file);
        screen(scene, line->x2, line->y2, file);
        fprintf(file, " nohead %s linewidth %g linecolor rgb '#%06X'\n", line->front ? "front" : "back", line->width_px,
                line->rgb);
    }
    for (size_t i = 0; i < scene->dot_count; i++) {
        const struct scene_dot *dot = &scene->dots[i];
        fputs("set object circle at ", file);
        screen(scene, dot->x, dot->y, file);
        fprintf(file,
                " size screen %.6f front fillstyle solid 1 border linecolor rgb '#%06X' linewidth 1 "
                "fillcolor rgb '#%06X'\n",
                dot->radius_px / scene->width, dot->ring, dot->rgb);
    }
}

static size_t columns(enum scene_form form)
{
    static const size_t count[] = {[SCENE_PLOT_LINE] = 2,
                                   [SCENE_PLOT_AREA] = 3,
                                   [SCENE_PLOT_BAR] = 4,
                                   [SCENE_PLOT_FRAME] = 4,
                                   [SCENE_PLOT_WICK] = 3};
    return count[form];
}

static void data(const struct scene *scene, FILE *file)
{
    for (size_t p = 0; p < scene->plot_count; p++) {
        const struct scene_plot *plot = &scene->plots[p];
        bool joins = plot->form == SCENE_PLOT_LINE || plot->form == SCENE_PLOT_AREA;
        fprintf(file, "$plot%zu << END\n", p + 1);
        for (size_t r = 0; r < plot->row_count; r++) {
            const struct scene_row *row = &scene->rows[plot->row_first + r];
            if (row->starts && r > 0 && joins) {
                putc('\n', file); /* a blank line breaks the line */
            }
            for (size_t c = 0; c < columns(plot->form); c++) {
                fputs(c > 0 ? " " : "", file);
                number(row->value[c], file);
            }
            putc('\n', file);
        }
        fputs("END\n", file);
    }
}

static void plot_command(const struct scene_plot *plot, size_t index, FILE *file)
{
    fprintf(file, "$plot%zu using ", index + 1);
    switch (plot->form) {
    case SCENE_PLOT_LINE:
        fprintf(file, "1:2 with lines linewidth %g linecolor rgb '#%06X'", plot->width_px, plot->rgb);
        fprintf(file, plot->dash[0] == '\0' ? " dashtype 1" : " dashtype %s", plot->dash);
        break;
    case SCENE_PLOT_AREA:
        fprintf(file, "1:2:3 with filledcurves fillstyle transparent solid %g noborder fillcolor rgb '#%06X'",
                SCENE_AREA_OPACITY, plot->fill);
        break;
    case SCENE_PLOT_BAR:
        fprintf(file,
                "(($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror fillstyle solid 1 noborder linecolor rgb '#%06X'",
                plot->fill);
        break;
    case SCENE_PLOT_FRAME:
        fprintf(file,
                "(($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror linewidth %g fillcolor rgb '#%06X' "
                "fillstyle solid 1 border linecolor rgb '#%06X'",
                plot->width_px, plot->fill, plot->rgb);
        break;
    case SCENE_PLOT_WICK:
        fprintf(file, "1:2:(0):($3-$2) with vectors nohead linewidth %g linecolor rgb '#%06X'", plot->width_px,
                plot->rgb);
        break;
    }
    fputs(" notitle", file);
}

static void range(char axis, double low, double high, FILE *file)
{
    fprintf(file, "set %crange [", axis);
    number(low, file);
    putc(':', file);
    number(high, file);
    fputs("]\n", file);
}

static void area(const struct scene *scene, const struct scene_axes *axes, FILE *file)
{
    fprintf(file, "set lmargin at screen %.6f; set rmargin at screen %.6f\n", axes->left / scene->width,
            axes->right / scene->width);
    fprintf(file, "set tmargin at screen %.6f; set bmargin at screen %.6f\n", 1 - axes->top / scene->height,
            1 - axes->bottom / scene->height);
    range('x', axes->x_low, axes->x_high, file);
    range('y', axes->y_low, axes->y_high, file);
    fputs(axes->log ? "set logscale y\n" : "unset logscale y\n", file);
    if (axes->plot_count == 0) {
        fputs("plot NaN notitle\n", file);
    }
    for (size_t p = 0; p < axes->plot_count; p++) {
        fputs(p == 0 ? "plot " : ", \\\n     ", file);
        plot_command(&scene->plots[axes->plot_first + p], axes->plot_first + p, file);
    }
    putc('\n', file);
}

void script_write(const struct scene *scene, enum chart_output output, double scale, FILE *file)
{
    static const char *const suffix[] = {"svg", "png", "pdf", "six"};
    fprintf(file, "# Drawn by kurs. Run: gnuplot -d THIS_FILE > picture.%s\n", suffix[output]);
    fputs("set encoding utf8\nset decimalsign '.'\n", file);
    terminal(scene, output, scale, file);
    fputs("unset key; unset border; unset xtics; unset ytics; unset title; set clip two\n", file);
    data(scene, file);
    if (scene->axes_count > 1) {
        fputs("set multiplot\n", file);
    }
    for (size_t a = 0; a < scene->axes_count; a++) {
        if (a == 0) {
            shapes(scene, file);
            texts(scene, output, file);
        } else if (a == 1) {
            fputs("unset label; unset arrow; unset object\n", file);
        }
        area(scene, &scene->axes[a], file);
    }
    if (scene->axes_count > 1) {
        fputs("unset multiplot\n", file);
    }
}
