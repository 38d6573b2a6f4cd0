/* Status codes and error texts. */
#include "unit/unit.h"

#include <errno.h>

#include "base/error.h"

static void every_status_has_its_name_text_and_exit(void **state)
{
    (void)state;
#define STATUS_CHECK(name, code, exit_status, text)               \
    assert_string_equal(kurs_status_name(KURS_##name), #name);    \
    assert_string_equal(kurs_status_text(KURS_##name), text);     \
    assert_int_equal(kurs_status_exit(KURS_##name), exit_status); \
    assert_true((code) <= 1);                                     \
    assert_true((exit_status) >= 0 && (exit_status) <= 4);
    KURS_STATUS_LIST(STATUS_CHECK)
#undef STATUS_CHECK
}

static void the_readme_lists_every_status(void **state)
{
    (void)state;
    static char page[1 << 16];
    FILE *file = fopen("README.md", "rb"); /* tests run in the top folder */
    assert_non_null(file);
    size_t length = fread(page, 1, sizeof page - 1, file);
    page[length] = '\0';
    assert_int_equal(fclose(file), 0);
#define STATUS_ROW(name, code, exit_status, text) \
    assert_non_null(strstr(page, "| `KURS_" #name "` | " #code " | " #exit_status " | " text " |\n"));
    KURS_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
}

static void unknown_status_has_static_texts(void **state)
{
    (void)state;
    assert_string_equal(kurs_status_name((enum kurs_status) - 99), "EUNKNOWN");
    assert_string_equal(kurs_status_text((enum kurs_status) - 99), "unknown status");
    assert_int_equal(kurs_status_exit((enum kurs_status) - 99), 4);
}

static void what_starts_an_error_whole(void **state)
{
    (void)state;
    struct kurs_error error;
    memset(&error, 'x', sizeof error);
    assert_int_equal(error_what(&error, KURS_ENODATA, "cannot open '%s'", "a.csv"), KURS_ENODATA);
    assert_int_equal(error.status, KURS_ENODATA);
    assert_string_equal(error.what, "cannot open 'a.csv'");
    assert_string_equal(error.why, "no such data");
    assert_string_equal(error.hint, "");
}

static void why_and_hint_replace_their_field_only(void **state)
{
    (void)state;
    struct kurs_error error;
    error_what(&error, KURS_EDECIDE, "w");
    assert_int_equal(error_why(&error, KURS_EDECIDE, "%d of %d", 3, 4), KURS_EDECIDE);
    assert_int_equal(error_hint(&error, KURS_EDECIDE, "try %s", "--date-format"), KURS_EDECIDE);
    assert_string_equal(error.what, "w");
    assert_string_equal(error.why, "3 of 4");
    assert_string_equal(error.hint, "try --date-format");
}

static void an_error_may_quote_itself(void **state)
{
    (void)state;
    struct kurs_error error;
    error_what(&error, KURS_EIO, "inner");
    error_what(&error, KURS_EIO, "outer: %s", error.what);
    assert_string_equal(error.what, "outer: inner");
}

static void long_text_is_cut_with_an_ellipsis_between_characters(void **state)
{
    (void)state;
    struct kurs_error error;
    char subject[600];
    /* every alignment of two-, three- and four-byte characters against the cut */
    static const char *const letters[] = {"a", "\xC5\x91", "\xE2\x82\xAC", "\xF0\x9F\x92\xB6"};
    for (size_t letter = 0; letter < 4; letter++) {
        for (size_t lead = 0; lead < 5; lead++) {
            size_t length = 0, step = strlen(letters[letter]);
            memset(subject, '.', lead);
            for (length = lead; length + step < sizeof subject; length += step) {
                memcpy(subject + length, letters[letter], step);
            }
            subject[length] = '\0';
            error_what(&error, KURS_EIO, "%s", subject);
            size_t size = strlen(error.what);
            assert_true(size < sizeof error.what);
            assert_true(size > sizeof error.what - 1 - 4);
            assert_string_equal(error.what + size - 3, "\xE2\x80\xA6");
            assert_int_equal((size - 3 - lead) % step, 0);
            assert_memory_equal(error.what, subject, size - 3);
        }
    }
}

static void text_that_just_fits_is_not_cut(void **state)
{
    (void)state;
    struct kurs_error error;
    char subject[sizeof error.what];
    memset(subject, 'a', sizeof subject - 1);
    subject[sizeof subject - 1] = '\0';
    error_what(&error, KURS_EIO, "%s", subject);
    assert_string_equal(error.what, subject);
}

static void system_errors_map_to_statuses(void **state)
{
    (void)state;
    static const struct {
        int system_errno;
        enum kurs_status status;
    } cases[] = {
        {ENOSPC, KURS_ENOSPACE}, {EDQUOT, KURS_ENOSPACE}, {EACCES, KURS_EACCESS}, {EPERM, KURS_EACCESS},
        {EROFS, KURS_EACCESS},   {ENOMEM, KURS_ENOMEM},   {ENOENT, KURS_ENODATA}, {EISDIR, KURS_EIO},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct kurs_error error;
        assert_int_equal(error_system(&error, cases[i].system_errno, "cannot read '%s'", "f"), cases[i].status);
        assert_int_equal(error.status, cases[i].status);
        assert_string_equal(error.what, "cannot read 'f'");
        assert_string_equal(error.why, strerror(cases[i].system_errno));
    }
}

static void no_error_struct_is_fine(void **state)
{
    (void)state;
    assert_int_equal(error_what(NULL, KURS_EIO, "x"), KURS_EIO);
    assert_int_equal(error_why(NULL, KURS_EIO, "x"), KURS_EIO);
    assert_int_equal(error_hint(NULL, KURS_EIO, "x"), KURS_EIO);
    assert_int_equal(error_system(NULL, ENOSPC, "x"), KURS_ENOSPACE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_name_text_and_exit),
        cmocka_unit_test(the_readme_lists_every_status),
        cmocka_unit_test(unknown_status_has_static_texts),
        cmocka_unit_test(what_starts_an_error_whole),
        cmocka_unit_test(why_and_hint_replace_their_field_only),
        cmocka_unit_test(an_error_may_quote_itself),
        cmocka_unit_test(long_text_is_cut_with_an_ellipsis_between_characters),
        cmocka_unit_test(text_that_just_fits_is_not_cut),
        cmocka_unit_test(system_errors_map_to_statuses),
        cmocka_unit_test(no_error_struct_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
