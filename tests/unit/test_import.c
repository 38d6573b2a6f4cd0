/* kurs_import end to end on small texts: counts add up, rejects are told, nothing is half done. */
#include "kurs.h"

#include "base/crc32c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_US (INT64_C(1765584000) * KURS_SECOND_US) /* 2025-12-13 */

static char folder[64], file[128];
static struct kurs_store *store;

/* What the callbacks were told. */
static char told[8192];
static int64_t clock_now_us;

static void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void tell(const char *format, ...)
{
    size_t length = strlen(told);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(told + length, sizeof told - length, format, arguments);
    va_end(arguments);
}

static void on_reject(void *context, const struct kurs_reject *reject)
{
    (void)context;
    tell("%llu@%llu %s [%.*s]\n", (unsigned long long)reject->line, (unsigned long long)reject->byte, reject->reason,
         (int)reject->raw_bytes, reject->raw);
}

static void on_note(void *context, enum kurs_note note, const char *text)
{
    (void)context;
    if (note == KURS_NOTE_WARNING || note == KURS_NOTE_INFO || note == KURS_NOTE_POINT) {
        tell("%s\n", text);
    }
}

static int64_t clock_us(void *context)
{
    (void)context;
    return clock_now_us += KURS_SECOND_US; /* every look is a second later */
}

static struct kurs_import_options make_options(void)
{
    return (struct kurs_import_options) {.skip_lines = -1,
                                         .now_us = NOW_US,
                                         .at_us = INT64_MIN,
                                         .threads = 2,
                                         .on_reject = on_reject,
                                         .on_note = on_note,
                                         .clock_us = clock_us};
}

static int open_store(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/kurs-import-XXXXXX");
    if (!mkdtemp(folder)) {
        return -1;
    }
    char path[128];
    snprintf(path, sizeof path, "%s/s.kurs", folder);
    snprintf(file, sizeof file, "%s/rates.csv", folder);
    told[0] = '\0';
    return kurs_store_open(path, KURS_OPEN_CREATE, NOW_US, &store, NULL) == KURS_OK ? 0 : -1;
}

static int close_store(void **state)
{
    (void)state;
    char command[256];
    kurs_store_close(store);
    static const char *const names[] = {"s.kurs", "s.kurs-lock", "rates.csv"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(command, sizeof command, "%s/%s", folder, names[i]);
        unlink(command);
    }
    return rmdir(folder);
}

static enum kurs_status import_text(const char *text, const struct kurs_import_options *options,
                                    struct kurs_counts *counts, struct kurs_error *error)
{
    FILE *stream = fopen(file, "wb");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
    told[0] = '\0';
    return kurs_import(store, file, -1, "rates.csv", options, counts, error);
}

/* "rows added identical replaced kept blank rejected", checked to add up. */
static const char *import_counts(const char *text, const struct kurs_import_options *options)
{
    static char result[128];
    struct kurs_counts counts;
    struct kurs_error error;
    enum kurs_status status = import_text(text, options, &counts, &error);
    if (status != KURS_OK) {
        snprintf(result, sizeof result, "%s", kurs_status_name(status));
        return result;
    }
    assert_int_equal(counts.rows,
                     counts.added + counts.identical + counts.replaced + counts.kept + counts.blank + counts.rejected);
    snprintf(result, sizeof result, "%d %d %d %d %d %d %d", (int)counts.rows, (int)counts.added, (int)counts.identical,
             (int)counts.replaced, (int)counts.kept, (int)counts.blank, (int)counts.rejected);
    return result;
}

static uint64_t points_of(const char *name)
{
    struct kurs_snapshot *snapshot;
    struct kurs_series series = {.points = 0};
    assert_int_equal(kurs_snapshot_open(store, KURS_KNOWN_LATEST, &snapshot, NULL), KURS_OK);
    enum kurs_status status = kurs_series_find(snapshot, name, &series, NULL);
    kurs_snapshot_close(snapshot);
    return status == KURS_OK ? series.points : 0;
}

