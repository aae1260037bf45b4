/*
 * terminal.c - how wide the terminal is.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* struct winsize */

#include "terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>

size_t terminal_columns(int descriptor)
{
    const char *text = getenv("COLUMNS");
    struct winsize size;

    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return text != NULL ? strtoul(text, NULL, 10) : 0;
}
