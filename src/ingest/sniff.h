/* sniff.h: what is this file? Decides a plan (plan.h) from the head of a text, its name and the pins; where evidence of
 * the head is not enough (order of day and month, midnights), from a scan of the whole. Never a silent guess. */
#ifndef KURS_INGEST_SNIFF_H
#define KURS_INGEST_SNIFF_H

#include "ingest/input.h"
#include "ingest/plan.h"

/* Fills *plan (release with plan_release, also after a failure). KURS_EDECIDE with the option to give in error->hint;
 * KURS_EREFUSED: no rates in it; KURS_EARGUMENT: pins that contradict each other or the file; KURS_ELIMIT; KURS_ENOMEM;
 * what input_scan fails with. In dry runs options->on_note hears each step (what was decided and why) and the pins that
 * fix it. Cost: under 20 ms for the head; scans are bound by reading. */
enum kurs_status sniff(const struct sniff_input *input, const struct kurs_import_options *options, struct plan *plan,
                       struct kurs_error *error);

#endif
