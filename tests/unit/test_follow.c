/* kurs_import on a stream: a durable commit a second, and what must not depend on where the stream was cut. The clock
 * is the test's: looking at it feeds the stream its next piece once the one before is durable. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ingest/unpack.h"
#include "store/env.h"

#define NOW_US (INT64_C(1765584000) * KURS_SECOND_US) /* 2025-12-13 */
#define STREAM "EUR/USD"

static char folder[64];
static struct kurs_store *store;
static char told[4096];

/* A piece is sent when so many points are durable; from then on the clock shows at least clock_us. */
struct piece {
    const char *text;
    uint64_t points;
    int64_t clock_us;
};

struct feed {
    const struct piece *pieces;
    size_t count, next;
    int end; /* what the import reads from is the other one */
    int64_t now_us;
    unsigned idle_transactions; /* open when the stream stood still, at most */
};

static void on_reject(void *context, const struct kurs_reject *reject)
{
    (void)context;
    size_t length = strlen(told);
    snprintf(told + length, sizeof told - length, "%llu %s\n", (unsigned long long)reject->line, reject->reason);
}

static uint64_t points_stored(void)
{
    struct kurs_snapshot *snapshot;
    struct kurs_series series = {.points = 0};
    assert_int_equal(kurs_snapshot_open(store, KURS_KNOWN_LATEST, &snapshot, NULL), KURS_OK);
    enum kurs_status status = kurs_series_find(snapshot, STREAM, &series, NULL);
    kurs_snapshot_close(snapshot);
    return status == KURS_OK ? series.points : 0;
}

static void send_next(struct feed *feed)
{
    if (feed->next == feed->count) {
        close(feed->end);
        return;
    }
    const struct piece *piece = &feed->pieces[feed->next++];
    feed->now_us = piece->clock_us > feed->now_us ? piece->clock_us : feed->now_us;
    assert_int_equal(write(feed->end, piece->text, strlen(piece->text)), strlen(piece->text));
}

static int64_t clock_us(void *context)
{
    struct feed *feed = context;
    uint64_t wanted = feed->next < feed->count ? feed->pieces[feed->next].points : UINT64_MAX;
    uint64_t points = points_stored();
    bool last = feed->next == feed->count && points > feed->pieces[feed->count - 1].points;
    if (points == wanted || last) {
        feed->idle_transactions = store->active > feed->idle_transactions ? store->active : feed->idle_transactions;
        send_next(feed);
    }
    return feed->now_us += KURS_SECOND_US;
}

static int open_store(void **state)
{
    (void)state;
    char path[128];
    strcpy(folder, "/tmp/kurs-follow-XXXXXX");
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/s.kurs", folder);
    told[0] = '\0';
    return kurs_store_open(path, KURS_OPEN_CREATE, NOW_US, &store, NULL) == KURS_OK ? 0 : -1;
}

static int close_store(void **state)
{
    (void)state;
    char path[128];
    kurs_store_close(store);
    static const char *const names[] = {"s.kurs", "s.kurs-lock"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

/* Follows the pieces; the first is there from the start. Each commit of one is what the next waits for. */
static struct kurs_counts follow(const struct piece *pieces, size_t count, struct feed *feed)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0); /* to wait for what never comes is a failure */
    *feed = (struct feed) {.pieces = pieces, .count = count, .end = ends[1], .now_us = NOW_US};
    send_next(feed);
    struct kurs_import_options options = {.skip_lines = -1,
                                          .follow = true,
                                          .now_us = NOW_US,
                                          .at_us = INT64_MIN,
                                          .context = feed,
                                          .on_reject = on_reject,
                                          .clock_us = clock_us};
    struct kurs_counts counts;
    struct kurs_error error;
    enum kurs_status status = kurs_import(store, NULL, ends[0], "stdin", &options, &counts, &error);
    if (status != KURS_OK) {
        fail_msg("%s: %s", error.what, error.why);
    }
    close(ends[0]);
    return counts;
}

