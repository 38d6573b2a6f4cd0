/* Which pair a text speaks of, and that the direction is never taken from what does not state it. */
#include "ingest/sniff_subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* "EUR/USD", "EUR/?", "?/USD", "USD?" for a side not known, with "*100" for units and "@bid"; "-" for nothing. */
static const char *spell(const struct spoken *s, bool found)
{
    static char text[128];
    char units[24] = "";
    if (!found)
        return "-";
    if (s->units > 1)
        snprintf(units, sizeof units, "*%lld", (long long)s->units);
    if (s->index)
        return "index";
    if (s->one[0])
        snprintf(text, sizeof text, "%s?%s", s->one, units);
    else
        snprintf(text, sizeof text, "%s/%s%s%s%s", s->base[0] ? s->base : "?", s->quote[0] ? s->quote : "?", units,
                 s->label[0] ? "@" : "", s->label);
    return text;
}

static void heads_and_titles_state_pairs(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"EUR/USD", "EUR/USD"},
        {"EURUSD", "EUR/USD"},
        {"eurusd", "EUR/USD"},
        {"EUR-USD", "EUR/USD"},
        {"USD_KZT", "USD/KZT"},
        {"BTCUSDT", "BTC/USDT"},
        {"EUR/USD Rate", "EUR/USD"},
        {"EUR/USD(Open, Ask)", "EUR/USD"},
        {"EUR to USD", "EUR/USD"},
        {"FXUSDCAD", "USD/CAD"},
        {"DEXUSEU", "EUR/USD"},
        {"DEXJPUS", "USD/JPY"},
        {"RXI$US_N.B.EU", "EUR/USD"},
        {"RXI_N.B.JA", "USD/JPY"},
        {"XUDLUSS", "GBP/USD"},
        {"XUDLBK25", "GBP/CZK"},
        {"BBEX3.D.USD.EUR.BB.AC.000", "EUR/USD"},
        {"EXR.D.USD.EUR.SP00.A", "EUR/USD"},
        {"TP DK USD A", "USD/TRY@bid"},
        {"TP.DK.JPY.S.YTL", "JPY/TRY*100@ask"},
        {"EURUSD=X", "EUR/USD"},
        {"JPY=X", "USD/JPY"},
        {"SF43718", "USD/MXN"},
        {"A$1=USD", "AUD/USD"},
        {"Euro-Referenzkurs der EZB / 1 EUR = ... USD / Vereinigte Staaten", "EUR/USD"},
        {"INR / 1 USD", "USD/INR"},
        {"INR / 100 JPY", "JPY/INR*100"},
        {"100JPY/CNY", "JPY/CNY*100"},
        {"Rand per US Dollar", "USD/ZAR"},
        {"S$ per 100 units of Japanese yen", "JPY/SGD*100"},
        {"US $ into Sterling", "GBP/USD"},
        {"Currency:_Per_USD", "USD/?"},
        {"Currency Units per £1", "GBP/?"},
        {"Foreign currency amount for 1 Euro.", "EUR/?"},
        {"U.S. Dollars to One Euro", "EUR/USD"},
        {"LCU per US$, period average", "USD/?"},
        {"US dollars per currency unit", "?/USD"},
        {"USD", "USD?"},
        {"100 HUF", "HUF?*100"},
        {"100HUF", "HUF?*100"},
        {"JPY100", "JPY?*100"},
        {"JPY(100)", "JPY?*100"},
        {"[US dollar ]", "USD?"},
        {"U.S. dollar, daily average", "USD?"},
        {"USD_quant", "USD?"},
        {"Dólar americano", "USD?"},
        {"FXRTWI", "index"},
        {"DTWEXBGS", "index"},
        {"Date", "-"},
        {"Open", "-"},
        {"Close", "-"},
        {"Volume", "-"},
        {"Japanese Yen to U.S. Dollar Spot Exchange Rate", "-"},
        {"Period Average", "-"},
        {"", "-"},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct spoken subject;
        bool found = subject_parse(cases[i][0], strlen(cases[i][0]), &subject);
        const char *got = spell(&subject, found);
        if (strcmp(got, cases[i][1]) != 0)
            print_message("%s: %s, not %s\n", cases[i][0], got, cases[i][1]);
        wrong += strcmp(got, cases[i][1]) != 0;
    }
    assert_int_equal(wrong, 0);
}

static void file_names_state_pairs(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"EURUSD=X (1).csv", "EUR/USD"},
        {"USD_UZS Historical Data.csv", "USD/UZS"},
        {"fx_daily_EUR_USD.csv", "EUR/USD"},
        {"FX_EURUSD, 1D.csv", "EUR/USD"},
        {"DAT_MT_EURUSD_M1_202006.csv", "EUR/USD"},
        {"EURUSD1.csv", "EUR/USD"},
        {"eurusd_d.csv", "EUR/USD"},
        {"usd_kzt.csv", "USD/KZT"},
        {"20140508_eurusd_minute_quote.csv", "EUR/USD"},
        {"CADJPY_tick.csv", "CAD/JPY"},
        {"XBTUSD_1.csv", "BTC/USD"},
        {"btc-usd-max.csv", "BTC/USD"},
        {"BTCUSDT-1h-2017-08.csv", "BTC/USDT"},
        {"usd-to-inr.csv", "USD/INR"},
        {"DEXUSEU.csv", "EUR/USD"},
        {"BBEX3.D.USD.EUR.BB.AC.000.csv", "EUR/USD"},
        {"10000uzs-rub.csv", "UZS/RUB*10000"},
        {"AMD_F01_02_2005_T05_03_2022.csv", "AMD?"},
        {"USD.csv", "USD?"},
        {"exchange_rates.csv", "-"},
        {"HistoricalPrices.csv", "-"},
        {"quote_tick_data.csv", "-"},
        {"kurs.csv", "-"},
        {"all_rates.csv", "-"},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct spoken subject;
        bool found = subject_parse_name(cases[i][0], &subject);
        const char *got = spell(&subject, found);
        if (strcmp(got, cases[i][1]) != 0)
            print_message("%s: %s, not %s\n", cases[i][0], got, cases[i][1]);
        wrong += strcmp(got, cases[i][1]) != 0;
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_and_titles_state_pairs),
        cmocka_unit_test(file_names_state_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
