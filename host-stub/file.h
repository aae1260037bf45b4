/*
 * file.h - a whole small file into a buffer.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_FILE_H
#define HOST_STUB_FILE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Reads a file, pipe or terminal to its end. Returns its length, and its mode in *ret_mode; or -1
 * with errno, EFBIG when it holds more than `capacity` bytes. Keeps no copy of what it read.
 */
ssize_t file_read(const char *path, char *buffer, size_t capacity, mode_t *ret_mode);

/* The same of standard input. */
ssize_t file_read_stdin(char *buffer, size_t capacity);

#endif
