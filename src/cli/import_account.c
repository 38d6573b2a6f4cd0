/* import_account.c: callbacks that talk. */
#include "cli/import_account.h"

#include "output/width.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define RAW_SHOWN    80 /* bytes of a rejected row on stderr */
#define REPLACED_FEW 10 /* values a file may replace without a word beyond their count */
#define BAR_AFTER_US KURS_SECOND_US
#define BAR_EVERY_US (KURS_SECOND_US / 10)

static void erase_bar(struct import_account *account)
{
    if (account->drawn_us != 0) {
        fputs("\r\033[K", stderr);
        account->drawn_us = 0;
    }
}

/* The row as a string, for the caller to free; zero bytes, which would end it, become U+FFFD. NULL when out of memory. */
static char *row_text(const struct kurs_reject *reject)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    char *text = malloc(reject->raw_bytes * (sizeof replacement - 1) + 1), *end = text;
    for (size_t i = 0; text != NULL && i < reject->raw_bytes; i++) {
        if (reject->raw[i] != '\0') {
            *end++ = reject->raw[i];
        } else {
            memcpy(end, replacement, sizeof replacement - 1);
            end += sizeof replacement - 1;
        }
    }
    if (text != NULL) {
        *end = '\0';
    }
    return text;
}

static void on_reject(void *context, const struct kurs_reject *reject)
{
    struct import_account *account = context;
    account->reject_count++;
    if (account->rejects == NULL && account->reject_count > REJECTS_SHOWN) {
        return;
    }
    char *owned = row_text(reject);
    const char *row = owned != NULL ? owned : "";
    if (account->rejects != NULL) {
        import_rejects_add(account->rejects, account->name, reject, row);
    }
    if (account->reject_count <= REJECTS_SHOWN) {
        erase_bar(account);
        cli_say(account->cli, "%s:%" PRIu64 ": rejected: %s: %.*s%s", account->name, reject->line, reject->reason,
                RAW_SHOWN, row, strlen(row) <= RAW_SHOWN ? "" : "...");
    }
    free(owned);
}

static void on_note(void *context, enum kurs_note note, const char *text)
{
    struct import_account *account = context;
    erase_bar(account);
    switch (note) {
    case KURS_NOTE_FOUND:
    case KURS_NOTE_INFO:
        cli_say(account->cli, "%s: %s", account->name, text);
        break;
    case KURS_NOTE_WARNING:
        cli_say(account->cli, "%s: warning: %s", account->name, text);
        break;
    case KURS_NOTE_STEP:
        cli_say(account->cli, "  %s", text);
        break;
    case KURS_NOTE_POINT:
        cli_say(account->cli, "  point: %s", text);
        break;
    case KURS_NOTE_PIN:
        cli_say(account->cli, "  pinned by: %s", text);
        break;
    }
}

static void draw_bar(const struct import_account *account, const struct kurs_progress *progress, int64_t elapsed_us)
{
    double seconds = (double)elapsed_us / (double)KURS_SECOND_US;
    double part = progress->bytes_total > 0 ? (double)progress->bytes_done / (double)progress->bytes_total : 0;
    fputs("\r\033[K", stderr);
    text_put(account->name, stderr);
    fputs(": ", stderr);
    if (part > 0) {
        fprintf(stderr, "%.0f %%, ", part * 100);
    }
    fprintf(stderr, "%.0f MB/s, %.1f M rows/s", (double)progress->bytes_done / 1e6 / seconds,
            (double)progress->rows / 1e6 / seconds);
    if (part > 0) {
        fprintf(stderr, ", %.0f s left", seconds / part - seconds);
    }
    fflush(stderr);
}

static bool on_progress(void *context, const struct kurs_progress *progress)
{
    struct import_account *account = context;
    int64_t now_us = account->cli->clock_us();
    int64_t elapsed_us = now_us - account->started_us;
    if (elapsed_us > BAR_AFTER_US && now_us - account->drawn_us > BAR_EVERY_US) {
        draw_bar(account, progress, elapsed_us);
        account->drawn_us = now_us;
    }
    return true;
}

static int64_t clock_us(void *context)
{
    return ((struct import_account *)context)->cli->clock_us();
}

void import_account_attach(struct import_account *account, struct kurs_import_options *options)
{
    account->started_us = account->cli->clock_us();
    options->context = account;
    options->on_reject = on_reject;
    options->on_note = on_note;
    options->on_progress = account->cli->err_terminal && !account->cli->quiet ? on_progress : NULL;
    options->clock_us = clock_us;
}

void import_account_finish(struct import_account *account, enum kurs_status status, const struct kurs_counts *counts)
{
    struct cli *cli = account->cli;
    erase_bar(account);
    if (account->reject_count > REJECTS_SHOWN) {
        cli_say(cli, "%s: %" PRIu64 " more rows rejected%s", account->name, account->reject_count - REJECTS_SHOWN,
                account->rejects == NULL ? " (--rejects FILE keeps them)" : "");
    }
    if (status != KURS_OK) {
        return;
    }
    cli_say(cli,
            "%s: %" PRIu64 " rows read = %" PRIu64 " new + %" PRIu64 " identical + %" PRIu64 " replaced + %" PRIu64
            " kept + %" PRIu64 " blank + %" PRIu64 " rejected",
            account->name, counts->rows, counts->added, counts->identical, counts->replaced, counts->kept,
            counts->blank, counts->rejected);
    if (counts->spread > 0) {
        cli_say(cli, "%s: %" PRIu64 " points shared an instant and were set 1 us apart", account->name, counts->spread);
    }
    if (counts->replaced > REPLACED_FEW && counts->replaced > counts->rows / 10) { /* corrections are fewer */
        cli_say(cli,
                "%s: warning: %" PRIu64 " values took the place of others (kurs revisions); "
                "--label NAME keeps another source apart",
                account->name, counts->replaced);
    }
    if (counts->rejected > 0) {
        cli_worsen(cli, EXIT_REJECTED);
    }
}
