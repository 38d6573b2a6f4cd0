/* kurs.h: a rate-history time-series store. This header is the whole contract of libkurs.
 *
 * Read this first:
 *  - The library never prints, exits, reads the clock or the environment, or changes the locale. Where "now"
 *    matters it is a parameter.
 *  - Times are int64_t microseconds since 1970-01-01T00:00:00Z, years 0001 to 9999; names end in _us. Ranges are
 *    half-open, always named [from_us, until_us).
 *  - Rates are exact decimals (struct kurs_decimal), never double, except where a function says "statistics".
 *  - A fallible function returns enum kurs_status: 0 done, 1 (KURS_END) nothing more, negative failed. Outputs are
 *    untouched unless it returned KURS_OK. The detail of a failure is written to the caller's struct kurs_error,
 *    which may be NULL.
 *  - A store handle may be used by many threads; a snapshot, cursor or writer by one thread at a time. Open one
 *    snapshot a thread. Everything a snapshot hands out is a copy and stays valid after it is closed, except where
 *    "borrowed" is written.
 *  - Opening the same file twice in one process is refused (LMDB's locks would break): share the handle. A handle does
 *    not survive fork(): open the store in the child.
 *  - The store is read through a memory map: a file that another program cuts short while it is open is a SIGBUS. One
 *    that was cut short before is KURS_EFORMAT. A limit on the size of files (ulimit -f) is KURS_ENOSPACE in a process
 *    that ignores SIGXFSZ, as the program does; else that signal ends it.
 */
#ifndef KURS_H
#define KURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KURS_VERSION "0.1.0"

#if defined(__GNUC__)
#define KURS_API     __attribute__((visibility("default")))
#define KURS_CHECKED __attribute__((visibility("default"), warn_unused_result))
#else
#define KURS_API
#define KURS_CHECKED
#endif

/* ---- Status ------------------------------------------------------------------------------------------------ */

/* X(name, code, exit status of the program, text). The one list: enum, names, texts and the README's table. */
#define KURS_STATUS_LIST(X)                                             \
    X(OK, 0, 0, "done")                                                 \
    X(END, 1, 1, "nothing more")                                        \
    X(EARGUMENT, -1, 2, "not a valid argument")                         \
    X(ENODATA, -2, 1, "no such data")                                   \
    X(EREFUSED, -3, 1, "refused")                                       \
    X(EDECIDE, -4, 1, "a decision is needed")                           \
    X(ECONFLICT, -5, 1, "another value is stored for that time")        \
    X(EKIND, -6, 1, "daily and instant times do not mix in one series") \
    X(ECHECK, -7, 1, "a check failed")                                  \
    X(ERANGE, -8, 1, "out of range")                                    \
    X(ELIMIT, -9, 1, "over a limit")                                    \
    X(EIO, -10, 4, "input or output failed")                            \
    X(ENOSPACE, -11, 4, "no space left")                                \
    X(EACCESS, -12, 4, "permission denied")                             \
    X(EFORMAT, -13, 4, "not a kurs store")                              \
    X(ENEWER, -14, 4, "written by a newer version of kurs")             \
    X(ECORRUPT, -15, 4, "damaged data")                                 \
    X(EBUSY, -16, 4, "in use")                                          \
    X(ENOMEM, -17, 4, "out of memory")                                  \
    X(ECANCELED, -18, 4, "stopped")

enum kurs_status {
#define KURS_STATUS_ENUM(name, code, exit_status, text) KURS_##name = (code),
    KURS_STATUS_LIST(KURS_STATUS_ENUM)
#undef KURS_STATUS_ENUM
};

/* "ENODATA", "no such data", 1. Unknown codes give "EUNKNOWN", "unknown status", 4. Static strings, never NULL. */
KURS_API const char *kurs_status_name(enum kurs_status status);
KURS_API const char *kurs_status_text(enum kurs_status status);
KURS_API int kurs_status_exit(enum kurs_status status);

/* What failed (with the subject quoted), why, and the next step if there is one ("" if none). Filled once, where it
 * happened; long subjects are cut with "…". Caller's memory; zero it or not, a failing call overwrites it whole. */
struct kurs_error {
    enum kurs_status status;
    char what[256];
    char why[512];
    char hint[512];
};

/* ---- Decimals ---------------------------------------------------------------------------------------------- */

