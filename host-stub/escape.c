/*
 * escape.c - foreign text made fit for a terminal, a spreadsheet, or JSON on a terminal.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* wcwidth */

#include "escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include "utf8.h"

#define ESCAPE_REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define ESCAPE_COLUMNS     6              /* \u001b */

/* Characters that steer instead of show: C0, DEL, C1, and those that end a line or turn it round.
 */
static bool escape_steers(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x061C ||
           character == 0x200E || character == 0x200F ||
           (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

/* How many columns a character takes that does not steer; -1 = it cannot be shown. */
static int escape_columns(uint32_t character)
{
    if (character < 0x7F)
        return 1;
    return character == UTF8_INVALID ? -1 : wcwidth((wchar_t)character);
}

static void escape_write(FILE *out, const char *bytes, size_t size)
{
    if (out != NULL)
        (void)fwrite(bytes, 1, size, out); /* whoever owns the stream asks ferror() */
}

size_t escape_terminal(FILE *out, struct span text)
{
    size_t columns = 0;
    size_t length;

    for (size_t at = 0; at < text.size; at += length) {
        const uint32_t character = utf8_decode(text, at, &length);
        const int width = escape_columns(character);

        if (escape_steers(character)) {
            if (out != NULL)
                (void)fprintf(out, "\\u%04x", (unsigned)character);
            columns += ESCAPE_COLUMNS;
        } else if (width < 0) {
            escape_write(out, ESCAPE_REPLACEMENT, strlen(ESCAPE_REPLACEMENT));
            columns++;
        } else {
            escape_write(out, text.bytes + at, length);
            columns += (size_t)width;
        }
    }
    return columns;
}

/* Characters by which a formula begins, full-width and small forms too. */
static bool escape_begins_formula(uint32_t character)
{
    static const uint32_t begins[] = {'=',    '+',    '-',    '@',    0xFF1D, 0xFF0B,
                                      0xFF0D, 0xFF20, 0xFE66, 0xFE62, 0xFE63, 0xFE6B};

    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (character == begins[i])
            return true;
    }
    return false;
}

/* Whether a cell that begins here is run: behind blanks, and quotes that may end, too. */
static bool escape_runs(struct span text, size_t at)
{
    size_t length;

    while (at < text.size && text.bytes[at] != '\0' && strchr(" \"\t\r\n", text.bytes[at]) != NULL)
        at++;
    return at < text.size && escape_begins_formula(utf8_decode(text, at, &length));
}

/* Some spreadsheets begin a cell there, whatever the quotes; the semicolon is French Excel's. */
static bool escape_separates(uint32_t character)
{
    return character == ';' || character == '\t' || character == '\r' || character == '\n';
}

static bool escape_needs_quotes(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] != '\0' && strchr("\",;\t\r\n", text.bytes[i]) != NULL)
            return true;
    }
    return false;
}

void escape_csv(FILE *out, struct span text)
{
    const bool quoted = escape_needs_quotes(text);
    bool begins = true; /* of a cell, at the first or a later character */
    size_t length;

    if (quoted)
        escape_write(out, "\"", 1);
    for (size_t at = 0; at < text.size; at += length) {
        const uint32_t character = utf8_decode(text, at, &length);
        const bool separates = escape_separates(character);

        if (begins && (escape_runs(text, at) || (at == 0 && separates && character != ';')))
            escape_write(out, "'", 1);
        begins = separates;
        if (character == '"')
            escape_write(out, "\"\"", 2);
        else if (separates || (character != UTF8_INVALID && !escape_steers(character)))
            escape_write(out, text.bytes + at, length);
        else
            escape_write(out, ESCAPE_REPLACEMENT, strlen(ESCAPE_REPLACEMENT));
    }
    if (quoted)
        escape_write(out, "\"", 1);
}

void escape_json(FILE *out, struct span text)
{
    size_t length;

    for (size_t at = 0; at < text.size; at += length) {
        const uint32_t character = utf8_decode(text, at, &length);

        /* Below DEL only blanks between tokens can be raw in JSON: they stay. */
        if (character >= 0x7F && escape_steers(character))
            (void)fprintf(out, "\\u%04x", (unsigned)character);
        else if (character != UTF8_INVALID)
            escape_write(out, text.bytes + at, length);
        else
            escape_write(out, ESCAPE_REPLACEMENT, strlen(ESCAPE_REPLACEMENT));
    }
}
