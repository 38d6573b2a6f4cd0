/* verify.c: checks every row of every table against the others (kurs.h). Owns no rule: it computes anew, from the blocks
 * alone, what the writers are to keep right, and compares. Faults are reported and counted; reading goes on. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "store/imports.h"
#include "store/revision.h"
#include "store/series.h"
#include "store/snapshot.h"
#include "store/tree.h"

struct verify {
    struct kurs_store *store;
    MDB_txn *txn;
    void *context;
    void (*on_fault)(void *context, const char *text);
    struct kurs_verify_report report;
    uint32_t newest_import;
    uint64_t faults;
    enum kurs_status worst; /* of the first fault */
    char first_fault[512];
};

static void fault(struct verify *verify, enum kurs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fault(struct verify *verify, enum kurs_status status, const char *format, ...)
{
    char text[sizeof verify->first_fault];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (verify->faults++ == 0) {
        verify->worst = status;
        memcpy(verify->first_fault, text, sizeof text);
    }
    if (verify->on_fault != NULL) {
        verify->on_fault(verify->context, text);
    }
}

/* ---- The tree, computed from the blocks' summaries alone ---- */

struct level {
    bool any;              /* a node of it starts after the series' first block: the level is stored */
    struct summary node;   /* the one that still grows */
    struct summary *nodes; /* owned; those complete */
    size_t count, capacity;
};

struct series_check {
    const char *name;
    struct series_record expected, stored;
    struct kurs_point before_last;
    struct level levels[TREE_LEVELS_MAX];
    bool incomplete; /* a block could not be read or overlaps: what all add up to is unknown */
};

static enum kurs_status close_node(struct level *level, struct kurs_error *error)
{
    if (level->count == level->capacity) {
        size_t capacity = level->capacity == 0 ? 16 : 2 * level->capacity;
        struct summary *grown = realloc(level->nodes, capacity * sizeof *grown);
        if (grown == NULL) {
            return error_system(error, ENOMEM, "cannot verify");
        }
        level->nodes = grown;
        level->capacity = capacity;
    }
    level->nodes[level->count++] = level->node;
    return KURS_OK;
}

static enum kurs_status add_to_levels(struct series_check *check, const struct summary *block, struct kurs_error *error)
{
    int starts = tree_level(block->first.time_us);
    for (int i = 0; i < TREE_LEVELS_MAX; i++) {
        struct level *level = &check->levels[i];
        if (level->node.count == 0) {
            level->node = *block;
        } else if (starts >= i + 1) {
            enum kurs_status status = close_node(level, error);
            if (status != KURS_OK) {
                return status;
            }
            level->any = true;
            level->node = *block;
        } else {
            summary_join(&level->node, block);
        }
    }
    return KURS_OK;
}

static enum kurs_status compare_level(struct verify *verify, struct series_check *check, int number, MDB_cursor *cursor,
                                      struct kurs_error *error)
{
    struct level *level = &check->levels[number - 1];
    enum kurs_status status = level->any ? close_node(level, error) : KURS_OK;
    if (status != KURS_OK) {
        return status;
    }
    size_t count = level->any ? level->count : 0, at = 0;
    MDB_val found, value;
    struct key key = key_summary(check->name, number, KURS_TIME_MIN);
    status = env_seek(cursor, &key, &found, &value, error);
    while (status == KURS_OK && key_is_of(found.mv_data, found.mv_size, check->name, KEY_SUMMARY_TAIL) &&
           ((const uint8_t *)found.mv_data)[found.mv_size - KEY_SUMMARY_TAIL] == number) {
        struct summary node;
        bool right = tree_decode(&value, &node) == KURS_OK && at < count && summary_equal(&node, &level->nodes[at]) &&
                     key_time(found.mv_data, found.mv_size, 8) == node.first.time_us;
        if (!right) {
            fault(verify, KURS_ECHECK, "%s: a summary of level %d does not match its blocks", check->name, number);
        }
        verify->report.summaries++;
        at++;
        status = env_step(cursor, MDB_NEXT, &found, &value, error);
    }
    if (status >= 0 && at < count) {
        fault(verify, KURS_ECHECK, "%s: summaries of level %d are missing", check->name, number);
    }
    return status == KURS_END ? KURS_OK : status;
}

/* ---- A series ---- */

static enum kurs_status check_block(struct verify *verify, struct series_check *check, int64_t first_us,
                                    const MDB_val *value, struct kurs_error *error)
{
    char time[KURS_TIME_SIZE];
    const char *reason = "";
    struct block block;
    struct block_point point;
    struct series_record *expected = &check->expected;
    kurs_time_format(first_us, KURS_INSTANT, time);
    verify->report.blocks++;
    enum kurs_status status = block_open_checked(&block, value->mv_data, value->mv_size, BLOCK_DEEP, &reason);
    if (status != KURS_OK) {
        fault(verify, status, "%s: the block at %s: %s", check->name, time, reason);
        check->incomplete = true;
        return KURS_OK;
    }
    if (block.first_us != first_us || (expected->blocks > 0 && block.first_us <= expected->last.time_us)) {
        fault(verify, KURS_ECHECK, "%s: the block at %s is out of order", check->name, time);
        check->incomplete = true;
        return KURS_OK;
    }
    if (block.import_low == 0 || block.import_high > verify->newest_import) {
        fault(verify, KURS_ECHECK, "%s: the block at %s names an import that is not there", check->name, time);
    }
    expected->previous = block.count == 1 && expected->blocks > 0 ? expected->last : block.summary.first;
    if (block.count > 1 && block_asof(&block, block.last_us - 1, &point) == KURS_OK) {
        expected->previous = point.point;
    }
    if (expected->blocks == 0) {
        expected->first = block.summary.first;
    }
    expected->last = block.summary.last;
    expected->points += block.count;
    expected->bytes += block.size;
    expected->blocks++;
    verify->report.points += block.count;
    return add_to_levels(check, &block.summary, error);
}

static bool same_point(struct kurs_point a, struct kurs_point b)
{
    return a.time_us == b.time_us && a.rate.coefficient == b.rate.coefficient && a.rate.exponent == b.rate.exponent;
}

static void compare_record(struct verify *verify, const struct series_check *check)
{
    const struct series_record *stored = &check->stored, *expected = &check->expected;
    if (stored->points != expected->points || stored->blocks != expected->blocks || stored->bytes != expected->bytes) {
        fault(verify, KURS_ECHECK, "%s: the record counts %llu points in %llu blocks, there are %llu in %llu",
              check->name, (unsigned long long)stored->points, (unsigned long long)stored->blocks,
              (unsigned long long)expected->points, (unsigned long long)expected->blocks);
    }
    if (!same_point(stored->first, expected->first) || !same_point(stored->last, expected->last) ||
        !same_point(stored->previous, expected->previous)) {
        fault(verify, KURS_ECHECK, "%s: the first or newest points of the record are not those of the blocks",
              check->name);
    }
    if (stored->newest_import == 0 || stored->newest_import > verify->newest_import) {
        fault(verify, KURS_ECHECK, "%s: the record names an import that is not there", check->name);
    }
}

static enum kurs_status check_series(struct verify *verify, struct series_check *check, MDB_cursor *blocks,
                                     MDB_cursor *nodes, struct kurs_error *error)
{
    MDB_val found, value;
    struct key key = key_block(check->name, KURS_TIME_MIN);
    enum kurs_status status = env_seek(blocks, &key, &found, &value, error);
    while (status == KURS_OK && key_is_of(found.mv_data, found.mv_size, check->name, KEY_BLOCK_TAIL)) {
        int64_t first_us = key_time(found.mv_data, found.mv_size, KEY_BLOCK_TAIL);
        status = check_block(verify, check, first_us, &value, error);
        if (status == KURS_OK) {
            status = env_step(blocks, MDB_NEXT, &found, &value, error);
        }
    }
    verify->report.series++;
    if (status < 0 || check->incomplete) {
        return status < 0 ? status : KURS_OK;
    }
    compare_record(verify, check);
    status = KURS_OK;
    for (int level = 1; level <= TREE_LEVELS_MAX && status == KURS_OK; level++) {
        status = compare_level(verify, check, level, nodes, error);
    }
    return status;
}

static enum kurs_status check_row(struct verify *verify, const MDB_val *found, const MDB_val *value, MDB_cursor *blocks,
                                  MDB_cursor *nodes, struct kurs_error *error)
{
    char name[KURS_NAME_SIZE];
    struct series_check check = {.name = name};
    if (found->mv_size >= sizeof name) {
        fault(verify, KURS_ECORRUPT, "the list of series holds what is no name");
        return KURS_OK;
    }
    memcpy(name, found->mv_data, found->mv_size);
    name[found->mv_size] = '\0';
    if (series_decode(value->mv_data, value->mv_size, &check.stored) != KURS_OK) {
        fault(verify, KURS_ECORRUPT, "%s: its record makes no sense", name);
    }
    enum kurs_status status = check_series(verify, &check, blocks, nodes, error);
    for (int i = 0; i < TREE_LEVELS_MAX; i++) {
        free(check.levels[i].nodes);
    }
    return status;
}

static enum kurs_status check_all_series(struct verify *verify, struct kurs_error *error)
{
    MDB_cursor *series = NULL, *blocks = NULL, *nodes = NULL;
    MDB_val found, value;
    enum kurs_status status = env_cursor_open(verify->store, verify->txn, TABLE_SERIES, &series, error);
    if (status == KURS_OK) {
        status = env_cursor_open(verify->store, verify->txn, TABLE_BLOCKS, &blocks, error);
    }
    if (status == KURS_OK) {
        status = env_cursor_open(verify->store, verify->txn, TABLE_SUMMARY, &nodes, error);
    }
    if (status == KURS_OK) {
        status = env_step(series, MDB_FIRST, &found, &value, error);
    }
    while (status == KURS_OK) {
        status = check_row(verify, &found, &value, blocks, nodes, error);
        if (status == KURS_OK) {
            status = env_step(series, MDB_NEXT, &found, &value, error);
        }
    }
    MDB_cursor *opened[] = {series, blocks, nodes};
    for (size_t i = 0; i < 3; i++) {
        if (opened[i] != NULL) {
            mdb_cursor_close(opened[i]);
        }
    }
    return status == KURS_END ? KURS_OK : status;
}

/* ---- The other tables ---- */

static enum kurs_status each_row(struct verify *verify, enum table table,
                                 void (*check)(struct verify *verify, const MDB_val *found, const MDB_val *value),
                                 struct kurs_error *error)
{
    MDB_cursor *cursor;
    MDB_val found, value;
    enum kurs_status status = env_cursor_open(verify->store, verify->txn, table, &cursor, error);
    if (status != KURS_OK) {
        return status;
    }
    status = env_step(cursor, MDB_FIRST, &found, &value, error);
    while (status == KURS_OK) {
        check(verify, &found, &value);
        status = env_step(cursor, MDB_NEXT, &found, &value, error);
    }
    mdb_cursor_close(cursor);
    return status == KURS_END ? KURS_OK : status;
}

static void check_import(struct verify *verify, const MDB_val *found, const MDB_val *value)
{
    struct kurs_import_record record;
    uint32_t id = ++verify->newest_import;
    (void)value;
    verify->report.imports++;
    if (found->mv_size != 4 || key_sequence(found->mv_data, found->mv_size) != id ||
        imports_load(verify->store, verify->txn, id, &record, NULL) != KURS_OK) {
        fault(verify, KURS_ECORRUPT, "the record of import %u is not there or makes no sense", (unsigned)id);
    }
}

static void check_revision(struct verify *verify, const MDB_val *found, const MDB_val *value)
{
    struct kurs_revision revision;
    struct series_record record;
    verify->report.revisions++;
    if (revision_decode(found, value, &revision) != KURS_OK || revision.new_import > verify->newest_import) {
        fault(verify, KURS_ECORRUPT, "a revision makes no sense");
    } else if (series_load(verify->store, verify->txn, revision.name, &record, NULL) != KURS_OK) {
        fault(verify, KURS_ECHECK, "%s: revisions of a series that is not there", revision.name);
    }
}

/* Rows of series that are not there were not visited. */
static enum kurs_status check_strays(struct verify *verify, struct kurs_error *error)
{
    static const enum table tables[] = {TABLE_BLOCKS, TABLE_SUMMARY};
    const uint64_t seen[] = {verify->report.blocks, verify->report.summaries};
    for (int i = 0; i < 2; i++) {
        MDB_stat stat;
        int rc = mdb_stat(verify->txn, verify->store->table[tables[i]], &stat);
        if (rc != 0) {
            return env_error(error, rc, "cannot verify '%s'", verify->store->path);
        }
        if (stat.ms_entries != seen[i]) {
            fault(verify, KURS_ECHECK, "%s that belong to no series", i == 0 ? "blocks" : "summaries");
        }
    }
    return KURS_OK;
}

enum kurs_status kurs_store_verify(struct kurs_store *store, void *context,
                                   void (*on_fault)(void *context, const char *text), struct kurs_verify_report *report,
                                   struct kurs_error *error)
{
    struct verify verify = {.store = store, .context = context, .on_fault = on_fault};
    enum kurs_status status = env_begin_checked(store, PAGES_ALL, &verify.txn, error);
    if (status != KURS_OK) {
        return status;
    }
    status = each_row(&verify, TABLE_IMPORTS, check_import, error);
    if (status == KURS_OK) {
        status = check_all_series(&verify, error);
    }
    if (status == KURS_OK) {
        status = each_row(&verify, TABLE_REVISIONS, check_revision, error);
    }
    if (status == KURS_OK && verify.faults == 0) {
        status = check_strays(&verify, error);
    }
    env_abort(store, verify.txn);
    if (status == KURS_OK && verify.faults > 0) {
        error_what(error, verify.worst, "'%s' has %llu fault%s", store->path, (unsigned long long)verify.faults,
                   verify.faults == 1 ? "" : "s");
        error_why(error, verify.worst, "%s", verify.first_fault);
        return error_hint(error, verify.worst, "restore it from a backup");
    }
    if (status == KURS_OK) {
        *report = verify.report;
    }
    return status;
}
