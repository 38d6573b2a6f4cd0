/* What each small file of tests/fuzz/corpus/sniff is taken for: sniff_cases.tsv says it, one line a file. The files are
 * ours, in the shapes that the publishers they are named for use. A case without options that must stop names the
 * status. */
#include "ingest/sniff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CASES  "tests/unit/sniff_cases.tsv"
#define FOLDER "tests/fuzz/corpus/sniff/"
enum { LINE_BYTES = 4096, SPELL_BYTES = 2048, SHOWN_VALUES = 6 };

static const char *role_name(enum plan_role role)
{
    static const char *const names[] = {"-",     "date",  "pair",       "base",   "quote", "currency",
                                        "units", "power", "convention", "filter", "value"};
    return names[role];
}

static size_t append(char *text, size_t at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text + at, SPELL_BYTES - at, format, arguments);
    va_end(arguments);
    return at + (size_t)length < SPELL_BYTES ? at + (size_t)length : SPELL_BYTES - 1;
}

/* "daily YYYY-MM-DD . 2:currency 3:EUR/?@bid*100 ..." */
static void spell(const struct plan *plan, char text[SPELL_BYTES])
{
    size_t at = append(text, 0, "%s ", plan->kind == KURS_DAILY ? "daily" : "instant");
    if (plan->layout == PLAN_TRANSPOSED)
        at = append(text, at, "transposed ");
    at = append(text, at, "%s %c%s", plan->fixed_time ? "fixed" : plan->date.pattern, plan->number.decimal,
                plan->number.thousands == ' ' ? "_"
                : plan->number.thousands      ? (char[]) {plan->number.thousands, 0}
                                              : "");
    size_t values = 0;
    for (size_t i = 0; i < plan->column_count; i++) {
        const struct plan_column *column = &plan->columns[i];
        if (column->role == ROLE_NONE || (column->role == ROLE_VALUE && ++values > SHOWN_VALUES))
            continue;
        at = append(text, at, " %zu:", i + 1);
        if (column->role != ROLE_VALUE) {
            at = append(text, at, "%s", role_name(column->role));
            continue;
        }
        at = append(text, at, "%s/%s", column->base[0] ? column->base : "?", column->quote[0] ? column->quote : "?");
        if (column->label[0])
            at = append(text, at, "@%s", column->label);
        if (column->units > 1)
            at = append(text, at, "*%lld", (long long)column->units);
        if (column->units_column >= 0)
            at = append(text, at, "*[%d]", column->units_column + 1);
    }
}

/* "--quote SEK --date 2024-01-15" */
static void take_options(char *text, struct kurs_import_options *options)
{
    static const struct {
        const char *name;
        size_t offset;
    } names[] = {{"--pair", offsetof(struct kurs_import_options, pair)},
                 {"--base", offsetof(struct kurs_import_options, base)},
                 {"--quote", offsetof(struct kurs_import_options, quote)},
                 {"--date", offsetof(struct kurs_import_options, date)},
                 {"--date-format", offsetof(struct kurs_import_options, date_format)},
                 {"--column", offsetof(struct kurs_import_options, column)},
                 {"--value-column", offsetof(struct kurs_import_options, value_column)},
                 {"--nominal", offsetof(struct kurs_import_options, nominal)}};
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        bool known = false;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (strcmp(word, names[i].name) == 0) {
                const char *value = strtok(NULL, " ");
                assert_non_null(value);
                memcpy((char *)options + names[i].offset, &value, sizeof value);
                known = true;
            }
        assert_true(known);
    }
}

/* What sniffing makes of a file: the plan spelled, or the name of the status. */
static void sniff_file(const char *name, const struct kurs_import_options *options, char text[SPELL_BYTES])
{
    char path[LINE_BYTES + sizeof FOLDER];
    struct input *input;
    struct plan plan;
    struct kurs_error error = {.what = ""};
    const char *as = strstr(name, " as "); /* "FILE as NAME": names that not every file system can hold */
    snprintf(path, sizeof path, "%s%.*s", FOLDER, as == NULL ? (int)strlen(name) : (int)(as - name), name);
    name = as == NULL ? name : as + strlen(" as ");
    assert_int_equal(input_open(path, -1, name, NULL, false, &input, &error), KURS_OK);
    enum kurs_status status = sniff(input_head(input), options, &plan, &error);
    if (status == KURS_OK)
        spell(&plan, text);
    else
        snprintf(text, SPELL_BYTES, "%s", kurs_status_name(status));
    if (status == KURS_EDECIDE)
        assert_true(error.hint[0] != 0); /* a decision asked for names the option */
    plan_release(&plan);
    input_close(input);
}

static int check(const char *name, const char *options, const char *expected)
{
    char words[LINE_BYTES], got[SPELL_BYTES];
    struct kurs_import_options pins = {.skip_lines = -1, .at_us = INT64_MIN};
    snprintf(words, sizeof words, "%s", options);
    take_options(words, &pins);
    sniff_file(name, &pins, got);
    if (strcmp(got, expected) == 0)
        return 0;
    print_message("%s %s\n  got      %s\n  expected %s\n", name, options, got, expected);
    return 1;
}

static void files_are_what_the_table_says(void **state)
{
    (void)state;
    char line[LINE_BYTES];
    int wrong = 0, cases = 0;
    FILE *file = fopen(CASES, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *field[3];
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#')
            continue;
        field[0] = line;
        for (int i = 1; i < 3; i++) {
            field[i] = strchr(field[i - 1], '\t');
            assert_non_null(field[i]);
            *field[i]++ = 0;
        }
        wrong += check(field[0], field[1], field[2]);
        cases++;
    }
    fclose(file);
    assert_true(cases > 100);
    assert_int_equal(wrong, 0);
}

static void pins_that_contradict_the_file_are_an_argument_error(void **state)
{
    (void)state;
    char got[SPELL_BYTES];
    struct kurs_import_options pins = {.skip_lines = -1, .at_us = INT64_MIN, .quote = "KGS"};
    sniff_file("xrates.csv", &pins, got); /* its head says USD to INR */
    assert_string_equal(got, "EARGUMENT");
    pins = (struct kurs_import_options) {.skip_lines = -1, .at_us = INT64_MIN, .decimal = ",", .thousands = ","};
    sniff_file("xrates.csv", &pins, got);
    assert_string_equal(got, "EARGUMENT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_what_the_table_says),
        cmocka_unit_test(pins_that_contradict_the_file_are_an_argument_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
