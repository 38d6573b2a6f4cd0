/* Output files: whole or not at all, and what must not be replaced. */
#include "output/save.h"

#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int set_up(void **state)
{
    static char folder[64];
    snprintf(folder, sizeof folder, "/tmp/kurs-save-XXXXXX");
    *state = mkdtemp(folder);
    return *state == NULL;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"target", "link", "pipe", "file"};
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", (const char *)*state, names[i]);
        unlink(path);
    }
    return rmdir(*state); /* fails if a temporary was left */
}

static size_t count_files(const char *folder)
{
    size_t count = 0;
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        count += entry->d_name[0] != '.';
    }
    closedir(open);
    return count;
}

static void assert_content(const char *path, const char *text)
{
    char bytes[64] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, sizeof bytes - 1, file), strlen(text));
    fclose(file);
    assert_string_equal(bytes, text);
}

static enum kurs_status write_text(const char *path, const char *text, struct kurs_error *error)
{
    struct save save;
    enum kurs_status status = save_open(path, &save, error);
    if (status == KURS_OK) {
        fputs(text, save.file);
        status = save_close(&save, error);
    }
    return status == KURS_OK ? save_name(&save, error) : status;
}

static void a_link_stays_and_its_target_is_replaced_with_its_permissions(void **state)
{
    const char *folder = *state;
    char target[256], link[256];
    snprintf(target, sizeof target, "%s/target", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    assert_int_equal(write_text(target, "old", NULL), KURS_OK);
    assert_int_equal(chmod(target, 0640), 0);
    assert_int_equal(symlink("target", link), 0);
    assert_int_equal(write_text(link, "new", NULL), KURS_OK);
    struct stat about;
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(stat(target, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
    assert_content(target, "new");
}

static void what_is_no_regular_file_is_written_as_it_stands(void **state)
{
    const char *folder = *state;
    char pipe[256], bytes[8] = "";
    snprintf(pipe, sizeof pipe, "%s/pipe", folder);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    int reader = open(pipe, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_int_equal(write_text(pipe, "text", NULL), KURS_OK);
    assert_int_equal(read(reader, bytes, sizeof bytes), 4);
    assert_string_equal(bytes, "text");
    close(reader);
    struct stat about;
    assert_int_equal(lstat(pipe, &about), 0);
    assert_true(S_ISFIFO(about.st_mode));
    struct kurs_error error;
    assert_int_equal(write_text(folder, "x", &error), KURS_EIO);
    assert_non_null(strstr(error.why, "directory"));
}

static void nothing_is_left_of_what_was_given_up(void **state)
{
    const char *folder = *state;
    char path[256];
    struct save save;
    snprintf(path, sizeof path, "%s/file", folder);
    assert_int_equal(write_text(path, "old", NULL), KURS_OK);
    assert_int_equal(save_open(path, &save, NULL), KURS_OK);
    fputs("half", save.file);
    save_abandon(&save);
    assert_content(path, "old");
    save_abandon(&save); /* that a temporary is left, tear_down would see */
}

static void a_link_where_the_temporary_would_be_is_not_followed(void **state)
{
    const char *folder = *state;
    char target[256], file[256], link[256];
    snprintf(target, sizeof target, "%s/target", folder);
    snprintf(file, sizeof file, "%s/file", folder);
    snprintf(link, sizeof link, "%s/file.part-%ld.1", folder, (long)getpid());
    assert_int_equal(write_text(target, "victim", NULL), KURS_OK);
    assert_int_equal(symlink("target", link), 0);
    assert_int_equal(write_text(file, "new", NULL), KURS_OK);
    assert_content(target, "victim");
    assert_content(file, "new");
    struct stat about;
    assert_int_equal(lstat(file, &about), 0);
    assert_true(S_ISREG(about.st_mode));
    assert_int_equal(unlink(link), 0);
}

static void what_replaces_a_private_file_is_private_from_the_start(void **state)
{
    const char *folder = *state;
    char path[256];
    struct save save;
    struct stat about;
    snprintf(path, sizeof path, "%s/file", folder);
    assert_int_equal(write_text(path, "old", NULL), KURS_OK);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(save_open(path, &save, NULL), KURS_OK);
    assert_int_equal(stat(save.temporary, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(fcntl(fileno(save.file), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC); /* gnuplot gets none of it */
    save_abandon(&save);
}

static void all_without_a_name_are_removed_at_once(void **state)
{
    const char *folder = *state;
    struct save one, other;
    char path[256];
    struct save_set files = {.count = 0};
    snprintf(path, sizeof path, "%s/file", folder);
    assert_int_equal(save_open(path, &one, NULL), KURS_OK);
    assert_int_equal(save_open(path, &other, NULL), KURS_OK);
    assert_int_equal(save_set_add(&files, path, "text", 4, NULL), KURS_OK);
    assert_int_equal(write_text(path, "whole", NULL), KURS_OK);
    save_abandon(&one); /* out of the middle of the list */
    assert_int_equal(count_files(folder), 3);
    save_remove_all();
    assert_int_equal(count_files(folder), 1);
    assert_content(path, "whole");
    save_abandon(&other);
    save_set_release(&files);
    save_remove_all();
    assert_int_equal(count_files(folder), 1);
}

static void a_link_to_nothing_yet_stays_too(void **state)
{
    const char *folder = *state;
    char target[256], link[256], more[256];
    struct stat about;
    struct kurs_error error;
    snprintf(target, sizeof target, "%s/target", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    snprintf(more, sizeof more, "%s/pipe", folder);
    assert_int_equal(symlink("target", link), 0);
    assert_int_equal(symlink(link, more), 0);
    assert_int_equal(write_text(more, "new", NULL), KURS_OK);
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(lstat(more, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_content(target, "new");
    assert_int_equal(unlink(link) + unlink(target), 0);
    assert_int_equal(symlink("pipe", link), 0); /* round and round */
    assert_int_equal(write_text(more, "new", &error), KURS_EIO);
}

static void a_stream_that_failed_is_no_file(void **state)
{
    const char *folder = *state;
    char path[256];
    struct save save;
    struct kurs_error error;
    snprintf(path, sizeof path, "%s/file", folder);
    assert_int_equal(save_open(path, &save, &error), KURS_OK);
    assert_non_null(freopen("/dev/full", "w", save.file));
    fputs("text", save.file);
    assert_int_equal(save_close(&save, &error), KURS_ENOSPACE);
    assert_int_equal(access(path, F_OK), -1);
}

static void files_get_their_names_together(void **state)
{
    (void)state;
    char folder[] = "/tmp/kurs-save-XXXXXX", path[64], blocked[64];
    struct save_set files = {.count = 0};
    struct kurs_error error;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.svg", folder);
    snprintf(blocked, sizeof blocked, "%s/none/b.svg", folder);
    assert_int_equal(save_set_add(&files, path, "old", 3, &error), KURS_OK);
    assert_int_equal(save_set_name(&files, &error), KURS_OK);
    save_set_release(&files);
    assert_int_equal(count_files(folder), 1);

    assert_int_equal(save_set_add(&files, path, "new", 3, &error), KURS_OK);
    assert_int_equal(save_set_add(&files, blocked, "new", 3, &error), KURS_EIO);
    assert_int_equal(files.count, 1);
    assert_int_equal(count_files(folder), 2);
    save_set_release(&files);
    assert_int_equal(count_files(folder), 1);
    char text[8] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(text, 1, sizeof text - 1, file), 3);
    assert_string_equal(text, "old");
    fclose(file);
    assert_int_equal(remove(path) + remove(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_link_stays_and_its_target_is_replaced_with_its_permissions, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_regular_file_is_written_as_it_stands, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_left_of_what_was_given_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stream_that_failed_is_no_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_link_to_nothing_yet_stays_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_without_a_name_are_removed_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_link_where_the_temporary_would_be_is_not_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_replaces_a_private_file_is_private_from_the_start, set_up, tear_down),
        cmocka_unit_test(files_get_their_names_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