/* coefficient * 10^exponent. |coefficient| < 10^18, exponent -32..32. The number of decimals as published is
 * max(0, -exponent): 1.10 is {110, -2}. Integers have exponent 0 while they fit 18 digits, else the smallest positive
 * exponent that makes them fit, so a published text has one representation. A rate is > 0; differences may be <= 0. */
struct kurs_decimal {
    int64_t coefficient;
    int8_t exponent;
};

#define KURS_DIGITS_MAX   18
#define KURS_EXPONENT_MAX 32
#define KURS_DECIMAL_SIZE 72 /* bytes that hold any formatted decimal: sign, 0., 32+18 digits or 18+32 zeros, NUL */

/* Plain text "[-]123.450" or with an exponent "8.05e-5" (decimals as published: 0.0000805); the whole of
 * (text, length), no spaces. Zeros past the 18th digit behind the decimal point are dropped; other digits there are
 * KURS_ERANGE. KURS_EARGUMENT if it is no number. */
KURS_CHECKED enum kurs_status kurs_decimal_parse(const char *text, size_t length, struct kurs_decimal *decimal);
/* Writes NUL-terminated plain text with exactly the published decimals; returns its length. */
KURS_API size_t kurs_decimal_format(struct kurs_decimal decimal, char text[KURS_DECIMAL_SIZE]);
/* -1, 0, 1 by value: 1.1 equals 1.10. Exact. */
KURS_API int kurs_decimal_compare(struct kurs_decimal a, struct kurs_decimal b);
/* a - b at the finer of the two scales. KURS_ERANGE if that needs more than 18 digits. */
KURS_CHECKED enum kurs_status kurs_decimal_subtract(struct kurs_decimal a, struct kurs_decimal b,
                                                    struct kurs_decimal *difference);
/* To `decimals` (0..32) places, half away from zero; fewer published decimals are padded with zeros where 18 digits
 * allow, else left as they are. */
KURS_API struct kurs_decimal kurs_decimal_round(struct kurs_decimal decimal, int decimals);
/* a/b and a*b to `digits` (1..18) significant digits, half away from zero; trailing zeros kept. KURS_ERANGE outside the
 * exponents; KURS_EARGUMENT unless a, b > 0 and digits are in range. */
KURS_CHECKED enum kurs_status kurs_decimal_divide(struct kurs_decimal a, struct kurs_decimal b, int digits,
                                                  struct kurs_decimal *quotient);
KURS_CHECKED enum kurs_status kurs_decimal_multiply(struct kurs_decimal a, struct kurs_decimal b, int digits,
                                                    struct kurs_decimal *product);
/* Nearest double; statistics and plotting only. */
KURS_API double kurs_decimal_double(struct kurs_decimal decimal);

/* (over[0] * over[1]) / (under[0] * under[1]), kept unreduced so that a percent is rounded once. All > 0; where there
 * is one factor the second is {1, 0}. */
struct kurs_ratio {
    struct kurs_decimal over[2];
    struct kurs_decimal under[2];
};

#define KURS_PERCENT_SIZE         96
#define KURS_PERCENT_DECIMALS_MAX 18
/* (ratio - 1) * 100 to `decimals` (0..18) places, exact integers, rounded once, half away from zero; the sign of a fall
 * that rounds to zero is kept: "-0.00". Returns the length; 0 and "" for over 93 digits (rates 10^75 times apart). */
KURS_API size_t kurs_percent_format(const struct kurs_ratio *ratio, int decimals, char text[KURS_PERCENT_SIZE]);
/* The same as a double; statistics and plotting only. */
KURS_API double kurs_percent_double(const struct kurs_ratio *ratio);

/* ---- Time and calendar ------------------------------------------------------------------------------------- */

#define KURS_SECOND_US INT64_C(1000000)
#define KURS_MINUTE_US (60 * KURS_SECOND_US)
#define KURS_HOUR_US   (60 * KURS_MINUTE_US)
#define KURS_DAY_US    (24 * KURS_HOUR_US)
#define KURS_TIME_MIN  INT64_C(-62135596800000000) /* 0001-01-01T00:00:00Z */
#define KURS_TIME_MAX  INT64_C(253402300799999999) /* 9999-12-31T23:59:59.999999Z */
#define KURS_TIME_SIZE 32

enum kurs_kind { KURS_DAILY = 1, KURS_INSTANT = 2 }; /* stored on disk: never renumber */

