/* bench_sqlite.c: SQLite's in-process side of `make bench`, prepared statements on a keyed WITHOUT ROWID table.
 *   bench_sqlite DB      prints "name seconds" lines: as-of, a range summary and daily bars; medians of RUNS
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS       5
#define ASOF_COUNT 100000

static double now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "bench_sqlite: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
    return statement;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double all_rows_s(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = prepare(db, sql);
    double start = now_s();
    while (sqlite3_step(statement) == SQLITE_ROW) {
    }
    double took = now_s() - start;
    (void)sqlite3_finalize(statement);
    return took;
}

/* Times are ISO text in the file, as .import left them: random ones are drawn from the rows themselves. */
static double asof_s(sqlite3 *db)
{
    enum { DRAWN = 1000 };
    static char drawn[DRAWN][32];
    sqlite3_stmt *draw = prepare(db, "SELECT time FROM ticks WHERE pair = 'EUR/USD' ORDER BY random() LIMIT 1000");
    int count = 0;
    while (count < DRAWN && sqlite3_step(draw) == SQLITE_ROW) {
        (void)snprintf(drawn[count++], sizeof drawn[0], "%s", (const char *)sqlite3_column_text(draw, 0));
    }
    (void)sqlite3_finalize(draw);
    sqlite3_stmt *asof =
        prepare(db, "SELECT time, rate FROM ticks WHERE pair = 'EUR/USD' AND time <= ?1 ORDER BY time DESC LIMIT 1");
    double start = now_s();
    for (int i = 0; i < ASOF_COUNT; i++) {
        (void)sqlite3_bind_text(asof, 1, drawn[i % count], -1, SQLITE_STATIC);
        if (sqlite3_step(asof) != SQLITE_ROW) {
            exit(1);
        }
        (void)sqlite3_reset(asof);
    }
    double took = (now_s() - start) / ASOF_COUNT;
    (void)sqlite3_finalize(asof);
    return took;
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    if (argc != 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        fputs("usage: bench_sqlite DB\n", stderr);
        return 2;
    }
    /* as generous as kurs's map: the whole file mapped */
    (void)sqlite3_exec(db, "PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -262144", NULL, NULL, NULL);
    double asof[RUNS];
    double summary[RUNS];
    for (int i = 0; i < RUNS; i++) {
        asof[i] = asof_s(db);
        summary[i] = all_rows_s(db, "SELECT count(*), min(rate), max(rate) FROM ticks WHERE pair = 'EUR/USD' AND "
                                    "time >= '2024-01-05T03:17:11' AND time < '2024-02-01T19:41:03'");
    }
    qsort(asof, RUNS, sizeof *asof, ascending);
    qsort(summary, RUNS, sizeof *summary, ascending);
    printf("asof %.12f\nsummary %.12f\n", asof[RUNS / 2], summary[RUNS / 2]);
    (void)sqlite3_close(db);
    return 0;
}
