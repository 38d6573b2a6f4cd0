/* subjects.c: from a row's pair, currency and convention cells to series ids. Owns how those cells fill what the plan
 * left open; the tables own the names. The bytes of the cells are the key of a hash table, so a text is understood
 * once, however many rows repeat it. */
#include "ingest/subjects.h"

#include "base/text.h"
#include "ingest/sniff_subject.h"
#include "ingest/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_BYTES_MAX  512 /* of all subject cells of a row: the longest country names fit several times */
#define SHOWN_BYTES    40  /* of a cell in a reason */
#define REMEMBERED_MAX ((size_t)2 << 20) /* bytes of texts a thread remembers: twelve thousand names */
#define BUCKETS        32768             /* a power of two; half full at most */

struct entry {
    struct entry *older;
    struct subject subject;
    enum kurs_kind kind;
    size_t key_bytes;
    char *key;
    uint32_t *ids; /* 2 * value_count */
};
_Static_assert(REMEMBERED_MAX / sizeof(struct entry) <= BUCKETS / 2, "there is always a free bucket");

struct subjects {
    const struct plan *plan;
    struct names *names;
    size_t cells[PLAN_COLUMNS_MAX]; /* columns of the subject */
    size_t cell_count, value_count;
    size_t *values; /* columns of values */
    struct entry **bucket;
    size_t remembered;     /* bytes */
    struct entry *last;    /* found */
    struct entry *newest;  /* remembered */
    struct entry *passing; /* the last that is not, or NULL */
};

static bool is_subject(enum plan_role role)
{
    return role == ROLE_PAIR || role == ROLE_BASE || role == ROLE_QUOTE || role == ROLE_CURRENCY ||
           role == ROLE_CONVENTION;
}

enum kurs_status subjects_new(const struct plan *plan, struct names *names, struct subjects **subjects)
{
    struct subjects *made = calloc(1, sizeof *made);
    if (!made) {
        return KURS_ENOMEM;
    }
    made->plan = plan;
    made->names = names;
    made->bucket = calloc(BUCKETS, sizeof *made->bucket);
    made->values = calloc(plan->column_count + 1, sizeof *made->values);
    if (!made->bucket || !made->values) {
        subjects_free(made);
        return KURS_ENOMEM;
    }
    for (size_t i = 0; i < plan->column_count; i++) {
        if (is_subject(plan->columns[i].role)) {
            made->cells[made->cell_count++] = i;
        } else if (plan->columns[i].role == ROLE_VALUE) {
            made->values[made->value_count++] = i;
        }
    }
    *subjects = made;
    return KURS_OK;
}

static void free_entry(struct entry *entry)
{
    if (entry) {
        free(entry->key);
        free(entry->ids);
        free(entry);
    }
}

void subjects_free(struct subjects *subjects)
{
    if (!subjects) {
        return;
    }
    for (struct entry *entry = subjects->newest; entry;) {
        struct entry *older = entry->older;
        free_entry(entry);
        entry = older;
    }
    free_entry(subjects->passing);
    free(subjects->bucket);
    free(subjects->values);
    free(subjects);
}

/* ---- understanding ---- */

/* What a row's cells say. */
struct said {
    struct kurs_name name; /* from pair, base, quote cells */
    char currency[KURS_CODE_SIZE], before[KURS_CODE_SIZE];
    int64_t until_us;
    bool flip;      /* quoted the other way round */
    bool no_rate;   /* an index or security */
    bool bad_label; /* a pair with a label that cannot be one */
    int64_t units;  /* of a text such as "100 JPY", 0 unsaid */
    int per;        /* the convention prices the named fixed currency (1) or the row's (-1); 0 unsaid */
};

static struct cell trimmed(struct cell cell)
{
    while (cell.length > 0 && (*cell.text == ' ' || *cell.text == '\t')) {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && (cell.text[cell.length - 1] == ' ' || cell.text[cell.length - 1] == '\t')) {
        cell.length--;
    }
    return cell;
}

