/* near.c: "did you mean": the stored pairs within two edits of the one asked for (Damerau's edits: they are what typing
 * goes wrong by). Only pairs are compared, a label is never the typo that matters. */
#include "query/near.h"

#include <stdio.h>
#include <string.h>

#define NEAR_EDITS_MAX 2
#define PAIR_SIZE      (2 * KURS_CODE_SIZE) /* BASE/QUOTE, NUL */

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

int near_distance(const char *a, const char *b)
{
    int rows[3][KURS_NAME_SIZE + 1]; /* this row of the table of prefixes, and the two before it */
    int b_length = (int)strnlen(b, KURS_NAME_SIZE);
    int a_length = (int)strnlen(a, KURS_NAME_SIZE);
    for (int j = 0; j <= b_length; j++) {
        rows[0][j] = j;
    }
    for (int i = 1; i <= a_length; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3];
        const int *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            int changed = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = smaller(changed, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = smaller(row[j], above2[j - 2] + 1);
            }
        }
    }
    return rows[a_length % 3][b_length];
}

struct near {
    char pair[NEAR_MAX][PAIR_SIZE];
    int edits[NEAR_MAX];
    int count;
};

/* Keeps the list sorted by edits, equal ones in order of arrival, each pair once. */
static void near_add(struct near *near, const char *pair, int edits)
{
    for (int i = 0; i < near->count; i++) {
        if (strcmp(near->pair[i], pair) == 0) {
            return;
        }
    }
    int place = near->count < NEAR_MAX ? near->count++ : NEAR_MAX;
    while (place > 0 && near->edits[place - 1] > edits) {
        if (place < NEAR_MAX) {
            memcpy(near->pair[place], near->pair[place - 1], PAIR_SIZE);
            near->edits[place] = near->edits[place - 1];
        }
        place--;
    }
    if (place < NEAR_MAX) {
        snprintf(near->pair[place], PAIR_SIZE, "%s", pair);
        near->edits[place] = edits;
    }
}

static void near_offer(struct near *near, const char *wanted, const char *base, const char *quote)
{
    char pair[PAIR_SIZE];
    snprintf(pair, sizeof pair, "%s/%s", base, quote);
    int edits = near_distance(wanted, pair);
    if (edits <= NEAR_EDITS_MAX) {
        near_add(near, pair, edits);
    }
}

enum kurs_status near_names(struct kurs_snapshot *snapshot, const struct kurs_name *wanted, char *text, size_t size,
                            struct kurs_error *error)
{
    char pair[PAIR_SIZE];
    snprintf(pair, sizeof pair, "%s/%s", wanted->base, wanted->quote);
    struct near near = {.count = 0};
    struct kurs_series series = {.name = ""};
    enum kurs_status status;
    while ((status = kurs_series_next(snapshot, series.name, &series, error)) == KURS_OK) {
        struct kurs_name name;
        status = kurs_name_parse(series.name, &name, error);
        if (status != KURS_OK) {
            return status;
        }
        near_offer(&near, pair, name.base, name.quote);
        near_offer(&near, pair, name.quote, name.base); /* what is stored answers both ways round */
    }
    if (status != KURS_END) {
        return status;
    }
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < near.count && used < size; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s%s", i > 0 ? ", " : "", near.pair[i]);
    }
    return KURS_OK;
}
