/* intro.c: owns reading a text that goes into a page. */
#include "cli/intro.h"

#include "chart/caption.h"
#include "cli/ask.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define INTRO_BYTES_MAX 65536 /* twenty printed pages */

/* Takes the byte order mark and carriage returns out. False for what is no UTF-8, and for control characters. */
static bool tidy_text(char *text)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const char *from = text;
    from += strncmp(from, mark, sizeof mark - 1) == 0 ? sizeof mark - 1 : 0;
    while (*from != '\0') {
        uint32_t code;
        size_t bytes = caption_character(from, &code);
        if (bytes == 0 || (code < ' ' && strchr("\t\r\n", (int)code) == NULL) || code == 0x7F) {
            return false;
        }
        if (code != '\r') {
            memmove(text, from, bytes);
            text += bytes;
        }
        from += bytes;
    }
    *text = '\0';
    return true;
}

enum kurs_status intro_read(struct cli *cli, char **intro)
{
    const char *path = option_text(&cli->options, OPT_INTRO);
    if (path == NULL) {
        return KURS_OK;
    }
    FILE *file = fopen(path, "r");
    char *text = file == NULL ? NULL : calloc(1, INTRO_BYTES_MAX + 2);
    size_t length = text == NULL ? 0 : fread(text, 1, INTRO_BYTES_MAX + 1, file);
    int reason = errno;
    bool failed = text == NULL || ferror(file) != 0;
    if (file != NULL) {
        fclose(file);
    }
    if (failed) {
        free(text);
        cli_what(cli, KURS_EIO, "cannot read '%s'", path);
        return cli_why(cli, KURS_EIO, "%s", strerror(reason));
    }
    if (length > INTRO_BYTES_MAX || strlen(text) != length || !tidy_text(text)) {
        free(text);
        return ask_bad_value(cli, OPT_INTRO, "a text in UTF-8 of at most 64 KiB");
    }
    *intro = text;
    return KURS_OK;
}
