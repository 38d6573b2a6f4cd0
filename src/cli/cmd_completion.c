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

static void write_bash(FILE *out)
{
    fputs("# bash completion of kurs: source <(kurs completion bash)\n"
          "_kurs() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} command= options= pairs= w\n"
          "    for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
          "        case $w in -*) ;; *) command=$w; break ;; esac\n"
          "    done\n"
          "    case $command in\n"
          "    '') COMPREPLY=($(compgen -W '",
          out);
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        fprintf(out, "%s%s", i > 0 ? " " : "", COMMANDS[i]->name);
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
          "           COMPREPLY=($(compgen -W \"$(kurs pairs -f csv 2>/dev/null | sed '1d;s/,.*//')\" -- "
          "\"${word^^}\"))\n"
          "       else\n"
          "           COMPREPLY=($(compgen -f -- \"$word\"))\n"
          "       fi ;;\n"
          "    esac\n"
          "}\n"
          "complete -F _kurs kurs\n",
          out);
}

static void write_fish(FILE *out)
{
    fputs("# fish completion of kurs: kurs completion fish | source\n"
          "function __kurs_pairs; kurs pairs -f csv 2>/dev/null | sed '1d;s/,.*//'; end\n",
          out);
    for (size_t i = 0; COMMANDS[i] != NULL; i++) {
        const struct command *command = COMMANDS[i];
        fprintf(out, "complete -c kurs -n __fish_use_subcommand -x -a %s -d '%s'\n", command->name, command->summary);
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