/* An IANA zone, immutable once open. UTC is always there; others are read from the system's zoneinfo folder.
 * A local time that a change of clocks skips is read with the offset before the change (so it moves later); one that
 * occurs twice is the first. KURS_EARGUMENT for an unknown zone. Free with kurs_zone_close (NULL is allowed).
 * A NULL zone means UTC everywhere. */
struct kurs_zone;
KURS_CHECKED enum kurs_status kurs_zone_open(const char *name, struct kurs_zone **zone, struct kurs_error *error);
KURS_API void kurs_zone_close(struct kurs_zone *zone);
KURS_API int64_t kurs_zone_offset_us(const struct kurs_zone *zone, int64_t time_us); /* local - UTC at an instant */
KURS_API int64_t kurs_zone_to_utc(const struct kurs_zone *zone, int64_t local_us);

/* "2025", "2025-12", "2025-12-12", "2025-12-12T10:00[:00[.000000]][Z|+hh:mm]" (a space serves for T), "today", "now",
 * "-30d", "-6w", "-3m", "-1y" before now. Times without an offset are local to `zone`. Gives the unit named as
 * [*from_us, *until_us): a date its whole day, a minute its minute, "now" and "-30d" one microsecond.
 * KURS_EARGUMENT when it is none of these, KURS_ERANGE outside the years 0001 to 9999. Pointers may be NULL. */
KURS_CHECKED enum kurs_status kurs_time_parse(const char *text, int64_t now_us, const struct kurs_zone *zone,
                                              int64_t *from_us, int64_t *until_us, struct kurs_error *error);
/* "2025-12-12" when daily, else "2025-12-12T10:00:00.295Z" with no, 3 or 6 decimals as needed. Returns the length.
 * time_us lies in KURS_TIME_MIN..MAX. */
KURS_API size_t kurs_time_format(int64_t time_us, enum kurs_kind kind, char text[KURS_TIME_SIZE]);

/* A span of calendar time: count units. */
enum kurs_unit { KURS_MINUTE, KURS_HOUR, KURS_DAY, KURS_WEEK, KURS_MONTH, KURS_QUARTER, KURS_YEAR };
struct kurs_span {
    int32_t count; /* >= 1 */
    enum kurs_unit unit;
};
/* A span: "30d", "6w", "3m" (months), "1y". With `periods` the length of a calendar period: "day", "week", "month",
 * "quarter", "year", "1d", "1w", "1y", and "1m".."90m" (minutes: a month is "month" there) or "1h".."24h".
 * KURS_EARGUMENT otherwise. */
KURS_CHECKED enum kurs_status kurs_span_parse(const char *text, bool periods, struct kurs_span *span);
/* `count` spans (may be negative) from an instant, on the calendar of `zone`: months, quarters and years clamp the day
 * to the month's end (31 March - 1 month = 28 or 29 February); days and weeks keep the local time of day; minutes and
 * hours are exact. Clamped to KURS_TIME_MIN..MAX. */
KURS_API int64_t kurs_time_add(int64_t time_us, struct kurs_span span, int64_t count, const struct kurs_zone *zone);
/* The calendar period that holds an instant: [*from_us, *until_us). Weeks start on Monday; a day starts at the first
 * instant that shows its date, so periods tile time whatever clocks do. Minutes and hours are of that length, counted
 * from the start of the local day, and the last one of a day ends with it. Days and longer: period.count is 1. */
KURS_API void kurs_period_of(int64_t time_us, struct kurs_span period, const struct kurs_zone *zone, int64_t *from_us,
                             int64_t *until_us);
/* "2025-12-12", "2025-W50", "2025-12", "2025-Q4", "2025"; hours and minutes "2025-12-12T10:00" in local time with the
 * offset ("Z" or "+05:00"). Returns the length. */
KURS_API size_t kurs_period_format(int64_t from_us, struct kurs_span period, const struct kurs_zone *zone,
                                   char text[KURS_TIME_SIZE]);

/* ---- Names ------------------------------------------------------------------------------------------------- */

#define KURS_CODE_SIZE  11 /* 2..10 of A-Z0-9, NUL */
#define KURS_LABEL_SIZE 33 /* 0..32 of a-z0-9._- after folding to lower case, NUL */
#define KURS_NAME_SIZE  56 /* BASE/QUOTE@label, NUL */

