/*
 * unit_rows.h - the rows of a unit list, and of device databases, into the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_ROWS_H
#define UNIT_ROWS_H

#include "unit_list_reading.h"

/*
 * `gate` is the gate whose device database the rows come from; NULL = the ADOM's table, whose rows
 * name their gate. What the ADOM's table has listed is passed over. A row that is no object leaves
 * the unit list's scope incomplete.
 */
int32_t unit_lists_take_rows(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                             const char *gate, struct json_object *rows, struct failure *reterr);
#endif
