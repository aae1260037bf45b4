/*
 * terminal.h - how wide the terminal is, and whether it can do more than write.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_TERMINAL_H
#define HOST_STUB_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* What the terminal says itself, else what COLUMNS says; 0 = neither does. */
size_t terminal_columns(int descriptor);

/* Whether TERM names a terminal with colours and a cursor: it is set, and not "dumb". */
bool terminal_steers(void);

#endif
