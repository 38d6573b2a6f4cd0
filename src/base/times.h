/* times.h: columns of ascending times, searched. Pure values. */
#ifndef KURS_BASE_TIMES_H
#define KURS_BASE_TIMES_H

#include <stddef.h>
#include <stdint.h>

/* The first index in [from, count) whose time is >= wanted_us; count if there is none. O(log distance). */
size_t times_find(const int64_t *time_us, size_t from, size_t count, int64_t wanted_us);

#endif
