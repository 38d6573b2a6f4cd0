/* restated.c: what differs between two states of the store's knowledge. Works on the revisions alone: a point whose
 * value changed between the two has one, so nothing else need be read. */
#include <string.h>

#include "kurs.h"

/* Was the value set by this import known at `at_us`? */
static enum kurs_status import_known(struct kurs_snapshot *snapshot, uint32_t import, int64_t at_us, bool *known,
                                     struct kurs_error *error)
{
    struct kurs_import_record record;
    enum kurs_status status = kurs_import_next(snapshot, import - 1, &record, error);
    if (status < 0) {
        return status;
    }
    *known = status == KURS_OK && record.when_us <= at_us;
    return KURS_OK;
}

static bool same_point(const struct kurs_revision *a, const struct kurs_revision *b)
{
    return a->time_us == b->time_us && strcmp(a->name, b->name) == 0;
}

/* Joins the revisions of one point, of which *revision is the first, into what a reader of the two states sees. Leaves
 * the first revision of the next point in *revision; KURS_END there is none. *found: the point was restated. */
static enum kurs_status join_revisions(struct kurs_snapshot *snapshot, const char *name, int64_t earlier_us,
                                       int64_t later_us, struct kurs_revision *revision, bool *found,
                                       struct kurs_restated *restated, struct kurs_error *error)
{
    const struct kurs_revision point = *revision;
    bool known = false; /* at earlier_us */
    bool changed = false;
    enum kurs_status status = KURS_OK;
    while (status == KURS_OK && same_point(&point, revision)) {
        if (revision->when_us > earlier_us && revision->when_us <= later_us) {
            if (!changed) {
                status = import_known(snapshot, revision->old_import, earlier_us, &known, error);
                restated->old_rate = revision->old_rate;
                restated->old_import = revision->old_import;
            }
            changed = true;
            restated->new_rate = revision->new_rate;
            restated->new_import = revision->new_import;
            restated->when_us = revision->when_us;
        }
        if (status == KURS_OK) {
            status = kurs_revision_next(snapshot, name, revision, revision, error);
        }
    }
    memcpy(restated->name, point.name, sizeof restated->name);
    restated->time_us = point.time_us;
    *found = changed && known && kurs_decimal_compare(restated->old_rate, restated->new_rate) != 0;
    return status;
}

enum kurs_status kurs_restated_next(struct kurs_snapshot *snapshot, const char *name, int64_t earlier_us,
                                    int64_t later_us, const struct kurs_restated *position,
                                    struct kurs_restated *restated, struct kurs_error *error)
{
    struct kurs_revision revision;
    memset(&revision, 0, sizeof revision);
    if (position->name[0] != '\0') { /* behind every revision of that point there can be */
        memcpy(revision.name, position->name, sizeof revision.name);
        revision.time_us = position->time_us;
        revision.sequence = UINT32_MAX - 1;
    }
    struct kurs_restated next;
    bool found = false;
    enum kurs_status status = kurs_revision_next(snapshot, name, &revision, &revision, error);
    while (status == KURS_OK && !found) {
        status = join_revisions(snapshot, name, earlier_us, later_us, &revision, &found, &next, error);
    }
    if (!found || status < 0) {
        return status;
    }
    *restated = next;
    return KURS_OK;
}
