/* canvas.h: a page of characters, each with its colours, written on anywhere and printed once. */
#ifndef KURS_CHART_CANVAS_H
#define KURS_CHART_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define CANVAS_NONE (-1) /* the terminal's own colour */

struct canvas_cell {
    char text[4]; /* a character in UTF-8 */
    uint8_t length;
    uint8_t dots;      /* of a Braille pattern, 0: `text` */
    int16_t ink, back; /* of the 256 colours, or CANVAS_NONE */
};
struct canvas {
    unsigned columns, rows;
    struct canvas_cell *cells;
};

/* Blank. False: no memory. */
bool canvas_init(struct canvas *canvas, unsigned columns, unsigned rows);
void canvas_release(struct canvas *canvas);

/* The nearest of the 256 colours' 6 x 6 x 6 cube. */
int canvas_color(uint32_t rgb);
/* Columns a text takes: every character is taken to be one wide. */
unsigned canvas_width(const char *text);
/* Writes `text` from a cell on; what falls off the page is left out. */
void canvas_text(struct canvas *canvas, int column, int row, const char *text, int ink, int back);

/* What stands on a page of lines of plain characters, as gnuplot's text terminal draws it, put at (column, row): each
 * mark in a cell of its own, or, with `braille`, two by four of them as the dots of one. */
void canvas_page(struct canvas *canvas, unsigned column, unsigned row, unsigned columns, unsigned rows,
                 const char *page, bool braille, int ink);

/* The lines without blanks at their ends; with `color`, in ANSI colours. */
void canvas_write(const struct canvas *canvas, bool color, FILE *file);

#endif