static void a_second_import_of_a_file_changes_nothing(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    const char *text =
        "time,pair,rate\n2025-12-11,KGS/USD,0.01144\n2025-12-12,KGS/USD,0.01144\n2025-12-12,KZT/USD,0.1\n";
    assert_string_equal(import_counts(text, &options), "3 3 0 0 0 0 0");
    assert_string_equal(import_counts(text, &options), "3 0 3 0 0 0 0");
    assert_int_equal(points_of("KGS/USD"), 2);
}

static void every_cell_is_counted_once(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    options.base = "EUR";
    const char *text = "Date,USD,HUF\n2025-12-01,1.1,400\n2025-12-02,1.1,400\n2025-12-03,1.1,400\n2025-12-04,1.1,"
                       "400\n2025-12-09,1.1,400\n"
                       "2025-12-10,N/A,401\n2025-12-11,1.2,4x2\n\n2025-12-12,1.3\n";
    assert_string_equal(import_counts(text, &options), "16 13 0 0 0 2 1");
    assert_string_equal(told, "8@127 '4x2' is no number [2025-12-11,1.2,4x2]\n");
    text = "Date,USD,HUF\n2025-12-09,1.1,500\n2025-12-10,1.15,401\n2025-12-11,1.2,402\n";
    assert_string_equal(import_counts(text, &options), "6 2 3 1 0 0 0");
    options.on_conflict = KURS_KEEP;
    text = "Date,USD,HUF\n2025-12-09,1.1,600\n2025-12-10,1.15,401\n2025-12-11,1.2,402\n";
    assert_string_equal(import_counts(text, &options), "6 0 5 0 1 0 0");
    options.on_conflict = KURS_FAIL;
    assert_string_equal(import_counts(text, &options), "ECONFLICT");
}

static void another_value_for_a_date_names_both_lines_and_the_row(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    const char *text = "time,pair,rate\n2025-12-11,KGS/USD,0.01144\n2025-12-12,KGS/USD,0.01145\n"
                       "2025-12-11,KGS/USD,0.01146\n2025-12-12,KGS/USD,0.011450\n";
    assert_string_equal(import_counts(text, &options), "4 2 1 0 0 0 1");
    assert_string_equal(told, "4@69 KGS/USD 2025-12-11 has another rate on line 2, which stays "
                              "[2025-12-11,KGS/USD,0.01146]\n");
}

static void strict_and_dry_runs_write_nothing(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    const char *bad = "time,pair,rate\n2025-12-11,KGS/USD,0.01144\n2025-12-12,KGS/USD,-1\n2025-12-13,KGS/USD,1\n";
    options.strict = true;
    assert_string_equal(import_counts(bad, &options), "ECHECK");
    assert_int_equal(points_of("KGS/USD"), 0);
    options.strict = false;
    options.dry_run = true;
    assert_string_equal(import_counts(bad, &options), "3 2 0 0 0 0 1");
    assert_non_null(strstr(told, "2025-12-11 KGS/USD 0.01144\n"));
    assert_int_equal(points_of("KGS/USD"), 0);
}

static void a_footer_is_no_reject_and_what_lies_ahead_is(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    options.pair = "USD/CNY";
    const char *text = "Date,Rate\n2025-12-11,7.1\n2025-12-12,7.2\n2025-12-16,7.3\n2025-12-13,7.2\nPeriod High,7.3\n";
    assert_string_equal(import_counts(text, &options), "4 3 0 0 0 0 1");
    assert_non_null(strstr(told, "4@40 '2025-12-16' is more than 2 days ahead"));
    assert_non_null(strstr(told, "1 footer line from line 6 on left out"));
}

