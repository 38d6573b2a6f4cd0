/* canvas.c: owns cells. Refuses to know what a chart is. The one idea: a Braille character shows 2 x 4 dots, so a line
 * drawn at eight times the size and folded is eight times as fine. */
#include "chart/canvas.h"

#include <stdlib.h>
#include <string.h>

#define DOTS_WIDE 2
#define DOTS_HIGH 4

bool canvas_init(struct canvas *canvas, unsigned columns, unsigned rows)
{
    *canvas = (struct canvas) {columns, rows, calloc((size_t)columns * rows, sizeof *canvas->cells)};
    for (size_t i = 0; canvas->cells != NULL && i < (size_t)columns * rows; i++) {
        canvas->cells[i] = (struct canvas_cell) {.text = " ", .length = 1, .ink = CANVAS_NONE, .back = CANVAS_NONE};
    }
    return canvas->cells != NULL;
}

void canvas_release(struct canvas *canvas)
{
    free(canvas->cells);
    canvas->cells = NULL;
}

int canvas_color(uint32_t rgb)
{
    static const int level[6] = {0, 95, 135, 175, 215, 255};
    int number = 16;
    for (int shift = 16, weight = 36; shift >= 0; shift -= 8, weight /= 6) {
        int value = (int)(rgb >> shift & 0xFF), nearest = 0;
        for (int i = 1; i < 6; i++) {
            nearest = abs(level[i] - value) < abs(level[nearest] - value) ? i : nearest;
        }
        number += nearest * weight;
    }
    return number;
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

unsigned canvas_width(const char *text)
{
    unsigned count = 0;
    for (; *text != '\0'; text++) {
        count += !continues(*text);
    }
    return count;
}

static struct canvas_cell *cell_at(struct canvas *canvas, int column, int row)
{
    bool inside = column >= 0 && row >= 0 && (unsigned)column < canvas->columns && (unsigned)row < canvas->rows;
    return inside ? &canvas->cells[(size_t)row * canvas->columns + (size_t)column] : NULL;
}

void canvas_text(struct canvas *canvas, int column, int row, const char *text, int ink, int back)
{
    for (; *text != '\0'; column++) {
        size_t length = 1;
        while (length < sizeof canvas->cells->text && continues(text[length])) {
            length++;
        }
        struct canvas_cell *cell = cell_at(canvas, column, row);
        if (cell != NULL) {
            *cell = (struct canvas_cell) {.length = (uint8_t)length, .ink = (int16_t)ink, .back = (int16_t)back};
            memcpy(cell->text, text, length);
        }
        text += length;
    }
}

/* The bit of a dot in its pattern: the upper three of each column first, then the lowest two. */
static uint8_t dot_bit(unsigned x, unsigned y)
{
    return (uint8_t)(y < 3 ? 1u << (y + 3 * x) : 1u << (6 + x));
}

void canvas_page(struct canvas *canvas, unsigned column, unsigned row, unsigned columns, unsigned rows,
                 const char *page, bool braille, int ink)
{
    unsigned wide = braille ? DOTS_WIDE : 1, high = braille ? DOTS_HIGH : 1, x = 0, y = 0;
    for (; *page != '\0' && *page != '\f'; page++) {
        struct canvas_cell *cell = x / wide < columns && y / high < rows
                                       ? cell_at(canvas, (int)(column + x / wide), (int)(row + y / high))
                                       : NULL;
        if (*page == '\n') {
            x = 0;
            y++;
            continue;
        }
        if (*page != ' ' && cell != NULL) {
            cell->ink = (int16_t)ink;
            cell->text[0] = *page;
            cell->length = 1;
            cell->dots |= braille ? dot_bit(x % wide, y % high) : 0;
        }
        x++;
    }
}

static void write_cell(const struct canvas_cell *cell, FILE *file)
{
    if (cell->dots != 0) { /* U+2800 and the pattern */
        putc(0xE2, file);
        putc(0xA0 | cell->dots >> 6, file);
        putc(0x80 | (cell->dots & 0x3F), file);
    } else {
        fwrite(cell->text, 1, cell->length, file);
    }
}

static bool is_blank(const struct canvas_cell *cell)
{
    return cell->dots == 0 && cell->text[0] == ' ' && cell->back == CANVAS_NONE;
}

/* From the colours of the cell before to those of this one. */
static void write_colors(const struct canvas_cell *cell, int *ink, int *back, FILE *file)
{
    if (cell->back != *back) {
        cell->back == CANVAS_NONE ? fputs("\033[49m", file) : fprintf(file, "\033[48;5;%dm", cell->back);
        *back = cell->back;
    }
    if (cell->ink != *ink && !is_blank(cell)) {
        cell->ink == CANVAS_NONE ? fputs("\033[39m", file) : fprintf(file, "\033[38;5;%dm", cell->ink);
        *ink = cell->ink;
    }
}

void canvas_write(const struct canvas *canvas, bool color, FILE *file)
{
    for (unsigned row = 0; row < canvas->rows; row++) {
        const struct canvas_cell *cells = &canvas->cells[(size_t)row * canvas->columns];
        unsigned end = canvas->columns;
        int ink = CANVAS_NONE, back = CANVAS_NONE;
        while (end > 0 && is_blank(&cells[end - 1])) {
            end--;
        }
        for (unsigned column = 0; column < end; column++) {
            if (color) {
                write_colors(&cells[column], &ink, &back, file);
            }
            write_cell(&cells[column], file);
        }
        fputs(ink != CANVAS_NONE || back != CANVAS_NONE ? "\033[0m\n" : "\n", file);
    }
}
