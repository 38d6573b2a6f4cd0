/* graphics.h: how a terminal says that it draws pictures, and how kitty's protocol hands it one. Pure: bytes in, bytes
 * out; asking is the program's business. */
#ifndef KURS_CHART_GRAPHICS_H
#define KURS_CHART_GRAPHICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Asks for the primary device attributes (DA1), which every terminal answers; GRAPHICS_ASK_KITTY before it asks whether
 * a picture of one pixel would be drawn, so that the answer to the second bounds the wait for the first. */
#define GRAPHICS_ASK       "\033[c"
#define GRAPHICS_ASK_KITTY "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\"

struct graphics_answer {
    bool whole; /* the device attributes have come: nothing follows */
    bool sixel; /* among them is 4 */
    bool kitty; /* the pixel would be drawn */
};
/* What the bytes read so far say; any others between the answers, such as typed ones, are passed over. */
struct graphics_answer graphics_answer(const char *bytes, size_t length);

/* The PNG as kitty's protocol wants it, `columns` wide (0: as wide as its pixels), and a line break. The terminal is told
 * to answer nothing. */
void graphics_kitty(const char *png, size_t length, unsigned columns, FILE *file);

#endif
