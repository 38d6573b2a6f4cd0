/* names.c: series names to small numbers, once an import, so that threads can hand points over by number. A hash table
 * under one lock: threads ask once for a new text, not once a row. */
#include "ingest/names.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS (2 * NAMES_MAX) /* a power of two; half full at most */

struct entry {
    struct kurs_name name;
    enum kurs_kind kind;
    uint32_t twin;
};

struct names {
    pthread_mutex_t lock;
    uint32_t count, room;
    struct entry *entries;
    uint32_t *bucket; /* id + 1; 0 empty */
};

enum kurs_status names_new(struct names **names)
{
    struct names *made = calloc(1, sizeof *made);
    if (!made) {
        return KURS_ENOMEM;
    }
    made->bucket = calloc(BUCKETS, sizeof *made->bucket);
    if (!made->bucket || pthread_mutex_init(&made->lock, NULL) != 0) {
        free(made->bucket);
        free(made);
        return KURS_ENOMEM;
    }
    *names = made;
    return KURS_OK;
}

void names_free(struct names *names)
{
    if (names) {
        pthread_mutex_destroy(&names->lock);
        free(names->entries);
        free(names->bucket);
        free(names);
    }
}

static uint32_t hash_text(uint32_t hash, const char *text)
{
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * 16777619u; /* FNV-1a */
    }
    return (hash ^ '/') * 16777619u;
}

static bool same_name(const struct kurs_name *a, const struct kurs_name *b)
{
    return strcmp(a->base, b->base) == 0 && strcmp(a->quote, b->quote) == 0 && strcmp(a->label, b->label) == 0;
}

static enum kurs_status add(struct names *names, const struct kurs_name *name, enum kurs_kind kind, uint32_t twin)
{
    if (names->count == NAMES_MAX) {
        return KURS_ELIMIT;
    }
    if (names->count == names->room) {
        uint32_t room = names->room ? 2 * names->room : 64;
        struct entry *grown = realloc(names->entries, room * sizeof *grown);
        if (!grown) {
            return KURS_ENOMEM;
        }
        names->entries = grown;
        names->room = room;
    }
    if (twin != NAMES_NONE) {
        names->entries[twin].twin = names->count;
    }
    names->entries[names->count++] = (struct entry) {*name, kind, twin};
    return KURS_OK;
}

static enum kurs_status find_locked(struct names *names, const struct kurs_name *name, enum kurs_kind kind,
                                    uint32_t *id)
{
    uint32_t twin = NAMES_NONE;
    uint32_t at = hash_text(hash_text(hash_text(2166136261u, name->base), name->quote), name->label);
    for (;; at++) {
        uint32_t *bucket = &names->bucket[at & (BUCKETS - 1)];
        if (*bucket == 0) {
            enum kurs_status status = add(names, name, kind, twin);
            if (status != KURS_OK) {
                return status;
            }
            *bucket = names->count;
        }
        struct entry *entry = &names->entries[*bucket - 1];
        if (same_name(&entry->name, name)) {
            if (entry->kind == kind) {
                *id = *bucket - 1;
                return KURS_OK;
            }
            twin = *bucket - 1;
        }
    }
}

enum kurs_status names_find(struct names *names, const struct kurs_name *name, enum kurs_kind kind, uint32_t *id)
{
    pthread_mutex_lock(&names->lock);
    enum kurs_status status = find_locked(names, name, kind, id);
    pthread_mutex_unlock(&names->lock);
    return status;
}

void names_get(struct names *names, uint32_t id, struct kurs_name *name, enum kurs_kind *kind)
{
    pthread_mutex_lock(&names->lock);
    *name = names->entries[id].name;
    *kind = names->entries[id].kind;
    pthread_mutex_unlock(&names->lock);
}

uint32_t names_twin(struct names *names, uint32_t id)
{
    pthread_mutex_lock(&names->lock);
    uint32_t twin = names->entries[id].twin;
    pthread_mutex_unlock(&names->lock);
    return twin;
}
