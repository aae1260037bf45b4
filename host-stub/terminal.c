/*
 * terminal.c - the width of the terminal, and whether it supports colours and a cursor.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* struct winsize */

#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

size_t terminal_columns(int descriptor)
{
    const char *text = getenv("COLUMNS");
    struct winsize size;

    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return text != NULL ? strtoul(text, NULL, 10) : 0;
}

bool terminal_steers(void)
{
    const char *kind = getenv("TERM");

    return kind != NULL && *kind != '\0' && strcmp(kind, "dumb") != 0;
}
