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

#include "span.h"

#define TABLE_COLUMNS 6
#define TABLE_ROWS    1000    /* enough to know how wide things are */
#define TABLE_BYTES   1048576 /* of the texts of the rows held back */

struct table_row;

struct table {
    FILE *stream;
    const char *const *titles; /* one a column */
    size_t columns;
    bool waits;  /* nothing is written before table_finish() */
    bool titled; /* the titles are out, and the widths fixed */
    size_t widths[TABLE_COLUMNS];
    size_t count;
    size_t bytes;
    uint64_t beyond; /* rows that were only counted */
    struct table_row *rows[TABLE_ROWS];
};

void table_init(struct table *table, FILE *stream, const char *const *titles, size_t columns,
                bool waits);

/* Adds a row of table->columns cells, which are copied. 0, or -1 without memory. */
int table_add(struct table *table, const struct span *cells);

/* Writes what is held; a table without any row writes nothing. Returns whether it had rows. */
bool table_finish(struct table *table);

void table_release(struct table *table);

#endif
