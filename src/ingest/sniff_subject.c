/* sniff_subject.c owns reading a pair and its direction out of words. It knows no file and no column.
 * The idea: a text becomes a short list of items (currencies, numbers, the few words that state a direction) and the
 * rules match on that list, so one rule serves every language and spelling. Regular expressions over the text were the
 * alternative: one for each publisher. */
#include "ingest/sniff_subject.h"

#include <string.h>

#include "ingest/ascii.h"
#include "ingest/fold.h"
#include "ingest/sniff_spoken.h"
#include "ingest/tables.h"

enum item_kind {
    ITEM_CURRENCY,
    ITEM_NUMBER,
    ITEM_PER,
    ITEM_TO,
    ITEM_EQUALS,
    ITEM_SLASH,
    ITEM_DASH,
    ITEM_UNIT,
    ITEM_WORD
};

enum { ITEMS_MAX = 40, PHRASE_BYTES_MAX = 64, PHRASE_WORDS_MAX = 6 };

struct item {
    enum item_kind kind;
    const char *code; /* ITEM_CURRENCY */
    bool by_code;     /* written as a code, not a name or symbol */
    bool apart;       /* a space stands before it */
    int64_t number;
};

struct items {
    struct item item[ITEMS_MAX];
    size_t count;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static void add(struct items *items, struct item item)
{
    const struct item *last = items->count > 0 ? &items->item[items->count - 1] : NULL;
    if (item.kind == ITEM_WORD && last && last->kind == ITEM_WORD)
        return;                     /* a run of words that say nothing is one */
    if (item.kind == ITEM_CURRENCY) /* one pointer a currency, whichever table it came from */
        item.code = currency_code(item.code, strlen(item.code));
    if (items->count < ITEMS_MAX)
        items->item[items->count++] = item;
}

static void copy_code(char to[KURS_CODE_SIZE], const char *code)
{
    memcpy(to, code, strlen(code) + 1);
}

/* A code of the tables, or another spelling of one in capitals (XBT, RMB, YEN, SDR). */
const char *spoken_code(const char *text, size_t length)
{
    const char *code = currency_code(text, length);
    return code ? code : length >= 3 ? currency_symbol(text, length) : NULL;
}

/* "EURUSD", "BTCUSDT": two codes glued. */
bool spoken_glued(const char *word, size_t length, const char **base, const char **quote)
{
    for (size_t take = 3; take <= 5 && take + 3 <= length; take++) {
        if (length - take > 5)
            continue;
        *base = spoken_code(word, take);
        *quote = spoken_code(word + take, length - take);
        if (*base && *quote && strcmp(*base, *quote) != 0)
            return true;
    }
    return false;
}

/* ---- Text to items ---- */

/* The longest currency name that starts at `text`; its bytes, 0 when none. Names of one short word stand only alone. */
static size_t take_name(const char *text, size_t length, const char **code)
{
    size_t ends[PHRASE_WORDS_MAX], count = 0;
    size_t limit = length < PHRASE_BYTES_MAX ? length : PHRASE_BYTES_MAX;
    for (size_t i = 1; i <= limit && count < PHRASE_WORDS_MAX; i++) {
        if (!is_letter(text[i - 1]) && !strchr(" .'-&$", text[i - 1]))
            break;
        bool end = i == length || (!is_letter(text[i]) && text[i] != '\'' && text[i] != '$');
        if (end &&
            (is_letter(text[i - 1]) || text[i - 1] == '$' || (text[i - 1] == '.' && i > 1 && is_letter(text[i - 2]))))
            ends[count++] = i;
    }
    for (size_t i = count; i-- > 0;) {
        if (i == 0 && ends[0] < 4)
            return 0;
        *code = currency_name(text, ends[i]);
        if (*code)
            return ends[i];
    }
    return 0;
}

static size_t take_symbol(const char *text, size_t length, const char **code)
{
    for (size_t take = length < 4 ? length : 4; take > 0; take--) {
        bool sign = false;
        for (size_t i = 0; i < take; i++)
            sign |= text[i] == '$' || (unsigned char)text[i] >= 0x80;
        if (sign && take > 0 && (*code = currency_symbol(text, take)) != NULL)
            return take;
    }
    return 0;
}

static enum item_kind word_kind(const char *word, size_t length)
{
    static const struct {
        const char *word;
        enum item_kind kind;
    } words[] = {{"per", ITEM_PER},       {"за", ITEM_PER},        {"pro", ITEM_PER},      {"por", ITEM_PER},
                 {"par", ITEM_PER},       {"je", ITEM_PER},        {"za", ITEM_PER},       {"for", ITEM_PER},
                 {"fur", ITEM_PER},       {"pour", ITEM_PER},      {"into", ITEM_PER},     {"to one", ITEM_PER},
                 {"to", ITEM_TO},         {"vs", ITEM_TO},         {"against", ITEM_TO},   {"unit", ITEM_UNIT},
                 {"units", ITEM_UNIT},    {"of", ITEM_UNIT},       {"one", ITEM_UNIT},     {"the", ITEM_UNIT},
                 {"unidad", ITEM_UNIT},   {"unite", ITEM_UNIT},    {"einheit", ITEM_UNIT}, {"foreign", ITEM_UNIT},
                 {"currency", ITEM_UNIT}, {"national", ITEM_UNIT}, {"lcu", ITEM_UNIT}};
    char folded[FOLD_SIZE];
    fold(word, length, folded);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(folded, words[i].word) == 0)
            return words[i].kind;
    return ITEM_WORD;
}

