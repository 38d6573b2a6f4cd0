/* plan.c: releasing a plan. */
#include "ingest/plan.h"

#include <stdlib.h>
#include <string.h>

void plan_release(struct plan *plan)
{
    free(plan->columns);
    memset(plan, 0, sizeof *plan);
}
