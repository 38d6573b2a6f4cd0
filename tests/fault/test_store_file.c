/* test_store_file.c: files that are no store, not whole, not allowed, or used twice: an error each, never a crash. */
#include <fcntl.h>
#include <lmdb.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "store/env.h"
#include "store_fixture.h"

static enum kurs_status try_open(struct fixture *fixture, enum kurs_open_flags flags)
{
    enum kurs_status status = kurs_store_open(fixture->path, flags, 1, &fixture->store, &fixture->error);
    if (status != KURS_OK) {
        assert_null(fixture->store);
        assert_int_equal(fixture->error.status, status);
        assert_true(strlen(fixture->error.what) > 0);
        assert_true(strlen(fixture->error.why) > 0);
    }
    return status;
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void a_missing_file_is_no_data_unless_created(void **state)
{
    struct fixture *fixture = *state;
    assert_status(KURS_ENODATA, try_open(fixture, KURS_OPEN_READ));
    assert_status(KURS_ENODATA, try_open(fixture, KURS_OPEN_WRITE));
    assert_int_equal(fixture_files(fixture), 0);
    assert_status(KURS_OK, try_open(fixture, KURS_OPEN_CREATE));
    assert_int_equal(fixture_files(fixture), 2);
}

static void creation_makes_folders(void **state)
{
    struct fixture *fixture = *state;
    char folder[128], path[256], lock[300];
    snprintf(folder, sizeof folder, "%s/a", fixture->folder);
    snprintf(path, sizeof path, "%s/b/s.kurs", folder);
    snprintf(lock, sizeof lock, "%s-lock", path);
    assert_status(KURS_OK, kurs_store_open(path, KURS_OPEN_CREATE, 1, &fixture->store, &fixture->error));
    fixture_close(fixture);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(unlink(lock), 0);
    snprintf(path, sizeof path, "%s/b", folder);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void what_is_no_store_is_told(void **state)
{
    struct fixture *fixture = *state;
    char zeros[20000] = {0}, noise[20000];
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof noise; i++) {
        seed = seed * 1103515245 + 12345;
        noise[i] = (char)(seed >> 16);
    }
    const struct {
        const char *bytes;
        size_t size;
    } files[] = {{zeros, 0}, {zeros, 1}, {zeros, sizeof zeros}, {noise, sizeof noise}, {"date,rate\n", 10}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        write_file(fixture->path, files[i].bytes, files[i].size);
        assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_CREATE));
        assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_READ));
    }
    assert_int_equal(unlink(fixture->path), 0);
    assert_int_equal(mkdir(fixture->path, 0700), 0);
    assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_CREATE));
    assert_int_equal(rmdir(fixture->path), 0);
    assert_int_equal(mkfifo(fixture->path, 0600), 0);
    assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_READ));
}

static void an_empty_file_is_told_with_what_to_do(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture->path, "", 0);
    assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_CREATE));
    assert_string_equal(fixture->error.why, "it is empty");
    assert_non_null(strstr(fixture->error.hint, "remove it"));
    assert_int_equal(unlink(fixture->path), 0);
    assert_status(KURS_OK, try_open(fixture, KURS_OPEN_CREATE));
}

static void foreign_lmdb_files_are_no_stores(void **state)
{
    struct fixture *fixture = *state;
    MDB_env *env;
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_open(env, fixture->path, MDB_NOSUBDIR, 0600), 0);
    mdb_env_close(env);
    assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_CREATE));
}

static void newer_formats_are_told(void **state)
{
    struct fixture *fixture = *state;
    struct key key = key_series("format");
    uint8_t bytes[12] = {STORE_FORMAT_VERSION + 1};
    MDB_txn *txn;
    fixture_open(fixture);
    assert_status(KURS_OK, env_begin(fixture->store, true, &txn, &fixture->error));
    assert_status(KURS_OK, env_put(fixture->store, txn, TABLE_META, &key, bytes, sizeof bytes, &fixture->error));
    assert_status(KURS_OK, env_commit(fixture->store, txn, &fixture->error));
    fixture_close(fixture);
    assert_status(KURS_ENEWER, try_open(fixture, KURS_OPEN_READ));
}

