/* The queries against plain arrays: random series of every shape (ticks that share instants, 30 years of days, gaps, a
 * single point), asked directly, inverted and crossed, over random ranges, periods and zones. */
#include "query_fixture.h"

#define ROUNDS  8
#define QUERIES 60

/* A route and the points it must have; the stored series it comes from, for exact percents. */
struct model {
    const char *name;
    struct naive points;
    const struct naive *over, *under; /* rate = over/under; NULL: 1 */
};

static uint64_t seed;

static struct naive random_series(enum kurs_kind kind)
{
    int64_t from_us = at("1995-01-01") + random_below(&seed, 3000) * KURS_DAY_US;
    switch (random_below(&seed, 5)) {
    case 0: /* one point, or a few */
        return naive_walk(&seed, 1 + (size_t)random_below(&seed, 3), from_us, KURS_HOUR_US, kind);
    case 1: /* bursts: many points a microsecond or two apart, as a coarse clock's ticks are stored */
        return naive_walk(&seed, 3000, from_us, 1, kind);
    case 2: /* dense enough for bars to come from the tree */
        return naive_walk(&seed, kind == KURS_DAILY ? 7800 : 30000, from_us, 10 * KURS_SECOND_US, kind);
    default:
        return naive_walk(&seed, 2000, from_us, 6 * KURS_HOUR_US, kind);
    }
}

/* An instant near the series: often exactly a point's, or a microsecond beside it. */
static int64_t random_instant(const struct naive *points)
{
    int64_t first_us = points->count > 0 ? points->points[0].time_us : 0;
    int64_t last_us = points->count > 0 ? points->points[points->count - 1].time_us : 0;
    if (points->count > 0 && random_below(&seed, 2) == 0) {
        return points->points[random_below(&seed, (int64_t)points->count)].time_us + random_below(&seed, 3) - 1;
    }
    return first_us - KURS_DAY_US + random_below(&seed, last_us - first_us + 3 * KURS_DAY_US);
}

static void check_asof(const struct model *model, const struct kurs_route *route)
{
    int64_t at_us = random_instant(&model->points);
    size_t before = naive_before(&model->points, at_us + 1);
    struct kurs_asof asof;
    enum kurs_status status = kurs_asof(f.snapshot, route, at_us, &asof, NULL);
    assert_int_equal(status, before > 0 ? KURS_OK : KURS_END);
    if (before > 0) {
        assert_int_equal(kurs_decimal_compare(asof.rate, model->points.points[before - 1].rate), 0);
        assert_true(asof.observed_us <= model->points.points[before - 1].time_us);
    }
}

static void check_summary(const struct model *model, const struct kurs_route *route)
{
    int64_t from_us = random_instant(&model->points);
    int64_t until_us = random_instant(&model->points);
    until_us = until_us < from_us ? from_us : until_us;
    struct kurs_summary got;
    struct kurs_summary wanted =
        naive_summary(&model->points, naive_before(&model->points, from_us), naive_before(&model->points, until_us));
    assert_int_equal(kurs_summarize(f.snapshot, route, from_us, until_us, &got, NULL), KURS_OK);
    assert_same_summary(&got, &wanted);
}

static void check_points(const struct model *model, const struct kurs_route *route)
{
    int64_t from_us = random_instant(&model->points);
    int64_t until_us = random_instant(&model->points);
    size_t i = naive_before(&model->points, from_us);
    size_t until = naive_before(&model->points, until_us);
    struct kurs_cursor *cursor;
    struct kurs_batch batch;
    assert_int_equal(kurs_cursor_open(f.snapshot, route, from_us, until_us, &cursor, NULL), KURS_OK);
    while (kurs_cursor_next(cursor, &batch, NULL) == KURS_OK) {
        for (size_t k = 0; k < batch.count; k++, i++) {
            assert_true(i < until);
            assert_same_point((struct kurs_point) {batch.time_us[k], {batch.coefficient[k], batch.exponent[k]}},
                              model->points.points[i]);
        }
    }
    assert_true(i >= until);
    kurs_cursor_close(cursor);
}

