/*
 * columns.h - the columns of assets in a table and in CSV.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_COLUMNS_H
#define HOST_STUB_COLUMNS_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "arguments.h"
#include "limits.h"
#include "message.h"

/* A column for a member of an asset, or for a member below that one. */
struct column {
    const char *name, *title;
    const char *member, *below; /* below NULL = the member itself */
    const char *attribute;      /* attribute with this value [schemas/hector/attributes.json] */
};

struct columns {
    size_t count;
    struct column items[COLUMNS_MAX];
};

/*
 * Chooses the columns. Without a list (NULL): the default columns of the format, then the
 * attributes that the settings select, or else those of the enrichments that they choose. With a
 * list: the columns it names, and the settings then select exactly its attributes. Labels come from
 * the descriptor, which may be NULL. The columns borrow from both objects. Returns 0, or -1 with
 * one sentence in `message`.
 */
int columns_choose(struct columns *columns, const struct arguments *arguments,
                   json_object *settings, json_object *descriptor, struct message *message);

/* The asset's value for a column, borrowed; NULL = none. */
json_object *columns_value(const struct column *column, json_object *asset);

/* Whether a column shows this attribute, or the same fact from another member. */
bool columns_is(const struct column *column, const char *attribute);

/* Whether one of the columns does. */
bool columns_show(const struct columns *columns, const char *attribute);

#endif
