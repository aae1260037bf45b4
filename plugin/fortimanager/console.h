/*
 * console.h - what to enter on a FortiManager for a user that may read all that is imported.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include "buffer.h"
#include "settings.h"

/*
 * Appends the lines, one below the other: a profile, and an API user with its key, or, where a user
 * name is set, what that user lacks.
 */
void console_lines(const struct settings *settings, struct buffer *out);
#endif