bool spoken_is_to(const char *word, size_t length)
{
    return word_kind(word, length) == ITEM_TO;
}

/* "Rs", "Rp", "zł" as written, and "S/" where a slash follows; NULL for other words. */
static const char *written_symbol(const char *word, size_t length, bool slash)
{
    if (slash && length == 1)
        return currency_symbol(word, 2);
    bool mixed = length >= 2 && length <= 4 && is_upper(word[0]) && word[1] >= 'a' && word[1] <= 'z';
    return mixed && !slash ? currency_symbol(word, length) : NULL;
}

/* A word of letters from `at`: a pair, a code, a name of several words, a word of direction, or just a word. */
static size_t take_word(struct items *items, const char *text, size_t length, size_t at, bool apart)
{
    const char *base, *quote;
    size_t end = at;
    bool capitals = true;
    while (end < length && (is_letter(text[end]) || text[end] == '$'))
        capitals &= is_upper(text[end++]);
    size_t word = end - at;
    if (capitals && word >= 6 && word <= 8 && spoken_glued(text + at, word, &base, &quote)) {
        add(items, (struct item) {.kind = ITEM_CURRENCY, .code = base, .by_code = true, .apart = apart});
        add(items, (struct item) {.kind = ITEM_SLASH});
        add(items, (struct item) {.kind = ITEM_CURRENCY, .code = quote, .by_code = true});
        return end;
    }
    size_t named = take_name(text + at, length - at, &base);
    const char *code = capitals && word >= 3 && word <= 5 ? spoken_code(text + at, word) : NULL;
    const char *sign = written_symbol(
        text + at, word, end < length && text[end] == '/' && (end + 1 == length || strchr(" .)", text[end + 1])));
    if (sign) {
        add(items, (struct item) {.kind = ITEM_CURRENCY, .code = sign, .apart = apart});
        return end + (text[end] == '/');
    }
    if (named > word || (named && !code)) {
        add(items, (struct item) {.kind = ITEM_CURRENCY, .code = base, .apart = apart});
        return at + named;
    }
    if (code) {
        add(items, (struct item) {.kind = ITEM_CURRENCY, .code = code, .by_code = true, .apart = apart});
        return end;
    }
    add(items, (struct item) {.kind = word_kind(text + at, word), .apart = apart});
    return end;
}

static size_t take_number(struct items *items, const char *text, size_t length, size_t at, bool apart)
{
    int64_t number = 0;
    while (at < length && (ascii_is_digit(text[at]) ||
                           ((text[at] == ' ' || text[at] == ',') && at + 3 < length && ascii_is_digit(text[at + 1]) &&
                            ascii_is_digit(text[at + 2]) && ascii_is_digit(text[at + 3])))) {
        if (ascii_is_digit(text[at]) && number < 100000000)
            number = number * 10 + (text[at] - '0');
        at++;
    }
    add(items, (struct item) {.kind = ITEM_NUMBER, .number = number, .apart = apart});
    return at;
}

static void read_items(struct items *items, const char *text, size_t length)
{
    bool apart = false;
    for (size_t at = 0; at < length && items->count + 3 < ITEMS_MAX;) {
        const char *code;
        size_t symbol = take_symbol(text + at, length - at, &code);
        char c = text[at];
        if (symbol > 0 && (symbol > 2 || c == '$' || (unsigned char)c >= 0x80 || text[at + 1] == '$')) {
            add(items, (struct item) {.kind = ITEM_CURRENCY, .code = code, .apart = apart});
            at += symbol;
        } else if (is_letter(c)) {
            at = take_word(items, text, length, at, apart);
        } else if (ascii_is_digit(c)) {
            at = take_number(items, text, length, at, apart);
        } else {
            if (c == '=')
                add(items, (struct item) {.kind = ITEM_EQUALS, .apart = apart});
            else if (c == '/')
                add(items, (struct item) {.kind = ITEM_SLASH, .apart = apart});
            else if (c == '-' || c == '_' || c == ':' || c == '|')
                add(items, (struct item) {.kind = ITEM_DASH, .apart = apart});
            at++;
            apart = c == ' ';
            continue;
        }
        apart = false;
    }
}

