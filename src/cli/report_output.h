/* report_output.h: what -o of a report names. */
#ifndef KURS_CLI_REPORT_OUTPUT_H
#define KURS_CLI_REPORT_OUTPUT_H

#include "chart/report.h"
#include "cli/cli.h"

/* KURS_EARGUMENT for a name that is neither of HTML nor of Markdown; none is standard output. */
enum kurs_status report_output_check(struct cli *cli);
/* Writes the page, and beside one of Markdown its pictures, all of them or (if none can be written) none. */
enum kurs_status report_output_write(struct cli *cli, const struct report *report);

#endif
