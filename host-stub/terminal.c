/*
 * terminal.c - the width of the terminal, whether it supports colours and a cursor, and words in
 * colour.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "escape.h"
#include "list.h"

/* Select Graphic Rendition [ECMA-48, 8.3.117]. */
#define TERMINAL_GREEN  "\033[32m"
#define TERMINAL_RED    "\033[31m"
#define TERMINAL_YELLOW "\033[33m"
#define TERMINAL_END    "\033[m"

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

bool terminal_colors(enum color choice, bool terminal)
{
    const char *none = getenv("NO_COLOR"); /* no-color.org */

    if (choice != COLOR_AUTO) {
        return choice == COLOR_ALWAYS;
    }
    return terminal && terminal_steers() && (none == NULL || *none == '\0');
}

size_t terminal_word(FILE *stream, struct span word, bool color)
{
    static const struct {
        const char *word, *color;
    } colors[] = {
        {"ok", TERMINAL_GREEN},  {"FAILED", TERMINAL_RED},     {"NO", TERMINAL_RED},
        {"error", TERMINAL_RED}, {"warning", TERMINAL_YELLOW},
    };

    for (size_t i = 0; color && i < LIST_COUNT(colors); i++) {
        if (span_is(word, colors[i].word)) {
            (void)fputs(colors[i].color, stream);
            const size_t columns = escape_terminal(stream, word);
            (void)fputs(TERMINAL_END, stream);
            return columns;
        }
    }
    return escape_terminal(stream, word);
}
