/* The text of an import: encodings, byte-order marks, packed files, pipes, reading again. */
#include "ingest/encoding.h"
#include "ingest/input.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#ifdef KURS_HAVE_ARCHIVE
#include <archive.h>
#include <archive_entry.h>
#endif

#include <cmocka.h>

static char folder[64], path[128];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/kurs-input-XXXXXX");
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void write_file(const char *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

/* All text from where the input stands, in pieces of `capacity`. */
static size_t read_all(struct input *input, char *text, size_t room, size_t capacity)
{
    size_t have = 0, count;
    enum kurs_status status;
    while ((status = input_read(input, text + have, capacity < room - have ? capacity : room - have, &count, NULL)) ==
           KURS_OK) {
        have += count;
        assert_true(have <= room - 16);
    }
    assert_int_equal(status, KURS_END);
    return have;
}

static void assert_text(const char *bytes, size_t count, const char *encoding, const char *expected,
                        const char *expected_encoding)
{
    write_file(bytes, count);
    struct input *input;
    struct kurs_error error;
    assert_int_equal(input_open(path, -1, "dir/eurusd.csv", encoding, false, &input, &error), KURS_OK);
    const struct sniff_input *head = input_head(input);
    assert_string_equal(head->name, "eurusd.csv");
    assert_true(head->whole);
    assert_int_equal(head->bytes, strlen(expected));
    assert_memory_equal(head->text, expected, head->bytes);
    assert_string_equal(head->encoding, expected_encoding);
    char text[512];
    assert_int_equal(read_all(input, text, sizeof text, 16), strlen(expected));
    assert_memory_equal(text, expected, strlen(expected));
    input_close(input);
}

static void text_is_converted_to_utf8_and_its_mark_dropped(void **state)
{
    (void)state;
    assert_text("a,b\n", 4, NULL, "a,b\n", "UTF-8");
    assert_text("\xEF\xBB\xBF"
                "a\n",
                5, NULL, "a\n", "UTF-8");
    assert_text("\xFF\xFE"
                "a\0\xA3\0\n\0",
                8, NULL, "a\xC2\xA3\n", "UTF-16LE");
    assert_text("\xFE\xFF\0a\0\n", 6, "utf-16", "a\n", "UTF-16BE"); /* the mark says what the name leaves open */
    assert_text("\0D\0a\0t\0e\0,\0U\0S\0D\0\n", 18, "UTF-16", "Date,USD\n", "UTF-16BE");
    assert_text("a\0\n\0", 4, "UTF-16LE", "a\n", "UTF-16LE");
    assert_text("D\0a\0t\0e\0,\0U\0S\0D\0\n\0", 18, NULL, "Date,USD\n", "UTF-16LE");
    assert_text("\xC4\xEE\xEB\xEB\xE0\xF0 \xD1\xD8\xC0\n", 11, NULL, "Доллар США\n", "CP1251");
    assert_text("dolar ameryka\xF1ski;z\xB3oty\n", 24, NULL, "dolar amerykański;złoty\n", "CP1250");
    assert_text("Units per \xA3"
                "1\n",
                13, "CP1252", "Units per £1\n", "CP1252");
    assert_text("\x94N,\x8C\x8E,\x93\xFA\n", 9, NULL, "年,月,日\n", "CP932");
    assert_text("\xA3\n", 2, "ISO-8859-2", "Ł\n", "ISO-8859-2");
}

static void replacements_stay_within_the_room_given(void **state)
{
    (void)state;
    char bytes[64], text[64];
    struct encoding *encoding;
    memset(bytes, 0xFF, sizeof bytes);
    assert_int_equal(encoding_open("EUC-KR", &encoding, NULL), KURS_OK);
    for (size_t room = ENCODING_ROOM_MIN; room < 32; room++) {
        size_t used, written;
        memset(text, '!', sizeof text);
        encoding_convert(encoding, bytes, sizeof bytes, true, text, room, &used, &written);
        assert_int_equal(used, room / 3);
        assert_int_equal(written, 3 * used);
        assert_int_equal(text[written], '!');
    }
    encoding_close(encoding);
}

static void bytes_that_are_no_character_become_a_replacement(void **state)
{
    (void)state;
    assert_text("a\0\xDC\xD8"
                "b\0",
                6, "UTF-16LE",
                "a\xEF\xBF\xBD"
                "b",
                "UTF-16LE");
    assert_text("a\0b", 3, "UTF-16LE", "a\xEF\xBF\xBD", "UTF-16LE");
}

static void an_unknown_encoding_is_an_argument_error(void **state)
{
    (void)state;
    write_file("a\n", 2);
    struct input *input = NULL;
    struct kurs_error error;
    assert_int_equal(input_open(path, -1, "a", "no-such-page", false, &input, &error), KURS_EARGUMENT);
    assert_null(input);
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    unlink(path);
    struct input *input = NULL;
    struct kurs_error error;
    assert_int_equal(input_open(path, -1, "rates.csv", NULL, false, &input, &error), KURS_EIO);
    assert_non_null(strstr(error.what, "rates.csv"));
    write_file("", 0);
}

/* 3 MiB of numbered lines, in CP1251 so that conversion runs too. */
static char *long_text(size_t *bytes)
{
    char *text = malloc((size_t)3 << 20);
    size_t have = 0;
    for (int i = 0; have < ((size_t)3 << 20) - 32; i++) {
        have += (size_t)sprintf(text + have, "%d,\xF0\xF3\xE1\xEB\xFC\n", i);
    }
    *bytes = have;
    return text;
}

struct seen {
    size_t bytes, pieces;
    unsigned sum;
    bool cut;
};

static bool see(void *context, const char *lines, size_t bytes)
{
    struct seen *seen = context;
    seen->bytes += bytes;
    seen->pieces++;
    seen->cut |= lines[bytes - 1] != '\n';
    for (size_t i = 0; i < bytes; i++) {
        seen->sum = seen->sum * 31 + (unsigned char)lines[i];
    }
    return true;
}

static void a_long_file_is_scanned_in_whole_lines_and_read_again(void **state)
{
    (void)state;
    size_t bytes;
    char *stored = long_text(&bytes);
    write_file(stored, bytes);
    struct input *input;
    struct kurs_error error;
    assert_int_equal(input_open(path, -1, "x", NULL, false, &input, &error), KURS_OK);
    assert_false(input_head(input)->whole);
    assert_true(input_head(input)->bytes <= INPUT_HEAD_BYTES);
    assert_int_equal(input_head(input)->text[input_head(input)->bytes - 1], '\n');
    struct seen first = {0}, second = {0};
    assert_int_equal(input_scan(input, see, &first, &error), KURS_OK);
    assert_true(first.pieces > 1);
    assert_false(first.cut);
    char *text = malloc(2 * bytes + 64);
    size_t have = read_all(input, text, 2 * bytes + 64, 65536);
    see(&second, text, have);
    assert_int_equal(first.bytes, second.bytes);
    assert_int_equal(first.sum, second.sum);
    assert_int_equal(input_bytes_read(input), bytes);
    assert_int_equal(input_bytes_total(input), bytes);
    input_close(input);
    free(text);
    free(stored);
}

static void a_pipe_can_be_read_again_only_while_it_is_in_the_head(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a,1\nb,2\n", 8), 8);
    close(ends[1]);
    struct input *input;
    struct kurs_error error;
    assert_int_equal(input_open(NULL, ends[0], "-", NULL, false, &input, &error), KURS_OK);
    char text[64];
    assert_int_equal(read_all(input, text, sizeof text, 16), 8);
    assert_int_equal(input_rewind(input, &error), KURS_OK);
    assert_int_equal(read_all(input, text, sizeof text, 16), 8);
    input_close(input);
    close(ends[0]);
}

static void a_followed_stream_gives_its_head_when_a_line_is_there(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "2024-01-02,EUR/USD,1.1\n", 23), 23);
    struct input *input; /* the writer is still open: waiting for more would hang */
    struct kurs_error error;
    assert_int_equal(input_open(NULL, ends[0], "-", NULL, true, &input, &error), KURS_OK);
    assert_int_equal(input_head(input)->bytes, 23);
    assert_false(input_head(input)->whole);
    char text[64];
    size_t count;
    assert_int_equal(input_read(input, text, sizeof text, &count, &error), KURS_OK);
    assert_int_equal(write(ends[1], "x\n", 2), 2);
    assert_int_equal(input_read(input, text, sizeof text, &count, &error), KURS_OK);
    assert_int_equal(count, 2);
    assert_int_equal(input_rewind(input, &error), KURS_END);
    close(ends[1]);
    input_close(input);
    close(ends[0]);
}

