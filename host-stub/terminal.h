/*
 * terminal.h - the width of the terminal, whether it supports colours and a cursor, and words in
 * colour.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_TERMINAL_H
#define HOST_STUB_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "arguments.h"
#include "span.h"

/* The width that the terminal reports, else that in COLUMNS; 0 = unknown. */
size_t terminal_columns(int descriptor);

/* Whether TERM names a terminal with colours and a cursor: set, and not "dumb". */
bool terminal_steers(void);

/* Whether a table has colours: as --color says or, for auto, by the terminal and NO_COLOR. */
bool terminal_colors(enum color choice, bool terminal);

/*
 * As escape_terminal(), but with `color` in colour if it is one of the few words that an
 * administrator looks for: ok, FAILED, NO, error, warning.
 */
size_t terminal_word(FILE *stream, struct span word, bool color);

#endif
