/* status.c: names, texts and exit statuses of enum kurs_status. Owns nothing but look-ups in KURS_STATUS_LIST; it does
 * not know which function returns what. The list itself is in kurs.h, so that enum and tables cannot drift apart (the
 * alternative, parallel arrays indexed by -code, does). */
#include "kurs.h"

const char *kurs_status_name(enum kurs_status status)
{
    switch (status) {
#define STATUS_CASE(name, code, exit_status, text) \
    case KURS_##name:                              \
        return #name;
        KURS_STATUS_LIST(STATUS_CASE)
#undef STATUS_CASE
    }
    return "EUNKNOWN";
}

const char *kurs_status_text(enum kurs_status status)
{
    switch (status) {
#define STATUS_CASE(name, code, exit_status, text) \
    case KURS_##name:                              \
        return text;
        KURS_STATUS_LIST(STATUS_CASE)
#undef STATUS_CASE
    }
    return "unknown status";
}

int kurs_status_exit(enum kurs_status status)
{
    switch (status) {
#define STATUS_CASE(name, code, exit_status, text) \
    case KURS_##name:                              \
        return exit_status;
        KURS_STATUS_LIST(STATUS_CASE)
#undef STATUS_CASE
    }
    return 4;
}
