/* route.c: from the name asked for to the stored series that answer it: the series itself, the inverse pair, or two
 * series that share a currency. Looks at names only, never at points. One rule picks a series for a pair (pick), and
 * the three ways are tried with it in order of trust. Searching longer chains was dropped: with two pivots the user
 * could no longer check the answer by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "query/near.h"

#define ROUTE_LIST_MAX 12 /* labelled series listed when a decision is needed; more are counted */

/* The stored series that stand for a pair. */
struct pick {
    enum { PICK_NONE, PICK_ONE, PICK_SEVERAL } found;
    char name[KURS_NAME_SIZE];
    enum kurs_kind kind;
    int count;                                            /* PICK_SEVERAL: of labelled series */
    char list[sizeof(((struct kurs_error *)0)->why) / 2]; /* ditto: their names */
};

struct search {
    struct kurs_snapshot *snapshot;
    struct kurs_name wanted;
    struct kurs_error *error;
};

static enum kurs_status find_exact(struct search *search, const char *name, struct pick *pick)
{
    struct kurs_series series;
    enum kurs_status status = kurs_series_find(search->snapshot, name, &series, search->error);
    if (status == KURS_ENODATA) {
        return KURS_OK;
    }
    if (status == KURS_OK) {
        pick->found = PICK_ONE;
        pick->kind = series.kind;
        memcpy(pick->name, series.name, sizeof pick->name);
    }
    return status;
}

/* The labelled series of a pair: the only one, or their list. */
static enum kurs_status find_labelled(struct search *search, const char *pair, struct pick *pick)
{
    struct kurs_series series;
    size_t used = 0;
    size_t prefix = (size_t)snprintf(series.name, sizeof series.name, "%s@", pair);
    char wanted[KURS_NAME_SIZE];
    memcpy(wanted, series.name, sizeof wanted);
    enum kurs_status status;
    while ((status = kurs_series_next(search->snapshot, series.name, &series, search->error)) == KURS_OK &&
           strncmp(series.name, wanted, prefix) == 0) {
        pick->found = pick->count++ == 0 ? PICK_ONE : PICK_SEVERAL;
        pick->kind = series.kind;
        memcpy(pick->name, series.name, sizeof pick->name);
        if (pick->count <= ROUTE_LIST_MAX && used < sizeof pick->list) {
            used += (size_t)snprintf(pick->list + used, sizeof pick->list - used, "%s%s", used > 0 ? ", " : "",
                                     series.name);
        }
    }
    return status < 0 ? status : KURS_OK;
}

/* The series for base/quote under the label asked for; none asked: the unlabelled one, else the labelled ones. */
static enum kurs_status pick_series(struct search *search, const char *base, const char *quote, struct pick *pick)
{
    struct kurs_name name = search->wanted;
    memset(pick, 0, sizeof *pick);
    snprintf(name.base, sizeof name.base, "%s", base);
    snprintf(name.quote, sizeof name.quote, "%s", quote);
    char text[KURS_NAME_SIZE];
    kurs_name_format(&name, text);
    enum kurs_status status = find_exact(search, text, pick);
    if (status == KURS_OK && pick->found == PICK_NONE && name.label[0] == '\0') {
        status = find_labelled(search, text, pick);
    }
    return status;
}

/* As pick_series, either way round; *inverted tells which. */
static enum kurs_status pick_either(struct search *search, const char *base, const char *quote, struct pick *pick,
                                    bool *inverted)
{
    enum kurs_status status = pick_series(search, base, quote, pick);
    *inverted = false;
    if (status == KURS_OK && pick->found == PICK_NONE) {
        status = pick_series(search, quote, base, pick);
        *inverted = true;
    }
    return status;
}

/* `label` ("@b") is one that helps. */
static enum kurs_status several(struct search *search, const struct pick *pick, const char *label)
{
    char asked[KURS_NAME_SIZE];
    kurs_name_format(&search->wanted, asked);
    enum kurs_status status = error_what(search->error, KURS_EDECIDE, "cannot tell which series '%s' means", asked);
    error_why(search->error, status, "%d hold it: %s%s", pick->count, pick->list,
              pick->count > ROUTE_LIST_MAX ? ", …" : "");
    return label == NULL ? status : error_hint(search->error, status, "add a label, e.g. %s%s", asked, label);
}

