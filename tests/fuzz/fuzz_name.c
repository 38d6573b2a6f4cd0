/* Any text as a pair name (what is taken prints and reads back as itself) and as a zone name (never leaves zoneinfo). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "kurs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    assert(text);
    memcpy(text, data, size);
    text[size] = '\0';
    struct kurs_name name, again;
    struct kurs_error error;
    if (kurs_name_parse(text, &name, &error) == KURS_OK) {
        char printed[KURS_NAME_SIZE];
        size_t length = kurs_name_format(&name, printed);
        assert(length == strlen(printed));
        enum kurs_status status = kurs_name_parse(printed, &again, NULL);
        assert(status == KURS_OK);
        assert(memcmp(&name, &again, sizeof name) == 0);
    } else {
        assert(error.status == KURS_EARGUMENT);
        assert(error.why[0]);
    }
    struct kurs_zone *zone;
    if (kurs_zone_open(text, &zone, &error) == KURS_OK) {
        assert(text[0] != '/' && !strstr(text, ".."));
        kurs_zone_close(zone);
    }
    free(text);
    return 0;
}
