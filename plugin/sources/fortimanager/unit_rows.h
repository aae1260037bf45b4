/*
 * unit_rows.h - imports the rows of unit lists and device databases into the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_ROWS_H
#define UNIT_ROWS_H

#include "unit_list_reading.h"

/*
 * Imports the rows of a table. `fgt` is the FortiGate whose device database they come from; NULL =
 * the ADOM's table, whose rows name their FortiGate. Units that the ADOM's table has listed are
 * skipped. A row that is no object makes the unit list's scope incomplete. Returns OK unless the
 * run ends.
 */
int32_t fmg_unit_lists_take_rows(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                 const char *fgt, struct json_object *rows,
                                 struct failure *failure);
#endif