#ifdef KURS_HAVE_ARCHIVE

static void pack(int filter, bool zip, const char *const *names, const char *const *texts, int files)
{
    struct archive *archive = archive_write_new();
    if (zip) {
        archive_write_set_format_zip(archive);
    } else {
        archive_write_set_format_raw(archive);
        archive_write_add_filter(archive, filter);
    }
    assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
    for (int i = 0; i < files; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, names[i]);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)strlen(texts[i]));
        archive_write_header(archive, entry);
        archive_write_data(archive, texts[i], strlen(texts[i]));
        archive_entry_free(entry);
    }
    archive_write_close(archive);
    archive_write_free(archive);
}

static void packed_files_are_unpacked_and_named_without_their_suffix(void **state)
{
    (void)state;
    static const struct {
        int filter;
        const char *name;
    } cases[] = {{ARCHIVE_FILTER_GZIP, "EURUSD.csv.gz"},
                 {ARCHIVE_FILTER_ZSTD, "EURUSD.csv.zst"},
                 {ARCHIVE_FILTER_XZ, "EURUSD.csv.xz"}};
    for (size_t i = 0; i < 3; i++) {
        pack(cases[i].filter, false, (const char *[]) {"data"}, (const char *[]) {"a,b\n1,2\n"}, 1);
        struct input *input;
        struct kurs_error error;
        assert_int_equal(input_open(path, -1, cases[i].name, NULL, false, &input, &error), KURS_OK);
        assert_string_equal(input_head(input)->name, "EURUSD.csv");
        char text[64];
        assert_int_equal(read_all(input, text, sizeof text, 16), 8);
        assert_memory_equal(text, "a,b\n1,2\n", 8);
        input_close(input);
    }
}