/* ---- Items to a subject ---- */

static const struct item *get(const struct items *items, size_t index)
{
    static const struct item none = {.kind = ITEM_WORD};
    return index < items->count ? &items->item[index] : &none;
}

bool spoken_is_units(int64_t number)
{
    while (number >= 10 && number % 10 == 0)
        number /= 10;
    return number == 1;
}

static size_t next_currency(const struct items *items, size_t from)
{
    while (from < items->count && items->item[from].kind != ITEM_CURRENCY)
        from++;
    return from;
}

void spoken_set(struct spoken *subject, const char *base, const char *quote, int64_t units)
{
    copy_code(subject->base, base);
    copy_code(subject->quote, quote);
    subject->units = spoken_is_units(units) ? units : 0;
}

/* The number beside item i that can be its units: "100 JPY", "A$1". */
static int64_t units_beside(const struct items *items, size_t i)
{
    if (i > 0 && get(items, i - 1)->kind == ITEM_NUMBER && spoken_is_units(get(items, i - 1)->number))
        return get(items, i - 1)->number;
    const struct item *next = get(items, i + 1);
    return next->kind == ITEM_NUMBER && spoken_is_units(next->number) ? next->number : 0;
}

/* "A$1=USD", "1 EUR = ... USD"; with one side only, that is the base. */
static bool read_equation(const struct items *items, struct spoken *subject)
{
    size_t equals = 0;
    while (equals < items->count && items->item[equals].kind != ITEM_EQUALS)
        equals++;
    if (equals == items->count)
        return false;
    size_t left = next_currency(items, 0), right = next_currency(items, equals);
    if (left > equals)
        return false;
    int64_t units = units_beside(items, left);
    if (right < items->count && items->item[left].code != items->item[right].code) {
        spoken_set(subject, items->item[left].code, items->item[right].code, units);
        return true;
    }
    if (units == 0)
        return false;
    copy_code(subject->base, items->item[left].code);
    subject->units = units;
    return true;
}

/* "EUR/USD", "EUR-USD", "EUR to USD" of codes, and "INR / 100 JPY", where the number is the base's. */
static bool read_codes(const struct items *items, struct spoken *subject)
{
    for (size_t i = 0; i + 2 < items->count; i++) {
        const struct item *a = get(items, i), *mark = get(items, i + 1), *b = get(items, i + 2);
        if (a->kind != ITEM_CURRENCY || !a->by_code ||
            (mark->kind != ITEM_SLASH && mark->kind != ITEM_DASH && mark->kind != ITEM_TO))
            continue;
        int64_t units = i > 0 && get(items, i - 1)->kind == ITEM_NUMBER ? get(items, i - 1)->number : 0;
        if (mark->kind == ITEM_DASH && mark->apart)
            continue; /* "USD - US dollar" */
        if (b->kind == ITEM_NUMBER && spoken_is_units(b->number) && get(items, i + 3)->kind == ITEM_CURRENCY) {
            const struct item *base = get(items, i + 3);
            if (base->by_code && base->code != a->code) {
                spoken_set(subject, base->code, a->code, b->number);
                return true;
            }
        }
        if (b->kind == ITEM_CURRENCY && b->by_code && b->code != a->code) {
            spoken_set(subject, a->code, b->code, units);
            return true;
        }
    }
    return false;
}

