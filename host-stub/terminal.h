/*
 * terminal.h - how wide the terminal is.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_TERMINAL_H
#define HOST_STUB_TERMINAL_H

#include <stddef.h>

/* What the terminal says itself, else what COLUMNS says; 0 = neither does. */
size_t terminal_columns(int descriptor);

#endif
