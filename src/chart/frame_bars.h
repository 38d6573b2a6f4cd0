/* frame_bars.h: the periods of a chart: changes and open-high-low-close. Part of frame. */
#ifndef KURS_CHART_FRAME_BARS_H
#define KURS_CHART_FRAME_BARS_H

#include "chart/frame.h"

/* The period asked for, or one that gives some 20 to 80 bars over the range; months for a heat map. */
struct kurs_span frame_every(const struct chart_request *request, const struct frame *frame);
/* Fill series->bars; KURS_ELIMIT over CHART_BARS_MAX, KURS_ENODATA when no period has a change. */
enum kurs_status frame_changes(struct kurs_snapshot *snapshot, const struct chart_request *request,
                               const struct frame *frame, struct frame_series *series, struct kurs_error *error);
enum kurs_status frame_rates(struct kurs_snapshot *snapshot, const struct chart_request *request,
                             const struct frame *frame, struct frame_series *series, struct kurs_error *error);

#endif
