/*
 * searched_rows.h - keeps switch rows without a usable serial for serial_search.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SEARCHED_ROWS_H
#define SEARCHED_ROWS_H

#include "unit_list_reading.h"

/*
 * Keeps a copy of a switch row. `*ret_kept` is false for a row whose serial is not searched for,
 * for example because its FortiGate is unknown. The only error is NO_MEMORY.
 */
int32_t fmg_searched_rows_keep(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                               const struct unit_row *row, bool *ret_kept, struct failure *failure);

/* Frees all rows kept. */
void fmg_searched_rows_release(struct unit_lists *unit_lists);
#endif
