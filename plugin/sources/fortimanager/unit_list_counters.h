/*
 * unit_list_counters.h - FortiGates that count units although no unit list has a row of theirs.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LIST_COUNTERS_H
#define UNIT_LIST_COUNTERS_H

#include "unit_list_reading.h"

/*
 * Asks for each such FortiGate alone once more, then reads its device databases. Returns OK unless
 * the run ends.
 */
int32_t fmg_unit_lists_settle_counters(struct unit_lists *unit_lists, struct failure *failure);
#endif
