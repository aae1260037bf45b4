/*
 * columns.c - which attributes a source has for units of which device type, and how it reads them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

#include <string.h>

#include "json/json_read.h"
#include "json/json_write.h"

/* ---- readers */

/* The first text of the members, unless it has only the characters of `zeros`. */
static void set_text(const struct cell *cell, const char *zeros)
{
    for (const char *const *member = cell->column->members; *member != NULL; member++) {
        const char *text = json_member_text(cell->row, *member);

        if (text != NULL && text[strspn(text, zeros)] != '\0') {
            device_set_text(cell->device, cell->column->attribute, text);
            return;
        }
    }
}

void column_text(const struct cell *cell)
{
    set_text(cell, "");
}

void column_nonzero(const struct cell *cell)
{
    set_text(cell, "+-.:0");
}

void column_number(const struct cell *cell)
{
    int64_t number;

    if (json_member_integer(cell->row, cell->column->members[0], &number) && number > 0) {
        device_set_integer(cell->device, cell->column->attribute, number);
    }
}

void column_time(const struct cell *cell)
{
    int64_t number;

    if (json_member_integer(cell->row, cell->column->members[0], &number)) {
        device_set_time(cell->device, cell->column->attribute, number);
    }
}

/* ---- tables */

static bool is_of(const struct column *column, enum device_type type)
{
    return (column->types & OF(type)) != 0;
}

enum attribute_cost columns_cost(const struct origin *origins, enum attribute attribute,
                                 enum device_type type)
{
    for (; origins->columns != NULL; origins++) {
        for (size_t i = 0; i < origins->columns->count; i++) {
            const struct column *column = &origins->columns->rows[i];

            if (column->attribute == attribute && is_of(column, type)) {
                return origins->cost;
            }
        }
    }
    return COST_NO;
}

bool columns_selected(const struct origin *origins, const struct settings *settings,
                      enum device_type type, enum attribute_cost cost)
{
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (settings->attributes[i] && columns_cost(origins, i, type) == cost) {
            return true;
        }
    }
    return false;
}

void columns_filter(const struct origin *origins, struct device *device)
{
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (columns_cost(origins, i, device->type) == COST_NO) {
            device->values[i] = (struct value){.kind = VALUE_NONE};
        }
    }
}

void columns_read(const struct columns *columns, enum device_type type, struct json_object *row,
                  struct column_texts *texts, struct device *ret)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->rows[i];

        if (column->read != NULL && is_of(column, type)) {
            column->read(&(struct cell){column, row, texts, ret});
        }
    }
}

void columns_fields(const struct columns *columns, enum device_type type, const bool *selected,
                    struct buffer *out)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->rows[i];
        bool wanted = is_of(column, type) && (selected == NULL || selected[column->attribute]);

        for (size_t m = 0; wanted && column->members[m] != NULL; m++) {
            json_write_string(out, NULL, column->members[m]);
        }
    }
}

void columns_format(const struct columns *columns, enum device_type type, const char *separator,
                    struct buffer *url)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->rows[i];

        for (size_t m = 0; is_of(column, type) && column->members[m] != NULL; m++) {
            /* size 0: without memory */
            bool is_first = url->size == 0 || url->data[url->size - 1] == '=';

            buffer_append_text(url, is_first ? "" : separator);
            buffer_append_text(url, column->members[m]);
        }
    }
}