/* A pair and its optional label, e.g. EUR/USD@dukascopy.bid: units of quote for one base. */
struct kurs_name {
    char base[KURS_CODE_SIZE];
    char quote[KURS_CODE_SIZE];
    char label[KURS_LABEL_SIZE]; /* "" if none */
};
/* KGS/USD, KGSUSD (six letters), kgs-usd, KGS_USD, each with or without @label. Base and quote must differ.
 * KURS_EARGUMENT with the reason in *error. */
KURS_CHECKED enum kurs_status kurs_name_parse(const char *text, struct kurs_name *name, struct kurs_error *error);
KURS_API size_t kurs_name_format(const struct kurs_name *name, char text[KURS_NAME_SIZE]);

/* ---- Store ------------------------------------------------------------------------------------------------- */

struct kurs_store;    /* an open store file */
struct kurs_snapshot; /* the store as it stood at one moment; later writes do not show */

enum kurs_open_flags { KURS_OPEN_READ = 0, KURS_OPEN_WRITE = 1, KURS_OPEN_CREATE = 3 /* and write; makes folders */ };

/* Opens FILE (and its lock FILE-lock). `now_us` dates the creation. KURS_ENODATA if it is not there and CREATE is not
 * asked; KURS_EFORMAT no kurs store or cut short; KURS_ENEWER; KURS_EACCESS; KURS_EBUSY already open in this process,
 * on a network file system, or being compacted for over 10 s, which it waits. A store of an older format is brought up
 * to date when opened to write (in under 10 ms a million points); to read it is KURS_EFORMAT. KURS_ECORRUPT where pages
 * that LMDB trusts make no sense. Cost: 0.15 ms at 10 M points, 0.4 at most however large the store. */
KURS_CHECKED enum kurs_status kurs_store_open(const char *path, enum kurs_open_flags flags, int64_t now_us,
                                              struct kurs_store **store, struct kurs_error *error);
KURS_API void kurs_store_close(struct kurs_store *store); /* NULL is allowed; close snapshots first */

#define KURS_KNOWN_LATEST INT64_MAX
/* `known_us`: answer as the store would have at that time (imports after it do not show), or KURS_KNOWN_LATEST. */
KURS_CHECKED enum kurs_status kurs_snapshot_open(struct kurs_store *store, int64_t known_us,
                                                 struct kurs_snapshot **snapshot, struct kurs_error *error);
KURS_API void kurs_snapshot_close(struct kurs_snapshot *snapshot);

struct kurs_point {
    int64_t time_us;
    struct kurs_decimal rate;
};

struct kurs_series {
    char name[KURS_NAME_SIZE];
    enum kurs_kind kind;
    uint64_t points;
    struct kurs_point first, last, previous; /* previous: the one before last; points 1: equal to last */
    uint64_t bytes;                          /* of its compressed blocks */
};
/* The series after `after` by name ("" starts). KURS_END behind the last. Cost: one seek (as known earlier: a scan). */
KURS_CHECKED enum kurs_status kurs_series_next(struct kurs_snapshot *snapshot, const char *after,
                                               struct kurs_series *series, struct kurs_error *error);
/* KURS_ENODATA if there is none of exactly this name. */
KURS_CHECKED enum kurs_status kurs_series_find(struct kurs_snapshot *snapshot, const char *name,
                                               struct kurs_series *series, struct kurs_error *error);

/* ---- Writing ----------------------------------------------------------------------------------------------- */

enum kurs_conflict { KURS_REPLACE, KURS_KEEP, KURS_FAIL };

/* Appends one point, durably, as an import of its own. Creates the series (and its kind) if new. `changed` (may be
 * NULL): false if the same value was there. KURS_EKIND, KURS_ECONFLICT. All or nothing. Cost: one fsync. */
KURS_CHECKED enum kurs_status kurs_point_add(struct kurs_store *store, const struct kurs_name *name,
                                             enum kurs_kind kind, struct kurs_point point,
                                             enum kurs_conflict on_conflict, int64_t now_us, bool *changed,
                                             struct kurs_error *error);
/* Removes a series with its blocks, summaries and revisions, durably. KURS_ENODATA. */
KURS_CHECKED enum kurs_status kurs_series_drop(struct kurs_store *store, const char *name, int64_t now_us,
                                               struct kurs_error *error);

