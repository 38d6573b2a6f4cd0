/* labels.h: moving labels apart on a line. Pure. */
#ifndef KURS_CHART_LABELS_H
#define KURS_CHART_LABELS_H

#include <stdbool.h>
#include <stddef.h>

struct label {
    double wanted; /* where its middle belongs */
    double height;
    double at; /* where it goes */
};

/* Sets `at` so that no two labels overlap and all lie within [low, high], in the order of `wanted`, each as near to it
 * as the others allow (the sum of squared distances is least). False, with nothing set, when they do not fit. */
bool labels_place(struct label *labels, size_t count, double low, double high);

#endif
