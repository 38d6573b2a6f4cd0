/* names.h: the series an import has met, numbered by name and kind. Shared by the threads of one import. A name with both
 * kinds has two numbers: which one stands is decided where rows are in order. */
#ifndef KURS_INGEST_NAMES_H
#define KURS_INGEST_NAMES_H

#include "kurs.h"

#define NAMES_MAX 65536 /* series in one file: far over any publisher's, and bounds the tables indexed by id */

struct names;

enum kurs_status names_new(struct names **names);
void names_free(struct names *names); /* NULL is allowed */
/* The id (0, 1, …) of a series of that kind, numbering it when it is new. KURS_ELIMIT over NAMES_MAX, KURS_ENOMEM. Any
 * thread; takes a lock, so callers remember what they found. */
enum kurs_status names_find(struct names *names, const struct kurs_name *name, enum kurs_kind kind, uint32_t *id);
void names_get(struct names *names, uint32_t id, struct kurs_name *name, enum kurs_kind *kind);
#define NAMES_NONE UINT32_MAX
/* The id of the same name with the other kind, or NAMES_NONE. */
uint32_t names_twin(struct names *names, uint32_t id);

#endif
