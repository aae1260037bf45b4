/*
 * file.c - reads a whole small file with read(2), because stdio would keep a copy of a secret;
 * opens and closes streams that write.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads to the end. Fails with EFBIG if there is a byte more than fits; that byte is dropped. */
static ssize_t file_drain(int descriptor, char *buffer, size_t capacity)
{
    size_t size = 0;
    ssize_t got = 0;
    char beyond;

    while (size < capacity && (got = read(descriptor, buffer + size, capacity - size)) > 0) {
        size += (size_t)got;
    }
    if (size == capacity && (got = read(descriptor, &beyond, 1)) > 0) {
        errno = EFBIG;
        return -1;
    }
    return got < 0 ? -1 : (ssize_t)size;
}

ssize_t file_read(const char *path, char *buffer, size_t capacity, mode_t *ret_mode)
{
    struct stat status;
    ssize_t size = -1;
    const int descriptor =
        path != NULL ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : dup(STDIN_FILENO);

    if (descriptor < 0) {
        return -1;
    }
    if (fstat(descriptor, &status) == 0) {
        *ret_mode = status.st_mode;
        size = file_drain(descriptor, buffer, capacity);
    }
    file_abandon(descriptor);
    return size;
}

void file_abandon(int descriptor)
{
    const int saved = errno;

    (void)close(descriptor); /* no data can be lost */
    errno = saved;
}

FILE *file_stream(int descriptor)
{
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;

    if (descriptor >= 0 && file == NULL) {
        file_abandon(descriptor);
    }
    return file;
}

bool file_close(FILE *file)
{
    const bool written = ferror(file) == 0;

    return fclose(file) == 0 && written;
}