/* Format 1: summaries without the checksum at their head. */
static void make_format_1(struct fixture *fixture)
{
    struct key format = key_series("format");
    MDB_txn *txn;
    MDB_cursor *cursor;
    MDB_val found, value;
    uint8_t bytes[97];
    size_t rows = 0;
    assert_status(KURS_OK, env_begin(fixture->store, true, &txn, &fixture->error));
    assert_status(KURS_OK, env_cursor_open(fixture->store, txn, TABLE_SUMMARY, &cursor, &fixture->error));
    while (env_step(cursor, MDB_NEXT, &found, &value, &fixture->error) == KURS_OK) {
        struct key key = {.size = found.mv_size};
        memcpy(key.bytes, found.mv_data, found.mv_size);
        assert_int_equal(value.mv_size, sizeof bytes);
        memcpy(bytes, value.mv_data, sizeof bytes);
        assert_status(KURS_OK,
                      env_put(fixture->store, txn, TABLE_SUMMARY, &key, bytes + 4, sizeof bytes - 4, &fixture->error));
        rows++;
    }
    mdb_cursor_close(cursor);
    assert_true(rows > 2);
    const uint8_t version[12] = {1, 0, 0, 0, 77};
    assert_status(KURS_OK, env_put(fixture->store, txn, TABLE_META, &format, version, sizeof version, &fixture->error));
    assert_status(KURS_OK, env_commit(fixture->store, txn, &fixture->error));
}

static void older_formats_are_brought_up_to_date_when_opened_to_write(void **state)
{
    struct fixture *fixture = *state;
    struct key format = key_series("format");
    MDB_txn *txn;
    MDB_val value;
    fixture_open(fixture);
    fixture_ticks(fixture, "EUR/USD", 200000, 0);
    fixture_ticks(fixture, "KGS/USD", 100000, 5);
    make_format_1(fixture);
    fixture_close(fixture);
    assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_READ));
    assert_string_equal(fixture->error.why, "its format is 1, today's is 2");
    assert_non_null(strstr(fixture->error.hint, "kurs compact"));
    assert_status(KURS_OK, try_open(fixture, KURS_OPEN_WRITE));
    fixture_verify(fixture);
    assert_status(KURS_OK, env_begin(fixture->store, false, &txn, &fixture->error));
    assert_status(KURS_OK, env_get(fixture->store, txn, TABLE_META, &format, &value, &fixture->error));
    const uint8_t expected[12] = {STORE_FORMAT_VERSION, 0, 0, 0, 77}; /* and the time of creation as it was */
    assert_memory_equal(value.mv_data, expected, sizeof expected);
    env_abort(fixture->store, txn);
    fixture_close(fixture);
    assert_status(KURS_OK, try_open(fixture, KURS_OPEN_READ));
}

/* Cut at any place the file is told to be short, or all that is used of it is still there. */
static int whole_cuts(struct fixture *fixture)
{
    struct stat about;
    int whole = 0;
    assert_int_equal(stat(fixture->path, &about), 0);
    assert_true(about.st_size > 10 * 4096);
    for (off_t pages = about.st_size / 4096 - 1; pages >= 0; pages--) {
        for (off_t more = 2; more >= 0; more--) { /* within a page and at its end */
            assert_int_equal(truncate(fixture->path, pages * 4096 + more * 2000), 0);
            if (try_open(fixture, KURS_OPEN_READ) == KURS_OK) {
                fixture_verify(fixture);
                fixture_close(fixture);
                whole++;
            } else {
                assert_int_equal(fixture->error.status, KURS_EFORMAT);
                assert_status(KURS_EFORMAT, try_open(fixture, KURS_OPEN_CREATE));
            }
        }
    }
    return whole;
}

