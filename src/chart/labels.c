/* labels.c: owns the placement. The one idea: less the heights of those before it, each label wants a position that may
 * not be under its predecessor's; that is isotonic regression, solved in one pass by pooling neighbours that collide
 * (pool adjacent violators). Pushing labels apart in rounds was the alternative: it may not end, and drifts. */
#include "chart/labels.h"

#include <stdlib.h>

struct entry {
    size_t label;
    double wanted;
};

/* Labels that touch: their mean shift, and how many they are. */
struct pool {
    double sum;
    size_t count;
};

static int compare_wanted(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    if (left->wanted < right->wanted || left->wanted > right->wanted) {
        return left->wanted < right->wanted ? -1 : 1;
    }
    return (left->label > right->label) - (left->label < right->label);
}

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* Labels in order with `before` the height of those above: pools of equal shift. */
static size_t make_pools(const struct label *labels, const struct entry *order, size_t count, struct pool *pools)
{
    size_t pool_count = 0;
    double before = 0;
    for (size_t i = 0; i < count; i++) {
        const struct label *label = &labels[order[i].label];
        pools[pool_count++] = (struct pool) {label->wanted - before - label->height / 2, 1};
        before += label->height;
        while (pool_count > 1 && pools[pool_count - 2].sum / (double)pools[pool_count - 2].count >
                                     pools[pool_count - 1].sum / (double)pools[pool_count - 1].count) {
            pools[pool_count - 2].sum += pools[pool_count - 1].sum;
            pools[pool_count - 2].count += pools[pool_count - 1].count;
            pool_count--;
        }
    }
    return pool_count;
}

bool labels_place(struct label *labels, size_t count, double low, double high)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += labels[i].height;
    }
    struct entry *order = calloc(count + 1, sizeof *order);
    struct pool *pools = calloc(count + 1, sizeof *pools);
    bool fits = order != NULL && pools != NULL && total <= high - low;
    if (fits) {
        for (size_t i = 0; i < count; i++) {
            order[i] = (struct entry) {i, labels[i].wanted};
        }
        qsort(order, count, sizeof *order, compare_wanted);
        size_t pool_count = make_pools(labels, order, count, pools);
        double before = 0;
        for (size_t p = 0, i = 0; p < pool_count; p++) {
            double shift = clamp(pools[p].sum / (double)pools[p].count, low, high - total);
            for (size_t end = i + pools[p].count; i < end; i++) {
                struct label *label = &labels[order[i].label];
                label->at = shift + before + label->height / 2;
                before += label->height;
            }
        }
    }
    free(order);
    free(pools);
    return fits;
}
