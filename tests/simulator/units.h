/*
 * units.h - the unit lists of switches and access points under /pm/config/adom/{a}/obj.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_UNITS_H
#define SIMULATOR_UNITS_H

#include "table.h"

extern const struct table switch_table;
extern const struct table access_point_table;

/* The rows of a unit list that "scope member" and sortings select. `ret_owned` is true when the
 * caller must free the items. Returns a status code. */
int units_choose(const struct query *query, struct json_object *param, const struct rows *all,
                 struct rows *ret_rows, bool *ret_owned);

#endif