static void a_file_cut_short_at_any_page_is_told(void **state)
{
    struct fixture *fixture = *state;
    fixture_open(fixture);
    fixture_ticks(fixture, "EUR/USD", 60000, 0);
    fixture_close(fixture);
    assert_int_equal(whole_cuts(fixture), 0);
}

static void put_page(const struct fixture *fixture, off_t number, const char page[4096])
{
    int fd = open(fixture->path, O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, page, 4096, number * 4096), 4096);
    close(fd);
}

/* LMDB trusts its pages: an assertion of its ends the process, unless verify looks at them first. */
static void a_page_of_zeros_anywhere_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_verify_report report;
    struct stat about;
    static const char zeros[4096];
    char page[4096];
    int told = 0;
    fixture_open(fixture);
    fixture_ticks(fixture, "EUR/USD", 60000, 0);
    fixture_ticks(fixture, "GBP/USD", 60000, 0);
    fixture_close(fixture);
    assert_int_equal(stat(fixture->path, &about), 0);
    for (off_t number = 2; number < about.st_size / 4096; number++) {
        int fd = open(fixture->path, O_RDONLY);
        assert_int_equal(pread(fd, page, sizeof page, number * 4096), sizeof page);
        close(fd);
        put_page(fixture, number, zeros);
        enum kurs_status status = try_open(fixture, KURS_OPEN_READ);
        if (status == KURS_OK) {
            status = kurs_store_verify(fixture->store, NULL, NULL, &report, &fixture->error);
            fixture_close(fixture);
        }
        assert_true(status == KURS_OK || status == KURS_ECORRUPT); /* OK: a page not in use */
        told += status != KURS_OK;
        put_page(fixture, number, page);
    }
    assert_in_range(told, about.st_size / 4096 / 2, 1000000);
}

static void pages_not_in_use_may_lack_at_the_end(void **state)
{
    struct fixture *fixture = *state;
    fixture_open(fixture);
    fixture_ticks(fixture, "GBP/USD", 1000, 0);
    fixture_ticks(fixture, "EUR/USD", 60000, 0);
    for (int i = 0; i < 3; i++) { /* the pages in use move to the front */
        assert_status(KURS_OK, kurs_series_drop(fixture->store, "EUR/USD", 1, &fixture->error));
        fixture_ticks(fixture, "EUR/USD", 100, 0);
    }
    fixture_close(fixture);
    int whole = whole_cuts(fixture);
    assert_in_range(whole, 1, 1000000);
}

static void one_process_opens_a_file_once(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_store *second = NULL;
    char other[128];
    fixture_open(fixture);
    assert_status(KURS_EBUSY, kurs_store_open(fixture->path, KURS_OPEN_READ, 1, &second, &fixture->error));
    snprintf(other, sizeof other, "%s/other", fixture->folder);
    assert_int_equal(symlink(fixture->path, other), 0);
    assert_status(KURS_EBUSY, kurs_store_open(other, KURS_OPEN_WRITE, 1, &second, &fixture->error));
    fixture_close(fixture);
    assert_status(KURS_OK, kurs_store_open(fixture->path, KURS_OPEN_READ, 1, &second, &fixture->error));
    kurs_store_close(second);
}

static void a_handle_to_read_does_not_write(void **state)
{
    struct fixture *fixture = *state;
    struct kurs_counts counts = {0};
    int64_t time_us = 0, coefficient = 1;
    fixture_open(fixture);
    fixture_close(fixture);
    assert_status(KURS_OK, try_open(fixture, KURS_OPEN_READ));
    assert_status(KURS_EACCESS,
                  fixture_write(fixture, "EUR/USD", KURS_INSTANT, KURS_REPLACE, 1, 1, &time_us, &coefficient, &counts));
    assert_status(KURS_EACCESS, kurs_series_drop(fixture->store, "EUR/USD", 1, &fixture->error));
}

