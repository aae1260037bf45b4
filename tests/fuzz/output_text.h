/*
 * output_text.h - output of the stub, and checks that it is safe for its readers.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FUZZ_OUTPUT_TEXT_H
#define FUZZ_OUTPUT_TEXT_H

#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

/* A stream into memory. The first one sets LC_CTYPE to UTF-8, as in the stub. */
struct output_text {
    FILE *stream;
    char *bytes;
    size_t size;
};

void output_text_open(struct output_text *out);
void output_text_close(struct output_text *out); /* completes `bytes` */
void output_text_release(struct output_text *out);

/* The output cannot control a terminal: no control or direction characters but those in
 * `allowed`. */
void output_text_check_shown(const struct output_text *out, const char *allowed);

/* The output has no invisible characters: Unicode's zero-width characters, tags and the like. */
void output_text_check_visible(const struct output_text *out);

/* Reads RFC 4180 cell by cell; invalid CSV is a find. */
struct csv {
    const char *at, *end;
    char *cell; /* the current cell, without its quotes, with a NUL at its end */
    bool ends_row;
};

void csv_begin(struct csv *csv, const char *text, size_t size);
bool csv_next(struct csv *csv); /* false at the end */
void csv_end(struct csv *csv);

/* True when a spreadsheet would run the cell, or a part that it takes for another cell, after a
 * semicolon or the like. */
bool csv_is_formula(const char *cell);
bool csv_is_formula_within(const char *cell);

/* A file with these bytes that the stub can open by its name. Each call reuses the same file. */
const char *output_text_file(struct fuzz_input bytes);
#endif
