/* export_wide.h: kurs export --wide. */
#ifndef KURS_CLI_EXPORT_WIDE_H
#define KURS_CLI_EXPORT_WIDE_H

#include "cli/cli.h"

/* One row a time, one column a route; cursors are merged, so memory does not grow with the history. KURS_EKIND when
 * daily and instant series meet: their times have no common column. */
enum kurs_status export_wide(struct cli *cli, const struct kurs_route *routes, size_t count);

#endif
