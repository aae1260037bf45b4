/*
 * paint.h - colour for the few words that an administrator looks for: ok, FAILED, NO, error,
 * warning.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PAINT_H
#define HOST_STUB_PAINT_H

#include <stdbool.h>
#include <stdio.h>

#include "arguments.h"
#include "span.h"

/* Whether a table has colours: as --color says or, for auto, by the terminal and NO_COLOR. */
bool paint_wanted(enum color choice, bool terminal);

/* As escape_terminal(), in the colour of the word, if it has one. */
size_t paint_word(FILE *stream, struct span word);

#endif