static void check_bars(const struct model *model, const struct kurs_route *route)
{
    static const char *const zones[] = {"UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"};
    static const struct kurs_span spans[] = {{15, KURS_MINUTE}, {6, KURS_HOUR},    {1, KURS_DAY}, {1, KURS_WEEK},
                                             {1, KURS_MONTH},   {1, KURS_QUARTER}, {1, KURS_YEAR}};
    struct kurs_span span = spans[random_below(&seed, sizeof spans / sizeof spans[0])];
    int64_t from_us = random_instant(&model->points);
    int64_t until_us = random_instant(&model->points);
    until_us = until_us < from_us ? from_us : until_us;
    size_t i = naive_before(&model->points, from_us);
    struct kurs_zone *zone;
    struct kurs_bars *bars;
    struct kurs_bar bar;
    assert_int_equal(kurs_zone_open(zones[random_below(&seed, 4)], &zone, NULL), KURS_OK);
    assert_int_equal(kurs_bars_open(f.snapshot, route, span, zone, from_us, until_us, &bars, NULL), KURS_OK);
    while (kurs_bars_next(bars, &bar, NULL) == KURS_OK) {
        int64_t end_us = bar.period_until_us < until_us ? bar.period_until_us : until_us;
        size_t until = naive_before(&model->points, end_us);
        int64_t period_from_us;
        int64_t period_until_us;
        assert_true(i < until);
        kurs_period_of(model->points.points[i].time_us, span, route->kind == KURS_DAILY ? NULL : zone, &period_from_us,
                       &period_until_us);
        assert_int_equal(bar.period_from_us, period_from_us);
        assert_int_equal(bar.period_until_us, period_until_us);
        struct kurs_summary wanted = naive_summary(&model->points, i, until);
        assert_same_summary(&bar.summary, &wanted);
        i = until;
    }
    assert_int_equal(i, naive_before(&model->points, until_us));
    kurs_bars_close(bars);
    kurs_zone_close(zone);
}

/* The newest rate at or before at_us as a whole number of 10^-7; *known false if there is none. 1 for no series. */
static decimal_i128 value_at(const struct naive *series, int64_t at_us, bool *known)
{
    if (series == NULL) {
        return 1;
    }
    size_t before = naive_before(series, at_us + 1);
    *known = *known && before > 0;
    if (before == 0) {
        return 1;
    }
    decimal_i128 value = series->points[before - 1].rate.coefficient;
    for (int e = series->points[before - 1].rate.exponent; e > -7; e--) {
        value *= 10;
    }
    return value;
}

static void check_change(const struct model *model, const struct kurs_route *route)
{
    int64_t from_us = random_instant(&model->points);
    int64_t until_us = from_us + 1 + random_below(&seed, 100 * KURS_DAY_US);
    struct kurs_change change;
    assert_int_equal(kurs_change_range(f.snapshot, route, from_us, until_us, &change, NULL), KURS_OK);
    bool known = true;
    decimal_i128 end = value_at(model->over, until_us - 1, &known) * value_at(model->under, from_us, &known);
    decimal_i128 start = value_at(model->over, from_us, &known) * value_at(model->under, until_us - 1, &known);
    assert_int_equal(change.known, known);
    if (!known) {
        return;
    }
    decimal_i128 scaled = (end - start) * 100000000; /* percent to 6 decimals */
    decimal_i128 half = scaled < 0 ? -(start / 2) : start / 2;
    if (start % 2 != 0) { /* twice of everything: the half is whole */
        scaled *= 2;
        half = scaled < 0 ? -start : start;
        start *= 2;
    }
    int64_t rounded = (int64_t)((scaled + half) / start);
    char text[KURS_PERCENT_SIZE];
    char wanted[64];
    int64_t size = rounded < 0 ? -rounded : rounded;
    snprintf(wanted, sizeof wanted, "%s%lld.%06lld", scaled < 0 ? "-" : "", (long long)(size / 1000000),
             (long long)(size % 1000000));
    kurs_percent_format(&change.ratio, 6, text);
    assert_string_equal(text, wanted);
    struct kurs_decimal difference;
    assert_int_equal(kurs_decimal_subtract(change.end.rate, change.start.rate, &difference), KURS_OK);
    assert_int_equal(kurs_decimal_compare(change.difference, difference), 0);
}

static void check_model(const struct model *model)
{
    struct kurs_route route = fixture_route(&f, model->name);
    for (int i = 0; i < QUERIES; i++) {
        check_asof(model, &route);
        check_change(model, &route);
        if (i % 4 == 0) {
            check_summary(model, &route);
            check_points(model, &route);
            check_bars(model, &route);
        }
    }
}

static void queries_agree_with_plain_arrays(void **state)
{
    (void)state;
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        seed = round * 7919;
        print_message("seed %llu\n", (unsigned long long)seed);
        enum kurs_kind kind = round % 2 ? KURS_INSTANT : KURS_DAILY;
        struct naive a = random_series(kind);
        struct naive b = random_series(kind);
        fixture_open(&f);
        fixture_add(&f, "AAA/USD", kind, a.points, a.count);
        fixture_add(&f, "BBB/USD", kind, b.points, b.count);
        fixture_add_text(&f, "CCC/EUR", kind, "2001-01-01 1"); /* in nobody's way */
        struct model models[] = {
            {"AAA/USD", a, &a, NULL},
            {"USD/AAA", naive_inverse(&a), NULL, &a},
            {"AAA/BBB", naive_quotient(&a, &b), &a, &b},
        };
        for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
            check_model(&models[i]);
        }
        naive_free(&a);
        naive_free(&b);
        naive_free(&models[1].points);
        naive_free(&models[2].points);
        fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_agree_with_plain_arrays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
