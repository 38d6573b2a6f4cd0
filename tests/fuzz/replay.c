/* replay.c: runs a fuzz target over every file of a folder, so that `make test` replays the corpora without a fuzzer.
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_BYTES_MAX (4U << 20) /* no corpus file comes near */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(INPUT_BYTES_MAX);
    if (file == NULL || data == NULL) {
        perror(path);
        exit(1);
    }
    size_t size = fread(data, 1, INPUT_BYTES_MAX, file);
    /* an exact allocation, so that a sanitizer sees a read past the end */
    uint8_t *input = malloc(size + (size == 0));
    if (input == NULL) {
        exit(1);
    }
    memcpy(input, data, size);
    (void)fclose(file);
    free(data);
    int result = LLVMFuzzerTestOneInput(input, size);
    free(input);
    return result;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (folder == NULL) {
        fprintf(stderr, "usage: %s FOLDER (of inputs)\n", argv[0]);
        return 2;
    }
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.' ||
            snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name) >= (int)sizeof path) {
            continue;
        }
        (void)replay(path);
        count++;
    }
    (void)closedir(folder);
    printf("replayed %zu inputs of %s\n", count, argv[1]);
    return count > 0 ? 0 : 1;
}
