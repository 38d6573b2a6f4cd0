/* main.c: the program's entry; replaced by the command runner. */
#include "kurs.h"

#include <string.h>

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        return puts("kurs " KURS_VERSION) < 0;
    }
    return 2;
}
