/*
 * output_text.h - what the stub has written, and whether its readers are safe with it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FUZZ_OUTPUT_TEXT_H
#define FUZZ_OUTPUT_TEXT_H

#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

/* A stream into memory. LC_CTYPE is UTF-8 from the first one on, as in the stub. */
struct output_text {
    FILE *stream;
    char *bytes;
    size_t size;
};

void output_text_open(struct output_text *out);
void output_text_close(struct output_text *out); /* `bytes` are complete */
void output_text_release(struct output_text *out);

/* Nothing that a terminal obeys: no control or direction characters but those in `allowed`. */
void output_text_check_shown(const struct output_text *out, const char *allowed);

/* Nothing that shows nothing: none of Unicode's zero-width characters, tags and the like. */
void output_text_check_visible(const struct output_text *out);

/* Reads RFC 4180, cell by cell. What is none is a find. */
struct csv {
    const char *at, *end;
    char *cell; /* the last one, without its quotes; a NUL behind it */
    bool ends_row;
};

void csv_begin(struct csv *csv, const char *text, size_t size);
bool csv_next(struct csv *csv); /* false at the end */
void csv_end(struct csv *csv);

/* A spreadsheet runs the cell; or what it takes for another cell, behind a semicolon or the like.
 */
bool csv_is_formula(const char *cell);
bool csv_is_formula_within(const char *cell);

/* A file that the stub can open by its name, with these bytes. The same one at each call. */
const char *output_text_file(struct fuzz_input bytes);
#endif
