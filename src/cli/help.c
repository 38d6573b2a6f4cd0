/* help.c: `kurs help` and `kurs COMMAND --help`, written from the tables of commands and options: nothing to keep in
 * step by hand. */
#include "cli/help.h"
#include "cli/commands.h"

#include <string.h>

#define NAME_WIDTH   13 /* the longest command, and two blanks */
#define OPTION_WIDTH 26 /* "  -f, --format NAME" and the like */
#define LINE_WIDTH   80

void help_overview(FILE *out)
{
    fputs("usage: kurs [--store FILE] COMMAND [options] [arguments]\n\n", out);
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        fprintf(out, "  %-*s%s\n", NAME_WIDTH, COMMANDS[i]->name, COMMANDS[i]->summary);
    }
    fputs("\nPAIR is KGS/USD, KGSUSD or kgs-usd, with @LABEL for one source of several; none means every series.\n"
          "T is 2025, 2025-12, 2025-12-12, 2025-12-12T10:00[:00][Z|+06:00], today, now or -30d.\n"
          "kurs COMMAND --help explains a command and shows an example.\n",
          out);
}

/* Words of `text` in lines of LINE_WIDTH, after what stands in column `at` already, indented to OPTION_WIDTH. */
static void write_wrapped(FILE *out, const char *text, size_t at)
{
    if (at + 1 > OPTION_WIDTH) {
        putc('\n', out);
        at = 0;
    }
    fprintf(out, "%*s", (int)(OPTION_WIDTH - at), "");
    size_t column = OPTION_WIDTH;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        if (column > OPTION_WIDTH && column + 1 + word > LINE_WIDTH) {
            fprintf(out, "\n%*s", OPTION_WIDTH, "");
            column = OPTION_WIDTH;
        } else if (column > OPTION_WIDTH) {
            putc(' ', out);
            column++;
        }
        fwrite(text, 1, word, out);
        column += word;
        text += word + (text[word] == ' ');
    }
    putc('\n', out);
}

static void write_option(FILE *out, enum option option, const char *help)
{
    const struct option_spec *spec = &OPTIONS[option];
    char letter[8] = "    ";
    if (spec->letter != 0) {
        snprintf(letter, sizeof letter, "-%c, ", spec->letter);
    }
    int width = fprintf(out, "  %s--%s%s%s", letter, spec->name, spec->value != NULL ? " " : "",
                        spec->value != NULL ? spec->value : "");
    write_wrapped(out, help != NULL ? help : spec->help, width < 0 ? 0 : (size_t)width);
}

static void write_example(FILE *out, const char *example)
{
    fputs("\nexample:\n", out);
    while (*example != '\0') {
        size_t length = strcspn(example, "\n");
        fprintf(out, "  %.*s\n", (int)length, example);
        example += length + (example[length] == '\n');
    }
}

void help_command(FILE *out, const struct command *command)
{
    fprintf(out, "usage: kurs %s [options]%s%s\n\n%s\n", command->name, *command->arguments != '\0' ? " " : "",
            command->arguments, command->summary);
    if (command->details != NULL) {
        fprintf(out, "\n%s\n", command->details);
    }
    fputs("\noptions:\n", out);
    for (const struct option_use *use = command->options; use->option != OPT_END; use++) {
        write_option(out, use->option, use->help);
    }
    for (int i = OPT_END + 1; i < OPT_COUNT; i++) {
        if (option_is_common((enum option)i)) {
            write_option(out, (enum option)i, NULL);
        }
    }
    write_example(out, command->example);
}