static void jumps_and_contradictions_are_imported_with_a_warning(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    options.pair = "EUR/USD";
    const char *text = "Date,Rate\n2025-12-01,1.25\n2025-12-02,1.25\n2025-12-03,1.25\n";
    assert_string_equal(import_counts(text, &options), "3 3 0 0 0 0 0");
    assert_string_equal(told, "");
    text = "Date,Rate\n2025-12-04,0.8\n2025-12-05,0.8\n2025-12-06,0.8\n";
    assert_string_equal(import_counts(text, &options), "3 3 0 0 0 0 0");
    assert_string_equal(told, "EUR/USD looks inverted against the stored history\n");
    text = "Date,Rate\n2025-12-07,80\n2025-12-08,80\n2025-12-09,0.8\n2025-12-10,80\n";
    assert_string_equal(import_counts(text, &options), "4 4 0 0 0 0 0");
    assert_string_equal(told, "EUR/USD jumps over 20-fold on line 4\n");
    text = "Date,Rate\n2025-12-11,8000\n2025-12-12,8000\n2025-12-13,8000\n";
    assert_string_equal(import_counts(text, &options), "3 3 0 0 0 0 0");
    assert_string_equal(told, "EUR/USD looks 100 times too high against the stored history\n");
}

static void a_ticker_repeated_in_a_page_is_one_quote_each(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    char text[4096] = "<html><p>12 December 2025</p>\n";
    for (int i = 0; i < 8; i++) {
        strcat(text, "<li>• KGS/USD = 0.01144 0%</li>\n<li>• UZS/USD = 0.00008 0%</li>\nNews.\n");
    }
    assert_string_equal(import_counts(text, &options), "16 2 14 0 0 0 0");
    struct kurs_counts counts;
    struct kurs_error error;
    assert_int_equal(import_text("• KGS/USD = 0.01144 0%\n", &options, &counts, &error), KURS_EDECIDE);
    assert_non_null(strstr(error.hint, "--at"));
    options.at_us = NOW_US;
    assert_string_equal(import_counts("• KGS/USD = 0.01150 0%\n", &options), "1 1 0 0 0 0 0");
}

static void a_stream_is_committed_while_it_flows(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    options.follow = true;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const char *text = "time,pair,rate\n2025-12-11T10:00:00Z,KGS/USD,0.01144\n2025-12-11T10:00:01Z,KGS/USD,0.01145\n"
                       "2025-12-11T10:00:02Z,KGS/USD,0.01145\n2025-12-11T10:00:03Z,KGS/USD,0.01145\n"
                       "2025-12-11T10:00:04Z,KGS/USD,0.01145\n2025-12-11T10:00:05Z,KGS/USD,x1\n";
    assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
    close(ends[1]);
    struct kurs_counts counts;
    struct kurs_error error;
    assert_int_equal(kurs_import(store, NULL, ends[0], "-", &options, &counts, &error), KURS_OK);
    assert_int_equal(counts.rows, 6);
    assert_int_equal(counts.added, 5);
    assert_int_equal(counts.rejected, 1);
    assert_int_equal(points_of("KGS/USD"), 5);
    close(ends[0]);
}

static void a_file_without_rates_is_refused_and_leaves_no_trace(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    struct kurs_counts counts = {.rows = 77};
    struct kurs_error error;
    assert_int_equal(import_text("", &options, &counts, &error), KURS_EREFUSED);
    assert_int_equal(import_text("hello\nworld\n", &options, &counts, &error), KURS_EREFUSED);
    assert_int_equal(counts.rows, 77);
    struct kurs_snapshot *snapshot;
    struct kurs_import_record record;
    assert_int_equal(kurs_snapshot_open(store, KURS_KNOWN_LATEST, &snapshot, NULL), KURS_OK);
    assert_int_equal(kurs_import_next(snapshot, 0, &record, NULL), KURS_END);
    kurs_snapshot_close(snapshot);
}

static void the_record_says_what_was_read(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    const char *text = "time,pair,rate\n2025-12-11,KGS/USD,0.01144\n";
    assert_string_equal(import_counts(text, &options), "1 1 0 0 0 0 0");
    struct kurs_snapshot *snapshot;
    struct kurs_import_record record;
    assert_int_equal(kurs_snapshot_open(store, KURS_KNOWN_LATEST, &snapshot, NULL), KURS_OK);
    assert_int_equal(kurs_import_next(snapshot, 0, &record, NULL), KURS_OK);
    kurs_snapshot_close(snapshot);
    assert_string_equal(record.source, "rates.csv");
    assert_int_equal(record.bytes, strlen(text));
    assert_int_equal(record.counts.added, 1);
    assert_int_equal(record.when_us, NOW_US);
    assert_non_null(strstr(record.format, "2025-12-11"));
}

