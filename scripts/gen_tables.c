/* gen_tables.c: makes the readable tables of src/ingest/tables/ into sorted C arrays, at build time.
 * usage: gen_tables TABLES-FOLDER names|publishers
 * A line is fields parted by TABs; `#` starts a comment; names in a field are parted by `|`. Names are folded here as
 * they will be at run time (src/ingest/fold.c is linked in). Of two equal names the first listed wins.
 * awk was the alternative: it cannot fold as the library does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/fold.h"
#include "ingest/tables.h"

enum { NAMES_MAX = 40000, LINE_MAX_BYTES = 1 << 16, FIELDS_MAX = 8 };

struct name {
    char *text;
    char *value; /* what the array holds beside the name */
    int order;
};

struct list {
    struct name name[NAMES_MAX];
    int count;
};

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "gen_tables: %s: %s\n", what, which);
    exit(1);
}

static char *copy(const char *text)
{
    char *mine = malloc(strlen(text) + 1);
    if (!mine)
        fail("out of memory", text);
    return strcpy(mine, text);
}

static void add(struct list *list, const char *text, const char *value)
{
    if (list->count == NAMES_MAX)
        fail("too many names, raise NAMES_MAX", text);
    list->name[list->count] = (struct name) {copy(text), copy(value), list->count};
    list->count++;
}

static void add_folded(struct list *list, const char *text, const char *value)
{
    char folded[FOLD_SIZE];
    if (fold(text, strlen(text), folded) > 0)
        add(list, folded, value);
}

/* Calls `each` for every name of a field. */
static void split(char *names, struct list *list, const char *value,
                  void (*each)(struct list *, const char *, const char *))
{
    for (char *name = strtok(names, "|"); name; name = strtok(NULL, "|"))
        each(list, name, value);
}

static int by_text(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : x->order - y->order;
}

static void sort_unique(struct list *list)
{
    int kept = 0;
    qsort(list->name, (size_t)list->count, sizeof list->name[0], by_text);
    for (int i = 0; i < list->count; i++)
        if (kept == 0 || strcmp(list->name[kept - 1].text, list->name[i].text) != 0)
            list->name[kept++] = list->name[i];
    list->count = kept;
}

/* Names go to one array of bytes and are found by offset: an array of pointers would have to be relocated at every
 * start of the program. */
static unsigned char pool[1 << 20];
static size_t pool_bytes;

static size_t pooled(const char *text)
{
    size_t at = pool_bytes, bytes = strlen(text) + 1;
    if (bytes > sizeof pool - pool_bytes)
        fail("too many names, make the pool larger", text);
    memcpy(pool + at, text, bytes);
    pool_bytes += bytes;
    return at;
}

static void print_pool(void)
{
    printf("static const char table_pool[] = {");
    for (size_t i = 0; i < pool_bytes; i++)
        printf("%s%d,", i % 32 == 0 ? "\n    " : "", pool[i] < 128 ? pool[i] : pool[i] - 256);
    printf("\n};\n");
}

static void print_list(struct list *list, const char *declaration, int value_is_text)
{
    const char *quote = value_is_text ? "\"" : "";
    printf("static const struct %s[] = {\n", declaration);
    for (int i = 0; i < list->count; i++)
        printf("    {%zu, %s%s%s},\n", pooled(list->name[i].text), quote, list->name[i].value, quote);
    printf("};\n");
    list->count = 0;
}

/* Reads the next line of data into fields; 0 at the end. */
static int next_line(FILE *file, char *line, char *field[FIELDS_MAX])
{
    while (fgets(line, LINE_MAX_BYTES, file)) {
        char *end = strchr(line, '\n');
        if (!end)
            fail("a line too long, raise LINE_MAX_BYTES", line);
        *end = 0;
        if (line[0] == '#' && (line[1] == ' ' || line[1] == 0))
            continue;
        int count = 0;
        for (char *at = line; at && count < FIELDS_MAX; count++) {
            field[count] = at;
            if ((at = strchr(at, '\t')))
                *at++ = 0;
        }
        for (int i = count; i < FIELDS_MAX; i++)
            field[i] = line + strlen(line);
        if (field[0][0])
            return count;
    }
    return 0;
}

static FILE *open_table(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    if (!file)
        fail("cannot open", path);
    return file;
}

static void print_string(const char *text)
{
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c == '?') /* no trigraphs */
            printf("\\?");
        else if (*c < 0x20 || *c > 0x7E)
            printf("\\%03o", *c);
        else
            putchar(*c);
    }
    putchar('"');
}

/* A table whose lines are looked through in their own order: each a struct of strings. */
static void print_lines(const char *folder, const char *table, const char *declaration, int fields)
{
    static char line[LINE_MAX_BYTES];
    char *field[FIELDS_MAX];
    FILE *file = open_table(folder, table);
    printf("static const struct %s[] = {\n", declaration);
    while (next_line(file, line, field)) {
        for (int i = 0; i < fields; i++) {
            printf(i == 0 ? "    {" : ", ");
            print_string(field[i]);
        }
        printf("},\n");
    }
    printf("};\n");
    fclose(file);
}