/* In a child: root may do anything, so it becomes nobody. */
static int open_as_nobody(struct fixture *fixture, enum kurs_open_flags flags)
{
    int how;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct kurs_store *store;
        if (getuid() == 0 && setuid(65534) != 0) {
            _exit(100);
        }
        enum kurs_status status = kurs_store_open(fixture->path, flags, 1, &store, NULL);
        _exit(status == KURS_OK ? 0 : -(int)status);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    return WEXITSTATUS(how);
}

static void files_without_permission_are_told(void **state)
{
    struct fixture *fixture = *state;
    fixture_open(fixture);
    fixture_close(fixture);
    assert_int_equal(chmod(fixture->folder, 0755), 0);
    assert_int_equal(chmod(fixture->path, 0), 0);
    assert_int_equal(open_as_nobody(fixture, KURS_OPEN_READ), -KURS_EACCESS);
    assert_int_equal(chmod(fixture->path, 0444), 0);
    assert_int_equal(open_as_nobody(fixture, KURS_OPEN_WRITE), -KURS_EACCESS);
    assert_int_equal(chmod(fixture->path, 0644), 0);
}

static void a_small_address_space_gets_a_smaller_map(void **state)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    (void)state;
    skip(); /* sanitizers need terabytes of addresses */
#else
    struct fixture *fixture = *state;
    int how;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {(rlim_t)1 << 30, (rlim_t)1 << 30};
        int failed = setrlimit(RLIMIT_AS, &limit) != 0 ||
                     kurs_store_open(fixture->path, KURS_OPEN_CREATE, 1, &fixture->store, &fixture->error) != KURS_OK;
        kurs_store_close(fixture->store);
        _exit(failed);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_int_equal(how, 0);
#endif
}

/* Another process makes the file outgrow the map of this one, which waits for it. */
static void grow_in_another_process(const struct fixture *fixture, int go, int done)
{
    struct kurs_store *store;
    struct kurs_error error;
    MDB_txn *txn;
    struct key key = key_series("filler");
    char byte;
    size_t size = (size_t)20 << 20;
    void *bytes = calloc(1, size);
    bool failed = read(go, &byte, 1) != 1 || bytes == NULL ||
                  kurs_store_open(fixture->path, KURS_OPEN_WRITE, 1, &store, &error) != KURS_OK ||
                  env_begin(store, true, &txn, &error) != KURS_OK ||
                  env_put(store, txn, TABLE_META, &key, bytes, size, &error) != KURS_OK ||
                  env_commit(store, txn, &error) != KURS_OK || write(done, "", 1) != 1;
    _exit(failed);
}

static int open_snapshots_around_growth(struct fixture *fixture, int go, int done)
{
    struct rlimit all, few;
    struct kurs_snapshot *before, *after;
    char byte;
    getrlimit(RLIMIT_AS, &all);
    few = all;
    few.rlim_cur = (rlim_t)44 << 20; /* half of it is mapped, in steps of 16 MiB */
    bool opened = setrlimit(RLIMIT_AS, &few) == 0 && try_open(fixture, KURS_OPEN_READ) == KURS_OK;
    if (!opened || setrlimit(RLIMIT_AS, &all) != 0 ||
        kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &before, &fixture->error) != KURS_OK ||
        write(go, "", 1) != 1 || read(done, &byte, 1) != 1) {
        return 1;
    }
    enum kurs_status status = kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &after, &fixture->error);
    if (status != KURS_EBUSY || fixture->error.status != KURS_EBUSY || fixture->error.hint[0] == '\0') {
        return 2;
    }
    kurs_snapshot_close(before);
    status = kurs_snapshot_open(fixture->store, KURS_KNOWN_LATEST, &after, &fixture->error);
    if (status != KURS_OK) {
        return 3;
    }
    kurs_snapshot_close(after);
    fixture_close(fixture);
    return 0;
}

