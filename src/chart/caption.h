/* caption.h: strings of a chart: made safe, measured, cut and wrapped, and numbers as a printed page shows them. Widths
 * are those of Liberation Sans, which Arial and Helvetica share to the unit, in pixels for a font size in pixels. */
#ifndef KURS_CHART_CAPTION_H
#define KURS_CHART_CAPTION_H

#include "kurs.h"

#define CAPTION_SIZE        512 /* bytes of any text of a chart with its NUL; longer ones are cut with "…" */
#define CAPTION_NUMBER_SIZE 96  /* any number of caption_number or caption_rate with its NUL */

/* Copies `from` as valid UTF-8 without control characters: a run of them becomes one space, bytes that are no UTF-8
 * become U+FFFD, and what does not fit is cut with "…" at a character. Returns the length. */
size_t caption_clean(const char *from, char to[CAPTION_SIZE]);

/* Cuts `text` in place, with "…", to at most `most` bytes, at a character. */
void caption_cut(char text[CAPTION_SIZE], size_t most);

/* Bytes of the valid UTF-8 character at `text` (not past its NUL), 0 if it is none; *code is its number. */
size_t caption_character(const char *text, uint32_t *code);

double caption_width(const char *text, double font_px, bool bold);
/* Cuts `text` in place, with "…", to at most `width_px`. */
void caption_fit(char text[CAPTION_SIZE], double font_px, bool bold, double width_px);
/* Bytes of the first line when `text` is wrapped at spaces to `width_px`, best behind a comma, "·" or dash; at least
 * one character. */
size_t caption_line(const char *text, double font_px, bool bold, double width_px);

/* 12960.5, 2: "12,960.50"; a minus is U+2212; -0.001, 2 gives "−0.00". Beyond 10^18: "9.5e31". */
size_t caption_number(double value, int decimals, char text[CAPTION_NUMBER_SIZE]);
/* A rate to read: at least 2 decimals and 5 significant digits where published, never more decimals than published. */
size_t caption_rate(struct kurs_decimal rate, char text[CAPTION_NUMBER_SIZE]);
/* The same beside others, which lie `spread` apart (highest less lowest): a hundredth of that is to be seen too. */
size_t caption_rate_among(struct kurs_decimal rate, double spread, char text[CAPTION_NUMBER_SIZE]);
/* "+2.3%", "−0.04%", "+1,250%": one decimal, two under one percent, none from 1,000; as many more as show that what fell
 * is not all gone ("−99.9999%"); "" when not finite. */
size_t caption_percent(double percent, char text[CAPTION_NUMBER_SIZE]);
/* "12 Dec 2025", or with the time of day "12 Dec 2025, 10:00" in `zone`. */
size_t caption_date(int64_t time_us, enum kurs_kind kind, const struct kurs_zone *zone, char text[CAPTION_NUMBER_SIZE]);
/* The date alone, of an instant in `zone`. */
size_t caption_day(int64_t time_us, const struct kurs_zone *zone, char text[CAPTION_NUMBER_SIZE]);
/* "Jan" … "Dec" for 1 … 12. */
const char *caption_month(int month);

#endif
