/* mids.c: see mids.h. Owns how the three are told: by labels, "L.bid" and "L.ask" beside "L", or with no label "bid",
 * "ask" and "". */
#include "ingest/mids.h"

#include "ingest/ascii.h"

/* `label` is `mid`'s with the side ("bid", "ask") behind. */
static bool is_side(const char *label, const char *mid, const char *side)
{
    size_t length = strlen(mid);
    return ascii_ends_in(label, side) && strncmp(label, mid, length) == 0 &&
           strlen(label) == length + (length > 0) + strlen(side);
}

/* The value that is the side of the one in `column`; false when none is. */
static bool find_side(const struct plan *plan, const struct plan_column *column, const char *side, size_t *value)
{
    size_t count = 0;
    bool found = false;
    for (size_t i = 0; i < plan->column_count; i++) {
        const struct plan_column *other = &plan->columns[i];
        if (other->role != ROLE_VALUE) {
            continue;
        }
        if (strcmp(other->base, column->base) == 0 && strcmp(other->quote, column->quote) == 0 &&
            is_side(other->label, column->label, side)) {
            *value = count;
            found = true;
        }
        count++;
    }
    return found;
}

size_t mids_find(const struct plan *plan, struct mid *mids)
{
    size_t count = 0, value = 0;
    for (size_t i = 0; i < plan->column_count; i++) {
        if (plan->columns[i].role == ROLE_VALUE) {
            struct mid mid = {.value = value++};
            bool both = find_side(plan, &plan->columns[i], "bid", &mid.bid) &&
                        find_side(plan, &plan->columns[i], "ask", &mid.ask);
            if (both) {
                mids[count++] = mid;
            }
        }
    }
    return count;
}

bool mids_is_outside(const struct mid *mid, const struct kurs_decimal *rates)
{
    struct kurs_decimal rate = rates[mid->value], bid = rates[mid->bid], ask = rates[mid->ask];
    return rate.coefficient && ((bid.coefficient && kurs_decimal_compare(rate, bid) < 0) ||
                                (ask.coefficient && kurs_decimal_compare(rate, ask) > 0));
}
