/*
 * file.h - files that appear whole.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_FILE_H
#define SIMULATOR_FILE_H

#include <stddef.h>

/*
 * Writes a file beside `path` and renames it, so that who waits for it never reads half. Returns
 * -1 after a message. A `path` of NULL is no file at all.
 */
int file_write(const char *path, const char *bytes, size_t size);

#endif