static struct kurs_import_record last_record(void)
{
    struct kurs_snapshot *snapshot;
    struct kurs_import_record record = {.id = 0};
    assert_int_equal(kurs_snapshot_open(store, KURS_KNOWN_LATEST, &snapshot, NULL), KURS_OK);
    while (kurs_import_next(snapshot, record.id, &record, NULL) == KURS_OK) {
    }
    kurs_snapshot_close(snapshot);
    return record;
}

static void the_record_has_all_bytes_though_rows_are_read_again(void **state)
{
    (void)state;
    enum { DAYS = 100000 }; /* over the head of the input, so that rows are read again from the file */
    struct kurs_import_options options = make_options();
    char *text = malloc(DAYS * 24 + 64), time[KURS_TIME_SIZE];
    size_t bytes = (size_t)sprintf(text, "date,EUR/USD\n");
    for (int i = 0; i <= DAYS; i++) {
        kurs_time_format(NOW_US - (int64_t)(i < DAYS ? i : 0) * KURS_DAY_US, KURS_DAILY, time);
        bytes += (size_t)sprintf(text + bytes, "%s,%s\n", time, i < DAYS ? "1.1000" : "1.2000");
    }
    struct kurs_counts counts;
    assert_int_equal(import_text(text, &options, &counts, NULL), KURS_OK);
    assert_int_equal(counts.rejected, 1);
    struct kurs_import_record record = last_record();
    assert_int_equal(record.bytes, bytes);
    assert_int_equal(record.crc32c, crc32c(0, text, bytes));
    free(text);
}

static void lines_of_price_texts_are_counted_from_one(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    assert_string_equal(import_counts("2025-01-01\nKGS/USD = 0.01144\nKGS/USD = 0.01155\n", &options), "2 1 0 0 0 0 1");
    assert_string_equal(told, "3@29 another rate than line 2 for the same time [KGS/USD = 0.01155]\n");
    assert_string_equal(import_counts("P 2025-01-01 EUR 1.1 USD\nP 2025-01-99 EUR 1.1 USD\n", &options),
                        "2 1 0 0 0 0 1");
    assert_string_equal(told, "2@25 a price line that cannot be read [P 2025-01-99 EUR 1.1 USD]\n");
    assert_string_equal(import_counts("P 2025-01-02 EUR 1.1 USD\nP 2025-01-02 EUR 1.2 USD\n", &options),
                        "2 1 0 0 0 0 1");
    assert_string_equal(told, "2@25 EUR/USD 2025-01-02 has another rate on line 1, which stays "
                              "[P 2025-01-02 EUR 1.2 USD]\n");
}

/* What kurs exports has dates and times of day. The first row of a series decides, in whichever chunk it stands: here
 * the last of one, with the rows that do not fit it at the start of the next. */
static void the_first_row_decides_the_kind_however_many_threads(void **state)
{
    (void)state;
    enum { CUT = 1 << 20, STAMPS = 20000 };
    char *text = malloc(2 * CUT), time[KURS_TIME_SIZE];
    size_t bytes = (size_t)sprintf(text, "time,pair,rate\n");
    int dates = 0;
    for (; bytes < CUT - 200; dates++) {
        kurs_time_format(NOW_US - dates * KURS_DAY_US, KURS_DAILY, time);
        bytes += (size_t)sprintf(text + bytes, "%s,GBP/USD,1.25\n", time);
    }
    bytes += (size_t)sprintf(text + bytes, "2025-01-01,EUR/USD,1.1\n");
    for (int i = 0; i < STAMPS; i++) {
        kurs_time_format(NOW_US - i * KURS_SECOND_US, KURS_INSTANT, time);
        bytes += (size_t)sprintf(text + bytes, "%s,EUR/USD,1.1\n", time);
    }
    struct kurs_import_options options = make_options();
    options.dry_run = true;
    options.on_reject = NULL;
    options.on_note = NULL;
    for (options.threads = 1; options.threads <= 4; options.threads++) {
        struct kurs_counts counts;
        assert_int_equal(import_text(text, &options, &counts, NULL), KURS_OK);
        assert_int_equal(counts.added, dates + 1);
        assert_int_equal(counts.rejected, STAMPS);
    }
    free(text);
}

