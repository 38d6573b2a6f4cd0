/* cmd_verify.c: kurs verify. */
#include "cli/commands.h"
#include "output/answers.h"
#include "output/width.h"

static const struct option_use OPTIONS_VERIFY[] = {OPTIONS_OUTPUT, OPTIONS_END};

static void on_fault(void *context, const char *text)
{
    (void)context;
    fputs("fault: ", stderr);
    text_put(text, stderr);
    putc('\n', stderr);
}

static enum kurs_status run(struct cli *cli)
{
    struct kurs_verify_report report = {0};
    enum kurs_status status = kurs_store_verify(cli->store, NULL, on_fault, &report, &cli->error);
    if (status != KURS_OK) {
        return status;
    }
    struct sheet *sheet = answer_verify_open(cli->out, &cli->style);
    answer_verify(sheet, &report);
    status = cli_close_sheet(cli, sheet, KURS_OK);
    if (status == KURS_OK) {
        cli_say(cli, "%s: sound", cli->store_path);
    }
    return status;
}

const struct command COMMAND_VERIFY = {
    .name = "verify",
    .arguments = "",
    .summary = "check every block, summary and table of the store",
    .example = "kurs verify",
    .details = "columns: series,blocks,points,summaries,revisions,imports: what was checked.\n"
               "Every fault is named on stderr, and the exit status is not 0.",
    .options = OPTIONS_VERIFY,
    .flags = COMMAND_READS,
    .run = run,
};
