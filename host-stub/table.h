/*
 * table.h - rows of text, aligned by how wide they are on a terminal, in bounded memory.
 *
 * The widths come from the rows held back: at most TABLE_ROWS or TABLE_BYTES. What comes after them
 * is written straight away with those widths, or, in a table that must wait, only counted.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_TABLE_H
#define HOST_STUB_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "output.h"
#include "span.h"

#define TABLE_COLUMNS 256
#define TABLE_ROWS    1000    /* enough to know how wide things are */
#define TABLE_BYTES   1048576 /* of the texts of the rows held back */

struct table_column {
    const char *title;
    bool cut;     /* its texts may be shortened: nobody copies them or acts on them */
    bool painted; /* see paint.h */
};

struct table_row;

struct table {
    const struct output *output;
    const struct table_column *columns;
    size_t count; /* of the columns, at most TABLE_COLUMNS */
    bool waits;   /* nothing is written before table_finish() */
    bool titled;  /* the titles are out, and the widths fixed */
    bool fitted;  /* columns may be cut, and there is a terminal to fit */
    size_t widths[TABLE_COLUMNS];
    size_t texts[TABLE_COLUMNS]; /* the same without the titles */
    size_t held;
    size_t bytes;
    uint64_t beyond; /* rows that were only counted */
    struct table_row *rows[TABLE_ROWS];
};

/* Where columns may be cut, the table fits the terminal: the widest are, as far as it takes. */
void table_init(struct table *table, const struct output *output,
                const struct table_column *columns, size_t count, bool waits);

/* Adds a row of a cell for each column, which are copied. 0, or -1 without memory. */
int table_add(struct table *table, const struct span *cells);

/* Writes what is held; a table without any row writes nothing. Returns whether it had rows. */
bool table_finish(struct table *table);

void table_release(struct table *table);

#endif
