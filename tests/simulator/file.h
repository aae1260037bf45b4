/*
 * file.h - writes files atomically.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_FILE_H
#define SIMULATOR_FILE_H

#include <stddef.h>

/* Writes a file beside `path` and renames it, so that a reader never sees half of it. `path` NULL:
 * writes nothing. Returns -1 after a message. */
int file_write(const char *path, const char *bytes, size_t size);

#endif
