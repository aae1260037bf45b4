/*
 * file.c - writes files atomically.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "file.h"

#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int file_write(const char *path, const char *bytes, size_t size)
{
    char *beside;
    FILE *file;
    int result = -1;

    if (path == NULL)
        return 0;
    beside = must_print("%s.part", path);
    file = fopen(beside, "wb");
    if (file != NULL) {
        size_t written = fwrite(bytes, 1, size, file);

        if (fclose(file) == 0 && written == size && rename(beside, path) == 0)
            result = 0;
    }
    if (result != 0)
        (void)fprintf(stderr, "fortimanager-simulator: cannot write %s: %s\n", path,
                      strerror(errno));
    free(beside);
    return result;
}