/* rows = added + identical + replaced + kept + blank + rejected, counted in cells that could be points; `spread` of the
 * added shared an instant and were set 1 us apart. */
struct kurs_counts {
    uint64_t rows, added, identical, replaced, kept, blank, rejected, spread, series_new;
};

struct kurs_reject {
    uint64_t line;      /* 1-based physical line of the file */
    uint64_t byte;      /* offset of the row's first byte */
    const char *reason; /* borrowed for the call */
    const char *raw;    /* the row as read, borrowed, not terminated */
    size_t raw_bytes;
};

/* A text of the import's account: `kind` "found" (the one line of what was detected), "step" (why; dry runs), "point"
 * (first points as understood; dry runs), "pin" (the options that fix the guess; dry runs), "warning", "note". */
enum kurs_note { KURS_NOTE_FOUND, KURS_NOTE_STEP, KURS_NOTE_POINT, KURS_NOTE_PIN, KURS_NOTE_WARNING, KURS_NOTE_INFO };

struct kurs_progress {
    uint64_t bytes_done, bytes_total; /* total 0 when unknown */
    uint64_t rows;
};

/* What sniffing would decide, pinned; NULL or 0 = decide. Texts are those of the options of the same name, checked
 * before the file is opened: KURS_EARGUMENT for one that fits no file (a label no name can have) or that contradicts
 * another. */
struct kurs_import_options {
    const char *layout, *pair, *base, *quote, *label, *price, *column, *time_column, *value_column;
    const char *date_format, *date, *tz, *decimal, *thousands, *delimiter, *encoding, *nominal;
    int skip_lines; /* -1 = decide */
    enum kurs_conflict on_conflict;
    bool strict, dry_run, follow; /* follow: commit at least every second of `clock` */
    unsigned threads;             /* 0 or 1: one; over 6: as 6 */
    int64_t now_us; /* dates the import; points over KURS_AHEAD_MAX_US later are rejected; a stream goes by clock_us */
    int64_t at_us;  /* date of undated text (--at); INT64_MIN if none */
    void *context;  /* passed to the callbacks, each of which may be NULL */
    void (*on_reject)(void *context, const struct kurs_reject *reject);
    void (*on_note)(void *context, enum kurs_note note, const char *text);
    bool (*on_progress)(void *context, const struct kurs_progress *progress); /* false stops the import */
    int64_t (*clock_us)(void *context);
};

/* Later than this after now a time is taken for a slip: a clock in another zone is at most a day ahead. */
#define KURS_AHEAD_MAX_US (2 * KURS_DAY_US)

/* What kurs_import says of its options before it opens anything: KURS_OK, or KURS_EARGUMENT. */
KURS_CHECKED enum kurs_status kurs_import_check(const struct kurs_import_options *options, struct kurs_error *error);
/* Reads the file `path`, or the descriptor `fd` when path is NULL, whose original name (for pairs told by the name, and
 * for the imports table) is `name`. One durable transaction: all of it or nothing. KURS_EREFUSED no rates in it,
 * KURS_EDECIDE (nothing written; *error.hint names the option), KURS_ECONFLICT with KURS_FAIL, KURS_ECHECK rows
 * rejected under strict, KURS_ELIMIT, KURS_EIO. *counts is filled on KURS_OK, also when rows were rejected.
 * Memory: at most 256 MiB up to some 120 million new points; then LMDB's uncommitted pages, 2 bytes a point, pass it. */
KURS_CHECKED enum kurs_status kurs_import(struct kurs_store *store, const char *path, int fd, const char *name,
                                          const struct kurs_import_options *options, struct kurs_counts *counts,
                                          struct kurs_error *error);

/* ---- Reading ----------------------------------------------------------------------------------------------- */

/* How a name is answered: from the series itself, from the inverse pair, or from two series through a pivot. */
enum kurs_rule { KURS_DIRECT, KURS_INVERSE, KURS_CROSS };
struct kurs_route {
    char name[KURS_NAME_SIZE]; /* what was asked, normalised */
    enum kurs_rule rule;
    enum kurs_kind kind;         /* instant if a leg is */
    char leg[2][KURS_NAME_SIZE]; /* stored series; the second "" unless CROSS */
    bool inverted[2];            /* leg i is used as 1/rate; rate = leg0 * leg1 */
    char pivot[KURS_CODE_SIZE];  /* CROSS: the common currency */
};
/* A stored direct series wins over an inverse, an inverse over a cross; USD over EUR over others (by name) as the pivot
 * unless `via` (may be NULL) names one. No label asked: the unlabelled series, else the only labelled one, else
 * KURS_EDECIDE with a list; a label asked is that of every leg. KURS_ENODATA with near names in the hint.
 * Cost: a few seeks; a walk over the series names when neither USD nor EUR serves as the pivot. */