static void times_ahead_are_judged_by_the_clock_as_it_goes(void **state)
{
    (void)state;
    static const struct piece pieces[] = {
        {"time,pair,rate\n2025-12-12T10:00:00Z,EUR/USD,1.1\n2025-12-12T10:00:01Z,EUR/USD,1.2\n", 0, 0},
        {"2025-12-22T10:00:00Z,EUR/USD,1.3\n2025-12-25T11:00:00Z,EUR/USD,1.4\n", 2, NOW_US + 10 * KURS_DAY_US},
        {"2025-12-25T12:00:00Z,EUR/USD,1.5\n", 3, NOW_US + 13 * KURS_DAY_US},
    };
    struct feed feed;
    struct kurs_counts counts = follow(pieces, 3, &feed);
    assert_int_equal(counts.added, 4);
    assert_string_equal(told, "5 '2025-12-25T11:00:00Z' is more than 2 days ahead\n");
}

static void ticks_of_one_instant_are_spread_across_commits(void **state)
{
    (void)state;
    static const struct piece pieces[] = {
        {"time,pair,rate\n2025-12-12T10:00:00Z,EUR/USD,1.0\n2025-12-12T10:00:01Z,EUR/USD,1.1\n"
         "2025-12-12T10:00:01Z,EUR/USD,1.2\n",
         0, 0},
        {"2025-12-12T10:00:01Z,EUR/USD,1.3\n2025-12-12T10:00:01.000002Z,EUR/USD,1.4\n"
         "2025-12-12T10:00:02Z,EUR/USD,1.5\n",
         3, 0},
        {"2025-12-12T10:00:02Z,EUR/USD,1.6\n", 6, 0},
    };
    struct feed feed;
    struct kurs_counts counts = follow(pieces, 3, &feed);
    assert_int_equal(counts.added, 7);
    assert_int_equal(counts.replaced, 0);
    assert_int_equal(counts.spread, 4);
    assert_int_equal(points_stored(), 7);
}

static void a_stream_that_stands_still_holds_no_transaction(void **state)
{
    (void)state;
    static const struct piece pieces[] = {
        {"time,pair,rate\n2025-12-12T10:00:00Z,EUR/USD,1.1\n2025-12-12T10:00:01Z,EUR/USD,1.2\n", 0, 0},
        {"2025-12-12T10:00:02Z,EUR/USD,1.3\n", 2, 0},
    };
    struct feed feed;
    assert_int_equal(follow(pieces, 2, &feed).added, 3);
    assert_int_equal(feed.idle_transactions, 0);
}

/* Each packet is what one read gets. The first fills the magic bytes, which are read alone. */
static void a_stream_may_send_its_heads_long_before_its_rows(void **state)
{
    (void)state;
    static const char *const packets[] = {"time,p", "air,rate\n", "\n", "2025-12-12T10:00:00Z,EUR/USD,1.1\n",
                                          "2025-12-12T10:00:01Z,EUR/USD,1.2\n"};
    _Static_assert(UNPACK_MAGIC_BYTES == sizeof "time,p" - 1, "the first packet");
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    for (size_t i = 0; i < sizeof packets / sizeof packets[0]; i++) {
        assert_int_equal(write(ends[1], packets[i], strlen(packets[i])), strlen(packets[i]));
    }
    close(ends[1]);
    struct kurs_import_options options = {
        .skip_lines = -1, .follow = true, .now_us = NOW_US, .at_us = INT64_MIN, .on_reject = on_reject};
    struct kurs_counts counts;
    struct kurs_error error;
    enum kurs_status status = kurs_import(store, NULL, ends[0], "stdin", &options, &counts, &error);
    close(ends[0]);
    if (status != KURS_OK) {
        fail_msg("%s: %s", error.what, error.why);
    }
    assert_int_equal(counts.added, 2);
}

static void a_stream_without_rates_is_refused_though_it_goes_on(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(write(ends[1], "hello\n", 6), 6);
    }
    struct kurs_import_options options = {.skip_lines = -1, .follow = true, .now_us = NOW_US, .at_us = INT64_MIN};
    struct kurs_counts counts;
    assert_int_equal(kurs_import(store, NULL, ends[0], "stdin", &options, &counts, NULL), KURS_EREFUSED);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, open_store, close_store)
    const struct CMUnitTest tests[] = {
        CASE(times_ahead_are_judged_by_the_clock_as_it_goes),
        CASE(ticks_of_one_instant_are_spread_across_commits),
        CASE(a_stream_that_stands_still_holds_no_transaction),
        CASE(a_stream_may_send_its_heads_long_before_its_rows),
        CASE(a_stream_without_rates_is_refused_though_it_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