/* "Rand per US Dollar", "S$ per 100 units of yen", "Currency:_Per_USD", "US dollars per currency unit". */
static bool read_per(const struct items *items, struct spoken *subject)
{
    for (size_t i = 0; i < items->count; i++) {
        bool to_one = items->item[i].kind == ITEM_TO && get(items, i + 1)->kind == ITEM_UNIT;
        if (items->item[i].kind != ITEM_PER && !to_one)
            continue;
        size_t at = i + 1;
        int64_t units = 0;
        bool unit_words = false;
        for (; at < items->count; at++) {
            enum item_kind kind = items->item[at].kind;
            if (kind == ITEM_NUMBER && units == 0)
                units = items->item[at].number;
            else if (kind == ITEM_UNIT)
                unit_words = true;
            else if (kind != ITEM_DASH)
                break;
        }
        size_t before = i;
        while (before > 0 && items->item[before - 1].kind != ITEM_CURRENCY)
            before--;
        const char *quote = before > 0 ? items->item[before - 1].code : NULL;
        bool base_named = get(items, at)->kind == ITEM_CURRENCY;
        if (base_named && quote && get(items, at)->code != quote) {
            spoken_set(subject, get(items, at)->code, quote, units > 0 ? units : units_beside(items, at));
            return true;
        }
        if (base_named) {
            copy_code(subject->base, get(items, at)->code);
            units = units > 0 ? units : units_beside(items, at);
            subject->units = spoken_is_units(units) ? units : 0;
            return true;
        }
        size_t other = next_currency(items, 0);
        if (units > 1 && other + 1 < before && items->item[other].code != quote)
            return false; /* "JPY, HUF and IDR per 100 units" lists what is priced */
        if (quote && (unit_words || units > 0)) {
            copy_code(subject->quote, quote);
            subject->units = spoken_is_units(units) ? units : 0;
            return true;
        }
    }
    return false;
}

/* "US dollar/Euro", "YEN/US$": names with a tight slash are units per one, where codes are base and quote. With spaces
 * ("Euro / US dollar") it is a market's way to write a pair, so nothing is said. */
static bool read_names(const struct items *items, struct spoken *subject)
{
    for (size_t i = 0; i + 2 < items->count; i++) {
        const struct item *a = get(items, i), *mark = get(items, i + 1), *b = get(items, i + 2);
        if (a->kind != ITEM_CURRENCY || mark->kind != ITEM_SLASH || b->kind != ITEM_CURRENCY || mark->apart ||
            b->apart || a->by_code || b->by_code || a->code == b->code)
            continue;
        spoken_set(subject, b->code, a->code, 0);
        return true;
    }
    return false;
}

/* The only currency of the text: its side is not stated. */
static bool read_one(const struct items *items, struct spoken *subject)
{
    size_t first = next_currency(items, 0);
    if (first == items->count)
        return false;
    for (size_t i = first + 1; i < items->count; i++)
        if (items->item[i].kind == ITEM_CURRENCY && items->item[i].code != items->item[first].code)
            return false;
    copy_code(subject->one, items->item[first].code);
    subject->units = units_beside(items, first);
    return true;
}

void spoken_from_series(const struct series_code *code, struct spoken *subject)
{
    memcpy(subject->base, code->base, sizeof subject->base);
    memcpy(subject->quote, code->quote, sizeof subject->quote);
    memcpy(subject->label, code->label, sizeof code->label);
    subject->units = code->units;
    subject->index = code->index;
    subject->cash = code->cash;
}

