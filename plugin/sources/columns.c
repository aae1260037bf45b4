/*
 * columns.c - which attributes a source has for units of which device type.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "columns.h"

enum attribute_cost columns_cost(const struct columns *columns, enum attribute attribute,
                                 enum device_type type)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->rows[i];

        if (column->attribute == attribute && column->type == type) {
            return column->cost;
        }
    }
    return COST_NO;
}

bool columns_selected(const struct columns *columns, const struct settings *settings,
                      enum device_type type, enum attribute_cost cost)
{
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (settings->attributes[i] && columns_cost(columns, i, type) == cost) {
            return true;
        }
    }
    return false;
}

void columns_filter(const struct columns *columns, struct device *device)
{
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (columns_cost(columns, i, device->type) == COST_NO) {
            device->values[i] = (struct value){.kind = VALUE_NONE};
        }
    }
}
