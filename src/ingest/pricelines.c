/* pricelines.c: price lines to points. Owns what a ticker's date lines do to the lines behind them, that a ticker line
 * repeated under one date is one quote (a page shows its ticker between articles), and which commodities of a ledger
 * are currencies. The grammars are in ticker.c and ledger.c. */
#include "ingest/pricelines.h"

#include "ingest/ledger.h"
#include "ingest/lines.h"
#include "ingest/tables.h"
#include "ingest/ticker.h"

#include <stdlib.h>
#include <string.h>

/* The last quote of a series. */
struct quoted {
    int64_t time_us;
    struct kurs_decimal rate;
    uint64_t line; /* in the text, 0 none yet */
};

struct pricelines {
    struct rows_rules rules;
    struct names *names;
    int64_t time_us; /* ticker: of the lines to come */
    enum kurs_kind kind;
    uint64_t lines;        /* before this chunk */
    struct quoted *quoted; /* by series id */
    uint32_t quoted_room;
};

enum kurs_status pricelines_new(const struct rows_rules *rules, struct names *names, struct pricelines **lines)
{
    struct pricelines *made = calloc(1, sizeof *made);
    if (!made) {
        return KURS_ENOMEM;
    }
    made->rules = *rules;
    made->names = names;
    made->time_us = rules->plan->fixed_us;
    made->kind = rules->plan->kind;
    made->lines = rules->plan->first_line - 1;
    *lines = made;
    return KURS_OK;
}

void pricelines_free(struct pricelines *lines)
{
    if (lines) {
        free(lines->quoted);
        free(lines);
    }
}

static enum kurs_status last_quote(struct pricelines *lines, uint32_t id, struct quoted **quoted)
{
    if (id >= lines->quoted_room) {
        uint32_t room = 2 * id + 64;
        struct quoted *grown = realloc(lines->quoted, room * sizeof *grown);
        if (!grown) {
            return KURS_ENOMEM;
        }
        memset(grown + lines->quoted_room, 0, (room - lines->quoted_room) * sizeof *grown);
        lines->quoted = grown;
        lines->quoted_room = room;
    }
    *quoted = &lines->quoted[id];
    return KURS_OK;
}

/* A price of a line. */
struct price {
    struct kurs_name name;
    struct kurs_decimal rate; /* coefficient 0: none */
    int64_t time_us;
    enum kurs_kind kind;
};

/* A point, a blank or a reject. */
static enum kurs_status take_price(struct pricelines *lines, const struct price *price, const struct batch_place *place,
                                   struct batch *batch)
{
    uint32_t id;
    batch->last_data_line = place->line;
    if (price->rate.coefficient == 0) {
        batch->blank++;
        return KURS_OK;
    }
    const char *fault = rows_time_fault(&lines->rules, price->time_us);
    if (fault) {
        return batch_reject(batch, place, 1, false, "its date %s", fault);
    }
    enum kurs_status status = names_find(lines->names, &price->name, price->kind, &id);
    if (status != KURS_OK) {
        return status;
    }
    struct quoted *quoted;
    status = last_quote(lines, id, &quoted);
    if (status != KURS_OK) {
        return status;
    }
    bool once = lines->rules.plan->layout == PLAN_TICKER;
    if (once && quoted->line && quoted->time_us == price->time_us) {
        if (kurs_decimal_compare(quoted->rate, price->rate) == 0) {
            batch->identical++;
            return KURS_OK;
        }
        return batch_reject(batch, place, 1, false, "another rate than line %llu for the same time",
                            (unsigned long long)quoted->line);
    }
    *quoted = (struct quoted) {price->time_us, price->rate, lines->lines + place->line};
    return batch_point(batch, id, price->time_us, price->rate, place->line);
}

/* What the user has pinned of all lines. */
static const struct plan_column *pin_of(const struct plan *plan)
{
    static const struct plan_column none = {.role = ROLE_VALUE};
    return plan->column_count ? &plan->columns[0] : &none;
}

