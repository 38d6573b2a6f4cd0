/* frame_bars.h: the periods of a chart: changes and open-high-low-close. Part of frame. */
#ifndef KURS_CHART_FRAME_BARS_H
#define KURS_CHART_FRAME_BARS_H

#include "chart/frame.h"

/* The period asked for, or one that gives some 20 to 80 bars over the range; months for a heat map. */
struct kurs_span frame_every(const struct chart_request *request, const struct frame *frame);
/* The least length of a period of the frame: 28 days of a month. */
int64_t frame_every_us(const struct frame *frame);
/* What to do about too many bars: the shortest period of which the range has at most `most`. */
void frame_every_hint(const struct frame *frame, double most, char *hint, size_t size);
/* Fill series->bars, for a heat map series->years too. KURS_ELIMIT over CHART_BARS_MAX, KURS_ENODATA when there is no bar.
 * A period whose predecessor holds no point gets no change: one since years before would pass for one since last month.
 * Days and shorter reach back over weekends and holidays, a week at most. */
enum kurs_status frame_changes(struct kurs_snapshot *snapshot, const struct chart_request *request,
                               const struct frame *frame, struct frame_series *series, struct kurs_error *error);
enum kurs_status frame_rates(struct kurs_snapshot *snapshot, const struct chart_request *request,
                             const struct frame *frame, struct frame_series *series, struct kurs_error *error);

#endif
