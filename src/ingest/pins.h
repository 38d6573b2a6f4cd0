/* pins.h: the options that pin what sniffing would decide, checked and in one spelling, before any file is looked at.
 * Whether a pin fits the file is for the steps of sniffing. Pure, but for the zones and encodings it asks the system. */
#ifndef KURS_INGEST_PINS_H
#define KURS_INGEST_PINS_H

#include "kurs.h"

/* The options as given, but for `options.pair`, `base`, `quote` and `label`, which point into this struct: codes in
 * upper case, labels in lower case, a label of the pair in `label`, no base and quote beside a pair. Do not copy. */
struct pins {
    struct kurs_import_options options;
    char base[KURS_CODE_SIZE], quote[KURS_CODE_SIZE], label[KURS_LABEL_SIZE];
    char pair[KURS_NAME_SIZE];
};

/* KURS_EARGUMENT: an option that no file can be read by, or two that contradict each other. */
enum kurs_status pins_read(const struct kurs_import_options *options, struct pins *pins, struct kurs_error *error);

/* A delimiter by itself or by name ("tab", "comma", "semicolon", "pipe", "space"); 0 when it is neither. */
char pins_delimiter(const char *text);
/* A decimal or thousands mark by itself or by name ("dot", "point", "comma", "space", "apostrophe"); 0 for "none". */
char pins_mark(const char *text);
/* --column names a value of a bar: "open", "high", "low" or "close". */
bool pins_is_bar(const char *column);

#endif
