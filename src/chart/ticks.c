/* ticks.c: owns the ticks of value axes. The one idea: try every nice step that gives a sensible count and keep the one
 * that wastes least of the axis; Heckbert's single "nice number" was the alternative and leaves up to half the height
 * empty. Positions are integer multiples of the step, so labels never show rounding. */
#include "chart/ticks.h"

#include <math.h>
#include <string.h>

#define COUNT_LEAST 3
#define COUNT_MOST  8

/* Decimals that print `mantissa` * 10^power exactly; 2.5 needs one more. */
static int decimals_of(double mantissa, int power)
{
    int decimals = -power + (mantissa != floor(mantissa));
    return decimals < 0 ? 0 : decimals;
}

/* 10^power that divides where a negative power would round twice: 3 * 0.1 is not 0.3, 3 / 10 is. */
static double multiple(double count, double mantissa, int power)
{
    return power < 0 ? count * mantissa / pow(10, -power) : count * mantissa * pow(10, power);
}

struct step {
    double mantissa;
    int power;
    double first, last; /* multiples of the step at the ends of the axis */
};

/* Low is good: the part of the axis without data, and the distance from the wanted count. */
static double score(const struct step *step, double low, double high, size_t wanted)
{
    double size = multiple(1, step->mantissa, step->power);
    double count = step->last - step->first + 1;
    double span = (step->last - step->first) * size;
    double waste = 1 - (high - low) / span;
    double off = fabs(count - (double)wanted) / (double)wanted;
    return waste + 0.45 * off + (step->mantissa == 2.5 ? 0.03 : 0);
}

static struct step best_step(double low, double high, size_t wanted)
{
    static const double mantissas[] = {1, 2, 2.5, 5};
    struct step best = {1, 0, 0, 0};
    double best_score = INFINITY;
    int power = (int)floor(log10(high - low));
    for (int p = power - 2; p <= power + 1; p++) {
        for (size_t m = 0; m < sizeof mantissas / sizeof *mantissas; m++) {
            double size = multiple(1, mantissas[m], p);
            const double slack = 1e-9; /* a value on a tick is not pushed beyond it by rounding */
            struct step step = {mantissas[m], p, floor(low / size + slack), ceil(high / size - slack)};
            double count = step.last - step.first + 1;
            if (count < COUNT_LEAST || count > COUNT_MOST) {
                continue;
            }
            double s = score(&step, low, high, wanted);
            if (s < best_score) {
                best_score = s;
                best = step;
            }
        }
    }
    return best;
}

void ticks_linear(double low, double high, size_t wanted, struct value_ticks *ticks)
{
    const double least_relative = 1e-11; /* below it doubles cannot tell ticks apart */
    double size = fmax(fabs(low), fabs(high));
    if (!(high - low > size * least_relative)) {
        double middle = low + (high - low) / 2;
        double room = size > 0 ? size * 0.02 : 1;
        low = middle - room;
        high = middle + room;
    }
    struct step step = best_step(low, high, wanted);
    int decimals = decimals_of(step.mantissa, step.power);
    *ticks = (struct value_ticks) {.count = 0};
    for (double k = step.first; k <= step.last && ticks->count < TICKS_MAX; k++) {
        double at = multiple(k, step.mantissa, step.power);
        ticks->at[ticks->count] = at;
        caption_number(k == 0 ? 0 : at, decimals, ticks->label[ticks->count++]);
    }
    ticks->low = ticks->at[0];
    ticks->high = ticks->at[ticks->count - 1];
}

/* Appends the ticks mantissa * 10^power that cover [low, high]; false when there are too many or too few. */
static bool log_ticks(double low, double high, const double *mantissas, size_t mantissa_count, int power_step,
                      struct value_ticks *ticks)
{
    const double slack = 1e-9;
    int power = (int)floor(log10(low) + slack);
    power -= ((power % power_step) + power_step) % power_step;
    *ticks = (struct value_ticks) {.count = 0};
    for (;; power += power_step) {
        for (size_t m = 0; m < mantissa_count; m++) {
            double at = multiple(1, mantissas[m], power);
            if (at <= low * (1 + slack)) {
                ticks->count = 0; /* start again from the greatest tick that is not above the data */
            }
            if (ticks->count > COUNT_MOST) {
                return false;
            }
            ticks->at[ticks->count] = at;
            caption_number(at, power < 0 ? -power : 0, ticks->label[ticks->count++]);
            if (at >= high * (1 - slack) && ticks->count >= 2) {
                return ticks->count >= COUNT_LEAST;
            }
        }
    }
}

void ticks_log(double low, double high, size_t wanted, struct value_ticks *ticks)
{
    static const double one_two_five[] = {1, 2, 5}, one_three[] = {1, 3}, one[] = {1};
    const double least_ratio = 4;
    struct value_ticks found;
    bool ok = high / low >= least_ratio &&
              (log_ticks(low, high, one_two_five, 3, 1, &found) || log_ticks(low, high, one_three, 2, 1, &found));
    for (int power_step = 1; !ok && high / low >= least_ratio && power_step <= 16; power_step++) {
        ok = log_ticks(low, high, one, 1, power_step, &found);
    }
    if (!ok) {
        ticks_linear(low, high, wanted, &found);
        if (found.low <= 0) { /* a logarithmic axis has no zero: start at the lowest tick above it */
            found.low = low;
            memmove(found.at, found.at + 1, --found.count * sizeof *found.at);
            memmove(found.label, found.label + 1, found.count * sizeof *found.label);
        }
    }
    *ticks = found;
    ticks->low = ticks->low > 0 ? ticks->low : ticks->at[0];
    ticks->high = ticks->at[ticks->count - 1];
}
