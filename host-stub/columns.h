/*
 * columns.h - which columns the assets have, in a table and as CSV.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_COLUMNS_H
#define HOST_STUB_COLUMNS_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "arguments.h"

#define COLUMNS_MAX 256

struct column_fixed;

struct column {
    const char *title;
    const char *attribute;            /* its id; NULL = a fixed column */
    const struct column_fixed *fixed; /* a member that every asset may have */
};

struct columns {
    size_t count;
    struct column items[COLUMNS_MAX];
};

/*
 * Without a list (NULL): those of the format, then the attributes that the settings tick. With one:
 * those that it names, and the settings tick its attributes and no others. Labels come from the
 * descriptor, which may be NULL. The columns borrow from both objects. Returns 0, or -1 with one
 * sentence in `message`.
 */
int columns_choose(struct columns *columns, enum format format, const char *list,
                   json_object *settings, json_object *descriptor, char *message,
                   size_t message_size);

/* What the asset has there; NULL = nothing. */
json_object *columns_value(const struct column *column, json_object *asset);

/* Whether a column has this attribute, or the same fact from elsewhere. */
bool columns_show(const struct columns *columns, const char *attribute);

/* Whether people copy the texts of this column, so that none may be shortened. */
bool columns_is_key(const struct column *column);

#endif