/* ---- ticker ---- */

static enum kurs_status take_ticker_line(struct pricelines *lines, const struct batch_place *place, struct batch *batch)
{
    struct ticker_quote quote;
    size_t from = 0, used;
    enum kurs_status status = KURS_OK;
    while (status == KURS_OK && ticker_find(place->raw + from, place->raw_bytes - from, &quote, &used)) {
        from += used;
        struct price price = {quote.name, quote.rate, lines->time_us, lines->kind};
        memcpy(price.name.label, pin_of(lines->rules.plan)->label, sizeof price.name.label);
        status = take_price(lines, &price, place, batch);
    }
    if (from == 0 && !lines->rules.plan->fixed_time) {
        int64_t time_us;
        enum kurs_kind kind;
        if (ticker_date_line(place->raw, place->raw_bytes, &time_us, &kind)) {
            lines->time_us = time_us;
            lines->kind = kind;
        }
    }
    return status;
}

/* ---- ledger ---- */

/* A commodity's currency, NULL for a security. A symbol of several currencies is the pinned one. */
static const char *commodity(const char *text, const char *pinned)
{
    const char *code = currency_symbol(text, strlen(text));
    if (code) {
        return code;
    }
    if (strcmp(text, "\xC2\xA5") == 0) {
        return strcmp(pinned, "JPY") == 0 || strcmp(pinned, "CNY") == 0 ? pinned : NULL;
    }
    return currency_code(text, strlen(text));
}

static enum kurs_status take_ledger_line(struct pricelines *lines, const struct batch_place *place, struct batch *batch)
{
    const struct plan *plan = lines->rules.plan;
    const struct plan_column *pin = pin_of(plan);
    struct ledger_price said;
    enum ledger_line kind = plan->layout == PLAN_LEDGER ? ledger_read(place->raw, place->raw_bytes, &said)
                                                        : beancount_read(place->raw, place->raw_bytes, &said);
    if (kind == LEDGER_OTHER) {
        return KURS_OK;
    }
    if (kind == LEDGER_BAD) {
        return batch_reject(batch, place, 1, false, "a price line that cannot be read");
    }
    const char *base = commodity(said.base, pin->base), *quote = commodity(said.quote, pin->quote);
    bool pinned = base && quote && (!pin->base[0] || strcmp(base, pin->base) == 0) &&
                  (!pin->quote[0] || strcmp(quote, pin->quote) == 0);
    if (!pinned || strcmp(base, quote) == 0) {
        const char *left_out = base ? said.quote : said.base;
        batch_no_rate(batch, left_out, strlen(left_out), 1);
        return KURS_OK;
    }
    if (plan->kind == KURS_DAILY && said.time_us % KURS_DAY_US != 0) {
        return batch_reject(batch, place, 1, false, "a time of day among dates");
    }
    struct price price = {.rate = said.rate, .time_us = said.time_us, .kind = plan->kind};
    if (plan->kind == KURS_INSTANT) {
        price.time_us = kurs_zone_to_utc(lines->rules.zone, said.time_us);
    }
    memcpy(price.name.base, base, strlen(base) + 1);
    memcpy(price.name.quote, quote, strlen(quote) + 1);
    memcpy(price.name.label, pin->label, sizeof price.name.label);
    return take_price(lines, &price, place, batch);
}

enum kurs_status pricelines_parse(struct pricelines *lines, const char *text, size_t bytes, struct batch *batch)
{
    enum kurs_status status = KURS_OK;
    for (size_t at = 0, next; at < bytes && status == KURS_OK; at += next) {
        size_t length = line_read(text + at, bytes - at, &next);
        struct batch_place place = {.line = ++batch->lines, .byte = at, .raw = text + at, .raw_bytes = length};
        status = lines->rules.plan->layout == PLAN_TICKER ? take_ticker_line(lines, &place, batch)
                                                          : take_ledger_line(lines, &place, batch);
    }
    lines->lines += batch->lines;
    return status;
}
