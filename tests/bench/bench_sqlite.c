/* bench_sqlite.c: SQLite's in-process side of `make bench`, prepared statements on a keyed WITHOUT ROWID table.
 *   bench_sqlite DB FROM BEHIND      one JSON object: job -> {"seconds": ..., "answer": rows}, as duckdb.mjs prints it
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ASOF_COUNT 100000
#define ASOF       "SELECT rate FROM ticks WHERE pair = 'EUR/USD' AND time "
#define NEWEST     " ORDER BY time DESC LIMIT 1"

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

/* Times as they stand in the file are text: ?1 is FROM, ?2 BEHIND, both as its rows write them. */
static void print_job(sqlite3 *db, const char *name, const char *sql, char **range)
{
    sqlite3_stmt *statement = prepare(db, sql);
    for (int i = 0; i < sqlite3_bind_parameter_count(statement); i++) {
        (void)sqlite3_bind_text(statement, i + 1, range[i], -1, SQLITE_STATIC);
    }
    printf("\"%s\": {\"answer\": [", name);
    double start = now_s();
    for (int row = 0; sqlite3_step(statement) == SQLITE_ROW; row++) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const unsigned char *text = sqlite3_column_text(statement, i);
            printf("%s\"%s\"", i > 0 ? ", " : row > 0 ? "], [" : "[", text == NULL ? (const unsigned char *)"" : text);
        }
    }
    printf("]], \"seconds\": %.12f},\n", now_s() - start);
    (void)sqlite3_finalize(statement);
}

/* Random times are drawn from the rows themselves. */
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
    sqlite3_stmt *asof = prepare(db, ASOF "<= ?1" NEWEST);
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
    if (argc != 4 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        fputs("usage: bench_sqlite DB FROM BEHIND\n", stderr);
        return 2;
    }
    /* as generous as kurs's map: the whole file mapped */
    (void)sqlite3_exec(db, "PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -262144", NULL, NULL, NULL);
    char **range = argv + 2, *behind[] = {argv[3]};
    printf("{");
    print_job(db, "summary",
              "WITH part AS (SELECT count(*) AS n, min(rate) AS low, max(rate) AS high, min(time) AS a, max(time) AS b "
              "FROM ticks WHERE pair = 'EUR/USD' AND time >= ?1 AND time < ?2) "
              "SELECT n, low, high, (" ASOF "= a), (" ASOF "= b) FROM part",
              range);
    print_job(db, "change", "SELECT (" ASOF "<= ?1" NEWEST "), (" ASOF "< ?2" NEWEST ")", range);
    print_job(db, "at", ASOF "<= ?1" NEWEST, behind);
    print_job(db, "decode", "SELECT sum(rate), max(time) FROM ticks", range);
    print_job(db, "ohlc",
              "WITH days AS (SELECT substr(time, 1, 10) AS day, max(rate) AS high, min(rate) AS low, count(*) AS n, "
              "min(time) AS a, max(time) AS b FROM ticks WHERE pair = 'EUR/USD' GROUP BY day) "
              "SELECT (" ASOF "= a), high, low, (" ASOF "= b), n FROM days ORDER BY day",
              range);
    printf("\"asof\": {\"seconds\": %.12f}}\n", asof_s(db));
    (void)sqlite3_close(db);
    return 0;
}