static void a_time_of_day_among_dates_is_told_with_its_row(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    const char *text = "time,pair,rate\n2025-12-11,KGS/USD,0.01144\n2025-12-11T10:00:00Z,KGS/USD,0.01145\n"
                       "2025-12-12,KGS/USD,0.01146\n2025-12-11T10:00:00Z,EUR/USD,1.1\n";
    assert_string_equal(import_counts(text, &options), "4 3 0 0 0 0 1");
    assert_string_equal(told, "3@42 KGS/USD has dates and times of day: they do not mix "
                              "[2025-12-11T10:00:00Z,KGS/USD,0.01145]\n");
}

static void any_number_of_unknown_names_are_rejects(void **state)
{
    (void)state;
    enum { UNKNOWN = 70000 }; /* over NAMES_MAX */
    struct kurs_import_options options = make_options();
    options.on_reject = NULL;
    options.threads = 1;
    char *text = malloc((UNKNOWN + 300) * 40);
    size_t bytes = (size_t)sprintf(text, "date,pair,price\n");
    for (int i = 0; i < UNKNOWN; i++) {
        bytes += (size_t)sprintf(text + bytes, "2025-01-01,bad%d/USD!,1.1\n", i);
        if (i % 1000 == 0 || i < 100) {
            bytes += (size_t)sprintf(text + bytes, "2025-01-01,%c%c%c/USD,1.1\n", 'A' + i % 26, 'A' + i / 26 % 26,
                                     'A' + i / 676 % 26);
        }
    }
    struct kurs_counts counts;
    struct kurs_error error;
    assert_int_equal(import_text(text, &options, &counts, &error), KURS_OK);
    assert_int_equal(counts.rejected, UNKNOWN);
    assert_int_equal(counts.added, 169);
    free(text);
}

static void what_is_too_long_is_cut_between_characters(void **state)
{
    (void)state;
    struct kurs_import_options options = make_options();
    char name[400] = "", expected[400] = "";
    for (int i = 0; i < 100; i++) {
        strcat(name, "€"); /* 3 bytes */
    }
    memcpy(expected, name, 252);
    strcat(expected, "…");
    FILE *stream = fopen(file, "wb");
    assert_non_null(stream);
    fputs(
        "date,pair,price\n2025-12-11,EUR/USD,1.1\n2025-12-12,EUR/USD,1.1\n2025-12-12,aaкраїнська гривня як ніколи,1\n",
        stream);
    fclose(stream);
    struct kurs_counts counts;
    assert_int_equal(kurs_import(store, file, -1, name, &options, &counts, NULL), KURS_OK);
    assert_string_equal(last_record().source, expected);
    assert_non_null(strstr(told, "'aaкраїнська гривня як ' is no currency known"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, open_store, close_store)
    const struct CMUnitTest tests[] = {
        CASE(a_second_import_of_a_file_changes_nothing),
        CASE(every_cell_is_counted_once),
        CASE(another_value_for_a_date_names_both_lines_and_the_row),
        CASE(strict_and_dry_runs_write_nothing),
        CASE(a_footer_is_no_reject_and_what_lies_ahead_is),
        CASE(jumps_and_contradictions_are_imported_with_a_warning),
        CASE(a_ticker_repeated_in_a_page_is_one_quote_each),
        CASE(a_stream_is_committed_while_it_flows),
        CASE(a_file_without_rates_is_refused_and_leaves_no_trace),
        CASE(the_record_says_what_was_read),
        CASE(what_is_too_long_is_cut_between_characters),
        CASE(any_number_of_unknown_names_are_rejects),
        CASE(the_first_row_decides_the_kind_however_many_threads),
        CASE(a_time_of_day_among_dates_is_told_with_its_row),
        CASE(the_record_has_all_bytes_though_rows_are_read_again),
        CASE(lines_of_price_texts_are_counted_from_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
