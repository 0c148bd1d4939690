/* What an escaped process does to a layer of a patch while the runner walks it.
 *
 *   layer swap FOLDER ONE OTHER     swaps two names in a folder until it is killed
 *   layer nest FOLDER DEPTH BYTES   makes folders with names of 255 bytes in each other, and a file at the bottom
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(const char *what) {
    perror(what);
    return 1;
}

static int swap(const char *one, const char *other) {
    puts("begun");
    fflush(stdout);
    for (;;)
        renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

static int nest(long depth, long bytes) {
    char name[256];
    int file;
    memset(name, 'n', 255);
    name[255] = 0;
    for (long i = 0; i < depth; i++)
        if (mkdir(name, 0755) || chdir(name))
            return fail("nest");
    file = open("file", O_CREAT | O_WRONLY, 0644);
    return file < 0 || ftruncate(file, bytes) ? fail("file") : 0;
}

int main(int count, char **arguments) {
    if (count != 5 || chdir(arguments[2]))
        return fail("usage");
    if (!strcmp(arguments[1], "swap"))
        return swap(arguments[3], arguments[4]);
    return nest(atol(arguments[3]), atol(arguments[4]));
}
