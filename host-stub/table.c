/*
 * table.c - rows of text, aligned by how wide they are on a terminal, in bounded memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"

/* One very long title must not push every other row off the screen: it alone sticks out. */
#define TABLE_WIDTH_MAX 48

struct table_row {
    size_t sizes[TABLE_COLUMNS];
    char bytes[];
};

void table_init(struct table *table, FILE *stream, const char *const *titles, size_t columns,
                bool waits)
{
    *table = (struct table){.stream = stream, .titles = titles, .columns = columns, .waits = waits};
    for (size_t i = 0; i < columns; i++)
        table->widths[i] = strlen(titles[i]);
}

static void table_widen(struct table *table, const struct span *cells)
{
    for (size_t i = 0; i < table->columns; i++) {
        const size_t width = escape_terminal(NULL, cells[i]);

        if (width > table->widths[i])
            table->widths[i] = width < TABLE_WIDTH_MAX ? width : TABLE_WIDTH_MAX;
    }
}

/* Writes a row, without blanks at its end. */
static void table_write(const struct table *table, const struct span *cells)
{
    size_t columns = table->columns;

    while (columns > 1 && cells[columns - 1].size == 0)
        columns--;
    for (size_t i = 0; i < columns; i++) {
        size_t width = escape_terminal(table->stream, cells[i]);

        if (i + 1 == columns)
            break;
        do {
            (void)fputc(' ', table->stream);
        } while (width++ <= table->widths[i]);
    }
    (void)fputc('\n', table->stream);
}

/* Writes titles and held rows; from now on the widths stay. */
static void table_flush(struct table *table)
{
    struct span cells[TABLE_COLUMNS];

    for (size_t i = 0; i < table->columns; i++)
        cells[i] = (struct span){table->titles[i], strlen(table->titles[i])};
    table_write(table, cells);
    table->titled = true;
    for (size_t row = 0; row < table->count; row++) {
        const char *bytes = table->rows[row]->bytes;

        for (size_t i = 0; i < table->columns; i++) {
            cells[i] = (struct span){bytes, table->rows[row]->sizes[i]};
            bytes += cells[i].size;
        }
        table_write(table, cells);
    }
}

static int table_hold(struct table *table, const struct span *cells, size_t size)
{
    struct table_row *row = malloc(sizeof(*row) + size);
    size_t at = 0;

    if (row == NULL)
        return -1;
    for (size_t i = 0; i < table->columns; i++) {
        row->sizes[i] = cells[i].size;
        memcpy(row->bytes + at, cells[i].bytes, cells[i].size);
        at += cells[i].size;
    }
    table->rows[table->count++] = row;
    table->bytes += size;
    table_widen(table, cells);
    return 0;
}

int table_add(struct table *table, const struct span *cells)
{
    size_t size = 0;

    for (size_t i = 0; i < table->columns; i++)
        size += cells[i].size;
    if (!table->titled && table->beyond == 0 && table->count < TABLE_ROWS &&
        size <= TABLE_BYTES - table->bytes)
        return table_hold(table, cells, size);
    if (table->waits) {
        table->beyond++;
        return 0;
    }
    if (!table->titled)
        table_flush(table);
    table_write(table, cells);
    return 0;
}

bool table_finish(struct table *table)
{
    const bool rows = table->count > 0 || table->titled || table->beyond > 0;

    if (!table->titled && table->count > 0)
        table_flush(table);
    if (table->beyond > 0)
        (void)fprintf(table->stream, "... and %" PRIu64 " more (--format ndjson has them all)\n",
                      table->beyond);
    return rows;
}

void table_release(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        free(table->rows[i]);
    table->count = 0;
}