static struct list codes, names, symbols, list;

static void is_symbol_or_name(struct list *unused, const char *text, const char *code)
{
    char folded[FOLD_SIZE];
    (void)unused;
    add(&symbols, text, code);
    if (fold(text, strlen(text), folded) > 0)
        add(&names, folded, code);
}

static void currencies(const char *folder)
{
    static char line[LINE_MAX_BYTES];
    char *field[FIELDS_MAX];
    const char *tables[] = {"currencies.tsv", "currency_names.tsv"};
    for (int i = 0; i < 2; i++) {
        FILE *file = open_table(folder, tables[i]);
        while (next_line(file, line, field)) {
            add(&codes, field[0], field[0]);
            split(field[1], &names, field[0], i == 0 ? is_symbol_or_name : add_folded);
        }
        fclose(file);
    }
    sort_unique(&codes);
    sort_unique(&names);
    sort_unique(&symbols);
    print_list(&codes, "table_text table_codes", 1);
    print_list(&names, "table_text table_names", 1);
    print_list(&symbols, "table_text table_symbols", 1);
}

/* The first instant after a last day ("2001-12-31"); 0 for "". Days from the civil date, years from March. */
static long long day_after_us(const char *day)
{
    long long year, month, date;
    if (sscanf(day, "%lld-%lld-%lld", &year, &month, &date) != 3)
        return 0;
    year -= month <= 2;
    long long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1;
    long long days = year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
    return (days + 1) * 86400 * 1000000;
}

static void countries(const char *folder)
{
    static char line[LINE_MAX_BYTES];
    char *field[FIELDS_MAX];
    FILE *file = open_table(folder, "countries.tsv");
    int index = 0;
    char value[16];
    printf("static const struct table_country table_countries[] = {\n");
    while (next_line(file, line, field)) {
        printf("    {\"%s\", \"%s\", INT64_C(%lld)},\n", field[2], field[3], day_after_us(field[4]));
        snprintf(value, sizeof value, "%d", index++);
        add_folded(&list, field[1], value);
        split(field[5], &list, value, add_folded);
    }
    printf("};\n");
    fclose(file);
    sort_unique(&list);
    print_list(&list, "table_number table_country_names", 0);
}

static void months(const char *folder)
{
    static char line[LINE_MAX_BYTES];
    char *field[FIELDS_MAX];
    FILE *file = open_table(folder, "months.tsv");
    while (next_line(file, line, field)) {
        char month[16];
        snprintf(month, sizeof month, "%s", field[0]);
        split(field[1], &list, month, add_folded);
    }
    fclose(file);
    sort_unique(&list);
    print_list(&list, "table_number table_months", 0);
}

static void missing(const char *folder)
{
    static char line[LINE_MAX_BYTES];
    char *field[FIELDS_MAX];
    FILE *file = open_table(folder, "missing.tsv");
    while (next_line(file, line, field))
        add(&list, field[0], "0");
    fclose(file);
    sort_unique(&list);
    print_list(&list, "table_number table_missing", 0);
}

static void headers(const char *folder)
{
#define NAME(name, text) text,
    static const char *const words[] = {HEADER_WORD_LIST(NAME)};
#undef NAME
    static char line[LINE_MAX_BYTES];
    char *field[FIELDS_MAX], seen[WORD_COUNT] = {0};
    FILE *file = open_table(folder, "headers.tsv");
    while (next_line(file, line, field)) {
        char value[16] = "";
        for (int i = 0; i < WORD_COUNT; i++)
            if (strcmp(words[i], field[0]) == 0) {
                snprintf(value, sizeof value, "%d", seen[i] ? i + HEADER_FOREIGN : i);
                seen[i] = 1;
            }
        if (!value[0])
            fail("headers.tsv: no such role", field[0]);
        split(field[1], &list, value, add_folded);
    }
    fclose(file);
    sort_unique(&list);
    print_list(&list, "table_number table_headers", 0);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        fail("usage", "gen_tables TABLES-FOLDER names|publishers");
    printf("/* made by scripts/gen_tables.c from src/ingest/tables: change those */\n");
    if (strcmp(argv[2], "publishers") == 0) {
        print_lines(argv[1], "series.tsv", "series_line table_series", 5);
        print_lines(argv[1], "letters.tsv", "letters_line table_letters", 3);
        print_lines(argv[1], "publishers.tsv", "publisher table_publishers", 8);
        return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
    }
    currencies(argv[1]);
    countries(argv[1]);
    months(argv[1]);
    missing(argv[1]);
    headers(argv[1]);
    print_pool();
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
