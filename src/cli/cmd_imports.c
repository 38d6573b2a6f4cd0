/* cmd_imports.c: kurs imports. */
#include "cli/commands.h"
#include "output/answers.h"

static const struct option_use OPTIONS_IMPORTS[] = {{OPT_AS_KNOWN, NULL}, OPTIONS_OUTPUT, OPTIONS_END};

static enum kurs_status run(struct cli *cli)
{
    struct sheet *sheet = answer_imports_open(cli->out, &cli->style);
    struct kurs_import_record record = {.id = 0};
    enum kurs_status status;
    while ((status = kurs_import_next(cli->snapshot, record.id, &record, &cli->error)) == KURS_OK) {
        answer_import(sheet, &record);
    }
    return cli_close_sheet(cli, sheet, status == KURS_END ? KURS_OK : status);
}

const struct command COMMAND_IMPORTS = {
    .name = "imports",
    .arguments = "",
    .summary = "list the imports that made the store",
    .example = "kurs imports -f csv",
    .details = "columns: id,when,source,bytes,crc32c,rows,added,identical,replaced,kept,blank,\n"
               "rejected,format.\n"
               "An import that changed nothing leaves no record.",
    .options = OPTIONS_IMPORTS,
    .flags = COMMAND_READS,
    .run = run,
};
