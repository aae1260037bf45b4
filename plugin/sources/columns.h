/*
 * columns.h - which attributes a source has for units of which device type, and how it reads them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A table of columns has one row an attribute: which members of a reply it needs, and how its value
 * is read. Each table belongs to replies of one kind, its origin, and each source lists its
 * origins. What no table has is never reported by that kind of system. All tables are constant; any
 * thread.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <json-c/json.h>

#include "base/vector.h"
#include "catalogue/device.h"
#include "settings/settings.h"

/* Room for texts that a reader puts together; the device borrows them. */
struct column_texts {
    char version[32], revision[32];
};

/* A value to read: where it is, and the device that gets it. */
struct cell {
    const struct column *column;
    struct json_object *row; /* of a reply */
    struct column_texts *texts;
    struct device *device;
};

/* Sets the attribute of the column, if the row has a usable value. */
typedef void column_read(const struct cell *cell);

/*
 * Readers of the first member that is a text; a text that is not zero in any notation (of an
 * address, a MAC address, a coordinate), because zero means unknown; a number above 0; a time.
 */
column_read column_text, column_nonzero, column_number, column_time;

#define OF(type) (1U << (type))

struct column {
    enum attribute attribute;
    unsigned types;         /* OF(SWITCH) | OF(ACCESS_POINT): the device types that have it */
    const char *members[4]; /* that are requested for it, up to NULL */
    column_read *read;      /* NULL = code sets it that needs more than the members */
};

/* A row of a table; of an attribute that code sets. */
#define COLUMN(id, device_types, reader, ...)                                                      \
    {                                                                                              \
        .attribute = ATTRIBUTE_##id, .types = (device_types), .members = {__VA_ARGS__},            \
        .read = (reader)                                                                           \
    }
#define COLUMN_SET(id, device_types)                                                               \
    {                                                                                              \
        .attribute = ATTRIBUTE_##id, .types = (device_types)                                       \
    }

struct columns {
    const struct column *rows;
    size_t count;
};

#define COLUMNS(array)                                                                             \
    {                                                                                              \
        (array), COUNT(array)                                                                      \
    }

/*
 * What a value costs to read. NO (not reported), ALWAYS (read in any case), FIELD (one more field
 * of a row that is read anyway), CACHE (one more request per ADOM), LIVE (a query to each
 * FortiGate, not sent if live_status is never), ENRICHMENT (only if the setting enrich chooses it).
 */
enum attribute_cost { COST_NO, COST_ALWAYS, COST_FIELD, COST_CACHE, COST_LIVE, COST_ENRICHMENT };

/* One kind of reply. A source has a list of them, cheapest first, which ends with NULL. */
struct origin {
    const struct columns *columns;
    enum attribute_cost cost;
};

/* The cost of an attribute for units of a type, at its first origin; COST_NO if it has none. */
enum attribute_cost columns_cost(const struct origin *origins, enum attribute attribute,
                                 enum device_type type);

/* Whether the settings select an attribute that has this cost for units of `type`. */
bool columns_selected(const struct origin *origins, const struct settings *settings,
                      enum device_type type, enum attribute_cost cost);

/* Removes the values of attributes that units of this type do not have at any origin. */
void columns_filter(const struct origin *origins, struct device *device);

/*
 * Sets the attributes of units of `type` from one row. `texts` must live as long as `ret`; NULL =
 * no reader of the table puts a text together.
 */
void columns_read(const struct columns *columns, enum device_type type, struct json_object *row,
                  struct column_texts *texts, struct device *ret);

/*
 * Adds the members of the columns of `type` to a JSON array; with `selected` (by attribute), only
 * those of these attributes.
 */
void columns_fields(const struct columns *columns, enum device_type type, const bool *selected,
                    struct buffer *out);

/*
 * Appends the members of the columns of `type` to a URL that ends with a list of members, or with
 * the "=" before it.
 */
void columns_format(const struct columns *columns, enum device_type type, const char *separator,
                    struct buffer *url);
#endif
