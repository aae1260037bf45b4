/*
 * unit_lists.h - reads the switches and access points of all FortiGates, ADOM by ADOM.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LISTS_H
#define UNIT_LISTS_H

#include "unit_list_reading.h"

/*
 * Prepares `unit_lists`, which stays where it is; `run` must live as long. NO_MEMORY. Call
 * fmg_unit_lists_close() also on failure.
 */
int32_t fmg_unit_lists_open(struct unit_lists *unit_lists, struct fmg_run *run,
                            struct failure *failure);

/*
 * Reads all unit lists into the inventory. What cannot be read is incomplete. Returns OK unless the
 * run ends.
 */
int32_t fmg_unit_lists_read(struct unit_lists *unit_lists, struct failure *failure);

/* What follows the unit lists: counters without rows, and the search for serials. */
int32_t fmg_unit_lists_settle(struct unit_lists *unit_lists, struct failure *failure);

/* Releases what the reader owns. */
void fmg_unit_lists_close(struct unit_lists *unit_lists);
#endif
