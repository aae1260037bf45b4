/*
 * table.c - rows of text, aligned by their width on a terminal, in bounded memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "table.h"

#include <inttypes.h>

#include "escape.h"
#include "json_text.h"
#include "terminal.h"

/*
 * Minimum width of a cut column, in which a text is still readable; below it, the terminal wraps
 * the lines.
 */
#define TABLE_WIDTH_MIN 5

#define TABLE_GAP 2 /* between two columns */

void table_init(struct table *table, const struct output *output,
                const struct table_column *columns, size_t count, bool waits)
{
    *table = (struct table){.output = output,
                            .columns = columns,
                            .count = count,
                            .waits = waits,
                            .rows = json_object_new_array()};
    for (size_t i = 0; i < count; i++) {
        table->widths[i] = escape_terminal(NULL, span_of(table->columns[i].title));
        table->fitted = table->fitted || (columns[i].cut && output->columns > 0);
    }
}

static void table_widen(struct table *table, const struct span *cells)
{
    for (size_t i = 0; i < table->count; i++) {
        const size_t most = table->fitted ? table->output->columns : TABLE_WIDTH_MAX;
        const size_t wanted = escape_terminal(NULL, cells[i]);
        const size_t width = wanted < most ? wanted : most;

        if (width > table->texts[i]) {
            table->texts[i] = width;
        }
        if (width > table->widths[i]) {
            table->widths[i] = width;
        }
    }
}

/*
 * The widest column that may still be cut; table->count = none. A column may be cut to its texts,
 * which cuts only the title; with `texts`, further.
 */
static size_t table_widest(const struct table *table, bool texts)
{
    size_t widest = table->count;

    for (size_t i = 0; i < table->count; i++) {
        const size_t least = texts ? 0 : table->texts[i];

        if (table->columns[i].cut && table->widths[i] > least &&
            table->widths[i] > TABLE_WIDTH_MIN &&
            (widest == table->count || table->widths[i] >= table->widths[widest])) {
            widest = i;
        }
    }
    return widest;
}

static void table_fit(struct table *table)
{
    size_t total = TABLE_GAP * (table->count - 1);

    for (size_t i = 0; i < table->count; i++) {
        total += table->widths[i];
    }
    for (int texts = 0; texts <= 1; texts++) { /* first the titles, then the texts, too */
        size_t widest = table_widest(table, texts != 0);

        for (; total > table->output->columns && widest < table->count; total--) {
            table->widths[widest]--;
            widest = table_widest(table, texts != 0);
        }
    }
}

/* Writes a cell. Returns how many columns of the terminal it takes. */
static size_t table_write_cell(const struct table *table, size_t column, struct span cell)
{
    const struct output *output = table->output;

    if (table->fitted && table->columns[column].cut) {
        return escape_terminal_cut(output->stream, cell, table->widths[column], output->ellipsis);
    }
    return terminal_word(output->stream, cell, output->color && table->columns[column].painted);
}

/* Writes a row, without trailing blanks. */
static void table_write(const struct table *table, const struct span *cells)
{
    FILE *stream = table->output->stream;
    size_t columns = table->count;

    while (columns > 1 && cells[columns - 1].size == 0) {
        columns--;
    }
    for (size_t i = 0; i < columns; i++) {
        const size_t end = table->widths[i] + TABLE_GAP;
        size_t width = table_write_cell(table, i, cells[i]);

        if (i + 1 == columns) {
            break;
        }
        do {
            (void)fputc(' ', stream);
        } while (++width < end);
    }
    (void)fputc('\n', stream);
}

/* Writes the titles and buffered rows. After that the widths are fixed. */
static void table_flush(struct table *table)
{
    struct span cells[COLUMNS_MAX] = {{NULL, 0}};

    if (table->fitted) {
        table_fit(table);
    }
    for (size_t i = 0; i < table->count; i++) {
        cells[i] = span_of(table->columns[i].title);
    }
    table_write(table, cells);
    table->titled = true;
    json_text_foreach(row, table->rows) {
        for (size_t i = 0; i < table->count; i++) {
            cells[i] = json_text_value(json_object_array_get_idx(row, i));
        }
        table_write(table, cells);
    }
}

void table_add(struct table *table, const struct span *cells)
{
    size_t size = 0;

    for (size_t i = 0; i < table->count; i++) {
        size += cells[i].size;
    }
    if (!table->titled && table->beyond == 0 && json_text_count(table->rows) < TABLE_ROWS_MAX &&
        size <= TABLE_BYTES_MAX - table->bytes) {
        json_object *row = json_object_new_array();

        for (size_t i = 0; i < table->count; i++) {
            json_text_append(row, json_text_new(cells[i]));
        }
        json_text_append(table->rows, row);
        table->bytes += size;
        table_widen(table, cells);
    } else if (table->waits) {
        table->beyond++;
    } else {
        if (!table->titled) {
            table_flush(table);
        }
        table_write(table, cells);
    }
}

void table_add_object(struct table *table, json_object *object)
{
    struct span cells[COLUMNS_MAX];

    for (size_t i = 0; i < table->count; i++) {
        const struct table_column *column = &table->columns[i];

        cells[i] = !column->flag                            ? json_text_of(object, column->member)
                   : json_text_true(object, column->member) ? span_of(column->member)
                                                            : span_of("");
    }
    table_add(table, cells);
}

bool table_finish(struct table *table)
{
    if (!table->titled && json_text_count(table->rows) > 0) {
        table_flush(table);
    }
    if (table->beyond > 0) {
        (void)fprintf(table->output->stream,
                      "... and %" PRIu64 " more (--format ndjson has them all)\n", table->beyond);
    }
    return table->titled || table->beyond > 0;
}

void table_release(struct table *table)
{
    json_object_put(table->rows);
    table->rows = NULL;
}
