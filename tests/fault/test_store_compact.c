/* test_store_compact.c: a compaction stopped just before the new file gets the name: what others meet then, and what it
 * leaves when it is killed. The pause and the rename of the C library are replaced, so that nothing depends on time. */
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "store_fixture.h"

#define HANG_SECONDS 60 /* ends a test that waits for ever */

static int stopped[2], go_on[2];
static pid_t compactor;
static bool is_compactor, ends_at_pause;
static int pauses;

/* The library's call, in the process that compacts. */
int rename(const char *from, const char *to)
{
    char byte;
    if (is_compactor && (write(stopped[1], "", 1) != 1 || read(go_on[0], &byte, 1) != 1)) {
        _exit(100);
    }
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static void finish_compaction(void)
{
    int how;
    assert_int_equal(write(go_on[1], "", 1), 1);
    assert_int_equal(waitpid(compactor, &how, 0), compactor);
    assert_int_equal(how, 0);
}

/* The library's call, in the process that waits. */
int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    (void)wanted, (void)left;
    if (pauses++ == 0 && ends_at_pause) {
        finish_compaction();
    }
    return 0;
}

static void compact_and_exit(const char *path)
{
    struct kurs_store *store;
    uint64_t before, after;
    is_compactor = true;
    bool done = kurs_store_open(path, KURS_OPEN_WRITE, 1, &store, NULL) == KURS_OK &&
                kurs_store_compact(store, &before, &after, NULL) == KURS_OK;
    _exit(done ? 0 : 1);
}

/* A store of several commits, and another process in the midst of compacting it. */
static void start_compaction(struct fixture *fixture)
{
    char byte;
    alarm(HANG_SECONDS);
    pauses = 0;
    fixture_open(fixture);
    for (int i = 0; i < 5; i++) {
        fixture_ticks(fixture, "EUR/USD", 1000, i * 1000 * KURS_SECOND_US);
    }
    fixture_close(fixture);
    assert_int_equal(pipe(stopped), 0);
    assert_int_equal(pipe(go_on), 0);
    compactor = fork();
    assert_true(compactor >= 0);
    if (compactor == 0) {
        compact_and_exit(fixture->path);
    }
    close(stopped[1]);
    close(go_on[0]);
    assert_int_equal(read(stopped[0], &byte, 1), 1);
}

static void close_pipes(void)
{
    close(stopped[0]);
    close(go_on[1]);
    alarm(0);
}

static void opening_waits_for_the_compaction(void **state)
{
    struct fixture *fixture = *state;
    const enum kurs_open_flags flags[] = {KURS_OPEN_READ, KURS_OPEN_WRITE, KURS_OPEN_CREATE};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        start_compaction(fixture);
        ends_at_pause = true;
        assert_status(KURS_OK, kurs_store_open(fixture->path, flags[i], 1, &fixture->store, &fixture->error));
        assert_int_equal(pauses, 1);
        assert_int_equal(fixture_points(fixture, "EUR/USD"), 5000);
        if (flags[i] != KURS_OPEN_READ) {
            fixture_ticks(fixture, "GBP/USD", 10, (int64_t)i * KURS_DAY_US);
        }
        fixture_verify(fixture);
        fixture_close(fixture);
        close_pipes();
        assert_int_equal(unlink(fixture->path), 0);
    }
}

static void a_compaction_that_takes_too_long_is_told(void **state)
{
    struct fixture *fixture = *state;
    start_compaction(fixture);
    ends_at_pause = false;
    assert_status(KURS_EBUSY, kurs_store_open(fixture->path, KURS_OPEN_WRITE, 1, &fixture->store, &fixture->error));
    assert_string_equal(fixture->error.why, "another kurs is compacting it");
    assert_true(pauses > 10);
    assert_int_equal(fixture_files(fixture), 3); /* the copy in use is not removed */
    finish_compaction();
    close_pipes();
    fixture_open(fixture);
    assert_int_equal(fixture_points(fixture, "EUR/USD"), 5000);
    fixture_verify(fixture);
}

/* Store, lock, copy; then what a killed compaction left is gone, by whatever writes next. */
static void what_a_killed_compaction_leaves_is_removed(void **state)
{
    struct fixture *fixture = *state;
    int how;
    start_compaction(fixture);
    assert_int_equal(fixture_files(fixture), 3);
    assert_int_equal(kill(compactor, SIGKILL), 0);
    assert_int_equal(waitpid(compactor, &how, 0), compactor);
    close_pipes();
    assert_status(KURS_OK, kurs_store_open(fixture->path, KURS_OPEN_READ, 1, &fixture->store, &fixture->error));
    fixture_close(fixture);
    assert_int_equal(fixture_files(fixture), 3);
    assert_status(KURS_OK, kurs_store_open(fixture->path, KURS_OPEN_WRITE, 1, &fixture->store, &fixture->error));
    assert_int_equal(fixture_files(fixture), 2);
    assert_int_equal(fixture_points(fixture, "EUR/USD"), 5000);
    fixture_verify(fixture);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, fixture_folder, fixture_teardown)
    const struct CMUnitTest tests[] = {
        CASE(opening_waits_for_the_compaction),
        CASE(a_compaction_that_takes_too_long_is_told),
        CASE(what_a_killed_compaction_leaves_is_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
