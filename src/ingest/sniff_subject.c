/* sniff_subject.c owns reading a pair and its direction out of words. It knows no file and no column.
 * The idea: a text becomes a short list of items (currencies, numbers, the few words that state a direction) and the
 * rules match on that list, so one rule serves every language and spelling. Regular expressions over the text were the
 * alternative: one for each publisher. */
#include "ingest/sniff_subject.h"

#include <string.h>

#include "ingest/fold.h"
#include "ingest/publishers.h"
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

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
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
static const char *code_of(const char *text, size_t length)
{
    const char *code = currency_code(text, length);
    return code ? code : length >= 3 ? currency_symbol(text, length) : NULL;
}

/* "EURUSD", "BTCUSDT": two codes glued. */
static bool glued_pair(const char *word, size_t length, const char **base, const char **quote)
{
    for (size_t take = 3; take <= 5 && take + 3 <= length; take++) {
        if (length - take > 5)
            continue;
        *base = code_of(word, take);
        *quote = code_of(word + take, length - take);
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
    if (capitals && word >= 6 && word <= 8 && glued_pair(text + at, word, &base, &quote)) {
        add(items, (struct item) {.kind = ITEM_CURRENCY, .code = base, .by_code = true, .apart = apart});
        add(items, (struct item) {.kind = ITEM_SLASH});
        add(items, (struct item) {.kind = ITEM_CURRENCY, .code = quote, .by_code = true});
        return end;
    }
    size_t named = take_name(text + at, length - at, &base);
    const char *code = capitals && word >= 3 && word <= 5 ? code_of(text + at, word) : NULL;
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
    while (at < length &&
           (is_digit(text[at]) || ((text[at] == ' ' || text[at] == ',') && at + 3 < length && is_digit(text[at + 1]) &&
                                   is_digit(text[at + 2]) && is_digit(text[at + 3])))) {
        if (is_digit(text[at]) && number < 100000000)
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
        } else if (is_digit(c)) {
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

static bool is_units(int64_t number)
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

static void set_pair(struct spoken *subject, const char *base, const char *quote, int64_t units)
{
    copy_code(subject->base, base);
    copy_code(subject->quote, quote);
    subject->units = is_units(units) ? units : 0;
}

/* The number beside item i that can be its units: "100 JPY", "A$1". */
static int64_t units_beside(const struct items *items, size_t i)
{
    if (i > 0 && get(items, i - 1)->kind == ITEM_NUMBER && is_units(get(items, i - 1)->number))
        return get(items, i - 1)->number;
    const struct item *next = get(items, i + 1);
    return next->kind == ITEM_NUMBER && is_units(next->number) ? next->number : 0;
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
        set_pair(subject, items->item[left].code, items->item[right].code, units);
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
        if (b->kind == ITEM_NUMBER && is_units(b->number) && get(items, i + 3)->kind == ITEM_CURRENCY) {
            const struct item *base = get(items, i + 3);
            if (base->by_code && base->code != a->code) {
                set_pair(subject, base->code, a->code, b->number);
                return true;
            }
        }
        if (b->kind == ITEM_CURRENCY && b->by_code && b->code != a->code) {
            set_pair(subject, a->code, b->code, units);
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
            set_pair(subject, get(items, at)->code, quote, units > 0 ? units : units_beside(items, at));
            return true;
        }
        if (base_named) {
            copy_code(subject->base, get(items, at)->code);
            units = units > 0 ? units : units_beside(items, at);
            subject->units = is_units(units) ? units : 0;
            return true;
        }
        if (quote && (unit_words || units > 0)) {
            copy_code(subject->quote, quote);
            subject->units = is_units(units) ? units : 0;
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
        set_pair(subject, b->code, a->code, 0);
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

static void from_code(const struct series_code *code, struct spoken *subject)
{
    memcpy(subject->base, code->base, sizeof subject->base);
    memcpy(subject->quote, code->quote, sizeof subject->quote);
    memcpy(subject->label, code->label, sizeof subject->label);
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
            from_code(&code, subject);
            return true;
        }
        at = end + 1;
    }
    return false;
}

bool subject_is_pair(const struct spoken *subject)
{
    return subject->base[0] && subject->quote[0];
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
    if (series_find(text, length, &code)) {
        from_code(&code, subject);
        return true;
    }
    bool digits = false;
    for (size_t i = 0; i < length; i++)
        digits |= is_digit(text[i]);
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
    if (length >= 6 && length <= 8 && glued_pair(text, length, &base, &quote)) { /* "eurusd" alone in its cell */
        set_pair(subject, base, quote, 0);
        return true;
    }
    read_items(&items, text, length);
    if (read_equation(&items, subject) || read_codes(&items, subject) || read_per(&items, subject) ||
        read_names(&items, subject) || read_one(&items, subject))
        return true;
    *subject = (struct spoken) {0};
    return false;
}

/* ---- File names ---- */

static bool is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t bytes = strlen(end);
    return length > bytes && memcmp(text + length - bytes, end, bytes) == 0;
}

/* Without folders, the endings ("csv.gz") and a copy's " (1)". */
static size_t stem_of(const char *name, const char **stem)
{
    static const char *const packed[] = {".gz", ".zst", ".xz", ".zip"};
    enum { ENDING_MAX = 6, COPY_MAX = 4 };
    const char *slash = strrchr(name, '/');
    *stem = slash ? slash + 1 : name;
    size_t length = strlen(*stem);
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
        if (ends_with(*stem, length, packed[i]))
            length -= strlen(packed[i]);
    size_t ending = length;
    while (ending > 0 && is_letter((*stem)[ending - 1]))
        ending--;
    if (ending > 1 && (*stem)[ending - 1] == '.' && length - ending <= ENDING_MAX)
        length = ending - 1;
    size_t open = length;
    while (open > 0 && length - open < COPY_MAX && (*stem)[open - 1] != '(')
        open--;
    if (ends_with(*stem, length, ")") && open > 1 && (*stem)[open - 1] == '(')
        length = open - 1;
    while (length > 0 && (*stem)[length - 1] == ' ')
        length--;
    return length;
}

/* "EURUSD", also glued to a period: EURUSD1440, EURUSDM15, EURUSDm. */
static bool token_pair(const char *token, size_t length, const char **base, const char **quote)
{
    if (length <= 8 && glued_pair(token, length, base, quote))
        return true;
    for (size_t pair = 8; pair >= 6; pair--) {
        if (length <= pair || length > pair + 5)
            continue;
        const char *rest = token + pair;
        bool period = is_digit(rest[0]) || (length - pair == 1) || (length - pair > 1 && is_digit(rest[1]));
        if (period && glued_pair(token, pair, base, quote))
            return true;
    }
    return false;
}

/* "10000": a power of ten from ten up, else 0. */
static int64_t units_token(const char *token, size_t length)
{
    int64_t units = 0;
    for (size_t i = 0; i < length && i < 8; i++) {
        if (!is_digit(token[i]))
            return 0;
        units = units * 10 + (token[i] - '0');
    }
    return units >= 10 && length < 8 && is_units(units) ? units : 0;
}

enum { TOKENS_MAX = 32 };

struct token {
    const char *text;
    size_t length;
    const char *code; /* NULL when it is none */
    int64_t units;    /* "10000uzs" */
    bool capitals;
};

/* Codes that are also words people name files with, where they stand in small letters. */
static bool is_word(const struct token *token, bool alone)
{
    static const char *const words[] = {"all", "top", "link", "dash", "uni", "dot"};
    static const char *const words_alone[] = {"try", "cup", "mad", "pen", "cop", "gel", "php",
                                              "std", "sit", "sol", "ton", "dai", "fil"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token->length == strlen(words[i]) && memcmp(token->text, words[i], token->length) == 0)
            return true;
    for (size_t i = 0; alone && i < sizeof words_alone / sizeof words_alone[0]; i++)
        if (token->length == 3 && memcmp(token->text, words_alone[i], 3) == 0)
            return true;
    return false;
}

static size_t read_tokens(const char *stem, size_t length, struct token token[TOKENS_MAX])
{
    size_t count = 0;
    for (size_t at = 0, end; at < length && count < TOKENS_MAX; at = end) {
        for (end = at; end < length && is_alnum(stem[end]);)
            end++;
        if (end == at) {
            end++;
            continue;
        }
        struct token *made = &token[count++];
        size_t digits = 0;
        int64_t units = 0;
        *made = (struct token) {.text = stem + at, .length = end - at, .capitals = true};
        while (at + digits < end && is_digit(stem[at + digits]) && digits < 7)
            units = units * 10 + (stem[at + digits++] - '0');
        made->code = code_of(stem + at + digits, end - at - digits);
        made->units = digits > 0 && is_units(units) ? units : 0;
        for (size_t i = at; i < end; i++)
            made->capitals &= !(stem[i] >= 'a' && stem[i] <= 'z');
        if (made->code && is_word(made, false))
            made->code = NULL;
    }
    return count;
}

/* "USD_UZS", "usd to inr", "10000 UZS_RUB". */
static bool neighbours(const struct token *token, size_t count, struct spoken *subject)
{
    for (size_t i = 0; i + 1 < count; i++) {
        size_t next = i + 1;
        if (token[i].code && word_kind(token[next].text, token[next].length) == ITEM_TO && next + 1 < count)
            next++;
        if (!token[i].code || !token[next].code || strcmp(token[i].code, token[next].code) == 0)
            continue;
        int64_t before = i > 0 ? units_token(token[i - 1].text, token[i - 1].length) : 0;
        set_pair(subject, token[i].code, token[next].code, token[i].units > 0 ? token[i].units : before);
        return true;
    }
    return false;
}

bool subject_parse_name(const char *name, struct spoken *subject)
{
    struct token token[TOKENS_MAX];
    const char *stem, *base, *quote;
    size_t length = stem_of(name, &stem);
    struct series_code code;
    *subject = (struct spoken) {0};
    if (series_find(stem, length, &code) && !code.index) {
        from_code(&code, subject);
        return true;
    }
    size_t count = read_tokens(stem, length, token);
    for (size_t i = 0; i < count; i++)
        if (token_pair(token[i].text, token[i].length, &base, &quote)) {
            set_pair(subject, base, quote, 0);
            return true;
        }
    if (neighbours(token, count, subject))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (token[i].code && token[i].length >= 3 && (token[i].capitals || !is_word(&token[i], true))) {
            copy_code(subject->one, token[i].code);
            subject->units = token[i].units;
            return true;
        }
        if (series_find(token[i].text, token[i].length, &code) && !code.index) {
            from_code(&code, subject);
            return true;
        }
    }
    return false;
}
