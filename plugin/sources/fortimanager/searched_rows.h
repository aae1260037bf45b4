/*
 * searched_rows.h - switches whose rows have no usable serial, until it is looked for.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SEARCHED_ROWS_H
#define SEARCHED_ROWS_H

#include "unit_list_reading.h"

/*
 * Keeps the row of a switch, whose FortiGate is known, for serial_search.h. `*ret_kept` is false
 * for a row that is not searched for. Fails without memory only.
 */
int32_t searched_rows_keep(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                           const struct unit_row *row, struct json_object *json, bool *ret_kept,
                           struct failure *reterr);

void searched_rows_release(struct unit_lists *unit_lists);
#endif
