/* script.h: a scene as a gnuplot script with its data. */
#ifndef KURS_CHART_SCRIPT_H
#define KURS_CHART_SCRIPT_H

#include "chart/scene.h"

enum chart_output { CHART_SVG, CHART_PNG, CHART_PDF, CHART_SIXEL };

/* Writes the script to `file`; gnuplot's picture then comes on its standard output. `scale` multiplies the pixels of
 * png and sixel. The same scene gives the same bytes. Strings cannot leave their quotes: see script_quote. Check
 * ferror. */
void script_write(const struct scene *scene, enum chart_output output, double scale, FILE *file);

/* `text` as a gnuplot string constant that is exactly that text, cleaned by caption_clean so that no line ends inside:
 * double quotes, and every byte that could mean anything to gnuplot (quotes, backslash, backtick, $, @, %, braces) as an
 * octal escape. Single quotes with inner ones doubled will not do: gnuplot 5.4 ends '''x' after the first two. */
void script_quote(const char *text, FILE *file);

#endif
