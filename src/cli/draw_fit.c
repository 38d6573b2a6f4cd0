/* draw_fit.c: owns which options a chart has a use for. One that would change nothing is refused, by a table: whoever
 * gave it expects to see something. */
#include "cli/draw.h"

#define OF(type)   (1u << (type))
#define OF_LINES   (OF(CHART_LINE) | OF(CHART_DRAWDOWN))
#define OF_PERIODS (OF(CHART_CHANGE) | OF(CHART_CANDLE) | OF(CHART_BAND))
#define OF_AXIS    (OF_LINES | OF_PERIODS) /* of dates: all but heat maps */
#define OF_RATES   (OF(CHART_LINE) | OF(CHART_CANDLE) | OF(CHART_BAND))

static const struct {
    enum option option;
    unsigned types;
    const char *why;
} FITS[] = {
    {OPT_REBASE, OF(CHART_LINE), "only lines are rebased"},
    {OPT_LOG, OF_RATES, "percentages have no logarithmic scale"},
    {OPT_EVERY, OF_PERIODS, "only candles, changes and bands have periods"},
    {OPT_GAP, OF_LINES, "only lines are broken by gaps"},
    {OPT_PANELS, OF_AXIS, "a heat map shows one pair"},
    {OPT_WEEKDAYS, OF_AXIS, "a heat map has no date axis"},
    {OPT_MARK, OF_AXIS, "a heat map has no date axis"},
    {OPT_BAND, OF_AXIS, "a heat map has no date axis"},
};

static enum kurs_status refuse(struct cli *cli, enum option option, const char *why, const char *hint)
{
    cli_what(cli, KURS_EARGUMENT, "cannot use --%s", OPTIONS[option].name);
    cli_why(cli, KURS_EARGUMENT, "%s", why);
    return cli_hint(cli, KURS_EARGUMENT, "%s", hint);
}

enum kurs_status draw_fits(struct cli *cli, enum chart_type type)
{
    for (size_t i = 0; i < sizeof FITS / sizeof FITS[0]; i++) {
        if (option_given(&cli->options, FITS[i].option) && (FITS[i].types & OF(type)) == 0) {
            return refuse(cli, FITS[i].option, FITS[i].why, "leave it out, or choose another --type");
        }
    }
    return KURS_OK;
}

enum kurs_status draw_fits_file(struct cli *cli, enum chart_output output)
{
    if (option_given(&cli->options, OPT_SCALE) && output != CHART_PNG) {
        return refuse(cli, OPT_SCALE, "only png is made of pixels", "leave it out: svg and pdf are sharp at any size");
    }
    return KURS_OK;
}

enum kurs_status draw_fits_characters(struct cli *cli)
{
    static const enum option PICTURES[] = {OPT_MARK, OPT_BAND, OPT_SIZE, OPT_SCALE, OPT_THEME, OPT_FONT};
    for (size_t i = 0; i < sizeof PICTURES / sizeof PICTURES[0]; i++) {
        if (option_given(&cli->options, PICTURES[i])) {
            return refuse(cli, PICTURES[i], "a chart of characters cannot show it", "-o FILE.svg draws a picture");
        }
    }
    return KURS_OK;
}