KURS_CHECKED enum kurs_status kurs_route_find(struct kurs_snapshot *snapshot, const char *name, const char *via,
                                              struct kurs_route *route, struct kurs_error *error);

struct kurs_asof {
    int64_t asked_us;
    int64_t observed_us;      /* of the older leg */
    struct kurs_decimal rate; /* derived: 10 significant digits */
    int64_t age_us;           /* asked - observed; for a daily series in whole days */
    struct kurs_point leg[2]; /* the stored points used */
};
/* The rate in force at `at_us`: the newest point with time <= at_us. KURS_END if it starts later. One seek and one
 * mini-block decode a leg. The dates of a daily series belong to no zone: they compare as midnights in UTC, so parse
 * times with a NULL zone for it, and ask for a date's last microsecond to include it. */
KURS_CHECKED enum kurs_status kurs_asof(struct kurs_snapshot *snapshot, const struct kurs_route *route, int64_t at_us,
                                        struct kurs_asof *asof, struct kurs_error *error);
/* "exact" (observed when asked; daily: that date), "prior", "inverse" or "via USD". Static or route's memory. */
KURS_API const char *kurs_asof_rule(const struct kurs_route *route, const struct kurs_asof *asof,
                                    char text[KURS_NAME_SIZE]);

/* Points in order, many at a time: count points in columns, borrowed until the next call on the cursor.
 * rate i is {coefficient[i], exponent[i]}. A cross has a point where either leg has one (both known). Derived rates
 * have 10 significant digits, and what is said below of the points of a derived route is said of these. A cursor that
 * failed can only be closed. */
struct kurs_cursor;
struct kurs_batch {
    size_t count;
    const int64_t *time_us;
    const int64_t *coefficient;
    const int8_t *exponent;
};
KURS_CHECKED enum kurs_status kurs_cursor_open(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                               int64_t from_us, int64_t until_us, struct kurs_cursor **cursor,
                                               struct kurs_error *error);
KURS_CHECKED enum kurs_status kurs_cursor_next(struct kurs_cursor *cursor, struct kurs_batch *batch,
                                               struct kurs_error *error);
KURS_API void kurs_cursor_close(struct kurs_cursor *cursor);

/* What a range adds up to. */
struct kurs_summary {
    uint64_t count;                           /* 0: nothing else is set */
    struct kurs_point first, last, low, high; /* the earliest of equal lows and highs */
    struct kurs_decimal mean; /* of the points; 2 decimals more than the finest, at most 18 digits, rounded once */
};
/* O(log n) for a direct route, from the summary tree. KURS_OK with count 0 for an empty range. */
KURS_CHECKED enum kurs_status kurs_summarize(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                             int64_t from_us, int64_t until_us, struct kurs_summary *summary,
                                             struct kurs_error *error);

/* ---- Change ------------------------------------------------------------------------------------------------ */

struct kurs_change {
    bool known;                   /* false: the series starts after the start asked for; only `end` is set, if at all */
    bool ended;                   /* false: no point at or before the end either */
    int64_t asked_us;             /* start asked for */
    struct kurs_point start, end; /* as observed */
    struct kurs_decimal difference; /* end - start */
    struct kurs_ratio ratio;        /* exact end/start; see kurs_percent_format */
    int64_t start_age_us;           /* asked - observed */
};
/* From as-of `from_us` to as-of `until_us` - 1. KURS_OK also when not known. The ratio of a derived route is that of
 * the stored points (a cross: of both legs), so its percent is exact; `difference` is of the rates as shown,
 * rounded to 18 digits in case it needs more. */
KURS_CHECKED enum kurs_status kurs_change_range(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                                int64_t from_us, int64_t until_us, struct kurs_change *change,
                                                struct kurs_error *error);