static void a_zip_gives_its_only_file_or_its_only_csv(void **state)
{
    (void)state;
    const char *names[] = {"note.txt", "DAT_ASCII_EURUSD.csv", "more.csv"}, *texts[] = {"note", "a;b\n", "c;d\n"};
    struct input *input;
    struct kurs_error error;
    for (int files = 1; files <= 2; files++) {
        pack(0, true, names + 2 - files, texts + 2 - files, files);
        assert_int_equal(input_open(path, -1, "x.zip", NULL, false, &input, &error), KURS_OK);
        assert_string_equal(input_head(input)->name, "DAT_ASCII_EURUSD.csv");
        assert_int_equal(input_files(input), files);
        char text[64];
        assert_int_equal(read_all(input, text, sizeof text, 16), 4);
        assert_memory_equal(text, "a;b\n", 4);
        input_close(input);
    }
    pack(0, true, names, texts, 3);
    assert_int_equal(input_open(path, -1, "x.zip", NULL, false, &input, &error), KURS_EREFUSED);
    assert_string_equal(error.what, "cannot unpack 'x.zip'");
    assert_non_null(strstr(error.why, "3 files"));
}

static void a_damaged_packed_file_is_refused(void **state)
{
    (void)state;
    write_file("\x1F\x8B\x08\x00garbage that is no deflate stream", 37);
    struct input *input;
    struct kurs_error error;
    assert_int_equal(input_open(path, -1, "x.gz", NULL, false, &input, &error), KURS_EREFUSED);
}

static size_t read_file(char *bytes, size_t room)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t count = fread(bytes, 1, room, file);
    fclose(file);
    return count;
}

static void every_cut_of_a_gzip_file_and_every_flip_that_matters_is_refused(void **state)
{
    (void)state;
    enum { HEAD_BYTES = 10, SPARE_BITS_MAX = 7 }; /* its time and system mean nothing, nor do bits behind the data */
    char bytes[512], bad[512];
    size_t harmless = 0;
    pack(ARCHIVE_FILTER_GZIP, false, (const char *[]) {"data"}, (const char *[]) {"a,b\n1,2\n3,4\n"}, 1);
    size_t count = read_file(bytes, sizeof bytes);
    struct input *input;
    struct kurs_error error;
    for (size_t bit = 8 * HEAD_BYTES; bit < 8 * count; bit++) {
        memcpy(bad, bytes, count);
        bad[bit / 8] ^= (char)(1 << bit % 8);
        write_file(bad, count);
        if (input_open(path, -1, "x.gz", NULL, false, &input, &error) == KURS_OK) {
            assert_memory_equal(input_head(input)->text, "a,b\n1,2\n3,4\n", 12);
            harmless++;
            input_close(input);
        }
    }
    assert_true(harmless <= SPARE_BITS_MAX);
    for (size_t cut = HEAD_BYTES; cut < count; cut++) {
        write_file(bytes, cut);
        assert_int_equal(input_open(path, -1, "x.gz", NULL, false, &input, &error), KURS_EREFUSED);
    }
}

