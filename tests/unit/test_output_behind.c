/* Writing behind: every byte, in order, and a failure told. */
#include "output/behind.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/resource.h>

/* Writes `buffers` whole ones and a short one; what arrived is checked. */
static void assert_all_arrives(size_t buffers)
{
    char *text = NULL;
    size_t length = 0, at = 0;
    FILE *out = open_memstream(&text, &length);
    struct behind *behind = behind_open(out);
    assert_non_null(behind);
    for (size_t k = 0; k <= buffers; k++) {
        size_t size = k < buffers ? BEHIND_BYTES + k % BEHIND_EXTRA : 7;
        memset(behind_buffer(behind), (int)('a' + k % 26), size);
        assert_int_equal(behind_write(behind, size), KURS_OK);
    }
    assert_int_equal(behind_close(behind), KURS_OK);
    assert_int_equal(fclose(out), 0);
    for (size_t k = 0; k <= buffers; k++) {
        size_t size = k < buffers ? BEHIND_BYTES + k % BEHIND_EXTRA : 7;
        assert_true(at + size <= length);
        for (size_t i = 0; i < size; i++, at++) {
            assert_int_equal(text[at], 'a' + k % 26);
        }
    }
    assert_int_equal(at, length);
    free(text);
}

static void every_byte_arrives_in_order(void **state)
{
    (void)state;
    for (size_t buffers = 0; buffers <= 5; buffers++) {
        assert_all_arrives(buffers);
    }
}

static void a_failure_of_the_thread_is_told_to_who_fills(void **state)
{
    (void)state;
    FILE *out = fopen("/dev/full", "w");
    assert_non_null(out);
    struct behind *behind = behind_open(out);
    enum kurs_status status = KURS_OK;
    int writes = 0;
    for (; status == KURS_OK && writes < 10; writes++) {
        memset(behind_buffer(behind), 'x', BEHIND_BYTES);
        errno = 0;
        status = behind_write(behind, BEHIND_BYTES);
    }
    assert_int_equal(status, KURS_EIO);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(writes, 2); /* the second waits for what became of the first */
    assert_int_equal(behind_close(behind), KURS_EIO);
    fclose(out);
}

static void a_failure_of_the_last_write_is_told_by_close(void **state)
{
    (void)state;
    FILE *out = fopen("/dev/full", "w");
    assert_non_null(out);
    struct behind *behind = behind_open(out);
    memset(behind_buffer(behind), 'x', BEHIND_BYTES);
    assert_int_equal(behind_write(behind, BEHIND_BYTES), KURS_OK);
    errno = 0;
    assert_int_equal(behind_close(behind), KURS_EIO);
    assert_int_equal(errno, ENOSPC);
    fclose(out);
}

static void nothing_is_written_behind_a_failure(void **state)
{
    (void)state;
    struct rlimit before, none;
    FILE *out = tmpfile();
    assert_non_null(out);
    setvbuf(out, NULL, _IONBF, 0);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    none = (struct rlimit) {.rlim_cur = 0, .rlim_max = before.rlim_max};
    struct behind *behind = behind_open(out);
    memset(behind_buffer(behind), 'x', 5);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    assert_int_equal(behind_write(behind, 5), KURS_EIO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(behind_write(behind, 5), KURS_EIO);
    assert_int_equal(ftell(out), 0);
    assert_int_equal(behind_close(behind), KURS_EIO);
    assert_int_equal(errno, EFBIG);
    fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_arrives_in_order),
        cmocka_unit_test(a_failure_of_the_thread_is_told_to_who_fills),
        cmocka_unit_test(a_failure_of_the_last_write_is_told_by_close),
        cmocka_unit_test(nothing_is_written_behind_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