static void copy_code(char to[KURS_CODE_SIZE], const char *code)
{
    memcpy(to, code, strlen(code) + 1);
}

static bool read_pair(struct cell cell, struct said *said)
{
    char text[KURS_NAME_SIZE];
    if (cell.length < sizeof text) {
        memcpy(text, cell.text, cell.length);
        text[cell.length] = '\0';
        if (kurs_name_parse(text, &said->name, NULL) == KURS_OK) {
            return true;
        }
    }
    if (subject_is_mislabelled(cell.text, cell.length)) {
        said->bad_label = true;
        return false;
    }
    /* "EURUSDm", "EURUSD=X", "INR / 100 JPY", "US Dollar to Euro" */
    struct spoken spoken;
    if (!subject_parse(cell.text, cell.length, &spoken) || !subject_is_pair(&spoken)) {
        said->no_rate |= spoken.index;
        return false;
    }
    said->name = (struct kurs_name) {.label = ""};
    copy_code(said->name.base, spoken.base);
    copy_code(said->name.quote, spoken.quote);
    memcpy(said->name.label, spoken.label, sizeof spoken.label);
    said->units = spoken.units;
    return true;
}

static bool read_currency(struct cell cell, char code[KURS_CODE_SIZE], struct said *said)
{
    struct currency_match match;
    struct spoken spoken = {.units = 0};
    bool digit = false;
    for (size_t i = 0; i < cell.length; i++) {
        digit |= cell.text[i] >= '0' && cell.text[i] <= '9';
    }
    /* "100 JPY", "JPY(100)", "U.S. dollar, daily average" */
    if (digit && subject_parse(cell.text, cell.length, &spoken) && spoken.one[0]) {
        copy_code(code, spoken.one);
        said->units = spoken.units;
        return true;
    }
    if (!currency_find(cell.text, cell.length, &match)) {
        bool read = subject_parse(cell.text, cell.length, &spoken);
        said->no_rate |= spoken.index;
        if (!read || !spoken.one[0]) {
            return false;
        }
        copy_code(code, spoken.one);
        return true;
    }
    memcpy(code, match.code, strlen(match.code) + 1);
    if (match.before[0]) {
        memcpy(said->before, match.before, strlen(match.before) + 1);
        said->until_us = match.until_us;
    }
    return true;
}

/* "Foreign currency amount for 1 Euro.": what stands behind the last "for 1" or "per" is what is priced. It is the
 * currency the plan fixes, or else the row's. */
static int read_convention(struct cell cell, const struct plan_column *value)
{
    size_t behind = 0;
    for (size_t i = 0; i + 4 <= cell.length; i++) {
        if (memcmp(cell.text + i, "for ", 4) == 0 || memcmp(cell.text + i, "per ", 4) == 0) {
            behind = i + 4;
        }
    }
    if (behind == 0) {
        return 0;
    }
    struct cell priced = trimmed((struct cell) {cell.text + behind, cell.length - behind});
    while (priced.length > 0 && (priced.text[priced.length - 1] == '.' || priced.text[priced.length - 1] == ')')) {
        priced.length--;
    }
    const char *fixed = value->base[0] ? value->base : value->quote;
    struct currency_match match;
    bool known = currency_find(priced.text, priced.length, &match);
    return known && strcmp(match.code, fixed) == 0 ? 1 : -1;
}

static bool ends_with(struct cell cell, const char *mark)
{
    size_t length = strlen(mark);
    return length > 0 && cell.length >= length && memcmp(cell.text + cell.length - length, mark, length) == 0;
}

/* Reads one subject cell; false when it is not known. */
static bool read_cell(const struct subjects *subjects, size_t column, struct cell cell, struct said *said)
{
    const struct plan *plan = subjects->plan;
    switch (plan->columns[column].role) {
    case ROLE_PAIR:
        return read_pair(cell, said);
    case ROLE_BASE:
        return read_currency(cell, said->name.base, said);
    case ROLE_QUOTE:
        return read_currency(cell, said->name.quote, said);
    case ROLE_CURRENCY:
        if (ends_with(cell, plan->flip_mark)) {
            said->flip = true;
            cell = trimmed((struct cell) {cell.text, cell.length - strlen(plan->flip_mark)});
        }
        return read_currency(cell, said->currency, said);
    default:
        said->per = subjects->value_count ? read_convention(cell, &plan->columns[subjects->values[0]]) : 0;
        return true;
    }
}

