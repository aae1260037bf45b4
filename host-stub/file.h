/*
 * file.h - reads a whole small file into a buffer; opens and closes streams that write.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_FILE_H
#define HOST_STUB_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

/*
 * Reads a file, pipe or terminal to its end; path NULL is standard input. Returns the length in
 * bytes, and the file's mode in *ret_mode; or -1 with errno, which is EFBIG if there are more than
 * `capacity` bytes. Keeps no copy of the content, which may be a secret.
 */
ssize_t file_read(const char *path, char *buffer, size_t capacity, mode_t *ret_mode);

/* Closes a descriptor to which nothing was written. Keeps errno. */
void file_abandon(int descriptor);

/*
 * A stream that writes to a descriptor from open(). NULL with errno if there is none (-1) or on
 * failure, after which the descriptor is closed.
 */
FILE *file_stream(int descriptor);

/* Closes a stream. Returns false if something could not be written to it. */
bool file_close(FILE *file);

#endif
