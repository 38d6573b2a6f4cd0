/* times.c: see times.h. Steps that double, then halves: what is wanted mostly lies near, as short periods end soon. */
#include "base/times.h"

size_t times_find(const int64_t *time_us, size_t from, size_t count, int64_t wanted_us)
{
    size_t step = 1;
    size_t low = from; /* every time before low is < wanted_us */
    while (low + step <= count && time_us[low + step - 1] < wanted_us) {
        low += step;
        step *= 2;
    }
    size_t high = low + step - 1 < count ? low + step - 1 : count; /* the answer is in [low, high] */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time_us[middle] < wanted_us) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