static void a_gzip_file_may_have_several_members_and_padding(void **state)
{
    (void)state;
    char bytes[512];
    pack(ARCHIVE_FILTER_GZIP, false, (const char *[]) {"data"}, (const char *[]) {"a,b\n"}, 1);
    size_t count = read_file(bytes, sizeof bytes);
    memcpy(bytes + count, bytes, count);
    memset(bytes + 2 * count, 0, 7);
    for (size_t padding = 0; padding < 8; padding++) {
        write_file(bytes, 2 * count + padding);
        struct input *input;
        assert_int_equal(input_open(path, -1, "x.gz", NULL, false, &input, NULL), KURS_OK);
        char text[64];
        assert_int_equal(read_all(input, text, sizeof text, 16), 8);
        assert_memory_equal(text, "a,b\na,b\n", 8);
        input_close(input);
    }
}

static void a_packed_file_of_nothing_is_empty(void **state)
{
    (void)state;
    struct input *input;
    struct kurs_error error;
    pack(ARCHIVE_FILTER_GZIP, false, (const char *[]) {"data"}, (const char *[]) {""}, 1);
    assert_int_equal(input_open(path, -1, "x.gz", NULL, false, &input, NULL), KURS_OK);
    assert_true(input_head(input)->whole);
    assert_int_equal(input_head(input)->bytes, 0);
    input_close(input);
    pack(ARCHIVE_FILTER_ZSTD, false, (const char *[]) {"data"}, (const char *[]) {""}, 1);
    assert_int_equal(input_open(path, -1, "x.zst", NULL, false, &input, &error), KURS_EREFUSED);
    assert_string_equal(error.why, "it is empty");
}

#endif

static void on_alarm(int number)
{
    (void)number;
}

static void a_signal_is_not_taken_for_text(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a,b\n", 4), 4);
    struct input *input;
    assert_int_equal(input_open(NULL, ends[0], "-", NULL, true, &input, NULL), KURS_OK);
    char text[32];
    size_t bytes;
    assert_int_equal(input_read(input, text, sizeof text, &bytes, NULL), KURS_OK);
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART}, before;
    struct itimerval every = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
    assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &every, NULL), 0);
    bool ready = input_wait(input, KURS_MINUTE_US);
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &before, NULL);
    assert_false(ready);
    assert_int_equal(write(ends[1], "c\n", 2), 2);
    assert_true(input_wait(input, 0));
    input_close(input);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_converted_to_utf8_and_its_mark_dropped),
        cmocka_unit_test(bytes_that_are_no_character_become_a_replacement),
        cmocka_unit_test(replacements_stay_within_the_room_given),
        cmocka_unit_test(an_unknown_encoding_is_an_argument_error),
        cmocka_unit_test(a_missing_file_is_named),
        cmocka_unit_test(a_long_file_is_scanned_in_whole_lines_and_read_again),
        cmocka_unit_test(a_pipe_can_be_read_again_only_while_it_is_in_the_head),
        cmocka_unit_test(a_followed_stream_gives_its_head_when_a_line_is_there),
#ifdef KURS_HAVE_ARCHIVE
        cmocka_unit_test(packed_files_are_unpacked_and_named_without_their_suffix),
        cmocka_unit_test(a_zip_gives_its_only_file_or_its_only_csv),
        cmocka_unit_test(a_damaged_packed_file_is_refused),
        cmocka_unit_test(every_cut_of_a_gzip_file_and_every_flip_that_matters_is_refused),
        cmocka_unit_test(a_gzip_file_may_have_several_members_and_padding),
        cmocka_unit_test(a_packed_file_of_nothing_is_empty),
#endif
        cmocka_unit_test(a_signal_is_not_taken_for_text),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
