/*
 * unit_lists.h - reads the switches and access points of all FortiGates, ADOM by ADOM.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LISTS_H
#define UNIT_LISTS_H

#include "unit_list_reading.h"

/*
 * Creates the reader; `run` must live as long. NO_MEMORY. Call fmg_unit_lists_close() also on
 * failure.
 */
int32_t fmg_unit_lists_open(struct fmg_run *run, struct unit_lists **ret, struct failure *failure);

/*
 * Reads all unit lists into the inventory. What cannot be read is incomplete. Returns OK unless the
 * run ends.
 */
int32_t fmg_unit_lists_read(struct unit_lists *unit_lists, struct failure *failure);

/* What follows the unit lists: counters without rows, and the search for serials. */
int32_t fmg_unit_lists_settle(struct unit_lists *unit_lists, struct failure *failure);

/* Frees the reader. NULL is allowed. */
void fmg_unit_lists_close(struct unit_lists *unit_lists);
#endif
