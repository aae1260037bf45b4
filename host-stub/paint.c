/*
 * paint.c - colour for the few words that an administrator looks for: ok, FAILED, NO, error,
 * warning.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "paint.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "list.h"
#include "terminal.h"

/* Select Graphic Rendition [ECMA-48, 8.3.117]. */
#define PAINT_GREEN  "\033[32m"
#define PAINT_RED    "\033[31m"
#define PAINT_YELLOW "\033[33m"
#define PAINT_END    "\033[m"

bool paint_wanted(enum color choice, bool terminal)
{
    const char *none = getenv("NO_COLOR"); /* no-color.org */

    if (choice != COLOR_AUTO) {
        return choice == COLOR_ALWAYS;
    }
    return terminal && terminal_steers() && (none == NULL || *none == '\0');
}

size_t paint_word(FILE *stream, struct span word)
{
    static const struct {
        const char *word, *color;
    } colors[] = {
        {"ok", PAINT_GREEN},  {"FAILED", PAINT_RED},     {"NO", PAINT_RED},
        {"error", PAINT_RED}, {"warning", PAINT_YELLOW},
    };
    size_t columns;

    for (size_t i = 0; i < LIST_COUNT(colors); i++) {
        if (strlen(colors[i].word) == word.size &&
            memcmp(colors[i].word, word.bytes, word.size) == 0) {
            (void)fputs(colors[i].color, stream);
            columns = escape_terminal(stream, word);
            (void)fputs(PAINT_END, stream);
            return columns;
        }
    }
    return escape_terminal(stream, word);
}