static void exchange(struct kurs_name *name)
{
    char base[KURS_CODE_SIZE];
    memcpy(base, name->base, sizeof base);
    memcpy(name->base, name->quote, sizeof base);
    memcpy(name->quote, base, sizeof base);
}

/* The series of one value column under what the row says, its currency being `currency`. */
static struct kurs_name series_name(const struct plan_column *value, const struct said *said, const char *currency)
{
    struct kurs_name name = {.label = ""};
    const char *base = value->base[0] ? value->base : said->name.base[0] ? said->name.base : currency;
    const char *quote = value->quote[0] ? value->quote : said->name.quote[0] ? said->name.quote : currency;
    const char *label = value->label[0] ? value->label : said->name.label;
    memcpy(name.base, base, strlen(base) + 1);
    memcpy(name.quote, quote, strlen(quote) + 1);
    memcpy(name.label, label, strlen(label) + 1);
    bool fixed_is_base = value->base[0] != '\0';
    bool against = said->per != 0 && fixed_is_base != (said->per > 0);
    if (value->reciprocal != (said->flip != against)) {
        exchange(&name);
    }
    return name;
}

static enum kurs_status number_series(struct subjects *subjects, const struct said *said, const char *currency,
                                      enum kurs_kind kind, uint32_t *ids, char *reason)
{
    for (size_t i = 0; i < subjects->value_count; i++) {
        struct kurs_name name = series_name(&subjects->plan->columns[subjects->values[i]], said, currency);
        enum kurs_status status = KURS_OK;
        if (!name.base[0] || !name.quote[0]) {
            ids[i] = SERIES_BAD;
            snprintf(reason, SUBJECT_REASON_SIZE, "the row names no currency");
        } else if (strcmp(name.base, name.quote) == 0) {
            ids[i] = SERIES_IDENTITY;
        } else {
            status = names_find(subjects->names, &name, kind, &ids[i]);
        }
        if (status != KURS_OK) {
            return status;
        }
    }
    return KURS_OK;
}

static enum kurs_status understand(struct subjects *subjects, const struct cell *cells, size_t count,
                                   enum kurs_kind kind, struct entry *entry)
{
    struct said said = {.until_us = 0};
    struct subject *subject = &entry->subject;
    uint32_t failed = 0;
    for (size_t i = 0; i < subjects->cell_count && !failed; i++) {
        size_t column = subjects->cells[i];
        struct cell cell = column < count ? trimmed(cells[column]) : (struct cell) {"", 0};
        if (!read_cell(subjects, column, cell, &said)) {
            failed = said.no_rate ? SERIES_NO_RATE : SERIES_BAD;
            size_t shown = cell.length <= SHOWN_BYTES ? cell.length : text_boundary(cell.text, SHOWN_BYTES);
            const char *format = said.no_rate       ? "%.*s"
                                 : said.bad_label   ? "'%.*s': no label of 1 to 32 a-z, 0-9, . _ -"
                                 : cell.length == 0 ? "no currency%.*s"
                                                    : "'%.*s' is no currency known";
            snprintf(subject->reason, sizeof subject->reason, format, (int)shown, cell.text);
        }
    }
    subject->ids = entry->ids;
    subject->units = said.units > 0 ? said.units : 1;
    if (failed) {
        for (size_t i = 0; i < subjects->value_count; i++) {
            entry->ids[i] = failed;
        }
        return KURS_OK;
    }
    enum kurs_status status = number_series(subjects, &said, said.currency, kind, entry->ids, subject->reason);
    if (status == KURS_OK && said.before[0] && said.currency[0]) {
        subject->ids_before = entry->ids + subjects->value_count;
        subject->until_us = said.until_us;
        status = number_series(subjects, &said, said.before, kind, entry->ids + subjects->value_count, subject->reason);
    }
    return status;
}

