/* doubt.c: suspicions about labels and units. Owns when values contradict the history of the same name: all of them
 * near the reciprocal, or near a power of ten of it. Statistics, so doubles do; nothing is changed, only said. */
#include "ingest/doubt.h"

#include "store/scan.h"

#include <math.h>
#include <stdio.h>

#define SAMPLES      8
#define AGE_MAX_US   (7 * KURS_DAY_US)
#define NEAR         0.05 /* |ln| within which two rates are the same but for a week's move */
#define NOT_THE_SAME 0.1  /* |ln| from which they are not */

struct doubt {
    int compared, inverted, scaled;
    long power; /* of the first that is scaled; all must share it */
};

static void compare(struct doubt *doubt, double new_rate, double stored)
{
    double same = log(new_rate / stored), inverse = log(new_rate * stored);
    double power = same / log(10.0);
    long nearest = lround(power);
    doubt->compared++;
    if (fabs(same) < NOT_THE_SAME) {
        return;
    }
    doubt->inverted += fabs(inverse) < NEAR;
    if (nearest != 0 && fabs(same - (double)nearest * log(10.0)) < NEAR) {
        doubt->power = doubt->scaled == 0 ? nearest : doubt->power;
        doubt->scaled += nearest == doubt->power;
    }
}

static void describe(const struct doubt *doubt, const char *name, char text[DOUBT_SIZE])
{
    text[0] = '\0';
    if (doubt->compared == 0) {
        return;
    }
    if (doubt->inverted == doubt->compared) {
        snprintf(text, DOUBT_SIZE, "%s looks inverted against the stored history", name);
    } else if (doubt->scaled == doubt->compared) {
        snprintf(text, DOUBT_SIZE, "%s looks %.0f times too %s against the stored history", name,
                 pow(10.0, fabs((double)doubt->power)), doubt->power > 0 ? "high" : "low");
    }
}

enum kurs_status doubt_column(struct kurs_snapshot *snapshot, const char *name, const struct batch_column *column,
                              char text[DOUBT_SIZE], struct kurs_error *error)
{
    struct doubt doubt = {.compared = 0};
    size_t step = (column->count + SAMPLES - 1) / SAMPLES;
    for (size_t i = 0; i < column->count; i += step) {
        struct kurs_point stored;
        enum kurs_status status = scan_asof(snapshot, name, column->time_us[i], &stored, error);
        if (status != KURS_OK && status != KURS_END) {
            return status;
        }
        if (status == KURS_OK && column->time_us[i] - stored.time_us <= AGE_MAX_US) {
            struct kurs_decimal rate = {column->coefficient[i], column->exponent[i]};
            compare(&doubt, kurs_decimal_double(rate), kurs_decimal_double(stored.rate));
        }
    }
    describe(&doubt, name, text);
    return KURS_OK;
}
