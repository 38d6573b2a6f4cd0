/* suggest.h: "did you mean". Pure values. */
#ifndef KURS_CLI_SUGGEST_H
#define KURS_CLI_SUGGEST_H

#include <stddef.h>

/* Offer candidates one by one; `best` is the nearest so far that is near enough (a third of the letters, at least one),
 * or NULL. Words of more than 31 letters match nothing. */
struct suggestion {
    const char *word;
    const char *best;
    size_t distance; /* of best */
};

void suggest_offer(struct suggestion *suggestion, const char *candidate);

#endif
