/* term_heatmap.h: years by months in characters. Private to term.c. */
#ifndef KURS_CHART_TERM_HEATMAP_H
#define KURS_CHART_TERM_HEATMAP_H

#include "chart/canvas.h"
#include "chart/frame.h"

/* The changes of months, and of whole years where they fit, the newest year last. The canvas grows or shrinks to the
 * years. KURS_ELIMIT where it is too narrow, KURS_ENOMEM. */
enum kurs_status term_heatmap(const struct frame *frame, bool color, struct canvas *canvas, struct kurs_error *error);

#endif
