/*
 * peak.c - runs a command, and writes its peak memory (KiB) to a file.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   peak FILE COMMAND [ARGUMENT...]
 *
 * The peak of a process starts at the memory of its parent, so this parent is small.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    struct rusage usage;
    FILE *file;
    pid_t child;
    int status;

    if (argc < 3) {
        (void)fputs("Usage: peak FILE COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0) {
        (void)execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("peak");
        return 127;
    }
    file = fopen(argv[1], "w");
    if (file == NULL || fprintf(file, "%ld\n", usage.ru_maxrss) < 0 || fclose(file) != 0) {
        perror(argv[1]);
        return 127;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
