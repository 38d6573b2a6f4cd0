/* Derived rates: one fraction, rounded once to 10 significant digits. The table was made with Python's fractions. */
#include "unit/unit.h"

#include "query/derive.h"

struct vector {
    enum kurs_rule rule;
    bool inverted[2];
    struct kurs_decimal leg[2];
    int64_t coefficient; /* 0: outside the exponents */
    int exponent;
};

static const struct vector vectors[] = {
    {KURS_CROSS, {0, 1}, {{INT64_C(1810111), -4}, {INT64_C(74), -11}}, INT64_C(244609594600), 0},
    {KURS_CROSS, {1, 0}, {{INT64_C(22175294), -12}, {INT64_C(38), -3}}, INT64_C(1713618769), -6},
    {KURS_INVERSE, {1, 0}, {{INT64_C(1816993325456), -10}, {INT64_C(80868), -8}}, INT64_C(5503597542), -12},
    {KURS_CROSS, {1, 1}, {{INT64_C(205), -2}, {INT64_C(9974), -3}}, INT64_C(4890764769), -11},
    {KURS_INVERSE, {1, 0}, {{INT64_C(81366283), -7}, {INT64_C(437508673038680), -10}}, INT64_C(1229010301), -10},
    {KURS_CROSS, {0, 0}, {{INT64_C(7550669089), -1}, {INT64_C(220), -10}}, INT64_C(1661147200), -8},
    {KURS_CROSS, {0, 1}, {{INT64_C(1353146907159657), -16}, {INT64_C(456644), -3}}, INT64_C(2963242498), -13},
    {KURS_CROSS, {1, 0}, {{INT64_C(633788284861825), -11}, {INT64_C(8825107365), -6}}, INT64_C(1392437755), -9},
    {KURS_CROSS, {0, 1}, {{INT64_C(289203426030121), -5}, {INT64_C(6358464899), -5}}, INT64_C(4548321499), -5},
    {KURS_INVERSE, {1, 0}, {{INT64_C(5890032609297), -6}, {INT64_C(64433), 4}}, INT64_C(1697783470), -16},
    {KURS_CROSS, {0, 0}, {{INT64_C(258647), -9}, {INT64_C(375509), -10}}, INT64_C(9712427632), -18},
    {KURS_CROSS, {1, 0}, {{INT64_C(31273393600), -4}, {INT64_C(8), 0}}, INT64_C(2558085030), -15},
    {KURS_CROSS, {1, 1}, {{INT64_C(2822758866093), -6}, {INT64_C(313), -11}}, INT64_C(1131831775), -7},
    {KURS_CROSS, {0, 1}, {{INT64_C(10), -4}, {INT64_C(128405785248), -9}}, INT64_C(7787811103), -15},
    {KURS_CROSS, {1, 1}, {{INT64_C(473006684), -5}, {INT64_C(9807448886115034), -5}}, INT64_C(2155642160), -24},
    {KURS_CROSS, {0, 1}, {{INT64_C(6613), -5}, {INT64_C(628), -4}}, INT64_C(1053025478), -9},
    {KURS_CROSS, {0, 1}, {{INT64_C(131177867312592195), -8}, {INT64_C(99), -4}}, INT64_C(132502896300), 0},
    {KURS_CROSS, {0, 1}, {{INT64_C(909435), -4}, {INT64_C(767357), 0}}, INT64_C(1185152413), -13},
    {KURS_CROSS, {0, 0}, {{INT64_C(4804057), -5}, {INT64_C(1), -5}}, INT64_C(4804057000), -13},
    {KURS_CROSS, {0, 1}, {{INT64_C(986684091209), 2}, {INT64_C(184450), -9}}, INT64_C(534933093600000000), 0},
    {KURS_CROSS, {1, 0}, {{INT64_C(9097578), -3}, {INT64_C(97641229), -2}}, INT64_C(1073266192), -7},
    {KURS_INVERSE, {1, 0}, {{INT64_C(59), 0}, {INT64_C(555003), -7}}, INT64_C(1694915254), -11},
    {KURS_INVERSE, {1, 0}, {{INT64_C(8770544), -11}, {INT64_C(230), -3}}, INT64_C(1140180130), -5},
    {KURS_CROSS, {1, 0}, {{INT64_C(726), -5}, {INT64_C(263486), -10}}, INT64_C(3629283747), -12},
    {KURS_INVERSE, {1, 0}, {{INT64_C(9627), -10}, {INT64_C(4540702), -9}}, INT64_C(1038745196), -3},
    {KURS_CROSS, {0, 1}, {{INT64_C(84128407345), -10}, {INT64_C(606366782970), -4}}, INT64_C(1387417809), -16},
    {KURS_CROSS, {1, 0}, {{INT64_C(644), -4}, {INT64_C(306161765276562), 0}}, INT64_C(4754064678000000), 0},
    {KURS_CROSS,
     {0, 0},
     {{INT64_C(7531960721468215), -12}, {INT64_C(90047609877474999), 0}},
     INT64_C(678235060700000000),
     3},
    {KURS_INVERSE, {1, 0}, {{INT64_C(4), -12}, {INT64_C(85394042), -11}}, INT64_C(250000000000), 0},
    {KURS_CROSS,
     {1, 0},
     {{INT64_C(83810248240715456), -8}, {INT64_C(651138350148307221), -9}},
     INT64_C(7769197250),
     -10},
    {KURS_CROSS, {1, 1}, {{INT64_C(83336), -9}, {INT64_C(526), -5}}, INT64_C(2281295820), -3},
    {KURS_CROSS, {0, 1}, {{INT64_C(67490644), -2}, {INT64_C(3530), 3}}, INT64_C(1911916261), -10},
    {KURS_CROSS, {0, 0}, {{INT64_C(71307), -11}, {INT64_C(9915966258639269), -9}}, INT64_C(7070778060), -9},
    {KURS_CROSS, {0, 0}, {{INT64_C(6689424), -7}, {INT64_C(469450866005), -5}}, INT64_C(3140355890), -3},
    {KURS_INVERSE, {1, 0}, {{INT64_C(52579423689027408), -11}, {INT64_C(24063279), -8}}, INT64_C(1901884672), -15},
    {KURS_INVERSE, {1, 0}, {{INT64_C(376), -6}, {INT64_C(63208), -4}}, INT64_C(2659574468), -6},
    {KURS_CROSS, {1, 1}, {{INT64_C(44743975619), -1}, {INT64_C(375), -15}}, INT64_C(5959833988), -7},
    {KURS_CROSS, {0, 1}, {{INT64_C(18941925), -11}, {INT64_C(87284955297), -8}}, INT64_C(2170124844), -16},
    {KURS_CROSS, {1, 1}, {{INT64_C(44362275446141647), -10}, {INT64_C(311569), -1}}, INT64_C(7234890218), -21},
    {KURS_CROSS, {1, 1}, {{INT64_C(68417), -10}, {INT64_C(5), -12}}, INT64_C(29232500690000000), 0},
    {KURS_CROSS, {1, 1}, {{INT64_C(9627430), -5}, {INT64_C(79667189227681), -6}}, INT64_C(1303797475), -19},
    {KURS_CROSS, {1, 1}, {{INT64_C(4851482), -1}, {INT64_C(514), -17}}, INT64_C(4010166980), -1},
    {KURS_CROSS, {0, 0}, {{INT64_C(562504317), -11}, {INT64_C(9488313), -8}}, INT64_C(5337217024), -13},
    {KURS_CROSS, {1, 1}, {{INT64_C(5489260858), -8}, {INT64_C(490993793), 0}}, INT64_C(3710309416), -20},
    {KURS_CROSS, {0, 0}, {{INT64_C(6230694040), -7}, {INT64_C(5528494455808506), -9}}, INT64_C(3444635746), 0},
    {KURS_CROSS, {1, 1}, {{INT64_C(43), -10}, {INT64_C(60), -8}}, INT64_C(387596899200000), 0},
    {KURS_CROSS, {0, 0}, {{INT64_C(66135238005824614), -1}, {INT64_C(390), -2}}, INT64_C(25792742820000000), 0},
    {KURS_CROSS,
     {0, 0},
     {{INT64_C(71860682946631313), 0}, {INT64_C(82687531534837485), 0}},
     INT64_C(594198248700000000),
     16},
    {KURS_INVERSE, {1, 0}, {{INT64_C(2394), -10}, {INT64_C(58), -4}}, INT64_C(4177109440), -3},
    {KURS_INVERSE, {1, 0}, {{INT64_C(9016), -5}, {INT64_C(94), -1}}, INT64_C(1109139308), -8},
    {KURS_CROSS, {1, 0}, {{INT64_C(966), -1}, {INT64_C(8542), -6}}, INT64_C(8842650104), -14},
    {KURS_INVERSE, {1, 0}, {{INT64_C(4294111535), -2}, {INT64_C(53486), -1}}, INT64_C(2328770438), -17},
    {KURS_CROSS, {0, 1}, {{INT64_C(112), -5}, {INT64_C(4566), -8}}, INT64_C(2452912834), -8},
    {KURS_CROSS, {1, 1}, {{INT64_C(963754285875381), -4}, {INT64_C(584), -5}}, INT64_C(1776727525), -18},
    {KURS_INVERSE, {1, 0}, {{INT64_C(46058564), -9}, {INT64_C(245), -8}}, INT64_C(2171148888), -8},
    {KURS_CROSS, {0, 1}, {{INT64_C(43345891431415505), -5}, {INT64_C(103764), 8}}, INT64_C(4177353555), -11},
    {KURS_CROSS, {1, 0}, {{INT64_C(64549), -7}, {INT64_C(52957152132), -6}}, INT64_C(8204178551), -3},
    {KURS_INVERSE, {1, 0}, {{INT64_C(1192), -2}, {INT64_C(502), -3}}, INT64_C(8389261745), -11},
    {KURS_INVERSE, {1, 0}, {{INT64_C(48726670660248), -8}, {INT64_C(1639582431), 7}}, INT64_C(2052264163), -15},
    {KURS_CROSS, {1, 1}, {{INT64_C(989182832906), -6}, {INT64_C(2320), -1}}, INT64_C(4357480421), -18},
    {KURS_CROSS, {1, 1}, {{INT64_C(999999999999999999), 0}, {INT64_C(999999999999999999), 0}}, INT64_C(0), 0},
    {KURS_CROSS,
     {1, 1},
     {{INT64_C(999999999999999999), -10}, {INT64_C(999999999999999999), -10}},
     INT64_C(1000000000),
     -25},
    {KURS_INVERSE, {1, 0}, {{INT64_C(3), 0}, {1, 0}}, INT64_C(3333333333), -10},
    {KURS_INVERSE, {1, 0}, {{INT64_C(2), 0}, {1, 0}}, INT64_C(5000000000), -10},
    {KURS_INVERSE, {1, 0}, {{INT64_C(1), 0}, {1, 0}}, INT64_C(1000000000), -9},
    {KURS_INVERSE, {1, 0}, {{INT64_C(9), 0}, {1, 0}}, INT64_C(1111111111), -10},
    {KURS_INVERSE, {1, 0}, {{INT64_C(99999999995), 0}, {1, 0}}, INT64_C(1000000000), -20},
    {KURS_INVERSE, {1, 0}, {{INT64_C(99999999985), 0}, {1, 0}}, INT64_C(1000000000), -20},
    {KURS_INVERSE, {1, 0}, {{INT64_C(15), 0}, {1, 0}}, INT64_C(6666666667), -11},
};