static void set_leg(struct kurs_route *route, int leg, const struct pick *pick, bool inverted)
{
    memcpy(route->leg[leg], pick->name, sizeof route->leg[leg]);
    route->inverted[leg] = inverted;
    if (leg == 0 || pick->kind == KURS_INSTANT) {
        route->kind = pick->kind;
    }
}

static enum kurs_status try_pivot(struct search *search, const char *pivot, struct kurs_route *route);

/* A leg may be one of several: a label helps that answers both legs. */
static enum kurs_status several_legs(struct search *search, const char *pivot, const struct pick pick[2])
{
    const struct pick *leg = pick[0].found == PICK_SEVERAL ? &pick[0] : &pick[1];
    struct search labelled = *search;
    struct kurs_series series;
    struct kurs_route route;
    size_t prefix = (size_t)(strchr(leg->name, '@') - leg->name) + 1;
    enum kurs_status status;
    memset(&route, 0, sizeof route);
    snprintf(series.name, sizeof series.name, "%.*s", (int)prefix, leg->name);
    while ((status = kurs_series_next(search->snapshot, series.name, &series, search->error)) == KURS_OK &&
           strncmp(series.name, leg->name, prefix) == 0) {
        snprintf(labelled.wanted.label, sizeof labelled.wanted.label, "%s", series.name + prefix);
        status = try_pivot(&labelled, pivot, &route);
        if (status != KURS_END) {
            return status == KURS_OK ? several(search, leg, series.name + prefix - 1) : status;
        }
    }
    if (status < 0) {
        return status;
    }
    status = several(search, leg, NULL);
    return error_hint(search->error, status, "no label holds both legs: ask for %s and %s apart", pick[0].name,
                      pick[1].name);
}

/* KURS_END: not through this pivot. */
static enum kurs_status try_pivot(struct search *search, const char *pivot, struct kurs_route *route)
{
    const struct kurs_name *wanted = &search->wanted;
    if (strcmp(pivot, wanted->base) == 0 || strcmp(pivot, wanted->quote) == 0) {
        return KURS_END;
    }
    struct pick pick[2];
    bool inverted[2];
    enum kurs_status status = pick_either(search, wanted->base, pivot, &pick[0], &inverted[0]);
    if (status != KURS_OK || pick[0].found == PICK_NONE) {
        return status == KURS_OK ? KURS_END : status;
    }
    status = pick_either(search, pivot, wanted->quote, &pick[1], &inverted[1]);
    if (status != KURS_OK || pick[1].found == PICK_NONE) {
        return status == KURS_OK ? KURS_END : status;
    }
    if (pick[0].found == PICK_SEVERAL || pick[1].found == PICK_SEVERAL) {
        return several_legs(search, pivot, pick);
    }
    set_leg(route, 0, &pick[0], inverted[0]);
    set_leg(route, 1, &pick[1], inverted[1]);
    route->rule = KURS_CROSS;
    snprintf(route->pivot, sizeof route->pivot, "%s", pivot);
    return KURS_OK;
}

/* Every currency paired with the base may be the pivot; of those that serve, the first by name wins, whatever order the
 * series come in. A name behind the best so far is passed over without a look. */
