/* subjects.h: which series the values of a row belong to, remembered by the text of the row's subject cells. One
 * thread. */
#ifndef KURS_INGEST_SUBJECTS_H
#define KURS_INGEST_SUBJECTS_H

#include "ingest/names.h"
#include "ingest/plan.h"

/* Beside ids of names.h: */
#define SERIES_IDENTITY UINT32_MAX       /* a currency against itself: no rate, nothing to say */
#define SERIES_NO_RATE  (UINT32_MAX - 1) /* an index or security: left out, said once */
#define SERIES_BAD      (UINT32_MAX - 2) /* a reject; the subject has the reason */

struct cell {
    const char *text;
    size_t length;
};

#define SUBJECT_REASON_SIZE 96
struct subject {
    const uint32_t *ids;        /* one a value column, in their order */
    const uint32_t *ids_before; /* NULL, or the ids before `until_us` (Germany: DEM, then EUR) */
    int64_t until_us;
    bool passing;                     /* borrowed until the next call only */
    int64_t units;                    /* "100 JPY": the row's values are for so many; 1 unless its text says so */
    char reason[SUBJECT_REASON_SIZE]; /* of SERIES_BAD and SERIES_NO_RATE: what is not known */
};

struct subjects;
/* Borrows the plan and names. */
enum kurs_status subjects_new(const struct plan *plan, struct names *names, struct subjects **subjects);
void subjects_free(struct subjects *subjects); /* NULL is allowed */
/* The subject of a row, borrowed until subjects_free, or until the next call when more texts have come than are
 * remembered. `kind` of new series. Cost: comparing with the last row's text, else one hash lookup. KURS_ELIMIT over
 * NAMES_MAX different series, KURS_ENOMEM. */
enum kurs_status subjects_find(struct subjects *subjects, const struct cell *cells, size_t count, enum kurs_kind kind,
                               const struct subject **subject);

#endif
