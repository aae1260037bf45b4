/*
 * escape.c - makes untrusted text safe for a terminal, for a spreadsheet, or as JSON on a terminal.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include "list.h"
#include "utf8.h"

#define ESCAPE_REPLACEMENT "\xEF\xBF\xBD"         /* U+FFFD */
#define ESCAPE_NAME_SIZE   sizeof("<U+FFFFFFFF>") /* longest name by the type of the argument */

/*
 * Whether a character controls a terminal: C0, DEL, C1, and those that end a line or change the
 * direction of text.
 */
static bool escape_steers(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x061C ||
           character == 0x200E || character == 0x200F ||
           (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

/*
 * Whether a character is invisible, so that two names may look equal: Default_Ignorable_Code_Point
 * of Unicode [DerivedCoreProperties.txt], and annotation characters.
 */
static bool escape_hides(uint32_t character)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x115F, 0x1160},   {0x17B4, 0x17B5},
        {0x180B, 0x180F}, {0x200B, 0x200D},   {0x2060, 0x2065},   {0x206A, 0x206F},
        {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };

    for (size_t i = 0; i < LIST_COUNT(hidden); i++) {
        if (character >= hidden[i].first && character <= hidden[i].last) {
            return true;
        }
    }
    return false;
}

static void escape_write(FILE *out, const char *bytes, size_t size)
{
    if (out != NULL) {
        (void)fwrite(bytes, 1, size, out); /* the owner of the stream checks ferror() */
    }
}

/* Writes as much as fits into `columns`. Returns the number of columns written. */
static size_t escape_within(FILE *out, struct span text, size_t columns)
{
    size_t taken = 0, length;

    for (size_t at = 0; at < text.size; at += length) {
        const uint32_t character = utf8_decode(text, at, &length);
        struct span shown = {text.bytes + at, length};
        int width = character < 0x7F ? 1 : wcwidth((wchar_t)character);
        char name[ESCAPE_NAME_SIZE];

        if (escape_steers(character) || escape_hides(character)) {
            width = snprintf(name, sizeof(name), "<U+%04X>", (unsigned)character);
            shown = span_of(name);
        } else if (character == UTF8_INVALID || width < 0) {
            width = 1;
            shown = span_of(ESCAPE_REPLACEMENT);
        }
        if ((size_t)width > columns - taken) {
            break;
        }
        escape_write(out, shown.bytes, shown.size);
        taken += (size_t)width;
    }
    return taken;
}

size_t escape_terminal(FILE *out, struct span text)
{
    return escape_within(out, text, SIZE_MAX);
}

size_t escape_terminal_cut(FILE *out, struct span text, size_t columns, const char *ellipsis)
{
    const struct span mark = span_of(ellipsis);
    const size_t mark_columns = escape_terminal(NULL, mark);

    if (escape_terminal(NULL, text) <= columns) {
        return escape_terminal(out, text);
    }
    if (mark_columns > columns) {
        return escape_within(out, text, columns);
    }
    columns = escape_within(out, text, columns - mark_columns);
    return columns + escape_terminal(out, mark);
}

/*
 * Whether a spreadsheet may run a cell that begins here, after blanks and quotes that it may drop.
 */
static bool escape_runs(struct span text, size_t at)
{
    /* What a formula begins with; also in full-width and small forms. */
    static const wchar_t begins[] = L"=+-@\xFF1D\xFF0B\xFF0D\xFF20\xFE66\xFE62\xFE63\xFE6B";
    size_t length;

    while (at < text.size && text.bytes[at] != '\0' &&
           strchr(" \"\t\r\n", text.bytes[at]) != NULL) {
        at++;
    }
    return at < text.size && text.bytes[at] != '\0' &&
           wcschr(begins, (wchar_t)utf8_decode(text, at, &length)) != NULL;
}

static bool escape_needs_quotes(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] != '\0' && strchr("\",;\t\r\n", text.bytes[i]) != NULL) {
            return true;
        }
    }
    return false;
}

void escape_csv(FILE *out, struct span text)
{
    const bool quoted = escape_needs_quotes(text);
    bool begins = true; /* a cell may begin at this character */
    size_t length;

    (void)fputs(quoted ? "\"" : "", out);
    for (size_t at = 0; at < text.size; at += length) {
        const uint32_t character = utf8_decode(text, at, &length);
        /* Some spreadsheets begin a new cell here, even inside quotes; French Excel after a
         * semicolon. */
        const bool separates =
            character == ';' || character == '\t' || character == '\r' || character == '\n';

        if (begins && (escape_runs(text, at) || (at == 0 && separates && character != ';'))) {
            escape_write(out, "'", 1);
        }
        begins = separates;
        if (character == '"') {
            escape_write(out, "\"\"", 2);
        } else if (separates || (character != UTF8_INVALID && !escape_steers(character))) {
            escape_write(out, text.bytes + at, length);
        } else {
            escape_write(out, ESCAPE_REPLACEMENT, strlen(ESCAPE_REPLACEMENT));
        }
    }
    (void)fputs(quoted ? "\"" : "", out);
}

void escape_json(FILE *out, struct span text)
{
    size_t length;

    for (size_t at = 0; at < text.size; at += length) {
        const uint32_t character = utf8_decode(text, at, &length);

        /*
         * Of the control characters below DEL, JSON contains only white space between tokens: it
         * stays.
         */
        if (character >= 0x7F && escape_steers(character)) {
            (void)fprintf(out, "\\u%04x", (unsigned)character);
        } else if (character != UTF8_INVALID) {
            escape_write(out, text.bytes + at, length);
        } else {
            escape_write(out, ESCAPE_REPLACEMENT, strlen(ESCAPE_REPLACEMENT));
        }
    }
}
