/* cmd_completion.c: kurs completion bash|fish: completion scripts written from the tables. Pairs are completed by
 * asking `kurs pairs`. */
#include "cli/commands.h"

#include <string.h>

static const struct option_use OPTIONS_COMPLETION[] = {OPTIONS_END};

static void write_options(FILE *out, const struct command *command)
{
    for (int i = OPT_END + 1; i < OPT_COUNT; i++) {
        if (command_takes(command, (enum option)i)) {
            fprintf(out, " --%s", OPTIONS[i].name);
        }
    }
}

static bool takes_pairs(const struct command *command)
{
    return strstr(command->arguments, "PAIR") != NULL;
}

/* "--store|--now|-f|...": the options that a value follows. */
static void write_valued(FILE *out)
{
    const char *mark = "";
    for (int i = OPT_END + 1; i < OPT_COUNT; i++) {
        if (OPTIONS[i].value != NULL) {
            const char letter[] = {OPTIONS[i].letter, '\0'};
            fprintf(out, "%s--%s%s%s", mark, OPTIONS[i].name, *letter != '\0' ? "|-" : "", letter);
            mark = "|";
        }
    }
}

/* The line is split here, at blanks: bash's own words end at = and @, which stand in options and names. What is offered
 * replaces only what stands behind the last of those. */
static void write_bash(FILE *out)
{
    fputs("# bash completion of kurs: source <(kurs completion bash)\n"
          "_kurs() {\n"
          "    local line=${COMP_LINE:0:COMP_POINT} word words w value= command= options= pairs=\n"
          "    word=${line##*[[:space:]]}\n"
          "    read -ra words <<< \"${line%\"$word\"}\"\n"
          "    for w in \"${words[@]:1}\"; do\n"
          "        if [ -n \"$value\" ]; then value=; continue; fi\n"
          "        case $w in\n"
          "        ",
          out);
    write_valued(out);
    fputs(") value=1 ;;\n"
          "        -*) ;;\n"
          "        *) command=${command:-$w} ;;\n"
          "        esac\n"
          "    done\n"
          "    case $value/$word in\n"
          "    1/*|/--*=*) mapfile -t COMPREPLY < <(compgen -f -- \"${word#--*=}\"); return ;;\n"
          "    esac\n"
          "    case $command in\n"
          "    '') COMPREPLY=($(compgen -W '",
          out);
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        fprintf(out, "%s ", COMMANDS[i]->name);
    }
    fputs("' -- \"$word\")); return ;;\n", out);
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        fprintf(out, "    %s) options='", COMMANDS[i]->name);
        write_options(out, COMMANDS[i]);
        fprintf(out, "'%s ;;\n", takes_pairs(COMMANDS[i]) ? " pairs=1" : "");
    }
    fputs("    esac\n"
          "    case $word in\n"
          "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
          "    *) if [ -n \"$pairs\" ]; then\n"
          "           local pair=${word%%@*} label=\n"
          "           [ \"$pair\" = \"$word\" ] || label=@${word#*@}\n"
          "           COMPREPLY=($(compgen -W \"$(kurs pairs -f csv 2>/dev/null | sed '1d;s/,.*//')\" -- "
          "\"${pair^^}$label\"))\n"
          "           [ -z \"$label\" ] || COMPREPLY=(\"${COMPREPLY[@]#*@}\")\n"
          "       else\n"
          "           mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
          "       fi ;;\n"
          "    esac\n"
          "}\n"
          "complete -F _kurs kurs\n",
          out);
}

/* In single quotes, as fish reads them. */
static void write_quoted(FILE *out, const char *text)
{
    putc('\'', out);
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\') {
            putc('\\', out);
        }
        putc(*text, out);
    }
    putc('\'', out);
}

static void write_fish(FILE *out)
{
    fputs("# fish completion of kurs: kurs completion fish | source\n"
          "function __kurs_pairs; kurs pairs -f csv 2>/dev/null | sed '1d;s/,.*//'; end\n",
          out);
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        const struct command *command = COMMANDS[i];
        fprintf(out, "complete -c kurs -n __fish_use_subcommand -x -a %s -d ", command->name);
        write_quoted(out, command->summary);
        putc('\n', out);
        for (int o = OPT_END + 1; o < OPT_COUNT; o++) {
            if (command_takes(command, (enum option)o)) {
                fprintf(out, "complete -c kurs -n '__fish_seen_subcommand_from %s' -l %s%s\n", command->name,
                        OPTIONS[o].name, OPTIONS[o].value != NULL ? " -r" : "");
            }
        }
        if (takes_pairs(command)) {
            fprintf(out, "complete -c kurs -n '__fish_seen_subcommand_from %s' -x -a '(__kurs_pairs)'\n",
                    command->name);
        }
    }
}

static enum kurs_status run(struct cli *cli)
{
    const char *shell = cli->arguments[0];
    if (strcmp(shell, "bash") == 0) {
        write_bash(cli->out);
    } else if (strcmp(shell, "fish") == 0) {
        write_fish(cli->out);
    } else {
        cli_what(cli, KURS_EARGUMENT, "cannot complete in shell '%s'", shell);
        cli_why(cli, KURS_EARGUMENT, "only bash and fish are known");
        return cli_hint(cli, KURS_EARGUMENT, "usage: kurs completion bash|fish");
    }
    return KURS_OK;
}

const struct command COMMAND_COMPLETION = {
    .name = "completion",
    .arguments = "bash|fish",
    .summary = "print a shell's completion script",
    .example = "source <(kurs completion bash)",
    .options = OPTIONS_COMPLETION,
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