static void growth_by_another_process_is_followed_once_no_snapshot_is_open(void **state)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    (void)state, (void)grow_in_another_process, (void)open_snapshots_around_growth;
    skip(); /* sanitizers need terabytes of addresses */
#else
    struct fixture *fixture = *state;
    int go[2], done[2], how;
    fixture_open(fixture);
    fixture_close(fixture);
    assert_int_equal(pipe(go), 0);
    assert_int_equal(pipe(done), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        grow_in_another_process(fixture, go[0], done[1]);
    }
    pid_t reader = fork();
    assert_true(reader >= 0);
    if (reader == 0) {
        close(done[1]); /* so that a writer that failed ends the wait */
        _exit(open_snapshots_around_growth(fixture, go[1], done[0]));
    }
    close(go[0]);
    close(go[1]);
    close(done[0]);
    close(done[1]);
    assert_int_equal(waitpid(reader, &how, 0), reader);
    assert_int_equal(how, 0);
    assert_int_equal(waitpid(writer, &how, 0), writer);
    assert_int_equal(how, 0);
#endif
}

/* 100,000 points that do not compress well, to another series. */
static enum kurs_status write_much(struct fixture *fixture)
{
    struct writer_options options = {.now_us = 1};
    struct kurs_import_record record = {.source = "much"};
    struct kurs_name name = fixture_name("GBP/USD");
    struct writer *writer;
    uint32_t index, seed = 1;
    assert_status(KURS_OK, writer_begin(fixture->store, &options, &writer, &fixture->error));
    assert_status(KURS_OK, writer_series(writer, &name, KURS_INSTANT, &index, &fixture->error));
    for (int64_t i = 0; i < 100000; i++) {
        seed = seed * 1103515245 + 12345;
        int64_t at_us = i * KURS_SECOND_US, coefficient = 1 + (int64_t)(seed >> 4);
        int8_t exponent = -5;
        uint64_t row = 1;
        assert_status(KURS_OK, writer_points(writer, index, 1, &at_us, &coefficient, &exponent, &row, &fixture->error));
    }
    return writer_commit(writer, &record, &fixture->error);
}

/* A disk that is full: files may not grow over a limit. The store stays as it was, and usable. */
static void a_full_disk_loses_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct stat about;
    struct rlimit unlimited;
    fixture_open(fixture);
    fixture_ticks(fixture, "EUR/USD", 5000, 0);
    assert_int_equal(stat(fixture->path, &about), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t room = 0; room < 300000; room += 10001) {
        struct rlimit limit = {(rlim_t)about.st_size + room, unlimited.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        enum kurs_status status = write_much(fixture);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &unlimited), 0);
        assert_status(KURS_ENOSPACE, status);
        fixture_verify(fixture);
        assert_int_equal(fixture_points(fixture, "GBP/USD"), 0);
        assert_int_equal(fixture_points(fixture, "EUR/USD"), 5000);
    }
    assert_status(KURS_OK, write_much(fixture));
    fixture_verify(fixture);
    assert_int_equal(fixture_points(fixture, "GBP/USD"), 100000);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, fixture_folder, fixture_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_missing_file_is_no_data_unless_created),
        CASE(creation_makes_folders),
        CASE(what_is_no_store_is_told),
        CASE(an_empty_file_is_told_with_what_to_do),
        CASE(foreign_lmdb_files_are_no_stores),
        CASE(newer_formats_are_told),
        CASE(older_formats_are_brought_up_to_date_when_opened_to_write),
        CASE(a_file_cut_short_at_any_page_is_told),
        CASE(a_page_of_zeros_anywhere_is_told),
        CASE(pages_not_in_use_may_lack_at_the_end),
        CASE(one_process_opens_a_file_once),
        CASE(a_handle_to_read_does_not_write),
        CASE(files_without_permission_are_told),
        CASE(a_small_address_space_gets_a_smaller_map),
        CASE(growth_by_another_process_is_followed_once_no_snapshot_is_open),
        CASE(a_full_disk_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
