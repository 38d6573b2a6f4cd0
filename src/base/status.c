/* status.c: names, texts and exit statuses of enum kurs_status. Owns nothing but a look-up in KURS_STATUS_LIST; it does
 * not know which function returns what. The list itself is in kurs.h, so that enum and table cannot drift apart. */
#include "kurs.h"

struct status_row {
    enum kurs_status status;
    int exit_status;
    const char *name, *text;
};

static const struct status_row *find(enum kurs_status status)
{
    static const struct status_row rows[] = {
#define STATUS_ROW(name, code, exit_status, text) {KURS_##name, exit_status, #name, text},
        KURS_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
    };
    static const struct status_row unknown = {KURS_EIO, 4, "EUNKNOWN", "unknown status"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].status == status) {
            return &rows[i];
        }
    }
    return &unknown;
}

const char *kurs_status_name(enum kurs_status status)
{
    return find(status)->name;
}

const char *kurs_status_text(enum kurs_status status)
{
    return find(status)->text;
}

int kurs_status_exit(enum kurs_status status)
{
    return find(status)->exit_status;
}
