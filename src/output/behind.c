/* behind.c: two buffers and one thread that writes the one not being filled. Knows nothing of what the text is.
 * Dropped: aio, which glibc does by threads of its own; and writing through a map, which costs a fault a page. */
#include "output/behind.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct behind {
    FILE *out;
    bool threaded;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows, once there is a thread */
    pthread_cond_t changed;
    size_t waiting; /* bytes of the buffer not being filled that are yet to be written */
    bool ended;
    int failed; /* errno, once writing failed */
    int filling;
    char buffer[2][BEHIND_BYTES + BEHIND_EXTRA];
};

static int write_all(FILE *out, const char *bytes, size_t size)
{
    errno = 0;
    return fwrite(bytes, 1, size, out) == size ? 0 : errno != 0 ? errno : EIO;
}

static void *write_behind(void *argument)
{
    struct behind *behind = argument;
    pthread_mutex_lock(&behind->lock);
    while (behind->waiting > 0 || !behind->ended) {
        if (behind->waiting == 0) {
            pthread_cond_wait(&behind->changed, &behind->lock);
            continue;
        }
        const char *bytes = behind->buffer[1 - behind->filling];
        size_t size = behind->waiting;
        pthread_mutex_unlock(&behind->lock);
        int failed = write_all(behind->out, bytes, size);
        pthread_mutex_lock(&behind->lock);
        behind->failed = failed;
        behind->waiting = 0;
        pthread_cond_signal(&behind->changed);
    }
    pthread_mutex_unlock(&behind->lock);
    return NULL;
}

struct behind *behind_open(FILE *out)
{
    struct behind *behind = malloc(sizeof *behind);
    if (behind == NULL) {
        return NULL;
    }
    behind->out = out;
    behind->threaded = false;
    behind->waiting = 0;
    behind->ended = false;
    behind->failed = 0;
    behind->filling = 0;
    if (pthread_mutex_init(&behind->lock, NULL) != 0) {
        free(behind);
        return NULL;
    }
    if (pthread_cond_init(&behind->changed, NULL) != 0) {
        pthread_mutex_destroy(&behind->lock);
        free(behind);
        return NULL;
    }
    return behind;
}

char *behind_buffer(struct behind *behind)
{
    return behind->buffer[behind->filling];
}

enum kurs_status behind_write(struct behind *behind, size_t size)
{
    if (!behind->threaded && size >= BEHIND_BYTES) {
        behind->threaded = pthread_create(&behind->thread, NULL, write_behind, behind) == 0;
    }
    int failed;
    if (behind->threaded) {
        pthread_mutex_lock(&behind->lock);
        while (behind->waiting > 0) {
            pthread_cond_wait(&behind->changed, &behind->lock);
        }
        failed = behind->failed;
        if (failed == 0) {
            behind->waiting = size;
            behind->filling = 1 - behind->filling;
            pthread_cond_signal(&behind->changed);
        }
        pthread_mutex_unlock(&behind->lock);
    } else {
        if (behind->failed == 0) {
            behind->failed = write_all(behind->out, behind->buffer[behind->filling], size);
        }
        failed = behind->failed;
    }
    errno = failed != 0 ? failed : errno;
    return failed == 0 ? KURS_OK : KURS_EIO;
}

enum kurs_status behind_close(struct behind *behind)
{
    if (behind == NULL) {
        return KURS_OK;
    }
    if (behind->threaded) {
        pthread_mutex_lock(&behind->lock);
        behind->ended = true;
        pthread_cond_signal(&behind->changed);
        pthread_mutex_unlock(&behind->lock);
        pthread_join(behind->thread, NULL);
    }
    int failed = behind->failed;
    pthread_cond_destroy(&behind->changed);
    pthread_mutex_destroy(&behind->lock);
    free(behind);
    errno = failed != 0 ? failed : errno;
    return failed == 0 ? KURS_OK : KURS_EIO;
}
