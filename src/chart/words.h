/* words.h: the sentences of a chart, written from its data when the user gives none. */
#ifndef KURS_CHART_WORDS_H
#define KURS_CHART_WORDS_H

#include "chart/frame.h"

/* "Kyrgyz som"; "Kyrgyz som, Kazakh tenge and Tajik somoni"; "5 currencies against the US dollar". */
void words_title(const struct chart_request *request, const struct frame *frame, char text[CAPTION_SIZE]);
/* "US dollars per som, 2 Mar 2024 – 12 Dec 2025": the units, what is shown, the range. */
void words_subtitle(const struct chart_request *request, const struct frame *frame, char text[CAPTION_SIZE]);
/* "Source: …", "" without one. */
void words_source(const struct chart_request *request, char text[CAPTION_SIZE]);
/* "Source: … · KGS/USD · Last observation 12 Dec 2025 · 3,000 of 10,000,000 points drawn". */
void words_note(const struct chart_request *request, const struct frame *frame, char text[CAPTION_SIZE]);
/* Whether the panels of a chart share a value axis; where not, the subtitle says so. */
bool words_one_scale(const struct chart_request *request, const struct frame *frame);
/* A rate of the series, with digits enough to see where in its range it is. */
void words_rate(const struct frame_series *series, struct kurs_decimal rate, char text[CAPTION_NUMBER_SIZE]);
/* The picture in a sentence, with its numbers: for alt texts. */
void words_summary(const struct chart_request *request, const struct frame *frame, char text[2 * CAPTION_SIZE]);
/* What a label at the end of a line says: its name (empty when the chart has one line), the last value, the change. */
void words_end(const struct frame *frame, const struct frame_series *series, char name[CAPTION_NUMBER_SIZE],
               char value[CAPTION_NUMBER_SIZE], char change[CAPTION_NUMBER_SIZE]);
/* "2 Mar 2024 – 12 Dec 2025". */
void words_range(int64_t first_us, int64_t last_us, enum kurs_kind kind, const struct kurs_zone *zone,
                 char text[CAPTION_SIZE]);
/* "US dollars per som"; by codes where a name is not known. */
void words_unit(const char *pair, char text[CAPTION_SIZE]);
/* "month" for {1, KURS_MONTH}, "4 hours" for {4, KURS_HOUR}; "monthly", "4-hour". */
void words_period(struct kurs_span span, char text[CAPTION_NUMBER_SIZE]);
void words_periodic(struct kurs_span span, char text[CAPTION_NUMBER_SIZE]);

#endif
