/*
 * roster_rows.h - the rows of a roster, and of device databases, into the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ROSTER_ROWS_H
#define ROSTER_ROWS_H

#include "roster_reading.h"

/*
 * `gate` is the gate whose device database the rows come from; NULL = the ADOM's table, whose rows
 * name their gate. What the ADOM's table has listed is passed over. A row that is no object leaves
 * the roster's scope incomplete.
 */
int32_t rosters_take_rows(struct rosters *rosters, const struct roster *roster, const char *gate,
                          struct json_object *rows, struct failure *reterr);
#endif