static enum kurs_status try_other_pivots(struct search *search, struct kurs_route *route)
{
    char best[KURS_CODE_SIZE] = "";
    struct kurs_series series = {.name = ""};
    enum kurs_status status;
    while ((status = kurs_series_next(search->snapshot, series.name, &series, search->error)) == KURS_OK) {
        struct kurs_name name;
        status = kurs_name_parse(series.name, &name, search->error);
        if (status != KURS_OK) {
            return status;
        }
        const char *other = strcmp(name.base, search->wanted.base) == 0    ? name.quote
                            : strcmp(name.quote, search->wanted.base) == 0 ? name.base
                                                                           : NULL;
        if (other == NULL || (best[0] != '\0' && strcmp(other, best) >= 0)) {
            continue;
        }
        struct kurs_route through = *route;
        status = try_pivot(search, other, &through);
        if (status == KURS_OK || status == KURS_EDECIDE) {
            snprintf(best, sizeof best, "%s", other);
        } else if (status != KURS_END) {
            return status;
        }
    }
    if (status != KURS_END || best[0] == '\0') {
        return status;
    }
    return try_pivot(search, best, route);
}

static enum kurs_status via_pivot(struct search *search, const char *via, struct kurs_route *route)
{
    char pivot[KURS_CODE_SIZE] = "";
    size_t length = strnlen(via, sizeof pivot);
    for (size_t i = 0; i < length && length < sizeof pivot; i++) {
        pivot[i] = via[i] >= 'a' && via[i] <= 'z' ? (char)(via[i] - 'a' + 'A') : via[i];
    }
    return try_pivot(search, pivot, route);
}

static enum kurs_status find_cross(struct search *search, const char *via, struct kurs_route *route)
{
    static const char *const first[] = {"USD", "EUR"};
    if (via != NULL) {
        return via_pivot(search, via, route);
    }
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        enum kurs_status status = try_pivot(search, first[i], route);
        if (status != KURS_END) {
            return status;
        }
    }
    return try_other_pivots(search, route);
}

static enum kurs_status not_found(struct search *search, const char *via)
{
    const struct kurs_name *wanted = &search->wanted;
    char asked[KURS_NAME_SIZE];
    kurs_name_format(wanted, asked);
    char names[sizeof(((struct kurs_error *)0)->hint) / 2];
    enum kurs_status status = near_names(search->snapshot, wanted, names, sizeof names, search->error);
    if (status != KURS_OK) {
        return status;
    }
    struct pick others;
    memset(&others, 0, sizeof others);
    if (wanted->label[0] != '\0') {
        struct search unlabelled = *search;
        unlabelled.wanted.label[0] = '\0';
        status = pick_series(&unlabelled, wanted->base, wanted->quote, &others);
        if (status != KURS_OK) {
            return status;
        }
    }
    status = error_what(search->error, KURS_ENODATA, "no rates of '%s'", asked);
    error_why(search->error, status, "neither it, nor its inverse, nor two series that share %s are stored",
              via != NULL ? via : "a currency");
    if (others.found != PICK_NONE) {
        return error_hint(search->error, status, "stored for that pair: %s",
                          others.found == PICK_SEVERAL ? others.list : others.name);
    }
    if (names[0] != '\0') {
        return error_hint(search->error, status, "did you mean %s?", names);
    }
    return error_hint(search->error, status, "'kurs pairs' lists what is stored");
}

enum kurs_status kurs_route_find(struct kurs_snapshot *snapshot, const char *name, const char *via,
                                 struct kurs_route *route, struct kurs_error *error)
{
    struct search search = {.snapshot = snapshot, .error = error};
    enum kurs_status status = kurs_name_parse(name, &search.wanted, error);
    if (status != KURS_OK) {
        return status;
    }
    struct kurs_route found;
    memset(&found, 0, sizeof found);
    kurs_name_format(&search.wanted, found.name);
    struct pick pick;
    bool inverted;
    status = pick_either(&search, search.wanted.base, search.wanted.quote, &pick, &inverted);
    if (status == KURS_OK && pick.found == PICK_SEVERAL) {
        return several(&search, &pick, strchr(pick.name, '@'));
    }
    if (status == KURS_OK && pick.found == PICK_ONE) {
        set_leg(&found, 0, &pick, inverted);
        found.rule = inverted ? KURS_INVERSE : KURS_DIRECT;
    } else if (status == KURS_OK) {
        status = find_cross(&search, via, &found);
    }
    if (status == KURS_END) {
        return not_found(&search, via);
    }
    if (status == KURS_OK) {
        *route = found;
    }
    return status;
}
