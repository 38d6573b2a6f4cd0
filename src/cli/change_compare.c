/* change_compare.c: kurs change --compare: the same question to two sources. */
#include "cli/change.h"

#include <string.h>

/* A label of --compare, with or without its @. */
static bool read_label(const char *text, size_t length, char label[KURS_LABEL_SIZE])
{
    if (length > 0 && *text == '@') {
        text++;
        length--;
    }
    if (length >= KURS_LABEL_SIZE) {
        return false;
    }
    memcpy(label, text, length);
    label[length] = '\0';
    return true;
}

/* "@ecb,@nbkr" */
static enum kurs_status read_labels(struct cli *cli, char labels[2][KURS_LABEL_SIZE])
{
    const char *text = option_text(&cli->options, OPT_COMPARE);
    const char *comma = text != NULL ? strchr(text, ',') : NULL;
    if (comma == NULL || strchr(comma + 1, ',') != NULL || !read_label(text, (size_t)(comma - text), labels[0]) ||
        !read_label(comma + 1, strlen(comma + 1), labels[1])) {
        return ask_bad_value(cli, OPT_COMPARE, "two labels, as in @ecb,@nbkr");
    }
    return KURS_OK;
}

static enum kurs_status find_sources(struct cli *cli, const char *pair, char labels[2][KURS_LABEL_SIZE],
                                     struct kurs_route routes[2])
{
    struct kurs_name name;
    enum kurs_status status = kurs_name_parse(pair, &name, &cli->error);
    for (int i = 0; status == KURS_OK && i < 2; i++) {
        char text[KURS_NAME_SIZE + KURS_LABEL_SIZE];
        snprintf(text, sizeof text, "%s/%s%s%s", name.base, name.quote, *labels[i] != '\0' ? "@" : "", labels[i]);
        status = kurs_route_find(cli->snapshot, text, option_text(&cli->options, OPT_VIA), &routes[i], &cli->error);
    }
    return status;
}

static enum kurs_status compare_pair(struct cli *cli, const struct change_question *question,
                                     const struct kurs_route routes[2], struct sheet *sheet)
{
    size_t parts = question->shape == CHANGE_WINDOW ? question->window_count : 1;
    for (size_t part = 0; part < parts; part++) {
        struct kurs_change changes[2];
        struct change_row rows[2];
        for (int i = 0; i < 2; i++) {
            enum kurs_status status = change_measure(cli, question, &routes[i], part, &changes[i]);
            if (status != KURS_OK) {
                return status;
            }
            cli->answered = cli->answered || changes[i].ended;
            rows[i] = change_row_of(cli, question, &routes[i], NULL, &changes[i]);
        }
        answer_compare(sheet, question->shape == CHANGE_WINDOW ? question->windows[part] : "range", rows);
    }
    return KURS_OK;
}

enum kurs_status change_compare(struct cli *cli, const struct change_question *question)
{
    char labels[2][KURS_LABEL_SIZE] = {"", ""};
    enum kurs_status status = read_labels(cli, labels);
    if (status == KURS_OK && cli->argument_count == 0) {
        cli_what(cli, KURS_EARGUMENT, "cannot use --compare");
        cli_why(cli, KURS_EARGUMENT, "no pair is named");
        status = cli_hint(cli, KURS_EARGUMENT, "kurs change EUR/USD --compare @ecb,@nbkr");
    }
    if (status != KURS_OK) {
        return status;
    }
    struct sheet *sheet = answer_compare_open(cli->out, &cli->style);
    for (size_t i = 0; status == KURS_OK && i < cli->argument_count; i++) {
        struct kurs_route routes[2];
        status = find_sources(cli, cli->arguments[i], labels, routes);
        if (status == KURS_OK) {
            status = compare_pair(cli, question, routes, sheet);
        }
    }
    return cli_close_sheet(cli, sheet, ask_answered(cli, status));
}
