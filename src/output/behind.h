/* behind.h: text written to a stream behind the back of who makes it: while one buffer is filled, a thread writes the
 * other. Half of a long export is the system's copying, which another core can do. */
#ifndef KURS_OUTPUT_BEHIND_H
#define KURS_OUTPUT_BEHIND_H

#include "kurs.h"

#define BEHIND_BYTES ((size_t)1 << 18) /* half of a second-level cache */
#define BEHIND_EXTRA 1024              /* room behind that, so that who fills looks only at the end of a row */

struct behind;

/* `out` is borrowed, and not to be touched until behind_close. NULL: no memory. The thread is made when a first buffer
 * is full: short output does without. */
struct behind *behind_open(FILE *out);
/* The buffer to fill now: BEHIND_BYTES + BEHIND_EXTRA. Until the next call of behind_write. */
char *behind_buffer(struct behind *behind);
/* Hands over the first `size` bytes of the buffer and waits until the other is free. KURS_EIO (and errno) if these or
 * earlier bytes cannot be written: then nothing more is written, and the object is only to be closed. */
enum kurs_status behind_write(struct behind *behind, size_t size);
/* Waits until all is written; not flushed. KURS_EIO (and errno) as above. NULL: KURS_OK. */
enum kurs_status behind_close(struct behind *behind);

#endif
