/* options.c: argv to options and arguments, by the one table. */
#include "cli/options.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_spec OPTIONS[OPT_COUNT] = {
#define OPTION_SPEC(id, name, letter, value, help) [OPT_##id] = {name, letter, value, help},
    OPTION_LIST(OPTION_SPEC)
#undef OPTION_SPEC
};

static enum option find_name(const char *name, size_t length)
{
    for (int i = OPT_END + 1; i < OPT_COUNT; i++) {
        if (strlen(OPTIONS[i].name) == length && memcmp(OPTIONS[i].name, name, length) == 0) {
            return (enum option)i;
        }
    }
    return OPT_END;
}

static enum option find_letter(char letter)
{
    for (int i = OPT_END + 1; i < OPT_COUNT; i++) {
        if (OPTIONS[i].letter == letter) {
            return (enum option)i;
        }
    }
    return OPT_END;
}

static bool is_option(const char *text)
{
    return text[0] == '-' && text[1] != '\0' && !isdigit((unsigned char)text[1]) && text[1] != '.';
}

/* One option at argv[*index], which is moved to its value when that is an argument of its own. */
static enum parse_fault parse_one(int argc, char **argv, int *index, struct option_values *values)
{
    char *text = argv[*index];
    bool is_long = text[1] == '-';
    size_t name_length = is_long ? strcspn(text + 2, "=") : 1;
    snprintf(values->culprit, sizeof values->culprit, "%.*s", (int)(name_length + (is_long ? 2 : 1)), text);
    enum option option = is_long ? find_name(text + 2, name_length) : find_letter(text[1]);
    if (option == OPT_END) {
        return PARSE_UNKNOWN;
    }
    char *rest = is_long ? text + 2 + name_length : text + 2;
    const char *value = "";
    if (OPTIONS[option].value == NULL) {
        if (*rest != '\0') {
            return PARSE_SURPLUS;
        }
    } else if (*rest != '\0') {
        value = is_long || *rest == '=' ? rest + 1 : rest;
    } else if (*index + 1 < argc) {
        value = argv[++*index];
    } else {
        return PARSE_NO_VALUE;
    }
    values->given[values->given_count].option = option;
    values->given[values->given_count++].text = value;
    return PARSE_OK;
}

enum parse_fault options_parse(int argc, char **argv, struct option_values *values)
{
    memset(values, 0, sizeof *values);
    size_t room = argc > 0 ? (size_t)argc : 1;
    values->given = calloc(room, sizeof *values->given);
    values->arguments = calloc(room, sizeof *values->arguments);
    if (values->given == NULL || values->arguments == NULL) {
        return PARSE_NO_MEMORY;
    }
    bool ended = false;
    for (int i = 1; i < argc; i++) {
        if (!ended && strcmp(argv[i], "--") == 0) {
            ended = true;
        } else if (!ended && is_option(argv[i])) {
            enum parse_fault fault = parse_one(argc, argv, &i, values);
            if (fault != PARSE_OK) {
                return fault;
            }
        } else {
            values->arguments[values->argument_count++] = argv[i];
        }
    }
    return PARSE_OK;
}

void options_release(struct option_values *values)
{
    free(values->given);
    free(values->arguments);
    memset(values, 0, sizeof *values);
}

const char *option_text(const struct option_values *values, enum option option)
{
    for (size_t i = values->given_count; i > 0; i--) {
        if (values->given[i - 1].option == option) {
            return values->given[i - 1].text;
        }
    }
    return NULL;
}

bool option_given(const struct option_values *values, enum option option)
{
    return option_text(values, option) != NULL;
}

const char *option_each(const struct option_values *values, enum option option, size_t *position)
{
    while (*position < values->given_count) {
        size_t i = (*position)++;
        if (values->given[i].option == option) {
            return values->given[i].text;
        }
    }
    return NULL;
}

bool option_is_common(enum option option)
{
    return option == OPT_STORE || option == OPT_NOW || option == OPT_QUIET || option == OPT_HELP ||
           option == OPT_VERSION;
}