/* ---- remembering ---- */

/* The cells' bytes with a separator behind each; returns their count, SIZE_MAX when they are too long. */
static size_t make_key(const struct subjects *subjects, const struct cell *cells, size_t count, char *key)
{
    size_t bytes = 0;
    for (size_t i = 0; i < subjects->cell_count; i++) {
        size_t column = subjects->cells[i];
        size_t length = column < count ? cells[column].length : 0;
        if (bytes + length + 1 > KEY_BYTES_MAX) {
            return SIZE_MAX;
        }
        if (length > 0) {
            memcpy(key + bytes, cells[column].text, length);
        }
        bytes += length;
        key[bytes++] = '\x1F';
    }
    return bytes;
}

static bool is_key(const struct entry *entry, enum kurs_kind kind, const char *key, size_t bytes)
{
    return entry->kind == kind && entry->key_bytes == bytes && memcmp(entry->key, key, bytes) == 0;
}

static enum kurs_status new_entry(struct subjects *subjects, const char *key, size_t bytes, enum kurs_kind kind,
                                  struct entry **entry)
{
    struct entry *made = calloc(1, sizeof *made);
    if (!made) {
        return KURS_ENOMEM;
    }
    made->key = malloc(bytes + 1);
    made->ids = calloc(2 * subjects->value_count + 1, sizeof *made->ids);
    if (!made->key || !made->ids) {
        free_entry(made);
        return KURS_ENOMEM;
    }
    memcpy(made->key, key, bytes);
    made->key_bytes = bytes;
    made->kind = kind;
    *entry = made;
    return KURS_OK;
}

/* In its bucket, or until the next one that finds no room. */
static void keep(struct subjects *subjects, struct entry *entry, struct entry **bucket)
{
    size_t size = sizeof *entry + entry->key_bytes + (2 * subjects->value_count + 1) * sizeof *entry->ids;
    if (size > REMEMBERED_MAX - subjects->remembered) {
        free_entry(subjects->passing);
        subjects->passing = entry;
        entry->subject.passing = true;
        return;
    }
    subjects->remembered += size;
    entry->older = subjects->newest;
    subjects->newest = *bucket = entry;
}

enum kurs_status subjects_find(struct subjects *subjects, const struct cell *cells, size_t count, enum kurs_kind kind,
                               const struct subject **subject)
{
    if (subjects->cell_count == 0 && subjects->last && subjects->last->kind == kind) {
        *subject = &subjects->last->subject;
        return KURS_OK;
    }
    static const struct subject too_long = {.units = 1, .reason = "the row's currency cells are too long"};
    char key[KEY_BYTES_MAX];
    size_t bytes = make_key(subjects, cells, count, key);
    if (bytes == SIZE_MAX) {
        *subject = &too_long;
        return KURS_OK;
    }
    if (subjects->last && is_key(subjects->last, kind, key, bytes)) {
        *subject = &subjects->last->subject;
        return KURS_OK;
    }
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < bytes; i++) {
        hash = (hash ^ (unsigned char)key[i]) * 16777619u; /* FNV-1a */
    }
    struct entry **bucket = &subjects->bucket[hash & (BUCKETS - 1)];
    while (*bucket && !is_key(*bucket, kind, key, bytes)) {
        bucket = &subjects->bucket[++hash & (BUCKETS - 1)];
    }
    struct entry *found = *bucket;
    if (!found) {
        enum kurs_status status = new_entry(subjects, key, bytes, kind, &found);
        if (status != KURS_OK) {
            return status;
        }
        status = understand(subjects, cells, count, kind, found);
        if (status != KURS_OK) {
            free_entry(found);
            return status;
        }
        keep(subjects, found, bucket);
    }
    subjects->last = found;
    *subject = &found->subject;
    return KURS_OK;
}