static void derived_rates_are_rounded_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        const struct vector *vector = &vectors[i];
        struct kurs_route route = {.rule = vector->rule, .inverted = {vector->inverted[0], vector->inverted[1]}};
        struct kurs_point leg[2] = {{0, vector->leg[0]}, {0, vector->leg[1]}};
        struct kurs_decimal rate = {-1, 0};
        enum kurs_status status = derive_rate(&route, leg, &rate, NULL);
        assert_int_equal(status, vector->coefficient > 0 ? KURS_OK : KURS_ERANGE);
        assert_int_equal(rate.coefficient, vector->coefficient > 0 ? vector->coefficient : -1);
        assert_int_equal(rate.exponent, vector->exponent);
    }
}

static void a_direct_rate_keeps_its_digits(void **state)
{
    (void)state;
    struct kurs_route route = {.rule = KURS_DIRECT};
    struct kurs_point leg[2] = {{0, {110, -2}}};
    struct kurs_decimal rate;
    assert_int_equal(derive_rate(&route, leg, &rate, NULL), KURS_OK);
    assert_int_equal(rate.coefficient, 110);
    assert_int_equal(rate.exponent, -2);
}

static void ratio_of_an_inverse_is_start_over_end_of_the_source(void **state)
{
    (void)state;
    struct kurs_route route = {.rule = KURS_INVERSE, .inverted = {true, false}};
    struct kurs_point start[2] = {{0, {3, 0}}};
    struct kurs_point end[2] = {{1, {7, 0}}};
    struct kurs_ratio ratio = derive_ratio(&route, start, end);
    assert_int_equal(ratio.over[0].coefficient, 3);
    assert_int_equal(ratio.under[0].coefficient, 7);
    assert_int_equal(ratio.over[1].coefficient, 1);
    assert_int_equal(ratio.under[1].coefficient, 1);
}

static void ratio_of_a_cross_has_two_factors_a_side(void **state)
{
    (void)state;
    struct kurs_route route = {.rule = KURS_CROSS, .inverted = {false, true}};
    struct kurs_point start[2] = {{0, {2, 0}}, {0, {3, 0}}};
    struct kurs_point end[2] = {{1, {5, 0}}, {1, {7, 0}}};
    struct kurs_ratio ratio = derive_ratio(&route, start, end);
    assert_int_equal(ratio.over[0].coefficient, 5);
    assert_int_equal(ratio.under[0].coefficient, 2);
    assert_int_equal(ratio.over[1].coefficient, 3);
    assert_int_equal(ratio.under[1].coefficient, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(derived_rates_are_rounded_once),
        cmocka_unit_test(a_direct_rate_keeps_its_digits),
        cmocka_unit_test(ratio_of_an_inverse_is_start_over_end_of_the_source),
        cmocka_unit_test(ratio_of_a_cross_has_two_factors_a_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
