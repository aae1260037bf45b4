/*
 * table.h - rows of text, aligned by their width on a terminal, in bounded memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The column widths come from the buffered rows: at most TABLE_ROWS_MAX, or TABLE_BYTES_MAX. Later
 * rows are written directly with those widths or, if the table waits for table_finish(), only
 * counted. Without memory, json_text_lost() returns true.
 */
#ifndef HOST_STUB_TABLE_H
#define HOST_STUB_TABLE_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#include "limits.h"
#include "output.h"
#include "span.h"

struct table_column {
    const char *title;
    const char *member; /* of the object that a row shows; see table_add_object() */
    bool flag;          /* shown as the name of the member, or nothing */
    bool cut;           /* its texts may be shortened, because they are not copied or acted on */
    bool painted;       /* see terminal_word() */
};

struct table {
    const struct output *output;
    const struct table_column *columns;
    size_t count; /* number of columns, at most COLUMNS_MAX */
    bool waits;   /* nothing is written before table_finish() */
    bool titled;  /* the titles are written, and the widths fixed */
    bool fitted;  /* columns may be cut to fit a terminal */
    size_t widths[COLUMNS_MAX];
    size_t texts[COLUMNS_MAX]; /* widths without the titles */
    json_object *rows;         /* buffered: arrays of texts */
    size_t bytes;              /* of these texts */
    uint64_t beyond;           /* rows that were counted, not written */
};

/*
 * Prepares a table. `output` and `columns` are borrowed. If columns may be cut, the widest ones
 * are, as far as needed to fit the terminal.
 */
void table_init(struct table *table, const struct output *output,
                const struct table_column *columns, size_t count, bool waits);

/* Adds a row: one cell for each column, which are copied. */
void table_add(struct table *table, const struct span *cells);

/* Adds the members of an object that the columns name. */
void table_add_object(struct table *table, json_object *object);

/* Writes the buffered rows; without any row, nothing. Returns whether the table had rows. */
bool table_finish(struct table *table);

void table_release(struct table *table);

#endif
