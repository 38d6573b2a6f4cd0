/* tidy.h: what gnuplot gives, made fit to publish: the same bytes for the same picture, and an SVG that can stand in a
 * page beside others. */
#ifndef KURS_CHART_TIDY_H
#define KURS_CHART_TIDY_H

#include "chart/scene.h"

/* Rewrites gnuplot's SVG: a root element with role, title and description, one font stack, no ids, no unused
 * definitions, no program version. free(*bytes). KURS_EIO when `raw` is not what gnuplot 5.4 and later write. */
enum kurs_status tidy_svg(const struct scene *scene, const char *raw, size_t raw_length, char **bytes, size_t *length,
                          struct kurs_error *error);
/* Sets the creation date in place, which cairo takes from the clock, to that of the data. */
void tidy_pdf(const struct scene *scene, char *bytes, size_t length);

/* Writes `text` with < > & and quotes as entities. */
void tidy_escape(const char *text, FILE *file);

#endif
