/* failing_malloc.h: an allocator that fails call N, for one test program: it takes malloc's place when included. Not under
 * sanitizers, which take it too, nor without glibc: then FAILING_MALLOC is not defined. */
#ifndef KURS_TESTS_FAILING_MALLOC_H
#define KURS_TESTS_FAILING_MALLOC_H

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h> /* which says whether it is glibc's */

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FAILING_MALLOC

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static long until_failure = -1; /* allocations that still succeed; negative: all */
static bool failed;

static bool fails(void)
{
    if (until_failure < 0 || until_failure-- > 0) {
        return false;
    }
    errno = ENOMEM;
    failed = true;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

#endif
#endif