enum kurs_convention { KURS_CALENDAR, KURS_TRADINGVIEW };
#define KURS_WINDOW_SIZE 8
/* A window by name ("1d", "6m", "ytd", "max"), anchored at the newest point at or before `at_us`; the anchor is the
 * end. d, w: 1 and 7 days; m, y: calendar, clamped to month ends; ytd: from the last point of the year before; max:
 * from the first point. TRADINGVIEW: w 7, m 30, 3m 90, 6m 180, y 365 days. KURS_EARGUMENT for other names. */
KURS_CHECKED enum kurs_status kurs_change_window(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                                 const char *window, int64_t at_us, enum kurs_convention convention,
                                                 const struct kurs_zone *zone, struct kurs_change *change,
                                                 struct kurs_error *error);

/* Each calendar period that has a point in [from_us, until_us), against the close before it: the newest point before the
 * period, in or before the range. The first is a whole one wherever from_us falls in it; the last ends with the range. Call with *next_us = from_us, then as
 * it was left; KURS_END when done. Zones do not matter to a daily series, here and below. */
struct kurs_period_change {
    int64_t period_from_us, period_until_us;
    struct kurs_change change;
};
KURS_CHECKED enum kurs_status kurs_change_period(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                                 struct kurs_span period, const struct kurs_zone *zone,
                                                 int64_t *next_us, int64_t until_us, struct kurs_period_change *change,
                                                 struct kurs_error *error);

/* ---- Bars and statistics ----------------------------------------------------------------------------------- */

struct kurs_bar {
    int64_t period_from_us, period_until_us;
    struct kurs_summary summary; /* open = first, close = last */
};
/* The calendar periods of [from_us, until_us) in order, those without a point passed over: every point of the range is
 * in exactly one bar. Cost: a block is decoded where a period ends within it, what lies between comes from the summary
 * tree; derived rates are read through. `zone` is borrowed until kurs_bars_close (NULL is allowed). Bars that failed can
 * only be closed. */
struct kurs_bars;
KURS_CHECKED enum kurs_status kurs_bars_open(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                             struct kurs_span period, const struct kurs_zone *zone, int64_t from_us,
                                             int64_t until_us, struct kurs_bars **bars, struct kurs_error *error);
KURS_CHECKED enum kurs_status kurs_bars_next(struct kurs_bars *bars, struct kurs_bar *bar, struct kurs_error *error);
KURS_API void kurs_bars_close(struct kurs_bars *bars);
/* For drawing: [from_us, until_us) in `columns` equal parts, one bar for each that holds a point, at most `columns`
 * written to bars[] (some of them also when it fails); *count says how many. The picture of these (first, low, high,
 * last) is that of all points (M4); an inverse has no mean here. An empty range or no columns: KURS_EARGUMENT. The range
 * is cut to KURS_TIME_MIN … KURS_TIME_MAX first. Cost: as kurs_bars_open, for an inverse too. */
#define KURS_COLUMNS_MAX 65536 /* more is KURS_ELIMIT: no picture is wider */
KURS_CHECKED enum kurs_status kurs_envelope(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                            int64_t from_us, int64_t until_us, size_t columns, struct kurs_bar *bars,
                                            size_t *count, struct kurs_error *error);

/* Percentages are in percent; NAN where too few points. Closes are the last points of UTC days (of `zone` if given).
 * Cost: one scan of the range at decode speed; all else is O(log n). */
struct kurs_stats {
    struct kurs_summary summary;
    struct kurs_ratio ratio;   /* last / first */
    double time_weighted_mean; /* each rate weighted by how long it was the newest, to the last point */
    double cagr;               /* ((last/first)^(365.25/days) - 1) * 100; NAN when that overflows */
    double volatility;         /* sqrt(252) * sample standard deviation of ln(close i / close i-1) * 100 */
    double drawdown;           /* (lowest rate/running peak - 1) * 100, <= 0 */
    int64_t drawdown_from_us, drawdown_to_us; /* the peak and the trough; both the first point if it never fell */
    double best_day, worst_day;               /* largest and smallest close-to-close percent */
    int64_t best_day_us, worst_day_us;
};
KURS_CHECKED enum kurs_status kurs_stats(struct kurs_snapshot *snapshot, const struct kurs_route *route,
                                         int64_t from_us, int64_t until_us, const struct kurs_zone *zone,
                                         struct kurs_stats *stats, struct kurs_error *error);
/* Pearson correlation of log returns between the closes of consecutive dates that both have; NAN under 3 returns or
 * when either never moves. *returns: how many. */
