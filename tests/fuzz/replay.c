/*
 * replay.c - runs a fuzz target over files, with any compiler. Prints TAP.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   fuzz_NAME [FILE-OR-FOLDER...]
 *
 * Without arguments, the target's own corpus. Each input runs in a process of its own, so that a
 * broken property ends that process alone.
 */
#define _GNU_SOURCE 1 /* program_invocation_short_name */

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz.h"

#define PATH_SIZE 4096

static unsigned int ran, failed;

static void report(bool good, const char *path)
{
    ran++;
    failed += good ? 0 : 1;
    printf("%s %u - %s\n", good ? "ok" : "not ok", ran, path);
}

/* The input is an allocation of its own, so that a sanitizer sees reads beyond it. */
static void run_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(size > 0 ? size : 1);

    if (file == NULL || bytes == NULL || fread(bytes, 1, size, file) != size) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    (void)fclose(file); /* only read from */
    (void)LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    exit(EXIT_SUCCESS);
}

static bool replay_file(const char *path, size_t size)
{
    int status = -1;
    pid_t child;

    (void)fflush(NULL);
    child = fork();
    if (child == 0) {
        run_file(path, size);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void replay(const char *path);

static void replay_folder(const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, visible, alphasort);
    char name[PATH_SIZE];

    if (count <= 0) {
        report(false, path); /* a corpus without files fails */
    }
    for (int i = 0; i < count; i++) {
        (void)snprintf(name, sizeof(name), "%s/%s", path, entries[i]->d_name);
        replay(name);
        free(entries[i]);
    }
    free(entries);
}

static void replay(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        report(false, path);
    } else if (S_ISDIR(status.st_mode)) {
        replay_folder(path);
    } else {
        report(replay_file(path, (size_t)status.st_size), path);
    }
}

int main(int argc, char *argv[])
{
    const char *source = getenv("srcdir"), *name = strchr(program_invocation_short_name, '_');
    char corpus[PATH_SIZE];

    if (argc == 1) {
        (void)snprintf(corpus, sizeof(corpus), "%s/tests/fuzz/corpus/%s",
                       source != NULL ? source : ".", name != NULL ? name + 1 : "?");
        replay(corpus);
    }
    for (int i = 1; i < argc; i++) {
        replay(argv[i]);
    }
    printf("1..%u\n", ran);
    return failed == 0 && ran > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
