/*
 * terminal.h - the width of the terminal, and whether it supports colours and a cursor.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_TERMINAL_H
#define HOST_STUB_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* The width that the terminal reports, else that in COLUMNS; 0 = unknown. */
size_t terminal_columns(int descriptor);

/* Whether TERM names a terminal with colours and a cursor: set, and not "dumb". */
bool terminal_steers(void);

#endif
