/* import_account.h: what an import says while it runs and when it is done: remarks, rejected rows, progress, the sum.
 * All on stderr, but for --rejects. */
#ifndef KURS_CLI_IMPORT_ACCOUNT_H
#define KURS_CLI_IMPORT_ACCOUNT_H

#include "cli/import_rejects.h"

#define REJECTS_SHOWN 5

/* The account of one file, and the context of the library's callbacks. */
struct import_account {
    struct cli *cli;
    const char *name;               /* of the file, as given */
    struct import_rejects *rejects; /* --rejects, or NULL */
    uint64_t reject_count;
    int64_t started_us, drawn_us; /* drawn_us 0: no bar on the terminal */
};

/* Points the callbacks of `options` at `account`. */
void import_account_attach(struct import_account *account, struct kurs_import_options *options);
/* After the import: takes the bar away, says what was left unsaid, and on KURS_OK the sum. */
void import_account_finish(struct import_account *account, enum kurs_status status, const struct kurs_counts *counts);

#endif
