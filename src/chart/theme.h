/* theme.h: the colours of a chart, light and dark. */
#ifndef KURS_CHART_THEME_H
#define KURS_CHART_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define THEME_STYLES 8

/* How one of several lines is told from the others: by hue, by lightness, and from the fifth on by dashes too. */
struct theme_style {
    uint32_t rgb;
    double width_px;
    const char *dash; /* of gnuplot, "" solid */
};

struct theme {
    uint32_t background, ink, text, muted, grid, axis; /* ink: titles; muted: tick labels and notes */
    uint32_t up, down, neutral;                        /* change: bars, candles, cells; neutral: none */
    uint32_t shade;                                    /* a stretch of time marked with --band */
    struct theme_style style[THEME_STYLES];
};

const struct theme *theme_of(bool dark);
/* Of line `index` from 0: behind THEME_STYLES the same again nearer to ink, then nearer to the background. */
struct theme_style theme_style(const struct theme *theme, size_t index);
/* The colour of words in a line's colour: a little nearer to ink, or thin letters are too pale to read. */
uint32_t theme_words(const struct theme *theme, uint32_t rgb);
/* `part` 0: a, 1: b, in between a mix in sRGB. */
uint32_t theme_mix(uint32_t a, uint32_t b, double part);
/* The size of a change that gets the full colour of up or down: of `sizes`, which it sorts, nineteen in twenty are
 * smaller, so that one crash does not pale the rest. 1 when there is none. */
double theme_full(double *sizes, size_t count);
/* CIE L*, 0 black to 100 white: how light a colour is in grey print. */
double theme_lightness(uint32_t rgb);

#endif