/* A series code among other words: "Spot exchange rate, US $ into Sterling [a] XUDLUSS". */
static bool read_series_token(const char *text, size_t length, struct spoken *subject)
{
    static const char ends[] = " ()[],;";
    for (size_t at = 0; at < length;) {
        size_t end = at;
        while (end < length && !strchr(ends, text[end]))
            end++;
        struct series_code code;
        bool capitals = end - at >= 6;
        for (size_t i = at; i < end && capitals; i++)
            capitals = !(text[i] >= 'a' && text[i] <= 'z') && (unsigned char)text[i] < 0x80;
        if (capitals && series_find(text + at, end - at, &code)) {
            spoken_from_series(&code, subject);
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* "usd_sgd", "jpy_sgd_100": fields of an interface, in any case. */
static bool read_field(const char *text, size_t length, struct spoken *subject)
{
    const size_t pair = 7; /* two codes of three letters */
    if (length < pair || text[3] != '_' || (length > pair && text[pair] != '_'))
        return false;
    const char *base = currency_code(text, 3), *quote = currency_code(text + 4, 3);
    int64_t units = 0;
    for (size_t i = pair + 1; i < length; i++) {
        if (!ascii_is_digit(text[i]) || units > 100000000)
            return false;
        units = units * 10 + (text[i] - '0');
    }
    if (!base || !quote || strcmp(base, quote) == 0 || (length > pair && !spoken_is_units(units)))
        return false;
    spoken_set(subject, base, quote, units);
    return true;
}

bool subject_is_pair(const struct spoken *subject)
{
    return subject->base[0] && subject->quote[0];
}

static bool read_name(const char *text, size_t length, struct kurs_name *name)
{
    char whole[KURS_NAME_SIZE];
    if (length >= sizeof whole)
        return false;
    memcpy(whole, text, length);
    whole[length] = '\0';
    return kurs_name_parse(whole, name, NULL) == KURS_OK;
}

/* "EUR/USD@ecb", as `kurs export --wide` heads a column. */
static bool read_labelled(const char *text, size_t length, struct spoken *subject)
{
    struct kurs_name name;
    if (memchr(text, '@', length) == NULL || !read_name(text, length, &name))
        return false;
    copy_code(subject->base, name.base);
    copy_code(subject->quote, name.quote);
    memcpy(subject->label, name.label, sizeof subject->label);
    return true;
}

bool subject_is_mislabelled(const char *text, size_t length)
{
    struct kurs_name name;
    const char *mark = memchr(text, '@', length);
    return mark != NULL && read_name(text, (size_t)(mark - text), &name) && !read_name(text, length, &name);
}

bool subject_parse(const char *text, size_t length, struct spoken *subject)
{
    enum { TEXT_BYTES_MAX = 400 }; /* titles; a paragraph states nothing about one column */
    struct series_code code;
    struct currency_match match;
    struct items items = {.count = 0};
    *subject = (struct spoken) {0};
    while (length > 0 && (*text == ' ' || *text == '"'))
        text++, length--;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '"'))
        length--;
    if (length < 1 || length > TEXT_BYTES_MAX)
        return false;
    if (read_labelled(text, length, subject))
        return true;
    if (series_find(text, length, &code)) {
        spoken_from_series(&code, subject);
        return true;
    }
    bool digits = false;
    for (size_t i = 0; i < length; i++)
        digits |= ascii_is_digit(text[i]);
    bool mixed = length <= 5 && is_upper(text[0]) && text[length - 1] >= 'a' && text[length - 1] <= 'z' &&
                 currency_code(text, length); /* "BCh" is no BCH */
    if (!digits && !mixed && currency_find(text, length, &match) && (match.by_country || length != 1)) {
        copy_code(subject->one, match.code);
        subject->country = match.by_country;
        return true;
    }
    const char *dash = memchr(text, '-', length); /* "Australia-Dollar" */
    if (!digits && dash && dash > text && dash[-1] != ' ' && currency_find(text, (size_t)(dash - text), &match) &&
        match.by_country) {
        copy_code(subject->one, match.code);
        subject->country = true;
        return true;
    }
    if (length > 12 && read_series_token(text, length, subject))
        return true;
    const char *base, *quote;
    if (length >= 6 && length <= 8 && spoken_glued(text, length, &base, &quote)) { /* "eurusd" alone in its cell */
        spoken_set(subject, base, quote, 0);
        return true;
    }
    if (read_field(text, length, subject))
        return true;
    read_items(&items, text, length);
    if (read_equation(&items, subject) || read_codes(&items, subject) || read_per(&items, subject) ||
        read_names(&items, subject) || read_one(&items, subject))
        return true;
    *subject = (struct spoken) {0};
    return false;
}

int64_t subject_units(const char *text, size_t length)
{
    enum { TEXT_BYTES_MAX = 100 }; /* a name or a head, no sentence */
    struct spoken subject;
    struct items items = {.count = 0};
    if (length == 0 || length > TEXT_BYTES_MAX)
        return 0;
    if (subject_parse(text, length, &subject))
        return 0;
    read_items(&items, text, length);
    for (size_t i = 0; i < items.count; i++) {
        const struct item *item = get(&items, i);
        bool per = i > 0 && get(&items, i - 1)->kind == ITEM_PER, of = get(&items, i + 1)->kind == ITEM_UNIT;
        bool alone = items.count == 1 && text[0] == '(' && text[length - 1] == ')';
        if (item->kind == ITEM_NUMBER && spoken_is_units(item->number) && (per || of || alone))
            return item->number;
    }
    return 0;
}

int64_t subject_units_listed(const char *text, size_t length, const char *code)
{
    enum { TEXT_BYTES_MAX = 400 };
    struct items items = {.count = 0};
    size_t currencies = 0, at = 0;
    bool listed = false;
    if (length > TEXT_BYTES_MAX)
        return 0;
    read_items(&items, text, length);
    for (; at < items.count && items.item[at].kind != ITEM_PER; at++) {
        const struct item *item = &items.item[at];
        if (item->kind == ITEM_CURRENCY) {
            currencies++;
            listed |= !code || strcmp(item->code, code) == 0;
        } else if (item->kind != ITEM_WORD && item->kind != ITEM_UNIT && item->kind != ITEM_DASH) {
            return 0;
        }
    }
    const struct item *number = get(&items, at + 1), *unit = get(&items, at + 2);
    bool stated = number->kind == ITEM_NUMBER && spoken_is_units(number->number) && unit->kind != ITEM_CURRENCY;
    return currencies > 1 && listed && stated ? number->number : 0;
}
