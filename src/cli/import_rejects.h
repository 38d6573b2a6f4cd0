/* import_rejects.h: the file of --rejects: every rejected row with its line, offset and reason. */
#ifndef KURS_CLI_IMPORT_REJECTS_H
#define KURS_CLI_IMPORT_REJECTS_H

#include "cli/cli.h"

struct import_rejects {
    const char *path;
    FILE *file;
    struct sheet *sheet;
};

/* Starts the file `path` anew. KURS_EARGUMENT when it is the store or one of the files to be imported. It grows while
 * rows are rejected, not beside its name until all is done: a stream that is followed may have no end. */
enum kurs_status import_rejects_open(struct cli *cli, const char *path, struct import_rejects *rejects);
/* `row` is the reject's, as a string. */
void import_rejects_add(struct import_rejects *rejects, const char *name, const struct kurs_reject *reject,
                        const char *row);
enum kurs_status import_rejects_close(struct cli *cli, struct import_rejects *rejects);

#endif
