/* theme.c: owns the palette. The hues are apart for the common colour-vision deficiencies (blue against orange first,
 * as Okabe and Ito advise), and lightness differs so that grey print keeps lines apart; tests hold both. */
#include "chart/theme.h"

#include <math.h>
#include <stdlib.h>

#define SOLID  ""
#define DASHED "(14,5)"
#define DOTTED "(3,4)"
#define MIXED  "(12,4,3,4)"

static const struct theme light = {
    .background = 0xFFFFFF,
    .ink = 0x121417,
    .text = 0x4A4F57,
    .muted = 0x676C75,
    .grid = 0xDDE0E4,
    .axis = 0x3A3F47,
    .up = 0x1F5FA8,
    .down = 0xD2571B,
    .neutral = 0xF2F3F5,
    .shade = 0xEDEFF2,
    .style =
        {
            {0x1F5FA8, 2.2, SOLID},
            {0xDB5B1D, 2.2, SOLID},
            {0x00594F, 2.2, SOLID},
            {0xA4508F, 2.2, SOLID},
            {0x9A7410, 2.2, DASHED},
            {0x2B2B2B, 1.8, DASHED},
            {0x3A8CCB, 2.2, MIXED},
            {0x661A57, 2.2, DOTTED},
        },
};

static const struct theme dark = {
    .background = 0x14181E,
    .ink = 0xF4F5F7,
    .text = 0xC3C8D0,
    .muted = 0x9BA2AD,
    .grid = 0x313842,
    .axis = 0xC3C8D0,
    .up = 0x5EA9EE,
    .down = 0xFF8A57,
    .neutral = 0x262C34,
    .shade = 0x242A32,
    .style =
        {
            {0x4F9FEA, 2.2, SOLID},
            {0xFF9E73, 2.2, SOLID},
            {0x7FE0CF, 2.2, SOLID},
            {0xB85CA3, 2.2, SOLID},
            {0xE8C14D, 2.2, DASHED},
            {0xF2F2F2, 1.8, DASHED},
            {0xA6D3FF, 2.2, MIXED},
            {0x9C8CFF, 2.2, DOTTED},
        },
};

const struct theme *theme_of(bool is_dark)
{
    return is_dark ? &dark : &light;
}

static uint32_t channel(uint32_t rgb, int shift)
{
    return rgb >> shift & 0xFF;
}

uint32_t theme_mix(uint32_t a, uint32_t b, double part)
{
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    uint32_t rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double mixed = (double)channel(a, shift) * (1 - part) + (double)channel(b, shift) * part;
        rgb |= (uint32_t)(mixed + 0.5) << shift;
    }
    return rgb;
}

struct theme_style theme_style(const struct theme *theme, size_t index)
{
    struct theme_style style = theme->style[index % THEME_STYLES];
    size_t round = index / THEME_STYLES % 3;
    style.rgb = round == 1   ? theme_mix(style.rgb, theme->ink, 0.5)
                : round == 2 ? theme_mix(style.rgb, theme->background, 0.35)
                             : style.rgb;
    return style;
}

uint32_t theme_words(const struct theme *theme, uint32_t rgb)
{
    return theme_mix(rgb, theme->ink, 0.18);
}

static int compare_sizes(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double theme_full(double *sizes, size_t count)
{
    qsort(sizes, count, sizeof *sizes, compare_sizes);
    double size = count > 0 ? sizes[(count - 1) * 19 / 20] : 0;
    return size > 0 ? size : 1;
}

static double linear(double channel_value)
{
    return channel_value <= 0.04045 ? channel_value / 12.92 : pow((channel_value + 0.055) / 1.055, 2.4);
}

double theme_lightness(uint32_t rgb)
{
    double y = 0.2126 * linear(channel(rgb, 16) / 255.0) + 0.7152 * linear(channel(rgb, 8) / 255.0) +
               0.0722 * linear(channel(rgb, 0) / 255.0);
    return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y;
}