KURS_CHECKED enum kurs_status kurs_correlation(struct kurs_snapshot *snapshot, const struct kurs_route *a,
                                               const struct kurs_route *b, int64_t from_us, int64_t until_us,
                                               const struct kurs_zone *zone, double *correlation, uint64_t *returns,
                                               struct kurs_error *error);

/* ---- History of the store itself --------------------------------------------------------------------------- */

#define KURS_SOURCE_SIZE 256
struct kurs_import_record {
    uint32_t id; /* 1, 2, … */
    int64_t when_us;
    char source[KURS_SOURCE_SIZE]; /* file name as given, cut with "…" */
    uint64_t bytes;
    uint32_t crc32c;               /* of the bytes read */
    char format[KURS_SOURCE_SIZE]; /* the account of what was found */
    struct kurs_counts counts;
};
/* The import after id `after` (0 starts). KURS_END. Snapshots opened with known_us stop there. */
KURS_CHECKED enum kurs_status kurs_import_next(struct kurs_snapshot *snapshot, uint32_t after,
                                               struct kurs_import_record *record, struct kurs_error *error);

struct kurs_revision {
    char name[KURS_NAME_SIZE];
    int64_t time_us;   /* of the point */
    uint32_t sequence; /* 0 the first replacement of that point, then 1, … */
    struct kurs_decimal old_rate;
    uint32_t old_import; /* set the old value */
    uint32_t new_import; /* replaced it */
    int64_t when_us;     /* of that import */
    struct kurs_decimal new_rate;
};
/* The revision after *position (zeroed: start) by name, time, sequence, of one series or of all (name NULL). KURS_END.
 * `revision` may be `position`. */
KURS_CHECKED enum kurs_status kurs_revision_next(struct kurs_snapshot *snapshot, const char *name,
                                                 const struct kurs_revision *position, struct kurs_revision *revision,
                                                 struct kurs_error *error);

/* What was restated between two moments: points known at `earlier_us` whose value as known at `later_us` is another. */
struct kurs_restated {
    char name[KURS_NAME_SIZE];
    int64_t time_us; /* of the point */
    struct kurs_decimal old_rate, new_rate;
    uint32_t old_import, new_import; /* set them */
    int64_t when_us;                 /* of new_import */
};
/* The restated point after *position (zeroed: start) by name and time, of one series or of all (name NULL). KURS_END.
 * `restated` may be `position`. Cost: a walk over the revisions. */
KURS_CHECKED enum kurs_status kurs_restated_next(struct kurs_snapshot *snapshot, const char *name, int64_t earlier_us,
                                                 int64_t later_us, const struct kurs_restated *position,
                                                 struct kurs_restated *restated, struct kurs_error *error);

/* ---- Care -------------------------------------------------------------------------------------------------- */

struct kurs_verify_report {
    uint64_t series, blocks, points, summaries, revisions, imports;
};
/* Looks at every page of the file, decodes every block and recomputes every summary, count and record. KURS_ECORRUPT or
 * KURS_ECHECK with the first fault in *error. `on_fault` (may be NULL) hears of every one. */
KURS_CHECKED enum kurs_status kurs_store_verify(struct kurs_store *store, void *context,
                                                void (*on_fault)(void *context, const char *text),
                                                struct kurs_verify_report *report, struct kurs_error *error);
/* A consistent, compact copy while others read and write, durable; written to a temporary beside `path` and named when
 * whole. Refuses to overwrite (KURS_EREFUSED). */
KURS_CHECKED enum kurs_status kurs_store_backup(struct kurs_store *store, const char *path, struct kurs_error *error);
/* Rewrites the file without free pages as FILE-compacting and renames it over, durably (killed, it may leave that: the next
 * to open the store to write removes it); the handle is closed on KURS_OK and must not be used again. KURS_EBUSY while
 * another process has the store open, or this one a snapshot or writer; no other thread may use the handle meanwhile.
 * After a failure the file is as before and the handle may be used, or only closed if it could not be opened again (all
 * else is KURS_EBUSY then). */
KURS_CHECKED enum kurs_status kurs_store_compact(struct kurs_store *store, uint64_t *bytes_before,
                                                 uint64_t *bytes_after, struct kurs_error *error);

#ifdef __cplusplus
}
#endif
#endif
