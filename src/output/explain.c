/* explain.c: answers taken apart again, from the legs and the exact ratio the library hands out. */
#include "output/explain.h"

#include <string.h>

struct rate_text {
    char text[KURS_DECIMAL_SIZE];
};

static struct rate_text rate_text(struct kurs_decimal rate)
{
    struct rate_text result;
    kurs_decimal_format(rate, result.text);
    return result;
}

struct time_text {
    char text[KURS_TIME_SIZE];
};

static struct time_text time_text(int64_t time_us, enum kurs_kind kind)
{
    struct time_text result;
    kurs_time_format(time_us, kind, result.text);
    return result;
}

static int leg_count(const struct kurs_route *route)
{
    return route->rule == KURS_CROSS ? 2 : 1;
}

/* "  start  KGS/USD 0.01144 of 2025-12-12" for each leg. */
static void write_legs(FILE *out, const char *title, const struct kurs_route *route, const struct kurs_asof *asof)
{
    for (int i = 0; i < leg_count(route); i++) {
        fprintf(out, "  %-8s %s = %s observed %s%s\n", title, route->leg[i], rate_text(asof->leg[i].rate).text,
                time_text(asof->leg[i].time_us, route->kind).text, route->inverted[i] ? ", used as 1/rate" : "");
    }
}

/* "0.01144 / 0.00192", "1 / 0.01144". */
static void write_formula(FILE *out, const struct kurs_route *route, const struct kurs_asof *asof)
{
    for (int i = 0; i < leg_count(route); i++) {
        const char *sign = route->inverted[i] ? (i == 0 ? "1 / " : " / ") : (i == 0 ? "" : " * ");
        fprintf(out, "%s%s", sign, rate_text(asof->leg[i].rate).text);
    }
}

void explain_asof(FILE *out, const struct kurs_route *route, const struct kurs_asof *asof)
{
    char rule[KURS_NAME_SIZE];
    fprintf(out, "%s = %s at %s\n", route->name, rate_text(asof->rate).text,
            time_text(asof->asked_us, route->kind).text);
    write_legs(out, "from", route, asof);
    if (route->rule == KURS_DIRECT) {
        fprintf(out, "  rule     %s\n", kurs_asof_rule(route, asof, rule));
        return;
    }
    fprintf(out, "  rule     %s: ", kurs_asof_rule(route, asof, rule));
    write_formula(out, route, asof);
    fputs(", rounded to 10 significant digits\n", out);
}

static bool is_one(struct kurs_decimal factor)
{
    return factor.coefficient == 1 && factor.exponent == 0;
}

/* "a", "1 * ..." never: factors of one are left out; two stand in parentheses. */
static void write_factors(FILE *out, const struct kurs_decimal factors[2])
{
    if (is_one(factors[0]) || is_one(factors[1])) {
        fputs(rate_text(is_one(factors[0]) ? factors[1] : factors[0]).text, out);
    } else {
        fprintf(out, "(%s * %s)", rate_text(factors[0]).text, rate_text(factors[1]).text);
    }
}

static void write_percent(FILE *out, const struct kurs_ratio *ratio, int decimals)
{
    char percent[KURS_PERCENT_SIZE];
    kurs_percent_format(ratio, decimals, percent);
    fputs("  percent  (", out);
    write_factors(out, ratio->over);
    fputs(" / ", out);
    write_factors(out, ratio->under);
    fprintf(out, " - 1) * 100 = %s, rounded once, half away from zero\n", percent);
}

void explain_change(FILE *out, const struct kurs_route *route, const char *part, const struct kurs_change *change,
                    const struct kurs_asof *start, const struct kurs_asof *end, int decimals)
{
    fprintf(out, "%s%s%s", route->name, part != NULL ? " " : "", part != NULL ? part : "");
    if (end == NULL) {
        fputs(": nothing is known by the end\n", out);
        return;
    }
    if (start == NULL) {
        fputs(change->known ? ": the start is older than --max-age allows\n" : ": the start is not known\n", out);
        write_legs(out, "end", route, end);
        return;
    }
    fprintf(out, " from %s to %s\n", time_text(change->start.time_us, route->kind).text,
            time_text(change->end.time_us, route->kind).text);
    write_legs(out, "start", route, start);
    write_legs(out, "end", route, end);
    fprintf(out, "  asked    start at %s, answered by the newest point at or before it\n",
            time_text(change->asked_us, route->kind).text);
    fprintf(out, "  change   %s - %s = %s\n", rate_text(change->end.rate).text, rate_text(change->start.rate).text,
            rate_text(change->difference).text);
    write_percent(out, &change->ratio, decimals);
}
