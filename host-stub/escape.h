/*
 * escape.h - foreign text made fit for a terminal, a spreadsheet, or JSON on a terminal.
 *
 * Names, models and messages come from the network. A control character in them could move the
 * cursor or retitle the window; a leading '=' would be run as a formula. Nothing of that passes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_ESCAPE_H
#define HOST_STUB_ESCAPE_H

#include <stdio.h>

#include "span.h"

/*
 * Writes the text to a terminal or a file read as one: characters that steer it, turn the direction
 * or show nothing as <U+202E>, what is no UTF-8 or not printable as U+FFFD. Returns how many
 * columns it takes. `out` NULL only measures. The columns follow LC_CTYPE, which must be a UTF-8
 * one.
 */
size_t escape_terminal(FILE *out, struct span text);

/* The same, but of a text of more columns only its beginning, with `ellipsis` as the end of it. */
size_t escape_terminal_cut(FILE *out, struct span text, size_t columns, const char *ellipsis);

/*
 * Writes one CSV field (RFC 4180): quoted where it must be, control characters other than tab, CR
 * and LF as U+FFFD, and with an apostrophe before what a spreadsheet would take for a formula, also
 * behind a semicolon, tab or line end, where some begin another cell.
 */
void escape_csv(FILE *out, struct span text);

/* Writes JSON text to a terminal: what DEL, C1 or direction characters it holds as \u009b. */
void escape_json(FILE *out, struct span text);

#endif
