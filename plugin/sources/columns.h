/*
 * columns.h - which attributes a source has for units of which device type.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each source has one table of columns, one row an attribute and device type that it reports. What
 * has no row is never reported by that kind of system. All tables are constant; any thread.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "catalogue/device.h"
#include "settings/settings.h"

/*
 * What a value costs to read. NO (not reported), ALWAYS (read in any case), FIELD (one more field
 * of a row that is read anyway), CACHE (one more request per ADOM), LIVE (a query to each
 * FortiGate, not sent if live_status is never).
 */
enum attribute_cost { COST_NO, COST_ALWAYS, COST_FIELD, COST_CACHE, COST_LIVE };

struct column {
    enum attribute attribute;
    enum device_type type;
    enum attribute_cost cost;
};

/* The table of one source. */
struct columns {
    const struct column *rows;
    size_t count;
};

/* The cost of an attribute for units of a type: that of its first row; COST_NO if it has none. */
enum attribute_cost columns_cost(const struct columns *columns, enum attribute attribute,
                                 enum device_type type);

/* Whether the settings select an attribute that has this cost for units of `type`. */
bool columns_selected(const struct columns *columns, const struct settings *settings,
                      enum device_type type, enum attribute_cost cost);

/* Removes the values of attributes that units of this type do not have by the table. */
void columns_filter(const struct columns *columns, struct device *device);
#endif
