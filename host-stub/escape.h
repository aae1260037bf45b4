/*
 * escape.h - makes untrusted text safe for a terminal, for a spreadsheet, or as JSON on a terminal.
 *
 * Names, models and messages come from the network. A control character in them could move the
 * cursor or change the title of the window; a leading '=' would be run as a formula. These
 * functions escape or replace both.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_ESCAPE_H
#define HOST_STUB_ESCAPE_H

#include <stdio.h>

#include "span.h"

/*
 * Writes the text to a terminal, or to a file that a terminal may show. Characters that control it,
 * change the direction of text or are invisible are written as <U+202E>; invalid UTF-8 and
 * unprintable characters as U+FFFD. Returns the number of terminal columns. `out` NULL only
 * measures. Widths depend on LC_CTYPE, which must be a UTF-8 locale.
 */
size_t escape_terminal(FILE *out, struct span text);

/*
 * As escape_terminal(), but cuts a text that is wider than `columns` and ends it with `ellipsis`.
 */
size_t escape_terminal_cut(FILE *out, struct span text, size_t columns, const char *ellipsis);

/*
 * Writes one CSV field [RFC 4180], quoted if necessary. Control characters other than tab, CR and
 * LF become U+FFFD. An apostrophe is put before anything that a spreadsheet would take for a
 * formula, also after a semicolon, tab or line end, where some programs begin another cell.
 */
void escape_csv(FILE *out, struct span text);

/* Writes JSON text to a terminal, with DEL, C1 and direction characters escaped as \u009b. */
void escape_json(FILE *out, struct span text);

#endif
