/*
 * unit_list_counters.h - FortiGates that count units of which no unit list has listed a row.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_LIST_COUNTERS_H
#define UNIT_LIST_COUNTERS_H

#include "unit_list_reading.h"

/*
 * They are asked alone once more, then their device databases. OK unless the run ends.
 */
int32_t unit_lists_settle_counters(struct unit_lists *unit_lists, struct failure *reterr);
#endif
